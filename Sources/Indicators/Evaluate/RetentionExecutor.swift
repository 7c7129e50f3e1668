import Columns
import Model
import Periods

extension AggregateExecutor {
  /// Of those first seen in a step of the period, the share seen again `lag` steps later.
  ///
  /// First seen is judged on all the data, not on the period's. A cohort whose later step lies
  /// beyond the last step with data takes no part: it is absent, not lost.
  func retentionCells(_ retention: Aggregate.Retention) -> [Int: Cell] {
    let table = retention.scan.table
    let all = selectAll(retention.scan)
    let current = select(retention.scan)
    let evaluator = evaluator(table)
    guard let declaration = model[table], let date = declaration.date,
      let path = try? PathResolver(model: model).resolve(date, from: declaration),
      case .ordinal(let days) = evaluator.vector(.path(path))
    else { return [:] }
    let (people, size) = evaluator.vector(retention.person).dense
    var steps: [Int32] = []
    steps.reserveCapacity(all.rows.count)
    var lastStep = Int32.min
    for i in all.rows.indices {
      let day = days[Int(all.rows[i])]
      let step =
        day == Column.missingDay
        ? Int32.min : Int32(retention.step.index(of: Day(number: day)))
      steps.append(step)
      if all.truth[i] == 1 { lastStep = max(lastStep, step) }
    }
    var known = [Bool](repeating: true, count: current.rows.count)
    for i in current.positions where people[Int(current.rows[i])] < 0 { known[i] = false }
    var out: [Int: Cell] = [:]
    for level in space.levels {
      let groups = self.level(table, all, level)
      var pairs = PairIndexer(groups: groups.count, keys: max(size, 1))
      var first: [Int32] = []
      var firstDay: [Int32] = []
      var pairOf = [Int32](repeating: -1, count: all.rows.count)
      for i in all.positions where groups.groups[i] >= 0 && steps[i] != Int32.min {
        let row = Int(all.rows[i])
        if people[row] < 0 { continue }
        let pair = pairs.number(groups.groups[i], people[row])
        pairOf[i] = pair
        if Int(pair) == first.count {
          first.append(steps[i])
          firstDay.append(days[row])
        } else {
          first[Int(pair)] = min(first[Int(pair)], steps[i])
          firstDay[Int(pair)] = min(firstDay[Int(pair)], days[row])
        }
      }
      var back = [Bool](repeating: false, count: pairs.count)
      for i in pairOf.indices where pairOf[i] >= 0 {
        if steps[i] == first[Int(pairOf[i])] + Int32(retention.lag) { back[Int(pairOf[i])] = true }
      }
      var newcomers = [Int](repeating: 0, count: groups.count)
      var returned = newcomers
      for p in 0..<pairs.count {
        let inPeriod = period.first.number <= firstDay[p] && firstDay[p] <= period.last.number
        if !inPeriod || first[p] + Int32(retention.lag) > lastStep { continue }
        newcomers[Int(pairs.groups[p])] += 1
        if back[p] { returned[Int(pairs.groups[p])] += 1 }
      }
      let present = self.level(table, current, level)
      let tally = Tally(current, present, operandKnown: known)
      for g in 0..<groups.count {
        let n = Double(newcomers[g])
        var cell = Cell(denominator: n, persons: newcomers[g])
        if newcomers[g] > 0 {
          cell.numerator = Double(returned[g])
          cell.value = Double(returned[g]) / n
        }
        if let here = present.ids.firstIndex(of: groups.ids[g]) {
          cell.unknown = tally.unknown[here]
          cell.known = tally.known[here]
        }
        out[groups.ids[g]] = cell
      }
    }
    return out
  }
}
