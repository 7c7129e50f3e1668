import HTML

/// Points on a common axis with their 95 % interval; a ring marks the previous period.
struct DotPlot {
  let marks: [Mark]
  let unit: UnitText
  let title: String
  let description: String

  func svg(width: Double = Chart.fullWidth) -> Markup {
    let range = (start: 6.0, end: width - 7)
    let values = marks.flatMap(\.extent)
    // A share has its own ends, unless all of it lies in the lower half or some of it above 1 (a
    // reach can, where many residents change).
    let scale =
      unit.unit == "share" && (0.5...1).contains(values.max() ?? 0)
      ? Scale(domain: (0, 1), range: range) : Scale(values: values, range: range)
    let bottom = Double(marks.count) * Row.height
    let body = marks.enumerated().map { i, mark in
      one(mark, top: Double(i) * Row.height, scale: scale, width: width)
    }
    return Chart.image(
      width: width, height: bottom + 16, title: title, description: description,
      body: body.joined() + Axis.horizontal(scale, unit: unit, bottom: bottom))
  }

  private func one(_ mark: Mark, top: Double, scale: Scale, width: Double) -> Markup {
    let y = top + 22
    let (low, high) = scale.domain
    var out = Row.words(mark, top: top, width: width)
    out += """
      <line class="grid" x1="\(scale.range.start)" y1="\(y)" x2="\(scale.range.end)" y2="\(y)"/>
      """
    for x in [scale(low), scale((low + high) / 2), scale(high)] {
      out += "<line class=\"grid\" x1=\"\(x)\" y1=\"\(y - 3)\" x2=\"\(x)\" y2=\"\(y + 3)\"/>"
    }
    out += Chart.goal(mark, scale, y: y)
    guard let value = mark.value else {
      return out + Chart.sign(mark, x: scale.range.start, y: y - 5.5, width: 26, height: 11)
    }
    if let low = mark.low, let high = mark.high {
      out +=
        "<line class=\"range\" x1=\"\(scale(low))\" y1=\"\(y)\" x2=\"\(scale(high))\" y2=\"\(y)\"/>"
    }
    if let previous = mark.previous {
      out += "<circle class=\"before-dot\" cx=\"\(scale(previous))\" cy=\"\(y)\" r=\"4\"/>"
    }
    return out
      + (mark.isStrong
        ? "<circle class=\"dot strong\" cx=\"\(scale(value))\" cy=\"\(y)\" r=\"5.5\"/>"
        : "<circle class=\"dot\" cx=\"\(scale(value))\" cy=\"\(y)\" r=\"5.5\"/>")
  }
}
