import Columns
import Diagnostics
import Model

/// What a submission would write for one table.
struct TableLanding {
  var change: TableChange
  /// Active imports whose rows in force are replaced, or completed within a scope.
  var corrects: Set<Int> = []
  /// Active imports that cannot be undone before this one, though it corrects none of their rows.
  var buildsUpon: Set<Int> = []
  /// Active imports that state rows which the submission states too, the same.
  var agreesWith: Set<Int> = []
  /// Rows to write, as positions in the batch.
  var newRows: [Int32] = []
  /// Whether every row of the batch is to be written; `newRows` may then be left empty.
  var takesAll = false
  /// The columns of all rows of the batch, with values carried over from replaced rows.
  var columns: [String: Column] = [:]
  /// Cells of identifying columns to write; `row` counts `newRows`.
  var cells: [(column: String, row: Int, value: String)] = []
  /// Rows to take out of force, by segment.
  var retractions: [Int64: Bitmap] = [:]
  /// Those of them that stay in force while a line that was set aside is not settled, by segment and
  /// line.
  var holds: [Int64: [Int: Bitmap]] = [:]
  /// Whether a row is held that was not, or stated that was held.
  var changesHolds = false
  /// Rows to confirm, by segment.
  var confirmations: [Int64: Bitmap] = [:]
  /// New rows that other imports keep out of force: positions in `newRows`, by import.
  var shadows: [Int: [Int]] = [:]
  /// The columns that the sheet had.
  var statedColumns: [String] = []
  /// The number of rows that the sheet stated.
  var statedRows: Int

  /// Whether the table stays exactly as it is.
  var isNothing: Bool { newRowCount == 0 && change.isNothing && !changesHolds }

  /// The number of rows to write.
  var newRowCount: Int { takesAll ? statedRows : newRows.count }
}

/// Compares one batch with the rows that its source has stated already.
struct Lander {
  let reader: ColumnReader
  let identities: IdentityFile?
  let ledger: Ledger
  let table: TableDeclaration
  var state: TableState
  let source: String

  let batch: TableBatch
  /// The stored columns of the batch.
  let coded: [String: Column]
  /// What the rows set aside may speak of.
  let open: OpenRows
  /// Of corrected rejects: rows that were held for the lines that they settle, by segment. They are
  /// out of force in `state`.
  var released: [Int64: Bitmap] = [:]

  /// Rows of the same source that share a scope with the batch, and the batch's own, numbered
  /// alike.
  struct Comparison {
    /// Segments that may share a scope.
    var segments: [SegmentState] = []
    /// For each stored row that shares a scope and is stated: its segment, its row there, and its
    /// position among all rows of `segments`.
    var stored: [Place] = []
    /// The number of the scope and key of each of `stored`, then of each row of the batch.
    var keys: [Int32] = []
    /// The number of the scope, likewise.
    var scopes: [Int32] = []
  }
  struct Place {
    var segment: Int
    var row: Int
    var position: Int
  }

  // MARK: A sheet, new or corrected

