import Columns
import Periods
import Statistics

extension AggregateExecutor {
  /// How far those counted differ from the register in what they are.
  func dissimilarityCells(_ dissimilarity: Aggregate.Dissimilarity) -> CellTable {
    let population = dissimilarity.register
    let rows = PopulationRows(population, frame, periods)
    let categories = frame.codes(
      dissimilarity.category, population.scan.table, periods: periods)
    let filter = filter(population.scan)
    let periods = self.periods
    let isPerson = isPerson(dissimilarity.counted.inners[0].key)
    var counted: [GroupSet.Key: KeyedRows.Result] = [:]
    for result in results(dissimilarity.counted).joined() {
      counted[GroupSet.Key(period: result.key.period, id: result.key.id, residence: 0)] = result
    }
    var table = emptyTable()
    var met = Set<GroupSet.Key>()
    for level in space.levels {
      let set = groups(population.scan, level: level)
      let expected = set.map { g, scratch -> [Double] in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        let codes = categories[period]
        var out = [Double](repeating: 0, count: codes.size)
        if population.mode == .average {
          var days = [Int](repeating: 0, count: codes.size)
          for i in scratch.members.rows.indices where scratch.members.takes(i) {
            let row = Int(scratch.members.rows[i])
            let category = Int(codes.codes[row])
            if category < 0 || rows.entity(row, period) < 0 { continue }
            days[category] += rows.days(row, period)
          }
          return days.map { Double($0) / Double(periods[period].days) }
        }
        // Those of one category at a time; someone may be in two, at different times.
        var members: [Int: Members] = [:]
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let category = Int(codes.codes[Int(scratch.members.rows[i])])
          if category >= 0 {
            members[category, default: Members()].rows.append(scratch.members.rows[i])
          }
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
      for (key, expected) in zip(set.keys, expected) {
        let plain = GroupSet.Key(period: key.period, id: key.id, residence: 0)
        met.insert(plain)
        table.set(key, AggregateExecutor.compare(counted[plain], expected, isPerson))
      }
    }
    for (key, result) in counted where !met.contains(key) {
      table.set(key, AggregateExecutor.compare(result, [], isPerson))
    }
    return table
  }

  private static func compare(
    _ counted: KeyedRows.Result?, _ expected: [Double], _ isPerson: Bool
  ) -> Cell {
    let values = counted?.values ?? []
    let size = max(expected.count, values.reduce(0) { max($0, Int($1) + 1) })
    var here = [Double](repeating: 0, count: size)
    for value in values { here[Int(value)] += 1 }
    let there = expected + [Double](repeating: 0, count: size - expected.count)
    return Cell(
      value: try? Diversity.dissimilarity(here, there), denominator: Double(values.count),
      unknown: counted?.unknown ?? 0, known: counted?.known ?? 0,
      persons: isPerson ? values.count : nil)
  }
}
