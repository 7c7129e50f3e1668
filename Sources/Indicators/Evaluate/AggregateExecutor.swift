import Columns
import Model
import Periods
import Statistics

/// Computes aggregates on columns for all periods, at every level of the groups.
struct AggregateExecutor {
  let engine: Engine
  let space: GroupSpace
  private let groupings: Groupings

  init(engine: Engine, question: Question) {
    self.engine = engine
    groupings = engine.groupings(question)
    space = groupings.space
  }

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

  /// The groups of a scan's rows at a level; those of one value of a column counted together
  /// where `domain` is that column.
  func groups(
    _ scan: Scan, _ domain: Domain = .rows, level: [Bool], withUnknown: Bool = false
  ) -> GroupSet {
    groups(finest(scan, domain), level: level, withUnknown: withUnknown)
  }

  /// Finest groups put together at a level.
  func groups(_ finest: FinestGroups, level: [Bool], withUnknown: Bool) -> GroupSet {
    groupings.groups(finest, level: level, withUnknown: withUnknown)
  }

  /// The groups of a scan's rows with every dimension kept.
  func finest(_ scan: Scan, _ domain: Domain) -> FinestGroups {
    groupings.finest(scan, domain) { engine.strip(scan, domain: domain) }
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
    for i in 0..<table.cells.count { table.change(i) { $0.persons = 0 } }
    var domain = Domain.rows
    if path.links.isEmpty,
      context(scan).joined(known.map(frame.domain) ?? .constant).isKnown(by: path.column)
    {
      domain = .column(path.column)
    }
    let isShared = known == nil && space.labels.count == 1
    for level in space.levels {
      let set = groups(scan, domain, level: level)
      let counts =
        isShared ? engine.persons(scan, level) { count(set) } : count(set)
      for (key, n) in zip(set.keys, counts) { table.update(key) { $0.persons = n } }
    }
  }

  // MARK: populations

  func populationCells(_ population: Population) -> CellTable {
    let scan = population.scan
    let (from, to) = frame.validity(scan.table)
    let entities = frame.codes(population.entity, scan.table, years: years)
    let filter = filter(scan)
    let periods = self.periods
    var table = emptyTable()
    for level in space.levels {
      let set = groups(scan, level: level)
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
    let values = frame.numbers(weighted.value, scan.table, years: years)
    let weights = frame.numbers(weighted.weight, scan.table, years: years)
    let persons = personPath(scan.table).map { frame.codes(.path($0), scan.table, years: years) }
    let filter = filter(scan)
    let population = weighted.population.map { populationCells($0) }
    var table = emptyTable()
    let whole = space.labels.map { _ in true }
    // Each finest group once: its moments, and the persons who answered.
    let finest = groups(scan, level: whole, withUnknown: true)
    let parts = finest.map { g, scratch -> WeightedPart in
      scratch.members.take(finest, g, filter: filter)
      let period = finest.keys[g].period
      return WeightedPart(
        scratch.members, values[period], weights[period], persons?[period].codes)
    }
    for level in space.levels {
      let set = groups(scan, level: level)
      let cells = set.map { g, scratch -> (Cell, answers: Int) in
        let members = set.members(g)
        var unknown = 0.0
        var known = 0.0
        var holding = 0
        var moments = WeightedMoments()
        if let persons { scratch.stamps.clear(size: persons[set.keys[g].period].size) }
        for f in members {
          let part = parts[Int(f)]
          unknown += part.unknown
          known += part.known
          holding += part.holding
          moments.add(part.moments)
          for person in part.persons { scratch.stamps.insert(person) }
        }
        var cell = Cell(
          unknown: unknown, known: known, persons: persons == nil ? nil : scratch.stamps.count)
        guard let estimate = moments.estimate else { return (cell, 0) }
        cell.value = estimate.mean
        cell.numerator = estimate.weightedSum
        cell.denominator = estimate.weightTotal
        // R survey: `svymean` counts the whole design, `svyciprop` those who answered.
        cell.degrees = Double((weighted.isShare ? estimate.answers : estimate.rows) - 1)
        if weighted.isShare {
          cell.answers = estimate.answers
          cell.holding = holding
        }
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

/// What a group's rows bring to a weighted mean.
private struct WeightedPart: Sendable {
  var moments: WeightedMoments
  var unknown: Double
  var known: Double
  /// The answers of 1: of those for whom a condition holds.
  var holding: Int
  /// The persons who answered, some more than once.
  var persons: [Int32] = []

  init(
    _ members: Members, _ value: Reader<Double>, _ weight: Reader<Double>,
    _ codes: Reader<Int32>?
  ) {
    var isUnknown: [Bool] = []
    var y: [Double] = []
    var w: [Double] = []
    y.reserveCapacity(members.count)
    w.reserveCapacity(members.count)
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      let (v, n) = (value[row], weight[row])
      if v.isNaN || n.isNaN {
        if isUnknown.isEmpty { isUnknown = [Bool](repeating: false, count: members.count) }
        isUnknown[i] = true
      } else if let codes, codes[row] >= 0, persons.last != codes[row] {
        persons.append(codes[row])
      }
      if n.isNaN { continue }
      y.append(v)
      w.append(n)
    }
    moments = WeightedMoments(values: y, weights: w)
    holding = y.count { $0 == 1 }
    (unknown, known) = members.tally(isUnknown)
  }
}

extension Double {
  /// Nil for NaN.
  var known: Double? { isNaN ? nil : self }
}
