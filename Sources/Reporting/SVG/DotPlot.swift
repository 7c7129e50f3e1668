import HTML

/// Points on a common axis with their 95 % interval; a ring marks the previous period.
struct DotPlot {
  let marks: [Mark]
  let unit: UnitText
  let title: String
  let description: String

  private let row = 35.0

  func svg(width: Double = Chart.fullWidth) -> Markup {
    let valueWidth = marks.map { TextWidth.of($0.text, size: 12) }.max() ?? 0
    let range = (start: 6.0, end: width - valueWidth - 14)
    let values = marks.flatMap(\.extent)
    // A share has its own ends unless all of it happens in a part of them.
    let scale =
      unit.unit == "share" && (values.max() ?? 0) > 0.5
      ? Scale(domain: (0, 1), range: range) : Scale(values: values, range: range)
    let height = Double(marks.count) * row
    let axis = Axis.horizontal(scale, unit: unit, top: 15, bottom: height)
    let body = marks.enumerated().map { i, mark in
      one(mark, top: Double(i) * row, scale: scale, width: width)
    }
    return Chart.image(
      width: width, height: height + 16, title: title, description: description,
      body: axis + body.joined())
  }

  private func one(_ mark: Mark, top: Double, scale: Scale, width: Double) -> Markup {
    let label = TextWidth.fit(mark.label, size: 12, into: width)
    let name: Markup =
      mark.isStrong
      ? "<text class=\"name\" x=\"0\" y=\"\(top + 11)\">\(label)</text>"
      : "<text x=\"0\" y=\"\(top + 11)\">\(label)</text>"
    let y = top + 23
    let text: Markup =
      "<text x=\"\(width)\" y=\"\(y + 4)\" text-anchor=\"end\">\(mark.text)</text>"
    guard let value = mark.value else {
      return name + Chart.sign(mark, x: scale.range.start, y: y - 6, width: 26, height: 12) + text
    }
    var out = name
    if let low = mark.low, let high = mark.high {
      out +=
        "<line class=\"range\" x1=\"\(scale(low))\" y1=\"\(y)\" x2=\"\(scale(high))\" y2=\"\(y)\"/>"
    }
    if let previous = mark.previous {
      out += "<circle class=\"before-dot\" cx=\"\(scale(previous))\" cy=\"\(y)\" r=\"3.5\"/>"
    }
    out +=
      mark.isStrong
      ? "<circle class=\"dot strong\" cx=\"\(scale(value))\" cy=\"\(y)\" r=\"5.5\"/>"
      : "<circle class=\"dot\" cx=\"\(scale(value))\" cy=\"\(y)\" r=\"5.5\"/>"
    return out + text
  }
}
