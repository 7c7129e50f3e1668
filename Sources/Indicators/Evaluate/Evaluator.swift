package import Columns
package import Diagnostics
package import Model
package import Periods

/// The columnar executor: computes indicators on tables in memory.
///
/// Indicators computed one after the other for the same periods share what they read.
package final class Evaluator {
  let model: Model
  let frame: Frame
  private let source: any TableSource
  private let residenceLabels = ResidenceLabels()
  private var engines: [Engine] = []
  var residences: [String]?
  /// What has been read so far.
  var loaded: LoadedTables { frame.loaded }

  /// Prepares a computation on the tables of a source; loads nothing yet.
  package init(model: Model, source: any TableSource) {
    self.model = model
    self.source = source
    frame = Frame(model: model, source: source)
  }

  /// Computes an indicator for every period, residence and combination of cuts, with all totals.
  ///
  /// `cuts` are names of dimensions that every side of the formula knows; `filter` is a condition
  /// on cut names that a user typed, applied to every side.
  ///
  /// - Throws: `Failure`: `usage` when a cut or a filter does not apply to a side of the formula,
  ///   `failed` when the tables cannot be read.
  package func compute(
    _ indicator: Indicator, cuts: [String] = [], filter: String? = nil, periods: [Period]
  ) throws(Failure) -> IndicatorTable {
    let question = try Question(
      indicator, cuts: cuts, filter: filter, periods: periods, model: model)
    try load(question)
    let engine = engine(periods)
    let executor = AggregateExecutor(engine: engine, question: question)
    let answers = question.plan.aggregates.map { aggregate in
      func make() -> ComputedCells {
        ComputedCells(
          cells: executor.cells(aggregate), scanned: executor.scanned(aggregate.scan))
      }
      return cuts.isEmpty
        ? engine.answer(aggregate, size: executor.space.size, make: make) : make()
    }
    return try question.assembly(residences: residenceKeys(question)).table(
      answers, space: executor.space, periods: periods)
  }

  /// Does beforehand what some indicators have in common for some periods: loads their tables,
  /// picks and sorts the rows that take part, and counts them by the people they are about.
  ///
  /// Never needed: `compute` does as much of it as is missing.
  ///
  /// - Throws: as `compute`.
  package func prepare(_ indicators: [Indicator], periods: [Period]) throws(Failure) {
    let engine = engine(periods)
    for indicator in indicators {
      let question = try Question(
        indicator, cuts: [], filter: nil, periods: periods, model: model)
      try load(question)
      let executor = AggregateExecutor(engine: engine, question: question)
      for aggregate in question.plan.aggregates { executor.prepare(aggregate) }
    }
  }

  func load(_ question: Question) throws(Failure) { try load(question.paths) }

  func load(_ paths: [ResolvedPath]) throws(Failure) {
    do {
      try frame.load(paths)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .failed, code: "indicators.load", fr: "les données ne peuvent pas être lues",
        en: "the data cannot be read")
    }
  }

  func residenceKeys(_ question: Question) throws(Failure) -> [String] {
    if let residences { return residences }
    let keys = try question.residenceKeys(source: source)
    residences = keys
    return keys
  }

  /// What the periods share; kept for the three lists of periods asked for last, as a report
  /// asks for a year, the year before and a trend in turn.
  func engine(_ periods: [Period]) -> Engine {
    if let known = engines.firstIndex(where: { $0.periods == periods }) {
      engines.append(engines.remove(at: known))
    } else {
      if engines.count == 3 { engines.removeFirst() }
      engines.append(
        Engine(
          frame: frame, model: model, periods: periods, residenceLabels: residenceLabels))
    }
    return engines[engines.count - 1]
  }
}
