/// Which encoding a text without a mark is in, when it is not UTF-8: the one in which its letters
/// follow one another as in some language.
///
/// Pairs of bytes are counted once; each encoding of one byte a character turns them into pairs
/// of letters, which cost what they cost in the likeliest language; encodings of several bytes a
/// character cost what their characters do. What is usual is cheaper from the start.
struct EncodingGuess {
  private(set) var encoding = TextEncoding.windows1252

  private static let sampleSize = 1 << 15

  /// Encodings of one byte a character, by script, with a start in half bits.
  private static let pages: [(TextEncoding, start: Int)] = [
    (.windows1252, 0), (.latin9, 4), (.macRoman, 10), (.cp850, 8), (.cp437, 16), (.cp858, 15),
    (.cp860, 22), (.cp861, 22), (.cp863, 20), (.cp865, 20), (.latin6, 24), (.latin8, 26),
    (.windows1250, 6), (.latin2, 8), (.latin10, 22), (.macCentral, 18), (.cp852, 16),
    (.windows1254, 9), (.latin3, 22), (.windows1258, 16), (.cp857, 20), (.windows1257, 10),
    (.latin4, 14),
    (.latin7, 14), (.cp775, 22),
    (.windows1251, 2), (.koi8r, 4), (.koi8u, 6), (.cyrillic, 6), (.macCyrillic, 10), (.cp866, 8),
    (.cp855, 12),
    (.windows1253, 5), (.greek, 4), (.cp737, 12), (.cp869, 14), (.windows1255, 3), (.hebrew, 7),
    (.cp862, 12), (.windows1256, 3), (.arabic, 5), (.cp874, 4),
    (.cp037, 24), (.cp500, 22), (.cp273, 26), (.cp297, 26),
  ]

  /// The pages that the system knows, with their letters; made when a file first needs them.
  private struct Page: Sendable {
    let encoding: TextEncoding
    let start: Int
    let letters: [LanguageModel.Letter]
    let isASCII: Bool
    /// The languages it can be of, each with the places of the letters in its alphabet.
    let languages: [(model: Int, places: [UInt8])]

    init?(_ encoding: TextEncoding, start: Int) {
      guard let page = CodePage(encoding) else { return nil }
      self.encoding = encoding
      self.start = start
      let letters = page.scalars.map(LanguageModel.Letter.init)
      self.letters = letters
      isASCII = page.scalars[0x61] == 0x61
      let others = letters.count { $0.isLetter && (0x370..<0xE80).contains($0.lower) }
      languages = LanguageModel.all.indices
        .filter { LanguageModel.all[$0].isLatin == (others < 20) }
        .map { (model: $0, places: letters.map(LanguageModel.all[$0].place)) }
    }
  }

  private static let known: [Page] = pages.compactMap { Page($0.0, start: $0.start) }

  private struct Pair {
    var a: UInt8
    var b: UInt8
    var count: Int
  }

  /// Finds the encoding; with `isLatin`, one for the languages written in Latin letters.
  init(_ raw: [UInt8], isLatin: Bool = false) {
    let sample = EncodingGuess.sample(raw)
    let pairs = EncodingGuess.pairs(sample)
    let isOfMac = sample.contains(0x0D) && !sample.contains(0x0A)
    var best = Int.max
    let ascii = pairs.filter { $0.a < 0x80 && $0.b < 0x80 }
    let others = pairs.filter { $0.a >= 0x80 || $0.b >= 0x80 }
    let ownLanguage = EncodingGuess.languageCosts(ascii)
    for page in EncodingGuess.known where EncodingGuess.isPossible(page.encoding, sample) {
      // Old Macs ended lines with CR alone.
      let start = page.encoding == .macRoman && isOfMac ? 0 : page.start
      let own = others.reduce(start + EncodingGuess.unpairedCost(page.letters, others)) {
        sum, pair in
        sum + pair.count * EncodingGuess.ownCost(page.letters, pair)
      }
      for (m, places) in page.languages where own < best {
        let model = LanguageModel.all[m]
        if isLatin, !model.isLatin { continue }
        var cost = own
        if page.isASCII { cost += ownLanguage[m] }
        if cost >= best { continue }
        cost += EncodingGuess.cost(page.isASCII ? others : pairs, page.letters, places, model)
        if cost < best {
          best = cost
          encoding = page.encoding
        }
      }
    }
    for candidate in [TextEncoding.gb18030, .shiftJIS, .eucJP, .big5, .eucKR] where !isLatin {
      guard let out = SystemConversion(candidate)?.decoded(sample, replacing: false) else {
        continue
      }
      guard let cost = WideText.cost(out, sample, candidate) else { continue }
      if 28 + cost < best {
        best = 28 + cost
        encoding = candidate
      }
    }
  }

