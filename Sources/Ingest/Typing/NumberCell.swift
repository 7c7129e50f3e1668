/// The sign that separates whole from fraction.
package enum DecimalMark: String, Sendable, Codable {
  case comma, dot

  var byte: UInt8 { self == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".") }
}

/// What a column's cells show about its decimal mark.
struct NumberStyle {
  /// Cells that can only have a decimal comma, or a decimal dot.
  private(set) var commas = 0, dots = 0
  /// Cells such as `1,250`, that read both ways.
  private(set) var doubtful = 0

  mutating func observe(_ cell: NumberCell, _ s: Span<UInt8>) {
    switch cell.evidence(s) {
    case .none: break
    case .sure(.comma): commas += 1
    case .sure(.dot): dots += 1
    case .doubtful: doubtful += 1
    }
  }
}

/// A cell stripped of sign, unit and spaces around: digits, marks and spaces only.
struct NumberCell {
  enum Evidence {
    case none
    case sure(DecimalMark)
    case doubtful(DecimalMark)
  }

  /// Digits, marks and spaces.
  private(set) var range: Range<Int>
  private(set) var isNegative = false
  private var exponent = 0

  private static let comma = UInt8(ascii: ",")
  private static let dot = UInt8(ascii: ".")
  /// Words and signs that may stand before or after a number: they say the unit, which the model
  /// already knows.
  private static let units: [[UInt8]] = [
    "€", "%", "eur", "euros", "euro", "pers.", "pers", "min", "mn", "m²", "m2",
    "m³", "m3", "km", "kg", "kwh",
  ].map { Array($0.utf8) }

  /// Strips a trimmed cell; nil when something else than a number is left.
  init?(_ s: Span<UInt8>, _ whole: Range<Int>) {
    var range = whole
    func matches(_ word: [UInt8], at start: Int) -> Bool {
      for (i, b) in word.enumerated() {
        let c = s[start + i]
        if c != b, !(b >= 0x61 && b <= 0x7A && c | 0x20 == b) { return false }
      }
      return true
    }
    guard let last = range.last else { return nil }
    let mayBeUnit = s[last] == UInt8(ascii: "2") || s[last] == UInt8(ascii: "3")
    if !Cells.isDigit(s[last]) || mayBeUnit || s[range.lowerBound] > 0x39 {
      for word in NumberCell.units where range.count > word.count {
        if matches(word, at: range.upperBound - word.count) {
          range = Cells.trimmed(s, range.lowerBound..<range.upperBound - word.count)
          break
        }
        if word[0] == 0xE2, matches(word, at: range.lowerBound) {
          range = Cells.trimmed(s, range.lowerBound + word.count..<range.upperBound)
          break
        }
      }
    }
    guard !range.isEmpty else { return nil }
    switch s[range.lowerBound] {
    case UInt8(ascii: "-"):
      isNegative = true
      range = Cells.trimmed(s, range.lowerBound + 1..<range.upperBound)
    case UInt8(ascii: "+"): range = range.lowerBound + 1..<range.upperBound
    case 0xE2:  // U+2212, the minus sign
      guard range.count > 3, s[range.lowerBound + 1] == 0x88, s[range.lowerBound + 2] == 0x92
      else { return nil }
      isNegative = true
      range = range.lowerBound + 3..<range.upperBound
    default: break
    }
    // An exponent, as in 6.12E+08.
    for p in range.dropFirst() where s[p] | 0x20 == UInt8(ascii: "e") {
      guard let e = NumberCell.exponent(s, p + 1..<range.upperBound) else { return nil }
      exponent = e
      range = range.lowerBound..<p
      break
    }
    guard let first = range.first else { return nil }
    let isFraction =
      (s[first] == NumberCell.dot || s[first] == NumberCell.comma) && range.count > 1
    guard Cells.isDigit(s[first]) || isFraction else { return nil }
    self.range = range
  }

  private static func exponent(_ s: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var range = range
    var sign = 1
    if let first = range.first, s[first] == UInt8(ascii: "-") || s[first] == UInt8(ascii: "+") {
      if s[first] == UInt8(ascii: "-") { sign = -1 }
      range = range.dropFirst()
    }
    guard (1...3).contains(range.count) else { return nil }
    var e = 0
    for p in range {
      guard Cells.isDigit(s[p]) else { return nil }
      e = e * 10 + Int(s[p] - 0x30)
    }
    return sign * e
  }

