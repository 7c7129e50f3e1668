import Diagnostics
import Model

/// What is made of the dates of a row by the calendar.
enum CalendarFunction: Sendable, Hashable {
  /// The first or the last day of the month of a date.
  case monthStart, monthEnd
  /// The months of the period on which a row of a register holds: from its first day (and a later
  /// one, where a third date is given) to before its last.
  case months(MonthRule)
  /// Two values as one.
  case pair
}

/// Which months count, and for how much.
enum MonthRule: Sendable, Hashable {
  /// Each for the share of its days.
  case share
  /// Those of which so many days are there, for one.
  case atLeast(Int)
  /// Those that are there from the first day to the last, for one.
  case whole
}

extension RowChecker {
  /// Checks `month_start(date)`, `month_end(date)`, `months_present(register, …)` and
  /// `pair(path, path)`.
  func calendar(_ name: String, _ arguments: [SyntaxArgument], offset: Int)
    throws(FormulaError) -> (RowExpression, RowType)
  {
    guard let first = arguments.first else { throw arity(name, offset) }
    let call = Call(name: name, first: first, arguments: arguments, offset: offset)
    switch name {
    case "months_present": return (try months(call), .number)
    case "pair":
      try call.allow(labels: [], positional: 2)
      guard arguments.count == 2 else { throw arity(name, offset) }
      let (a, left) = try category(first.value)
      let (b, right) = try category(arguments[1].value)
      return (.calendar(.pair, [a, b]), .code(domain: "pair \(left) \(right)"))
    default:
      try call.allow(labels: [], positional: 1)
      let function = name == "month_start" ? CalendarFunction.monthStart : .monthEnd
      return (.calendar(function, [try day(first.value)]), .day)
    }
  }

  private func months(_ call: Call) throws(FormulaError) -> RowExpression {
    try call.allow(labels: ["since", "at_least", "whole"], positional: 1)
    let register = try register(call.first.value)
    var rule = MonthRule.share
    if call.labelled("whole") != nil {
      _ = try call.word("whole", among: ["yes"])
      rule = .whole
    }
    if let least = call.labelled("at_least") {
      guard rule == .share, case .number(let value, _) = least, value == value.rounded(),
        (1...28).contains(value)
      else {
        throw FormulaError(
          at: least.offset, code: "formula.arguments",
          fr: "« at_least: » demande un nombre de jours de 1 à 28, sans « whole: »",
          en: "“at_least:” needs a number of days from 1 to 28, without “whole:”")
      }
      rule = .atLeast(Int(value))
    }
    var items = [RowExpression.path(register.from), .path(register.to)]
    if let since = call.labelled("since") { items.append(try day(since)) }
    return .calendar(.months(rule), items)
  }

  private func arity(_ name: String, _ offset: Int) -> FormulaError {
    FormulaError(
      at: offset, code: "formula.arguments", fr: "« \(name) » : nombre d’arguments incorrect",
      en: "“\(name)”: wrong number of arguments")
  }
}
