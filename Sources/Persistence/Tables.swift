package import Columns
package import Diagnostics
import Model
package import Periods

/// Which stored rows make the rows of a table.
struct RowPlan {
  /// The segments to read, in order.
  var segments: [SegmentState]
  /// Positions among all rows of the segments; nil for all of them, in order.
  var rows: [Int32]?
  /// Rows of other sources that fill what is missing: a row of the table, and a position.
  var fills: [(row: Int, position: Int32)]
  /// The number of rows of the table.
  var count: Int
}

extension Store {
  /// The rows in force, in the order of their imports. Columns of one domain share one lexicon.
  /// Identifying columns, which live in the identity file, are missing throughout; keys and links
  /// of people and homes are pseudonyms.
  ///
  /// - Throws: `Failure` when the table or a column is not in the model, or the store is damaged.
  package func table(_ name: String, columns: [String]) throws(Failure) -> Table {
    let table = try model.table(named: name)
    return try reading { () throws(Failure) in
      let plan = try plan(of: table)
      var out: [String: Column] = [:]
      for column in columns {
        guard let declaration = table[column] else { throw .misfit(name, column) }
        out[column] =
          declaration.isPrivate
          ? declaration.missing(rows: plan.count)
          : try read(declaration, table, plan)
      }
      return Table(name: name, rowCount: plan.count, columns: out)
    }
  }

  /// The number of the import that each row of a table comes from, in the order of the rows.
  ///
  /// - Throws: `Failure` when the table is not in the model, or the store is damaged.
  package func imports(of name: String) throws(Failure) -> [Int32] {
    let table = try model.table(named: name)
    return try reading { () throws(Failure) in
      let plan = try plan(of: table)
      var all: [Int32] = []
      for segment in plan.segments {
        all += [Int32](repeating: Int32(segment.importID), count: segment.rowCount)
      }
      return plan.rows.map { $0.map { all[Int($0)] } } ?? all
    }
  }

  /// Those of some columns that no row of a table has a value in.
  ///
  /// - Throws: `Failure` when the table is not in the model, or the store is damaged.
  package func columnsWithoutValues(
    _ name: String, among columns: [String]
  ) throws(Failure) -> Set<String> {
    let table = try model.table(named: name)
    return try reading { () throws(Failure) in
      var out: Set<String> = []
      for column in columns where table[column]?.isPrivate == false {
        if try !reader.hasValues(column, of: name) { out.insert(column) }
      }
      return out
    }
  }

  /// The first and the last day among the rows in force of tables that have a date of their own;
  /// nil when there is none.
  package func observedSpan() throws(Failure) -> (first: Day, last: Day)? {
    var span: (first: Int32, last: Int32)?
    for table in model.tables {
      guard let date = table.date, !date.contains("."), table[date]?.storage == .day else {
        continue
      }
      guard case .day(let days)? = try self.table(table.name, columns: [date])[date] else {
        continue
      }
      for day in days where day != Column.missingDay {
        span = (min(span?.first ?? day, day), max(span?.last ?? day, day))
      }
    }
    return span.map { (Day(number: $0.first), Day(number: $0.last)) }
  }

  private func read(
    _ declaration: ColumnDeclaration, _ table: TableDeclaration, _ plan: RowPlan
  ) throws(Failure) -> Column {
    let all = try reader.column(declaration, of: table.name, plan.segments)
      .replacing(try standIns(declaration.domain))
    guard let rows = plan.rows else { return all }
    let own = all.gathered(rows)
    return plan.fills.isEmpty ? own : own.filled(plan.fills, from: all)
  }

  private func plan(of table: TableDeclaration) throws(Failure) -> RowPlan {
    if let known = plans[table.name] { return known }
    let ledger = try Ledger(main, only: onlyImports)
    let state = try TableState(table.name, main, ledger)
    let segments = state.segments.filter { !$0.inForce.isEmpty }
    var plan = RowPlan(segments: segments, rows: nil, fills: [], count: state.rowsInForce)
    if segments.contains(where: { !$0.inForce.isFull }) {
      plan.rows = positions(segments)
    }
    var isMerged = Set(segments.map(\.source)).count > 1
    for name in table.key where !isMerged {
      if let declaration = table[name] { isMerged = try !standIns(declaration.domain).isEmpty }
    }
    if isMerged { plan = try merged(plan, table) }
    plans[table.name] = plan
    return plan
  }

