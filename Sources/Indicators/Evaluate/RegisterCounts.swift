import Columns
import Periods

/// Which people of a dated register are of each category, by group: days over days for the
/// average, else different people.
struct RegisterCounts {
  private let population: Population
  private let executor: AggregateExecutor
  private let rows: PopulationRows
  private let categories: [CodeReader]
  private let filter: [Reader<Int8>]?

  init(_ population: Population, by category: RowExpression, _ executor: AggregateExecutor) {
    self.population = population
    self.executor = executor
    rows = PopulationRows(population, executor.frame, executor.periods)
    categories = executor.frame.codes(
      category, population.scan.table, periods: executor.periods)
    filter = executor.filter(population.scan)
  }

  /// The counts of each group at a level, by code of the category; the last is of those without.
  func counts(level: [Bool]) -> [(key: GroupSet.Key, counts: [Double])] {
    let set = executor.groups(population.scan, level: level)
    let (rows, categories, filter) = (rows, categories, filter)
    let (mode, periods) = (population.mode, executor.periods)
    let counts = set.map { g, scratch -> [Double] in
      scratch.members.take(set, g, filter: filter)
      let period = set.keys[g].period
      let codes = categories[period]
      func place(_ row: Int) -> Int {
        let code = Int(codes.codes[row])
        return code < 0 ? codes.size : code
      }
      var out = [Double](repeating: 0, count: codes.size + 1)
      if mode == .average {
        var days = [Int](repeating: 0, count: codes.size + 1)
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          if rows.entity(row, period) >= 0 { days[place(row)] += rows.days(row, period) }
        }
        return days.map { Double($0) / Double(periods[period].days) }
      }
      // Those of one category at a time; someone may be in two, at different times.
      var members: [Int: Members] = [:]
      for i in scratch.members.rows.indices where scratch.members.takes(i) {
        let row = scratch.members.rows[i]
        members[place(Int(row)), default: Members()].rows.append(row)
      }
      for (category, part) in members {
        var found: [Int32] = []
        rows.forEachEntity(part, period) { found.append($0) }
        scratch.stamps.clear(size: rows.size(period))
        for code in found { _ = scratch.stamps.insert(code) }
        out[category] = Double(scratch.stamps.count)
      }
      return out
    }
    return zip(set.keys, counts).map { ($0, $1) }
  }
}
