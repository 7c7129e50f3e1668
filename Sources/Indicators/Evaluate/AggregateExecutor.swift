import Columns
import Model
import Periods

/// Computes aggregates on columns for all periods, at every level of the groups.
struct AggregateExecutor {
  let engine: Engine
  let space: GroupSpace
  /// For each table scanned, the path of each dimension; nil where it has no such cut.
  let dimensions: [String: [ResolvedPath?]]
  private let groupings: Groupings

  init(engine: Engine, question: Question) {
    self.engine = engine
    dimensions = question.dimensions
    groupings = engine.groupings(question)
    space = groupings.space
  }

  var frame: Frame { engine.frame }
  var periods: [Period] { engine.periods }

  /// The cells of an aggregate.
  func cells(_ aggregate: Aggregate) -> CellTable {
    switch aggregate {
    case .rows(let row, let scan): rowCells(row, scan)
    case .perKey(let perKey): perKeyCells(perKey)
    case .population(let population): populationCells(population)
    case .ties(let ties): ties.isPlain ? tieCells(ties) : pairCells(ties)
    case .met(let met): metCells(met)
    case .network(let network): networkCells(network)
    case .retention(let retention): retentionCells(retention)
    case .weighted(let weighted): weightedCells(weighted)
    case .effect(let effect): effectCells(effect)
    case .survival(let survival): survivalCells(survival)
    case .hours(let hours): hourCells(hours)
    case .weeks(let weeks): weekCells(weeks)
    case .dissimilarity(let dissimilarity): dissimilarityCells(dissimilarity)
    case .survey(let survey): surveyCells(survey)
    case .response(let response): responseCells(response)
    case .valuation(let valuation): valuationCells(valuation)
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
    scan.filter.map { frame.truth($0, scan.table, periods: periods) }
  }

  // MARK: persons

  /// The path to the person behind a table's rows; nil when they are not about people.
  func personPath(_ table: String) -> ResolvedPath? {
    engine.path(engine.model[table]?.person, of: table)
  }

  /// The distinct persons of each group for which the filter of a scan holds; nil when its rows
  /// are not about people. With `known`, a row counts only where that holds.
  func persons(_ scan: Scan, known: RowExpression? = nil) -> ((_ set: GroupSet) -> [Int])? {
    guard let path = personPath(scan.table) else { return nil }
    let readers = frame.codes(.path(path), scan.table, periods: periods)
    let filter = filter(scan)
    let isKnown = known.map { frame.truth($0, scan.table, periods: periods) }
    return { set in
      let filter = filter?.map { $0.on(set.finest) }
      return set.map { g, scratch in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        let reader = readers[period].on(set.finest)
        scratch.stamps.clear(size: reader.size)
        let isKnown = isKnown?[period].on(set.finest) ?? .constant(1)
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          if isKnown[row] != 1 { continue }
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
    var domain = context(scan).joined(frame.domain(path))
      .joined(known.map(frame.domain) ?? .constant)
    if !path.links.isEmpty || domain != .column(path.column) { domain = .rows }
    let isShared = known == nil && space.labels.count == 1
    for level in space.levels {
      let set = groups(scan, domain, level: level)
      let counts =
        isShared ? engine.persons(scan, level) { count(set) } : count(set)
      for (key, n) in zip(set.keys, counts) { table.update(key) { $0.persons = n } }
    }
  }
}
