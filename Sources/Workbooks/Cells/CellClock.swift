import Periods

/// Days and times from the numbers that spreadsheets keep, as ISO 8601.
enum CellClock {
  /// The text of a number of days since the epoch in a shape of the calendar; nil when no such
  /// day exists, so that the number is shown.
  static func text(
    ofSerial serial: Double, hasDate: Bool, hasTime: Bool, seconds: Int?, isDate1904: Bool
  ) -> String? {
    guard serial.isFinite, abs(serial) < 4_000_000 else { return nil }
    if !hasDate && serial < 0 { return nil }
    var days = Int(serial.rounded(.down))
    let scale = power(seconds ?? 3)
    // Without seconds shown the minute is cut, not rounded, but not for want of a millisecond.
    var units = Int(((serial - Double(days)) * 86_400 * Double(scale)).rounded())
    if units >= 86_400 * scale {
      units -= 86_400 * scale
      days += 1
    }
    let time = clock(units, scale: scale, seconds: seconds)
    if !hasDate { return time }
    // Excel counts a 29 February 1900 that never was: earlier days stand one further.
    var number = days + (isDate1904 ? -24_107 : -25_569)
    if !isDate1904, days >= 1, days < 60 { number += 1 }
    let day = Day(number: Int32(number))
    guard (1...9999).contains(day.year) else { return nil }
    return hasTime ? day.iso + "T" + time : day.iso
  }

  /// The text of a length of time in days: `27:10`, `-0:30:05.5`.
  static func text(ofDuration days: Double, seconds: Int?) -> String? {
    guard days.isFinite, abs(days) < 100_000_000 else { return nil }
    let scale = power(seconds ?? 3)
    let units = Int((abs(days) * 86_400 * Double(scale)).rounded())
    let hours = units / (3_600 * scale)
    let rest = clock(units % (3_600 * scale), scale: scale, seconds: seconds).dropFirst(2)
    let isNegative = days < 0 && units > 0
    return (isNegative ? "-" : "") + "\(hours)" + rest
  }

  private static func power(_ decimals: Int) -> Int {
    (0..<min(decimals, 6)).reduce(1) { n, _ in n * 10 }
  }

  private static func clock(_ units: Int, scale: Int, seconds: Int?) -> String {
    let whole = units / scale
    var out = padded(whole / 3600) + ":" + padded(whole / 60 % 60)
    if let seconds {
      out += ":" + padded(whole % 60)
      if seconds > 0 {
        let fraction = String(units % scale)
        out += "." + String(repeating: "0", count: max(0, seconds - fraction.count)) + fraction
      }
    }
    return out
  }

  private static func padded(_ n: Int) -> String { n < 10 ? "0\(n)" : String(n) }
}
