import Diagnostics

/// How a CSV file separates and quotes its cells.
package struct Dialect: Sendable, Hashable {
  /// The byte between two cells.
  package var delimiter: UInt8
  /// The byte around cells that hold a delimiter or a line break; 0 when quotes mean nothing.
  package var quote: UInt8
  /// The byte that takes its meaning from the one after it; 0 when quotes are doubled instead.
  package var escape: UInt8 = 0
  /// Whether blanks after a delimiter belong to it.
  package var skipsSpaces = false
  /// A delimiter of several bytes, for which `delimiter` stands in the text that is scanned;
  /// empty when it is one byte. Two blanks mean two or more.
  package var sequence: [UInt8] = []

  /// Makes a dialect; the default is that of RFC 4180.
  package init(delimiter: UInt8 = Dialect.comma, quote: UInt8 = UInt8(ascii: "\"")) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// `,`
  package static let comma = UInt8(ascii: ",")
  /// `;`
  package static let semicolon = UInt8(ascii: ";")
  static let tab: UInt8 = 0x09
  static let doubleQuote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  /// The byte that stands for a delimiter of several: no text has it.
  static let standIn: UInt8 = 0x1F

  /// Whether the plain rules of RFC 4180 read it, the delimiter apart.
  package var isPlain: Bool { escape == 0 && !skipsSpaces && sequence.isEmpty && quote != 0 }

  /// The delimiter as a user writes it after `--delimiter`.
  package var delimiterName: String {
    if !sequence.isEmpty { return String(decoding: sequence, as: UTF8.self) }
    return delimiter == Dialect.tab ? "tab" : String(UnicodeScalar(delimiter))
  }

  /// The quote as a user writes it after `--quote`.
  package var quoteName: String { quote == 0 ? "none" : String(UnicodeScalar(quote)) }

  /// The escape as a user writes it after `--escape`.
  package var escapeName: String { escape == 0 ? "none" : String(UnicodeScalar(escape)) }

  /// The delimiter that a user or a mapping names: a character, `tab` or `\t`.
  package static func delimiter(named name: String) -> UInt8? {
    guard let named = separation(named: name), named.isPlain else { return nil }
    return named.delimiter
  }

  /// The separation that a user names: one character or several, `tab`, `space`; with a blank
  /// after the sign, blanks after it do not count.
  package static func separation(named name: String) -> Dialect? {
    var out = Dialect()
    switch name.lowercased() {
    case "tab", "\\t", "\t": out.delimiter = tab
    case "comma", "virgule": out.delimiter = comma
    case "semicolon", "point-virgule": out.delimiter = semicolon
    case "space", "espace": out.delimiter = 0x20
    default:
      var bytes = Array(name.utf8)
      guard bytes.count <= 8, !bytes.contains(where: { $0 == doubleQuote || $0 == 0x0A }) else {
        return nil
      }
      if bytes.count == 2, bytes[1] == 0x20, bytes[0] != 0x20 {
        out.skipsSpaces = true
        bytes.removeLast()
      }
      guard let first = bytes.first else { return nil }
      if bytes.count == 1 {
        guard first >= 0x20, first < 0x7F else { return nil }
        out.delimiter = first
      } else {
        out.use(bytes)
      }
    }
    return out
  }

  /// Takes a sequence of bytes as the delimiter.
  mutating func use(_ sequence: [UInt8]) {
    self.sequence = sequence
    delimiter = Dialect.standIn
    skipsSpaces = sequence.allSatisfy { $0 == 0x20 }
  }

  /// How a receipt names the delimiter.
  var delimiterPhrase: Phrase {
    switch delimiter {
    case Dialect.comma: Phrase(fr: "virgule", en: "comma")
    case Dialect.semicolon: Phrase(fr: "point-virgule", en: "semicolon")
    case Dialect.tab: Phrase(fr: "tabulation", en: "tab")
    case UInt8(ascii: "|"): Phrase(fr: "barre verticale", en: "vertical bar")
    case 0x20: Phrase(fr: "espace", en: "space")
    default:
      sequence == [0x20, 0x20]
        ? Phrase(fr: "espaces", en: "spaces") : Phrase(same: delimiterName)
    }
  }

  /// The flags that would force it, as they are typed in a shell.
  package var flags: String {
    func shell(_ name: String) -> String {
      name.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
        ? name : name == "'" ? "\"'\"" : "'\(name)'"
    }
    var out = "--delimiter " + shell(delimiter == 0x20 ? "space" : delimiterName)
    if quote != Dialect.doubleQuote { out += " --quote " + shell(quoteName) }
    if escape != 0 { out += " --escape " + shell(escapeName) }
    return out
  }

  /// The text with a delimiter of several bytes replaced by the byte that stands for it.
  func prepared(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = sequence.first else { return bytes }
    let isRun = sequence.allSatisfy { $0 == 0x20 }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var isQuoted = false
    var isLineStart = true
    var p = 0
    while p < bytes.count {
      let b = bytes[p]
      if quote != 0, b == quote { isQuoted.toggle() }
      if !isQuoted, b == first, bytes[p...].starts(with: sequence) {
        p += sequence.count
        if isRun {
          while p < bytes.count, bytes[p] == 0x20 { p += 1 }
          // Blanks at either end of a line separate nothing.
          if isLineStart || p == bytes.count || bytes[p] == 0x0A || bytes[p] == 0x0D { continue }
        }
        out.append(delimiter)
        isLineStart = false
        continue
      }
      isLineStart = b == 0x0A || b == 0x0D
      // A quote opened and never closed ends with its line.
      out.append(b)
      p += 1
    }
    return out
  }
}
