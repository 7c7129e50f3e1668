import Columns
import Diagnostics
import Model

/// What an erasure took away, or would take away.
package struct Erasure: Sendable {
  /// What it takes of one table.
  package struct TableCount: Sendable, Hashable {
    /// The table's name in the model.
    package var table: String
    /// Rows of which nothing is left.
    package var rows = 0
    /// Cells emptied, or made coarser, in rows that stay.
    package var cells = 0
  }

  /// By table; those of which nothing was taken are left out.
  package var tables: [TableCount] = []
  /// Identifiers and cells that only the identity file held.
  package var identifiers = 0, names = 0
  /// Decisions about names, and texts of receipts, headings and names of files.
  package var decisions = 0, texts = 0
  /// The imports that lost rows set aside, with how many.
  package var rejects: [Int: Int] = [:]
  /// Whether older pages of the store's journal are gone too: not while another program reads it.
  package var isSettled = true

  /// Nothing taken.
  package init() {}

  /// Whether nothing was there to take.
  package var isNothing: Bool {
    tables.isEmpty && identifiers == 0 && names == 0 && decisions == 0 && texts == 0
      && rejects.isEmpty
  }
}

/// What goes of one table, by segment.
struct TableErasure {
  let table: TableDeclaration
  /// All segments, in force or not, as they were written.
  let segments: [SegmentState]
  /// Rows that go whole.
  var rows: [Int64: Bitmap] = [:]
  /// Rows of which the private cells go.
  var names: [Int64: Bitmap] = [:]
  /// Cells emptied, by column.
  var emptied: [String: [Int64: Bitmap]] = [:]
  /// Years made coarser, by column.
  var coarse: [String: [Int64: Bitmap]] = [:]

  init(_ table: TableDeclaration, _ segments: [SegmentState]) {
    self.table = table
    self.segments = segments
  }

  /// Adds a row to one of the sets above.
  static func add(_ row: Int, of segment: SegmentState, to set: inout [Int64: Bitmap]) {
    set[segment.id, default: Bitmap(rowCount: segment.rowCount)].insert(row)
  }
}

extension Column {
  /// The middle of the five years that a year lies in.
  static func coarsened(year: Int64) -> Int64 { year - year % 5 + 2 }

  /// The column with some rows emptied and others coarsened, and how many cells that changed.
  func erasing(_ rows: Bitmap?, coarse: Bitmap?) -> (column: Column, cells: Int) {
    var count = 0
    func emptied<T: Equatable>(_ values: [T], _ missing: T) -> [T] {
      guard let rows else { return values }
      var out = values
      for i in out.indices where rows[i] && out[i] != missing {
        out[i] = missing
        count += 1
      }
      return out
    }
    switch self {
    case .text(let codes, let lexicon):
      return (.text(codes: emptied(codes, Column.missingCode), lexicon), count)
    case .day(let days): return (.day(emptied(days, Column.missingDay)), count)
    case .integer(let values):
      var out = emptied(values, Column.missingInteger)
      if let coarse {
        for i in out.indices where coarse[i] && out[i] != Column.missingInteger {
          let year = Column.coarsened(year: out[i])
          if year != out[i] { count += 1 }
          out[i] = year
        }
      }
      return (.integer(out), count)
    case .decimal(let values):
      guard let rows else { return (self, 0) }
      var out = values
      for i in out.indices where rows[i] && !out[i].isNaN {
        out[i] = .nan
        count += 1
      }
      return (.decimal(out), count)
    }
  }
}

extension Store {
  /// Every segment of a table as it was written.
  func allSegments(of table: TableDeclaration) throws(Failure) -> [SegmentState] {
    try TableState(table.name, main, try Ledger(main)).segments.map(\.unmasked)
  }

