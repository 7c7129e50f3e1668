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
    let years = Set(own.compactMap { maker.before($0, scope.place)?.period })
    // One year heads the column, unless surveys bring another.
    let before = years.count == 1 ? years.first.map(numbers.shortPeriod) : words.earlier
    return TableView(
      caption: "\(caption), \(scope.residence?.name ?? words.all), \(numbers.period(facts.period))",
      heads: [
        words.indicator, words.level, before ?? words.earlier, numbers.shortPeriod(facts.period),
        words.overYear,
        words.course, words.goal, words.base, words.interval,
        scope.residence == nil ? words.spread : words.allShort,
      ],
      rows: own.map { line($0, scope, withLevel: withLevel, withYear: years.count > 1) })
  }

  private func line(_ own: Cells, _ scope: DocumentScope, withLevel: Bool, withYear: Bool)
    -> TableView.Row
  {
    let now = own.row(scope.place, facts.period)
    let before = maker.before(own, scope.place)
    var earlier = TableView.Cell("")
    if let before {
      earlier = maker.value(before.row, own.unit)
      if withYear { earlier.under = [numbers.shortPeriod(before.period)] }
    }
    var change = TableView.Cell("")
    if let moved = own.change(now, before?.row) {
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
        earlier, maker.value(now, own.unit), change, course, goal,
        TableView.Cell(now.flatMap { own.base($0, words) } ?? ""), interval, other,
      ])
    row.under = Typography.text(own.heading.counts, language)
    return row
  }

  /// The signs of a table of indicators.
  func legend(_ own: [Cells], _ scope: DocumentScope) -> Markup {
    let isSampled = own.contains { cells in
      cells.change(cells.row(scope.place, facts.period), maker.before(cells, scope.place)?.row)?
        .isWithinError == true
    }
    let signs = signs(own.map { ($0, [$0.row(scope.place, facts.period)]) }, also: isSampled)
    return signs.isEmpty ? Markup() : "<div class=\"notes\">\(signs)</div>\n"
  }
}