  /// What the letters of ASCII say of the language, by language: above the likeliest one's, and no
  /// more than a hint, because a list of names or of headings is in no language.
  private static func languageCosts(_ ascii: [Pair]) -> [Int] {
    guard let page = known.first else { return [] }
    let costs = LanguageModel.all.map { model in
      cost(ascii, page.letters, page.letters.map(model.place), model)
    }
    let least = costs.min() ?? 0
    return zip(costs, LanguageModel.all).map { cost, model in
      let more = cost - least
      return min(more, 24 + more / 8) + model.start
    }
  }

  /// Whether most characters of a line beyond ASCII are ones that texts hardly have.
  func isOdd(_ line: some Sequence<UInt8>) -> Bool {
    guard let page = EncodingGuess.known.first(where: { $0.encoding == encoding }) else {
      return false
    }
    let high = line.filter { $0 >= 0x80 }
    let odd = high.count { byte in
      let letter = page.letters[Int(byte)]
      return letter.ownCost >= (letter.isLetter ? LanguageModel.Letter.rare : 22)
    }
    return odd >= 2 && odd * 2 >= high.count
  }

  /// The stateful encodings, which are written in ASCII and escapes.
  static func escaped(_ raw: [UInt8]) -> TextEncoding? {
    guard raw.holds(0x1B) else { return nil }
    for i in raw.indices.dropLast(2) where raw[i] == 0x1B && raw[i + 1] == UInt8(ascii: "$") {
      if raw[i + 2] == UInt8(ascii: "B") || raw[i + 2] == UInt8(ascii: "@") { return .iso2022JP }
      if i + 3 < raw.count, raw[i + 2] == UInt8(ascii: ")"), raw[i + 3] == UInt8(ascii: "C") {
        return .iso2022KR
      }
    }
    return nil
  }

  /// Mainframe encodings have their blank at 40 and hardly a byte at 20.
  private static func isPossible(_ encoding: TextEncoding, _ sample: [UInt8]) -> Bool {
    switch encoding {
    case .cp037, .cp500, .cp273, .cp297:
      let blanks = sample.count { $0 == 0x40 }
      return blanks * 30 > sample.count && sample.count { $0 == 0x20 } * 8 < blanks
    default: return true
    }
  }

  private static func cost(
    _ pairs: [Pair], _ letters: [LanguageModel.Letter], _ places: [UInt8], _ model: LanguageModel
  ) -> Int {
    var sum = 0
    for pair in pairs {
      let (a, b) = (places[Int(pair.a)], places[Int(pair.b)])
      // Latin words in a text of another script say nothing about it.
      if b == 255, !model.isLatin, letters[Int(pair.b)].lower < 0x80 {
        sum += pair.count * 12
      } else {
        sum += pair.count * model.cost(a, b)
      }
    }
    return sum
  }

