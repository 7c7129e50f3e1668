import Diagnostics

/// Finds the dialect of a file from a sample of it.
///
/// Every dialect that may be is tried: the right one cuts nearly all rows into one number of
/// cells, and its cells look like cells. (After van den Burg, Nazábal and Sutton, "Wrangling
/// messy CSV files by detecting row and type patterns", 2019: their pattern and type scores, with
/// cells judged by degrees, one column as a candidate, and what the field uses as a prior.)
struct Sniffer {
  /// Folded headings that the model knows: strong evidence when a delimiter uncovers them.
  var known: Set<String> = []

  /// What the user has settled.
  struct Given {
    var separation: Dialect?
    var quote: UInt8?
    var escape: UInt8?
  }

  private static let sampleSize = 1 << 16
  private static let largestSample = 1 << 20
  private static let mostRecords = 400
  private static let mostCells = 4000
  /// How usual a delimiter is, as a factor.
  private static let usual: [(byte: UInt8, weight: Double)] = [
    (Dialect.semicolon, 1.02), (Dialect.tab, 1.03), (UInt8(ascii: "|"), 1.0), (Dialect.comma, 1.0),
    (UInt8(ascii: "^"), 0.93), (UInt8(ascii: "~"), 0.93), (0x01, 1.0),
    (UInt8(ascii: ":"), 0.62), (0x20, 0.66), (UInt8(ascii: "*"), 0.6), (UInt8(ascii: "#"), 0.6),
    (UInt8(ascii: "&"), 0.6), (UInt8(ascii: "="), 0.55), (UInt8(ascii: "!"), 0.6),
    (UInt8(ascii: "/"), 0.5), (UInt8(ascii: "-"), 0.5), (UInt8(ascii: "_"), 0.5),
  ]
  private static let sequences: [(bytes: [UInt8], weight: Double)] = [
    (Array("  ".utf8), 0.685), (Array("||".utf8), 1.01), (Array("::".utf8), 0.95),
    (Array("§".utf8), 1.0), (Array("¦".utf8), 1.0), (Array("¬".utf8), 0.95),
    (Array("~|~".utf8), 1.02), (Array("|~|".utf8), 1.02), (Array("\t\t".utf8), 1.04),
    (Array(";;".utf8), 1.03), (Array(",,".utf8), 1.01), (Array("\\t".utf8), 1.0),
  ]

  /// The dialect of a text that starts at `start`, with what is not given found out.
  func dialect(of bytes: [UInt8], from start: Int, given: Given) -> Dialect {
    let sample = Sniffer.sample(of: bytes, from: Sniffer.afterComments(bytes, start))
    var best: (score: Double, dialect: Dialect)?
    func consider(_ dialect: Dialect, weight: Double) {
      let score = weight * score(dialect, sample)
      if score > (best?.score ?? 0) { best = (score, dialect) }
    }
    for (base, weight) in separations(sample, given) {
      for (quote, quoteWeight) in quotes(sample, given) {
        var dialect = base
        dialect.quote = quote
        if let escape = given.escape {
          dialect.escape = escape
          consider(dialect, weight: weight * quoteWeight)
          continue
        }
        consider(dialect, weight: weight * quoteWeight)
        if Sniffer.hasEscapes(sample, dialect) {
          dialect.escape = Dialect.backslash
          consider(dialect, weight: weight * quoteWeight)
        }
      }
    }
    if let best { return best.dialect }
    var fallback = given.separation ?? Dialect(delimiter: Dialect.semicolon)
    fallback.quote = given.quote ?? Dialect.doubleQuote
    fallback.escape = given.escape ?? 0
    return fallback
  }

