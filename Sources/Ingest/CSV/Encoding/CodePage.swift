/// An encoding of one byte a character: what each byte stands for.
///
/// Those of western Europe are here, for a system without `iconv`'s tables; others are asked from
/// it, byte by byte. Bytes that stand for nothing keep their own number, as the WHATWG Encoding
/// standard has it, and count as control characters.
struct CodePage {
  /// The character of each byte.
  let scalars: [UInt32]

  init?(_ encoding: TextEncoding) {
    if let upper = CodePage.upper(encoding) {
      scalars = Array(0..<0x80) + upper
      return
    }
    guard !CodePage.wide.contains(encoding), let system = SystemConversion(encoding) else {
      return nil
    }
    scalars = (0..<256).map { byte in
      guard let out = system.decoded([UInt8(byte)], replacing: false),
        let scalar = String(decoding: out, as: UTF8.self).unicodeScalars.first
      else { return UInt32(byte < 0x80 ? 0xFFFD : byte < 0xA0 ? byte : 0xFFFD) }
      return scalar.value
    }
  }

  private static let wide: Set<TextEncoding> = [
    .utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian, .gb18030,
    .big5, .shiftJIS, .eucJP, .eucKR, .iso2022JP, .iso2022KR,
  ]

  /// The text as UTF-8.
  func decoded(_ raw: [UInt8]) -> [UInt8] {
    let forms = scalars.map { value in
      // NEL ends lines on mainframes, where LF is another byte.
      Array(
        String(Unicode.Scalar(value == 0x85 && scalars[0x40] == 0x20 ? 0x0A : value) ?? "\u{FFFD}")
          .utf8)
    }
    var out: [UInt8] = []
    out.reserveCapacity(raw.count + raw.count / 8)
    for byte in raw { out.append(contentsOf: forms[Int(byte)]) }
    return out
  }

  /// What the bytes 80 to FF stand for, in the encodings kept here.
  private static func upper(_ encoding: TextEncoding) -> [UInt32]? {
    switch encoding {
    case .windows1252: windows1252 + Array(0xA0...0xFF)
    case .latin9: latin9
    case .macRoman: macRoman.unicodeScalars.map(\.value)
    case .cp850: cp850.unicodeScalars.map(\.value)
    default: nil
    }
  }

  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  private static let latin9: [UInt32] = {
    var out = Array(UInt32(0x80)...0xFF)
    let changed: [(Int, UInt32)] = [
      (0xA4, 0x20AC), (0xA6, 0x160), (0xA8, 0x161), (0xB4, 0x17D), (0xB8, 0x17E), (0xBC, 0x152),
      (0xBD, 0x153), (0xBE, 0x178),
    ]
    for (byte, scalar) in changed { out[byte - 0x80] = scalar }
    return out
  }()

  private static let macRoman =
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}"
    + "ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
  private static let cp850 =
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
    + "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}"
}