  /// What a pair costs in any language: rare signs, signs within words, capitals within words.
  private static func ownCost(_ letters: [LanguageModel.Letter], _ pair: Pair) -> Int {
    let (a, b) = (letters[Int(pair.a)], letters[Int(pair.b)])
    var out = pair.b >= 0x80 || letters[0x61].lower != 0x61 ? b.ownCost : 0
    if a.isLower, b.isUpper { out += 20 }
    // No word is half in one script and half in another.
    if a.isLetter, b.isLetter,
      (a.lower < 0x80 && b.lower >= 0x370)
        || (b.lower < 0x80 && a.lower >= 0x370)
    {
      out += 24
    }
    if a.isLetter != b.isLetter {
      let sign = a.isLetter ? pair.b : pair.a
      let value = (a.isLetter ? b : a).lower
      // Apostrophes, hyphens, dots and quotes stand beside letters; other signs seldom, and
      // neither does what opens a quotation stand behind one, nor what closes one before.
      if sign >= 0x80, !EncodingGuess.beside.contains(value) { out += 10 }
      if a.isLetter ? EncodingGuess.opening.contains(value) : EncodingGuess.closing.contains(value)
      {
        out += 12
      }
      if value == 0xA0 { out += 4 }
    }
    // Three dots follow a word.
    if b.lower == 0x2026, pair.a <= 0x20 || pair.a == UInt8(ascii: ";") { out += 8 }
    return out
  }

  /// What quotations cost that are opened and not closed, or the other way round.
  private static func unpairedCost(_ letters: [LanguageModel.Letter], _ pairs: [Pair]) -> Int {
    var open = 0
    for pair in pairs where pair.b >= 0x80 {
      switch letters[Int(pair.b)].lower {
      case 0xAB, 0x201C: open += pair.count
      case 0xBB, 0x201D: open -= pair.count
      default: break
      }
    }
    return 8 * min(abs(open), 3)
  }

  private static let opening: Set<UInt32> = [0xAB, 0x201C, 0x2018, 0x201E, 0xBF, 0xA1, 0x2039]
  private static let closing: Set<UInt32> = [0xBB, 0x201D, 0x2026, 0x203A]

  private static let beside: Set<UInt32> = [
    0xA0, 0x2019, 0x2018, 0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x2026, 0x2013, 0x2014, 0xB7, 0x60C,
    0x61F, 0xAD, 0xBF, 0xA1, 0x200E, 0x200F, 0x202F,
  ]

  private static func pairs(_ sample: [UInt8]) -> [Pair] {
    var counts = [Int32](repeating: 0, count: 1 << 16)
    var last: UInt8 = 0x0A
    for b in sample {
      counts[Int(last) << 8 | Int(b)] += 1
      last = b
    }
    return counts.indices.compactMap { i in
      counts[i] == 0
        ? nil
        : Pair(
          a: UInt8(truncatingIfNeeded: i >> 8), b: UInt8(truncatingIfNeeded: i),
          count: Int(counts[i]))
    }
  }

  /// The lines with bytes above 7F, up to a size: the others tell nothing.
  private static func sample(_ raw: [UInt8]) -> [UInt8] {
    if raw.count <= sampleSize { return raw }
    var out: [UInt8] = []
    out.reserveCapacity(sampleSize + 4096)
    var lineStart = 0
    var hasHigh = false
    for (i, b) in raw.enumerated() {
      if b >= 0x80 { hasHigh = true }
      guard b == 0x0A || b == 0x0D || i - lineStart >= 4096 else { continue }
      if hasHigh {
        out.append(contentsOf: raw[lineStart...i])
        if out.count >= sampleSize { break }
      }
      lineStart = i + 1
      hasHigh = false
    }
    return out.isEmpty ? Array(raw.prefix(sampleSize)) : out
  }
}

