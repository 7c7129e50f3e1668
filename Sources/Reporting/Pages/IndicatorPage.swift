import Diagnostics
import Disclosure
import HTML
import Periods

/// The page of one indicator: every residence, year and declared cut, its neighbours, its method.
extension Pages {
  func page(
    of listed: ReportPlan.Listed, group: ReportPlan.Group, axis: ReportLayout.Axis, link: FileLink
  ) -> Page {
    guard let own = cells[listed.id] else {
      return frame(
        title: words.indicator, place: nil, lead: "", current: link, sections: [], main: Markup())
    }
    let neighbours = listed.neighbours.compactMap { cells[$0] }
    var number = 0
    var absent: [String] = []
    func figure(_ across: ReportLayout.Across) -> Markup {
      let view = maker.make(
        ReportLayout.Figure(
          place: listed.place, chart: chart(of: own, across), across: across, only: nil,
          title: nil, pages: [.index]), own, residence: nil)
      if let absence = view.absence {
        if !absent.contains(absence) { absent.append(absence) }
        return "<p class=\"soft\">\(words.absent)\(words.colon)\(absence)</p>\n"
      }
      number += 1
      return view.markup(
        number: number, words: words, download: download(own, number, view, on: link))
    }
    var sections = [("residences", words.byResidence), ("annees", words.overTime)]
    var main: Markup = """
      <section id="residences"><h2>\(words.byResidence)</h2>
      \(figure(.residence))</section>
      <section id="annees"><h2>\(words.overTime)</h2>
      \(figure(.time(.year)))\(months(listed, own, link, &number))</section>

      """
    for cut in listed.cuts {
      let title = cutTitle(cut)
      let anchor = Slug.make("coupe-" + cut)
      sections.append((anchor, title))
      main += """
        <section id="\(anchor)"><h2>\(title)</h2>
        \(figure(.cut(cut)))\(maker.matrix(own, cut: cut))</section>

        """
    }
    if !neighbours.isEmpty {
      sections.append(("voisines", words.besides))
      main += """
        <section id="voisines"><h2>\(words.besides)</h2>
        \(besides(neighbours))</section>

        """
    }
    main = remarks(on: [own] + neighbours) + main
    main += method([own] + neighbours)
    main += files([own] + neighbours)
    sections += [("methode", words.method), ("donnees", words.downloads)]
    let h = own.heading
    let back = FileLink("indicateurs", extension: "html", anchor: anchor(of: axis))
    let path: Markup = """
      <p class="path"><a href="\(back)">\(Typography.text(axis.title, language))</a> › \
      \(Typography.text(group.title, language)) › \(h.catalogue)</p>

      """
    return frame(
      title: Typography.text(h.title, language), place: nil,
      lead: Typography.capitalised(Typography.text(h.counts, language)) + ".", current: link,
      sections: sections, main: path + main)
  }

  /// How a page of an indicator draws it: amounts from zero, other values as points and lines.
  private func chart(of own: Cells, _ across: ReportLayout.Across) -> ReportLayout.Chart {
    if across == .cut(ReportLayout.pairs) { return .meetings }
    let isAmount = !own.isComparable && !own.unit.isRange
    if case .time = across { return isAmount ? .columns : .lines }
    return isAmount ? .bars : .dots
  }

  /// The months, quarters and curves that the layout shows of the indicator elsewhere.
  private func months(
    _ listed: ReportPlan.Listed, _ own: Cells, _ page: FileLink, _ number: inout Int
  ) -> Markup {
    var out = Markup()
    var seen: Set<ReportLayout.Across> = [.time(.year)]
    for figure in layout.axes.flatMap(\.figures) where plan.id(of: figure.place) == listed.id {
      switch figure.across {
      case .time, .parameter: break
      case .residence, .cut: continue
      }
      guard figure.only == nil, seen.insert(figure.across).inserted,
        let view = view(figure, residence: nil)?.view, view.absence == nil
      else { continue }
      number += 1
      out += view.markup(
        number: number, words: words, download: download(own, number, view, on: page))
      out += maker.matrix(figure, points(of: figure), own)
    }
    return out
  }

  private func cutTitle(_ cut: String) -> String {
    if cut == ReportLayout.pairs { return words.whoMeetsWhom }
    return Typography.capitalised(facts.cutTitles[cut].map { Typography.text($0, language) } ?? cut)
  }

  /// The values of the neighbours, residence by residence.
  private func besides(_ neighbours: [Cells]) -> Markup {
    let places =
      [(key: "_total", name: words.allShort)]
      + facts.residences.map { (key: $0.key, name: $0.name) }
    let rows = neighbours.map { own in
      TableView.Row(
        Typography.text(own.heading.title, language),
        places.map { place in
          let now = own.row(place.key, facts.period)
          var cell = maker.value(now, own.unit)
          cell.under = [own.change(now, own.row(place.key, facts.previous))?.marked].compactMap {
            $0
          }
          return cell
        })
    }
    let table = TableView(
      caption: "\(words.besides), \(numbers.period(facts.period))",
      heads: [words.indicator] + places.map(\.name), rows: rows)
    let used = maker.signs(
      neighbours.map { own in (own, places.map { own.row($0.key, facts.period) }) })
    let legend = used.map { sign -> Markup in
      "<p><b>\(sign.term)</b>\(words.colon)\(sign.text)</p>"
    }
    return """
      <div class="compare">\(table.markup())</div>
      <div class="notes">\(legend)</div>
      """
  }

