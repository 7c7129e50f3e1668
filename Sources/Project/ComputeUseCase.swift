package import Diagnostics
import Disclosure
import Indicators
import Periods
import Reporting

/// `lien compute`: indicators from the store, through the gate, as text.
package struct ComputeUseCase {
  /// What is asked.
  package struct Question: Sendable {
    /// Ids or catalogue codes; empty for all.
    package var indicators: [String]
    /// Cuts, and calendar steps (`year`, `quarter`, `month`).
    package var by: [String]
    /// A condition on rows.
    package var condition: String?
    /// The period as written; nil for the usual one.
    package var period: String?
    /// The residences to show; empty for all.
    package var residences: [String]
    /// `internal`, `partner` or `public`.
    package var audience: String

    /// Makes a question.
    package init(
      indicators: [String], by: [String], condition: String?, period: String?,
      residences: [String], audience: String
    ) {
      self.indicators = indicators
      self.by = by
      self.condition = condition
      self.period = period
      self.residences = residences
      self.audience = audience
    }
  }

  private let workspace: Workspace
  private let language: Language

  /// Opens the project's store.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  /// The answer in a form: `table`, `csv`, `json` or `excel-fr`.
  ///
  /// - Throws: `Failure`: `usage` for an unknown indicator, cut, period or residence,
  ///   `releaseRefused` when the audience may not have such a table.
  package func run(_ question: Question, format: String) throws(Failure) -> String {
    let audience = Audience(rawValue: question.audience) ?? .internal
    if audience != .internal, question.condition != nil {
      throw Failure(
        .releaseRefused, code: "compute.where-not-internal",
        fr: "--where ne va pas avec une diffusion : l’écart entre deux tables filtrées désigne",
        en: "--where does not go with a release: the gap between two filtered tables singles out",
        remedy: Phrase(
          fr: "ôtez --where, ou restez en interne (--audience internal)",
          en: "drop --where, or stay internal (--audience internal)"))
    }
    let period = try workspace.period(named: question.period)
    let (periods, cuts) = try Self.stepped(period, by: question.by)
    let indicators =
      question.indicators.isEmpty
      ? try workspace.catalogue().indicators
      : try workspace.indicators(
        question.indicators, cutBy: audience == .internal ? [] : cuts)
    let residences = try workspace.residences()
    try Self.check(question.residences, among: residences.map(\.key))

    let evaluator = Evaluator(model: workspace.model, source: workspace.store)
    var tables: [IndicatorTable] = []
    for indicator in indicators {
      tables.append(
        try evaluator.compute(
          indicator, cuts: cuts, filter: question.condition, periods: periods))
    }
    let ledger = ReleaseLedger(workspace.project)
    var released = try Release.release(
      tables, policy: ReleasePolicy(audience: audience), language: language,
      earlier: ledger.rows(for: audience),
      largest: audience == .internal
        ? [:]
        : evaluator.largestParts(
          of: indicators.map { Evaluator.Order($0, cuts: cuts, periods: periods) })
    ).tables
    try ledger.record(released, for: audience)
    if !question.residences.isEmpty {
      let wanted = Set(question.residences + ["_total"])
      released = released.map { $0.only(residences: wanted) }
    }
    let names = Dictionary(residences.map { ($0.key, $0.name) }) { first, _ in first }
    return (Tabular(rawValue: format) ?? .table).text(released, language: language, labels: names)
  }

  /// Calendar steps among the cuts make several periods.
  static func stepped(_ period: Period, by words: [String]) throws(Failure) -> (
    periods: [Period], cuts: [String]
  ) {
    var periods = [period]
    var cuts: [String] = []
    var step: Step?
    for word in words where word != "residence" {
      if let next = Step(rawValue: word) {
        if let step, step != next {
          throw Failure(
            .usage, code: "compute.two-steps",
            fr: "un seul pas de calendrier à la fois (\(step.rawValue) ou \(next.rawValue))",
            en: "one calendar step at a time (\(step.rawValue) or \(next.rawValue))")
        }
        step = next
        periods = period.steps(next)
      } else if !cuts.contains(word) {
        cuts.append(word)
      }
    }
    return (periods, cuts)
  }

  static func check(_ wanted: [String], among known: [String]) throws(Failure) {
    for key in wanted where !known.contains(key) {
      let near = Suggestion.nearest(to: key, among: known)
      let all = known.joined(separator: ", ")
      throw Failure(
        .usage, code: "compute.unknown-residence", fr: "résidence inconnue : « \(key) »",
        en: "unknown residence: “\(key)”",
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        } ?? Phrase(fr: "résidences connues : \(all)", en: "known residences: \(all)"))
    }
  }
}

/// Finds the indicators that a command names.
struct CatalogueSearch {
  let catalogue: Catalogue

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// Each once, in the order named. A catalogue code may stand for several: then for those that
  /// declare the cuts, where some do.
  func all(_ words: [String], cutBy cuts: [String] = []) throws(Failure) -> [Indicator] {
    var out: [Indicator] = []
    for word in words {
      let found = try catalogue.find(word)
      let declaring = found.filter { Set($0.definition.cuts).isSuperset(of: cuts) }
      for indicator in declaring.isEmpty ? found : declaring
      where !out.contains(where: { $0.definition.id == indicator.definition.id }) {
        out.append(indicator)
      }
    }
    return out
  }
}
