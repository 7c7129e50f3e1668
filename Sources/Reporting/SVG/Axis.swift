import HTML

/// The axes of charts.
enum Axis {
  /// The numbers of an axis: the ends of the domain and its middle.
  static func horizontal(_ scale: Scale, unit: UnitText, bottom: Double) -> Markup {
    let (low, high) = scale.domain
    let ticks = [low, (low + high) / 2, high].enumerated().map { i, value -> Markup in
      let x = scale(value)
      let anchor: Markup = i == 0 ? "start" : i == 1 ? "middle" : "end"
      let at = i == 0 ? x - 6 : i == 1 ? x : x + 7
      return """
        <text class="tick" x="\(at)" y="\(bottom + 10)" text-anchor="\(anchor)">\
        \(unit.cell(value))</text>
        """
    }
    return ticks.joined()
  }

  /// A base line with the names of periods below: all where they fit, else the first and last.
  static func periods(_ labels: [String], width: Double, bottom: Double) -> Markup {
    let band = width / Double(max(labels.count, 1))
    let longest = labels.map { TextWidth.of($0, size: 11) }.max() ?? 0
    var out: Markup =
      "<line class=\"axis\" x1=\"0\" y1=\"\(bottom)\" x2=\"\(width)\" y2=\"\(bottom)\"/>"
    if longest <= band {
      for (i, label) in labels.enumerated() {
        let x = (Double(i) + 0.5) * band
        out +=
          "<text class=\"tick\" x=\"\(x)\" y=\"\(bottom + 13)\" text-anchor=\"middle\">\(label)</text>"
      }
    } else if let first = labels.first, let last = labels.last {
      out += "<text class=\"tick\" x=\"0\" y=\"\(bottom + 13)\">\(first)</text>"
      if labels.count > 1,
        TextWidth.of(first, size: 11) + TextWidth.of(last, size: 11) + 8 <= width
      {
        out +=
          "<text class=\"tick\" x=\"\(width)\" y=\"\(bottom + 13)\" text-anchor=\"end\">\(last)</text>"
      }
    }
    return out
  }

  /// Which values get their text: all when they fit; else the largest, above which there is room,
  /// and for a line its end.
  static func labelled(_ marks: [Mark], width: Double, isLine: Bool) -> Set<Int> {
    let band = width / Double(max(marks.count, 1))
    let widest = marks.map { TextWidth.of($0.text, size: 12) }.max() ?? 0
    if widest + 2 <= band { return Set(marks.indices) }
    // Signs are narrow: they all stay.
    var chosen = Set(marks.indices.filter { marks[$0].value == nil })
    let given = marks.indices.filter { marks[$0].value != nil }
    guard let largest = given.max(by: { (marks[$0].value ?? 0) < (marks[$1].value ?? 0) }) else {
      return chosen
    }
    chosen = chosen.filter { abs(Double($0 - largest)) * band > widest / 2 + 6 }
    chosen.insert(largest)
    if isLine, let last = given.last,
      chosen.allSatisfy({ abs(Double(last - $0)) * band > widest + 4 })
    {
      chosen.insert(last)
    }
    return chosen
  }
}
