import Columns
import Model
import Periods
import Statistics
import Threads

extension AggregateExecutor {
  /// Two-level aggregation: a value for each key of a group, then an aggregate of those.
  func perKeyCells(_ perKey: PerKey) -> CellTable {
    let (outer, value) = (perKey.outer, perKey.value)
    let isCondition = value.isCondition
    let countsKeys = isPerson(perKey.inners[0].key)
    let holdsAnyway = perKey.holdsAnyway
    var table = emptyTable()
    // The rows of each key, counted once for all indicators that go on from there.
    let isShared = space.labels.count == 1 && KeyedCounts.canBeShared(perKey)
    let levels = isShared ? sharedResults(perKey) : results(perKey)
    let isPlain = !isShared || value == .inner(0)
    for all in levels {
      let starts = all.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.values.count) }
      let parts = Workers.parts(starts)
      let cells = Workers.map(parts.count) { part in
        parts[part].map { i -> Cell in
          var cell: Cell
          if !isPlain, outer.isSum, let holding = value.holding(all[i].values) {
            cell = AggregateExecutor.reduce(outer, sum: holding.sum, n: holding.n, isCondition)
            if countsKeys {
              cell.tell(outer, of: Int(holding.n), isCondition, holdsAnyway: holdsAnyway)
            }
          } else {
            var values = all[i].values
            if !isPlain {
              values = AggregateExecutor.evaluate(value, [values], count: values.count)
              values.removeAll(where: \.isNaN)
            }
            cell = AggregateExecutor.reduce(
              outer, values, events: all[i].events, isCondition: isCondition)
            if countsKeys {
              cell.tell(outer, of: values.count, isCondition, holdsAnyway: holdsAnyway)
            }
          }
          cell.unknown = all[i].unknown
          cell.known = all[i].known
          return cell
        }
      }
      for (result, cell) in zip(all, cells.joined()) { table.set(result.key, cell) }
    }
    if !countsKeys {
      // Those who may be told of are the population's, when it says which keys there are.
      let about = perKey.keys == .population ? perKey.among?.scan : nil
      addPersons(about ?? perKey.inners[0].scan, to: &table)
    }
    return table
  }

  /// The values of the keys of every group, level by level.
  func results(_ perKey: PerKey) -> [[KeyedRows.Result]] {
    let keyed = KeyedRows(self, perKey)
    /// The values of groups at levels that keep residences, to be joined at those that do not.
    var kept: [[Bool]: [KeyedRows.Result]] = [:]
    return space.levels.sorted { $0[0] && !$1[0] }.map { level in
      var whole = level
      whole[0] = true
      if !level[0], keyed.residenceFollowsKey, let parts = kept[whole] { return joined(parts) }
      var results = keyed.results(level)
      if level[0] && keyed.residenceFollowsKey {
        kept[level] = results
        results.removeAll { $0.key.residence == 1 }
      }
      return results
    }
  }

  /// The rows of each key, counted once.
  private func sharedResults(_ perKey: PerKey) -> [[KeyedRows.Result]] {
    engine.keyedCounts(KeyedCounts(perKey)) {
      var counts = perKey
      counts.value = .inner(0)
      return results(counts)
    }
  }

  /// Counts the rows of keys beforehand, where that can be shared.
  func prepare(_ aggregate: Aggregate) {
    engine.prepare(aggregate)
    if case .perKey(let perKey) = aggregate, space.labels.count == 1,
      KeyedCounts.canBeShared(perKey)
    {
      _ = sharedResults(perKey)
    }
  }

  /// Groups that differ in their residence only, as one.
  private func joined(_ parts: [KeyedRows.Result]) -> [KeyedRows.Result] {
    var position: [GroupSet.Key: Int] = [:]
    var out: [KeyedRows.Result] = []
    for part in parts {
      let key = GroupSet.Key(
        period: part.key.period, id: part.key.id % space.strides[0], residence: 0)
      if let known = position[key] {
        out[known].values.append(contentsOf: part.values)
        out[known].events.append(contentsOf: part.events)
        out[known].unknown += part.unknown
        out[known].known += part.known
      } else {
        position[key] = out.count
        var copy = part
        copy.key = key
        out.append(copy)
      }
    }
    return out
  }

  /// Whether keys are people themselves.
  func isPerson(_ key: RowExpression) -> Bool {
    let model = engine.model
    guard case .path(let path) = key, case .code(let domain) = path.type else { return false }
    return model[domain]?.person != nil
      && model[domain]?.keyColumn?.name == model[domain]?.person
  }

  // MARK: values

  static func evaluate(_ value: KeyValue, _ columns: [[Double]], count: Int) -> [Double] {
    switch value {
    case .number(let number): return [Double](repeating: number, count: count)
    case .inner(let index): return columns[index]
    case .arithmetic(let operation, let a, let b):
      return zip(evaluate(a, columns, count: count), evaluate(b, columns, count: count)).map {
        operation.apply($0, $1) ?? .nan
      }
    case .compare(let comparison, let a, .number(let limit)):
      return evaluate(a, columns, count: count).map {
        $0.isNaN ? .nan : (comparison.holds($0, limit) ? 1 : 0)
      }
    case .compare(let comparison, let a, let b):
      return zip(evaluate(a, columns, count: count), evaluate(b, columns, count: count)).map {
        $0.isNaN || $1.isNaN ? .nan : (comparison.holds($0, $1) ? 1 : 0)
      }
    case .and(let a, let b):
      // Three-valued: false decides, then unknown.
      return zip(evaluate(a, columns, count: count), evaluate(b, columns, count: count)).map {
        $0 == 0 || $1 == 0 ? 0 : ($0.isNaN || $1.isNaN ? .nan : 1)
      }
    case .or(let a, let b):
      return zip(evaluate(a, columns, count: count), evaluate(b, columns, count: count)).map {
        $0 == 1 || $1 == 1 ? 1 : ($0.isNaN || $1.isNaN ? .nan : 0)
      }
    case .not(let a): return evaluate(a, columns, count: count).map { 1 - $0 }
    case .category: return [Double](repeating: .nan, count: count)
    }
  }

  /// An aggregate that needs the sum of the values and their number alone.
  private static func reduce(
    _ outer: OuterAggregate, sum: Double, n: Double, _ isCondition: Bool
  ) -> Cell {
    switch outer {
    case .count:
      // A condition counts the keys for which it holds; any other value counts the keys.
      let number = isCondition ? sum : n
      return Cell(value: number, numerator: number)
    case .sum: return Cell(value: sum, numerator: sum)
    default:
      return n == 0 ? Cell(denominator: 0) : Cell(value: sum / n, numerator: sum, denominator: n)
    }
  }

  private static func reduce(
    _ outer: OuterAggregate, _ values: [Double], events: [Double], isCondition: Bool
  ) -> Cell {
    let n = Double(values.count)
    let sum = values.reduce(0, +)
    switch outer {
    case .count, .sum, .mean, .share: return reduce(outer, sum: sum, n: n, isCondition)
    case .minimum: return Cell(value: values.min(), denominator: n)
    case .maximum: return Cell(value: values.max(), denominator: n)
    case .quantile(let p): return Cell(value: try? Quantile.type7(values, p), denominator: n)
    case .gini: return Cell(value: try? Concentration.gini(values), denominator: n)
    case .adjustedGini:
      return Cell(value: try? Concentration.adjustedGini(values), denominator: n)
    case .topShare(let fraction):
      guard let share = try? Concentration.topShare(values, fraction: fraction) else {
        return Cell(denominator: sum)
      }
      return Cell(value: share, numerator: share * sum, denominator: sum)
    case .leastShare(let fraction):
      guard let share = try? Concentration.smallestShare(of: values, holding: fraction) else {
        return Cell(denominator: n)
      }
      return Cell(value: share, numerator: (share * n).rounded(), denominator: n)
    case .survival(let asked):
      return Cell(
        value: asked.value(durations: values, ended: events.map { $0 == 1 }), denominator: n)
    case .blau(let classes):
      var counts: [Double: Double] = [:]
      for v in values { counts[v, default: 0] += 1 }
      let list = counts.sorted { $0.key < $1.key }.map(\.value)
      let index =
        if let classes {
          try? Diversity.normalisedBlau(list, classes: classes)
        } else {
          try? Diversity.blau(list)
        }
      return Cell(value: index, denominator: n)
    }
  }
}

