import Columns
import Model
import Periods

extension AggregateExecutor {
  /// Of those first seen in a step of the period, the share seen again `lag` steps later.
  ///
  /// First seen is judged on all the data, not on the period's. A cohort whose later step lies
  /// beyond the last step with data takes no part: it is absent, not lost.
  func retentionCells(_ retention: Aggregate.Retention) -> CellTable {
    var table = emptyTable()
    let scan = retention.scan
    guard let path = engine.path(engine.model[scan.table]?.date, of: scan.table),
      let days = frame.days(path)
    else { return table }
    let people = frame.codes(retention.person, scan.table, periods: periods)
    let filter = filter(scan)
    let dependence = (scan.expressions + [retention.person]).map(\.dependence).max() ?? .none
    let cuts: PeriodDependence = (space.isYearly[scan.table] ?? false) ? .year : .none
    // The careers of persons, once for all periods unless something depends on the period.
    var known: [Moment: Careers] = [:]
    for (p, period) in periods.enumerated() {
      let key = Moment(period, max(dependence, cuts))
      let seen: Careers
      if let made = known[key] {
        seen = made
      } else {
        seen = Careers(
          engine.timeless(scan, in: p), space: space.only(period: p), days: days,
          step: retention.step, people: people[p], filter: filter.map { [$0[p]] })
        known[key] = seen
      }
      for level in space.levels {
        for group in seen.groups(level, space) {
          var newcomers = 0
          var returned = 0
          for i in group.persons.indices
          where period.first.number <= group.firstDay[i] && group.firstDay[i] <= period.last.number
          {
            let first = seen.firstStep(group, i)
            if first + retention.lag > seen.last { continue }
            newcomers += 1
            if seen.isSeen(group, i, at: first + retention.lag) { returned += 1 }
          }
          var cell = Cell(denominator: Double(newcomers), persons: newcomers)
          if newcomers > 0 {
            cell.numerator = Double(returned)
            cell.value = Double(returned) / Double(newcomers)
          }
          table.set(GroupSet.Key(period: p, id: group.id, residence: 0), cell)
        }
      }
    }
    addPresent(retention, to: &table)
    return table
  }

  /// How many rows of each period were known to be of someone.
  private func addPresent(_ retention: Aggregate.Retention, to table: inout CellTable) {
    let scan = retention.scan
    let people = frame.codes(retention.person, scan.table, periods: periods)
    let filter = filter(scan)
    let domain = context(scan).joined(frame.domain(retention.person))
    for level in space.levels {
      let set = groups(scan, domain, level: level)
      let people = people.map { $0.on(set.finest).codes }
      let filter = filter?.map { $0.on(set.finest) }
      let tallies = set.map { g, scratch -> (unknown: Double, known: Double) in
        scratch.members.take(set, g, filter: filter)
        let reader = people[set.keys[g].period]
        var isUnknown: [Bool] = []
        for i in scratch.members.rows.indices where reader[Int(scratch.members.rows[i])] < 0 {
          if isUnknown.isEmpty {
            isUnknown = [Bool](repeating: false, count: scratch.members.count)
          }
          isUnknown[i] = true
        }
        return scratch.members.tally(isUnknown)
      }
      for (key, tally) in zip(set.keys, tallies) {
        table.update(key) {
          $0.unknown = tally.unknown
          $0.known = tally.known
        }
      }
    }
  }
}
