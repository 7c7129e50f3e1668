import Periods

/// The local time that instants are shown in.
package enum TimeZoneRule: Equatable {
  /// So many minutes ahead of UTC.
  case fixed(minutes: Int)
  /// Central European time with summer time as the European Union has kept it since 1996 (from
  /// 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October; Directive
  /// 2000/84/EC). Earlier years are read by the same rule.
  case paris

  /// `UTC`, `Europe/Paris` or an offset such as `+02:00`.
  package init?(named name: String) {
    switch name.lowercased() {
    case "utc", "z", "gmt": self = .fixed(minutes: 0)
    case "europe/paris": self = .paris
    default:
      let digits = name.dropFirst().split(separator: ":").map(String.init)
      guard let sign = name.first, sign == "+" || sign == "-", digits.count == 2,
        let h = Int(digits[0]), let m = Int(digits[1]), (0...14).contains(h), (0..<60).contains(m)
      else { return nil }
      self = .fixed(minutes: (sign == "-" ? -1 : 1) * (h * 60 + m))
    }
  }

  /// The local day and minute of an instant.
  package func local(epochSeconds seconds: Int64) -> (day: Int32, minute: Int64)? {
    guard abs(seconds) < 200_000_000_000 else { return nil }
    let shifted = seconds + 60 * Int64(offset(at: seconds))
    let day = shifted >= 0 ? shifted / 86_400 : (shifted - 86_399) / 86_400
    return (Int32(day), (shifted - day * 86_400) / 60)
  }

  /// Minutes to add to UTC.
  private func offset(at seconds: Int64) -> Int {
    switch self {
    case .fixed(let minutes): return minutes
    case .paris:
      let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
      let year = Day(number: Int32(day)).year
      guard let start = TimeZoneRule.lastSunday(year, 3),
        let end = TimeZoneRule.lastSunday(year, 10)
      else { return 60 }
      let isSummer = seconds >= start * 86_400 + 3600 && seconds < end * 86_400 + 3600
      return isSummer ? 120 : 60
    }
  }

  /// The last Sunday of a month of 31 days.
  private static func lastSunday(_ year: Int, _ month: Int) -> Int64? {
    guard let last = Day(year: year, month: month, day: 31) else { return nil }
    // 1970-01-01 was a Thursday: day 3 was a Sunday.
    let weekday = ((Int64(last.number) - 3) % 7 + 7) % 7
    return Int64(last.number) - weekday
  }
}
