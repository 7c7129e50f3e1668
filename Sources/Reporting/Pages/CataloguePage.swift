import Diagnostics
import Disclosure
import HTML

/// The lists of all indicators: the page of all, and the tables of the residences' pages.
extension Pages {
  /// All indicators by axis and subject, each with its value, its course and its page.
  func catalogue() -> Page {
    let fr = language == .fr
    var main = Markup()
    for (axis, groups) in zip(layout.axes, plan.groups) where !groups.isEmpty {
      main += """
        <section class="axis-part" id="\(anchor(of: axis))">
        <h2>\(Typography.text(axis.title, language))</h2>
        <p class="question">\(Typography.text(axis.question, language))</p>
        \(table(of: groups, axis, at: nil))</section>

        """
    }
    main += downloads()
    let listed = plan.groups.flatMap { $0 }.flatMap(\.indicators).count
    let lead =
      fr
      ? "Les \(listed) indicateurs du projet par axe et par sujet, pour l’ensemble des résidences. "
        + "Chaque titre mène à sa page\u{A0}: toutes les résidences, années et coupes, et la méthode."
      : "The project’s \(listed) indicators by axis and subject, for all residences. Each title "
        + "leads to its page: every residence, year and cut, and the method."
    let sections =
      zip(layout.axes, plan.groups).filter { !$1.isEmpty }
      .map { (anchor(of: $0.0), Typography.text($0.0.title, language)) }
    return frame(
      title: words.allIndicators, place: nil, lead: lead, current: allIndicators,
      sections: sections + [("donnees", words.downloads)], main: main,
      filters: [.search, .axis])
  }

  /// The indicators of an axis, one table a subject, at a residence or for all.
  func table(
    of groups: [ReportPlan.Group], _ axis: ReportLayout.Axis, at residence: ReportFacts.Residence?
  ) -> Markup {
    let tables = groups.map { group -> Markup in
      let title = Typography.text(group.title, language)
      let rows = group.indicators.compactMap { listed in
        cells[listed.id].map { row($0, residence) }
      }
      let table = TableView(
        caption: "\(title), \(residence?.name ?? words.all), \(numbers.period(facts.period))",
        heads: [
          words.indicator, words.value, words.course, words.overYear,
          residence == nil ? words.spread : words.allShort,
        ], rows: rows)
      // On a residence's page the subjects stand below the heading of the list.
      let heading: Markup =
        residence == nil ? "<h3>\(title)</h3>" : "<h4>\(title)</h4>"
      return "<div class=\"subject\">\(heading)\n\(table.markup())</div>\n"
    }
    let list: Markup = "<div class=\"subjects\">\n\(tables)</div>\n"
    let used = maker.signs(
      groups.flatMap(\.indicators).compactMap { listed in
        cells[listed.id].map { ($0, [$0.row(residence?.key ?? "_total", facts.period)]) }
      })
    let legend = used.map { sign -> Markup in
      "<p><b>\(sign.term)</b>\(words.colon)\(sign.text)</p>"
    }
    let notes: Markup = legend.isEmpty ? Markup() : "<div class=\"notes\">\(legend)</div>\n"
    guard residence != nil else { return list + notes }
    return """
      <div class="all"><h3 id="\(anchor(of: axis))-tout">\(words.allOfAxis)</h3>
      \(list)\(notes)</div>

      """
  }

  /// The way from an axis of the index to the list of all its indicators.
  func leadOn(_ groups: [ReportPlan.Group], _ axis: ReportLayout.Axis) -> Markup {
    let n = groups.flatMap(\.indicators).count
    let link = FileLink("indicateurs", extension: "html", anchor: anchor(of: axis))
    let subjects = groups.map { Typography.text($0.title, language) }
    return """
      <p class="further"><a href="\(link)">\(words.allOfAxis)\u{A0}(\(n))</a>\(words.colon)\
      \(numbers.list(subjects.map(words.inside))).</p>

      """
  }

  private func row(_ own: Cells, _ residence: ReportFacts.Residence?) -> TableView.Row {
    let place = residence?.key ?? "_total"
    let now = own.row(place, facts.period)
    let before = own.row(place, facts.previous)
    var course = TableView.Cell("")
    course.drawing = Sparkline(
      marks: maker.years.map { Mark(label: "", row: own.row(place, $0), unit: own.unit) }
    ).svg(width: 60, height: 20)
    var last = TableView.Cell("")
    if residence == nil {
      last = TableView.Cell(maker.spread(own))
    } else if own.isComparable {
      last = maker.value(own.row("_total", facts.period), own.unit)
    }
    var row = TableView.Row(
      Typography.text(own.heading.title, language), link: link(to: own.heading.id),
      [
        maker.value(now, own.unit), course,
        TableView.Cell(own.change(now, before)?.marked ?? ""), last,
      ])
    if residence == nil { row.under = Typography.text(own.heading.counts, language) }
    return row
  }
}
