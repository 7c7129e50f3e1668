import HTML

/// The Lorenz curve: what part of the total the least of the units have together, in a square, beside
/// the line of those who all have the same.
///
/// Lorenz 1905, Publications of the American Statistical Association 9(70).
struct LorenzChart {
  /// Shares of the units, ascending, with what they have; a point that is not given breaks the line.
  let points: [(share: Double, mark: Mark)]
  /// What the two axes count.
  let across: String, upward: String
  let equality: String
  let numbers: NumberText
  let title: String
  let description: String

  private let left = 38.0, right = 272.0, top = 30.0
  private var bottom: Double { top + right - left }

  func svg() -> Markup {
    let x = Scale(domain: (0, 1), range: (left, right))
    let y = Scale(domain: (0, 1), range: (bottom, top))
    let height = bottom + 38
    var labels = Labels(width: Chart.fullWidth, height: height)
    var body = frame(x, y, &labels)
    let all = [(0.0, 0.0 as Double?)] + points.map { ($0.share, $0.mark.value) } + [(1, 1)]
    for (a, b) in zip(all, all.dropFirst()) {
      if let from = a.1, let to = b.1 {
        body += """
          <line class="line" x1="\(x(a.0))" y1="\(y(from))" x2="\(x(b.0))" y2="\(y(to))"/>
          """
      }
    }
    let middle = points.indices.min { abs(points[$0].share - 0.5) < abs(points[$1].share - 0.5) }
    let order = points.indices.sorted { a, b in
      (a == middle ? 0 : 1, -points[a].share) < (b == middle ? 0 : 1, -points[b].share)
    }
    for i in order {
      let (share, mark) = points[i]
      guard let value = mark.value else {
        body += Chart.sign(mark, x: x(share) - 7, y: bottom - 14, width: 14, height: 14)
        continue
      }
      let (px, py) = (x(share), y(value))
      body +=
        i == middle
        ? "<circle class=\"dot strong\" cx=\"\(px)\" cy=\"\(py)\" r=\"4.5\"/>"
        : "<circle class=\"dot\" cx=\"\(px)\" cy=\"\(py)\" r=\"3.5\"/>"
      // Below the curve at the right where there is room, else above it at the left.
      let isBelow =
        py + 17 < bottom && px + 8 + TextWidth.of(mark.text, size: 12) < right
        && labels.put(mark.text, x: px + 7, y: py + 14, .start)
      // A text across the line of equality could not be read.
      let wide = TextWidth.of(mark.text, size: 12)
      let meetsLine = y((px + 1 - wide - left) / (right - left)) > py - 22
      if !isBelow && !meetsLine { _ = labels.put(mark.text, x: px + 1, y: py - 8, .end) }
    }
    return Chart.image(
      width: Chart.fullWidth, height: height, title: title, description: description,
      body: body + labels.markup)
  }

  private func frame(_ x: Scale, _ y: Scale, _ labels: inout Labels) -> Markup {
    let out: Markup = """
      <line class="axis" x1="\(left)" y1="\(bottom)" x2="\(right)" y2="\(bottom)"/>\
      <line class="axis" x1="\(left)" y1="\(bottom)" x2="\(left)" y2="\(top)"/>\
      <line class="grid" x1="\(x(0.5))" y1="\(bottom)" x2="\(x(0.5))" y2="\(top)"/>\
      <line class="grid" x1="\(left)" y1="\(y(0.5))" x2="\(right)" y2="\(y(0.5))"/>\
      <line class="equal" x1="\(x(0))" y1="\(y(0))" x2="\(x(1))" y2="\(y(1))"/>
      """
    for (i, share) in [0, 0.5, 1].enumerated() {
      let text = numbers.percent(share)
      _ = labels.put(text, x: left - 5, y: y(share) + 4, .end, size: 11, isTick: true)
      _ = labels.put(
        text, x: x(share), y: bottom + 15, i == 0 ? .start : i == 1 ? .middle : .end, size: 11,
        isTick: true)
    }
    _ = labels.put(
      TextWidth.fit(upward, size: 11, into: Chart.fullWidth), x: 0, y: 12, .start, size: 11,
      isTick: true)
    _ = labels.put(
      TextWidth.fit(across, size: 11, into: right), x: right, y: bottom + 32, .end, size: 11,
      isTick: true)
    _ = labels.put(equality, x: x(0.66) - 7, y: y(0.66), .end, size: 11, isTick: true)
    return out
  }
}