  private func positions(_ segments: [SegmentState]) -> [Int32] {
    var out: [Int32] = []
    var start = 0
    for segment in segments {
      for row in 0..<segment.rowCount where segment.inForce[row] { out.append(Int32(start + row)) }
      start += segment.rowCount
    }
    return out
  }

  /// Positions in the order of the earliest active import that states each row. It differs from
  /// the order of segments where an undone import wrote rows that a later one still states.
  private func byImport(_ rows: [Int32], _ segments: [SegmentState]) -> [Int32] {
    if segments.allSatisfy(\.ownerIsActive) { return rows }
    var first: [Int] = []
    for segment in segments {
      for row in 0..<segment.rowCount { first.append(segment.staters(of: row).min() ?? .max) }
    }
    return rows.sorted { (first[Int($0)], $0) < (first[Int($1)], $1) }
  }

  /// One row for a key that several sources state: the earliest import's, with what is missing
  /// there filled from the others, in order. Rows of one source stay apart, except those of
  /// persons that are one.
  private func merged(_ plan: RowPlan, _ table: TableDeclaration) throws(Failure) -> RowPlan {
    let rows = byImport(plan.rows ?? positions(plan.segments), plan.segments)
    var sources: [String: Int64] = [:]
    var sourceOf: [Int64] = []
    for segment in plan.segments {
      let source = sources[segment.source] ?? Int64(sources.count)
      sources[segment.source] = source
      sourceOf += [Int64](repeating: source, count: segment.rowCount)
    }
    var keys: [[Int64]] = []
    var stated: [[Int64]] = []
    for name in table.key {
      guard let declaration = table[name], !declaration.isPrivate else { continue }
      let column = try reader.column(declaration, of: table.name, plan.segments)
      let (own, one) = (cells(column), cells(column.replacing(try standIns(declaration.domain))))
      stated.append(rows.map { own[Int($0)] })
      keys.append(rows.map { one[Int($0)] })
    }
    // The n-th row of a key in one source is the n-th row of that key in another.
    let bySource = denseNumbers(stated + [rows.map { sourceOf[Int($0)] }], rows: rows.count)
    var seen: [Int32: Int64] = [:]
    let turns = bySource.map { number in
      let turn = seen[number, default: 0]
      seen[number] = turn + 1
      return turn
    }
    let same = denseNumbers(keys + [turns], rows: rows.count)
    var out = plan
    var kept: [Int32] = []
    var place: [Int32: Int] = [:]
    for (i, position) in rows.enumerated() {
      if let row = place[same[i]] {
        out.fills.append((row, position))
      } else {
        place[same[i]] = kept.count
        kept.append(position)
      }
    }
    out.rows = kept
    out.count = kept.count
    return out
  }
}

extension Column {
  /// The column with missing values filled from positions of another.
  func filled(_ fills: [(row: Int, position: Int32)], from other: Column) -> Column {
    func fill<T>(_ own: [T], _ all: [T], _ isMissing: (T) -> Bool) -> [T] {
      var out = own
      for fill in fills where isMissing(out[fill.row]) { out[fill.row] = all[Int(fill.position)] }
      return out
    }
    return switch (self, other) {
    case (.text(let own, let lexicon), .text(let all, _)):
      .text(codes: fill(own, all) { $0 == Column.missingCode }, lexicon)
    case (.integer(let own), .integer(let all)):
      .integer(fill(own, all) { $0 == Column.missingInteger })
    case (.decimal(let own), .decimal(let all)): .decimal(fill(own, all) { $0.isNaN })
    case (.day(let own), .day(let all)): .day(fill(own, all) { $0 == Column.missingDay })
    default: self
    }
  }
}
