package import Diagnostics
package import Disclosure
import HTML
import Periods
import Threads

/// A report: a dashboard of pages that lead to each other, or documents for print; and the data
/// as CSV.
///
/// It is made from released tables only. The same facts and tables give the same bytes.
package struct Report: Sendable {
  private let plan: ReportPlan
  private let facts: ReportFacts
  private let tables: [ReleasedTable]
  private let residences: [String]
  private let dictionary: String?

  /// Prepares a report from the tables that `plan.requests` asks for; `residences` are those that
  /// documents are made for, all when it is empty; `dictionary` is what the columns of the data mean,
  /// as CSV.
  package init(
    plan: ReportPlan, facts: ReportFacts, tables: [ReleasedTable], residences: [String] = [],
    dictionary: String? = nil
  ) {
    self.plan = plan
    self.facts = facts
    self.tables = tables
    self.residences = residences
    self.dictionary = dictionary
  }

  /// The report's files: paths below its folder, and contents.
  ///
  /// - Throws: `Failure` with status `failed` when an indicator of the layout has no table, or
  ///   when a table was released for another audience than the report's.
  package func files(language: Language) throws(Failure) -> [(path: String, contents: String)] {
    for table in tables where table.audience != facts.audience {
      throw Failure(
        .failed, code: "report.audience",
        fr: "« \(table.heading.id) » a été préparé pour un autre public que celui du rapport",
        en: "“\(table.heading.id)” was released for another audience than the report’s")
    }
    var cells: [String: Cells] = [:]
    let byKey = Dictionary(grouping: tables) {
      plan.key($0.heading.id, settings: $0.heading.settings)
    }
    for request in plan.requests {
      let id = request.indicator
      let key = plan.key(id, request.setting)
      if cells[key] != nil { continue }
      guard let found = Cells(byKey[key] ?? [], language: language) else {
        throw Failure(
          .failed, code: "report.no-table", fr: "« \(id) » n’a pas été calculé",
          en: "“\(id)” was not computed", at: request.location)
      }
      cells[key] = found
    }
    if let document = plan.layout.document {
      return Documents(
        document: document, plan: plan, facts: facts, tables: tables, cells: cells,
        words: Words(language)
      ).files(of: residences)
    }
    let data = Downloads(tables: tables, layout: plan.layout, dictionary: dictionary)
    let pages = Pages.files { [facts, plan, cells] in
      Pages(facts: facts, plan: plan, cells: cells, data: data, words: Words(language))
    }
    return pages + data.all
  }
}

/// The data files beside the pages: one an indicator, and one with all.
struct Downloads: Sendable {
  /// All files: paths and contents.
  let all: [(path: String, contents: String)]
  /// The whole, for machines and for Excel: link and size in bytes.
  let whole: (link: FileLink, bytes: Int), excel: (link: FileLink, bytes: Int)
  /// What the figures and the columns mean: title, link and size.
  let words: [(title: Phrase, link: FileLink, bytes: Int)]
  private let indicators: [String: (link: FileLink, bytes: Int)]

  /// The tables of one document: the whole, without a file an indicator.
  init(tables: [ReleasedTable], name: String) {
    self.init(tables: tables, name: name, each: false, dictionary: nil)
  }

  /// The tables of a report.
  init(tables: [ReleasedTable], layout: ReportLayout, dictionary: String?) {
    self.init(tables: tables, name: layout.name, each: true, dictionary: dictionary)
  }

  private init(tables: [ReleasedTable], name: String, each: Bool, dictionary: String?) {
    var ids: [String] = []
    var byID: [String: [ReleasedTable]] = [:]
    for table in tables {
      if byID[table.heading.id] == nil { ids.append(table.heading.id) }
      byID[table.heading.id, default: []].append(table)
    }
    if !each { ids = [] }
    let own = [name, name + "-excel", "definitions", "dictionnaire"]
    let slugs = Slug.unique(own + ids).dropFirst(own.count)
    // The two of all tables, which take as long as the others together, are begun first.
    let forms: [(name: String, tables: [ReleasedTable], form: Tabular)] =
      [(name, tables, .csv), (name + "-excel", tables, .excelFr)]
      + zip(ids, slugs).map { ($1, byID[$0] ?? [], .csv) }
    // The columns speak the same in both languages; only notes are words, and they are released.
    let texts = Workers.share(forms.count) { forms[$0].form.text(forms[$0].tables, language: .fr) }
    let links = zip(forms, texts).map { form, text in
      (link: FileLink(form.name, extension: "csv", folder: "data"), bytes: text.utf8.count)
    }
    var all = zip(links, texts).map { (path: $0.link.text, contents: $1) }
    (whole, excel) = (links[0], links[1])
    indicators = Dictionary(uniqueKeysWithValues: zip(ids, links.dropFirst(2)))
    var words: [(title: Phrase, link: FileLink, bytes: Int)] = []
    func add(_ name: String, _ text: String, _ title: Phrase) {
      let link = FileLink(name, extension: "csv", folder: "data")
      all.append((link.text, text))
      words.append((title, link, text.utf8.count))
    }
    if each {
      add(
        "definitions", DefinitionTable(tables).csv,
        Phrase(
          fr: "Définitions de tous les indicateurs de ces données",
          en: "Definitions of all indicators of these data"))
    }
    if let dictionary {
      add(
        "dictionnaire", dictionary,
        Phrase(
          fr: "Dictionnaire des données\u{A0}: chaque table et colonne de départ",
          en: "Data dictionary: each table and column they are made from"))
    }
    self.words = words
    self.all = all
  }

  /// The file of an indicator.
  func file(of id: String) -> (link: FileLink, bytes: Int)? { indicators[id] }
}
