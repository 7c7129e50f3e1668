/// A calendar day: days since 1 January 1970, proleptic Gregorian.
public struct Day: Sendable, Hashable, Comparable, Codable {
  /// Days since 1970-01-01; negative before.
  public var number: Int32

  /// Makes a day from its number.
  public init(number: Int32) { self.number = number }

  /// Makes a day from its civil date; nil when there is no such day (31 February).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.number = Int32(Day.number(year: year, month: month, day: day))
  }

  /// Makes a day from `YYYY-MM-DD`.
  public init?(iso text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let y = Day.digits(parts[0]), let m = Day.digits(parts[1]), let d = Day.digits(parts[2])
    else { return nil }
    self.init(year: y, month: m, day: d)
  }

  /// The civil date. Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let d = doy - (153 * mp + 2) / 5 + 1
    let m = mp < 10 ? mp + 3 : mp - 9
    return (yoe + era * 400 + (m <= 2 ? 1 : 0), m, d)
  }

  /// The year.
  public var year: Int { civil.year }

  /// `YYYY-MM-DD`.
  public var iso: String {
    let c = civil
    return "\(Day.padded(c.year, 4))-\(Day.padded(c.month, 2))-\(Day.padded(c.day, 2))"
  }

  /// 1 January of the year 1, a Monday: the first day there is.
  public static let first = Day(number: -719_162)

  /// The number of its week, Monday to Sunday (ISO 8601), counted from the first: weeks of
  /// different years have different numbers.
  public var week: Int { Int(number - Day.first.number) / 7 }

  /// The day before or after by `days`.
  public func advanced(by days: Int) -> Day { Day(number: number + Int32(days)) }

  /// The same day of another month; the last day of that month when it is shorter. Nil outside the
  /// calendar.
  public func shifted(months: Int) -> Day? {
    let c = civil
    let all = c.year * 12 + c.month - 1 + months
    let (year, month) = (all / 12, all % 12 + 1)
    guard (1...9999).contains(year) else { return nil }
    return Day(year: year, month: month, day: min(c.day, Day.length(ofMonth: month, year: year)))
  }

  /// Earlier first.
  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  /// The number of days in a month.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ y: Int) -> Bool { y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) }

  private static func number(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yoe = y - era * 400
    let doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
  }

  /// A number written in ASCII digits only: no sign, no space.
  static func digits(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  /// A number with zeros before it.
  package static func padded(_ n: Int, _ width: Int) -> String {
    let s = String(n)
    return String(repeating: "0", count: max(0, width - s.count)) + s
  }
}
