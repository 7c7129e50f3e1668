import Diagnostics

/// A segment, and which of its rows are stated and in force.
///
/// A row is *stated* while the import that wrote it is active, or an active import has confirmed
/// it (stated the same again). A stated row is *in force* unless an active import retracts it. A
/// retraction is *held* while a line that its import set aside may speak of the row; the last that
/// holds or confirms a row decides.
struct SegmentState {
  /// Rows that another import stated again.
  struct Confirmation {
    var importID: Int
    /// The first import of its version.
    var root: Int
    var columns: Set<String>
    var rows: Bitmap
  }
  /// Rows that another import takes out of force.
  struct Retraction {
    var importID: Int
    var rows: Bitmap
  }

  /// Rows that another import would take out of force, had it not set lines aside.
  struct Hold {
    var importID: Int
    /// The first import of its version.
    var root: Int
    var rows: Bitmap
    /// Those of which a line is not settled.
    var open: Bitmap
  }

  let id: Int64
  /// The import that wrote it.
  let importID: Int
  let source: String
  /// The number of its first row among the import's rows of the table.
  let firstRow: Int
  let rowCount: Int
  let ownerIsActive: Bool
  /// By active imports.
  var confirmations: [Confirmation] = []
  /// By active imports.
  var retractions: [Retraction] = []
  /// By active imports, in their order.
  var holds: [Hold] = []
  var stated: Bitmap
  var inForce: Bitmap

  /// The active imports that state a row.
  func staters(of row: Int) -> [Int] {
    (ownerIsActive ? [importID] : [])
      + confirmations.filter { $0.rows[row] }.map(\.importID)
  }

  /// The active imports that take a row out of force.
  func retracters(of row: Int) -> [Int] {
    retractions.filter { $0.rows[row] }.map(\.importID)
  }

  /// Whether a cell has an active import behind it: the sheet that states the row had the column.
  func isStated(_ row: Int, column: String) -> Bool {
    ownerIsActive || confirmations.contains { $0.rows[row] && $0.columns.contains(column) }
  }

  /// Whether a row is in force only because a line that was set aside may speak of it.
  func isHeld(_ row: Int) -> Bool {
    guard let hold = holds.last(where: { $0.rows[row] }), hold.open[row], inForce[row] else {
      return false
    }
    return !isConfirmed(row, since: hold)
  }

  /// Whether a row is stated again by the version that holds it, or by a later one: what corrects the
  /// rejects of an earlier version says nothing of it.
  private func isConfirmed(_ row: Int, since hold: Hold) -> Bool {
    confirmations.contains {
      $0.importID > hold.importID && $0.root >= hold.root && $0.rows[row]
    }
  }

  /// Takes held retractions back where the last word on a row is one that is open.
  mutating func settleHolds(hard: Bitmap) {
    guard let last = holds.indices.last else { return }
    var rows = Bitmap(rowCount: rowCount)
    for hold in holds { rows.formUnion(hold.rows) }
    rows.formIntersection(stated)
    rows.subtract(hard)
    for row in 0..<rowCount where rows[row] {
      var place = last
      while !holds[place].rows[row] { place -= 1 }
      let hold = holds[place]
      if hold.open[row] || isConfirmed(row, since: hold) { inForce.insert(row) }
    }
  }

  /// The rows that an active import states.
  func rows(statedBy id: Int) -> Bitmap? {
    if ownerIsActive && importID == id { return Bitmap(allOf: rowCount) }
    return confirmations.first { $0.importID == id }?.rows
  }
}

/// All segments of a table, in the order of their imports.
struct TableState {
  let segments: [SegmentState]

