/// A file's text as UTF-8, and how it was found to be written.
struct DecodedText {
  /// UTF-8, without a byte-order mark.
  private(set) var bytes: [UInt8]
  private(set) var encoding: TextEncoding
  /// Lines in another encoding within a file that is otherwise UTF-8, and which.
  private(set) var foreignLines = 0
  private(set) var foreignEncoding = TextEncoding.windows1252
  /// Lines whose bytes are text in no encoding, each with its first such byte, counted from 1;
  /// they became U+FFFD.
  private(set) var damage: [Damage] = []
  /// NUL bytes between cells and at line ends, left out; and within words, now U+FFFD.
  private(set) var droppedNULs = 0

  /// Where the bytes of a line make no text.
  struct Damage: Sendable, Hashable {
    var line: Int
    var byte: Int
  }

  /// Decodes a file, with the given encoding or the one its bytes show: the byte-order mark,
  /// then the NUL pattern of UTF-16, then valid UTF-8, else what its letters tell.
  ///
  /// Cannot fail: what does not decode becomes U+FFFD.
  init(_ raw: [UInt8], forced: TextEncoding? = nil) {
    let marked = DecodedText.mark(raw)
    if let (encoding, length) = marked, forced == nil || forced == encoding {
      self.init(raw, encoding, from: length)
    } else if let encoding = forced ?? DecodedText.utf16Pattern(raw) {
      self.init(raw, encoding, from: 0)
    } else if let clean = DecodedText.withoutNULs(raw) {
      self.init(utf8: clean.bytes, orElse: nil)
      droppedNULs = clean.dropped
    } else {
      self.init(utf8: raw, orElse: nil)
    }
    bytes = Composition.composed(bytes)
  }

