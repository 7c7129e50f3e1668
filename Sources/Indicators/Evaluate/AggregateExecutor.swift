import Columns
import Model
import Periods
import Statistics

/// Computes aggregates on columns for one period, at every level of the groups.
struct AggregateExecutor {
  let frame: Frame
  let model: Model
  let period: Period
  let space: GroupSpace
  /// For each table scanned, the slot of each row in each dimension.
  let slots: [String: [[Int32]]]

  var year: Int { period.last.year }
  private var selector: Selector { Selector(frame: frame, model: model) }

  func evaluator(_ table: String) -> RowEvaluator {
    RowEvaluator(frame: frame, base: table, year: year)
  }

  func select(_ scan: Scan) -> Selection { selector.select(scan, period: period, year: year) }

  func selectAll(_ scan: Scan) -> Selection { selector.select(scan, period: nil, year: year) }

  /// The groups of a selection at a level.
  func level(_ table: String, _ selection: Selection, _ level: [Bool]) -> LevelGroups {
    LevelGroups(space, slots: slots[table] ?? [], rows: selection.rows, level: level)
  }

  /// The cells of an aggregate, by group.
  func cells(_ aggregate: Aggregate) -> [Int: Cell] {
    switch aggregate {
    case .rows(let row, let scan): rowCells(row, scan)
    case .perKey(let outer, let value, let inners, let among):
      perKeyCells(outer, value, inners, among: among)
    case .population(let population): populationCells(population)
    case .ties(let ties): tieCells(ties)
    case .retention(let retention): retentionCells(retention)
    case .weighted(let weighted): weightedCells(weighted)
    }
  }

  /// The rows of each residence (and of all together) before any filter: by group.
  func scanned(_ scan: Scan) -> [Int: Double] {
    var unfiltered = scan
    unfiltered.filter = nil
    let selection = select(unfiltered)
    var out: [Int: Double] = [:]
    for kept in [false, true] {
      let level = space.names.indices.map { $0 == 0 && kept }
      let groups = self.level(scan.table, selection, level)
      for g in groups.groups where g >= 0 { out[groups.ids[Int(g)], default: 0] += 1 }
    }
    return out
  }

  /// The dense person codes of a table's rows; nil when its rows are not about people.
  func persons(_ table: String) -> (codes: [Int32], size: Int)? {
    guard let declaration = model[table], let person = declaration.person,
      let path = try? PathResolver(model: model).resolve(person, from: declaration)
    else { return nil }
    return evaluator(table).vector(.path(path)).dense
  }

  /// The distinct persons of each group among some positions.
  func personCounts(
    _ table: String, _ selection: Selection, _ groups: [Int32], count: Int,
    where take: (Int) -> Bool
  ) -> [Int]? {
    guard let persons = persons(table) else { return nil }
    var seen = PairSet(groups: count, entities: max(persons.size, 1))
    var out = [Int](repeating: 0, count: count)
    for i in selection.rows.indices where groups[i] >= 0 && take(i) {
      let code = persons.codes[Int(selection.rows[i])]
      if code >= 0, seen.insert(groups[i], code) { out[Int(groups[i])] += 1 }
    }
    return out
  }

  private func rowCells(_ aggregate: RowAggregate, _ scan: Scan) -> [Int: Cell] {
    let selection = select(scan)
    let evaluator = evaluator(scan.table)
    var out: [Int: Cell] = [:]
    for level in space.levels {
      let groups = self.level(scan.table, selection, level)
      let reduced = RowReduction.reduce(
        aggregate, selection, evaluator, groups: groups.groups, count: groups.count)
      let tally = Tally(selection, groups, operandKnown: reduced.operandKnown)
      let persons = personCounts(scan.table, selection, groups.groups, count: groups.count) {
        selection.truth[$0] == 1 && reduced.operandKnown[$0]
      }
      for g in 0..<groups.count {
        var cell = Cell(
          value: reduced.value[g].known,
          numerator: reduced.numerator.isEmpty ? nil : reduced.numerator[g],
          denominator: reduced.denominator.isEmpty ? nil : reduced.denominator[g],
          unknown: tally.unknown[g], known: tally.known[g], persons: persons?[g])
        // A sum of unknown amounts is unknown, not zero.
        if case .sum = aggregate, tally.unknown[g] > 0, reduced.denominator[g] == 0 {
          cell.value = nil
          cell.numerator = nil
        }
        if case .sum = aggregate { cell.denominator = nil }
        out[groups.ids[g]] = cell
      }
    }
    return out
  }