extension Cell {
  /// Notes that the value is about some people, and how many of them it tells apart from the
  /// others.
  fileprivate mutating func tell(
    _ outer: OuterAggregate, of people: Int, _ isCondition: Bool, holdsAnyway: Bool
  ) {
    // A number of people for whom something holds tells of those people, not of all asked.
    persons = outer == .count && isCondition ? numerator.map { Int($0) } : people
    let apart: Int? =
      switch outer {
      case .topShare(let fraction): Concentration.topCount(of: people, fraction: fraction)
      case .leastShare: numerator.map { Int($0) }
      case .count where isCondition && !holdsAnyway: numerator.map { Int($0) }
      default: nil
      }
    guard let apart else { return }
    (answers, holding) = (people, apart)
  }
}

/// What counts of rows by key are of: equal ones are the same counts.
struct KeyedCounts: Hashable {
  private var inner: InnerAggregate
  private var among: Population?
  private var keys: PerKey.Keys

  init(_ perKey: PerKey) {
    inner = perKey.inners[0]
    among = perKey.among
    keys = perKey.keys
  }

  /// Whether a per-key value is made of one count of rows alone.
  static func canBeShared(_ perKey: PerKey) -> Bool {
    guard perKey.inners.count == 1, perKey.event == nil, !perKey.value.isCategory,
      case .rows(.count) = perKey.inners[0].kind
    else { return false }
    return true
  }
}

