import Diagnostics
import Disclosure
import HTML
import Periods

/// A part of a document, ready to stand in it.
struct DocumentSection {
  let anchor: String
  let title: String
  /// What stands below its heading.
  let body: Markup
  /// The class of its element.
  var kind: Markup = "part"
}

extension Pages {
  /// A document: on all residences, or on one.
  func page(_ document: ReportLayout.Document, about residence: ReportFacts.Residence?) -> Page {
    let scope = DocumentScope(
      residence: residence, isBrief: document.isPerResidence,
      leavesOutEmpty: document.leavesOutEmpty)
    var sections: [DocumentSection] = []
    for part in document.parts {
      switch part {
      case .summary: sections.append(summary(scope, document))
      case .comparison: sections.append(sideBySide())
      case .axes: sections += axisSections(scope, document)
      case .missing: sections.append(absences(scope))
      case .method: sections.append(annex(scope))
      case .frameworks: sections.append(frameworks(scope))
      case .data: sections.append(source(scope))
      }
    }
    let isNumbered = !scope.isBrief
    var number = 0
    var inside: [(anchor: String, name: String)] = []
    var main = Markup()
    for section in sections {
      var title = section.title
      // The summary comes before what it sums up.
      if isNumbered, section.anchor != "essentiel" {
        number += 1
        title = "\(number). \(title)"
      }
      inside.append((section.anchor, title))
      main += """
        <section class="\(section.kind)" id="\(section.anchor)">
        <h2>\(title)</h2>
        \(section.body)</section>

        """
    }
    let title = Typography.text(layout.title, language)
    let name = residence?.name ?? title
    let items = inside.map { anchor, name -> Markup in
      "<li><a href=\"\(FileLink(anchor: anchor))\">\(name)</a></li>"
    }
    let period = numbers.period(facts.period)
    let frame: Markup =
      scope.isBrief ? "<div class=\"brief\">\(main)</div>" : "<div class=\"long\">\(main)</div>"
    return Page(
      language: language, title: "\(name), \(period) – \(facts.title)",
      summary: Typography.text(layout.lead, language),
      styles: [Chart.style, PageStyle.rules, DocumentStyle.rules, sheets(name: name)]
        + (scope.isBrief ? [DocumentStyle.brief] : []),
      header: heading(residence), navigation: "<ol class=\"contents\">\(items)</ol>",
      navigationLabel: words.contents, main: Chart.hatching + frame, footer: footer())
  }

  /// The indicators that a document speaks of, of some.
  func there(_ own: [Cells], _ scope: DocumentScope) -> [Cells] {
    guard scope.leavesOutEmpty else { return own }
    return own.filter { ($0.row(scope.place, facts.period)?.status ?? .noData) != .noData }
  }

  private func heading(_ residence: ReportFacts.Residence?) -> Markup {
    let title = Typography.text(layout.title, language)
    let period = numbers.period(facts.period)
    guard let residence else {
      return """
        <p class="project">\(facts.title)</p>
        <h1>\(title) <span class="when">\(period)</span></h1>
        <p class="lead">\(Typography.text(layout.lead, language))</p>
        \(banners)
        """
    }
    let place = [residence.city, title].filter { !$0.isEmpty }.joined(separator: " – ")
    return """
      <p class="project">\(facts.title)</p>
      <h1>\(residence.name) <span class="when">\(period)</span></h1>
      <p class="lead">\(place)</p>
      \(banners)
      """
  }

  /// The running heads and feet of the sheets.
  private func sheets(name: String) -> Style {
    let period = numbers.period(facts.period)
    let reader = words.reader(facts.audience)
    let mark = words.fingerprint + words.colon + facts.fingerprint.prefix(12)
    return DocumentStyle.sheets(
      left: facts.title == name ? name : "\(name) – \(facts.title)", right: period,
      foot: ([reader] + (isFictional ? [words.madeUp] : []) + [mark]).joined(separator: " · "),
      page: words.page, of: words.pageOf)
  }

  /// The list of the documents of several residences.
  func list(
    _ documents: [(residence: ReportFacts.Residence, link: FileLink, data: FileLink)]
  ) -> Page {
    let title = Typography.text(layout.title, language)
    let period = numbers.period(facts.period)
    let table = TableView(
      caption: "\(title), \(period)",
      heads: [words.residence, words.city, words.downloads],
      rows: documents.map { entry in
        var file = TableView.Cell("")
        file.drawing = """
          <a href="\(entry.data)" download>CSV<span class="hidden">, \(entry.residence.name)</span></a>
          """
        return TableView.Row(
          entry.residence.name, link: entry.link, [TableView.Cell(entry.residence.city), file])
      })
    let lead = words.oneEach(documents.count)
    return Page(
      language: language, title: "\(title), \(period) – \(facts.title)", summary: lead,
      styles: [PageStyle.rules, DocumentStyle.rules],
      header: """
        <p class="project">\(facts.title)</p>
        <h1>\(title) <span class="when">\(period)</span></h1>
        <p class="lead">\(lead)</p>
        \(banners)
        """,
      navigation: """
        <ol class="contents"><li><a href="#residences">\(words.residences)</a></li>\
        <li><a href="#donnees">\(words.downloads)</a></li></ol>
        """, navigationLabel: words.contents,
      main: """
        <section id="residences"><h2>\(words.residences)</h2>
        <div class="names">\(table.markup())</div></section>
        \(downloads())
        """, footer: footer())
  }
}

/// What a document is about.
struct DocumentScope {
  /// The residence; nil for all together.
  let residence: ReportFacts.Residence?
  /// Whether it is made to be read in a meeting, on few sheets.
  let isBrief: Bool
  /// Whether what has no data is left out.
  var leavesOutEmpty = false

  var place: String { residence?.key ?? "_total" }
}
