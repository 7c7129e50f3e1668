/// How one residence's office writes its sheets.
struct SheetStyle {
  enum Encoding { case utf8, utf8Mark, windows1252 }

  let separator: Character
  let encoding: Encoding
  let newline: String
  /// Whether every cell stands between quotes.
  let quotesAll: Bool
  /// Which of the headings and words in use the office prefers.
  let words: Int

  static let all: [SheetStyle] = [
    SheetStyle(
      separator: ";", encoding: .windows1252, newline: "\r\n", quotesAll: false, words: 0),
    SheetStyle(separator: ";", encoding: .utf8, newline: "\n", quotesAll: false, words: 1),
    SheetStyle(separator: ",", encoding: .utf8Mark, newline: "\r\n", quotesAll: false, words: 2),
    SheetStyle(separator: ";", encoding: .utf8Mark, newline: "\r\n", quotesAll: true, words: 3),
    SheetStyle(separator: ";", encoding: .windows1252, newline: "\n", quotesAll: false, words: 1),
    SheetStyle(separator: ",", encoding: .utf8, newline: "\n", quotesAll: true, words: 0),
    SheetStyle(
      separator: ";", encoding: .windows1252, newline: "\r\n", quotesAll: true, words: 2),
    SheetStyle(separator: ";", encoding: .utf8Mark, newline: "\r\n", quotesAll: false, words: 3),
  ]

  /// One of the ways to say the same thing.
  func word(_ choices: [String]) -> String { choices[words % choices.count] }

  /// Puts rows into bytes.
  func bytes(_ rows: [[String]]) -> [UInt8] {
    var out: [UInt8] = encoding == .utf8Mark ? [0xEF, 0xBB, 0xBF] : []
    for row in rows {
      let line = row.map(cell).joined(separator: String(separator)) + newline
      switch encoding {
      case .utf8, .utf8Mark: out += Array(line.utf8)
      case .windows1252: out += line.unicodeScalars.map(Self.windows1252)
      }
    }
    return out
  }

  private func cell(_ text: String) -> String {
    let needsQuotes = text.contains { $0 == separator || $0 == "\"" || $0.isNewline }
    guard quotesAll || needsQuotes else { return text }
    var out = "\""
    for character in text { out += character == "\"" ? "\"\"" : String(character) }
    return out + "\""
  }

  private static func windows1252(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar {
    case "€": 0x80
    case "…": 0x85
    case "Œ": 0x8C
    case "’": 0x92
    case "–": 0x96
    case "œ": 0x9C
    default:
      // The sample's words stay within the page: see `Names`.
      scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) ? UInt8(scalar.value) : 0x3F
    }
  }
}