  /// The separations to try. One column, with a delimiter that does not occur, is one of them: a
  /// comma may be a decimal one.
  private func separations(_ sample: [UInt8], _ given: Given) -> [(Dialect, Double)] {
    if let separation = given.separation {
      return [(separation, 1)] + Sniffer.spaced(separation, sample).map { ($0, 1) }
    }
    var counts = [Int](repeating: 0, count: 256)
    var lines = 1
    for b in sample {
      counts[Int(b)] += 1
      if b == 0x0A { lines += 1 }
    }
    lines = max(1, min(lines, sample.count))
    let fewest = max(1, lines / 8)
    var out: [(Dialect, Double)] = []
    let between = Sniffer.betweenQuotes(sample)
    if let between, !Sniffer.usual.contains(where: { $0.byte == between }) {
      out.append((Dialect(delimiter: between), 0.98))
    }
    for (byte, usual) in Sniffer.usual where counts[Int(byte)] >= fewest {
      // What stands between quoted cells is no chance.
      let weight = byte == between ? max(usual, 0.98) : usual
      let dialect = Dialect(delimiter: byte)
      out.append((dialect, weight))
      // As good, but for the blanks: better.
      out += Sniffer.spaced(dialect, sample).map { ($0, byte == 0x20 ? weight + 0.03 : weight) }
    }
    for (sequence, weight) in Sniffer.sequences
    where counts[Int(sequence[0])] >= fewest && counts[Int(sequence[sequence.count - 1])] >= fewest
      && Sniffer.occurrences(sequence, sample, upTo: fewest) >= fewest
      && (!Sniffer.isDoubled(sequence) || Sniffer.isAlwaysDoubled(sequence[0], sample))
    {
      var dialect = Dialect()
      dialect.use(sequence)
      out.append((dialect, weight))
    }
    let absent = [Dialect.comma, Dialect.semicolon, Dialect.tab].first { counts[Int($0)] == 0 }
    var single = Dialect(delimiter: absent ?? 0x02)
    if absent == nil { single.delimiter = 0x02 }
    out.append((single, Sniffer.hasQuotedPairs(sample) ? 0.06 : 0.6))
    return out
  }

  /// Whether a sign stands between two quotes again and again: no single column is written so.
  private static func hasQuotedPairs(_ sample: [UInt8]) -> Bool {
    let quote = Dialect.doubleQuote
    var counts = [Int](repeating: 0, count: 256)
    for i in sample.indices.dropFirst().dropLast()
    where sample[i - 1] == quote && sample[i + 1] == quote && sample[i] > 0x0D {
      counts[Int(sample[i])] += 1
    }
    counts[Int(quote)] = 0
    return [Dialect.semicolon, Dialect.comma, UInt8(ascii: "|")].contains { counts[Int($0)] >= 3 }
  }

  private func quotes(_ sample: [UInt8], _ given: Given) -> [(UInt8, Double)] {
    if let quote = given.quote { return [(quote, 1)] }
    var out: [(UInt8, Double)] = [(Dialect.doubleQuote, 1)]
    if sample.contains(UInt8(ascii: "'")) { out.append((UInt8(ascii: "'"), 0.985)) }
    if sample.contains(Dialect.doubleQuote) { out.append((0, 0.93)) }
    return out
  }

