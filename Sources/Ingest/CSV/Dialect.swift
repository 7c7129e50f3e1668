import Diagnostics

/// How a CSV file separates and quotes its cells.
package struct Dialect: Sendable, Hashable {
  /// The byte between two cells.
  package var delimiter: UInt8
  /// The byte around cells that hold a delimiter or a line break.
  package var quote: UInt8

  /// Makes a dialect; the default is that of RFC 4180.
  package init(delimiter: UInt8 = Dialect.comma, quote: UInt8 = UInt8(ascii: "\"")) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// `,`
  package static let comma = UInt8(ascii: ",")
  /// `;`
  package static let semicolon = UInt8(ascii: ";")

  /// The delimiter as a user writes it after `--delimiter`.
  package var delimiterName: String {
    delimiter == 0x09 ? "tab" : String(UnicodeScalar(delimiter))
  }

  /// The delimiter that a user or a mapping names: one character, `tab` or `\t`.
  package static func delimiter(named name: String) -> UInt8? {
    switch name.lowercased() {
    case "tab", "\\t", "\t": return 0x09
    case "comma", "virgule": return comma
    case "semicolon", "point-virgule": return semicolon
    default:
      guard name.utf8.count == 1, let byte = name.utf8.first, byte >= 0x20, byte < 0x7F,
        byte != UInt8(ascii: "\"")
      else { return nil }
      return byte
    }
  }

  /// How a receipt names the delimiter.
  var delimiterPhrase: Phrase {
    switch delimiter {
    case Dialect.comma: Phrase(fr: "virgule", en: "comma")
    case Dialect.semicolon: Phrase(fr: "point-virgule", en: "semicolon")
    case 0x09: Phrase(fr: "tabulation", en: "tab")
    case UInt8(ascii: "|"): Phrase(fr: "barre verticale", en: "vertical bar")
    default: Phrase(same: delimiterName)
    }
  }
}

/// Finds the dialect of a file from a sample of it.
struct Sniffer {
  /// Folded headings that the model knows: strong evidence when a delimiter uncovers them.
  var known: Set<String> = []

  private static let sampleSize = 1 << 16
  private static let candidates: [UInt8] = [
    Dialect.semicolon, 0x09, UInt8(ascii: "|"), Dialect.comma,
  ]

  /// The dialect of a text that starts at `start`, with what is not forced found out.
  ///
  /// A good delimiter cuts all rows, the header included, into one same number of cells, at
  /// least two. In a draw the comma comes last: it also occurs in names and numbers.
  func dialect(of bytes: [UInt8], from start: Int, delimiter: UInt8?, quote: UInt8?) -> Dialect {
    let sample = Sniffer.sample(of: bytes, from: start)
    let quote = quote ?? Sniffer.quote(in: sample)
    if let delimiter { return Dialect(delimiter: delimiter, quote: quote) }
    var best: (score: Double, dialect: Dialect)?
    for delimiter in Sniffer.candidates {
      let dialect = Dialect(delimiter: delimiter, quote: quote)
      let score = score(dialect, sample)
      if score > (best?.score ?? 0) { best = (score, dialect) }
    }
    // One column: no delimiter is in use, and the comma may be a decimal one.
    return best?.dialect ?? Dialect(delimiter: Dialect.semicolon, quote: quote)
  }

  private func score(_ dialect: Dialect, _ sample: [UInt8]) -> Double {
    let grid = Scanner(dialect: dialect).scan(sample, from: 0, line: 1)
    guard grid.recordCount > 0 else { return 0 }
    let header = grid.fields(of: 0)
    let width = header.count
    guard width >= 2 else { return 0 }
    let rows = min(grid.recordCount, 1000)
    var same = 0.0
    for r in 0..<rows {
      let count = grid.fields(of: r).count
      if count == width {
        same += 1
      } else if count > width, grid.isEmpty(fields: grid.fields(of: r).dropFirst(width)) {
        same += 1
      }
    }
    let names = header.map { Fold.key(grid.string($0)) }
    let recognised = Double(names.count { known.contains($0) }) / Double(width)
    let filled = Double(names.count { !$0.isEmpty }) / Double(width)
    return same / Double(rows) + recognised + 0.25 * filled + 0.02 * Double(min(width, 10))
  }

  /// The first lines, cut at a line's end.
  private static func sample(of bytes: [UInt8], from start: Int) -> [UInt8] {
    guard bytes.count - start > sampleSize else { return Array(bytes[start...]) }
    let piece = bytes[start..<(start + sampleSize)]
    let end = piece.lastIndex(of: 0x0A) ?? piece.lastIndex(of: 0x0D) ?? piece.endIndex - 1
    return Array(piece[...end])
  }

  /// The apostrophe quotes a file only when cells begin and end with it and `"` is not in use.
  private static func quote(in sample: [UInt8]) -> UInt8 {
    let double = UInt8(ascii: "\"")
    let single = UInt8(ascii: "'")
    let edges: Set<UInt8> = Set(candidates + [0x0A, 0x0D])
    var counts = (double: 0, opening: 0, closing: 0, inside: 0)
    for i in sample.indices {
      if sample[i] == double { counts.double += 1 }
      guard sample[i] == single else { continue }
      let opens = i == 0 || edges.contains(sample[i - 1])
      let closes = i + 1 == sample.count || edges.contains(sample[i + 1])
      if opens { counts.opening += 1 }
      if closes { counts.closing += 1 }
      if !opens && !closes { counts.inside += 1 }
    }
    let isSingle =
      counts.double == 0 && counts.opening >= 2 && counts.opening == counts.closing
      && counts.inside <= counts.opening
    return isSingle ? single : double
  }
}
