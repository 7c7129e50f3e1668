/// Text between two tags, as its file writes it.
enum PlainText {
  /// Adds text with its entities decoded; false when it is not UTF-8, or names an entity that is
  /// none of XML's own five.
  static func append(_ s: Span<UInt8>, decoding: Bool, to out: inout [UInt8]) -> Bool {
    var at = 0
    let start = out.count
    while at < s.count {
      let byte = s[at]
      if decoding, byte == 0x26 {
        guard let (scalar, next) = entity(s, at) else { return false }
        out.append(contentsOf: UTF8.encode(scalar) ?? .init())
        at = next
      } else {
        out.append(byte)
        at += 1
      }
    }
    return isValid(out, from: start)
  }

  /// The character of the entity at a place, and where it ends.
  private static func entity(_ s: Span<UInt8>, _ at: Int) -> (Unicode.Scalar, Int)? {
    var end = at + 1
    while end < s.count, s[end] != 0x3B, end - at < 12 { end += 1 }
    guard end < s.count, s[end] == 0x3B else { return nil }
    var name: [UInt8] = []
    name.append(s.extracting(at + 1..<end))
    switch String(decoding: name, as: UTF8.self) {
    case "amp": return ("&", end + 1)
    case "lt": return ("<", end + 1)
    case "gt": return (">", end + 1)
    case "quot": return ("\"", end + 1)
    case "apos": return ("'", end + 1)
    case let number where number.hasPrefix("#"):
      let isHex = number.hasPrefix("#x")
      let digits = number.dropFirst(isHex ? 2 : 1)
      guard digits.utf8.allSatisfy({ $0 >= 0x30 }),
        let value = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value),
        value >= 0x20 || value == 0x0A || value == 0x09, value & 0xFFFE != 0xFFFE
      else { return nil }
      return (scalar, end + 1)
    default: return nil
    }
  }

  private static func isValid(_ bytes: [UInt8], from start: Int) -> Bool {
    var i = start
    while i < bytes.count {
      let lead = bytes[i]
      if lead < 0x80 {
        i += 1
        continue
      }
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
      guard lead >= 0xC2, lead <= 0xF4, i + length <= bytes.count else { return false }
      for k in 1..<length where bytes[i + k] & 0xC0 != 0x80 { return false }
      let second = bytes[i + 1]
      // Longer than need be, surrogates, beyond Unicode; and U+FFFE, U+FFFF, which XML bars.
      switch lead {
      case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90,
        0xF4 where second > 0x8F:
        return false
      case 0xEF where second == 0xBF && bytes[i + 2] >= 0xBE: return false
      default: i += length
      }
    }
    return true
  }
}
