import Periods
import Statistics

/// What an aggregate reads of each row, by number of the year.
enum Operand: Sendable {
  case none
  case codes([CodeReader])
  case numbers([Reader<Double>])
  case truth([Reader<Int8>])
  /// Categories with an amount each.
  case amounts([CodeReader], [Reader<Double>])
  /// Numbers with a weight each.
  case weighted([Reader<Double>], [Reader<Double>])

  /// What is read of the entries of groups.
  func on(_ groups: FinestGroups) -> Operand {
    switch self {
    case .none: .none
    case .codes(let readers): .codes(readers.map { $0.on(groups) })
    case .numbers(let readers): .numbers(readers.map { $0.on(groups) })
    case .truth(let readers): .truth(readers.map { $0.on(groups) })
    case .amounts(let codes, let amounts):
      .amounts(codes.map { $0.on(groups) }, amounts.map { $0.on(groups) })
    case .weighted(let numbers, let weights):
      .weighted(numbers.map { $0.on(groups) }, weights.map { $0.on(groups) })
    }
  }
}

extension Frame {
  /// A reader for each period; those that do not differ are shared.
  func byPeriod<T>(
    _ periods: [Period], _ dependence: PeriodDependence, _ make: (Period) -> T
  ) -> [T] {
    var made: [Moment: T] = [:]
    return periods.map { period in
      let key = Moment(period, dependence)
      if let known = made[key] { return known }
      let new = make(period)
      made[key] = new
      return new
    }
  }

  func codes(_ e: RowExpression, _ table: String, periods: [Period]) -> [CodeReader] {
    byPeriod(periods, e.dependence) { codes(e, table, period: $0) }
  }

  func numbers(_ e: RowExpression, _ table: String, periods: [Period]) -> [Reader<Double>] {
    byPeriod(periods, e.dependence) { numbers(e, table, period: $0) }
  }

  func truth(_ e: RowExpression, _ table: String, periods: [Period]) -> [Reader<Int8>] {
    byPeriod(periods, e.dependence) { truth(e, table, period: $0) }
  }

  /// What an aggregate reads.
  func operand(_ aggregate: RowAggregate, _ table: String, periods: [Period]) -> Operand {
    switch aggregate {
    case .count: .none
    case .distinct(let e), .blau(let e, _), .variation(let e, nil, _):
      .codes(codes(e, table, periods: periods))
    case .sum(let e), .mean(let e), .minimum(let e), .maximum(let e), .quantile(let e, _):
      .numbers(numbers(e, table, periods: periods))
    case .share(let e): .truth(truth(e, table, periods: periods))
    case .variation(let e, let weight?, _):
      .amounts(codes(e, table, periods: periods), numbers(weight, table, periods: periods))
    case .weightedQuantile(let e, let weight, _):
      .weighted(numbers(e, table, periods: periods), numbers(weight, table, periods: periods))
    }
  }
}

/// As much of a period as a value depends on.
struct Moment: Hashable {
  private var year: Int?
  private var days: ClosedRange<Int32>?

  init(_ period: Period, _ dependence: PeriodDependence) {
    switch dependence {
    case .none: break
    case .year: year = period.last.year
    case .days: days = period.first.number...period.last.number
    }
  }
}

extension RowAggregate {
  /// What is read of each row.
  var expressions: [RowExpression] {
    switch self {
    case .count: []
    case .distinct(let e), .sum(let e), .mean(let e), .minimum(let e), .maximum(let e),
      .quantile(let e, _), .share(let e), .blau(let e, _):
      [e]
    case .variation(let e, let weight, _): [e] + (weight.map { [$0] } ?? [])
    case .weightedQuantile(let e, let weight, _): [e, weight]
    }
  }

  /// The condition that what is read of a row is known; nil when nothing is.
  var isKnown: RowExpression? {
    let known = expressions.map { RowExpression.known($0) }
    return known.first.map { known.dropFirst().reduce($0) { .and($0, $1) } }
  }
}

/// Reduces the members of a group to one number for each of its parts.
struct RowReduction {
  /// Value, numerator and denominator of each part; NaN is undefined.
  var value: [Double]
  var numerator: [Double] = []
  var denominator: [Double] = []
  /// For each member, whether its operand was not known where the filter held; empty when all
  /// were.
  var isUnknown: [Bool] = []

