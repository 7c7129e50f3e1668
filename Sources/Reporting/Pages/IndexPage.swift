import Diagnostics
import Disclosure
import HTML
import Periods

extension Pages {
  /// The page of all residences.
  func indexPage() -> Page {
    let (figures, shown) = axes(.index, residence: nil)
    var all = (layout.headlines + layout.comparison).compactMap(own)
    all += shown
    var once: [Cells] = []
    for own in all where !once.contains(where: { $0.heading.id == own.heading.id }) {
      once.append(own)
    }
    let main: Markup = """
      <section id="essentiel"><h2>\(words.keyFigures)</h2>
      \(cards(layout.headlines.compactMap(own), "_total"))</section>
      \(comparison())
      \(figures)
      \(missing(once))
      \(qualityPanel())
      \(method(once))
      \(downloads())
      """
    return frame(
      title: Typography.text(layout.title, language), place: nil,
      lead: Typography.text(layout.lead, language),
      current: FileLink("index", extension: "html"), sections: sections(isIndex: true), main: main,
      filters: [.axis, .residence, .period])
  }

  /// Each residence beside the others, indicator by indicator, with its change; a table a year.
  private func comparison() -> Markup {
    let columns = layout.comparison.compactMap(own)
    var rows: [(cells: Cells, rows: [ReleasedRow?])] = []
    let tables = maker.years.indices.reversed().map { y -> Markup in
      let period = maker.years[y]
      let all = columns.map { own in
        (cells: own, rows: (["_total"] + facts.residences.map(\.key)).map { own.row($0, period) })
      }
      guard period == facts.period || all.flatMap(\.rows).contains(where: { $0?.value != nil })
      else {
        return Markup()
      }
      rows += all
      return comparison(of: columns, in: period, since: y > 0 ? maker.years[y - 1] : nil)
    }
    let legend = maker.signs(rows).map { sign -> Markup in
      "<p><b>\(sign.term)</b>\(words.colon)\(sign.text)</p>"
    }
    return """
      <section id="comparaison"><h2>\(words.comparison)</h2>
      \(tables)<div class="notes">\(legend)</div></section>

      """
  }

  /// The table of one period; with its base below each share, where the page says it nowhere else.
  func comparison(
    of columns: [Cells], in period: Period, since previous: Period?, withBase: Bool = false
  ) -> Markup {
    func row(_ key: String, _ name: String, _ link: FileLink?) -> TableView.Row {
      let values = columns.map { own -> TableView.Cell in
        let now = own.row(key, period)
        var cell = maker.value(now, own.unit)
        let base = withBase ? now.flatMap { own.base($0, words) } : nil
        cell.under = [own.change(now, own.row(key, previous))?.marked, base].compactMap { $0 }
        return cell
      }
      var row = TableView.Row(name, link: link, values, isStrong: key == "_total")
      row.residence = key
      return row
    }
    let fr = language == .fr
    var caption = "\(fr ? "Valeur" : "Value") \(numbers.during(period))"
    if let previous {
      caption +=
        fr
        ? ", et dessous son évolution par rapport à \(numbers.period(previous))"
        : ", and below it the change on \(numbers.period(previous))"
    }
    let table = TableView(
      caption: caption,
      heads: [words.residence] + columns.map { Typography.text($0.heading.title, language) },
      rows: [row("_total", words.allShort, nil)]
        + facts.residences.map { row($0.key, $0.name, layout.document == nil ? link(to: $0) : nil) }
    )
    return """
      <div data-period="\(period.name)"><p class="soft small">\(caption).</p>
      <div class="compare">\(table.markup())</div></div>

      """
  }

  /// What a reader should know is not there.
  func missing(_ shown: [Cells]) -> Markup {
    let items = missingLines(shown).map { line -> Markup in "<li>\(line)</li>" }
    return """
      <section id="manque"><h2>\(words.missing)</h2><ul>\(items)</ul></section>

      """
  }

  /// The same in lines: residences without data, values not known enough, unknowns, withheld ones.
  func missingLines(_ shown: [Cells]) -> [String] {
    let fr = language == .fr
    var lines: [String] = []
    let shown = shown.filter(\.hasWhole)
    for residence in facts.residences {
      let without = shown.filter { own in
        (own.row(residence.key, facts.period)?.status ?? .noData) == .noData
      }
      if without.isEmpty { continue }
      let titles = without.map { Typography.text($0.heading.title, language) }
      lines.append(
        without.count == shown.count
          ? residence.name + words.colon
            + (fr ? "aucune donnée pour la période." : "no data for the period.")
          : residence.name + words.colon
            + (fr ? "pas de donnée pour " : "no data for ") + numbers.list(titles) + ".")
    }
    var withheld = 0
    var unknown: [String] = []
    for own in shown {
      let known = facts.residences.filter {
        own.row($0.key, facts.period)?.status == .notKnownEnough
      }
      if !known.isEmpty {
        lines.append(
          Typography.text(own.heading.title, language) + words.colon
            + (fr ? "trop de valeurs inconnues pour " : "too many unknown values for ")
            + numbers.list(known.map(\.name)) + ".")
      }
      withheld +=
        facts.residences.filter { own.row($0.key, facts.period)?.status == .withheld }.count
      if let n = own.row("_total", facts.period)?.unknown, n > 0 {
        unknown.append(
          Typography.text(own.heading.title, language)
            + " (\(words.unknowns(numbers.number(n), own.heading.unknowns)))")
      }
    }
    if !unknown.isEmpty {
      lines.append(
        (fr
          ? "Ce qui n’est pas connu est compté à part, et jamais comme zéro"
          : "What is not known is counted apart, and never as zero") + words.colon
          + numbers.list(unknown) + ".")
    }
    if withheld > 0 {
      let one = numbers.isSingular(Double(withheld))
      lines.append(
        fr
          ? "\(withheld) \(one ? "valeur annuelle de résidence retirée" : "valeurs annuelles de résidence retirées") (s, secret statistique)."
          : "\(withheld) yearly residence \(one ? "value" : "values") withheld (s, statistical confidentiality)."
      )
    }
    if lines.isEmpty {
      lines = [fr ? "Rien de connu pour cette période." : "Nothing that is known of."]
    }
    return lines
  }
}