  /// A sheet replaces, within its scopes, what its source said before. It corrects the imports
  /// that state rows of a scope in which it adds, changes or removes any.
  func sheet() throws(Failure) -> TableLanding {
    if let out = try sameAsStored() { return out }
    var out = empty
    let comparison = try compare(isSheet: true)
    let values = try Values(self, comparison.segments)
    let base = comparison.stored.count
    var tally = ScopeTally(batch, table)
    guard base > 0 else {
      // Nothing shares a scope: every row is new.
      out.change.added = batch.rowCount
      out.takesAll = true
      tally.addAll(try scopesOfBatch())
      out.change.scopes = tally.changes
      if state.segments.allSatisfy(\.inForce.isEmpty), !hasPrivateCells { return out }
      out.newRows = Array(0..<Int32(batch.rowCount))
      try values.finish(&out, carried: [])
      try countKeysElsewhere(&out, added: out.newRows)
      return out
    }
    let keyCount = Int(comparison.keys.max() ?? -1) + 1
    var isOwn = [Bool](repeating: false, count: keyCount)
    for key in comparison.keys[base...] { isOwn[Int(key)] = true }
    var marks = Marks(comparison.segments)
    let meaning = open.isEmpty ? nil : try open.lookUp(comparison.segments, reader)
    // Rows in force, by scope and key, in order: the n-th row of a key meets the n-th.
    var waiting = Waiting(keyCount)
    for (i, place) in comparison.stored.enumerated() {
      let segment = comparison.segments[place.segment]
      if segment.inForce[place.row] {
        waiting.add(i, comparison.keys[i])
        continue
      }
      // Out of force now, but its retraction may be undone; this sheet replaces it as well.
      marks.retracted[place.segment].insert(place.row)
      // Had it been in force, this sheet would have kept what it does not say itself: the
      // retraction must not go before this sheet does.
      // Had it been in force, a row that was set aside might have held it: the same.
      if (isOwn[Int(comparison.keys[i])]
        && values.saysMore(place.position, place.segment, place.row))
        || meaning.map({ !$0(place.position).isEmpty }) == true
      {
        out.buildsUpon.formUnion(segment.retracters(of: place.row))
      }
    }
    var carried: [Values.Carried] = []
    var addedRows: [Int32] = []
    var isChanged = [Bool](repeating: false, count: Int(comparison.scopes.max() ?? -1) + 1)
    for row in 0..<batch.rowCount {
      guard let i = waiting.take(comparison.keys[base + row]) else {
        out.change.added += 1
        tally[comparison.scopes[base + row], row].added += 1
        isChanged[Int(comparison.scopes[base + row])] = true
        out.newRows.append(Int32(row))
        addedRows.append(Int32(row))
        continue
      }
      let place = comparison.stored[i]
      if values.agree(place.position, place.segment, place.row, row) {
        out.change.identical += 1
        tally[comparison.scopes[base + row], row].identical += 1
        marks.confirmed[place.segment].insert(place.row)
        if comparison.segments[place.segment].isHeld(place.row) { out.changesHolds = true }
      } else {
        out.change.changed += 1
        tally[comparison.scopes[base + row], row].changed += 1
        isChanged[Int(comparison.scopes[base + row])] = true
        marks.retracted[place.segment].insert(place.row)
        carried.append(
          Values.Carried(
            row: row, position: place.position, segment: place.segment, storedRow: place.row))
        out.newRows.append(Int32(row))
      }
    }
    for i in waiting.left {
      let place = comparison.stored[i]
      marks.retracted[place.segment].insert(place.row)
      let lines = meaning?(place.position) ?? []
      if !lines.isEmpty {
        hold(place.row, of: comparison.segments[place.segment], for: lines, &out)
        try tallied(i, comparison, &tally) { $0.held += 1 }
        continue
      }
      out.change.removed += 1
      try tallied(i, comparison, &tally) { $0.removed += 1 }
      isChanged[Int(comparison.scopes[i])] = true
    }
    out.change.scopes = tally.changes
    for (i, place) in comparison.stored.enumerated() where isChanged[Int(comparison.scopes[i])] {
      marks.corrected[place.segment].insert(place.row)
    }
    marks.write(&out)
    try values.finish(&out, carried: carried)
    try countKeysElsewhere(&out, added: addedRows)
    return out
  }

  /// The landing of a sheet that says, row after row, what one import of its source says already;
  /// nil when that cannot be told so simply. The same file again, or the same rows in another one.
  private func sameAsStored() throws(Failure) -> TableLanding? {
    guard batch.rowCount > 0, table.privateColumns.isEmpty || identities == nil || !hasPrivateCells
    else { return nil }
    let own = state.segments.filter { $0.source == source && !$0.stated.isEmpty }
    let segments = try near(own, table.scopeParts.filter { !$0.isYear }.map(\.column))
      .sorted { $0.firstRow < $1.firstRow }
    guard let owner = segments.first?.importID,
      segments.allSatisfy({
        $0.importID == owner && $0.ownerIsActive && $0.inForce.isFull && $0.holds.isEmpty
      }),
      segments.reduce(0, { $0 + $1.rowCount }) == batch.rowCount
    else { return nil }
    for declaration in table.storedColumns {
      guard let column = coded[declaration.name] else { continue }
      let stored = try reader.column(declaration, of: table.name, segments)
      if !isSame(stored, column) { return nil }
    }
    var out = empty
    out.change.identical = batch.rowCount
    for segment in segments {
      let all = Bitmap(allOf: segment.rowCount)
      out.confirmations[segment.id] = all
      out.agreesWith.insert(segment.importID)
      out.agreesWith.formUnion(segment.confirmations.map(\.importID))
    }
    return out
  }

  private var hasPrivateCells: Bool {
    table.privateColumns.contains { batch.columns[$0.name] != nil }
  }

  private func isSame(_ a: Column, _ b: Column) -> Bool {
    switch (a, b) {
    case (.text(let a, _), .text(let b, _)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.day(let a), .day(let b)): a == b
    default: cells(a) == cells(b)
    }
  }

  // MARK: Marks

  var empty: TableLanding {
    var out = TableLanding(change: TableChange(table: table.name), statedRows: batch.rowCount)
    out.statedColumns = table.columns.map(\.name).filter { batch.columns[$0] != nil }
    out.columns = coded
    return out
  }

  private func retract(_ place: Place, _ comparison: Comparison, _ out: inout TableLanding) {
    let segment = comparison.segments[place.segment]
    out.retractions[segment.id, default: Bitmap(rowCount: segment.rowCount)].insert(place.row)
  }

  func confirm(_ place: Place, _ comparison: Comparison, _ out: inout TableLanding) {
    out.change.identical += 1
    let segment = comparison.segments[place.segment]
    out.confirmations[segment.id, default: Bitmap(rowCount: segment.rowCount)].insert(place.row)
    out.agreesWith.formUnion(segment.staters(of: place.row))
  }

  func shadow(_ row: Int, by imports: Set<Int>, _ out: inout TableLanding) {
    for id in imports { out.shadows[id, default: []].append(out.newRows.count) }
    out.newRows.append(Int32(row))
  }

