/// Text made harmless for the place where it is to stand.
///
/// The escaped forms are for `Markup` and `Style`, which cannot be made from plain text.
package enum Escaping {
  /// For the text of an element and for a quoted attribute, in HTML and in SVG alike.
  ///
  /// Control characters, which no page may hold, and the marks that reverse the direction of the
  /// text after them become U+FFFD: it is seen that something was there.
  package static func text(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for c in text.unicodeScalars {
      switch c {
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
      case "'": out.append(contentsOf: "&#39;".unicodeScalars)
      default: out.append(isUnfit(c) ? "\u{FFFD}" : c)
      }
    }
    return String(out)
  }

  /// A quoted string of a style sheet: all but letters, digits and spaces is written by number.
  package static func cssString(_ text: String) -> String {
    var out = "\""
    for c in text.unicodeScalars {
      let c = isUnfit(c) ? "\u{FFFD}" : c
      if c == " " || c.properties.isAlphabetic || ("0"..."9").contains(c) {
        out.unicodeScalars.append(c)
      } else {
        // The space ends the number; it is not part of the string.
        out += "\\" + String(c.value, radix: 16) + " "
      }
    }
    return out + "\""
  }

  /// A JSON string, with quotes; safe inside a script element too.
  package static func json(_ text: String) -> String {
    var out = "\""
    for c in text.unicodeScalars {
      switch c {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "<", ">", "&", "'", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(c.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(c)
      }
    }
    return out + "\""
  }

  /// For a terminal: no control character reaches it, so no colour, title or cursor command.
  package static func terminal(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for c in text.unicodeScalars {
      if c == "\n" || c == "\t" || c == "\r" {
        out.append(" ")
      } else {
        out.append(isUnfit(c) ? "\u{FFFD}" : c)
      }
    }
    return String(out)
  }

  /// Controls, marks that override the direction of text, and code points that are no characters.
  private static func isUnfit(_ c: Unicode.Scalar) -> Bool {
    switch c.value {
    case 0x9, 0xA: false
    case 0x0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: true
    default: c.value & 0xFFFE == 0xFFFE
    }
  }
}
