package import Columns
package import Diagnostics
package import Model
package import Periods

/// One field of an engine's answer.
package enum SQLField: Sendable, Hashable {
  case missing
  case number(Double)
  case text(String)

  var number: Double? { if case .number(let n) = self { n } else { nil } }
  var label: String { if case .text(let t) = self { t } else { "" } }
}

/// Turns the answer of a statement written by `SQLWriter` into an indicator table: the groups
/// that SQL cannot list are completed, and intervals computed, as for the columnar executor.
package struct SQLAnswer {
  private let question: Question
  private let source: any TableSource

  /// Prepares to read the answer to a question; `source` lists the residences.
  ///
  /// - Throws: `Failure` with status `usage` when a cut or filter does not apply.
  package init(
    _ indicator: Indicator, cuts: [String] = [], filter: String? = nil, periods: [Period],
    model: Model, source: any TableSource
  ) throws(Failure) {
    question = try Question(
      indicator, cuts: cuts, filter: filter, periods: periods, model: model)
    self.source = source
  }

  /// The table that some answered rows make, in the columns that `SQLWriter` documents.
  ///
  /// - Throws: `Failure` when the residences cannot be listed.
  package func table(rows: [[SQLField]]) throws(Failure) -> IndicatorTable {
    let width = question.cuts.count + 1
    let plan = question.plan
    var answered: [[String]: Estimate] = [:]
    var periods = question.periods.map { period in
      PeriodCells(
        period: period, cells: plan.aggregates.map { _ in [:] },
        scanned: plan.aggregates.map { _ in [:] })
    }
    for row in rows {
      let period = row[0].label
      let group = row[1...width].map(\.label)
      guard let position = periods.firstIndex(where: { $0.period.name == period }) else { continue }
      let fields = Array(row[(width + 1)...])
      answered[[period] + group] = estimate(fields)
      periods[position].cells[0][group] = Cell()
      for i in plan.aggregates.indices where group.dropFirst().allSatisfy({ $0 == totalMark }) {
        periods[position].scanned[i][group[0]] = fields[6].number ?? 0
      }
    }
    // The groups known, with empty cells everywhere else.
    return try table(of: periods) { answered[$0] ?? $1.estimate }
  }

  /// The table that rows of results make, and of a sum of money the largest part of each; the rows
  /// are those of the indicator, for the periods of the question and some of its cuts.
  ///
  /// A row that is not there is not known: its value is missing, for that reason.
  ///
  /// - Throws: `Failure` when the residences cannot be listed.
  package func table(
    results: [(period: String, residence: String, cuts: [String], numbers: SQLResult.Numbers)]
  ) throws(Failure) -> (table: IndicatorTable, largest: IndicatorTable?) {
    var given: [[String]: SQLResult.Numbers] = [:]
    var periods = question.periods.map { period in
      PeriodCells(
        period: period, cells: question.plan.aggregates.map { _ in [:] },
        scanned: question.plan.aggregates.map { _ in [:] })
    }
    for row in results {
      guard let p = periods.firstIndex(where: { $0.period.name == row.period }) else { continue }
      let group = [row.residence] + row.cuts
      given[[row.period] + group] = row.numbers
      periods[p].cells[0][group] = Cell()
    }
    let table = try table(of: periods) { key, _ in
      if let numbers = given[key] { return estimate(numbers) }
      var none = Estimate(value: nil)
      none.reason = .notGiven
      return none
    }
    let hasParts = given.values.contains { $0.largest != nil }
    return (
      table,
      hasParts
        ? try self.table(of: periods) { key, _ in Estimate(value: given[key]?.largest) }
        : nil
    )
  }

  /// A row for every combination of the labels of some cells, and all residences.
  private func table(
    of periods: [PeriodCells], _ estimate: ([String], IndicatorRow) -> Estimate
  ) throws(Failure) -> IndicatorTable {
    let spine = question.assembly(residences: try question.residenceKeys(source: source))
      .table(periods)
    let rows = spine.rows.map { row in
      var row = row
      row.estimate = estimate([row.period.name, row.residence] + row.cuts, row)
      return row
    }
    return IndicatorTable(
      definition: question.indicator.definition, cuts: question.cuts, rows: rows,
      sides: spine.sides)
  }

  /// The estimate of a row of results.
  private func estimate(_ numbers: SQLResult.Numbers) -> Estimate {
    var out = Estimate(
      value: numbers.value, numerator: numbers.numerator, denominator: numbers.denominator,
      unknown: numbers.unknown, known: numbers.known, persons: numbers.persons,
      effectiveSize: numbers.effectiveSize, standardError: numbers.standardError,
      low: numbers.low, high: numbers.high, scanned: numbers.scanned)
    out.leastKnownShare = numbers.knownShare
    out.smallestGroup = numbers.smallest
    out.holdsForAll = numbers.holdsForAll
    out.apart = numbers.apart
    out.reason = numbers.reason
    // Queries give no reason; this one shows.
    if out.value == nil, out.reason == nil, question.plan.root.sides != nil, out.denominator == 0 {
      out.reason = .zeroDenominator
    }
    if out.low == nil, case .aggregate(let i) = question.plan.root {
      var quantiles = Quantiles()
      let cell = Cell(
        value: out.value, degrees: numbers.degrees, effectiveSize: out.effectiveSize,
        standardError: out.standardError)
      Assembly.addInterval(cell, question.plan.aggregates[i], to: &out, quantiles: &quantiles)
    }
    return out
  }

  private func estimate(_ fields: [SQLField]) -> Estimate {
    var out = Estimate(
      value: fields[0].number, numerator: fields[1].number, denominator: fields[2].number,
      unknown: fields[3].number ?? 0, known: fields[4].number ?? 0,
      persons: fields[5].number.map { Int($0) }, scanned: fields[6].number ?? 0)
    if case .aggregate(let i) = question.plan.root {
      var quantiles = Quantiles()
      let cell = Cell(
        value: out.value, degrees: fields[7].number, effectiveSize: fields[8].number,
        standardError: fields[9].number)
      Assembly.addInterval(cell, question.plan.aggregates[i], to: &out, quantiles: &quantiles)
    }
    return out
  }
}