  /// Reduces the members for which the filter holds. `part` gives the part of each, -1 for none;
  /// empty stands for one part with all members. `count` is the number of parts.
  init(
    _ aggregate: RowAggregate, _ operand: Operand, period: Int, _ members: Members,
    part: [Int32], count: Int, _ stamps: inout Stamps
  ) {
    value = [Double](repeating: 0, count: count)
    switch (aggregate, operand) {
    case (.distinct, .codes(let readers)):
      distinct(readers[period], members, part, &stamps)
      numerator = value
    case (.sum, .numbers(let readers)):
      addUp(members, part) { readers[period][$0] }
      numerator = value
    case (.mean, .numbers(let readers)):
      addUp(members, part) { readers[period][$0] }
      divide()
    case (.share, .truth(let readers)):
      let truth = readers[period]
      addUp(members, part) { truth[$0] < 0 ? .nan : Double(truth[$0]) }
      divide()
    case (.minimum, .numbers(let readers)): extreme(readers[period], members, part, isLeast: true)
    case (.maximum, .numbers(let readers)): extreme(readers[period], members, part, isLeast: false)
    case (.quantile(_, let p), .numbers(let readers)):
      quantiles(readers[period], p, members, part)
    case (.weightedQuantile(_, _, let p), .weighted(let readers, let weights)):
      quantiles(readers[period], weights[period], p, members, part)
    case (.blau(_, let classes), .codes(let readers)):
      blau(readers[period], nil, members, part)
      if let classes { normalise(classes) }
    case (.variation(_, _, let classes), .codes(let readers)):
      blau(readers[period], nil, members, part)
      vary(classes)
    case (.variation(_, _, let classes), .amounts(let readers, let amounts)):
      blau(readers[period], amounts[period], members, part)
      vary(classes)
    default:
      if part.isEmpty {
        value[0] = members.truth.isEmpty ? members.tally([]).known : 0
        if !members.truth.isEmpty {
          for i in members.rows.indices where members.takes(i) { value[0] += members.weight(i) }
        }
      } else {
        for i in members.rows.indices where members.takes(i) && part[i] >= 0 {
          value[Int(part[i])] += members.weight(i)
        }
      }
      numerator = value
    }
  }

  private mutating func mark(_ i: Int, of count: Int) {
    if isUnknown.isEmpty { isUnknown = [Bool](repeating: false, count: count) }
    isUnknown[i] = true
  }

  private mutating func distinct(
    _ reader: CodeReader, _ members: Members, _ part: [Int32], _ stamps: inout Stamps
  ) {
    if part.isEmpty {
      stamps.clear(size: reader.size)
      for i in members.rows.indices where members.takes(i) {
        let code = reader.codes[Int(members.rows[i])]
        if code < 0 { mark(i, of: members.count) } else { _ = stamps.insert(code) }
      }
      value[0] = Double(stamps.count)
      return
    }
    // The codes part by part, so that one set does for all.
    var ends = [Int](repeating: 0, count: value.count + 1)
    for i in members.rows.indices where members.takes(i) {
      if reader.codes[Int(members.rows[i])] < 0 {
        mark(i, of: members.count)
      } else if part[i] >= 0 {
        ends[Int(part[i]) + 1] += 1
      }
    }
    for p in value.indices { ends[p + 1] += ends[p] }
    var next = ends
    var codes = [Int32](repeating: 0, count: ends[value.count])
    for i in members.rows.indices where members.takes(i) && part[i] >= 0 {
      let code = reader.codes[Int(members.rows[i])]
      if code < 0 { continue }
      codes[next[Int(part[i])]] = code
      next[Int(part[i])] += 1
    }
    for p in value.indices {
      stamps.clear(size: reader.size)
      for i in ends[p]..<ends[p + 1] { stamps.insert(codes[i]) }
      value[p] = Double(stamps.count)
    }
  }

  @inline(__always)
  private mutating func addUp(
    _ members: Members, _ part: [Int32], _ read: (Int) -> Double
  ) {
    denominator = [Double](repeating: 0, count: value.count)
    for i in members.rows.indices where members.takes(i) {
      let v = read(Int(members.rows[i]))
      let p = part.isEmpty ? 0 : Int(part[i])
      if v.isNaN {
        mark(i, of: members.count)
      } else if p >= 0 {
        value[p] += v * members.weight(i)
        denominator[p] += members.weight(i)
      }
    }
  }

