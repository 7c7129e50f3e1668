import Disclosure

/// Comma-separated text (RFC 4180) in the two dialects that the program writes.
struct CSVWriter {
  /// For machines, or for a French Excel.
  enum Dialect {
    case machine, excelFrench
  }

  let dialect: Dialect
  private(set) var text: String

  init(_ dialect: Dialect) {
    self.dialect = dialect
    // Excel takes a file without a byte order mark for Windows-1252.
    text = dialect == .excelFrench ? "\u{FEFF}" : ""
  }

  mutating func row(_ cells: [TidyRows.Cell]) {
    for (i, cell) in cells.enumerated() {
      if i > 0 { text += dialect == .machine ? "," : ";" }
      switch cell {
      case .text(let t): text += quoted(dialect == .machine ? t : CSVWriter.guarded(t))
      case .number(let x): text += number(x)
      case .value(let x, let status):
        text += dialect == .excelFrench && status == .withheld ? "s" : number(x)
      }
    }
    text += dialect == .machine ? "\n" : "\r\n"
  }

  private func number(_ x: Double?) -> String {
    guard let x else { return "" }
    let plain = Shortest.text(x)
    guard dialect == .excelFrench, let point = plain.firstIndex(of: ".") else { return plain }
    return plain[..<point] + "," + plain[plain.index(after: point)...]
  }

  private func quoted(_ t: String) -> String {
    let special = t.utf8.contains {
      $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";")
        || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
    }
    guard special else { return t }
    var out = "\""
    for c in t.unicodeScalars {
      if c == "\"" { out += "\"" }
      out.unicodeScalars.append(c)
    }
    return out + "\""
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