  /// Writes over what goes of a table, for good; the counts, and the codes of people and homes that
  /// may have lost their last row, by domain.
  func erase(
    _ plan: TableErasure, _ lost: inout [String: Set<Int32>]
  ) throws(Failure) -> Erasure.TableCount {
    var count = Erasure.TableCount(table: plan.table.name)
    for column in plan.table.storedColumns {
      for segment in plan.segments {
        var rows = plan.rows[segment.id]
        if let emptied = plan.emptied[column.name]?[segment.id] {
          rows =
            rows.map {
              var all = $0; all.formUnion(emptied); return all
            } ?? emptied
        }
        let coarse = plan.coarse[column.name]?[segment.id]
        if rows == nil, coarse == nil { continue }
        let old = try reader.column(column, of: plan.table.name, [segment])
        let (new, cells) = old.erasing(rows, coarse: coarse)
        if cells == 0 { continue }
        if case .text(let before, _) = old, model.isPseudonymous(domain: column.domain), let rows {
          for i in before.indices where rows[i] {
            lost[column.domain, default: []].insert(before[i])
          }
        }
        if let whole = plan.rows[segment.id] {
          // Cells of rows that go are told by the row.
          let own = old.erasing(whole, coarse: nil).cells
          count.cells += cells - own
        } else {
          count.cells += cells
        }
        try rewrite(new, column.name, of: plan.table.name, segment)
      }
    }
    for segment in plan.segments {
      guard var rows = plan.rows[segment.id] else { continue }
      let before = try main.prepare("SELECT bitmap FROM erased WHERE segment = ?")
      try before.bind([.integer(segment.id)])
      var earlier = Bitmap(rowCount: segment.rowCount)
      if try before.step(), let bits = Bitmap(rowCount: segment.rowCount, bytes: before.bytes(0)) {
        earlier = bits
      }
      before.reset()
      var fresh = rows
      fresh.subtract(earlier)
      count.rows += fresh.count
      rows.formUnion(earlier)
      let insert = try main.prepare("INSERT OR REPLACE INTO erased VALUES (?, ?)")
      try insert.bind([.integer(segment.id)])
      try insert.bind(bytes: rows.bytes, at: 2)
      while try insert.step() {}
    }
    return count
  }

  private func rewrite(
    _ column: Column, _ name: String, of table: String, _ segment: SegmentState
  ) throws(Failure) {
    let encoded = SegmentCoding.encode(column, rows: 0..<segment.rowCount)
    try main.run(
      "DELETE FROM chunk WHERE table_name = ? AND column_name = ? AND segment = ?",
      [.text(table), .text(name), .integer(segment.id)])
    if encoded.minimum == .null { return }
    let chunk = try main.prepare("INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?)")
    try chunk.bind([
      .text(table), .text(name), .integer(segment.id), encoded.minimum, encoded.maximum,
    ])
    try chunk.bind(bytes: encoded.bytes, at: 6)
    while try chunk.step() {}
  }

  /// Removes the private cells of what went, and the identifiers that no row holds any more.
  func eraseNames(
    _ plans: [TableErasure], lost: [String: Set<Int32>], _ result: inout Erasure
  ) throws(Failure) {
    guard let identities else { return }
    let ledger = try Ledger(main)
    let landings = try identities.landings()
    let delete = try identities.file.prepare(
      "DELETE FROM cell WHERE landing = ? AND table_name = ? AND column_name = ? AND row = ?")
    for plan in plans {
      for segment in plan.segments {
        guard plan.rows[segment.id] != nil || plan.names[segment.id] != nil,
          let landing = landings[ledger.entries[segment.importID]?.nonce ?? ""]
        else { continue }
        for column in plan.table.privateColumns {
          let cells = try identities.cells(landing.id, plan.table.name, column.name)
          for row in 0..<segment.rowCount {
            let goes =
              plan.rows[segment.id]?[row] ?? false || plan.names[segment.id]?[row] ?? false
            guard goes, cells[segment.firstRow + row] != nil else { continue }
            try delete.run([
              .integer(landing.id), .text(plan.table.name), .text(column.name),
              SQLValue(segment.firstRow + row),
            ])
            result.names += 1
          }
        }
      }
    }
    var states: [String: TableState] = [:]
    for table in model.tables { states[table.name] = try TableState(table.name, main, ledger) }
    let before = try identities.file.integer("SELECT count(*) FROM pseudonym") ?? 0
    for (domain, codes) in lost.sorted(by: { $0.key < $1.key }) {
      try sweepPseudonyms(domain, codes, states, identities)
    }
    let after = try identities.file.integer("SELECT count(*) FROM pseudonym") ?? 0
    result.identifiers += Int(before - after)
  }

  /// Records that something was erased, without saying of whom.
  func log(_ kind: String, _ result: Erasure, now: String) throws(Failure) {
    let rows = result.tables.reduce(0) { $0 + $1.rows }
    let cells = result.tables.reduce(0) { $0 + $1.cells }
    try main.run(
      "INSERT INTO erasure (kind, made_at, row_count, cell_count) VALUES (?, ?, ?, ?)",
      [.text(kind), .text(now), SQLValue(rows), SQLValue(cells)])
  }

  /// Takes older pages out of the journal beside the store, where they would still be read; whether
  /// nothing of them is left.
  func settleJournal() -> Bool {
    guard let busy = try? main.integer("PRAGMA wal_checkpoint(TRUNCATE)") else { return false }
    return busy == 0
  }
}
