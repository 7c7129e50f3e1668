import Columns
import Model
import Periods
import Statistics
import Threads

/// The pairs of a group over all the data, and when each first met.
struct History: Sendable {
  var people: [Int32]
  var ties: Ties
  /// The first day on which each pair met.
  var firstDays: [Int32]
  /// The first day with an attendance.
  var since: Int32

  /// Of some pairs of a circle, in ascending order, those who had not met before a day.
  func new(_ pairs: [Int], of circle: Circle, since day: Int32) -> [Int] {
    var out: [Int] = []
    out.reserveCapacity(pairs.count)
    var j = 0
    for i in pairs {
      let pair = (
        circle.people[Int(circle.ties.first[i])], circle.people[Int(circle.ties.second[i])]
      )
      while j < ties.count, self.pair(j) < pair { j += 1 }
      if j < ties.count, self.pair(j) == pair, firstDays[j] < day { continue }
      out.append(i)
    }
    return out
  }

  private func pair(_ i: Int) -> (Int32, Int32) {
    (people[Int(ties.first[i])], people[Int(ties.second[i])])
  }
}

extension AggregateExecutor {
  /// Pairs that are listed one by one: those of a kind, new ones, their weights.
  func pairCells(_ ties: Aggregate.Ties) -> CellTable {
    if ties.ends != nil { return endCells(ties) }
    var table = emptyTable()
    let circles = self.circles(ties)
    let qualities = ties.relation.map { self.qualities($0.of, ties, circles) }
    let histories = ties.isNew ? self.histories(ties) : nil
    let periods = self.periods
    for (l, level) in circles.enumerated() {
      let starts = level.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.size) }
      let parts = Workers.parts(starts)
      let cells = Workers.map(parts.count) { part in
        parts[part].map { g -> Cell in
          let circle = level[g]
          let first = periods[circle.key.period].first.number
          var kept = circle.ties.kept(
            atLeast: ties.minimumMeetings, ties.relation, qualities?[l][g].values)
          let history = histories?[l][circle.key.period][circle.key.id]
          if ties.isNew { kept = history?.new(kept, of: circle, since: first) ?? [] }
          let people = circle.ties.people(of: kept)
          var value: Double? =
            switch ties.gives {
            case .pairs: Double(kept.count)
            case .people: Double(people)
            case .weight: kept.reduce(0) { $0 + circle.ties.weights[$1] }
            }
          // Who is new cannot be known where nothing was written down before.
          let isKnown = !ties.isNew || history.map { $0.since < first } ?? false
          if !isKnown { value = nil }
          let lost = qualities?[l][g].lost ?? 0
          var cell = Cell(
            value: value, numerator: value, unknown: circle.unknown + lost,
            known: circle.known - lost, persons: people)
          if !isKnown { cell.reason = .noHistory }
          return cell
        }
      }
      for (circle, cell) in zip(level, cells.joined()) { table.set(circle.key, cell) }
    }
    return table
  }

  /// The pairs of all times of every group, by level, period and number of group.
  private func histories(_ ties: Aggregate.Ties) -> [[[Int: History]]] {
    let rule = ties.rule
    let cuts: PeriodDependence = (space.isYearly[rule.scan.table] ?? false) ? .year : .none
    let dependence = max(cuts, rule.expressions.map(\.dependence).max() ?? .none)
    // One for all periods unless something depends on the period.
    var known: [Moment: [[Int: History]]] = [:]
    let byPeriod = periods.indices.map { p -> [[Int: History]] in
      let key = Moment(periods[p], dependence)
      if let made = known[key] { return made }
      let made =
        dependence > .none || space.labels.count > 1
        ? makeHistories(rule, period: p)
        : engine.networks.histories.value(rule) { makeHistories(rule, period: p) }
      known[key] = made
      return made
    }
    return space.levels.indices.map { l in byPeriod.map { $0[l] } }
  }

  private func makeHistories(_ rule: Aggregate.Ties, period: Int) -> [[Int: History]] {
    let readers = MeetingReaders(rule, self)
    guard let path = engine.path(engine.model[rule.scan.table]?.date, of: rule.scan.table),
      let days = frame.days(path)
    else { return space.levels.map { _ in [:] } }
    let space = self.space.only(period: period)
    let finest = FinestGroups(engine.timeless(rule.scan), space)
    let filter = readers.filter.map { [$0[period]] }
    return space.levels.map { level in
      let set = GroupSet(finest, space, level: level)
      let made = set.map { g, scratch -> History in
        var gathering = readers.gather(set, g, period: period, filter: filter, &scratch)
        let count = scratch.moreStamps.count
        // Sessions in the order of their days, so that the first that a pair shared is the
        // earliest.
        var firsts = [Int32](repeating: .max, count: count)
        var n = 0
        for i in scratch.members.rows.indices
        where scratch.members.takes(i) && (gathering.isUnknown.isEmpty || !gathering.isUnknown[i]) {
          let day = days[Int(scratch.members.rows[i])]
          let session = Int(gathering.sessions[n])
          n += 1
          if day != Column.missingDay { firsts[session] = min(firsts[session], day) }
        }
        let order = firsts.indices.sorted { (firsts[$0], $0) < (firsts[$1], $1) }
        var place = [Int32](repeating: 0, count: count)
        for (i, session) in order.enumerated() { place[session] = Int32(i) }
        for i in gathering.sessions.indices {
          gathering.sessions[i] = place[Int(gathering.sessions[i])]
        }
        gathering.sort()
        let ties = gathering.ties(sessions: count, rule.maximumSize)
        return History(
          people: gathering.people, ties: ties,
          firstDays: ties.earliest.map { firsts[order[Int($0)]] },
          since: firsts.min() ?? .max)
      }
      return Dictionary(
        zip(set.keys.map(\.id), made).map { ($0, $1) }, uniquingKeysWith: { a, _ in a })
    }
  }
}

extension Ties {
  /// The ties of enough meetings whose two people stand to each other as asked.
  fileprivate func kept(
    atLeast minimum: Int, _ relation: Aggregate.Relation?, _ values: [Double]?
  ) -> [Int] {
    let (meetings, first, second) = (self.meetings, self.first, self.second)
    // Each is written down, and stays where the next is not kept: no branch to guess.
    var out = [Int](repeating: 0, count: count + 1)
    var kept = 0
    var places = out.mutableSpan
    if let relation, let values {
      for i in meetings.indices {
        places[kept] = i
        let holds = relation.holds(values[Int(first[i])], values[Int(second[i])])
        kept += Int(meetings[i]) >= minimum && holds ? 1 : 0
      }
    } else {
      for i in meetings.indices {
        places[kept] = i
        kept += Int(meetings[i]) >= minimum ? 1 : 0
      }
    }
    out.removeLast(out.count - kept)
    return out
  }

  /// How many people are in some of the ties.
  func people(of kept: [Int]) -> Int {
    let (first, second) = (self.first, self.second)
    var isTied = [Bool](repeating: false, count: people)
    var marks = isTied.mutableSpan
    for i in kept {
      marks[Int(first[i])] = true
      marks[Int(second[i])] = true
    }
    return isTied.count { $0 }
  }
}

extension Aggregate.Relation {
  /// Whether two people stand so to each other; not when one of them is not known.
  func holds(_ a: Double, _ b: Double) -> Bool {
    if a.isNaN || b.isNaN { return false }
    return switch kind {
    case .between: a != b
    case .within: a == b
    case .apart(let least): abs(a - b) >= least
    }
  }
}
