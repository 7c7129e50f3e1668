/// Letters without case and accents, as bytes: what names are compared by.
///
/// A small table for Latin scripts instead of ICU, as the program must start in milliseconds.
enum Letters {
  /// Stands for a letter that was lost (`H�lène`).
  static let lost = UInt8(ascii: "?")

  /// The folded bytes of one character; empty for what is no letter.
  ///
  /// Letters of other scripts fold to the bytes of their lower case.
  static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
    switch scalar.value {
    case 0x61...0x7A: return [UInt8(scalar.value)]
    case 0x41...0x5A: return [UInt8(scalar.value + 32)]
    case 0..<0xAA: return []
    case 0xC0...0xFF: return latin1[Int(scalar.value - 0xC0)]
    case 0x100...0x17F: return latinA[Int(scalar.value - 0x100)]
    case 0x18F, 0x259: return [UInt8(ascii: "e")]
    case 0x1A0, 0x1A1, 0x1ECC...0x1EE3: return [UInt8(ascii: "o")]
    case 0x1AF, 0x1B0, 0x1EE4...0x1EF1: return [UInt8(ascii: "u")]
    case 0x218, 0x219, 0x1E9E: return [UInt8(ascii: "s")]
    case 0x21A, 0x21B: return [UInt8(ascii: "t")]
    case 0x1EA0...0x1EB7: return [UInt8(ascii: "a")]
    case 0x1EB8...0x1EC7: return [UInt8(ascii: "e")]
    case 0x1EC8...0x1ECB: return [UInt8(ascii: "i")]
    case 0x1EF2...0x1EF9: return [UInt8(ascii: "y")]
    case 0xFB00: return Array("ff".utf8)
    case 0xFB01: return Array("fi".utf8)
    case 0xFB02: return Array("fl".utf8)
    case 0xFF21...0xFF3A: return [UInt8(scalar.value - 0xFF21 + 0x61)]
    case 0xFF41...0xFF5A: return [UInt8(scalar.value - 0xFF41 + 0x61)]
    default:
      guard scalar.properties.isAlphabetic else { return [] }
      return Array(scalar.properties.lowercaseMapping.utf8)
    }
  }

  /// Whether a character is one that text carries without showing it, or an accent that follows
  /// its letter.
  static func isSilent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF: true
    default: false
    }
  }

  private static let latin1: [[UInt8]] = {
    let half = runs("a6,æ1,c1,e4,i4,d1,n1,o5,-1,o1,u4,y1,þ1,ß1")
    var all = half + half
    all[0xFF - 0xC0] = [UInt8(ascii: "y")]
    return all
  }()

  private static let latinA = runs(
    "a6,c8,d4,e10,g8,h4,i10,ĳ2,j2,k3,l10,n9,o6,œ2,r6,s8,t6,u12,w2,y3,z6,s1")

  private static func runs(_ text: String) -> [[UInt8]] {
    text.split(separator: ",").flatMap { run in
      let letters =
        switch run.first {
        case "æ": "ae"
        case "œ": "oe"
        case "ĳ": "ij"
        case "þ": "th"
        case "ß": "ss"
        case "-": ""
        default: String(run.prefix(1))
        }
      return [[UInt8]](repeating: Array(letters.utf8), count: Int(run.dropFirst()) ?? 0)
    }
  }
}
