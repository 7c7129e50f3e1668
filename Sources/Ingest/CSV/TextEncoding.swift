import Diagnostics

/// How a file's bytes stand for characters.
package enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"

  /// The encoding that a user or a mapping names, with the usual other names.
  package init?(named name: String) {
    switch Fold.key(name).filter({ $0 != " " }) {
    case "utf8", "utf8bom", "ascii": self = .utf8
    case "utf16le", "utf16", "unicode": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "windows1252", "cp1252", "ansi", "latin1", "iso88591", "iso885915": self = .windows1252
    default: return nil
    }
  }
}

/// A file's text as UTF-8, and how it was found to be written.
struct DecodedText {
  /// UTF-8, without a byte-order mark.
  var bytes: [UInt8]
  var encoding: TextEncoding
  /// Lines in Windows-1252 within a file that is otherwise UTF-8.
  var foreignLines = 0

  /// Decodes a file, with the given encoding or the one its bytes show: the byte-order mark,
  /// then the NUL pattern of UTF-16, then valid UTF-8, else Windows-1252.
  ///
  /// Cannot fail: what does not decode becomes U+FFFD.
  init(_ raw: [UInt8], forced: TextEncoding? = nil) {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]), forced == nil || forced == .utf8 {
      self.init(utf8: Array(raw.dropFirst(3)), orElse: .utf8)
    } else if raw.starts(with: [0xFF, 0xFE]), forced == nil || forced == .utf16LittleEndian {
      self.init(utf16: raw, from: 2, .utf16LittleEndian)
    } else if raw.starts(with: [0xFE, 0xFF]), forced == nil || forced == .utf16BigEndian {
      self.init(utf16: raw, from: 2, .utf16BigEndian)
    } else if let encoding = forced ?? DecodedText.utf16Pattern(raw) {
      switch encoding {
      case .utf8: self.init(utf8: raw, orElse: .utf8)
      case .windows1252: self.init(windows1252: raw)
      case .utf16LittleEndian, .utf16BigEndian: self.init(utf16: raw, from: 0, encoding)
      }
    } else {
      self.init(utf8: raw, orElse: .windows1252)
    }
    bytes = Composition.composed(bytes)
  }

  private init(utf8 raw: [UInt8], orElse fallback: TextEncoding) {
    if DecodedText.isUTF8(raw) {
      bytes = raw
      encoding = .utf8
      return
    }
    // Rows pasted from another program: each line by itself, when most lines with accents are
    // good UTF-8. One bad byte must not garble a whole file.
    let lines = raw.split(separator: 0x0A, omittingEmptySubsequences: false)
    let accented = lines.filter { $0.contains { $0 >= 0x80 } }
    let foreign = accented.count { !DecodedText.isUTF8(Array($0)) }
    let isMixed = fallback == .utf8 || foreign * 2 < accented.count
    var out: [UInt8] = []
    out.reserveCapacity(raw.count + raw.count / 16)
    for (i, line) in lines.enumerated() {
      if i > 0 { out.append(0x0A) }
      if isMixed, DecodedText.isUTF8(Array(line)) {
        out.append(contentsOf: line)
      } else {
        for byte in line { DecodedText.append(windows1252: byte, to: &out) }
      }
    }
    bytes = out
    encoding = isMixed ? .utf8 : .windows1252
    foreignLines = isMixed ? foreign : 0
  }

  private init(windows1252 raw: [UInt8]) {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count + raw.count / 16)
    for byte in raw { DecodedText.append(windows1252: byte, to: &out) }
    bytes = out
    encoding = .windows1252
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

  static func isUTF8(_ bytes: [UInt8]) -> Bool { (try? UTF8Span(validating: bytes.span)) != nil }

  /// UTF-16 without a byte-order mark: text in a Latin script has a NUL in every other byte.
  static func utf16Pattern(_ raw: [UInt8]) -> TextEncoding? {
    guard raw.count >= 4, raw.count % 2 == 0 else { return nil }
    var nuls = (even: 0, odd: 0)
    let sample = min(raw.count, 4096) & ~1
    for i in 0..<sample where raw[i] == 0 {
      if i % 2 == 0 { nuls.even += 1 } else { nuls.odd += 1 }
    }
    let half = sample / 2
    if nuls.odd * 10 >= half * 7, nuls.even * 20 <= half { return .utf16LittleEndian }
    if nuls.even * 10 >= half * 7, nuls.odd * 20 <= half { return .utf16BigEndian }
    return nil
  }

  private static func append(windows1252 byte: UInt8, to out: inout [UInt8]) {
    if byte < 0x80 {
      out.append(byte)
      return
    }
    let scalar = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt32(byte)
    if scalar < 0x800 {
      out.append(UInt8(0xC0 | scalar >> 6))
    } else {
      out.append(UInt8(0xE0 | scalar >> 12))
      out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    }
    out.append(UInt8(0x80 | scalar & 0x3F))
  }

  /// Bytes 80 to 9F of Windows-1252 (WHATWG Encoding, index windows-1252; the five unassigned
  /// bytes keep their own number, as there).
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
