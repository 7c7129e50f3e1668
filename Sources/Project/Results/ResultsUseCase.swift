import Columns
package import Diagnostics
import Indicators
import Model
import Periods
import Reporting

/// `lien compute --format results`: all indicators whole and by each of their cuts, and what the
/// project's reports ask, in the columns that queries run elsewhere give (`SQLResult`).
package struct ResultsUseCase {
  /// What is asked.
  package struct Question: Sendable {
    /// Ids or catalogue codes; empty for all.
    package var indicators: [String]
    /// Further cuts, and calendar steps.
    package var by: [String]
    /// The period as written; nil for the usual one.
    package var period: String?
    /// The residences to give; empty for all, and all together.
    package var residences: [String]
    /// Whether to leave out what a query can say.
    package var withoutSQL: Bool
    /// Whether to give what reads data of internal use too.
    package var restricted: Bool
    /// The folder of an export in parts to compute on; nil for the project's store.
    package var export: String?

    /// Makes a question.
    package init(
      indicators: [String], by: [String], period: String?, residences: [String],
      withoutSQL: Bool, restricted: Bool, export: String?
    ) {
      self.indicators = indicators
      self.by = by
      self.period = period
      self.residences = residences
      self.withoutSQL = withoutSQL
      self.restricted = restricted
      self.export = export
    }
  }

  private let workspace: Workspace
  private let language: Language

  /// Opens the project.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  /// The rows as CSV, and what its reader should know.
  ///
  /// Of a few residences of an export only their own parts are read, so that many can be computed
  /// at once. The row of all together is then absent, as it is not known; and what a residence's
  /// own parts cannot tell is left out.
  ///
  /// - Throws: `Failure`: `usage` for an unknown indicator, cut, period or residence, `input` when
  ///   the export cannot be read.
  package func run(_ question: Question) throws(Failure) -> (text: String, notes: [Phrase]) {
    let catalogue = try workspace.catalogue()
    var named: Set<String>?
    if !question.indicators.isEmpty {
      named = Set(
        try CatalogueSearch(catalogue).all(question.indicators).map(\.definition.id))
    }
    let parts = try question.export.map { folder throws(Failure) in
      try ExportedParts(
        folder, model: workspace.model, residences: question.residences)
    }
    if question.restricted, let parts, !parts.isRestricted {
      throw Failure(
        .usage, code: "results.restricted",
        fr: "cet export n’a pas les données d’usage interne que --restricted demande",
        en: "this export does not have the data of internal use that --restricted asks for",
        remedy: Phrase(
          fr: "ôtez --restricted, ou refaites l’export avec --partitioned --restricted",
          en: "drop --restricted, or export again with --partitioned --restricted"))
    }
    let isPartial = question.export != nil && !question.residences.isEmpty
    var notes: [Phrase] = []
    var crossing: [String] = []
    let plan = try ResultsPlan(
      catalogue, model: workspace.model, project: workspace.project,
      period: workspace.period(named: question.period), by: question.by,
      restricted: question.restricted
    ) { indicator in
      guard named?.contains(indicator.definition.id) ?? true,
        !(question.withoutSQL && indicator.hasSQL)
      else { return false }
      guard isPartial, let reason = indicator.whyNotByResidence else {
        return true
      }
      if !crossing.contains(indicator.definition.id) {
        crossing.append(indicator.definition.id)
        notes.append(
          Phrase(
            fr: "\(indicator.definition.id) : non calculé par résidence, \(reason.fr)",
            en: "\(indicator.definition.id): not computed by residence, \(reason.en)"))
      }
      return false
    }
    if !plan.restricted.isEmpty {
      let list = plan.restricted.map(\.definition.id).joined(separator: ", ")
      notes.append(
        Phrase(
          fr:
            "laissés de côté, car ils lisent des données d’usage interne (--restricted) : \(list)",
          en: "left out, as they read data of internal use (--restricted): \(list)"))
    }
    let source: any TableSource = parts ?? workspace.store
    let known = try keys(source)
    try ComputeUseCase.check(question.residences, among: known)
    var wanted = Set(question.residences)
    if !isPartial { wanted.insert(totalMark) }
    let text = try text(
      plan, source: source, residences: question.residences.isEmpty ? nil : wanted)
    return (text, notes)
  }

  /// The keys of the residences that the tables list.
  private func keys(_ source: any TableSource) throws(Failure) -> [String] {
    guard let table = workspace.model["residence"], let key = table.keyColumn?.name else {
      return []
    }
    do {
      let column = try source.table(table.name, columns: [key])
      return (0..<column.rowCount).compactMap { column[key]?.text(at: $0) }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .failed, code: "results.load", fr: "les données ne peuvent pas être lues",
        en: "the data cannot be read")
    }
  }

  private func text(
    _ plan: ResultsPlan, source: any TableSource, residences: Set<String>?
  ) throws(Failure) -> String {
    let evaluator = Evaluator(model: workspace.model, source: source)
    var orders: [Evaluator.Order] = []
    var groups: [[String]] = []
    for wish in plan.wishes {
      for (periods, levels) in wish.groups {
        let cuts = Set(levels.flatMap { $0 }).sorted()
        for level in levels {
          orders.append(Evaluator.Order(wish.indicator, cuts: level, periods: periods))
          groups.append(cuts)
        }
      }
    }
    let tables = try evaluator.compute(orders)
    let largest = try evaluator.largestParts(of: orders)
    let result = SQLResult(cuts: plan.cuts)
    var out = PlainTable(title: "", header: result.columns, rows: [])
    for (i, table) in tables.enumerated() {
      let d = table.definition
      var fixed = Dictionary(uniqueKeysWithValues: plan.cuts.map { ($0, notApplicableMark) })
      for cut in groups[i] { fixed[cut] = totalMark }
      (fixed["indicator"], fixed["version"], fixed["unit"]) = (d.id, d.fullVersion, d.unit)
      let parts = largest[i].map { Array($0.rows) }
      for (r, row) in table.rows.enumerated()
      where !row.cuts.contains(totalMark) && (residences?.contains(row.residence) ?? true) {
        var cells = fixed
        (cells["period"], cells["residence"]) = (row.period.name, row.residence)
        for (cut, value) in zip(table.cuts, row.cuts) { cells[cut] = value }
        let part = parts.flatMap { r < $0.count ? $0[r].estimate.value : nil }
        cells.merge(SQLResult.cells(row.estimate, largest: part)) { _, new in new }
        out.rows.append(result.columns.map { cells[$0] ?? "" })
      }
    }
    return Tabular.csv.text([out], language: language)
  }
}
