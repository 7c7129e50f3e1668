import HTML

/// Horizontal bars from zero, the label above each bar, the value at its end; a tick marks the
/// previous period.
struct BarChart {
  let marks: [Mark]
  let title: String
  let description: String

  private let row = 35.0

  func svg(width: Double = Chart.fullWidth) -> Markup {
    let valueWidth = marks.map { TextWidth.of($0.text, size: 12) }.max() ?? 0
    let scale = Scale(
      values: marks.flatMap(\.extent), range: (0.5, width - valueWidth - 8))
    let body = marks.enumerated().map { i, mark in
      one(mark, top: Double(i) * row, scale: scale, width: width)
    }
    let height = Double(marks.count) * row
    let axis: Markup = """
      <line class="axis" x1="\(scale(0))" y1="15" x2="\(scale(0))" y2="\(height - 1)"/>
      """
    return Chart.image(
      width: width, height: height, title: title, description: description,
      body: body.joined() + axis)
  }

  private func one(_ mark: Mark, top: Double, scale: Scale, width: Double) -> Markup {
    let label = TextWidth.fit(mark.label, size: 12, into: width)
    let name: Markup =
      mark.isStrong
      ? "<text class=\"name\" x=\"0\" y=\"\(top + 11)\">\(label)</text>"
      : "<text x=\"0\" y=\"\(top + 11)\">\(label)</text>"
    guard let value = mark.value else {
      let sign = Chart.sign(mark, x: scale(0), y: top + 17, width: 26, height: 12)
      let x = sign.isEmpty ? 6.0 : 34
      return name + sign + "<text x=\"\(x)\" y=\"\(top + 27.5)\">\(mark.text)</text>"
    }
    let from = min(scale(0), scale(value))
    let length = max(abs(scale(value) - scale(0)), 0.5)
    let bar: Markup =
      mark.isStrong
      ? "<rect class=\"bar strong\" x=\"\(from)\" y=\"\(top + 17)\" width=\"\(length)\" height=\"12\"/>"
      : "<rect class=\"bar\" x=\"\(from)\" y=\"\(top + 17)\" width=\"\(length)\" height=\"12\"/>"
    var tick = Markup()
    var end = from + length
    if let previous = mark.previous {
      let x = scale(previous)
      tick =
        "<line class=\"before\" x1=\"\(x)\" y1=\"\(top + 15)\" x2=\"\(x)\" y2=\"\(top + 31)\"/>"
      end = max(end, x + 1)
    }
    return name + bar + tick
      + "<text x=\"\(end + 5)\" y=\"\(top + 27.5)\">\(mark.text)</text>"
  }
}
