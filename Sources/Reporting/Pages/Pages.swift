import Diagnostics
import Disclosure
import HTML
import Periods
import Threads

/// Puts the pages together: what they share, and where each leads.
struct Pages {
  let facts: ReportFacts
  let plan: ReportPlan
  let cells: [String: Cells]
  let data: Downloads
  let words: Words
  let maker: FigureMaker
  /// The charts of the pages as files.
  private(set) var gallery = Gallery()
  /// The page of each residence, by its key; the page of each listed indicator, by its id.
  private let links: [String: FileLink], sheets: [String: FileLink]

  var layout: ReportLayout { plan.layout }
  var language: Language { words.language }
  var numbers: NumberText { maker.numbers }

  init(
    facts: ReportFacts, plan: ReportPlan, cells: [String: Cells], data: Downloads,
    words: Words
  ) {
    var facts = facts
    facts.title = Typography.name(facts.title, key: "")
    for i in facts.residences.indices {
      let residence = facts.residences[i]
      facts.residences[i].name = Typography.name(residence.name, key: residence.key)
      facts.residences[i].city = Typography.name(residence.city, key: "")
    }
    self.facts = facts
    self.plan = plan
    self.cells = cells
    self.data = data
    self.words = words
    var years = [facts.period]
    for _ in 0..<plan.layout.history {
      guard let before = years.last?.previousYear else { break }
      years.append(before)
    }
    var maker = FigureMaker(facts: facts, words: words, years: years.reversed())
    // Two sheets have little room.
    if plan.layout.isPerResidence { maker.timeHeight = 106 }
    self.maker = maker
    var links: [String: FileLink] = [:]
    let slugs = Slug.unique(facts.residences.map(\.key))
    for (residence, slug) in zip(facts.residences, slugs) {
      links[residence.key] = FileLink("residence-" + slug, extension: "html")
    }
    self.links = links
    let listed = plan.groups.flatMap { $0 }.flatMap(\.indicators)
    var sheets = Dictionary(
      uniqueKeysWithValues: zip(listed.map(\.id), Slug.unique(listed.map(\.id)))
        .map { ($0, FileLink("indicateur-" + $1, extension: "html")) })
    if plan.layout.document?.parts.contains(.method) == true {
      // In a document, an indicator has its place in the annex instead of a page.
      for id in cells.keys { sheets[id] = FileLink(anchor: "methode-" + id) }
    }
    self.sheets = sheets
  }

  /// All pages, then their charts: paths and contents, the same for any number of threads.
  ///
  /// Each thread takes pages in turn, with a gallery a page: the charts of a page lie in a folder of
  /// its own.
  static func files(_ make: @escaping @Sendable () -> Pages) -> [(path: String, contents: String)] {
    let threads = Workers.count
    let parts = Workers.map(threads) { part in
      var pages = make()
      return pages.sheetsInOrder.enumerated().filter { $0.offset % threads == part }
        .map { i, sheet in
          pages.gallery = Gallery()
          let page = pages.page(of: sheet)
          return (place: i, page: page, charts: pages.gallery.files)
        }
    }
    let all = parts.flatMap { $0 }.sorted { $0.place < $1.place }
    return all.map(\.page) + all.flatMap(\.charts)
  }

  /// A page to be made.
  private enum Sheet {
    case index, catalogue
    case residence(ReportFacts.Residence)
    case indicator(ReportPlan.Listed, group: Int, axis: Int, FileLink)
  }

  private var sheetsInOrder: [Sheet] {
    var out = [Sheet.index] + facts.residences.map { .residence($0) }
    if !sheets.isEmpty { out.append(.catalogue) }
    for (axis, groups) in plan.groups.enumerated() {
      for (group, listed) in groups.enumerated() {
        out += listed.indicators.compactMap { own in
          link(to: own.id).map { .indicator(own, group: group, axis: axis, $0) }
        }
      }
    }
    return out
  }

  private func page(of sheet: Sheet) -> (path: String, contents: String) {
    switch sheet {
    case .index: return ("index.html", indexPage().text)
    case .catalogue: return (allIndicators.text, catalogue().text)
    case .residence(let residence):
      return (link(to: residence).text, page(of: residence).text)
    case .indicator(let own, let group, let axis, let link):
      let page = page(of: own, group: plan.groups[axis][group], axis: layout.axes[axis], link: link)
      return (link.text, page.text)
    }
  }

  /// The cells of the indicator that a place names.
  func own(_ place: ReportLayout.Place) -> Cells? { cells[plan.id(of: place)] }

