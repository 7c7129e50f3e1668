import Diagnostics

/// French spaces and marks for words that an author typed with the keys of a keyboard.
///
/// Words of definitions and layouts pass through here, so that their files may hold ordinary
/// spaces and straight apostrophes. Data never do: a name is shown as it was written.
package enum Typography {
  /// The phrase in `language`, with its typography.
  static func text(_ phrase: Phrase, _ language: Language) -> String {
    language == .fr ? french(phrase.fr) : phrase.en
  }

  /// The text with its own letters and signs; its spaces alone are those of French typography.
  package static func spaced(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    let source = Array(text.unicodeScalars)
    for (i, c) in source.enumerated() {
      let next = i + 1 < source.count ? source[i + 1] : nil
      out.append(c == " " ? space(after: out.last, before: next) : c)
    }
    return String(out)
  }

  /// The space between two signs.
  private static func space(
    after last: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Unicode.Scalar {
    switch next {
    case ";", "!", "?": "\u{202F}"
    case ":", "%", "»", "€": "\u{A0}"
    default: last == "«" ? "\u{A0}" : " "
    }
  }

  /// U+202F before ; ! ?, U+00A0 before : % » € and after «, ’ between letters, one-sign
  /// ellipsis, U+202F between the thousands of a number.
  package static func french(_ text: String) -> String {
    let source = Array(text.unicodeScalars)
    var out = String.UnicodeScalarView()
    var i = 0
    while i < source.count {
      let c = source[i]
      let next = i + 1 < source.count ? source[i + 1] : nil
      switch c {
      case " " where groups(source, at: i): out.append("\u{202F}")
      case " ": out.append(space(after: out.last, before: next))
      case "'":
        let isBetween =
          (out.last?.properties.isAlphabetic ?? false) && (next?.properties.isAlphabetic ?? false)
        out.append(isBetween ? "’" : c)
      case "." where next == "." && i + 2 < source.count && source[i + 2] == ".":
        out.append("…")
        i += 2
      default: out.append(c)
      }
      i += 1
    }
    return String(out)
  }

  /// Whether a space stands between the thousands of a number: one to three digits before it, three
  /// after it.
  private static func groups(_ source: [Unicode.Scalar], at i: Int) -> Bool {
    func isDigit(_ j: Int) -> Bool {
      source.indices.contains(j) && ("0"..."9").contains(source[j])
    }
    let before = (1...4).prefix { isDigit(i - $0) }.count
    let after = (1...4).prefix { isDigit(i + $0) }.count
    return (1...3).contains(before) && after == 3
  }

  /// A name from the data as pages show it: a line of 80 characters at most; the key when empty.
  static func name(_ name: String, key: String) -> String {
    let line = name.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
    let text = line.allSatisfy(\.isWhitespace) ? key : line
    return text.count > 80 ? text.prefix(79) + "…" : text
  }

  /// The text with its first letter as a capital.
  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
