import HTML

/// The course of a value in the space of a word. It repeats numbers that stand beside it in
/// words, so it is hidden from those who listen to the page.
struct Sparkline {
  let marks: [Mark]

  func svg(width: Double = 84, height: Double = 24) -> Markup {
    let given = marks.filter { $0.value != nil }.count
    guard given >= 2 else { return Markup() }
    let scale = Scale(values: marks.compactMap(\.value), range: (height - 3, 4))
    let step = (width - 8) / Double(max(marks.count - 1, 1))
    func x(_ i: Int) -> Double { 4 + Double(i) * step }
    var body = Markup()
    for i in marks.indices.dropFirst() {
      if let a = marks[i - 1].value, let b = marks[i].value {
        body += """
          <line class="line" x1="\(x(i - 1))" y1="\(scale(a))" x2="\(x(i))" y2="\(scale(b))"/>
          """
      }
    }
    // A year between two years without a value has no line to stand on.
    for i in marks.indices.dropLast() {
      let isAlone = (i == 0 || marks[i - 1].value == nil) && marks[i + 1].value == nil
      if isAlone, let value = marks[i].value {
        body += "<circle class=\"dot\" cx=\"\(x(i))\" cy=\"\(scale(value))\" r=\"2.5\"/>"
      }
    }
    if let last = marks.indices.last, let value = marks[last].value {
      body += "<circle class=\"dot strong\" cx=\"\(x(last))\" cy=\"\(scale(value))\" r=\"3.5\"/>"
    }
    return """
      <svg class="spark" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      aria-hidden="true" focusable="false">\(body)</svg>
      """
  }
}
