package import Diagnostics
import Indicators
import Model
import Periods
import Persistence
import Reporting

/// `lien compute ID --rows`: the rows behind a value, for the internal audience alone.
package struct RowsUseCase {
  private let workspace: Workspace
  private let language: Language

  /// The rows of a store that is open.
  init(_ workspace: Workspace, _ language: Language) {
    (self.workspace, self.language) = (workspace, language)
  }

  /// Opens the project's store.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  /// The rows behind one indicator as CSV, for a report that is internal.
  func csv(_ indicator: Indicator, period: Period, evaluator: Evaluator) throws(Failure) -> String {
    var tables: [PlainTable] = []
    for listing in try evaluator.rows(indicator, filter: nil, period: period) {
      tables.append(try table(listing, indicator, period, []))
    }
    return Tabular.csv.text(tables, language: language)
  }

  /// The rows in a form: `table`, `csv`, `json` or `excel-fr`. People and homes are pseudonyms.
  ///
  /// - Throws: `Failure`: `usage` for an unknown indicator, condition, period or residence, and
  ///   for more than one indicator; `releaseRefused` for another audience.
  package func run(_ question: ComputeUseCase.Question, format: String) throws(Failure) -> String {
    try ReportRows.check(true, audience: question.audience)
    let indicators = try CatalogueSearch(workspace.catalogue()).all(question.indicators)
    let period = try workspace.period(named: question.period)
    let evaluator = Evaluator(model: workspace.model, source: workspace.store)
    let residences = try workspace.residences()
    try ComputeUseCase.check(question.residences, among: residences.map(\.key))
    var tables: [PlainTable] = []
    for indicator in indicators {
      for listing in try evaluator.rows(indicator, filter: question.condition, period: period) {
        tables.append(try table(listing, indicator, period, question.residences))
      }
    }
    return (Tabular(rawValue: format) ?? .table).text(tables, language: language)
  }

  private func table(
    _ listing: RowListing, _ indicator: Indicator, _ period: Period, _ residences: [String]
  ) throws(Failure) -> PlainTable {
    let fr = language == .fr
    let imports = try workspace.store.imports(of: listing.table)
    let rows = listing.rows.filter {
      residences.isEmpty || $0.residence.map(residences.contains) ?? false
    }
    let isWeighted = rows.contains { $0.weight != 1 }
    var header =
      fr ? ["import", "résidence", "compté"] : ["import", "residence", "counted"]
    if isWeighted { header.append(fr ? "effectif" : "headcount") }
    header += listing.columns
    let words = fr ? ("oui", "inconnu") : ("yes", "unknown")
    let cells = rows.map { row -> [String?] in
      var out: [String?] = [
        imports.indices.contains(row.position) ? "\(imports[row.position])" : nil,
        row.residence, row.isTaken ? words.0 : words.1,
      ]
      if isWeighted {
        out.append(row.weight == row.weight.rounded() ? "\(Int(row.weight))" : "\(row.weight)")
      }
      return out + row.cells
    }
    let label = workspace.model[listing.table]?.label[language] ?? listing.table
    let d = indicator.definition
    let taken = rows.count { $0.isTaken }
    let counted = fr ? "\(taken) lignes comptées" : "\(taken) rows counted"
    let unknown = rows.count - taken
    let rest =
      unknown == 0 ? "" : fr ? ", \(unknown) inconnues" : ", \(unknown) unknown"
    return PlainTable(
      title: "\(d.title[language]) (\(d.id)), \(period.name)\u{A0}: \(label), \(counted)\(rest)",
      header: header, rows: cells)
  }
}
