import HTML

/// A share that falls from all as time goes on: each point stands at its time, and the scale goes from
/// nobody to all.
struct RetentionChart {
  /// Times, ascending, with what is left then; a point that is not given breaks the line.
  let points: [(time: Double, mark: Mark)]
  let numbers: NumberText
  let title: String
  let description: String

  func svg() -> Markup {
    let (width, height) = (Chart.fullWidth, 168.0)
    let bottom = height - 22
    let x = Scale(domain: (0, points.last?.time ?? 1), range: (10, width - 26))
    let y = Scale(domain: (0, 1), range: (bottom, 22))
    var labels = Labels(width: width, height: height)
    var body: Markup = """
      <line class="axis" x1="0" y1="\(bottom)" x2="\(width)" y2="\(bottom)"/>\
      <line class="grid" x1="0" y1="\(y(0.5))" x2="\(width)" y2="\(y(0.5))"/>\
      <line class="grid" x1="0" y1="\(y(1))" x2="\(width)" y2="\(y(1))"/>
      """
    let all = [(0.0, 1.0 as Double?)] + points.map { ($0.time, $0.mark.value) }
    for (a, b) in zip(all, all.dropFirst()) {
      if let from = a.1, let to = b.1 {
        body += """
          <line class="line" x1="\(x(a.0))" y1="\(y(from))" x2="\(x(b.0))" y2="\(y(to))"/>
          """
      }
    }
    body += "<circle class=\"before-dot\" cx=\"\(x(0))\" cy=\"\(y(1))\" r=\"3.5\"/>"
    _ = labels.put(numbers.percent(1), x: 0, y: y(1) - 8, .start)
    // The last point says most, then the first.
    let order = points.indices.sorted { a, b in
      (a == points.count - 1 ? -1 : a) < (b == points.count - 1 ? -1 : b)
    }
    for i in order {
      let (time, mark) = points[i]
      let px = x(time)
      body += """
        <line class="axis" x1="\(px)" y1="\(bottom)" x2="\(px)" y2="\(bottom + 4)"/>
        """
      let isLast = i == points.count - 1
      _ = labels.put(
        mark.short, x: isLast ? width : px, y: bottom + 17, isLast ? .end : .middle, size: 11,
        isTick: true)
      guard let value = mark.value else {
        body += Chart.sign(mark, x: px - 7, y: bottom - 14, width: 14, height: 14)
        continue
      }
      let py = y(value)
      if let low = mark.low, let high = mark.high {
        body += """
          <line class="range" x1="\(px)" y1="\(y(low))" x2="\(px)" y2="\(y(high))"/>
          """
      }
      if let previous = mark.previous {
        body += "<circle class=\"before-dot\" cx=\"\(px)\" cy=\"\(y(previous))\" r=\"4\"/>"
      }
      body +=
        isLast
        ? "<circle class=\"dot strong\" cx=\"\(px)\" cy=\"\(py)\" r=\"4.5\"/>"
        : "<circle class=\"dot\" cx=\"\(px)\" cy=\"\(py)\" r=\"4\"/>"
      let highest = min(py, mark.high.map { y($0) } ?? py, mark.previous.map { y($0) } ?? py)
      let lowest = max(py, mark.low.map { y($0) } ?? py, mark.previous.map { y($0) } ?? py)
      let at = isLast ? width : px
      let anchor: Labels.Anchor = isLast ? .end : .middle
      if !labels.put(mark.text, x: at, y: highest - 9, anchor) {
        _ = labels.put(mark.text, x: at, y: min(lowest + 18, bottom - 4), anchor)
      }
    }
    return Chart.image(
      width: width, height: height, title: title, description: description,
      body: body + labels.markup)
  }
}
