import Columns
import Model
import Periods
import Statistics
import Threads

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
  let wholes: Wholes
  let cuts: [String]
  /// All residences, so that one without data is said to have none.
  let residences: [String]
  /// Declared order of values, by cut; others follow in alphabetical order.
  let order: [String: [String]]

  /// The table of cells computed on columns.
  func table(_ answers: [ComputedCells], space: GroupSpace, periods: [Period]) -> IndicatorTable {
    let seen = space.labelsOf(
      answers.reduce([Bool](repeating: false, count: space.size)) {
        $1.cells.mark($0)
      })
    let labels = self.axes(seen)
    // The slots of each dimension, in the order of the table; -1 for a residence without data.
    let slots = zip(labels, space.labels).map { axis, known in
      let slot = Dictionary(
        known.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
      return axis.map { slot[$0] ?? -1 }
    }
    var combinations = [Combination()]
    for d in labels.indices.dropFirst() {
      combinations = combinations.flatMap { head in
        slots[d].map { slot in
          Combination(
            id: head.id + slot * space.strides[d],
            cuts: head.cuts | (slot == 0 ? 0 : 1 << (d - 1)),
            isUnknown: head.isUnknown || slot == 1)
        }
      }
    }
    let residences = slots[0]
    let blocks = periods.count * residences.count
    let parts = Workers.parts((0...blocks).map { $0 * (combinations.count + 8) })
    let pieces = Workers.map(parts.count) { [combinations] part in
      piece(
        answers, parts[part], residences: residences, combinations: combinations,
        stride: space.strides[0])
    }
    return IndicatorTable(
      definition: indicator.definition, cuts: cuts,
      rows: IndicatorRows(periods: periods, labels: labels, pieces: pieces),
      sides: indicator.plan.sides)
  }

  /// A combination of values of the cuts.
  private struct Combination {
    /// The part of the group's number that it makes.
    var id = 0
    /// The cuts that it tells apart, a bit each.
    var cuts = 0
    /// Whether the value of one of them is not known.
    var isUnknown = false
  }

  /// The rows of some blocks: a block is a residence in a period.
  private func piece(
    _ answers: [ComputedCells], _ blocks: Range<Int>, residences: [Int],
    combinations: [Combination], stride: Int
  ) -> IndicatorRows.Piece {
    var out = IndicatorRows.Piece()
    let estimator = Estimator(indicator.plan)
    let plan = indicator.plan
    let empty = plan.aggregates.map(\.emptyCell)
    var cells = empty
    var overall = empty
    var quantiles = Quantiles()
    out.places.reserveCapacity(blocks.count * combinations.count)
    for block in blocks {
      let (p, slot) = (block / residences.count, residences[block % residences.count])
      let base = slot * stride
      var scanned = Double.infinity
      for i in empty.indices {
        scanned = min(scanned, slot < 0 ? 0 : answers[i].scanned[p][slot])
      }
      // All groups without any cell have the same estimate, unless they are parts of wholes.
      var shared: Int32 = -1
      for combination in combinations {
        for i in plan.root.wholes {
          let whole = wholes.number(of: i, cuts: combination.cuts)
          overall[i] = slot < 0 ? empty[i] : answers[whole].cells[p, base] ?? empty[i]
        }
        var isEmpty = true
        for i in empty.indices {
          if slot >= 0, let cell = answers[i].cells[p, base + combination.id] {
            cells[i] = cell
            isEmpty = false
          } else {
            cells[i] = empty[i]
          }
        }
        if isEmpty && shared >= 0 {
          out.places.append(shared)
          continue
        }
        if isEmpty && !plan.hasWholes { shared = Int32(out.estimates.count) }
        out.places.append(Int32(out.estimates.count))
        out.estimates.append(
          plan.hasWholes && combination.isUnknown
            ? estimator.unknown(cells, scanned: scanned)
            : estimator.estimate(
              cells, overall: overall, scanned: scanned, quantiles: &quantiles))
      }
    }
    return out
  }

  /// The table of the groups that an engine of SQL answered; cells are empty.
  func table(_ periods: [PeriodCells]) -> IndicatorTable {
    var seen = [Set<String>](repeating: [], count: cuts.count + 1)
    for period in periods {
      for cells in period.cells {
        for key in cells.keys { for (d, label) in key.enumerated() { seen[d].insert(label) } }
      }
    }
    let axes = self.axes(seen)
    var rows: [IndicatorRow] = []
    let estimator = Estimator(indicator.plan)
    let empty = indicator.plan.aggregates.map(\.emptyCell)
    var quantiles = Quantiles()
    for period in periods {
      for group in Assembly.product(axes) {
        let scanned =
          indicator.plan.aggregates.indices.map { period.scanned[$0][group[0]] ?? 0 }.min() ?? 0
        let isUnknown = indicator.plan.hasWholes && group.dropFirst().contains(unknownMark)
        rows.append(
          IndicatorRow(
            period: period.period, residence: group[0], cuts: Array(group.dropFirst()),
            estimate: isUnknown
              ? estimator.unknown(empty, scanned: scanned)
              : estimator.estimate(
                empty, overall: empty, scanned: scanned, quantiles: &quantiles)))
      }
    }
    return IndicatorTable(
      definition: indicator.definition, cuts: cuts, rows: rows, sides: indicator.plan.sides)
  }

  /// The labels of each dimension that occur in some group, `_total` first, `_unknown` last.
  private func axes(_ met: [Set<String>]) -> [[String]] {
    var seen = met
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

  /// Adds the precision of a sample.
  static func addInterval(
    _ cell: Cell, _ aggregate: Aggregate, to out: inout Estimate, quantiles: inout Quantiles
  ) {
    switch aggregate {
    case .weighted, .survey: break
    default:
      out.low = cell.low
      out.high = cell.high
      return
    }
    out.effectiveSize = cell.effectiveSize
    out.standardError = cell.standardError
    guard let mean = cell.value, let df = cell.degrees else { return }
    var bounds: (Double, Double)?
    if aggregate.isShare, mean == 0 || mean == 1 {
      // Nobody, or everybody: the error says nothing; the number of answers does.
      let answers = cell.answers ?? Int(df) + 1
      bounds = try? Interval.clopperPearson(mean == 1 ? answers : 0, of: answers)
    } else if let error = cell.standardError, df > 0, !(aggregate.isPaired && error == 0) {
      // Pairs that all changed alike tell nothing of how others would have.
      let t = quantiles.student(df)
      bounds =
        aggregate.isShare
        ? try? Interval.logit(mean, standardError: error, t: t)
        : Interval.mean(mean, standardError: error, t: t)
    }
    out.low = bounds?.0
    out.high = bounds?.1
  }
}

/// Student's quantiles met so far: samples share few degrees of freedom, and each takes long.
struct Quantiles {
  private var known: [Double: Double] = [:]

  /// The 97.5 % quantile.
  mutating func student(_ df: Double) -> Double {
    if let t = known[df] { return t }
    let t = StudentT.quantile(0.975, df: df)
    known[df] = t
    return t
  }
}

/// What an executor computed of one aggregate.
struct ComputedCells {
  var cells: CellTable
  /// By period and residence slot, the rows before filter and cuts.
  var scanned: [[Double]]
}

/// Puts the cells of a formula's aggregates together.
struct Estimator {
  private let plan: Plan
  private let used: [(index: Int, isOverall: Bool)]
  private let wholes: Set<Int>

  init(_ plan: Plan) {
    self.plan = plan
    used = plan.root.used
    wholes = Set(plan.root.wholes)
  }

  /// The estimate of a group, from the cell of each aggregate there and with the cuts rolled up.
  func estimate(
    _ cells: [Cell], overall: [Cell], scanned: Double, quantiles: inout Quantiles
  ) -> Estimate {
    var out = Estimate(value: value(plan.root, cells, overall), scanned: scanned)
    for (index, isOverall) in used {
      // Whoever is of no known group is unknown to the whole.
      let cell = wholes.contains(index) ? overall[index] : cells[index]
      out.unknown += cell.unknown
      out.known += cell.known
      if let persons = (isOverall ? overall : cells)[index].persons {
        out.persons = min(out.persons ?? .max, persons)
      }
      let asked = cell.known + cell.unknown
      if asked > 0 { out.leastKnownShare = min(out.leastKnownShare ?? 1, cell.known / asked) }
    }
    if out.value == nil {
      out.reason =
        used.lazy.compactMap { ($0.isOverall ? overall : cells)[$0.index].reason }.first
        ?? (isDividedByZero(plan.root, cells, overall) ? .zeroDenominator : nil)
    }
    (out.smallestGroup, out.holdsForAll) = groups(cells, overall)
    out.apart = plan.root.alone.flatMap { i in
      cells[i].holding ?? (plan.aggregates[i].countsKeys ? cells[i].numerator.map { Int($0) } : nil)
    }
    switch plan.root {
    case .aggregate(let i):
      out.numerator = cells[i].numerator
      out.denominator = cells[i].denominator
      Assembly.addInterval(cells[i], plan.aggregates[i], to: &out, quantiles: &quantiles)
    case .arithmetic(.divide, let a, let b):
      out.numerator = value(a, cells, overall)
      out.denominator = value(b, cells, overall)
    default: break
    }
    return out
  }

  /// The estimate of a group of those whose value of a cut is not known, where it would be a part
  /// of a whole: there is none, and all that is counted there is unknown.
  func unknown(_ cells: [Cell], scanned: Double) -> Estimate {
    var out = Estimate(value: nil, scanned: scanned)
    for (index, isOverall) in used where !isOverall {
      out.unknown += cells[index].known + cells[index].unknown
      if let persons = cells[index].persons { out.persons = min(out.persons ?? .max, persons) }
    }
    if out.unknown > 0 { out.leastKnownShare = 0 }
    return out
  }

  private func isDividedByZero(_ e: ValueExpression, _ cells: [Cell], _ overall: [Cell]) -> Bool {
    guard case .arithmetic(let operation, let a, let b) = e else { return false }
    if operation == .divide, value(b, cells, overall) == 0 { return true }
    return isDividedByZero(a, cells, overall) || isDividedByZero(b, cells, overall)
  }

  /// The smallest count of persons, above none, that a reader could work out from the numbers of
  /// the estimate; and whether they tell that something holds for all of a group.
  private func groups(_ cells: [Cell], _ overall: [Cell]) -> (smallest: Int?, all: Bool) {
    var least = Int.max
    var holdsForAll = false
    func tell(_ persons: Int?) {
      if let persons, persons > 0 { least = min(least, persons) }
    }
    func tell(_ part: Int, of whole: Int) {
      tell(whole - part)
      if part == whole && whole > 0 { holdsForAll = true }
    }
    for (index, isOverall) in used { tell((isOverall ? overall[index] : cells[index]).persons) }
    // Those who are of one count of people and not of another.
    for (a, b) in plan.root.differences
    where plan.aggregates[a].tellsPeople && plan.aggregates[b].tellsPeople {
      if let whole = cells[a].persons, let part = cells[b].persons { tell(whole - part) }
    }
    if let cell = plan.root.alone.map({ cells[$0] }), let answers = cell.answers,
      let holding = cell.holding
    {
      tell(holding)
      tell(holding, of: answers)
    }
    switch plan.root {
    case .aggregate(let i):
      let cell = cells[i]
      if cell.holding == nil, let persons = cell.persons, let part = cell.numerator,
        cell.denominator == Double(persons), plan.aggregates[i].isShare
      {
        tell(Int(part))
        tell(Int(part), of: persons)
      }
    case .arithmetic(.divide, .aggregate(let a), .aggregate(let b))
    where plan.aggregates[a].tellsPeople && plan.aggregates[b].tellsPeople:
      // Those who are not in the numerator, when both sides count people.
      if let part = cells[a].persons, let whole = cells[b].persons {
        // A mean by person has the same people on both sides: nothing holds for all of them.
        let counts = cells[a].value == Double(part) && cells[b].value == Double(whole)
        if counts { tell(part, of: whole) } else { tell(whole - part) }
      }
    default: break
    }
    return (least == .max ? nil : least, holdsForAll)
  }

  private func value(_ e: ValueExpression, _ cells: [Cell], _ overall: [Cell]) -> Double? {
    switch e {
    case .number(let n): return n
    case .aggregate(let i): return cells[i].value
    case .overall(let i): return overall[i].value
    case .arithmetic(let operation, let a, let b):
      guard let x = value(a, cells, overall), let y = value(b, cells, overall) else { return nil }
      return operation.apply(x, y)
    }
  }
}