  // MARK: Finding rows

  /// Numbers the scopes and keys of the batch and of the stored rows that share a scope with it.
  func compare(isSheet: Bool = false) throws(Failure) -> Comparison {
    var out = Comparison()
    let own = state.segments.filter { $0.source == source && !$0.stated.isEmpty }
    let parts = table.scopeParts
    // Of a sheet, scopes of which all rows were set aside are compared as well.
    let others = isSheet ? open.scopes.sorted { $0.lexicographicallyPrecedes($1) } : []
    out.segments = try near(own, parts.filter { !$0.isYear }.map(\.column)) { name in
      parts.firstIndex { $0.column == name }.map { i in others.map { $0[i] } } ?? []
    }
    if out.segments.isEmpty {
      // Nothing to compare with: no row of the batch meets a stored one, whatever its number.
      if isSheet { return out }
      out.keys = [Int32](repeating: 0, count: batch.rowCount)
      out.scopes = out.keys
      return out
    }
    let rows = out.segments.reduce(0) { $0 + $1.rowCount }
    let all = rows + batch.rowCount

    var columns: [[Int64]] = []
    for (i, part) in parts.enumerated() {
      columns.append(
        try joined(part.column, out.segments, part.isYear ? years : cells) + others.map { $0[i] })
    }
    let scopes = denseNumbers(columns, rows: all + others.count)
    var isInScope = [Bool](repeating: false, count: Int(scopes.max() ?? -1) + 1)
    for row in rows..<all + others.count { isInScope[Int(scopes[row])] = true }

    var kept: [Int] = []
    var position = 0
    for (i, segment) in out.segments.enumerated() {
      for row in 0..<segment.rowCount {
        if segment.stated[row] && isInScope[Int(scopes[position])] {
          out.stored.append(Place(segment: i, row: row, position: position))
          kept.append(position)
        }
        position += 1
      }
    }
    kept += rows..<all
    out.scopes = kept.map { scopes[$0] }
    var keyColumns = [out.scopes.map { Int64($0) }]
    for name in table.key where table[name]?.isPrivate == false {
      let column = try joined(name, out.segments, cells)
      keyColumns.append(kept.map { column[$0] })
    }
    out.keys = denseNumbers(keyColumns, rows: kept.count)
    return out
  }

  /// A column of some segments, then of the batch, as whole numbers.
  func joined(
    _ name: String, _ segments: [SegmentState], _ read: (Column) -> [Int64]
  ) throws(Failure) -> [Int64] {
    guard let declaration = table[name], !declaration.isPrivate else {
      throw .misfit(table.name, name)
    }
    return read(try reader.column(declaration, of: table.name, segments))
      + read(coded[name] ?? declaration.missing(rows: batch.rowCount))
  }

  /// The segments whose values of some columns overlap those of the batch: of thousands of small
  /// sheets, a new one meets few.
  func near(
    _ segments: [SegmentState], _ names: [String], beside others: (String) -> [Int64] = { _ in [] }
  ) throws(Failure) -> [SegmentState] {
    var out = segments
    for name in names where out.count > 1 {
      guard let column = coded[name], let declaration = table[name],
        declaration.storage != .decimal
      else { continue }
      let missing = cells(declaration.missing(rows: 1))[0]
      let values = cells(column) + others(name)
      guard let least = values.min(), let greatest = values.max(), !values.contains(missing)
      else { continue }
      let zones = try reader.zones(name, of: table.name)
      out = out.filter { zones[$0.id]?.overlaps(least...greatest) ?? false }
    }
    return out
  }

  /// Counts new rows whose key is in force elsewhere: under another source (the two make one row
  /// when loaded), or in another scope of this source (both are kept, and reported).
  func countKeysElsewhere(
    _ out: inout TableLanding, added: [Int32]
  ) throws(Failure) {
    guard !out.newRows.isEmpty else { return }
    let inForce = state.segments.filter { !$0.inForce.isEmpty }
    let keyNames = table.key.filter { table[$0]?.isPrivate == false }
    for isOwn in [true, false] {
      let segments = try near(inForce.filter { ($0.source == source) == isOwn }, keyNames)
      if segments.isEmpty { continue }
      var columns: [[Int64]] = []
      for name in keyNames { columns.append(try joined(name, segments, cells)) }
      let rows = segments.reduce(0) { $0 + $1.rowCount }
      let numbers = denseNumbers(columns, rows: rows + batch.rowCount)
      var held: Set<Int32> = []
      var position = 0
      for segment in segments {
        for row in 0..<segment.rowCount {
          if segment.inForce[row] && out.retractions[segment.id]?[row] != true
            && out.confirmations[segment.id]?[row] != true
          {
            held.insert(numbers[position])
          }
          position += 1
        }
      }
      let candidates = isOwn ? added : out.newRows
      let count = candidates.count { held.contains(numbers[rows + Int($0)]) }
      if isOwn { out.change.conflicts = count } else { out.change.duplicatesOfOtherSources = count }
    }
  }
}