/// What texts of Chinese, Japanese and Korean cost, in the half bits of `LanguageModel`.
enum WideText {
  /// The characters outside ASCII, each by the zone it is in; the standards put the usual
  /// characters of each language first, so that the leading byte tells them from the others.
  /// Nil when most of them stand beside Latin letters, as halves of words with accents do.
  static func cost(_ decoded: [UInt8], _ raw: [UInt8], _ encoding: TextEncoding) -> Int? {
    var out = 0
    var ideographs = 0
    var last: UInt32 = 0
    var (wide, besideLatin) = (0, 0)
    var isCounted = false
    for scalar in String(decoding: decoded, as: UTF8.self).unicodeScalars {
      defer { last = scalar.value }
      // A Latin letter beside a wide character: rare in wide texts, and the rule when accented
      // letters are taken for halves of wide ones.
      if isLatin(scalar.value), last >= 0x1100 {
        out += 14
        if !isCounted { besideLatin += 1 }
      }
      isCounted = false
      guard scalar.value >= 0x80 else { continue }
      if scalar.value >= 0x1100 { wide += 1 }
      if isLatin(last), scalar.value >= 0x1100 {
        out += 14
        besideLatin += 1
        isCounted = true
      }
      switch scalar.value {
      case 0x3040...0x309F: out += isJapanese(encoding) ? 11 : 26
      case 0x30A0...0x30FF: out += isJapanese(encoding) ? 13 : 28
      case 0xAC00...0xD7A3: out += encoding == .eucKR ? 15 : 40
      case 0x3000...0x303F, 0xFF00...0xFF5E: out += 13
      case 0x4E00...0x9FFF: ideographs += 1
      case 0xFF61...0xFF9F: out += 30
      case 0x80...0x9F, 0xE000...0xF8FF, 0xFFFD: out += 60
      case 0x3400...0x4DFF, 0x10000...: out += 44
      default: out += 30
      }
    }
    if besideLatin * 2 > wide { return nil }
    // The share of ideographs whose lead is among the usual ones.
    let (usual, rare, odd) = leads(raw, encoding)
    let all = usual + rare + odd
    guard all > 0, ideographs > 0 else { return out }
    let sum = usual * (encoding == .eucKR ? 15 : 19) + rare * 30 + odd * 38
    let share = ideographs * 64 / all
    return out + (encoding == .eucKR ? ideographs * 32 : sum * min(share, 64) / 64)
      + odd * (encoding == .eucKR ? 26 : 0)
  }

  private static func isLatin(_ value: UInt32) -> Bool { (value | 0x20) &- 0x61 < 26 }

  private static func isJapanese(_ encoding: TextEncoding) -> Bool {
    encoding == .shiftJIS || encoding == .eucJP
  }

  /// Leading bytes of characters of two bytes, by the zone of the standard.
  private static func leads(
    _ raw: [UInt8], _ encoding: TextEncoding
  ) -> (usual: Int, rare: Int, odd: Int) {
    let (usual, rare): (ClosedRange<UInt8>, ClosedRange<UInt8>) =
      switch encoding {
      case .gb18030: (0xB0...0xD7, 0xD8...0xF7)
      case .big5: (0xA4...0xC6, 0xC9...0xF9)
      case .shiftJIS: (0x88...0x97, 0x98...0xEA)
      case .eucJP: (0xB0...0xCF, 0xD0...0xF4)
      default: (0xB0...0xC8, 0xCA...0xFD)
      }
    var out = (usual: 0, rare: 0, odd: 0)
    var i = 0
    while i < raw.count {
      let b = raw[i]
      guard b >= 0x81 else {
        i += 1
        continue
      }
      if encoding == .shiftJIS, (0xA1...0xDF).contains(b) {
        i += 1
        continue
      }
      let isOdd =
        i + 1 < raw.count && raw[i + 1] < 0xA1 && encoding != .big5
        && encoding != .shiftJIS
      if isOdd {
        out.odd += 1
      } else if usual.contains(b) {
        out.usual += 1
      } else if rare.contains(b) {
        out.rare += 1
      }
      i += 2
    }
    return out
  }
}
