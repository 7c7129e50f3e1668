import Columns
import Model
import Periods
import Statistics

/// Computes aggregates on columns for all periods, at every level of the groups.
struct AggregateExecutor {
  let engine: Engine
  let space: GroupSpace

  var frame: Frame { engine.frame }
  var years: [Int] { engine.years }
  var periods: [Period] { engine.periods }

  /// The cells of an aggregate.
  func cells(_ aggregate: Aggregate) -> CellTable {
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

  func emptyTable() -> CellTable { CellTable(periods: periods.count, size: space.size) }

  /// The rows of each residence slot (0: all together) before any filter, by period.
  func scanned(_ scan: Scan) -> [[Double]] {
    let strip = engine.strip(scan)
    return periods.indices.map { period in
      var out = [Double](repeating: 0, count: space.labels[0].count)
      for slot in 0..<strip.residences {
        let p = period * strip.residences + slot
        let n = Double(strip.starts[p + 1] - strip.starts[p])
        if slot > 1 { out[slot] = n }
        out[0] += n
      }
      return out
    }
  }

  /// What the filter and the cuts of a scan are a function of.
  func context(_ scan: Scan) -> Domain {
    (space.domains[scan.table] ?? .constant).joined(scan.filter.map(frame.domain) ?? .constant)
  }

  func filter(_ scan: Scan) -> [Reader<Int8>]? {
    scan.filter.map { frame.truth($0, scan.table, years: years) }
  }

  // MARK: persons

  /// The path to the person behind a table's rows; nil when they are not about people.
  func personPath(_ table: String) -> ResolvedPath? {
    engine.path(engine.model[table]?.person, of: table)
  }

  /// The distinct persons of each group for which the filter of a scan holds; nil when its rows
  /// are not about people. With `known`, a row counts only where that is known.
  func persons(_ scan: Scan, known: RowExpression? = nil) -> ((_ set: GroupSet) -> [Int])? {
    guard let path = personPath(scan.table) else { return nil }
    let readers = frame.codes(.path(path), scan.table, years: years)
    let filter = filter(scan)
    let isKnown = known.map { frame.truth(.known($0), scan.table, years: years) }
    return { set in
      set.map { g, scratch in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        let reader = readers[period]
        scratch.stamps.clear(size: reader.size)
        let isKnown = isKnown?[period]
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          if let isKnown, isKnown[row] != 1 { continue }
          let code = reader.codes[row]
          if code >= 0 { _ = scratch.stamps.insert(code) }
        }
        return scratch.stamps.count
      }
    }
  }

  /// Puts the distinct persons of every group into its cell. `known`: see `persons`.
  func addPersons(_ scan: Scan, known: RowExpression? = nil, to table: inout CellTable) {
    guard let count = persons(scan, known: known), let path = personPath(scan.table) else { return }
    for i in 0..<table.cells.count { table.setPersons(0, at: i) }
    var strip = engine.strip(scan)
    if path.links.isEmpty,
      context(scan).joined(known.map(frame.domain) ?? .constant).isKnown(by: path.column)
    {
      strip = engine.strip(scan, by: path.column)
    }
    for level in space.levels {
      let set = GroupSet(strip, space, level: level)
      for (key, n) in zip(set.keys, count(set)) { table.update(key) { $0.persons = n } }
    }
  }

  // MARK: rows

  private func rowCells(_ aggregate: RowAggregate, _ scan: Scan) -> CellTable {
    var domain = context(scan).joined(aggregate.expression.map(frame.domain) ?? .constant)
    if domain == .constant, let path = personPath(scan.table), path.links.isEmpty,
      frame.codes(scan.table, path.column) != nil
    {
      domain = .column(path.column)
    }
    let strip = engine.strip(scan, domain: domain)
    let operand = frame.operand(aggregate, scan.table, years: years)
    let filter = filter(scan)
    var table = emptyTable()
    var allKnown = true
    for level in space.levels {
      let set = GroupSet(strip, space, level: level)
      let results = set.map { g, scratch -> (Cell, Bool) in
        scratch.members.take(set, g, filter: filter)
        let reduced = RowReduction(
          aggregate, operand, period: set.keys[g].period, scratch.members, part: [], count: 1,
          &scratch.stamps)
        let tally = scratch.members.tally(reduced.isUnknown)
        var cell = Cell(
          value: reduced.value[0].known, numerator: reduced.numerator.first,
          denominator: reduced.denominator.first, unknown: tally.unknown, known: tally.known)
        // A sum of unknown amounts is unknown, not zero.
        if case .sum = aggregate {
          if tally.unknown > 0, cell.denominator == 0 {
            cell.value = nil
            cell.numerator = nil
          }
          cell.denominator = nil
        }
        return (cell, reduced.isUnknown.isEmpty)
      }
      for (key, (cell, isKnown)) in zip(set.keys, results) {
        table.set(key, cell)
        if !isKnown { allKnown = false }
      }
    }
    addPersons(scan, known: allKnown ? nil : aggregate.expression, to: &table)
    return table
  }

