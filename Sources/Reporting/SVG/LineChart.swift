import HTML

/// A line over time from zero, broken where a value is not given.
struct LineChart {
  let marks: [Mark]
  /// The name of a panel among small multiples; nil for a chart that stands alone.
  let panel: String?
  /// The largest value of all panels that are read together.
  let ceiling: Double
  let title: String
  let description: String

  func svg(width: Double, height: Double) -> Markup {
    let frame = TimeFrame(
      panel: panel, width: width, height: height, hasEvents: marks.contains { $0.event != nil })
    let scale = Scale(
      values: marks.flatMap { [$0.value, $0.high, $0.goal?.high].compactMap { $0 } },
      range: (frame.bottom, frame.top), atLeast: ceiling)
    let band = width / Double(max(marks.count, 1))
    func x(_ i: Int) -> Double { (Double(i) + 0.5) * band }
    let labelled = Axis.labelled(marks, width: width, isLine: true)
    var body = frame.name + Axis.periods(marks.map(\.short), width: width, bottom: frame.bottom)
    for i in marks.indices.dropFirst() {
      if let a = marks[i - 1].value, let b = marks[i].value {
        body += """
          <line class="line" x1="\(x(i - 1))" y1="\(scale(a))" x2="\(x(i))" y2="\(scale(b))"/>
          """
      }
    }
    for (i, mark) in marks.enumerated() {
      var top = frame.bottom
      if let value = mark.value {
        let y = scale(value)
        if let low = mark.low, let high = mark.high {
          body += """
            <line class="range" x1="\(x(i))" y1="\(scale(low))" x2="\(x(i))" y2="\(scale(high))"/>
            """
          top = scale(high) + 4
        } else {
          top = y - 4
        }
        body +=
          mark.isStrong
          ? "<circle class=\"dot strong\" cx=\"\(x(i))\" cy=\"\(y)\" r=\"4.5\"/>"
          : "<circle class=\"dot\" cx=\"\(x(i))\" cy=\"\(y)\" r=\"4\"/>"
      } else {
        let sign = Chart.sign(mark, x: x(i) - 9, y: frame.bottom - 14, width: 18, height: 14)
        body += sign
        if !sign.isEmpty { top -= 14 }
      }
      if let goal = mark.goal {
        body += Chart.goal(mark, scale, from: x(i) - 14, to: x(i) + 14)
        for level in [goal.high, goal.low] where abs(scale(level) - top) < 18 {
          top = min(top, scale(level) - 2)
        }
      }
      if labelled.contains(i) { body += frame.text(mark.text, near: x(i), y: top - 4) }
      body += Chart.event(mark, x: x(i), bottom: frame.bottom + 25)
    }
    return Chart.image(
      width: width, height: height, title: title, description: description, body: body)
  }
}