  /// A figure of the layout, with the indicator that it is of.
  func view(_ figure: ReportLayout.Figure, residence: ReportFacts.Residence?) -> (
    view: FigureView, own: Cells
  )? {
    guard let own = own(figure.place) else { return nil }
    let view = maker.make(
      figure, own, points: points(of: figure), beside: figure.beside.flatMap(self.own),
      residence: residence)
    return (view, own)
  }

  /// The indicator of a figure under each number of its parameter.
  func points(of figure: ReportLayout.Figure) -> [Cells] {
    let id = plan.id(of: figure.place)
    return figure.settings.compactMap { cells[plan.key(id, $0)] }
  }

  /// The page of an indicator; nil when the layout lists none for it.
  func link(to indicator: String) -> FileLink? { sheets[indicator] }

  /// The page of all residences.
  var index: FileLink { FileLink("index", extension: "html") }

  /// The page that lists all indicators.
  var allIndicators: FileLink { FileLink("indicateurs", extension: "html") }

  func link(to residence: ReportFacts.Residence) -> FileLink {
    links[residence.key] ?? FileLink("index", extension: "html")
  }

  // MARK: - The frame of every page

  func frame(
    title: String, place: String?, lead: String, current: FileLink, sections: [(String, String)],
    main: Markup, filters: [FilterForm.Field] = []
  ) -> Page {
    let period = numbers.period(facts.period)
    let header: Markup = """
      <p class="project">\(facts.title)</p>
      <h1>\(title) <span class="when">\(period)</span></h1>
      <p class="lead">\(lead)</p>
      \(banners)
      """
    var entries = [(index, words.all)] + facts.residences.map { (link(to: $0), $0.name) }
    if !sheets.isEmpty { entries.insert((allIndicators, words.allIndicators), at: 1) }
    let items = entries.map { target, name -> Markup in
      target == current
        ? "<li><a href=\"\(target)\" aria-current=\"page\">\(name)</a></li>"
        : "<li><a href=\"\(target)\">\(name)</a></li>"
    }
    let inside = sections.map { anchor, name -> Markup in
      "<li><a href=\"\(FileLink(anchor: anchor))\">\(name)</a></li>"
    }
    let window = "\(place ?? title), \(period) – \(facts.title)"
    return Page(
      language: language, title: window, summary: lead, styles: [Chart.style, PageStyle.rules],
      header: header,
      navigation: "<ul>\(items)</ul><ul class=\"inside\">\(inside)</ul>",
      main: Chart.hatching + form.markup(filters) + main,
      footer: footer(), isFiltered: !filters.isEmpty)
  }

  /// Whether some of it is made up, and who may read it.
  var banners: Markup {
    var out = editionBanner
    if isFictional { out += "<div class=\"banner\"><p>\(words.fictional)</p></div>" }
    if let notice = facts.notice {
      out +=
        "<div class=\"banner\"><p>\(language == .fr ? Typography.french(notice) : notice)</p></div>"
    }
    return out + """
      <div class="banner"><p>\(words.audience(facts.audience, threshold: facts.threshold))</p></div>
      """
  }

  /// Whether any of the data are made up.
  var isFictional: Bool { facts.isFictional || facts.residences.contains(where: \.isFictional) }

  private var form: FilterForm {
    FilterForm(
      words: words,
      axes: layout.axes.map { (anchor(of: $0), Typography.text($0.title, language)) },
      residences: facts.residences.map { ($0.key, $0.name) },
      periods: maker.years.reversed().map { ($0.name, numbers.period($0)) })
  }

  /// Where the data come from, at the foot of a page.
  func footer() -> Markup {
    let fr = language == .fr
    var lines = observedSpan
    if let day = facts.lastImport {
      lines.append(fr ? "Dernier import le \(time(day))." : "Last import on \(time(day)).")
    }
    lines.append("\(fingerprintOf) (SHA-256\(words.colon)<code>\(facts.fingerprint)</code>).")
    let program = "lien \(facts.programVersion)"
    lines.append(
      fr
        ? "Produit par \(program). Les mêmes données donnent la même page."
        : "Made by \(program). The same data give the same page.")
    return lines.map { line -> Markup in "<p>\(line)</p>" }.joined()
  }

  /// What the fingerprint is of.
  var fingerprintOf: Markup {
    language == .fr
      ? facts.results == nil ? "Empreinte des données" : "Empreinte des résultats lus"
      : facts.results == nil ? "Fingerprint of the data" : "Fingerprint of the results read"
  }

