import Columns
import Periods

/// What is made of the dates of rows by the calendar.
extension RowEvaluator {
  func calendar(_ function: CalendarFunction, _ items: [RowExpression]) -> Vector {
    switch function {
    case .monthStart: month(items[0]) { $0.first }
    case .monthEnd: month(items[0]) { $0.last }
    case .months(let rule): .number(months(rule, since: items.count > 2 ? items[2] : nil))
    case .pair: pairs(items[0], items[1])
    }
  }

  private func month(_ date: RowExpression, _ end: (MonthSpan) -> Day) -> Vector {
    guard case .ordinal(let days) = vector(date) else {
      return .ordinal([Int32](repeating: Column.missingDay, count: rowCount))
    }
    return .ordinal(
      days.map { $0 == Column.missingDay ? $0 : end(MonthSpan(of: Day(number: $0))).number })
  }

  /// The months of the period on which each row of a register holds.
  private func months(_ rule: MonthRule, since: RowExpression?) -> [Double] {
    guard let period else { return [Double](repeating: .nan, count: rowCount) }
    let whole = (period.first.number, Int64(period.last.number) + 1)
    var (from, to) = domain == .rows ? frame.validity(base) : ([], [])
    // Where no row has an end, one value stands for all.
    if from.count != rowCount { from = [Int32](repeating: Column.missingDay, count: rowCount) }
    if to.count != rowCount { to = [Int32](repeating: .max, count: rowCount) }
    var later: [Int32]?
    if let since, case .ordinal(let days) = vector(since) { later = days }
    return from.indices.map { row in
      if let later, later[row] == Column.missingDay { return .nan }
      let first = max(max(from[row], whole.0), later?[row] ?? whole.0)
      let next = min(Int64(to[row]), whole.1)
      if Int64(first) >= next { return 0 }
      return rule.months(from: Day(number: first), through: Day(number: Int32(next - 1)))
    }
  }

  /// One code for each two values met together.
  private func pairs(_ a: RowExpression, _ b: RowExpression) -> Vector {
    let (left, right) = (vector(a).dense.codes, vector(b).dense.codes)
    var known: [Int64: Int32] = [:]
    return .ordinal(
      zip(left, right).map { x, y in
        if x < 0 || y < 0 { return Column.missingDay }
        let both = Int64(x) << 32 | Int64(y)
        if let code = known[both] { return code }
        let code = Int32(known.count)
        known[both] = code
        return code
      })
  }
}

/// The month that holds a day.
private struct MonthSpan {
  let first: Day
  let last: Day

  init(of day: Day) {
    let start = day.number - Int32(day.civil.day) + 1
    first = Day(number: start)
    // Every month has fewer than 32 days, and the month after it more than 3.
    let next = Day(number: start + 31)
    last = Day(number: next.number - Int32(next.civil.day))
  }

  var days: Int32 { last.number - first.number + 1 }
}

extension MonthRule {
  /// The months of a span of days, its last day included.
  fileprivate func months(from first: Day, through last: Day) -> Double {
    let (start, end) = (MonthSpan(of: first), MonthSpan(of: last))
    let steps = Step.month.index(of: last) - Step.month.index(of: first)
    if case .share = self {
      // From the beginning of the first month to the end of the last, less what is not there.
      return Double(steps + 1) - Double(first.number - start.first.number) / Double(start.days)
        - Double(end.last.number - last.number) / Double(end.days)
    }
    if steps == 0 { return counts(first, last, of: start) ? 1 : 0 }
    return Double(steps - 1) + (counts(first, start.last, of: start) ? 1 : 0)
      + (counts(end.first, last, of: end) ? 1 : 0)
  }

  private func counts(_ first: Day, _ last: Day, of month: MonthSpan) -> Bool {
    let days = last.number - first.number + 1
    switch self {
    case .share: return true
    case .atLeast(let least): return days >= least
    case .whole: return days == month.days
    }
  }
}
