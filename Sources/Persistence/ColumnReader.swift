import Columns
import Diagnostics
import Model

/// Reads stored columns and dictionaries of `lien.sqlite`.
final class ColumnReader {
  private let file: Connection
  private var lexicons: [String: Lexicon] = [:]

  init(_ file: Connection) { self.file = file }

  /// Forgets what was read, after the file was written to.
  func forget() { lexicons = [:] }

  /// The project-wide entries of a domain.
  func lexicon(_ domain: String) throws(Failure) -> Lexicon {
    if let known = lexicons[domain] { return known }
    var bytes: [UInt8] = []
    var offsets = [0]
    let parts = try file.prepare(
      "SELECT entries, lengths, bytes FROM dictionary WHERE domain = ? ORDER BY part")
    try parts.bind([.text(domain)])
    while try parts.step() {
      let isWhole = TextCoding.decode(
        parts.bytes(1), parts.bytes(2), entries: Int(parts.integer(0)), into: &bytes, &offsets)
      if !isWhole { throw .damaged(domain, file: file.path) }
    }
    let lexicon = Lexicon(bytes: bytes, offsets: offsets)
    lexicons[domain] = lexicon
    return lexicon
  }

  /// Every row of some segments, one after the other, in force or not. Cells that no active
  /// import states are missing.
  func column(
    _ declaration: ColumnDeclaration, of table: String, _ segments: [SegmentState]
  ) throws(Failure) -> Column {
    let rows = segments.reduce(0) { $0 + $1.rowCount }
    let name = declaration.name
    switch declaration.storage {
    case .text:
      let lexicon = try lexicon(declaration.domain)
      var codes = [Int32](repeating: Column.missingCode, count: rows)
      try fill(table, name, segments, below: Int64(lexicon.count)) { row, count, start in
        row.decode(1, rows: count, missing: Column.missingCode, into: &codes, at: start)
      }
      mask(&codes, Column.missingCode, name, segments)
      return .text(codes: codes, lexicon)
    case .integer:
      var values = [Int64](repeating: Column.missingInteger, count: rows)
      try fill(table, name, segments) { row, count, start in
        row.decode(1, rows: count, missing: Column.missingInteger, into: &values, at: start)
      }
      mask(&values, Column.missingInteger, name, segments)
      return .integer(values)
    case .day:
      var values = [Int32](repeating: Column.missingDay, count: rows)
      try fill(table, name, segments) { row, count, start in
        row.decode(1, rows: count, missing: Column.missingDay, into: &values, at: start)
      }
      mask(&values, Column.missingDay, name, segments)
      return .day(values)
    case .decimal:
      var values = [Double](repeating: .nan, count: rows)
      try fill(table, name, segments) { row, count, start in
        row.decode(1, rows: count, into: &values, at: start)
      }
      mask(&values, .nan, name, segments)
      return .decimal(values)
    }
  }

  /// The least and greatest value of a column in each segment that has any.
  func zones(_ column: String, of table: String) throws(Failure) -> [Int64: ClosedRange<Int64>] {
    var out: [Int64: ClosedRange<Int64>] = [:]
    let rows = try file.prepare(
      """
      SELECT segment, minimum, maximum FROM chunk
      WHERE table_name = ? AND column_name = ? AND minimum <= maximum
      """)
    try rows.bind([.text(table), .text(column)])
    while try rows.step() { out[rows.integer(0)] = rows.integer(1)...rows.integer(2) }
    return out
  }

  /// Hands each segment that has the column to `decode`, as a row, with the number of rows and
  /// where they go.
  private func fill(
    _ table: String, _ column: String, _ segments: [SegmentState], below limit: Int64? = nil,
    _ decode: (Statement, Int, Int) -> Bool
  ) throws(Failure) {
    // A few segments of many: one look-up each; else one pass over all.
    let few = segments.count <= 16
    let rows = try file.prepare(
      "SELECT segment, data, maximum FROM chunk WHERE table_name = ? AND column_name = ? "
        + (few ? "AND segment = ?" : "ORDER BY segment"))
    try rows.bind([.text(table), .text(column)])
    var places: [Int64: (start: Int, rows: Int)] = [:]
    var start = 0
    for segment in segments {
      places[segment.id] = (start, segment.rowCount)
      start += segment.rowCount
    }
    func take() throws(Failure) {
      guard let place = places[rows.integer(0)] else { return }
      let isWhole = decode(rows, place.rows, place.start)
      let isBelow = limit.map { rows.isNull(2) || rows.integer(2) < $0 } ?? true
      if !isWhole || !isBelow { throw .damaged("\(table).\(column)", file: file.path) }
    }
    if few {
      for segment in segments {
        try rows.bind(.integer(segment.id), at: 3)
        while try rows.step() { try take() }
        rows.reset()
      }
    } else {
      while try rows.step() { try take() }
    }
  }

  /// Empties the cells that only an undone import stated.
  private func mask<T>(
    _ values: inout [T], _ missing: T, _ column: String, _ segments: [SegmentState]
  ) {
    var start = 0
    for segment in segments {
      if !segment.ownerIsActive {
        for row in 0..<segment.rowCount where !segment.isStated(row, column: column) {
          values[start + row] = missing
        }
      }
      start += segment.rowCount
    }
  }
}
