import Periods

/// Days and times from the numbers that spreadsheets keep, as ISO 8601 and in full: a format that
/// hides the seconds or the time does not drop them.
enum CellClock {
  /// The text and kind of a number of days since the epoch in a shape of the calendar; nil when no
  /// such day exists, so that the number is shown. `precision` is the decimals of a second that
  /// the number is good for.
  static func render(
    serial: Double, hasDate: Bool, hasTime: Bool, seconds: Int?, isDate1904: Bool,
    precision: Int = 3
  ) -> (text: String, kind: CellKind)? {
    guard serial.isFinite, abs(serial) < 4_000_000 else { return nil }
    if !hasDate && serial < 0 { return nil }
    // A format of hours on a sum of hours: 27:10, not the 3:10 that is left of it on a clock.
    if !hasDate, serial >= 1, serial < 1000 {
      return render(duration: serial, seconds: seconds, precision: precision)
    }
    var days = Int(serial.rounded(.down))
    let scale = power(precision)
    var units = Int(((serial - Double(days)) * 86_400 * Double(scale)).rounded())
    if units >= 86_400 * scale {
      units -= 86_400 * scale
      days += 1
    }
    let time = clock(units, seconds: seconds, precision: precision)
    if !hasDate { return (time, .time) }
    // Excel counts a 29 February 1900 that never was: earlier days stand one further.
    var number = days + (isDate1904 ? -24_107 : -25_569)
    if !isDate1904, days >= 1, days < 60 { number += 1 }
    let day = Day(number: Int32(number))
    guard (1...9999).contains(day.year) else { return nil }
    return hasTime || units > 0 ? (day.iso + "T" + time, .dateTime) : (day.iso, .date)
  }

  /// The text of a length of time in days: `27:10`, `-0:30:05.5`.
  static func render(
    duration days: Double, seconds: Int?, precision: Int = 3
  ) -> (text: String, kind: CellKind)? {
    guard days.isFinite, abs(days) < 10_000_000 else { return nil }
    let scale = power(precision)
    let units = Int((abs(days) * 86_400 * Double(scale)).rounded())
    let hours = units / (3_600 * scale)
    let rest = clock(units % (3_600 * scale), seconds: seconds, precision: precision).dropFirst(2)
    let isNegative = days < 0 && units > 0
    return ((isNegative ? "-" : "") + "\(hours)" + rest, .duration)
  }

  private static func power(_ decimals: Int) -> Int {
    (0..<max(0, min(decimals, 6))).reduce(1) { n, _ in n * 10 }
  }

  /// Hours and minutes; seconds when there are some, or when they are shown.
  private static func clock(_ units: Int, seconds: Int?, precision: Int) -> String {
    let scale = power(precision)
    let whole = units / scale
    var out = padded(whole / 3600) + ":" + padded(whole / 60 % 60)
    guard seconds != nil || units % (60 * scale) != 0 else { return out }
    out += ":" + padded(whole % 60)
    var fraction = String(units % scale + scale).dropFirst()
    while fraction.count > seconds ?? 0, fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? out : out + "." + fraction
  }

  private static func padded(_ n: Int) -> String { n < 10 ? "0\(n)" : String(n) }
}
