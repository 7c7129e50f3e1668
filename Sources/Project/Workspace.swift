import Columns
import Diagnostics
import Indicators
import Model
import Periods
import Persistence

/// What a command that asks the data needs: the model, the store, and an evaluator over it.
struct Workspace {
  let project: ProjectFolder
  let model: Model
  let store: Store

  /// Opens the store of a project for reading.
  init(_ project: ProjectFolder) throws(Failure) {
    self.project = project
    model = try project.model()
    store = try Store.open(in: project.path, model: model, forWriting: false)
  }

  /// The indicators of the project.
  func catalogue() throws(Failure) -> Catalogue {
    try Catalogue(
      folder: project.definitionsFolder, model: model, settings: project.parameters)
  }

  /// The indicators that words name, those of catalogue codes by `CatalogueSearch`.
  ///
  /// - Throws: `Failure` with the nearest name, or with what is wrong in the definitions.
  func indicators(_ words: [String], cutBy cuts: [String] = []) throws(Failure) -> [Indicator] {
    if !words.isEmpty,
      let few = try? Catalogue(
        folder: project.definitionsFolder, model: model, settings: project.parameters, naming: words
      ),
      let found = try? CatalogueSearch(few).all(words, cutBy: cuts)
    {
      return found
    }
    return try CatalogueSearch(catalogue()).all(words, cutBy: cuts)
  }

  /// The period that a command is about: the one named, else the last calendar year that the
  /// data cover (they begin by its first month and go on into its last), else all they cover.
  func period(named text: String?) throws(Failure) -> Period {
    if let text { return try Period(text) }
    guard let span = try store.observedSpan() else {
      throw Failure(
        .usage, code: "period.none", fr: "la base ne contient encore aucune donnée datée",
        en: "the store holds no dated data yet",
        remedy: Phrase(
          fr: "importez des feuilles (lien import FICHIER…), ou nommez la période (--period 2025)",
          en: "import sheets (lien import FILE…), or name the period (--period 2025)"))
    }
    for year in stride(from: span.last.year, through: span.first.year, by: -1) {
      if let first = Day(year: year, month: 1, day: 31),
        let last = Day(year: year, month: 12, day: 1), span.first <= first, last <= span.last,
        let period = Period(year: year)
      {
        return period
      }
    }
    return Period(first: span.first, last: span.last)
  }

  /// The residences, in the order of their keys.
  func residences() throws(Failure) -> [Residence] {
    guard model["residence"] != nil else { return [] }
    let table = try load("residence", ["residence", "name", "city", "fictional"])
    let rows = (0..<table.rowCount).compactMap { row -> Residence? in
      func text(_ column: String) -> String? { table[column]?.text(at: row) }
      guard let key = text("residence") else { return nil }
      return Residence(
        key: key, name: text("name") ?? key, city: text("city") ?? "",
        isFictional: text("fictional") == "1")
    }
    return rows.sorted { $0.key < $1.key }
  }

  /// A residence of the project.
  struct Residence {
    var key: String, name: String, city: String
    var isFictional: Bool
  }

  /// Columns of a table; those that the model does not have are left out.
  func load(_ name: String, _ columns: [String]) throws(Failure) -> Table {
    let known = columns.filter { model[name]?[$0] != nil }
    return try store.table(name, columns: known)
  }
}