  /// Reads a table. `settling` are lines of an import's rejects that are taken for settled.
  init(
    _ table: String, _ file: Connection, _ ledger: Ledger,
    settling: (parent: Int, lines: Set<Int>)? = nil
  ) throws(Failure) {
    var segments: [SegmentState] = []
    var positions: [Int64: Int] = [:]
    let rows = try file.prepare(
      """
      SELECT id, import, first_row, row_count FROM segment WHERE table_name = ?
      ORDER BY import, first_row
      """)
    try rows.bind([.text(table)])
    while try rows.step() {
      let owner = Int(rows.integer(1))
      let count = Int(rows.integer(3))
      let active = ledger.isActive(owner)
      positions[rows.integer(0)] = segments.count
      let all = active ? Bitmap(allOf: count) : Bitmap(rowCount: count)
      segments.append(
        SegmentState(
          id: rows.integer(0), importID: owner, source: ledger.source(of: owner),
          firstRow: Int(rows.integer(2)), rowCount: count, ownerIsActive: active, stated: all,
          inForce: all))
    }
    func marks(_ name: String, _ columns: String) throws(Failure) -> Statement {
      let statement = try file.prepare(
        """
        SELECT m.segment, m.import, m.bitmap, \(columns) FROM \(name) m
        JOIN segment s ON s.id = m.segment JOIN import i ON i.id = m.import
        WHERE s.table_name = ? AND i.active = 1 ORDER BY m.segment, m.import
        """)
      try statement.bind([.text(table)])
      return statement
    }
    func bitmap(_ row: Statement) throws(Failure) -> (Int, Bitmap) {
      guard let position = positions[row.integer(0)],
        let bits = Bitmap(rowCount: segments[position].rowCount, bytes: row.bytes(2))
      else { throw .damaged(table, file: file.path) }
      return (position, bits)
    }
    let confirmed = try marks("confirmation", "m.columns")
    while try confirmed.step() {
      if !ledger.isActive(Int(confirmed.integer(1))) { continue }
      let (position, bits) = try bitmap(confirmed)
      segments[position].confirmations.append(
        SegmentState.Confirmation(
          importID: Int(confirmed.integer(1)), root: ledger.root(of: Int(confirmed.integer(1))),
          columns: Set(confirmed.text(3).split(separator: ",").map(String.init)), rows: bits))
      segments[position].stated.formUnion(bits)
      segments[position].inForce.formUnion(bits)
    }
    try Self.readHolds(file, ledger, settling, of: try marks("hold", "m.line")) {
      (row, id, line, isOpen) throws(Failure) in
      let (position, bits) = try bitmap(row)
      var holds = segments[position].holds
      if holds.last?.importID != id {
        let none = Bitmap(rowCount: segments[position].rowCount)
        holds.append(
          SegmentState.Hold(importID: id, root: ledger.root(of: id), rows: none, open: none))
      }
      holds[holds.count - 1].rows.formUnion(bits)
      if isOpen { holds[holds.count - 1].open.formUnion(bits) }
      segments[position].holds = holds
    }
    var hard: [Int: Bitmap] = [:]
    let retracted = try marks("retraction", "0")
    while try retracted.step() {
      if !ledger.isActive(Int(retracted.integer(1))) { continue }
      let (position, bits) = try bitmap(retracted)
      let id = Int(retracted.integer(1))
      segments[position].retractions.append(SegmentState.Retraction(importID: id, rows: bits))
      segments[position].inForce.subtract(bits)
      guard !segments[position].holds.isEmpty else { continue }
      var own = bits
      if let hold = segments[position].holds.first(where: { $0.importID == id }) {
        own.subtract(hold.rows)
      }
      hard[position, default: Bitmap(rowCount: bits.rowCount)].formUnion(own)
    }
    for (position, rows) in hard { segments[position].settleHolds(hard: rows) }
    let erased = try file.prepare(
      """
      SELECT e.segment, 0, e.bitmap FROM erased e JOIN segment s ON s.id = e.segment
      WHERE s.table_name = ?
      """)
    try erased.bind([.text(table)])
    while try erased.step() {
      let (position, bits) = try bitmap(erased)
      segments[position].stated.subtract(bits)
      segments[position].inForce.subtract(bits)
    }
    self.segments = segments
  }

  /// Reads what is held, with whether its line is open.
  private static func readHolds(
    _ file: Connection, _ ledger: Ledger, _ settling: (parent: Int, lines: Set<Int>)?,
    of marks: Statement,
    _ each: (Statement, Int, Int, Bool) throws(Failure) -> Void
  ) throws(Failure) {
    // By the first import of a version and line: the last import that speaks of it.
    var settled: [Int: [Int: Int]]?
    while try marks.step() {
      if settled == nil {
        var last: [Int: [Int: Int]] = [:]
        let rows = try file.prepare("SELECT import, line FROM settled ORDER BY import")
        while try rows.step() {
          let id = Int(rows.integer(0))
          guard ledger.isActive(id) else { continue }
          last[ledger.root(of: id), default: [:]][Int(rows.integer(1))] = id
        }
        if let settling {
          let root = ledger.root(of: settling.parent)
          for line in settling.lines { last[root, default: [:]][line] = .max }
        }
        settled = last
      }
      let (id, line) = (Int(marks.integer(1)), Int(marks.integer(3)))
      let last = settled?[ledger.root(of: id)]?[line] ?? id
      try each(marks, id, line, last <= id)
    }
  }

  /// The rows in force in another state of the same segments that are not in this one.
  func released(from other: TableState) -> [Int64: Bitmap] {
    var out: [Int64: Bitmap] = [:]
    for (own, before) in zip(segments, other.segments) {
      var rows = before.inForce
      rows.subtract(own.inForce)
      if !rows.isEmpty { out[own.id] = rows }
    }
    return out
  }

  /// The number of rows in force, each source by itself.
  var rowsInForce: Int { segments.reduce(0) { $0 + $1.inForce.count } }
}