extension KeyValue {
  /// Whether the value is a truth.
  var isCondition: Bool {
    switch self {
    case .compare, .and, .or, .not: true
    case .number, .inner, .arithmetic, .category: false
    }
  }
  /// For a comparison of the one inner value with a number: for how many values it holds, and how
  /// many are known.
  func holding(_ values: [Double]) -> (sum: Double, n: Double)? {
    guard case .compare(let comparison, .inner(0), .number(let limit)) = self else { return nil }
    // One loop for each comparison, without a branch a value.
    func count(_ holds: (Double) -> Bool) -> (sum: Double, n: Double) {
      var (sum, n) = (0, 0)
      for value in values {
        let isKnown = !value.isNaN
        n += isKnown ? 1 : 0
        sum += isKnown && holds(value) ? 1 : 0
      }
      return (Double(sum), Double(n))
    }
    return switch comparison {
    case .equal: count { $0 == limit }
    case .notEqual: count { $0 != limit }
    case .less: count { $0 < limit }
    case .lessOrEqual: count { $0 <= limit }
    case .greater: count { $0 > limit }
    case .greaterOrEqual: count { $0 >= limit }
    }
  }
  /// Whether the value is read of a key's row.
  var isCategory: Bool { if case .category = self { true } else { false } }
}

extension Arithmetic {
  /// The result; nil when undefined (a zero divisor, an unknown side).
  func apply(_ a: Double, _ b: Double) -> Double? {
    if a.isNaN || b.isNaN { return nil }
    switch self {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return b == 0 ? nil : a / b
    }
  }
}

extension OuterAggregate {
  /// Whether the sum of the values and their number are enough.
  fileprivate var isSum: Bool {
    switch self {
    case .count, .sum, .mean, .share: true
    default: false
    }
  }
}
