import Diagnostics
import Disclosure
import HTML
import Periods

/// The sections of a document on the axes: question, finding, actions and effects, figures.
extension Pages {
  /// A section an axis. Figures and tables keep their numbers whatever can be given: the numbers
  /// are those of the layout.
  func axisSections(_ scope: DocumentScope, _ document: ReportLayout.Document) -> [DocumentSection]
  {
    var figure = 0
    var number = document.parts.contains(.comparison) ? 1 : 0
    return layout.axes.compactMap { axis in
      var body: Markup = "<p class=\"question\">\(Typography.text(axis.question, language))</p>\n"
      let told = there(axis.findings.compactMap(own), scope).map { own -> Markup in
        "<p>\(maker.account(of: own, at: scope.residence))</p>"
      }
      if !told.isEmpty { body += "<div class=\"finding\">\(told)</div>\n" }
      body += remarks(
        on: (axis.findings + axis.indicators + axis.figures.map(\.place)).compactMap(own))
      let tables = tables(axis, scope, &number)
      if !scope.isBrief { body += tables }
      var figures = Markup()
      var absent: [String] = []
      for entry in axis.figures {
        figure += 1
        guard let own = own(entry.place), draws(own, scope) else { continue }
        let view = maker.make(
          entry, own, points: points(of: entry), beside: entry.beside.flatMap(self.own),
          residence: scope.residence)
        let file = gallery.add(view, of: own.heading, number: figure)
        if let absence = view.absence {
          absent.append("\(words.figure(figure))\(words.colon)\(absence)")
          continue
        }
        figures += view.markup(number: figure, words: words, download: image(file, figure))
      }
      if !figures.isEmpty { body += "<div class=\"figures\">\n\(figures)</div>\n" }
      if scope.isBrief { body += tables }
      if !absent.isEmpty {
        body += """
          <div class="absent"><p>\(words.absent)\(words.colon)</p>\(items(absent))</div>

          """
      }
      if scope.leavesOutEmpty, told.isEmpty, tables.isEmpty, figures.isEmpty { return nil }
      return DocumentSection(
        anchor: anchor(of: axis), title: Typography.text(axis.title, language), body: body,
        kind: "part axis-part")
    }
  }

  /// Whether a figure is drawn: one of nothing is left out where what is empty is.
  private func draws(_ own: Cells, _ scope: DocumentScope) -> Bool {
    !scope.leavesOutEmpty
      || own.row(scope.place, facts.period)?.value != 0
        && !there([own], scope).isEmpty
  }

  /// What was put in and done, apart from what came of it: one table each, or in a short document
  /// one with a column that says it.
  private func tables(_ axis: ReportLayout.Axis, _ scope: DocumentScope, _ number: inout Int)
    -> Markup
  {
    let all = axis.indicators.compactMap(own)
    guard !all.isEmpty else { return Markup() }
    if scope.isBrief {
      number += 1
      let met = words.levels.filter { level in
        all.contains { words.levelName($0.heading.level) == level.name }
      }
      let title = Typography.capitalised(numbers.list(met.map { $0.title.lowercased() }))
      let all = there(all, scope)
      guard !all.isEmpty else { return Markup() }
      let table = table(
        all, scope, caption: "\(Typography.text(axis.title, language)), \(title.lowercased())",
        withLevel: met.count > 1)
      return """
        <div class="level"><h3>\(words.table(number)) – \(title)</h3>
        <div class="lines">\(table.markup())</div>\(legend(all, scope))</div>

        """
    }
    var out = Markup()
    for level in words.levels {
      let own = all.filter { words.levelName($0.heading.level) == level.name }
      guard !own.isEmpty else { continue }
      number += 1
      let shown = there(own, scope)
      guard !shown.isEmpty else { continue }
      let table = table(
        shown, scope, caption: "\(Typography.text(axis.title, language)), \(level.title)")
      out += """
        <div class="level"><h3>\(words.table(number)) – \(level.title)</h3>
        <p class="soft small">\(level.meaning)</p>
        <div class="lines">\(table.markup())</div>\(legend(shown, scope))</div>

        """
    }
    return out
  }
}

extension FigureMaker {
  /// An indicator in a sentence: its value and base, its change, and how residences differ.
  func account(of cells: Cells, at residence: ReportFacts.Residence?) -> String {
    let fr = language == .fr
    let title = Typography.text(cells.heading.title, language)
    let now = cells.row(residence?.key ?? "_total", facts.period)
    guard let now, let x = now.value else {
      let status = now?.status ?? .noData
      return title + words.colon + Sign.meaning(status, language) + "."
    }
    var out = title + words.colon
    out += cells.unit.isRange ? cells.unit.text(now) ?? "" : cells.unit.sentence(x)
    var base = [cells.workings(now, words)].compactMap { $0 }
    if let n = cells.respondents(now, words) {
      base.append(n + (fr ? " répondants" : " respondents"))
      if let low = now.low, let high = now.high {
        base.append(
          words.interval.lowercased() + words.colon
            + "\(cells.unit.cell(low)) – \(cells.unit.cell(high))")
      }
    }
    if !base.isEmpty { out += " (\(base.joined(separator: ", ")))" }
    out += " " + numbers.during(facts.period)
    if let before = before(cells, residence?.key ?? "_total"),
      let change = cells.change(now, before.row)
    {
      out += ", " + told(change, numbers.period(before.period))
    }
    if residence == nil, let range = range(of: cells) {
      out += (fr ? "\u{202F}; " : "; ") + range
    }
    return out + "."
  }

  /// « de 57 % (A) à 71 % (B) selon les résidences ».
  private func range(of cells: Cells) -> String? {
    guard !cells.unit.isRange else { return nil }
    let fr = language == .fr
    let given = facts.residences.compactMap { residence in
      cells.row(residence.key, facts.period).flatMap { row in
        cells.unit.isHandful(row) ? nil : row.value.map { (residence.name, $0, row) }
      }
    }
    guard given.count >= 2, let low = given.min(by: { $0.1 < $1.1 }),
      let high = given.max(by: { $0.1 < $1.1 }), cells.unit.cell(low.1) != cells.unit.cell(high.1)
    else { return nil }
    if cells.change(high.2, low.2)?.isWithinError == true {
      return fr
        ? "sans écart significatif entre les résidences"
        : "no significant difference between residences"
    }
    let ends = words.fromTo(
      "\(cells.unit.cell(low.1)) (\(low.0))", "\(cells.unit.cell(high.1)) (\(high.0))")
    return ends + (fr ? " selon les résidences" : " over the residences")
  }
}
