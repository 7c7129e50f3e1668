/// A number as its decimal digits: what a file writes is turned into what a cell shows without
/// passing through binary, so that nothing is gained or lost on the way.
struct DecimalText {
  /// Significant digits, without zeros at either end; empty for zero.
  private(set) var digits: [UInt8] = []
  /// The value is 0.d1d2d3… times ten to this power.
  private(set) var point = 0
  private(set) var isNegative = false

  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// Reads `-12.5E-3`; nil for what is no finite number.
  init?(_ text: some Collection<UInt8>) {
    var bytes = text[...]
    while let first = bytes.first, first == 0x20 || first == 0x0A { bytes.removeFirst() }
    if bytes.first == 0x2D || bytes.first == 0x2B {
      isNegative = bytes.first == 0x2D
      bytes.removeFirst()
    }
    var sawDigit = false
    var sawPoint = false
    while let byte = bytes.first {
      if byte >= 0x30, byte <= 0x39 {
        sawDigit = true
        if !(byte == 0x30 && digits.isEmpty) {
          digits.append(byte)
          if !sawPoint { point += 1 }
        } else if sawPoint {
          point -= 1
        }
      } else if byte == 0x2E, !sawPoint {
        sawPoint = true
      } else {
        break
      }
      bytes.removeFirst()
      if digits.count > 2000 { return nil }
    }
    guard sawDigit else { return nil }
    if bytes.first == 0x45 || bytes.first == 0x65 {
      bytes.removeFirst()
      var sign = 1
      if bytes.first == 0x2D || bytes.first == 0x2B {
        sign = bytes.first == 0x2D ? -1 : 1
        bytes.removeFirst()
      }
      var exponent = 0
      guard let first = bytes.first, first >= 0x30, first <= 0x39 else { return nil }
      while let byte = bytes.first, byte >= 0x30, byte <= 0x39 {
        exponent = min(exponent * 10 + Int(byte - 0x30), 100_000)
        bytes.removeFirst()
      }
      point += sign * exponent
    }
    guard bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A }) else { return nil }
    trim()
    // Beyond what a cell can hold: too large is no number, too small is zero.
    if point > 309 { return nil }
    if point < -330 { digits = [] }
    if digits.isEmpty {
      isNegative = false
      point = 0
    }
  }

  /// The number.
  var value: Double {
    // Few digits: a whole number over a power of ten, both exact, so that their quotient is right.
    let decimals = digits.count - point
    if digits.count <= 15, (0...22).contains(decimals) {
      var whole: UInt64 = 0
      for digit in digits { whole = whole * 10 + UInt64(digit - 0x30) }
      let magnitude = Double(whole) / Self.powers[decimals]
      return isNegative ? -magnitude : magnitude
    }
    var text = isNegative ? "-0." : "0."
    text += digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
    return Double(text + "e\(point)") ?? 0
  }

  /// Times a hundred.
  mutating func scaleToPercent() { if !digits.isEmpty { point += 2 } }

  /// Rounds to significant digits, halves away from zero. Spreadsheets show fifteen.
  mutating func round(significant: Int) { round(keeping: significant) }

  /// Rounds to decimals after the point, halves away from zero.
  mutating func round(decimals: Int) { round(keeping: point + decimals) }

  private mutating func round(keeping count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      point = 0
      isNegative = false
      return
    }
    let up = digits[count] >= 0x35
    digits.removeSubrange(count...)
    if up {
      var i = count - 1
      while i >= 0, digits[i] == 0x39 {
        digits[i] = 0x30
        i -= 1
      }
      if i >= 0 {
        digits[i] += 1
      } else {
        digits.insert(0x31, at: 0)
        point += 1
      }
    }
    trim()
    if digits.isEmpty { isNegative = false }
  }

  private mutating func trim() {
    while digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// Plain digits with a dot, at least some decimals; a power of ten for the very large and small.
  func append(to out: inout [UInt8], minimumDecimals: Int = 0) {
    if isNegative { out.append(0x2D) }
    if point > 21 || point < -9, let first = digits.first {
      out.append(first)
      if digits.count > 1 {
        out.append(0x2E)
        out.append(contentsOf: digits[1...])
      }
      let exponent = point - 1
      out.append(contentsOf: (exponent < 0 ? "E-\(-exponent)" : "E+\(exponent)").utf8)
      return
    }
    if point <= 0 { out.append(0x30) }
    for i in 0..<max(point, 0) { out.append(i < digits.count ? digits[i] : 0x30) }
    let decimals = max(digits.isEmpty ? 0 : digits.count - point, minimumDecimals)
    guard decimals > 0 else { return }
    out.append(0x2E)
    for k in 0..<decimals {
      let i = point + k
      out.append(i >= 0 && i < digits.count ? digits[i] : 0x30)
    }
  }
}
