import Columns
import Periods

/// The rows of a table as lines of a CSV: what all that read the format read alike.
struct ExportedRows {
  private let columns: [Column?]
  /// The number of rows.
  let count: Int

  /// The rows of a table with some of its columns, in their order.
  init(_ table: Table, _ columns: [String]) {
    self.columns = columns.map { table[$0] }
    count = table.rowCount
  }

  /// The line above the rows.
  static func header(_ columns: [String]) -> [UInt8] {
    Array(columns.joined(separator: ",").utf8) + [10]
  }

  /// Adds the line of a row. A missing value is an empty cell.
  func append(_ row: Int, to out: inout [UInt8]) {
    for (i, column) in columns.enumerated() {
      if i > 0 { out.append(UInt8(ascii: ",")) }
      switch column {
      case .text(let codes, let lexicon)?:
        let code = Int(codes[row])
        if codes[row] == Column.missingCode { continue }
        ExportedRows.append(
          lexicon.bytes[lexicon.offsets[code]..<lexicon.offsets[code + 1]], to: &out)
      case .day(let days)?:
        if days[row] != Column.missingDay { ExportedRows.append(day: days[row], to: &out) }
      case let column?:
        if let text = column.text(at: row) { out += text.utf8 }
      case nil: break
      }
    }
    out.append(10)
  }

  /// A day as `YYYY-MM-DD`.
  private static func append(day: Int32, to out: inout [UInt8]) {
    let (year, month, day) = Day(number: day).civil
    func digits(_ value: Int, _ places: [Int]) {
      for place in places { out.append(UInt8(ascii: "0") + UInt8(value / place % 10)) }
    }
    digits(year, [1000, 100, 10, 1])
    out.append(UInt8(ascii: "-"))
    digits(month, [10, 1])
    out.append(UInt8(ascii: "-"))
    digits(day, [10, 1])
  }

  /// A text, quoted when it must be (RFC 4180), and when some reader would take it for something
  /// else: blanks at its ends, a backslash, an apostrophe first. An empty text is quoted, to tell
  /// it from none.
  private static func append(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    func isEnd(_ byte: UInt8?) -> Bool {
      byte.map { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "'") } ?? false
    }
    let isPlain =
      isEnd(bytes.first) && isEnd(bytes.last)
      && !bytes.contains {
        $0 < 0x20 || $0 == quote || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\\")
      }
    if isPlain {
      out += bytes
      return
    }
    out.append(quote)
    for byte in bytes {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    out.append(quote)
  }
}
