import Periods

/// Days, times and lengths of time that a file writes in ISO 8601.
enum ISOCell {
  /// Writes an Open XML `t="d"` value under its format, and says its kind.
  static func render(
    _ raw: [UInt8], _ format: NumberFormat, isDate1904: Bool, into out: inout [UInt8]
  ) -> CellKind {
    let text = String(decoding: raw, as: UTF8.self)
    guard let moment = Moment(text) else {
      out = raw
      return .text
    }
    return render(moment, format, into: &out)
  }

  /// Writes a moment: as its format shows it, or as it is written.
  static func render(
    _ moment: Moment, _ format: NumberFormat, into out: inout [UInt8]
  ) -> CellKind {
    var shape = format.shape(of: moment.serial)
    switch shape {
    case .calendar, .duration: break
    default:
      shape = .calendar(
        hasDate: moment.hasDate, hasTime: moment.hasTime || !moment.hasDate,
        seconds: moment.hasTime ? moment.decimals : nil)
    }
    var shown: (text: String, kind: CellKind)?
    if case .duration(let seconds) = shape {
      shown = CellClock.render(duration: moment.serial, seconds: seconds, precision: 6)
    } else if case .calendar(let hasDate, let hasTime, let seconds) = shape {
      // The epoch is 1899-12-30 here, without Excel's extra day.
      shown = CellClock.render(
        serial: moment.serial + (moment.hasDate ? 24_107 - 25_569 : 0),
        hasDate: hasDate || moment.hasDate, hasTime: hasTime, seconds: seconds, isDate1904: true,
        precision: moment.hasDate ? 3 : 6)
    }
    out = Array((shown?.text ?? moment.written).utf8)
    return shown?.kind ?? .text
  }
}

/// `2024-03-01`, `2024-03-01T18:30:00.5`, `18:30:00`, as days since 1899-12-30.
struct Moment {
  var serial: Double = 0
  var hasDate = false
  var hasTime = false
  /// The decimals of its seconds.
  var decimals = 0
  var written: String

  init?(_ text: String) {
    written = text
    var rest = Substring(text)
    if rest.utf8.last == 0x5A || rest.utf8.last == 0x7A { rest.removeLast() }
    let halves = rest.split(whereSeparator: { $0 == "T" || $0 == " " })
    guard (1...2).contains(halves.count) else { return nil }
    for half in halves {
      if half.utf8.contains(0x3A) {
        guard !hasTime else { return nil }
        hasTime = true
        let parts = half.split(separator: ":")
        guard (2...3).contains(parts.count), let h = UInt16(parts[0]), let m = UInt16(parts[1]),
          let s = parts.count == 3 ? Double(parts[2]) : 0, (0..<61).contains(s), h < 25, m < 60
        else { return nil }
        if parts.count == 3, let dot = parts[2].firstIndex(of: ".") {
          decimals = min(parts[2][dot...].utf8.count - 1, 6)
        }
        serial += (Double(h) * 3600 + Double(m) * 60 + s) / 86_400
      } else {
        guard !hasDate, let day = Day(iso: half) else { return nil }
        hasDate = true
        serial += Double(day.number) + 25_569
      }
    }
  }

  /// A length of time, `PT27H10M05.5S` or with days, in days.
  static func duration(_ text: String) -> (days: Double, decimals: Int)? {
    var bytes = Array(text.utf8)[...]
    var sign = 1.0
    if bytes.first == 0x2D {
      sign = -1
      bytes.removeFirst()
    }
    guard bytes.popFirst() == 0x50 else { return nil }
    var total = 0.0
    var number: [UInt8] = []
    var inTime = false
    var decimals = 0
    for byte in bytes {
      switch byte {
      case 0x30...0x39, 0x2E, 0x2C: number.append(byte == 0x2C ? 0x2E : byte)
      case 0x54: inTime = true
      default:
        guard let amount = Double(String(decoding: number, as: UTF8.self)) else { return nil }
        switch (byte, inTime) {
        case (0x48, true): total += amount * 3600
        case (0x4D, true): total += amount * 60
        case (0x53, true):
          total += amount
          if let dot = number.firstIndex(of: 0x2E) {
            while number.last == 0x30 { number.removeLast() }
            decimals = min(number.count - dot - 1, 6)
          }
        case (0x44, false): total += amount * 86_400
        default: return nil
        }
        number = []
      }
    }
    return number.isEmpty ? (sign * total / 86_400, decimals) : nil
  }
}
