/// How wide a text may become: the widths of DejaVu Sans, the widest of the usual fallback fonts,
/// with a tenth of slack.
enum TextWidth {
  /// Pixels at a font size.
  static func of(_ text: String, size: Double) -> Double {
    var thousandths = 0
    for c in text.unicodeScalars { thousandths += width(c) }
    return Double(thousandths) / 1000 * size * 1.1
  }

  /// The text, or as much of its beginning as fits before an ellipsis.
  static func fit(_ text: String, size: Double, into pixels: Double) -> String {
    if of(text, size: size) <= pixels { return text }
    var out = ""
    for c in text {
      if of(out + String(c) + "…", size: size) > pixels { break }
      out.append(c)
    }
    while out.last == " " { out.removeLast() }
    return out + "…"
  }

  /// The text on one line or two, broken at a space; what is still too long ends in an ellipsis.
  static func lines(_ text: String, size: Double, into pixels: Double) -> [String] {
    if of(text, size: size) <= pixels { return [text] }
    var first = ""
    let words = text.split(separator: " ").map(String.init)
    for (i, word) in words.enumerated() {
      let longer = first.isEmpty ? word : first + " " + word
      if of(longer, size: size) > pixels {
        if first.isEmpty { break }
        let rest = words[i...].joined(separator: " ")
        return [first, fit(rest, size: size, into: pixels)]
      }
      first = longer
    }
    return [fit(text, size: size, into: pixels)]
  }

  private static func width(_ c: Unicode.Scalar) -> Int {
    switch c {
    case "i", "j", "l", "I", "'", "’", ".", ",", ":", ";", "|", "!": 340
    case " ", "\u{A0}", "\u{202F}": 320
    case "f", "r", "t", "(", ")", "-", "/": 420
    case "m", "w", "M", "W", "œ", "Œ", "%", "@", "æ": 1000
    case "A"..."Z", "À"..."Þ": 740
    case "s", "c", "z", "x", "v", "k", "y": 590
    case "\u{0}"..."\u{24F}", "–", "−", "€", "“", "”", "«", "»": 640
    case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200F}": 0
    default: 1000
    }
  }
}
