import Disclosure

/// Comma-separated text (RFC 4180) in the two dialects that the program writes.
struct CSVWriter: TidySink {
  /// For machines, or for a French Excel.
  enum Dialect {
    case machine, excelFrench
  }

  private let isFrench: Bool
  private let separator: UInt8, point: UInt8
  private var bytes: [UInt8]
  private var isFirst = true

  init(_ dialect: Dialect) {
    isFrench = dialect == .excelFrench
    separator = UInt8(ascii: isFrench ? ";" : ",")
    point = UInt8(ascii: isFrench ? "," : ".")
    // Excel takes a file without a byte order mark for Windows-1252.
    bytes = isFrench ? [0xEF, 0xBB, 0xBF] : []
  }

  /// What was written so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A row of texts.
  mutating func row(_ cells: [String]) {
    for cell in cells { text(cell) }
    endRow()
  }

  mutating func text(_ text: String) {
    separate()
    add(isFrench ? CSVWriter.guarded(text) : text)
  }

  mutating func number(_ x: Double?) {
    separate()
    if let x { Shortest.append(x, point: point, to: &bytes) }
  }

  mutating func value(_ x: Double?, _ status: CellStatus) {
    if isFrench, status == .withheld {
      separate()
      bytes.append(UInt8(ascii: "s"))
    } else {
      number(x)
    }
  }

  mutating func endRow() {
    if isFrench { bytes.append(UInt8(ascii: "\r")) }
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private mutating func separate() {
    if !isFirst { bytes.append(separator) }
    isFirst = false
  }

  private mutating func add(_ text: String) {
    let quote = UInt8(ascii: "\"")
    let isSpecial = text.utf8.contains {
      $0 == quote || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";")
        || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
    }
    guard isSpecial else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  /// A text that a spreadsheet cannot take for a formula: an apostrophe before what begins with
  /// `=`, `+`, `-`, `@`, their full-width forms, a tab or a line end (OWASP CSV Injection;
  /// CWE-1236). A text that is a number stays as it is: it cannot compute anything.
  static func guarded(_ t: String) -> String {
    for c in t.unicodeScalars {
      switch c {
      case "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0":
        return isNumber(t) ? t : "'" + t
      default:
        // Marks that are not seen and spaces do not stop a spreadsheet from seeing the formula.
        if c.isASCII, c > " " { return t }
        if c == "\u{FEFF}" || c == "\u{200B}" || c.properties.isWhitespace { continue }
        return t
      }
    }
    return t
  }

  private static func isNumber(_ t: String) -> Bool {
    var digits = 0
    var points = 0
    for (i, c) in t.utf8.enumerated() {
      switch c {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: ","), UInt8(ascii: "."): points += 1
      case UInt8(ascii: "-"), UInt8(ascii: "+"):
        if i > 0 { return false }
      default: return false
      }
    }
    return digits > 0 && points <= 1
  }
}
