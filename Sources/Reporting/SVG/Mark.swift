import Disclosure
import HTML

/// One datum of a chart. It has a value only when the cell is given.
struct Mark: Sendable {
  /// What it stands for, and a shorter form for narrow places.
  var label: String, short: String
  /// What stands in the cell.
  var status: CellStatus
  /// The value, and as text: the same text as in the table.
  var value: Double?, text: String
  /// The value of the previous period, and the 95 % interval.
  var previous: Double?, low: Double?, high: Double?
  /// The target, from end to end; both ends are equal when one value is to be reached.
  var goal: (low: Double, high: Double)?
  /// The number under which an event of its time is told below the chart.
  var event: Int?
  /// Whether it stands out: the total among residences, the period reported among others.
  var isStrong: Bool

  init(
    label: String, short: String? = nil, row: ReleasedRow?, unit: UnitText,
    previous: ReleasedRow? = nil, isStrong: Bool = false
  ) {
    self.label = label
    self.short = short ?? label
    status = row?.status ?? .noData
    value = row?.value
    text = unit.text(row) ?? Sign.text(status, unit.numbers.language)
    self.previous = row?.value == nil ? nil : previous?.value
    low = row?.low
    high = row?.high
    self.isStrong = isStrong
  }

  /// A number that follows from given cells, with its text; without a number, what stands there.
  init(label: String, value: Double?, text: String, status: CellStatus) {
    (self.label, short) = (label, label)
    (self.value, self.text, self.status) = (value, text, status)
    isStrong = false
  }

  /// Every number that decides how far an axis must reach.
  var extent: [Double] { [value, previous, low, high, goal?.low, goal?.high].compactMap { $0 } }
}

/// The frame of a chart.
enum Chart {
  /// The widest a chart may be: it fits a screen of 320 pixels, and text is never shrunk.
  static let fullWidth = 280.0
  /// The width of a panel of small multiples: two on a phone.
  static let panelWidth = 132.0

  /// An image with a name and a description for those who do not see it.
  static func image(
    width: Double, height: Double, title: String, description: String, body: Markup
  ) -> Markup {
    """
    <svg class="chart" role="img" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)"><title>\(title)</title><desc>\(description)</desc>\
    \(body)</svg>
    """
  }

  /// The hatching of withheld cells, once a page.
  static let hatching: Markup = """
    <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>\
    <pattern id="hachures" width="5" height="5" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect class="hatch" width="2" height="5"/></pattern></defs></svg>
    """

  /// The sign of a cell that is not given: hatched when withheld, and of one size always.
  static func sign(_ mark: Mark, x: Double, y: Double, width: Double, height: Double) -> Markup {
    guard mark.status == .withheld || mark.status == .notKnownEnough else { return Markup() }
    return """
      <rect class="withheld" x="\(x)" y="\(y)" width="\(width)" height="\(height)" \
      fill="url(#hachures)"/>
      """
  }

  /// The target of a horizontal chart: a short upright stroke with feet, from end to end.
  static func goal(_ mark: Mark, _ scale: Scale, y: Double) -> Markup {
    guard let goal = mark.goal else { return Markup() }
    let (a, b) = (scale(goal.low), scale(goal.high))
    let bar: Markup =
      a == b
      ? Markup() : "<line class=\"goal\" x1=\"\(a)\" y1=\"\(y + 8)\" x2=\"\(b)\" y2=\"\(y + 8)\"/>"
    let ends = (a == b ? [a] : [a, b]).map { x -> Markup in
      "<line class=\"goal\" x1=\"\(x)\" y1=\"\(y + 3)\" x2=\"\(x)\" y2=\"\(y + 11)\"/>"
    }
    return bar + ends.joined()
  }

  /// The target of a chart over time: a level stroke as wide as its period.
  static func goal(_ mark: Mark, _ scale: Scale, from x: Double, to end: Double) -> Markup {
    guard let goal = mark.goal else { return Markup() }
    let levels = goal.low == goal.high ? [goal.low] : [goal.low, goal.high]
    return levels.map { level -> Markup in
      let y = scale(level)
      return "<line class=\"goal\" x1=\"\(x)\" y1=\"\(y)\" x2=\"\(end)\" y2=\"\(y)\"/>"
    }.joined()
  }

  /// The number of an event, in a ring on the axis.
  static func event(_ mark: Mark, x: Double, bottom: Double) -> Markup {
    guard let number = mark.event else { return Markup() }
    return """
      <circle class="event" cx="\(x)" cy="\(bottom)" r="8"/>\
      <text class="tick" x="\(x)" y="\(bottom + 3.5)" text-anchor="middle">\(number)</text>
      """
  }

  /// The rules for charts.
  static let style: Style = """
    .defs{position:absolute}.hatch{fill:var(--soft)}
    .chart{display:block;overflow:visible}
    .chart text{fill:var(--ink);font-size:12px;font-variant-numeric:tabular-nums}
    .chart .tick{fill:var(--soft);font-size:11px}
    .chart .name{font-weight:600}
    .bar,.dot{fill:var(--mark)}.bar.strong,.dot.strong{fill:var(--strong)}
    .line{fill:none;stroke:var(--mark);stroke-width:2.5;stroke-linejoin:round}
    .range{stroke:var(--ink);stroke-width:2}
    .axis{stroke:var(--soft);stroke-width:1}.grid{stroke:var(--line);stroke-width:1}
    .equal{stroke:var(--ink);stroke-width:1;stroke-dasharray:4 3}
    .rim{stroke:var(--paper);stroke-width:4}
    .goal{stroke:var(--warm);stroke-width:3}
    .event{fill:var(--paper);stroke:var(--ink);stroke-width:1}
    .before{stroke:var(--ink);stroke-width:2}
    .before-dot{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
    .withheld{stroke:var(--soft);stroke-width:1}
    .multiples{display:grid;grid-template-columns:repeat(2,132px);gap:1rem .75rem}
    @media (min-width:40rem){.multiples{grid-template-columns:repeat(4,132px);gap:1.2rem 2rem}}
    @media (min-width:75rem){.multiples{grid-template-columns:repeat(8,132px);gap:1rem .75rem}}
    @media print{.chart,.multiples{break-inside:avoid}
    .multiples{grid-template-columns:repeat(4,132px);gap:2mm 8mm}}
    """
}