  private mutating func divide() {
    numerator = value
    for g in value.indices {
      value[g] = denominator[g] > 0 ? numerator[g] / denominator[g] : .nan
    }
  }

  private mutating func extreme(
    _ reader: Reader<Double>, _ members: Members, _ part: [Int32], isLeast: Bool
  ) {
    value = [Double](repeating: .nan, count: value.count)
    for i in members.rows.indices where members.takes(i) {
      let v = reader[Int(members.rows[i])]
      let p = part.isEmpty ? 0 : Int(part[i])
      if v.isNaN {
        mark(i, of: members.count)
      } else if p >= 0 {
        let old = value[p]
        value[p] = old.isNaN ? v : (isLeast ? min(old, v) : max(old, v))
      }
    }
  }

  private mutating func quantiles(
    _ reader: Reader<Double>, _ order: Double, _ members: Members, _ part: [Int32]
  ) {
    var lists = [[Double]](repeating: [], count: value.count)
    for i in members.rows.indices where members.takes(i) {
      let v = reader[Int(members.rows[i])]
      let p = part.isEmpty ? 0 : Int(part[i])
      if v.isNaN {
        mark(i, of: members.count)
      } else if p >= 0 {
        for _ in 0..<Int(members.weight(i)) { lists[p].append(v) }
      }
    }
    value = lists.map { (try? Quantile.type7($0, order)) ?? .nan }
    denominator = lists.map { Double($0.count) }
  }

  /// A quantile of each part, of values with a weight.
  private mutating func quantiles(
    _ reader: Reader<Double>, _ weights: Reader<Double>, _ order: Double, _ members: Members,
    _ part: [Int32]
  ) {
    var lists = [(values: [Double], weights: [Double])](repeating: ([], []), count: value.count)
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      let (v, weight) = (reader[row], weights[row] * members.weight(i))
      let p = part.isEmpty ? 0 : Int(part[i])
      if v.isNaN || weight.isNaN {
        mark(i, of: members.count)
      } else if p >= 0 {
        lists[p].values.append(v)
        lists[p].weights.append(weight)
      }
    }
    value = lists.map { (try? Quantile.weighted($0.values, weights: $0.weights, order)) ?? .nan }
    denominator = lists.map { $0.weights.reduce(0, +) }
  }

  /// Blau's index of each part, of rows or of the amounts given.
  private mutating func blau(
    _ reader: CodeReader, _ amounts: Reader<Double>?, _ members: Members, _ part: [Int32]
  ) {
    // The counts of a part: by class where classes are few, else by class met.
    let size = max(reader.size, 1)
    let isDense = size <= 64
    var counts = [Double](repeating: 0, count: isDense ? value.count * size : 0)
    var sparse = [[Int32: Double]](repeating: [:], count: isDense ? 0 : value.count)
    denominator = [Double](repeating: 0, count: value.count)
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      let code = reader.codes[row]
      let amount = (amounts?[row] ?? 1) * members.weight(i)
      let p = part.isEmpty ? 0 : Int(part[i])
      if code < 0 || amount.isNaN {
        mark(i, of: members.count)
      } else if p >= 0 {
        if isDense {
          counts[p * size + Int(code)] += amount
        } else {
          sparse[p][code, default: 0] += amount
        }
        denominator[p] += amount
      }
    }
    for g in value.indices {
      guard denominator[g] > 0 else {
        value[g] = .nan
        continue
      }
      var squares = 0.0
      if isDense {
        for c in g * size..<(g + 1) * size {
          let share = counts[c] / denominator[g]
          squares += share * share
        }
      } else {
        // In the order of classes: the same bytes on every run.
        for (_, n) in sparse[g].sorted(by: { $0.key < $1.key }) {
          squares += (n / denominator[g]) * (n / denominator[g])
        }
      }
      value[g] = 1 - squares
    }
  }

  /// Blau's index over the greatest possible.
  private mutating func normalise(_ classes: Int) {
    for g in value.indices {
      let most = (try? Diversity.blauMaximum(n: denominator[g], classes: classes)) ?? 0
      value[g] = most > 0 ? value[g] / most : .nan
    }
  }

  /// Blau's index to that of qualitative variation.
  private mutating func vary(_ classes: Int) {
    let k = Double(classes)
    for g in value.indices { value[g] *= k / (k - 1) }
  }
}