  // MARK: populations

  func populationCells(_ population: Population) -> CellTable {
    let scan = population.scan
    let strip = engine.strip(scan)
    let (from, to) = frame.validity(scan.table)
    let entities = frame.codes(population.entity, scan.table, years: years)
    let filter = filter(scan)
    let periods = self.periods
    var table = emptyTable()
    for level in space.levels {
      let set = GroupSet(strip, space, level: level)
      let cells = set.map { g, scratch -> Cell in
        scratch.members.take(set, g, filter: filter)
        let period = periods[set.keys[g].period]
        let reader = entities[set.keys[g].period]
        scratch.stamps.clear(size: reader.size)
        var isUnknown: [Bool] = []
        var value = 0.0
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let code = reader.codes[row]
          if code < 0 {
            if isUnknown.isEmpty {
              isUnknown = [Bool](repeating: false, count: scratch.members.count)
            }
            isUnknown[i] = true
            continue
          }
          // Days as whole numbers, so that both executors add up the same.
          let first = max(from[row], period.first.number)
          let end = min(to[row], period.last.number + 1)
          switch population.mode {
          case .average: value += Double(end - first)
          case .any: if scratch.stamps.insert(code) { value += 1 }
          case .start:
            if first == period.first.number, scratch.stamps.insert(code) { value += 1 }
          case .end:
            if end == period.last.number + 1, scratch.stamps.insert(code) { value += 1 }
          }
        }
        if population.mode == .average { value /= Double(period.days) }
        let tally = scratch.members.tally(isUnknown)
        return Cell(
          value: value, numerator: value, unknown: tally.unknown, known: tally.known)
      }
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    addPersons(scan, to: &table)
    return table
  }

  // MARK: samples

  private func weightedCells(_ weighted: Aggregate.Weighted) -> CellTable {
    let scan = weighted.scan
    let strip = engine.strip(scan)
    let values = frame.numbers(weighted.value, scan.table, years: years)
    let weights = frame.numbers(weighted.weight, scan.table, years: years)
    let persons = personPath(scan.table).map { frame.codes(.path($0), scan.table, years: years) }
    let filter = filter(scan)
    let population = weighted.population.map { populationCells($0) }
    var table = emptyTable()
    for level in space.levels {
      let set = GroupSet(strip, space, level: level)
      let cells = set.map { g, scratch -> (Cell, answers: Int) in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        let (value, weight) = (values[period], weights[period])
        var isUnknown: [Bool] = []
        var y: [Double] = []
        var w: [Double] = []
        if let persons { scratch.stamps.clear(size: persons[period].size) }
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let (v, n) = (value[row], weight[row])
          if v.isNaN || n.isNaN {
            if isUnknown.isEmpty {
              isUnknown = [Bool](repeating: false, count: scratch.members.count)
            }
            isUnknown[i] = true
          } else if let persons {
            let code = persons[period].codes[row]
            if code >= 0 { _ = scratch.stamps.insert(code) }
          }
          if n.isNaN { continue }
          y.append(v)
          w.append(n)
        }
        let tally = scratch.members.tally(isUnknown)
        var cell = Cell(
          unknown: tally.unknown, known: tally.known,
          persons: persons == nil ? nil : scratch.stamps.count)
        guard let estimate = WeightedMean.estimate(values: y, weights: w) else { return (cell, 0) }
        cell.value = estimate.mean
        cell.numerator = estimate.weightedSum
        cell.denominator = estimate.weightTotal
        // R survey: `svymean` counts the whole design, `svyciprop` those who answered.
        cell.degrees = Double((weighted.isShare ? estimate.answers : estimate.rows) - 1)
        cell.effectiveSize = estimate.effectiveSize
        cell.standardError = estimate.standardError
        return (cell, estimate.answers)
      }
      for (key, (cell, answers)) in zip(set.keys, cells) {
        var cell = cell
        // A sample without replacement of a small population: √(1 − n/N).
        if let whole = population?[key.period, key.id]?.value, let error = cell.standardError {
          let fraction = min(Double(answers) / whole, 1)
          cell.standardError = error * (1 - fraction).squareRoot()
        }
        table.set(key, cell)
      }
    }
    return table
  }
}

extension CellTable {
  /// Sets the persons of a cell by its position.
  mutating func setPersons(_ n: Int, at position: Int) { change(position) { $0.persons = n } }
}

extension Double {
  /// Nil for NaN.
  var known: Double? { isNaN ? nil : self }
}