  /// The rows behind the reported value, for those who may see rows of people: the file, where the
  /// report has it, and how to see them otherwise.
  private func behind(_ id: String) -> (listed: Markup, note: Markup) {
    guard facts.audience == .internal else { return (Markup(), Markup()) }
    let fr = language == .fr
    let period = numbers.period(facts.period)
    var listed = Markup()
    if facts.hasRows {
      let text =
        fr ? "Lignes qui font la valeur de \(period)" : "Rows that make the value of \(period)"
      listed = """
        <li><a href="\(ReportPlan.rows(of: id))" download>\(text) (CSV)</a></li>

        """
    }
    let text =
      fr
      ? "Pour voir les lignes qui font une valeur, sur le poste où se trouve le projet"
      : "To see the rows behind a value, where the project is kept"
    let all =
      fr
      ? "pour les joindre à toutes ces pages"
      : "to put them beside all these pages"
    let command = "lien compute \(id) --period \(facts.period.name) --rows"
    let report = "lien report \(layout.name) --period \(facts.period.name) --rows"
    let further: Markup =
      facts.hasRows
      ? Markup() : "\(fr ? "\u{202F}; " : "; ")\(all)\(words.colon)<code>\(report)</code>"
    return (
      listed,
      "<p class=\"soft small\">\(text)\(words.colon)<code>\(command)</code>\(further)</p>"
    )
  }

  /// The data of the page, and for those who may, the way to the rows behind.
  private func files(_ own: [Cells]) -> Markup {
    let items = own.compactMap { cells -> Markup? in
      guard let file = data.file(of: cells.heading.id) else { return nil }
      let title = Typography.text(cells.heading.title, language)
      return """
        <li><a href="\(file.link)" download>\(title) (CSV, \(words.size(file.bytes)))</a></li>

        """
    }
    let (listed, rows) = own.first.map { behind($0.heading.id) } ?? (Markup(), Markup())
    return """
      <section id="donnees"><h2>\(words.downloads)</h2>
      <ul>
      \(items)\(listed)</ul>\(rows)</section>

      """
  }
}

extension FigureMaker {
  /// « de 31 % à 58 % », the least and the most of the residences; empty when fewer than two have
  /// a value.
  func spread(_ own: Cells) -> String {
    guard !own.unit.isRange else { return "" }
    let values = facts.residences.compactMap { own.row($0.key, facts.period) }
      .filter { !own.unit.isHandful($0) }.compactMap(\.value)
    guard values.count >= 2, let low = values.min(), let high = values.max() else { return "" }
    return "\(own.unit.cell(low)) – \(own.unit.cell(high))"
  }

  /// A cut's values in each residence; nothing when no residence has one.
  func matrix(_ own: Cells, cut: String) -> Markup {
    let values = cutValues(cut, in: own).filter { value in
      facts.residences.contains { residence in
        own.row(residence.key, facts.period, cuts: [cut], values: [value.value]) != nil
      }
    }
    let rows = facts.residences.map { residence in
      (
        residence: residence,
        rows: values.map {
          own.row(residence.key, facts.period, cuts: [cut], values: [$0.value])
        }
      )
    }
    return matrix(own, heads: values.map(\.name), rows, own.unit)
  }

  /// The points of a curve in each residence; nothing when no residence has one.
  func matrix(_ figure: ReportLayout.Figure, _ points: [Cells], _ own: Cells) -> Markup {
    if points.isEmpty { return Markup() }
    let draft = Draft(figure: figure, cells: own, residence: nil, title: "", points: points)
    let heads = pointNames(draft)
    let rows = facts.residences.map { residence in
      (residence: residence, rows: points.map { $0.row(residence.key, facts.period) })
    }
    return matrix(own, heads: heads, rows, draft.unit)
  }

  private func matrix(
    _ own: Cells, heads: [String],
    _ rows: [(residence: ReportFacts.Residence, rows: [ReleasedRow?])],
    _ unit: UnitText
  ) -> Markup {
    let all = rows.flatMap(\.rows)
    guard all.contains(where: { $0?.value != nil }) else { return Markup() }
    let title = Typography.text(own.heading.title, words.language)
    let table = TableView(
      caption: "\(title), \(words.inEach.lowercased()), \(numbers.period(facts.period))",
      heads: [words.residence] + heads,
      rows: rows.map { entry in
        var row = TableView.Row(entry.residence.name, entry.rows.map { value($0, unit) })
        row.residence = entry.residence.key
        return row
      })
    let legend = signs(all, own.unit).map { sign -> Markup in
      "<p><b>\(sign.term)</b>\(words.colon)\(sign.text)</p>"
    }
    return """
      <h3 class="each">\(words.inEach) <span class="when">\(numbers.period(facts.period))</span></h3>
      <div class="compare">\(table.markup())</div>
      <div class="notes">\(legend)</div>

      """
  }
}
