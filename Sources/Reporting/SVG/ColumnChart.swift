import HTML

/// Upright bars from zero over time.
struct ColumnChart {
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
      values: marks.flatMap { [$0.value, $0.goal?.high].compactMap { $0 } },
      range: (frame.bottom, frame.top), atLeast: ceiling)
    let band = width / Double(max(marks.count, 1))
    let labelled = Axis.labelled(marks, width: width, isLine: false)
    var body = frame.name + Axis.periods(marks.map(\.short), width: width, bottom: frame.bottom)
    for (i, mark) in marks.enumerated() {
      let thick = min(band * 0.72, 44)
      let x = (Double(i) + 0.5) * band - thick / 2
      var top = frame.bottom
      if let value = mark.value {
        top = scale(max(value, 0))
        let h = max(scale(0) - top, 0.5)
        body +=
          mark.isStrong
          ? "<rect class=\"bar strong\" x=\"\(x)\" y=\"\(top)\" width=\"\(thick)\" height=\"\(h)\"/>"
          : "<rect class=\"bar\" x=\"\(x)\" y=\"\(top)\" width=\"\(thick)\" height=\"\(h)\"/>"
      } else {
        let sign = Chart.sign(mark, x: x, y: frame.bottom - 14, width: thick, height: 14)
        body += sign
        if !sign.isEmpty { top -= 14 }
      }
      if let goal = mark.goal {
        body += Chart.goal(mark, scale, from: x - 3, to: x + thick + 3)
        // The value's text keeps clear of the stroke.
        if abs(scale(goal.high) - top) < 18 { top = min(top, scale(goal.high) - 2) }
        if abs(scale(goal.low) - top) < 18 { top = min(top, scale(goal.low) - 2) }
      }
      if labelled.contains(i) {
        body += frame.text(mark.text, near: (Double(i) + 0.5) * band, y: top - 4)
      }
      body += Chart.event(mark, x: (Double(i) + 0.5) * band, bottom: frame.bottom + 25)
    }
    return Chart.image(
      width: width, height: height, title: title, description: description, body: body)
  }
}

/// The room that a chart over time has between its name and its axis.
struct TimeFrame {
  let panel: String?
  let width: Double
  let height: Double
  /// Whether the numbers of events stand below the axis.
  var hasEvents = false

  /// Where values end, and where they begin.
  var top: Double { panel == nil ? 18 : 50 }
  var bottom: Double { height - (hasEvents ? 38 : 18) }

  /// The panel's name.
  var name: Markup {
    guard let panel else { return Markup() }
    let lines = TextWidth.lines(panel, size: 12.8, into: width)
    return lines.enumerated().map { i, line -> Markup in
      "<text class=\"name\" x=\"0\" y=\"\(12 + 15 * i)\">\(line)</text>"
    }.joined()
  }

  /// A text over a place, kept inside the frame.
  func text(_ text: String, near x: Double, y: Double) -> Markup {
    let half = TextWidth.of(text, size: 12) / 2
    if x - half < 0 { return "<text x=\"0\" y=\"\(y)\">\(text)</text>" }
    if x + half > width {
      return "<text x=\"\(width)\" y=\"\(y)\" text-anchor=\"end\">\(text)</text>"
    }
    return "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"middle\">\(text)</text>"
  }
}
