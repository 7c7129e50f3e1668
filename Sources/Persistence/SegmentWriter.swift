import Columns
import Diagnostics

/// Writes what an import adds to `lien.sqlite`: dictionary entries, segments and marks.
struct SegmentWriter {
  let main: Connection
  let importID: Int

  /// A dictionary part below this size is extended, so that thousands of small imports make few
  /// parts.
  private static let fullPart = 1 << 16

  /// Adds entries at the end of a domain: those between `offsets`, of `entries`.
  func append(
    _ entries: [UInt8], _ offsets: ArraySlice<Int>, to domain: String
  ) throws(Failure) {
    var part = 0
    var coded: (lengths: [UInt8], bytes: [UInt8])?
    var count = offsets.count - 1
    let last = try main.prepare(
      """
      SELECT part, entries, lengths, bytes FROM dictionary WHERE domain = ?
      ORDER BY part DESC LIMIT 1
      """)
    try last.bind([.text(domain)])
    if try last.step() {
      part = Int(last.integer(0))
      let old = last.bytes(3)
      if old.count < Self.fullPart {
        var bytes: [UInt8] = []
        var all = [0]
        guard
          TextCoding.decode(
            last.bytes(2), old, entries: Int(last.integer(1)), into: &bytes, &all)
        else { throw .damaged(domain, file: main.path) }
        let shift = bytes.count - (offsets.first ?? 0)
        if let first = offsets.first, let end = offsets.last { bytes += entries[first..<end] }
        all += offsets.dropFirst().map { $0 + shift }
        count = all.count - 1
        coded = TextCoding.encode(bytes, all[...])
      } else {
        part += 1
      }
    }
    last.reset()
    let (lengths, bytes) = coded ?? TextCoding.encode(entries, offsets)
    let insert = try main.prepare("INSERT OR REPLACE INTO dictionary VALUES (?, ?, ?, ?, ?)")
    try insert.bind([.text(domain), SQLValue(part), SQLValue(count)])
    try insert.bind(bytes: lengths, at: 4)
    try insert.bind(bytes: bytes, at: 5)
    while try insert.step() {}
  }

  /// Writes one table's rows and marks.
  func write(_ landing: TableLanding) throws(Failure) {
    let table = landing.change.table
    let segments = try writeRows(landing, table)
    for (segment, rows) in landing.retractions.sorted(by: { $0.key < $1.key }) {
      try mark("retraction", segment, importID, rows)
    }
    for (segment, lines) in landing.holds.sorted(by: { $0.key < $1.key }) {
      for (line, rows) in lines.sorted(by: { $0.key < $1.key }) {
        let insert = try main.prepare("INSERT INTO hold VALUES (?, ?, ?, ?)")
        try insert.bind([.integer(segment), SQLValue(importID), SQLValue(line)])
        try insert.bind(bytes: rows.bytes, at: 4)
        while try insert.step() {}
      }
    }
    for (segment, rows) in landing.confirmations.sorted(by: { $0.key < $1.key }) {
      let insert = try main.prepare("INSERT INTO confirmation VALUES (?, ?, ?, ?)")
      try insert.bind([
        .integer(segment), SQLValue(importID),
        .text(landing.statedColumns.joined(separator: ",")),
      ])
      try insert.bind(bytes: rows.bytes, at: 4)
      while try insert.step() {}
    }
    for (holder, positions) in landing.shadows.sorted(by: { $0.key < $1.key }) {
      for segment in segments {
        var rows = Bitmap(rowCount: segment.rows.count)
        for position in positions where segment.rows.contains(position) {
          rows.insert(position - segment.rows.lowerBound)
        }
        if !rows.isEmpty { try mark("retraction", segment.id, holder, rows) }
      }
    }
  }

  private func mark(
    _ name: String, _ segment: Int64, _ id: Int, _ rows: Bitmap
  ) throws(Failure) {
    let insert = try main.prepare("INSERT INTO \(name) VALUES (?, ?, ?)")
    try insert.bind([.integer(segment), SQLValue(id)])
    try insert.bind(bytes: rows.bytes, at: 3)
    while try insert.step() {}
  }

  private func writeRows(
    _ landing: TableLanding, _ table: String
  ) throws(Failure) -> [(id: Int64, rows: Range<Int>)] {
    let count = landing.newRowCount
    let columns = landing.columns.sorted { $0.key < $1.key }.map { name, column in
      (name: name, column: count == column.count ? column : column.gathered(landing.newRows))
    }
    var segments: [(id: Int64, rows: Range<Int>)] = []
    let chunk = try main.prepare("INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?)")
    var start = 0
    while start < count {
      let rows = start..<min(count, start + SegmentCoding.segmentRows)
      try main.run(
        "INSERT INTO segment (import, table_name, first_row, row_count) VALUES (?, ?, ?, ?)",
        [SQLValue(importID), .text(table), SQLValue(start), SQLValue(rows.count)])
      let id = main.lastInsertedRow
      for (name, column) in columns {
        let encoded = SegmentCoding.encode(column, rows: rows)
        if encoded.minimum == .null { continue }  // a column that is not there is missing
        try chunk.bind([
          .text(table), .text(name), .integer(id), encoded.minimum, encoded.maximum,
        ])
        try chunk.bind(bytes: encoded.bytes, at: 6)
        while try chunk.step() {}
        chunk.reset()
      }
      segments.append((id, rows))
      start = rows.upperBound
    }
    return segments
  }
}
