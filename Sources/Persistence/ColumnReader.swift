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
    let rows = try file.prepare(
      "SELECT entries, lengths, bytes FROM dictionary WHERE domain = ? ORDER BY part")
    try rows.bind([.text(domain)])
    var parts: [TextCoding.Part] = []
    while try rows.step() {
      parts.append(
        TextCoding.Part(
          entries: Int(rows.integer(0)), lengths: rows.bytes(1), bytes: rows.bytes(2)))
    }
    guard let lexicon = TextCoding.lexicon(parts) else { throw .damaged(domain, file: file.path) }
    lexicons[domain] = lexicon
    return lexicon
  }

  /// Every row of some segments, one after the other, in force or not. Cells that no active
  /// import states are missing.
  func column(
    _ declaration: ColumnDeclaration, of table: String, _ segments: [SegmentState]
  ) throws(Failure) -> Column {
    let name = declaration.name
    func whole<T>(_ values: [T]?, _ missing: T) throws(Failure) -> [T] {
      guard let values else { throw .damaged("\(table).\(name)", file: file.path) }
      if segments.allSatisfy(\.ownerIsActive) { return values }
      return masked(values, missing, name, segments)
    }
    switch declaration.storage {
    case .text:
      let lexicon = try lexicon(declaration.domain)
      let chunks = try chunks(table, name, segments, below: Int64(lexicon.count))
      return .text(
        codes: try whole(chunks.values(missing: Column.missingCode), Column.missingCode), lexicon)
    case .integer:
      let chunks = try chunks(table, name, segments)
      return .integer(
        try whole(chunks.values(missing: Column.missingInteger), Column.missingInteger))
    case .day:
      let chunks = try chunks(table, name, segments)
      return .day(try whole(chunks.values(missing: Column.missingDay), Column.missingDay))
    case .decimal:
      return .decimal(try whole(chunks(table, name, segments).decimals(), .nan))
    }
  }

  /// Whether some row has a value in a column, in force or not.
  func hasValues(_ column: String, of table: String) throws(Failure) -> Bool {
    let rows = try file.prepare(
      """
      SELECT 1 FROM chunk
      WHERE table_name = ? AND column_name = ? AND maximum IS NOT NULL LIMIT 1
      """)
    try rows.bind([.text(table), .text(column)])
    return try rows.step()
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

  /// The stored bytes of a column in some segments.
  private func chunks(
    _ table: String, _ column: String, _ segments: [SegmentState], below limit: Int64? = nil
  ) throws(Failure) -> StoredChunks {
    // A few segments of many: one look-up each; else one pass over all.
    let few = segments.count <= 16
    let rows = try file.prepare(
      "SELECT segment, data, maximum FROM chunk WHERE table_name = ? AND column_name = ? "
        + (few ? "AND segment = ?" : "ORDER BY segment"))
    try rows.bind([.text(table), .text(column)])
    var places: [Int64: Int] = [:]
    for (i, segment) in segments.enumerated() { places[segment.id] = i }
    var out = segments.map { (bytes: [UInt8]?.none, rows: $0.rowCount) }
    func take() throws(Failure) {
      guard let place = places[rows.integer(0)] else { return }
      let isBelow = limit.map { rows.isNull(2) || rows.integer(2) < $0 } ?? true
      if !isBelow { throw .damaged("\(table).\(column)", file: file.path) }
      out[place].bytes = rows.bytes(1)
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
    return StoredChunks(out)
  }

  /// Without the cells that only an undone import stated.
  private func masked<T>(
    _ given: [T], _ missing: T, _ column: String, _ segments: [SegmentState]
  ) -> [T] {
    var values = given
    var start = 0
    for segment in segments {
      if !segment.ownerIsActive {
        for row in 0..<segment.rowCount where !segment.isStated(row, column: column) {
          values[start + row] = missing
        }
      }
      start += segment.rowCount
    }
    return values
  }
}
