/// The records and fields of a text as ranges of bytes.
///
/// Invariant: field f is `bytes[starts[f]..<ends[f]]`, quotes removed and doubled quotes already
/// made single; record r holds fields `firstField[r]..<firstField[r + 1]`.
struct Grid: Sendable {
  /// The text, followed by the cells that had doubled quotes.
  var bytes: [UInt8] = []
  /// Where the text ends and those cells begin.
  var textCount = 0
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var firstField: [UInt32] = [0]
  /// The 1-based line where each record begins.
  var lines: [Int32] = []
  /// Records with a quote that is never closed, ascending.
  var broken: [Int32] = []
  /// Records that follow a line without a single byte, ascending.
  var afterBlank: [Int32] = []
  /// Whether a record's quotes allow another reading, which its width would decide.
  var hasDoubts = false
  /// Lines without a single byte.
  var blankLines = 0

  var recordCount: Int { lines.count }

  func fields(of record: Int) -> Range<Int> {
    Int(firstField[record])..<Int(firstField[record + 1])
  }

  func range(_ field: Int) -> Range<Int> { Int(starts[field])..<Int(ends[field]) }

  func string(_ field: Int) -> String { string(range(field)) }

  func string(_ cell: Range<Int>) -> String { String(decoding: bytes[cell], as: UTF8.self) }

  func strings(of record: Int) -> [String] { fields(of: record).map(string) }

  /// Whether the fields hold nothing but blanks.
  func isEmpty(fields: Range<Int>) -> Bool {
    let s = bytes.span
    return fields.allSatisfy { Cells.trimmed(s, range($0)).isEmpty }
  }

  /// Whether a field stood between quotes.
  func isQuoted(_ field: Int, _ quote: UInt8) -> Bool {
    let start = Int(starts[field])
    return start >= textCount || (start > 0 && quote != 0 && bytes[start - 1] == quote)
  }

  /// Whether a line without a single byte precedes a record.
  func isAfterBlank(_ record: Int) -> Bool {
    var (low, high) = (0, afterBlank.count)
    while low < high {
      let middle = (low + high) / 2
      if afterBlank[middle] < Int32(record) { low = middle + 1 } else { high = middle }
    }
    return low < afterBlank.count && afterBlank[low] == Int32(record)
  }

  /// The width that most records have; of equals, the greater.
  var usualWidth: Int {
    var counts: [Int: Int] = [:]
    for record in 0..<recordCount { counts[fields(of: record).count, default: 0] += 1 }
    return counts.max { ($0.value * min($0.key, 2), $0.key) < ($1.value * min($1.key, 2), $1.key) }?
      .key ?? 0
  }

  /// Adds a record of cells that stand anywhere in `bytes`.
  mutating func append(_ cells: some Sequence<Range<Int>>, line: Int32) {
    for cell in cells {
      starts.append(UInt32(truncatingIfNeeded: cell.lowerBound))
      ends.append(UInt32(truncatingIfNeeded: cell.upperBound))
    }
    lines.append(line)
    firstField.append(UInt32(truncatingIfNeeded: starts.count))
  }

  /// The same text with some records only, each with the cells that `cells` gives it.
  func keeping(_ records: some Sequence<Int>, _ cells: (Int) -> [Range<Int>]? = { _ in nil })
    -> Grid
  {
    var out = Grid()
    out.bytes = bytes
    out.textCount = textCount
    out.starts.reserveCapacity(starts.count)
    out.ends.reserveCapacity(ends.count)
    let isBroken = Set(broken)
    for record in records {
      if isBroken.contains(Int32(record)) { out.broken.append(Int32(out.recordCount)) }
      if let given = cells(record) {
        out.append(given, line: lines[record])
      } else {
        let fields = fields(of: record)
        out.starts.append(contentsOf: starts[fields])
        out.ends.append(contentsOf: ends[fields])
        out.lines.append(lines[record])
        out.firstField.append(UInt32(truncatingIfNeeded: out.starts.count))
      }
    }
    return out
  }
}