  /// The encoding that a byte-order mark tells, and the mark's length.
  static func mark(_ raw: [UInt8]) -> (TextEncoding, Int)? {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if raw.starts(with: [0xFF, 0xFE, 0, 0]) { return (.utf32LittleEndian, 4) }
    if raw.starts(with: [0, 0, 0xFE, 0xFF]) { return (.utf32BigEndian, 4) }
    if raw.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if raw.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// The text in a known encoding.
  private init(_ raw: [UInt8], _ encoding: TextEncoding, from start: Int) {
    switch encoding {
    case .utf8:
      self.init(utf8: start == 0 ? raw : Array(raw[start...]), orElse: .utf8)
    case .utf16LittleEndian, .utf16BigEndian:
      self.init(utf16: raw, from: start, encoding)
    case .utf32LittleEndian, .utf32BigEndian:
      self.init(utf32: raw, from: start, encoding)
    default:
      self.init(text: DecodedText.decoded(raw, encoding), encoding)
    }
  }

  private init(text: [UInt8], _ encoding: TextEncoding) {
    bytes = text
    self.encoding = encoding
  }

  /// The text of one of the older encodings as UTF-8.
  private static func decoded(_ raw: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    if let page = CodePage(encoding) { return page.decoded(raw) }
    if let out = SystemConversion(encoding)?.decoded(raw, replacing: true) { return out }
    // A system without its tables: the letters are lost, the rest is kept.
    return raw.flatMap { $0 < 0x80 ? [$0] : [0xEF, 0xBF, 0xBD] }
  }

  private init(utf8 raw: [UInt8], orElse forced: TextEncoding?) {
    if DecodedText.isUTF8(raw) {
      if let encoding = EncodingGuess.escaped(raw),
        let out = SystemConversion(encoding)?.decoded(raw, replacing: false)
      {
        bytes = out
        self.encoding = encoding
        return
      }
      bytes = raw
      encoding = .utf8
      return
    }
    // Rows pasted from another program: each line by itself, when half of the lines with accents
    // are good UTF-8, which no other bytes are by chance. One bad byte must not garble a whole file.
    let lines = raw.split(separator: 0x0A, omittingEmptySubsequences: false)
    let accented = lines.filter { $0.contains { $0 >= 0x80 } }
    let foreign = accented.filter { !DecodedText.isUTF8(Array($0)) }
    guard forced == .utf8 || foreign.count * 2 <= accented.count else {
      encoding = EncodingGuess(raw).encoding
      bytes = DecodedText.decoded(raw, encoding)
      return
    }
    encoding = .utf8
    foreignLines = foreign.count
    let own = String(decoding: raw, as: UTF8.self).unicodeScalars
    let isLatin = !own.contains { $0.value >= 0x370 && $0.value < 0x2000 }
    let guess = EncodingGuess(Array(foreign.joined(separator: [0x0A])), isLatin: isLatin)
    foreignEncoding = guess.encoding
    var out: [UInt8] = []
    out.reserveCapacity(raw.count + raw.count / 16)
    for (i, line) in lines.enumerated() {
      if i > 0 { out.append(0x0A) }
      guard let bad = DecodedText.firstOutsideUTF8(Array(line)) else {
        out.append(contentsOf: line)
        continue
      }
      if isLatin, guess.isOdd(line) {
        out.append(contentsOf: String(decoding: line, as: UTF8.self).utf8)
        damage.append(Damage(line: i + 1, byte: line.startIndex + bad + 1))
      } else {
        out.append(contentsOf: DecodedText.decoded(Array(line), foreignEncoding))
      }
    }
    foreignLines -= damage.count
    bytes = out
  }

  private init(utf16 raw: [UInt8], from start: Int, _ encoding: TextEncoding) {
    var units: [UInt16] = []
    units.reserveCapacity(raw.count / 2)
    var i = start
    while i + 1 < raw.count {
      let (a, b) = (UInt16(raw[i]), UInt16(raw[i + 1]))
      units.append(encoding == .utf16LittleEndian ? b << 8 | a : a << 8 | b)
      i += 2
    }
    bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    self.encoding = encoding
  }

  private init(utf32 raw: [UInt8], from start: Int, _ encoding: TextEncoding) {
    var text = String.UnicodeScalarView()
    var i = start
    while i + 3 < raw.count {
      let four =
        encoding == .utf32LittleEndian ? raw[i..<(i + 4)].reversed() : Array(raw[i..<(i + 4)])
      let value = four.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      i += 4
    }
    bytes = Array(String(text).utf8)
    self.encoding = encoding
  }

  static func isUTF8(_ bytes: [UInt8]) -> Bool { firstOutsideUTF8(bytes) == nil }

  /// Where the first byte is that is not UTF-8.
  private static func firstOutsideUTF8(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// UTF-16 without a byte-order mark: text in a Latin script has a NUL in every other byte; any
  /// other has line ends, blanks and digits, which are characters in one order of the bytes only.
  static func utf16Pattern(_ raw: [UInt8]) -> TextEncoding? {
    guard raw.count >= 4, raw.count % 2 == 0 else { return nil }
    let sample = min(raw.count, 4096) & ~1
    var nuls = (even: 0, odd: 0)
    var signs = 0
    for i in 0..<sample {
      if raw[i] == 0 {
        if i % 2 == 0 { nuls.even += 1 } else { nuls.odd += 1 }
      } else if raw[i] >= 0x20, raw[i] < 0x7F {
        signs += 1
      }
    }
    guard nuls.even + nuls.odd > 0 else { return nil }
    let half = sample / 2
    if nuls.odd * 10 >= half * 7, nuls.even * 20 <= half { return .utf16LittleEndian }
    if nuls.even * 10 >= half * 7, nuls.odd * 20 <= half { return .utf16BigEndian }
    // ASCII with NULs in it is something else.
    guard signs * 10 < sample * 6, half >= 8 else { return nil }
    let little = plainSigns(raw[..<sample], isLittle: true)
    let big = plainSigns(raw[..<sample], isLittle: false)
    guard let most = [little, big].compactMap({ $0 }).max(), most * 50 >= half else { return nil }
    return most == little ? .utf16LittleEndian : .utf16BigEndian
  }

  /// The signs of ASCII in a text of two bytes a character; nil when it is none.
  private static func plainSigns(_ raw: ArraySlice<UInt8>, isLittle: Bool) -> Int? {
    let units = stride(from: raw.startIndex, to: raw.endIndex - 1, by: 2).map { i in
      isLittle ? UInt16(raw[i + 1]) << 8 | UInt16(raw[i]) : UInt16(raw[i]) << 8 | UInt16(raw[i + 1])
    }
    var signs = 0
    for scalar in String(decoding: units, as: UTF16.self).unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E: signs += 1
      case 0..<0x20, 0x7F...0x9F: return nil
      // The sample may end within a pair of units.
      case 0xFFFD where units.last.map { $0 & 0xFC00 == 0xD800 } != true: return nil
      default:
        switch scalar.properties.generalCategory {
        case .unassigned, .privateUse: return nil
        default: break
        }
      }
    }
    return signs
  }

  /// The bytes without NULs that fill up cells or the file, and with U+FFFD for rare ones within
  /// words; nil when there are none, or so many that it is no text.
  static func withoutNULs(_ raw: [UInt8]) -> (bytes: [UInt8], dropped: Int)? {
    guard raw.holds(0) else { return nil }
    func isWord(_ b: UInt8) -> Bool { b >= 0x80 || Cells.isDigit(b) || (b | 0x20) &- 0x61 < 26 }
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var last: UInt8 = 0
    var nuls = 0
    var (dropped, within, controls) = (0, 0, 0)
    for b in raw {
      if b == 0 {
        nuls += 1
        continue
      }
      if b < 0x20, b != 0x09, b != 0x0A, b != 0x0D { controls += 1 }
      if nuls > 0, isWord(last), isWord(b) {
        within += nuls
        out.append(contentsOf: [0xEF, 0xBF, 0xBD])
      }
      dropped += nuls
      nuls = 0
      out.append(b)
      last = b
    }
    dropped += nuls
    guard within * 1_000 <= raw.count, controls * 200 <= raw.count else { return nil }
    return (out, dropped)
  }
}
