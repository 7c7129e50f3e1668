/// Writes the first grid of a sheet as a file of text.
struct TextFile {
  var delimiter = ";"
  var lineEnd = "\r\n"
  var beginning = ""
  /// What follows the cells of each row.
  var ending = ""
  var quotesAll = false

  func text(of grid: FieldGrid) -> String {
    let width = grid.rows.map(\.count).max() ?? 0
    return beginning
      + grid.rows.map { row in
        let cells = (0..<width).map { $0 < row.count ? row[$0].text : "" }
        return cells.map(quoted).joined(separator: delimiter) + ending + lineEnd
      }.joined()
  }

  private func quoted(_ text: String) -> String {
    let needs = quotesAll || text.contains("\n") || text.contains("\"") || text.contains(delimiter)
    return needs ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

/// Encodings of the field; what a character set lacks becomes a question mark.
enum Encoder {
  static func utf16LittleEndian(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  static func windows1252(_ text: String) -> [UInt8] {
    bytes(text) { c in
      switch c {
      case "€": 0x80
      case "œ": 0x9C
      case "Œ": 0x8C
      case "’": 0x92
      case "‘": 0x91
      case "–": 0x96
      case "✓", "✔", "☑": nil
      default: c.value < 0x100 ? UInt8(c.value) : nil
      }
    }
  }

  static func macRoman(_ text: String) -> [UInt8] {
    let upper: [Unicode.Scalar: UInt8] = [
      "à": 0x88, "â": 0x89, "ä": 0x8A, "ç": 0x8D, "é": 0x8E, "è": 0x8F, "ê": 0x90, "ë": 0x91,
      "î": 0x94, "ï": 0x95, "ô": 0x99, "ö": 0x9A, "ù": 0x9D, "û": 0x9E, "ü": 0x9F, "É": 0x83,
      "œ": 0xCF, "’": 0xD5, "\u{A0}": 0xCA, "–": 0xD0, "È": 0xE9, "À": 0xCB, "°": 0xA1, "ã": 0x8B,
    ]
    return bytes(text) { $0.value < 0x80 ? UInt8($0.value) : upper[$0] }
  }

  static func codePage850(_ text: String) -> [UInt8] {
    let upper: [Unicode.Scalar: UInt8] = [
      "à": 0x85, "â": 0x83, "ä": 0x84, "ç": 0x87, "é": 0x82, "è": 0x8A, "ê": 0x88, "ë": 0x89,
      "î": 0x8C, "ï": 0x8B, "ô": 0x93, "ö": 0x94, "ù": 0x97, "û": 0x96, "ü": 0x81, "É": 0x90,
      "\u{A0}": 0xFF, "È": 0xD4, "À": 0xB7, "°": 0xF8, "ã": 0xC6, "’": 0x27, "–": 0x2D,
    ]
    return bytes(text) { $0.value < 0x80 ? UInt8($0.value) : upper[$0] }
  }

  private static func bytes(_ text: String, _ one: (Unicode.Scalar) -> UInt8?) -> [UInt8] {
    text.unicodeScalars.map { one($0) ?? UInt8(ascii: "?") }
  }
}