  /// From when to when the data speak; nothing where no day is known. Of figures computed
  /// elsewhere, the files that they were read from.
  var observedSpan: [Markup] {
    if let results = facts.results {
      let list = results.joined(separator: ", ")
      return [
        language == .fr
          ? "Chiffres calculés ailleurs, avec les mêmes définitions, et lus dans \(list)."
          : "Figures computed elsewhere, with the same definitions, and read from \(list)."
      ]
    }
    guard let observed = facts.observed else { return [] }
    let (first, last) = (time(observed.first), time(observed.last))
    return [
      language == .fr
        ? "Données observées du \(first) au \(last)." : "Data observed from \(first) to \(last)."
    ]
  }

  func time(_ day: Day) -> Markup {
    "<time datetime=\"\(day.iso)\">\(numbers.date(day))</time>"
  }

  // MARK: - Parts of several pages

  /// The figures of the axes that stand on a page.
  func axes(_ kind: ReportLayout.PageKind, residence: ReportFacts.Residence?) -> (
    markup: Markup, shown: [Cells]
  ) {
    var out = Markup()
    var number = 0
    var shown: [Cells] = []
    for (axis, groups) in zip(layout.axes, plan.groups) {
      var body = Markup()
      var absent: [String] = []
      for figure in axis.figures where figure.pages.contains(kind) {
        guard let (view, own) = view(figure, residence: residence) else { continue }
        if let absence = view.absence {
          if !absent.contains(absence) { absent.append(absence) }
          continue
        }
        number += 1
        body += view.markup(
          number: number, words: words,
          download: download(own, number, view, on: residence.map(link) ?? index),
          more: link(to: own.heading.id))
        if !shown.contains(where: { $0.heading.id == own.heading.id }) { shown.append(own) }
      }
      if !groups.isEmpty {
        body += residence.map { table(of: groups, axis, at: $0) } ?? leadOn(groups, axis)
      }
      if body.isEmpty && absent.isEmpty { body = "<p class=\"soft\">\(words.noFigure)</p>" }
      if !absent.isEmpty {
        let items = absent.map { text -> Markup in "<li>\(text)</li>" }
        body +=
          "<div class=\"absent\"><p>\(words.absent)\(words.colon)</p><ul>\(items)</ul></div>\n"
      }
      out += """
        <section class="axis-part" id="\(anchor(of: axis))">
        <h2>\(Typography.text(axis.title, language))</h2>
        <p class="question">\(Typography.text(axis.question, language))</p>
        \(body)</section>

        """
    }
    return (out, shown)
  }

  /// The parts of a page, for its inner navigation.
  func sections(isIndex: Bool) -> [(String, String)] {
    var out = [("essentiel", words.keyFigures)]
    if isIndex { out.append(("comparaison", words.comparison)) }
    out += layout.axes.map { (anchor(of: $0), Typography.text($0.title, language)) }
    if isIndex { out.append(("manque", words.missing)) }
    if isIndex, !qualityPanel().isEmpty { out.append(("qualite", words.quality)) }
    return out + [("methode", words.method), ("donnees", words.downloads)]
  }

  func anchor(of axis: ReportLayout.Axis) -> String { Slug.make("axe-" + axis.name) }

  /// The way to the data of a figure on a page, and to its chart as a file.
  func download(
    _ own: Cells, _ number: Int, _ view: FigureView? = nil, on page: FileLink? = nil
  ) -> Markup {
    var out = Markup()
    if let file = data.file(of: own.heading.id) {
      let text =
        language == .fr
        ? "Données de la figure \(number) (CSV, \(words.size(file.bytes)))"
        : "Data of figure \(number) (CSV, \(words.size(file.bytes)))"
      out += "<a href=\"\(file.link)\" download>\(text)</a>"
    }
    if let view, let page, let file = gallery.add(view, on: page) {
      let text =
        language == .fr
        ? "Image de la figure \(number) (SVG, \(words.size(file.bytes)))"
        : "Image of figure \(number) (SVG, \(words.size(file.bytes)))"
      out += out.isEmpty ? Markup() : " – "
      out += "<a href=\"\(file.link)\" download>\(text)</a>"
    }
    return out.isEmpty ? out : "<p class=\"download\">\(out)</p>"
  }

  /// The key figures of a place.
  func cards(_ own: [Cells], _ place: String) -> Markup {
    let items = own.map { card($0, place) }
    return "<ul class=\"cards\">\(items)</ul>"
  }

