import HTML

/// The axes of charts.
enum Axis {
  /// Three upright lines with their numbers below: the ends of the domain and its middle.
  static func horizontal(_ scale: Scale, unit: UnitText, top: Double, bottom: Double) -> Markup {
    let (low, high) = scale.domain
    let ticks = [low, (low + high) / 2, high].enumerated().map { i, value -> Markup in
      let x = scale(value)
      let anchor: Markup = i == 0 ? "start" : i == 1 ? "middle" : "end"
      let at = i == 0 ? x - 6 : i == 1 ? x : x + 6
      return """
        <line class="grid" x1="\(x)" y1="\(top)" x2="\(x)" y2="\(bottom)"/>\
        <text class="tick" x="\(at)" y="\(bottom + 12)" text-anchor="\(anchor)">\
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

  /// Which values get their text: all when they fit, else the last and the largest, kept apart.
  static func labelled(_ marks: [Mark], width: Double) -> Set<Int> {
    let band = width / Double(max(marks.count, 1))
    let widest = marks.map { TextWidth.of($0.text, size: 12) }.max() ?? 0
    if widest + 2 <= band { return Set(marks.indices) }
    let given = marks.indices.filter { marks[$0].value != nil }
    guard let last = given.last else { return Set(marks.indices.prefix(1)) }
    var chosen: Set<Int> = [last]
    let largest = given.max { (marks[$0].value ?? 0) < (marks[$1].value ?? 0) }
    for other in [largest, given.first].compactMap({ $0 })
    where chosen.allSatisfy({ abs(Double(other - $0)) * band > widest + 4 }) {
      chosen.insert(other)
    }
    return chosen
  }
}
