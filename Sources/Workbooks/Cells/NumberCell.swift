/// A number of a file as the kind and the text of a cell.
enum NumberCell {
  /// Writes the text of a number under a format into `out`, emptied first, and says its kind.
  static func render(
    _ raw: [UInt8], _ format: NumberFormat, isDate1904: Bool, into out: inout [UInt8]
  ) -> CellKind {
    out.removeAll(keepingCapacity: true)
    guard var number = DecimalText(raw) else {
      // Not a number after all (1e999, NaN): shown as it stands, never a date or a count.
      out.append(contentsOf: raw)
      return .text
    }
    if !format.isPlain {
      switch format.shape(of: number.value) {
      case .number: break
      case .percent(let least, _):
        number.scaleToPercent()
        number.round(significant: 15)
        number.append(to: &out, minimumDecimals: least)
        out.append(0x25)
        return .percent
      case .calendar(let hasDate, let hasTime, let seconds):
        if let (text, kind) = CellClock.render(
          serial: number.value, hasDate: hasDate, hasTime: hasTime, seconds: seconds,
          isDate1904: isDate1904)
        {
          out.append(contentsOf: text.utf8)
          return kind
        }
      case .duration(let seconds):
        if let (text, kind) = CellClock.render(duration: number.value, seconds: seconds) {
          out.append(contentsOf: text.utf8)
          return kind
        }
      case .boolean:
        out.append(contentsOf: (number.digits.isEmpty ? "FALSE" : "TRUE").utf8)
        return .boolean
      }
    }
    number.round(significant: 15)
    number.append(to: &out)
    return .number
  }

  /// Whether the bytes are already the canonical text of a plain number: the common case.
  @inline(__always)
  static func isCanonical(_ raw: [UInt8]) -> Bool {
    var i = 0
    let count = raw.count
    if count > 0, raw[0] == 0x2D { i = 1 }
    guard count > i, count - i <= 15 else { return false }
    let first = raw[i]
    guard first != 0x2E else { return false }
    if first == 0x30, count > i + 1, raw[i + 1] != 0x2E { return false }
    // "-0" is zero.
    if first == 0x30, count == i + 1 { return i == 0 }
    var sawPoint = false
    var last: UInt8 = 0
    while i < count {
      last = raw[i]
      if last == 0x2E {
        if sawPoint || i == 0 { return false }
        sawPoint = true
      } else if last < 0x30 || last > 0x39 {
        return false
      }
      i += 1
    }
    return !sawPoint || last > 0x30
  }
}