  private func card(_ own: Cells, _ place: String) -> Markup {
    let row = own.row(place, facts.period)
    let before = maker.before(own, place)
    let h = own.heading
    var value: Markup = "<p class=\"value\">\(own.unit.text(row) ?? "")</p>"
    if row?.value == nil {
      let status = row?.status ?? .noData
      value = """
        <p class="value none"><abbr title="\(Sign.meaning(status, language))">\
        \(Sign.text(status, language))</abbr> \
        <span class="small">\(Sign.meaning(status, language))</span></p>
        """
    }
    var details: [String] = []
    if let row {
      if let workings = own.workings(row, words) { details.append(workings) }
      if let n = own.respondents(row, words) {
        details.append(language == .fr ? "\(n) répondants" : "\(n) respondents")
      }
      if let n = row.unknown, n > 0 {
        details.append(words.unknowns(numbers.number(n), own.heading.unknowns))
      }
      if let low = row.low, let high = row.high, !own.unit.isRange {
        details.append(
          words.interval.lowercased() + words.colon
            + "\(own.unit.cell(low)) – \(own.unit.cell(high))")
      }
    }
    if place != "_total", own.isComparable, let all = own.unit.text(own.row("_total", facts.period))
    {
      details.append(
        (language == .fr ? "ensemble" : "all") + words.colon + all)
    }
    if let value = row?.value, let goal = maker.goal(of: own, place, facts.period) {
      details.append(
        words.reached(
          maker.told(goal, own.unit),
          maker.isReached(goal, by: value, direction: own.heading.direction)))
    }
    var moved = Markup()
    if let before, let change = own.change(row, before.row) {
      let text = maker.told(change, numbers.period(before.period))
      let margin: Markup = change.margin.map { " <span class=\"soft\">(\($0))</span>" } ?? Markup()
      moved = """
        <p class="moved"><span class="arrow">\(change.arrow)</span> \(text)\(margin)</p>
        """
    }
    let spark = Sparkline(
      marks: maker.years.map {
        Mark(label: "", row: own.row(place, $0), unit: own.unit)
      }
    ).svg()
    let detail: Markup =
      details.isEmpty
      ? Markup()
      : "<p class=\"soft small\">\(details.joined(separator: language == .fr ? "\u{202F}; " : "; "))</p>"
    return """
      <li><h3>\(linked(h))</h3>
      <div class="top">\(value)\(spark)</div>
      <p class="counts">\(Typography.text(h.counts, language))</p>
      \(detail)\(moved)</li>

      """
  }

  /// An indicator's title, leading to its page when it has one.
  func linked(_ h: ReleasedHeading) -> Markup {
    let title = Typography.text(h.title, language)
    return link(to: h.id).map { "<a href=\"\($0)\">\(title)</a>" } ?? "\(title)"
  }

  /// How to read each indicator of the page.
  func method(_ shown: [Cells]) -> Markup {
    let entries = shown.map { own -> Markup in
      let h = own.heading
      let items: [(String, String)] = [
        (words.counted, Typography.text(h.counts, language)),
        (language == .fr ? "Méthode" : "Method", Typography.text(h.method, language)),
        (
          language == .fr ? "Paramètres" : "Parameters",
          Typography.text(h.parameters, language)
        ),
        (words.addition, words.additivity(h.additivity)),
        (words.source, language == .fr ? Typography.french(h.source) : h.source),
        (words.definition, "\(h.catalogue), version\u{A0}\(h.version)"),
      ]
      let list = items.filter { !$0.1.isEmpty }.map { term, text -> Markup in
        "<p><b>\(term)</b>\(words.colon)\(text)</p>"
      }
      let formula: Markup =
        h.formula.isEmpty
        ? Markup()
        : "<details><summary>\(words.formula)<span class=\"hidden\"> \(Typography.text(h.title, language))</span></summary><p><code>\(h.formula)</code></p></details>"
      return """
        <li id="\(Slug.make("methode-" + h.id))"><h3>\(Typography.text(h.title, language))</h3>\(list)\(formula)</li>

        """
    }
    return """
      <section class="method" id="methode"><h2>\(words.method)</h2>
      <ul>
      \(entries)</ul></section>

      """
  }

  /// The data of the whole report.
  func downloads() -> Markup {
    let fr = language == .fr
    let machine =
      (fr ? "Toutes les données, pour les logiciels d’analyse" : "All data, for analysis software")
      + " (CSV, \(words.size(data.whole.bytes)))"
    let excel =
      (fr ? "Toutes les données, pour Excel" : "All data, for a French Excel")
      + " (CSV, \(words.size(data.excel.bytes)))"
    let further = data.words.map { file -> Markup in
      """
      <li><a href="\(file.link)" download>\(file.title[language]) (CSV, \(words.size(file.bytes)))</a></li>

      """
    }
    return """
      <section id="donnees"><h2>\(words.downloads)</h2>
      <ul>
      <li><a href="\(data.whole.link)" download>\(machine)</a></li>
      <li><a href="\(data.excel.link)" download>\(excel)</a></li>
      \(further)\
      </ul></section>

      """
  }
}