  /// What this cell alone shows about the decimal mark.
  func evidence(_ s: Span<UInt8>) -> Evidence {
    var (commas, dots) = (0, 0)
    var lastMark = -1
    for p in range {
      if s[p] == NumberCell.comma {
        commas += 1
      } else if s[p] == NumberCell.dot {
        dots += 1
      } else {
        continue
      }
      lastMark = p
    }
    if commas + dots == 0 { return .none }
    let last: DecimalMark = s[lastMark] == NumberCell.comma ? .comma : .dot
    let other: DecimalMark = last == .comma ? .dot : .comma
    if commas > 0 && dots > 0 { return .sure(last) }
    // The same mark twice separates thousands; the decimal mark is the other.
    if commas + dots > 1 { return .sure(other) }
    let before = lastMark - range.lowerBound
    let after = range.upperBound - lastMark - 1
    if after != 3 || before == 0 || before > 3 || s[range.lowerBound] == 0x30 || exponent != 0 {
      return .sure(last)
    }
    return .doubtful(last)
  }

  /// The value with the given decimal mark; nil when the cell is no number then.
  ///
  /// Other marks and spaces must separate groups of three digits. Correctly rounded.
  func value(_ s: Span<UInt8>, _ mark: DecimalMark) -> Double? {
    var mantissa: UInt64 = 0
    var digits = 0
    var scale = 0
    var sinceGroup = -1  // digits since the last thousands separator, -1 before any
    var isFraction = false
    var p = range.lowerBound
    while p < range.upperBound {
      let b = s[p]
      if Cells.isDigit(b) {
        if digits == 18 { return long(s, mark) }
        mantissa = mantissa * 10 + UInt64(b - 0x30)
        if mantissa > 0 { digits += 1 }
        if isFraction { scale += 1 } else if sinceGroup >= 0 { sinceGroup += 1 }
        p += 1
      } else if b == mark.byte, !isFraction {
        if sinceGroup >= 0, sinceGroup != 3 { return nil }
        isFraction = true
        p += 1
      } else if !isFraction {
        let step =
          b == NumberCell.comma || b == NumberCell.dot
          ? 1 : Cells.blank(s, at: p, upTo: range.upperBound)
        guard step > 0, p > range.lowerBound, sinceGroup < 0 || sinceGroup == 3 else { return nil }
        if sinceGroup < 0, p - range.lowerBound > 3 { return nil }
        sinceGroup = 0
        p += step
      } else {
        return nil
      }
    }
    if !isFraction, sinceGroup >= 0, sinceGroup != 3 { return nil }
    let e = exponent - scale
    let value: Double
    if mantissa < 1 << 53, (-22...22).contains(e) {
      // Both operands are exact, so one operation rounds correctly (Clinger 1990, fast path).
      value = e < 0 ? Double(mantissa) / NumberCell.tens[-e] : Double(mantissa) * NumberCell.tens[e]
    } else {
      guard let v = Double("\(mantissa)e\(e)"), v.isFinite else { return nil }
      value = v
    }
    return isNegative ? -value : value
  }

  /// More digits than an integer holds: the standard library's reading.
  private func long(_ s: Span<UInt8>, _ mark: DecimalMark) -> Double? {
    var text = isNegative ? "-" : ""
    for p in range {
      if Cells.isDigit(s[p]) {
        text.unicodeScalars.append(Unicode.Scalar(s[p]))
      } else if s[p] == mark.byte {
        text += "."
      } else if s[p] != NumberCell.comma, s[p] != NumberCell.dot, s[p] < 0x80, s[p] != 0x20 {
        return nil
      }
    }
    guard text.utf8.count < 400, let v = Double(text + "e\(exponent)"), v.isFinite else {
      return nil
    }
    return v
  }

  private static let tens: [Double] = (0...22).map { e in
    (0..<e).reduce(1.0) { value, _ in value * 10 }
  }
}
