import Diagnostics
import Indicators
import Periods
import Persistence
import Reporting

/// The rows behind the indicators of a report, written beside its pages: for the internal audience
/// alone, and only where they are asked for, since they take longer than the pages themselves.
struct ReportRows {
  let workspace: Workspace
  let language: Language

  /// Refuses rows of people to anyone but the internal audience.
  static func check(_ wanted: Bool, audience: String) throws(Failure) {
    guard wanted, audience != "internal" else { return }
    throw Failure(
      .releaseRefused, code: "rows.not-internal",
      fr: "--rows montre des lignes de personnes\u{A0}: en interne seulement",
      en: "--rows shows rows of people: internally only")
  }

  /// Writes a file an indicator; their paths below the folder.
  func write(_ plan: ReportPlan, of catalogue: Catalogue, period: Period, in folder: String)
    throws(Failure) -> [String]
  {
    let evaluator = Evaluator(model: workspace.model, source: workspace.store)
    let rows = RowsUseCase(workspace, language)
    var made: [String] = []
    for (id, path) in plan.listed {
      guard let indicator = try catalogue.find(id).first else { continue }
      let text = try rows.csv(indicator, period: period, evaluator: evaluator)
      try SafeWriting.makeFolder(SafeWriting.parent(of: folder + "/" + path))
      try SafeWriting.write(text, to: folder + "/" + path, force: true)
      made.append(path)
    }
    return made
  }
}
