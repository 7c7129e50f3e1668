import Diagnostics

/// A segment, and which of its rows are stated and in force.
///
/// A row is *stated* while the import that wrote it is active, or an active import has confirmed
/// it (stated the same again). A stated row is *in force* unless an active import retracts it.
struct SegmentState {
  /// Rows that another import stated again.
  struct Confirmation {
    var importID: Int
    var columns: Set<String>
    var rows: Bitmap
  }
  /// Rows that another import takes out of force.
  struct Retraction {
    var importID: Int
    var rows: Bitmap
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

  /// The rows that an active import states.
  func rows(statedBy id: Int) -> Bitmap? {
    if ownerIsActive && importID == id { return Bitmap(allOf: rowCount) }
    return confirmations.first { $0.importID == id }?.rows
  }
}

/// All segments of a table, in the order of their imports.
struct TableState {
  let segments: [SegmentState]

  init(_ table: String, _ file: Connection, _ ledger: Ledger) throws(Failure) {
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
          importID: Int(confirmed.integer(1)),
          columns: Set(confirmed.text(3).split(separator: ",").map(String.init)), rows: bits))
      segments[position].stated.formUnion(bits)
      segments[position].inForce.formUnion(bits)
    }
    let retracted = try marks("retraction", "0")
    while try retracted.step() {
      if !ledger.isActive(Int(retracted.integer(1))) { continue }
      let (position, bits) = try bitmap(retracted)
      segments[position].retractions.append(
        SegmentState.Retraction(importID: Int(retracted.integer(1)), rows: bits))
      segments[position].inForce.subtract(bits)
    }
    self.segments = segments
  }

  /// The number of rows in force, each source by itself.
  var rowsInForce: Int { segments.reduce(0) { $0 + $1.inForce.count } }
}
