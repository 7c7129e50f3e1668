import Diagnostics
import Disclosure
import HTML
import Periods

/// The first sheet of a document: key figures, what changed, what is missing.
extension Pages {
  func summary(_ scope: DocumentScope, _ document: ReportLayout.Document) -> DocumentSection {
    let fr = language == .fr
    var body = Markup()
    if scope.isBrief {
      let own = there(layout.headlines.compactMap(own), scope)
      let table = table(own, scope, caption: words.keyFigures)
      body += "<div class=\"lines\">\(table.markup())</div>\(legend(own, scope))"
    } else {
      body += cards(there(layout.headlines.compactMap(own), scope), scope.place)
      let told = changes()
      body += """
        <div class="two"><div><h3>\(fr ? "Ce qui a changé" : "What changed")</h3>
        \(told)</div>
        <div><h3>\(words.missing)</h3>
        \(items(absenceLines(scope, isShort: true)))</div></div>

        """
    }
    return DocumentSection(
      anchor: "essentiel", title: words.keyFigures, body: body, kind: "part summary")
  }

  func items(_ lines: [String]) -> Markup {
    let lines = lines.map { line -> Markup in "<li>\(line)</li>" }
    return "<ul>\(lines)</ul>\n"
  }

  /// Which indicators went up, which down, and which cannot be said to have moved.
  private func changes() -> Markup {
    let fr = language == .fr
    guard let previous = facts.previous else { return Markup() }
    var up: [String] = []
    var down: [String] = []
    var level: [String] = []
    var alone = 0
    for own in once(layout.headlines + layout.comparison + layout.axes.flatMap(\.findings)) {
      let title = words.inside(Typography.text(own.heading.title, language))
      guard let before = maker.before(own, "_total"),
        let change = own.change(own.row("_total", facts.period), before.row)
      else {
        alone += 1
        continue
      }
      // Surveys are not held every year.
      let when = before.period == previous ? "" : " " + words.since(numbers.period(before.period))
      if change.isWithinError {
        level.append("\(title) (\(fr ? "écart non significatif" : "not significant")\(when))")
      } else if change.isStable {
        level.append("\(title) (stable\(when))")
      } else if change.difference > 0 {
        up.append("\(title) (\(change.text)\(when))")
      } else {
        down.append("\(title) (\(change.text)\(when))")
      }
    }
    let since = numbers.period(previous)
    var lines: [Markup] = []
    func add(_ head: String, _ names: [String]) {
      guard !names.isEmpty else { return }
      lines.append("<li><b>\(head)</b>\(words.colon)\(numbers.list(names)).</li>")
    }
    add(fr ? "▲ En hausse depuis \(since)" : "▲ Up since \(since)", up)
    add(fr ? "▼ En baisse" : "▼ Down", down)
    add(
      fr ? "≈ Sans changement que l’on puisse affirmer" : "≈ No change that can be asserted", level)
    if alone > 0 {
      let text =
        fr
        ? "\(alone) \(alone < 2 ? "indicateur n’a" : "indicateurs n’ont") pas de valeur à comparer."
        : "\(alone) \(alone == 1 ? "indicator has" : "indicators have") no value to compare with."
      lines.append("<li>\(text)</li>")
    }
    return "<ul>\(lines)</ul>\n"
  }

  /// The indicators that places name, each once.
  func once(_ places: [ReportLayout.Place]) -> [Cells] {
    var seen: Set<String> = []
    return places.compactMap(own).filter { seen.insert($0.heading.id).inserted }
  }

  /// All indicators that a document shows, each once, in the order of the layout.
  var shown: [Cells] {
    once(
      layout.headlines + layout.comparison
        + layout.axes.flatMap { $0.findings + $0.indicators + $0.figures.map(\.place) })
  }

  /// The residences side by side.
  func sideBySide() -> DocumentSection {
    let columns = layout.comparison.compactMap(own)
    let rows = columns.map { own in
      (own, (["_total"] + facts.residences.map(\.key)).map { own.row($0, facts.period) })
    }
    let isSampled = rows.contains { own, cells in
      let before = (["_total"] + facts.residences.map(\.key)).map { own.row($0, facts.previous) }
      return zip(cells, before).contains { own.change($0, $1)?.isWithinError == true }
    }
    let table = comparison(of: columns, in: facts.period, since: facts.previous, withBase: true)
    let body: Markup = """
      \(table)<div class="notes">\(signs(rows, also: isSampled))</div>

      """
    return DocumentSection(anchor: "comparaison", title: words.comparison, body: body)
  }

  /// The signs used, told once.
  func signs(_ rows: [(cells: Cells, rows: [ReleasedRow?])], also isSampled: Bool) -> [Markup] {
    var all = maker.signs(rows)
    if isSampled {
      all.append(("≈", language == .fr ? "écart non significatif." : "not significant."))
    }
    return all.map { term, text -> Markup in "<p><b>\(term)</b>\(words.colon)\(text)</p>" }
  }
}