  /// The same dialect with blanks after the delimiter that do not count, where a sample has such;
  /// blanks that line up columns are one delimiter.
  private static func spaced(_ dialect: Dialect, _ sample: [UInt8]) -> [Dialect] {
    guard dialect.isPlain || dialect.quote == 0, dialect.delimiter != Dialect.tab else { return [] }
    let isUsual =
      dialect.delimiter == 0x20
      ? zip(sample, sample.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
      : isSpaced(sample, dialect.delimiter)
    guard isUsual else { return [] }
    var out = dialect
    out.skipsSpaces = true
    return [out]
  }

  /// Whether nearly every occurrence of a byte outside quotes is followed by a blank.
  private static func isSpaced(_ sample: [UInt8], _ byte: UInt8) -> Bool {
    var (all, spaced) = (0, 0)
    var isQuoted = false
    for i in sample.indices.dropLast() {
      if sample[i] == Dialect.doubleQuote {
        isQuoted.toggle()
      } else if sample[i] == 0x0A || sample[i] == 0x0D {
        isQuoted = false
      } else if sample[i] == byte, !isQuoted {
        all += 1
        if sample[i + 1] == 0x20 { spaced += 1 }
      }
    }
    return all >= 2 && spaced * 10 >= all * 8
  }

  /// Whether a sequence is a usual delimiter twice, which empty cells are too.
  private static func isDoubled(_ sequence: [UInt8]) -> Bool {
    sequence.count == 2 && sequence[0] == sequence[1]
      && [Dialect.tab, Dialect.semicolon, Dialect.comma].contains(sequence[0])
  }

  /// Whether a byte hardly occurs but in pairs.
  private static func isAlwaysDoubled(_ byte: UInt8, _ sample: [UInt8]) -> Bool {
    var (paired, alone, p) = (0, 0, 0)
    while p < sample.count {
      if sample[p] == byte {
        var end = p
        while end < sample.count, sample[end] == byte { end += 1 }
        if (end - p) % 2 == 0 { paired += 1 } else { alone += 1 }
        p = end
      } else {
        p += 1
      }
    }
    return paired >= 2 && alone * 20 <= paired
  }

  /// The sign that mostly stands alone between two quotes, as between cells that are all quoted.
  private static func betweenQuotes(_ sample: [UInt8]) -> UInt8? {
    var counts = [Int](repeating: 0, count: 128)
    var lines = 1
    for i in sample.indices.dropLast(2) {
      if sample[i] == 0x0A || sample[i] == 0x0D { lines += 1 }
      let b = sample[i + 1]
      if sample[i] == Dialect.doubleQuote, sample[i + 2] == Dialect.doubleQuote, b > 0x20, b < 0x7F,
        b != Dialect.doubleQuote, b != Dialect.backslash, !Cells.isDigit(b),
        (b | 0x20) &- 0x61 >= 26
      {
        counts[Int(b)] += 1
      }
    }
    let all = counts.reduce(0, +)
    guard let most = counts.max(), most >= lines / 2 + 2, most * 10 >= all * 9,
      let at = counts.firstIndex(of: most)
    else { return nil }
    return UInt8(truncatingIfNeeded: at)
  }

  private static func hasEscapes(_ sample: [UInt8], _ dialect: Dialect) -> Bool {
    guard sample.contains(Dialect.backslash) else { return false }
    for i in sample.indices.dropLast() where sample[i] == Dialect.backslash {
      let next = sample[i + 1]
      if dialect.quote != 0 ? next == dialect.quote : next == dialect.delimiter { return true }
    }
    return false
  }

  private static func occurrences(_ bytes: [UInt8], _ sample: [UInt8], upTo limit: Int) -> Int {
    var count = 0
    for i in sample.indices where sample[i] == bytes[0] && sample[i...].starts(with: bytes) {
      count += 1
      if count >= limit { break }
    }
    return count
  }

  private func score(_ dialect: Dialect, _ sample: [UInt8]) -> Double {
    let grid = Scanner(dialect: dialect).scan(dialect.prepared(sample), from: 0, line: 1)
    let records = (0..<grid.recordCount).prefix(Sniffer.mostRecords)
      .filter { !grid.isEmpty(fields: grid.fields(of: $0).prefix(64)) }
    // Nothing but delimiters.
    guard !records.isEmpty else { return 0.9 }
    var histogram: [Int: Int] = [:]
    for record in records { histogram[grid.fields(of: record).count, default: 0] += 1 }
    let isSingle = !sample.contains(dialect.delimiter) && dialect.sequence.isEmpty
    func value(_ width: Int, _ count: Int) -> Double {
      // Lines of one cell are numbers printed before names, titles and notes as well.
      Double(count) * (width == 1 ? 0.12 : 1 - 1 / (Double(width) + 0.6))
    }
    guard
      let (width, same) = histogram.max(by: {
        (value($0.key, $0.value), $0.key) < (value($1.key, $1.value), $1.key)
      }), width >= 2 || isSingle
    else { return 0 }
    var share = Double(same)
    for (other, count) in histogram where other != width {
      share += Double(count) * (other < width && other > 1 ? 0.3 : 0.1)
    }
    share /= Double(records.count)
    // Several tables, each even in itself.
    let widths = records.map { grid.fields(of: $0).count }
    let runs = zip(widths, widths.dropFirst()).count { $0 == $1 && $0 >= 2 }
    if !isSingle, records.count > 4 {
      share = max(share, 0.92 * Double(runs) / Double(records.count - 1))
    }
    if records.count > same, grid.fields(of: records[0]).count != width { share *= 0.93 }
    let judged = records.filter { grid.fields(of: $0).count == width }
    let quality = quality(dialect, grid, judged)
    let spread = isSingle ? 1 : Double(width) / (Double(width) + 0.28)
    let broken = 1 - 0.2 * Double(grid.broken.count) / Double(max(1, grid.recordCount))
    let names = grid.fields(of: judged[0]).prefix(64).map { Fold.key(grid.string($0)) }
    let recognised =
      known.isEmpty ? 0 : Double(names.count { known.contains($0) }) / Double(names.count)
    return share * quality * spread * broken * (1 + 0.15 * recognised)
  }

  /// How much the cells look like cells: 1 for numbers and dates, less for text with delimiters
  /// in it, least for cells with a quote on one side.
  private func quality(_ dialect: Dialect, _ grid: Grid, _ records: [Int]) -> Double {
    let s = grid.bytes.span
    var (sum, cells) = (0.0, 0.0)
    for record in records {
      for field in grid.fields(of: record) {
        let range = grid.range(field)
        let isQuoted = grid.isQuoted(field, dialect.quote)
        // A quote that is neither doubled nor at the end was never meant to be one.
        let isOdd =
          isQuoted && range.lowerBound < grid.textCount
          && range.contains { s[$0] == dialect.quote }
        sum += isOdd ? 0.35 : quality(dialect, s, range, isQuoted: isQuoted)
        cells += 1
      }
      if cells >= Double(Sniffer.mostCells) { break }
    }
    return cells == 0 ? 0 : sum / cells
  }

  private func quality(
    _ dialect: Dialect, _ s: Span<UInt8>, _ range: Range<Int>, isQuoted: Bool
  ) -> Double {
    switch CellKind(s, range) {
    case .number, .date, .time, .address: return isQuoted || !isPadded(s, range) ? 1 : 0.95
    case .empty: return 0.8
    case .blankSign: return isQuoted ? 0.9 : 0.75
    case .code: if isQuoted { return 0.95 }
    case .text: if isQuoted { return 0.95 }
    }
    // Unquoted text: is it one cell?
    let cell = Cells.trimmed(s, range)
    var out = isPadded(s, range) ? 0.8 : 0.88
    var (quotes, singles, open, letters) = (0, 0, 0, 0)
    for p in cell {
      switch s[p] {
      case Dialect.doubleQuote: quotes += 1
      case UInt8(ascii: "'"): singles += 1
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
      case Dialect.comma: out *= 0.9
      case Dialect.semicolon: out *= 0.83
      case Dialect.tab: out *= 0.6
      case UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "~"), 0x01, Dialect.standIn:
        out *= 0.8
      case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF, 0x30...0x39: letters += 1
      default: break
      }
    }
    if open != 0 { out *= 0.6 }
    if quotes % 2 == 1 || (dialect.quote != Dialect.doubleQuote && quotes > 0) { out *= 0.5 }
    let first = s[cell.lowerBound]
    if singles > 0, first == UInt8(ascii: "'"), s[cell.upperBound - 1] == first { out *= 0.5 }
    if quotes >= 2 { out *= 0.75 }
    if letters * 2 < cell.count { out *= 0.6 }
    return max(out, 0.1)
  }

  private func isPadded(_ s: Span<UInt8>, _ range: Range<Int>) -> Bool {
    !range.isEmpty && s[range.lowerBound] == 0x20
  }

  /// Where the lines begin that follow those of remarks, marked by `#`.
  private static func afterComments(_ bytes: [UInt8], _ start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position] == UInt8(ascii: "#") {
      guard let end = bytes[position...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
        return start
      }
      position = bytes[end...].firstIndex { $0 != 0x0A && $0 != 0x0D } ?? bytes.count
    }
    return position < bytes.count ? position : start
  }

  /// The first lines, cut at a line's end.
  private static func sample(of bytes: [UInt8], from start: Int) -> [UInt8] {
    var size = sampleSize
    // Of very long lines, some more.
    while bytes.count - start > size, size < largestSample,
      bytes[start..<(start + size)].count(where: { $0 == 0x0A || $0 == 0x0D }) < 16
    {
      size *= 4
    }
    guard bytes.count - start > size else { return Array(bytes[start...]) }
    let piece = bytes[start..<(start + size)]
    let end = piece.lastIndex(of: 0x0A) ?? piece.lastIndex(of: 0x0D) ?? piece.endIndex - 1
    return Array(piece[...end])
  }
}
