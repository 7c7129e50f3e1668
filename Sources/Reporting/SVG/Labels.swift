import HTML

/// Texts in a chart that give way to each other: one that would touch an earlier one, or leave the
/// room, is left out. The table beside the chart has them all.
struct Labels {
  /// Where texts must stay.
  let width: Double, height: Double
  private var boxes: [(left: Double, right: Double, top: Double, bottom: Double)] = []
  private(set) var markup = Markup()

  init(width: Double, height: Double) {
    (self.width, self.height) = (width, height)
  }

  /// How a text lies about its place.
  enum Anchor { case start, middle, end }

  /// Puts a text down, its base line at `y`, unless there is no room; whether there was.
  mutating func put(
    _ text: String, x: Double, y: Double, _ anchor: Anchor, size: Double = 12, isTick: Bool = false
  ) -> Bool {
    let wide = TextWidth.of(text, size: size)
    let left =
      switch anchor {
      case .start: x
      case .middle: x - wide / 2
      case .end: x - wide
      }
    let box = (left: left, right: left + wide, top: y - size, bottom: y + 3)
    guard box.left >= -0.5, box.right <= width + 0.5, box.top >= 0, box.bottom <= height,
      !boxes.contains(where: {
        box.left < $0.right + 3 && $0.left < box.right + 3 && box.top < $0.bottom
          && $0.top < box.bottom
      })
    else { return false }
    boxes.append(box)
    let kind: Markup = isTick ? " class=\"tick\"" : Markup()
    let side: Markup =
      switch anchor {
      case .start: Markup()
      case .middle: " text-anchor=\"middle\""
      case .end: " text-anchor=\"end\""
      }
    markup += "<text\(kind) x=\"\(x)\" y=\"\(y)\"\(side)>\(text)</text>"
    return true
  }
}
