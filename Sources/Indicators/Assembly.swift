import Model
import Periods
import Statistics

/// The cells that an executor computed for one period, under the labels of their groups.
struct PeriodCells {
  /// A group: the residence, then the cuts.
  typealias Key = [String]

  var period: Period
  /// For each aggregate of the plan, its cells.
  var cells: [[Key: Cell]]
  /// For each aggregate, the rows of each residence (and `_total`) before filter and cuts.
  var scanned: [[String: Double]]
}

/// Turns cells into the rows of an indicator table: the same for every executor.
struct Assembly {
  let indicator: Indicator
  let cuts: [String]
  /// All residences, so that one without data is said to have none.
  let residences: [String]
  /// Declared order of values, by cut; others follow in alphabetical order.
  let order: [String: [String]]

  /// The table for some periods.
  func table(_ periods: [PeriodCells]) -> IndicatorTable {
    var rows: [IndicatorRow] = []
    let axes = self.axes(periods)
    for period in periods {
      for group in Assembly.product(axes) {
        rows.append(
          IndicatorRow(
            period: period.period, residence: group[0], cuts: Array(group.dropFirst()),
            estimate: estimate(group, in: period)))
      }
    }
    return IndicatorTable(definition: indicator.definition, cuts: cuts, rows: rows)
  }

  /// The labels of each dimension that occur in some group, `_total` first, `_unknown` last.
  private func axes(_ periods: [PeriodCells]) -> [[String]] {
    var seen = [Set<String>](repeating: [], count: cuts.count + 1)
    for period in periods {
      for cells in period.cells {
        for key in cells.keys { for (d, label) in key.enumerated() { seen[d].insert(label) } }
      }
    }
    seen[0].formUnion(residences)
    return seen.enumerated().map { d, labels in
      let declared = d == 0 ? [] : order[cuts[d - 1]] ?? []
      let rank = Dictionary(
        declared.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
      let plain = labels.subtracting([totalMark, unknownMark]).sorted {
        (rank[$0] ?? .max, $0) < (rank[$1] ?? .max, $1)
      }
      return [totalMark] + plain + (labels.contains(unknownMark) && d > 0 ? [unknownMark] : [])
    }
  }

  private static func product(_ axes: [[String]]) -> [[String]] {
    axes.reduce([[]]) { heads, axis in heads.flatMap { head in axis.map { head + [$0] } } }
  }

  private func estimate(_ group: PeriodCells.Key, in period: PeriodCells) -> Estimate {
    let plan = indicator.plan
    let rolled = [group[0]] + cuts.map { _ in totalMark }
    func cell(_ index: Int, overall: Bool) -> Cell {
      period.cells[index][overall ? rolled : group] ?? plan.aggregates[index].emptyCell
    }
    func value(_ e: ValueExpression) -> Double? {
      switch e {
      case .number(let n): return n
      case .aggregate(let i): return cell(i, overall: false).value
      case .overall(let i): return cell(i, overall: true).value
      case .arithmetic(let operation, let a, let b):
        guard let x = value(a), let y = value(b) else { return nil }
        return operation.apply(x, y)
      }
    }
    let used = plan.root.used.map { cell($0.index, overall: $0.isOverall) }
    var out = Estimate(value: value(plan.root))
    out.unknown = used.reduce(0) { $0 + $1.unknown }
    out.known = used.reduce(0) { $0 + $1.known }
    out.persons = used.compactMap(\.persons).min()
    out.scanned =
      plan.aggregates.indices.map { period.scanned[$0][group[0]] ?? 0 }.min() ?? 0
    switch plan.root {
    case .aggregate(let i):
      let cell = cell(i, overall: false)
      out.numerator = cell.numerator
      out.denominator = cell.denominator
      Assembly.addInterval(cell, plan.aggregates[i], to: &out)
    case .arithmetic(.divide, let a, let b):
      out.numerator = value(a)
      out.denominator = value(b)
    default: break
    }
    return out
  }

  /// Adds the precision of a sample.
  static func addInterval(_ cell: Cell, _ aggregate: Aggregate, to out: inout Estimate) {
    guard case .weighted(let weighted) = aggregate else { return }
    out.effectiveSize = cell.effectiveSize
    out.standardError = cell.standardError
    guard let mean = cell.value, let error = cell.standardError, let df = cell.degrees else {
      return
    }
    let bounds =
      weighted.isShare
      ? Interval.logit(mean, standardError: error, df: df)
      : Interval.mean(mean, standardError: error, df: df)
    out.low = bounds?.0
    out.high = bounds?.1
  }
}
