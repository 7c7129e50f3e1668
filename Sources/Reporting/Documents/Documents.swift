import Diagnostics
import Disclosure
import HTML
import Periods

/// The files of a document: one on all residences, or one a residence with a list of them; and
/// the figures as CSV.
struct Documents {
  let document: ReportLayout.Document
  let plan: ReportPlan
  let facts: ReportFacts
  let tables: [ReleasedTable]
  let cells: [String: Cells]
  let words: Words

  /// Paths and contents; the first is what a reader opens first.
  ///
  /// `wanted` names the residences that documents are made for; all when it is empty.
  func files(of wanted: [String]) -> [(path: String, contents: String)] {
    guard document.isPerResidence else {
      let data = Downloads(tables: tables, layout: plan.layout, dictionary: nil)
      let (text, charts) = page(about: nil, named: stem(nil), data)
      return [(FileLink(stem(nil), extension: "html").text, text)] + charts + data.all
    }
    let slugs = Slug.unique(facts.residences.map(\.key))
    var links: [(residence: ReportFacts.Residence, link: FileLink, data: FileLink)] = []
    var files: [(path: String, contents: String)] = []
    for (residence, slug) in zip(facts.residences, slugs)
    where wanted.isEmpty || wanted.contains(residence.key) {
      // A residence's file holds its own rows, and those of all together.
      let data = Downloads(
        tables: tables.map { $0.only(residences: [residence.key, "_total"]) }, name: stem(slug))
      let pages = pages(data)
      guard let own = pages.facts.residences.first(where: { $0.key == residence.key }) else {
        continue
      }
      let link = FileLink(stem(slug), extension: "html")
      links.append((own, link, data.whole.link))
      let (text, charts) = page(about: own, named: stem(slug), data)
      files.append((link.text, text))
      files += charts + data.all
    }
    if links.count > 1 {
      let data = Downloads(tables: tables, name: stem(nil))
      files.insert(("index.html", pages(data).list(links).text), at: 0)
      files += data.all
    }
    return files
  }

  /// A document's page, and its charts as files with their list.
  private func page(
    about residence: ReportFacts.Residence?, named stem: String, _ data: Downloads
  ) -> (text: String, charts: [(path: String, contents: String)]) {
    let pages = pages(data)
    pages.gallery.folder = stem
    let text = pages.page(document, about: residence).text
    var charts = pages.gallery.files
    if let list = pages.gallery.list(words.language) {
      charts.append((FileLink(stem + "-figures", extension: "csv", folder: "data").text, list))
    }
    return (text, charts)
  }

  /// The name of a document's files without their ending: what, when, and of whom.
  private func stem(_ residence: String?) -> String {
    Slug.make("\(plan.layout.name)-\(facts.period.name)") + (residence.map { "-" + $0 } ?? "")
  }

  private func pages(_ data: Downloads) -> Pages {
    Pages(facts: facts, plan: plan, cells: cells, data: data, words: words)
  }
}
