import Columns
import Periods
import Statistics

extension AggregateExecutor {
  /// How far those counted differ from the register in what they are.
  func dissimilarityCells(_ dissimilarity: Aggregate.Dissimilarity) -> CellTable {
    let register = RegisterCounts(dissimilarity.register, by: dissimilarity.category, self)
    let isPerson = isPerson(dissimilarity.counted.inners[0].key)
    var counted: [GroupSet.Key: KeyedRows.Result] = [:]
    for result in results(dissimilarity.counted).joined() {
      counted[GroupSet.Key(period: result.key.period, id: result.key.id, residence: 0)] = result
    }
    var table = emptyTable()
    var met = Set<GroupSet.Key>()
    for level in space.levels {
      for (key, counts) in register.counts(level: level) {
        let expected = Array(counts.dropLast())
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
