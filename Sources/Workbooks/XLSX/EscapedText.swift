/// Text as Open XML writes it: `_x000D_` for a character that XML cannot hold (ECMA-376 Part 1,
/// 22.9.2.19). Line ends become `\n`.
enum EscapedText {
  /// Whether there is nothing to decode: ordinary text.
  @inline(__always)
  static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for i in 0..<bytes.count {
      let byte = bytes[i]
      if byte == 0x0D || byte == 0x78 && previous == 0x5F { return false }
      previous = byte
    }
    return true
  }

  /// Decodes in place; does nothing, quickly, to ordinary text.
  static func decode(_ bytes: inout [UInt8]) {
    guard !isPlain(bytes.span) else { return }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    var pendingHigh: UInt32?
    while i < bytes.count {
      if let unit = unit(bytes, at: i) {
        i += 7
        if unit >= 0xD800, unit < 0xDC00 {
          pendingHigh = unit
          continue
        }
        var scalar = unit
        if unit >= 0xDC00, unit < 0xE000 {
          scalar = pendingHigh.map { 0x10000 + ($0 - 0xD800) << 10 + (unit - 0xDC00) } ?? 0xFFFD
        }
        pendingHigh = nil
        if let character = Unicode.Scalar(scalar) {
          out.append(contentsOf: String(Character(character)).utf8)
        }
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    bytes = withoutReturns(out)
  }

  /// CR LF and CR as LF.
  private static func withoutReturns(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x0D) else { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for (i, byte) in bytes.enumerated() {
      if byte != 0x0D {
        out.append(byte)
      } else if i + 1 == bytes.count || bytes[i + 1] != 0x0A {
        out.append(0x0A)
      }
    }
    return out
  }

  private static func unit(_ bytes: [UInt8], at i: Int) -> UInt32? {
    guard i + 7 <= bytes.count, bytes[i] == 0x5F, bytes[i + 1] == 0x78, bytes[i + 6] == 0x5F else {
      return nil
    }
    var out: UInt32 = 0
    for k in 2..<6 {
      let byte = bytes[i + k]
      switch byte {
      case 0x30...0x39: out = out << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: out = out << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: out = out << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return out
  }
}
