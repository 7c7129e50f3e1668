import Diagnostics
import Disclosure
import HTML
import Periods

/// Tables of indicators: one a line, the period beside the one before it.
extension Pages {
  /// Values of indicators at the place that a document is about.
  func table(_ own: [Cells], _ scope: DocumentScope, caption: String, withLevel: Bool = false)
    -> TableView
  {
    let before = facts.previous.map(numbers.shortPeriod) ?? ""
    return TableView(
      caption: "\(caption), \(scope.residence?.name ?? words.all), \(numbers.period(facts.period))",
      heads: [
        words.indicator, words.level, before, numbers.shortPeriod(facts.period), words.overYear,
        words.course, words.goal, words.base, words.interval,
        scope.residence == nil ? words.spread : words.allShort,
      ],
      rows: own.map { line($0, scope, withLevel: withLevel) })
  }

  private func line(_ own: Cells, _ scope: DocumentScope, withLevel: Bool) -> TableView.Row {
    let now = own.row(scope.place, facts.period)
    let before = own.row(scope.place, facts.previous)
    var change = TableView.Cell("")
    if let moved = own.change(now, before) {
      change = TableView.Cell(moved.marked, under: [moved.margin].compactMap { $0 })
    }
    var course = TableView.Cell("")
    course.drawing = Sparkline(
      marks: maker.years.map { Mark(label: "", row: own.row(scope.place, $0), unit: own.unit) }
    ).svg(width: 60, height: 20)
    var goal = TableView.Cell("")
    if let target = maker.goal(of: own, scope.place, facts.period) {
      goal = TableView.Cell(maker.told(target, own.unit))
      if let value = now?.value,
        let isReached = maker.isReached(target, by: value, direction: own.heading.direction)
      {
        goal.under = [words.isReached(isReached)]
      }
    }
    var interval = TableView.Cell("")
    if let low = now?.low, let high = now?.high, !own.unit.isRange {
      interval = TableView.Cell("\(own.unit.cell(low)) – \(own.unit.cell(high))")
    }
    var other = TableView.Cell("")
    if scope.residence == nil {
      other = TableView.Cell(maker.spread(own))
    } else if own.isComparable {
      other = maker.value(own.row("_total", facts.period), own.unit)
    }
    var row = TableView.Row(
      Typography.text(own.heading.title, language), link: link(to: own.heading.id),
      [
        TableView.Cell(withLevel ? words.levelOfOne(own.heading.level) : ""),
        before?.value == nil ? TableView.Cell("") : maker.value(before, own.unit),
        maker.value(now, own.unit), change, course, goal,
        TableView.Cell(now.flatMap { own.base($0, words) } ?? ""), interval, other,
      ])
    row.under = Typography.text(own.heading.counts, language)
    return row
  }

  /// The signs of a table of indicators.
  func legend(_ own: [Cells], _ scope: DocumentScope) -> Markup {
    let isSampled = own.contains { cells in
      cells.change(cells.row(scope.place, facts.period), cells.row(scope.place, facts.previous))?
        .isWithinError == true
    }
    let signs = signs(own.map { $0.row(scope.place, facts.period) }, also: isSampled)
    return signs.isEmpty ? Markup() : "<div class=\"notes\">\(signs)</div>\n"
  }
}
