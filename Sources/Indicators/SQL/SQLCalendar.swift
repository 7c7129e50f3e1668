import Periods

/// Writes what is made of dates by the calendar.
struct SQLCalendar {
  let dialect: Dialect

  /// A function of expressions that are written already.
  func sql(_ function: CalendarFunction, _ items: [String]) -> String {
    switch function {
    case .monthStart: dialect.monthStart(dialect.dates(items[0]))
    case .monthEnd: dialect.monthEnd(dialect.dates(items[0]))
    case .months(let rule): months(rule, items)
    case .pair: "(\(dialect.words(items[0])) || '|' || \(dialect.words(items[1])))"
    }
  }

  private func months(_ rule: MonthRule, _ items: [String]) -> String {
    let opens = dialect.dates(items[0])
    let closes = dialect.dates(items[1])
    var first = dialect.greatest("COALESCE(\(opens), period.first_day)", "period.first_day")
    if items.count > 2 { first = dialect.greatest(first, dialect.dates(items[2])) }
    let last = dialect.dayBefore(
      dialect.least("COALESCE(\(closes), period.next_day)", "period.next_day"))
    let steps =
      "(\(SQLRows.step(last, .month, dialect)) - \(SQLRows.step(first, .month, dialect)))"
    let count: String
    if case .share = rule {
      let before = part(dialect.days(first, dialect.monthStart(first)), first)
      let after = part(dialect.days(dialect.monthEnd(last), last), last)
      count = "(\(steps) + 1 - \(before) - \(after))"
    } else {
      let one = flag(rule, first, last)
      let begin = flag(rule, first, dialect.monthEnd(first))
      let end = flag(rule, dialect.monthStart(last), last)
      count = "(CASE WHEN \(steps) = 0 THEN \(one) ELSE \(steps) - 1 + \(begin) + \(end) END)"
    }
    var unknown = ""
    if items.count > 2 { unknown = "WHEN \(items[2]) IS NULL THEN NULL " }
    return dialect.double("(CASE \(unknown)WHEN \(last) < \(first) THEN 0 ELSE \(count) END)")
  }

  /// Days as a part of the month that holds a date.
  private func part(_ days: String, _ date: String) -> String {
    let length = dialect.days(dialect.monthEnd(date), dialect.monthStart(date))
    return "\(dialect.double(days)) / (\(length) + 1)"
  }

  /// Whether days of one month, from one to another, make it count.
  private func flag(_ rule: MonthRule, _ first: String, _ last: String) -> String {
    let condition =
      switch rule {
      case .share: "1 = 1"
      case .atLeast(let least): "\(dialect.days(last, first)) + 1 >= \(least)"
      case .whole:
        "\(first) = \(dialect.monthStart(first)) AND \(last) = \(dialect.monthEnd(last))"
      }
    return "(CASE WHEN \(condition) THEN 1 ELSE 0 END)"
  }
}
