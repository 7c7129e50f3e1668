import HTML

/// Horizontal bars from zero; a tick marks the previous period.
struct BarChart {
  let marks: [Mark]
  let title: String
  let description: String

  func svg(width: Double = Chart.fullWidth) -> Markup {
    let scale = Scale(values: marks.flatMap(\.extent), range: (0.5, width - 1))
    let body = marks.enumerated().map { i, mark in
      one(mark, top: Double(i) * Row.height, scale: scale, width: width)
    }
    return Chart.image(
      width: width, height: Double(marks.count) * Row.height, title: title,
      description: description, body: body.joined())
  }

  private func one(_ mark: Mark, top: Double, scale: Scale, width: Double) -> Markup {
    let words = Row.words(mark, top: top, width: width)
    let y = top + 16
    let zero: Markup = """
      <line class="axis" x1="\(scale(0))" y1="\(y - 1)" x2="\(scale(0))" y2="\(y + 12)"/>
      """
    let goal = Chart.goal(mark, scale, y: y + 5.5)
    guard let value = mark.value else {
      return words + Chart.sign(mark, x: scale(0), y: y, width: 26, height: 11) + zero + goal
    }
    let from = min(scale(0), scale(value))
    let length = max(abs(scale(value) - scale(0)), 0.5)
    var out =
      words
      + (mark.isStrong
        ? "<rect class=\"bar strong\" x=\"\(from)\" y=\"\(y)\" width=\"\(length)\" height=\"11\"/>"
        : "<rect class=\"bar\" x=\"\(from)\" y=\"\(y)\" width=\"\(length)\" height=\"11\"/>")
    if let previous = mark.previous {
      // A rim of paper keeps the tick in sight on a dark bar.
      let x = scale(previous)
      out += """
        <line class="rim" x1="\(x)" y1="\(y - 1.5)" x2="\(x)" y2="\(y + 12.5)"/>\
        <line class="before" x1="\(x)" y1="\(y - 1.5)" x2="\(x)" y2="\(y + 12.5)"/>
        """
    }
    return out + zero + goal
  }
}
