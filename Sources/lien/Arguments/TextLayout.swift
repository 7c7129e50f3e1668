/// Text for a terminal of 100 columns.
enum TextLayout {
  /// The widest line of any help text.
  static let columns = 100

  /// Breaks paragraphs at spaces (never at no-break spaces), each line indented.
  static func wrapped(_ text: String, indent: Int = 0, columns: Int = columns) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if line.isEmpty {
          line = String(word)
        } else if indent + width(line) + 1 + width(word) <= columns {
          line += " " + word
        } else {
          lines.append(margin + line)
          line = String(word)
        }
      }
      lines.append(line.isEmpty ? "" : margin + line)
    }
    return lines
  }

  /// Two columns: terms, and what they mean. A term too long for its column stands alone.
  static func table(_ rows: [(String, String)], indent: Int = 2) -> [String] {
    let widest = min(34, rows.map { width($0.0) }.max() ?? 0)
    var lines: [String] = []
    for (term, meaning) in rows {
      let body = wrapped(meaning, indent: indent + widest + 2)
      let margin = String(repeating: " ", count: indent)
      if width(term) <= widest, let first = body.first {
        let gap = String(repeating: " ", count: widest - width(term) + 2)
        lines.append(margin + term + gap + first.drop { $0 == " " })
        lines += body.dropFirst()
      } else {
        lines.append(margin + term)
        lines += body
      }
    }
    return lines
  }

  /// The columns that a text takes. Every character of the program's own texts takes one.
  static func width(_ text: some StringProtocol) -> Int { text.unicodeScalars.count }
}
