import Columns
import Model
import Periods
import Statistics
import Threads

/// What of a circle was not there before its period.
struct Novelty: Sendable {
  /// For each tie, whether the two had not met before.
  var isNew: [Bool]
  /// Whether anything was written down before: without it, nobody can be told to be new.
  var hasPast: Bool
}

/// The pairs of a group that had met before a day.
private struct Past: Sendable {
  /// The codes of both people, the lower first; ascending.
  private(set) var pairs: [UInt64] = []
  /// Whether anybody came.
  private(set) var isEmpty = true

  /// What is new in a circle.
  func novelty(of circle: Circle) -> Novelty {
    var isNew = [Bool](repeating: true, count: circle.ties.count)
    var marks = isNew.mutableSpan
    var j = 0
    for i in 0..<circle.ties.count {
      let pair = circle.pair(i)
      while j < pairs.count, pairs[j] < pair { j += 1 }
      if j < pairs.count, pairs[j] == pair { marks[i] = false }
    }
    return Novelty(isNew: isNew, hasPast: !isEmpty)
  }

  /// Adds the pairs of a circle, of which it is told what is new.
  mutating func add(_ circle: Circle, _ novelty: Novelty) {
    isEmpty = isEmpty && circle.people.isEmpty
    var all: [UInt64] = []
    all.reserveCapacity(pairs.count + novelty.isNew.count { $0 })
    var j = 0
    for i in novelty.isNew.indices where novelty.isNew[i] {
      let pair = circle.pair(i)
      while j < pairs.count, pairs[j] < pair {
        all.append(pairs[j])
        j += 1
      }
      all.append(pair)
    }
    all.append(contentsOf: pairs[j...])
    pairs = all
  }
}

extension Circle {
  /// The codes of a tie's people, the lower first: ascending with the number of the tie.
  fileprivate func pair(_ i: Int) -> UInt64 {
    UInt64(UInt32(bitPattern: people[Int(ties.first[i])])) << 32
      | UInt64(UInt32(bitPattern: people[Int(ties.second[i])]))
  }
}

extension AggregateExecutor {
  /// What is new in each circle of a rule, level by level.
  func novelties(_ rule: Aggregate.Ties, _ circles: [[Circle]]) -> [[Novelty]] {
    func make() -> [[Novelty]] {
      if followEachOther(rule) { return following(rule, circles) }
      let pasts = periods.indices.map { self.pasts(rule, before: $0) }
      return circles.indices.map { l in
        circles[l].map { (pasts[$0.key.period][l][$0.key.id] ?? Past()).novelty(of: $0) }
      }
    }
    if space.labels.count > 1 { return make() }
    return engine.networks.novelties.value(rule, make: make)
  }

  /// Whether the past of each period is that of the one before, and what happened in that: periods
  /// without a gap, sessions on one day, and nothing that depends on the period.
  private func followEachOther(_ rule: Aggregate.Ties) -> Bool {
    guard !(space.isYearly[rule.scan.table] ?? false),
      rule.expressions.allSatisfy({ $0.dependence == .none }),
      case .path(let session) = rule.session, session.links.isEmpty,
      frame.domain(session) == .column(session.column),
      let date = engine.path(engine.model[rule.scan.table]?.date, of: rule.scan.table),
      frame.domain(date).isKnown(by: session.column)
    else { return false }
    return zip(periods, periods.dropFirst()).allSatisfy {
      $0.last.number + 1 == $1.first.number
    }
  }

  /// What is new where periods follow each other: what was met in one is the past of the next.
  private func following(_ rule: Aggregate.Ties, _ circles: [[Circle]]) -> [[Novelty]] {
    let before = pasts(rule, before: 0)
    return circles.indices.map { l in
      let level = circles[l]
      var members: [Int: [Int]] = [:]
      for (g, circle) in level.enumerated() { members[circle.key.id, default: []].append(g) }
      let groups = members.sorted { $0.key < $1.key }.map { id, places in
        (id: id, places: places.sorted { level[$0].key.period < level[$1].key.period })
      }
      let parts = Workers.parts(
        groups.reduce(into: [0]) { sums, group in
          sums.append((sums.last ?? 0) + group.places.reduce(0) { $0 + level[$1].size })
        })
      let made = Workers.map(parts.count) { part in
        groups[parts[part]].flatMap { id, places in
          var past = before[l][id] ?? Past()
          return places.map { g in
            let novelty = past.novelty(of: level[g])
            past.add(level[g], novelty)
            return (g, novelty)
          }
        }
      }
      return made.joined().sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// Who had met before a period, by level and number of group, as groups are in that period.
  private func pasts(_ rule: Aggregate.Ties, before p: Int) -> [[Int: Past]] {
    guard let path = engine.path(engine.model[rule.scan.table]?.date, of: rule.scan.table),
      let days = frame.days(path)
    else { return space.levels.map { _ in [:] } }
    let first = periods[p].first.number
    let strip = engine.timeless(rule.scan, in: p).filter {
      days[$0] != Column.missingDay && days[$0] < first
    }
    if strip.rows.isEmpty { return space.levels.map { _ in [:] } }
    let readers = MeetingReaders(rule, self)
    let space = self.space.only(period: p)
    let finest = FinestGroups(strip, space)
    let filter = readers.filter.map { [$0[p]] }
    return space.levels.map { level in
      let set = GroupSet(finest, space, level: level)
      let made = set.map { g, scratch -> Past in
        var gathering = readers.gather(set, g, period: p, filter: filter, &scratch)
        gathering.sort()
        let circle = Circle(
          key: set.keys[g], people: gathering.people,
          ties: gathering.ties(sessions: scratch.moreStamps.count, rule.maximumSize),
          unknown: 0, known: 0)
        var past = Past()
        past.add(circle, past.novelty(of: circle))
        return past
      }
      return Dictionary(zip(set.keys.map(\.id), made), uniquingKeysWith: { a, _ in a })
    }
  }
}
