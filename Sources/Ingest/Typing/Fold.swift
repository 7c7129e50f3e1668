/// Compares words as a person does: without case, accents, punctuation or doubled spaces.
///
/// A small table for Latin scripts instead of ICU: the program must start in milliseconds.
package enum Fold {
  /// The folded form: lower-case letters and digits, one space for anything else in between.
  /// A text of signs only (`✓`, `-`) folds to itself.
  package static func key(_ text: some StringProtocol) -> String {
    var out = String.UnicodeScalarView()
    var pendingSpace = false
    func separate() {
      if pendingSpace && !out.isEmpty { out.append(" ") }
      pendingSpace = false
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A:
        separate()
        out.append(scalar)
      case 0x41...0x5A:
        separate()
        out.append(Unicode.Scalar(UInt8(scalar.value + 32)))
      case 0x0300...0x036F: break  // a combining accent
      case 0..<0x80: pendingSpace = true
      default:
        let base = letters(of: scalar)
        if base.isEmpty {
          pendingSpace = true
        } else {
          separate()
          out.append(contentsOf: base.unicodeScalars)
        }
      }
    }
    if !out.isEmpty { return String(out) }
    return String(text.filter { !$0.isWhitespace })
  }

  /// The folded form of bytes of UTF-8.
  static func key(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    key(Cells.string(bytes, range))
  }

  private static func letters(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0xB2: return "2"
    case 0xB3: return "3"
    case 0xC0...0xFF: return latin1[Int(scalar.value - 0xC0)]
    case 0x100...0x17F: return latinA[Int(scalar.value - 0x100)]
    case 0x1A0, 0x1A1: return "o"
    case 0x1AF, 0x1B0: return "u"
    case 0x218, 0x219: return "s"
    case 0x21A, 0x21B: return "t"
    case 0x1EA0...0x1EB7: return "a"
    case 0x1EB8...0x1EC7: return "e"
    case 0x1EC8...0x1ECB: return "i"
    case 0x1ECC...0x1EE3: return "o"
    case 0x1EE4...0x1EF1: return "u"
    case 0x1EF2...0x1EF9: return "y"
    default:
      return scalar.properties.isAlphabetic ? scalar.properties.lowercaseMapping : ""
    }
  }

  private static let latin1: [String] = {
    let half = runs("a6,æ1,c1,e4,i4,d1,n1,o5,-1,o1,u4,y1,þ1,ß1")
    var all = half + half
    all[0xFF - 0xC0] = "y"
    return all
  }()

  private static let latinA = runs(
    "a6,c8,d4,e10,g8,h4,i10,ĳ2,j2,k3,l10,n9,o6,œ2,r6,s8,t6,u12,w2,y3,z6,s1")

  private static func runs(_ text: String) -> [String] {
    text.split(separator: ",").flatMap { run in
      let letter =
        switch run.first {
        case "æ": "ae"
        case "œ": "oe"
        case "ĳ": "ij"
        case "þ": "th"
        case "ß": "ss"
        case "-": ""
        default: String(run.prefix(1))
        }
      return [String](repeating: letter, count: Int(run.dropFirst()) ?? 0)
    }
  }
}

/// Joins letters and combining accents (macOS file names and exports) into one character, for
/// the accents of European languages, so that equal texts are equal bytes.
enum Composition {
  static func composed(_ bytes: [UInt8]) -> [UInt8] {
    guard hasCombining(bytes) else { return bytes }
    var out = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if (0x300...0x36F).contains(scalar.value), let base = out.last,
        let whole = pairs[UInt64(base.value) << 32 | UInt64(scalar.value)]
      {
        out.removeLast()
        out.append(whole)
      } else {
        out.append(scalar)
      }
    }
    return Array(String(out).utf8)
  }

  /// Whether any of U+0300 to U+036F occurs: CC 80 to CD AF.
  private static func hasCombining(_ bytes: [UInt8]) -> Bool {
    guard bytes.holds(0xCC) || bytes.holds(0xCD) else { return false }
    return hasCombining(bytes.span)
  }

  /// Whether any of them occurs in a part of a text.
  static func hasCombining(_ s: Span<UInt8>) -> Bool {
    var i = 0
    while i + 1 < s.count {
      if s[i] == 0xCC || (s[i] == 0xCD && s[i + 1] < 0xB0) { return true }
      i += 1
    }
    return false
  }

  private static let pairs: [UInt64: Unicode.Scalar] = {
    let families: [(mark: UInt64, text: String)] = [
      (0x300, "aàeèiìoòuùAÀEÈIÌOÒUÙ"),
      (0x301, "aáeéiíoóuúyýcćlĺnńrŕsśzźAÁEÉIÍOÓUÚYÝCĆLĹNŃRŔSŚZŹ"),
      (0x302, "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷAÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶ"),
      (0x303, "aãnñoõiĩuũAÃNÑOÕIĨUŨ"),
      (0x304, "aāeēiīoōuūAĀEĒIĪOŌUŪ"),
      (0x306, "aăeĕgğiĭoŏuŭAĂEĔGĞIĬOŎUŬ"),
      (0x307, "cċeėgġzżCĊEĖGĠIİZŻ"),
      (0x308, "aäeëiïoöuüyÿAÄEËIÏOÖUÜYŸ"),
      (0x30A, "aåuůAÅUŮ"),
      (0x30B, "oőuűOŐUŰ"),
      (0x30C, "cčdďeěnňrřsštťzžCČDĎEĚNŇRŘSŠTŤZŽ"),
      (0x327, "cçsştţCÇSŞTŢ"),
      (0x328, "aąeęiįuųAĄEĘIĮUŲ"),
    ]
    var out: [UInt64: Unicode.Scalar] = [:]
    for (mark, text) in families {
      let scalars = Array(text.unicodeScalars)
      for i in stride(from: 0, to: scalars.count - 1, by: 2) {
        out[UInt64(scalars[i].value) << 32 | mark] = scalars[i + 1]
      }
    }
    return out
  }()
}
