/// Numbers as nearly all cells hold them, `-12.5` or `0.30000000000000004`, straight from bytes to
/// bytes.
enum PlainNumber {
  private static let tens: [UInt64] = [1, 10, 100, 1000, 10_000]

  /// Adds a number as a cell shows it, at most fifteen significant digits, halves away from zero;
  /// false, and nothing is added, for one with an exponent, more than nineteen digits, or none.
  @inline(__always)
  static func append(_ raw: Span<UInt8>, to out: inout [UInt8]) -> Bool {
    let count = raw.count
    var i = 0
    let isNegative = count > 0 && raw[0] == 0x2D
    if isNegative { i = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var sawPoint = false
    var sawDigit = false
    while i < count {
      let byte = raw[i]
      let digit = byte &- 0x30
      if digit <= 9 {
        sawDigit = true
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if digits > 0 || digit > 0 { digits += 1 }
        if sawPoint { decimals += 1 }
      } else if byte == 0x2E, !sawPoint {
        sawPoint = true
      } else {
        return false
      }
      i += 1
    }
    // One as small as 1e-11 is shown with a power of ten.
    guard sawDigit, digits <= 19, digits == 0 || decimals - digits <= 9 else { return false }
    if digits > 15 {
      guard decimals >= digits - 15 else { return false }
      let unit = tens[digits - 15]
      let rest = mantissa % unit
      mantissa /= unit
      if rest >= unit / 2 { mantissa += 1 }
      decimals -= digits - 15
    }
    while decimals > 0, mantissa % 10 == 0 {
      mantissa /= 10
      decimals -= 1
    }
    write(mantissa, decimals, isNegative: isNegative && mantissa != 0, to: &out)
    return true
  }

  @inline(__always)
  private static func write(
    _ mantissa: UInt64, _ decimals: Int, isNegative: Bool, to out: inout [UInt8]
  ) {
    // At most 19 digits, and 9 zeros before them.
    var reversed: InlineArray<32, UInt8> = .init(repeating: 0)
    var length = 0
    var rest = mantissa
    while rest > 0 || length <= decimals {
      reversed[length] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
      rest /= 10
      length += 1
    }
    if isNegative { out.append(0x2D) }
    while length > 0 {
      if length == decimals { out.append(0x2E) }
      length -= 1
      out.append(reversed[length])
    }
  }
}