  private func populationCells(_ population: Population) -> [Int: Cell] {
    let table = population.scan.table
    let selection = select(population.scan)
    let (from, to) = frame.validity(table)
    let (codes, size) = evaluator(table).vector(population.entity).dense
    var out: [Int: Cell] = [:]
    for level in space.levels {
      let groups = self.level(table, selection, level)
      var values = [Double](repeating: 0, count: groups.count)
      var seen = PairSet(groups: groups.count, entities: max(size, 1))
      var operandKnown = [Bool](repeating: true, count: selection.rows.count)
      for i in selection.positions where groups.groups[i] >= 0 {
        let row = Int(selection.rows[i])
        guard codes[row] >= 0 else {
          operandKnown[i] = false
          continue
        }
        let g = Int(groups.groups[i])
        // Days as whole numbers, so that both executors add up the same.
        let first = max(from[row], period.first.number)
        let end = min(to[row], period.last.number + 1)
        switch population.mode {
        case .average: values[g] += Double(end - first)
        case .any: if seen.insert(Int32(g), codes[row]) { values[g] += 1 }
        case .start:
          if first == period.first.number, seen.insert(Int32(g), codes[row]) { values[g] += 1 }
        case .end:
          if end == period.last.number + 1, seen.insert(Int32(g), codes[row]) { values[g] += 1 }
        }
      }
      if population.mode == .average {
        for g in values.indices { values[g] /= Double(period.days) }
      }
      let tally = Tally(selection, groups, operandKnown: operandKnown)
      let persons = personCounts(table, selection, groups.groups, count: groups.count) {
        selection.truth[$0] == 1
      }
      for g in 0..<groups.count {
        out[groups.ids[g]] = Cell(
          value: values[g], numerator: values[g], unknown: tally.unknown[g],
          known: tally.known[g], persons: persons?[g])
      }
    }
    return out
  }

  private func weightedCells(_ weighted: Aggregate.Weighted) -> [Int: Cell] {
    let table = weighted.scan.table
    let selection = select(weighted.scan)
    let evaluator = evaluator(table)
    let values = evaluator.vector(weighted.value).numbers
    let weights = evaluator.numbers(weighted.weight)
    let population = weighted.population.map { populationCells($0) }
    var out: [Int: Cell] = [:]
    for level in space.levels {
      let groups = self.level(table, selection, level)
      var y = [[Double]](repeating: [], count: groups.count)
      var w = y
      var operandKnown = [Bool](repeating: true, count: selection.rows.count)
      for i in selection.positions {
        let row = Int(selection.rows[i])
        if values[row].isNaN || weights[row].isNaN { operandKnown[i] = false }
        if groups.groups[i] < 0 || weights[row].isNaN { continue }
        y[Int(groups.groups[i])].append(values[row])
        w[Int(groups.groups[i])].append(weights[row])
      }
      let tally = Tally(selection, groups, operandKnown: operandKnown)
      let persons = personCounts(table, selection, groups.groups, count: groups.count) {
        selection.truth[$0] == 1 && operandKnown[$0]
      }
      for g in 0..<groups.count {
        var cell = Cell(
          unknown: tally.unknown[g], known: tally.known[g], persons: persons?[g])
        if let estimate = WeightedMean.estimate(values: y[g], weights: w[g]) {
          cell.value = estimate.mean
          cell.numerator = estimate.weightedSum
          cell.denominator = estimate.weightTotal
          // R survey: `svymean` counts the whole design, `svyciprop` those who answered.
          cell.degrees = Double((weighted.isShare ? estimate.answers : estimate.rows) - 1)
          cell.effectiveSize = estimate.effectiveSize
          cell.standardError = estimate.standardError
          // A sample without replacement of a small population: √(1 − n/N).
          if let whole = population?[groups.ids[g]]?.value, let error = estimate.standardError {
            let fraction = min(Double(estimate.answers) / whole, 1)
            cell.standardError = error * (1 - fraction).squareRoot()
          }
        }
        out[groups.ids[g]] = cell
      }
    }
    return out
  }
}

/// How much of each group was known.
struct Tally {
  private(set) var unknown: [Double]
  private(set) var known: [Double]

  init(_ selection: Selection, _ groups: LevelGroups, operandKnown: [Bool]) {
    unknown = [Double](repeating: 0, count: groups.count)
    known = unknown
    for i in selection.rows.indices where groups.groups[i] >= 0 {
      let g = Int(groups.groups[i])
      if selection.truth[i] < 0 || (selection.truth[i] == 1 && !operandKnown[i]) {
        unknown[g] += selection.weight[i]
      } else {
        known[g] += selection.weight[i]
      }
    }
  }
}

extension Double {
  /// Nil for NaN.
  var known: Double? { isNaN ? nil : self }
}
