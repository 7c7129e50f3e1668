import HTML

/// The same small chart for each residence, in one hue and on one scale, so that sizes compare.
struct SmallMultiples {
  /// One panel.
  struct Panel {
    let name: String
    /// The residence, for the filter.
    let residence: String
    let marks: [Mark]
    let description: String
  }

  let panels: [Panel]
  let isLine: Bool
  let title: String

  func markup() -> Markup {
    let ceiling = panels.flatMap(\.marks).flatMap(\.extent).max() ?? 0
    let charts = panels.map { panel -> Markup in
      let name = title + " – " + panel.name
      if isLine {
        return wrapped(
          panel,
          LineChart(
            marks: panel.marks, panel: panel.name, ceiling: ceiling, title: name,
            description: panel.description
          ).svg(width: Chart.panelWidth, height: 138))
      }
      return wrapped(
        panel,
        ColumnChart(
          marks: panel.marks, panel: panel.name, ceiling: ceiling, title: name,
          description: panel.description
        ).svg(width: Chart.panelWidth, height: 138))
    }
    return "<div class=\"multiples\">\(charts)</div>"
  }

  private func wrapped(_ panel: Panel, _ chart: Markup) -> Markup {
    "<div data-residence=\"\(panel.residence)\">\(chart)</div>"
  }
}
