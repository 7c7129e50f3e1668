import Diagnostics
import Periods

/// What becomes of a heading that says a day.
enum ResolvedDate: Equatable {
  case day(Int32)
  /// Several days under one heading.
  case days([Int32])
  case refused(DateFault)
}

/// Why a heading gives no day.
enum DateFault: String {
  case impossible = "date.impossible"
  case monthFirst = "date.month-first"
  case withoutYear = "date.without-year"
  case withoutMonth = "date.without-month"
  case withoutWeek = "date.without-week"
  case recurring = "date.recurring"
}

/// Gives days to all the headings of a sheet together: one order, years that run on.
struct DateResolver {
  /// The order that the user gave.
  var order: DateOrder?

  /// The order of all the headings of a file.
  ///
  /// - Throws: `Failure` with status `usage` when both orders make as much sense.
  static func order(of dates: [HeadingDate], hint: PeriodHint, file: String) throws(Failure)
    -> DateOrder
  {
    var style = DateStyle()
    var open = Set<[Int]>()
    var pairs: [(day: Int32?, month: Int32?)] = []
    func observe(_ date: HeadingDate) {
      switch date {
      case .numbers(let a, let b, let year, isOrdered: false):
        let cell = DateCell.numeric(a, b, year ?? Int16(clamping: hint.year ?? 2024))
        // Even a day that does not exist shows which number cannot be the month.
        if (13...31).contains(a) != (13...31).contains(b) {
          style.observe(.numeric(min(a, 28), min(b, 28), 2023))
          return
        }
        guard let day = cell.day(.dayFirst), let month = cell.day(.monthFirst), a != b else {
          return
        }
        pairs.append((day, month))
        open.insert([Int(a), Int(b)])
      case .list(let all): all.forEach(observe)
      case .range(let a, let b):
        observe(a)
        observe(b)
      case .day, .numbers, .dayNumber, .weekday, .recurring, .impossible: break
      }
    }
    dates.forEach(observe)
    if style.dayFirst > 0 || style.monthFirst > 0 { return style.order }
    // One day alone is read as the French write it.
    guard open.count >= 2 else { return .dayFirst }
    func isOfMonth(_ day: Int32?) -> Bool { day.map { Day(number: $0).civil.month } == hint.month }
    if hint.month != nil, pairs.contains(where: { isOfMonth($0.day) != isOfMonth($0.month) }) {
      let first = pairs.count { isOfMonth($0.day) }
      return first * 2 >= pairs.count ? .dayFirst : .monthFirst
    }
    // Sessions of one sheet lie close together.
    func span(_ days: [Int32]) -> Int { Int(days.max() ?? 0) - Int(days.min() ?? 0) }
    let (dayFirst, monthFirst) = (span(pairs.compactMap(\.day)), span(pairs.compactMap(\.month)))
    if dayFirst * 2 < monthFirst { return .dayFirst }
    throw Failure(
      .usage, code: "date.ambiguous",
      fr: "dates à deux lectures : jour/mois ou mois/jour, rien dans la feuille ne le dit",
      en: "dates with two readings: day/month or month/day, nothing in the sheet tells",
      remedy: Phrase(
        fr: "dites-le avec --date-order dmy (jour d’abord) ou --date-order mdy (mois d’abord)",
        en: "say it with --date-order dmy (day first) or --date-order mdy (month first)"),
      at: SourceLocation(file: file))
  }

  /// The days of headings in the order of the sheet, which share a period.
  func resolve(_ dates: [(date: HeadingDate, month: PeriodHint)], hint: PeriodHint)
    -> [ResolvedDate]
  {
    var years = YearRun(hint)
    return dates.map { entry in
      // A year beside the heading settles it; one in the title only begins the run.
      if let year = entry.month.year { years.begin(year) }
      return resolve(entry.date, entry.month.or(hint), &years)
    }
  }

  private func resolve(_ date: HeadingDate, _ hint: PeriodHint, _ years: inout YearRun)
    -> ResolvedDate
  {
    switch date {
    case .day(let number):
      years.see(Day(number: number))
      return .day(number)
    case .numbers(let a, let b, let year, let isOrdered):
      let order = isOrdered ? .dayFirst : self.order ?? .dayFirst
      let (d, m) = order == .dayFirst ? (Int(a), Int(b)) : (Int(b), Int(a))
      guard (1...12).contains(m) else {
        let swapped = (1...12).contains(d) && (1...31).contains(m)
        return .refused(swapped ? .monthFirst : .impossible)
      }
      return civil(year.map(Int.init), m, d, hint, &years)
    case .dayNumber(let d):
      guard let month = hint.month else { return .refused(.withoutMonth) }
      return civil(nil, month, Int(d), hint, &years)
    case .weekday(let weekday):
      guard let week = hint.week, case .days(let days) = resolve(week, hint, &years),
        // 1970-01-01 was a Thursday.
        let day = days.first(where: { (($0 + 3) % 7 + 7) % 7 == Int32(weekday) })
      else { return .refused(.withoutWeek) }
      return .day(day)
    case .list(let all):
      let days = all.map { resolve($0, hint, &years) }
      var out: [Int32] = []
      for day in days {
        guard case .day(let number) = day else { return day }
        out.append(number)
      }
      return .days(out)
    case .range(let first, let last):
      let ends = [resolve(first, hint, &years), resolve(last, hint, &years)]
      guard case .day(let from) = ends[0] else { return ends[0] }
      guard case .day(let to) = ends[1] else { return ends[1] }
      guard from <= to, to - from < 31 else { return .refused(.impossible) }
      return .days(Array(from...to))
    case .recurring: return .refused(.recurring)
    case .impossible: return .refused(.impossible)
    }
  }

  private func civil(
    _ year: Int?, _ month: Int, _ day: Int, _ hint: PeriodHint, _ years: inout YearRun
  ) -> ResolvedDate {
    guard let year = year ?? years.year(ofMonth: month, hint) else { return .refused(.withoutYear) }
    guard let found = Day(year: year, month: month, day: day) else { return .refused(.impossible) }
    years.see(found)
    return .day(found.number)
  }
}

/// The year of months that do not say theirs: it runs on across 31 December.
private struct YearRun {
  private let season: Int?
  private var year: Int?
  private var month: Int?

  init(_ hint: PeriodHint) {
    season = hint.season
    year = hint.year
  }

  mutating func begin(_ year: Int) {
    self.year = year
    month = nil
  }

  mutating func see(_ day: Day) {
    year = day.civil.year
    month = day.civil.month
  }

  func year(ofMonth next: Int, _ hint: PeriodHint) -> Int? {
    // A school year begins in August at the earliest.
    if let season = hint.season ?? season { return next >= 8 ? season : season + 1 }
    guard let year = year ?? hint.year else { return nil }
    // From November on to January; two weeks back within a year are a slip, not a year.
    if let month, next + 6 <= month { return year + 1 }
    return year
  }
}
