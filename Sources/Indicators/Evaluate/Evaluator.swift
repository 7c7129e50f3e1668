package import Columns
package import Diagnostics
package import Model
package import Periods

/// The columnar executor: computes indicators on tables in memory.
package final class Evaluator {
  private let model: Model
  private let frame: Frame
  private let source: any TableSource

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
    do {
      try frame.load(question.paths)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .failed, code: "indicators.load", fr: "les données ne peuvent pas être lues",
        en: "the data cannot be read")
    }
    var out: [PeriodCells] = []
    for period in periods { out.append(cells(question, period)) }
    return try question.assembly(source: source).table(out)
  }

  private func cells(_ question: Question, _ period: Period) -> PeriodCells {
    var space = GroupSpace(cuts: question.cuts)
    var slots: [String: [[Int32]]] = [:]
    for (table, paths) in question.dimensions.sorted(by: { $0.key < $1.key }) {
      let evaluator = RowEvaluator(frame: frame, base: table, year: period.last.year)
      slots[table] = paths.enumerated().map { d, path in
        guard let path else { return [Int32](repeating: 1, count: frame.rowCount(table)) }
        return space.slots(evaluator.vector(.path(path)), dimension: d)
      }
    }
    let executor = AggregateExecutor(
      frame: frame, model: model, period: period, space: space, slots: slots)
    var out = PeriodCells(period: period, cells: [], scanned: [])
    for aggregate in question.plan.aggregates {
      var named: [PeriodCells.Key: Cell] = [:]
      for (group, cell) in executor.cells(aggregate) { named[space.decode(group)] = cell }
      out.cells.append(named)
      var counts: [String: Double] = [:]
      for (group, n) in executor.scanned(aggregate.scan) { counts[space.decode(group)[0]] = n }
      out.scanned.append(counts)
    }
    return out
  }
}
