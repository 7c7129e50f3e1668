import Columns
import Model
import Statistics
import Threads

/// The people of one group and who met whom, whatever is then asked of them.
struct Circle: Sendable {
  var key: GroupSet.Key
  /// Their codes, ascending.
  var people: [Int32]
  /// Their pairs, by place in `people`.
  var ties: Ties
  /// Attendances that could not be tied to somebody and a session, and the others.
  var unknown: Double
  var known: Double

  /// How much work the circle makes.
  var size: Int { people.count + ties.count }
}

/// The attendances of a group by local numbers, as they are gathered.
struct Gathering {
  /// The place of each person among `people`, and the number of the session.
  var persons: [Int32] = []
  var sessions: [Int32] = []
  /// What pairs must differ in; empty without such a rule.
  var apart: [Int32] = []
  /// The people's codes, ascending once `sort` was called.
  var people: [Int32] = []
  var isUnknown: [Bool] = []

  /// Numbers people by the order of their codes instead of by first appearance.
  mutating func sort() {
    let order = people.indices.sorted { people[$0] < people[$1] }
    var place = [Int32](repeating: 0, count: people.count)
    for (i, n) in order.enumerated() { place[n] = Int32(i) }
    people = order.map { people[$0] }
    for i in persons.indices { persons[i] = place[Int(persons[i])] }
  }
}

/// What rows are read with to know who met whom.
struct MeetingReaders: Sendable {
  let people: [CodeReader]
  let sessions: [CodeReader]
  let apart: [CodeReader]?
  let filter: [Reader<Int8>]?

  init(_ ties: Aggregate.Ties, _ executor: AggregateExecutor) {
    let table = ties.scan.table
    let (frame, periods) = (executor.frame, executor.periods)
    people = frame.codes(ties.person, table, periods: periods)
    sessions = frame.codes(ties.session, table, periods: periods)
    apart = ties.notSame.map { frame.codes($0, table, periods: periods) }
    filter = executor.filter(ties.scan)
  }

  /// The attendances of a group's rows, as they stand in a period. `scratch.stamps` numbers its
  /// people, `scratch.moreStamps` its sessions; `others` are read with the same stamps.
  func gather(
    _ set: GroupSet, _ g: Int, period: Int, filter: [Reader<Int8>]?, size others: Int = 0,
    _ scratch: inout Scratch
  ) -> Gathering {
    scratch.members.take(set, g, filter: filter)
    let (person, session) = (people[period], sessions[period])
    let difference = apart?[period].codes
    scratch.stamps.clear(size: max(person.size, others))
    scratch.moreStamps.clear(size: session.size)
    var out = Gathering()
    out.persons.reserveCapacity(scratch.members.count)
    out.sessions.reserveCapacity(scratch.members.count)
    for i in scratch.members.rows.indices where scratch.members.takes(i) {
      let row = Int(scratch.members.rows[i])
      let (p, s) = (person.codes[row], session.codes[row])
      if p < 0 || s < 0 {
        if out.isUnknown.isEmpty {
          out.isUnknown = [Bool](repeating: false, count: scratch.members.count)
        }
        out.isUnknown[i] = true
        continue
      }
      let n = scratch.stamps.number(p)
      if n == out.people.count { out.people.append(p) }
      out.persons.append(Int32(n))
      out.sessions.append(Int32(scratch.moreStamps.number(s)))
      if let difference { out.apart.append(difference[row]) }
    }
    return out
  }
}

extension AggregateExecutor {
  /// The circle of every group, level by level: of those present, and of a register's people.
  ///
  /// At each level the groups of rows come first, in the order of their set.
  func circles(_ ties: Aggregate.Ties, among: Population? = nil) -> [[Circle]] {
    let rule = ties.rule
    let key = NetworkStore.Key(rule: rule, among: among)
    if space.labels.count > 1 { return makeCircles(rule, among) }
    return engine.networks.circles.value(key) { makeCircles(rule, among) }
  }

  private func makeCircles(_ rule: Aggregate.Ties, _ among: Population?) -> [[Circle]] {
    let readers = MeetingReaders(rule, self)
    let register = among.map {
      (
        groups: finest($0.scan, .rows), filter: filter($0.scan),
        entities: frame.codes($0.entity, $0.scan.table, periods: periods)
      )
    }
    func make(_ level: [Bool]) -> [Circle] {
      let set = groups(rule.scan, level: level)
      let others = register.map { groups($0.groups, level: level, withUnknown: false) }
      let index = others.map { GroupIndex($0) }
      @Sendable func add(
        _ key: GroupSet.Key, to gathering: inout Gathering, _ scratch: inout Scratch
      ) {
        guard let register, let others, let g = index?[key] else { return }
        scratch.others.take(others, g, filter: register.filter)
        let entities = register.entities[key.period].codes
        for i in scratch.others.rows.indices where scratch.others.takes(i) {
          let code = entities[Int(scratch.others.rows[i])]
          if code >= 0, scratch.stamps.number(code) == gathering.people.count {
            gathering.people.append(code)
          }
        }
      }
      var out = set.map { g, scratch -> Circle in
        let key = set.keys[g]
        var gathering = readers.gather(
          set, g, period: key.period, filter: readers.filter,
          size: register?.entities[key.period].size ?? 0, &scratch)
        let tally = scratch.members.tally(gathering.isUnknown)
        add(key, to: &gathering, &scratch)
        gathering.sort()
        return Circle(
          key: key, people: gathering.people,
          ties: gathering.ties(sessions: scratch.moreStamps.count, rule.maximumSize),
          unknown: tally.unknown, known: tally.known)
      }
      // Groups that only the register has: people, and no attendance.
      if let register, let others {
        let known = GroupIndex(set)
        var scratch = Scratch()
        for key in others.keys where known[key] == nil {
          var gathering = Gathering()
          scratch.stamps.clear(size: register.entities[key.period].size)
          add(key, to: &gathering, &scratch)
          if gathering.people.isEmpty { continue }
          gathering.sort()
          out.append(
            Circle(
              key: key, people: gathering.people, ties: gathering.ties(sessions: 0, nil),
              unknown: 0, known: 0))
        }
      }
      return out
    }
    let scanned = [finest(rule.scan, .rows)] + (register.map { [$0.groups] } ?? [])
    guard sessionsStayInResidences(rule),
      scanned.allSatisfy({ $0.keys.allSatisfy { $0.residence != 1 } })
    else { return space.levels.map(make) }
    // No session has people of two residences: the circles of all together are those of each,
    // put together.
    let levels = space.levels
    let apart = Dictionary(
      uniqueKeysWithValues: levels.filter { $0[0] }.map { ($0, make($0)) })
    return levels.map { level in
      var kept = level
      kept[0] = true
      let parts = apart[kept] ?? []
      if level[0] { return parts }
      return joined(parts, in: groups(rule.scan, level: level).keys)
    }
  }

  /// The circles of all residences together; those of some groups first, in their order.
  private func joined(_ parts: [Circle], in keys: [GroupSet.Key]) -> [Circle] {
    var order = keys
    var members: [GroupSet.Key: [Int]] = [:]
    for key in keys { members[key] = [] }
    for (i, part) in parts.enumerated() {
      let key = GroupSet.Key(
        period: part.key.period, id: part.key.id % space.strides[0], residence: 0)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(i)
    }
    let (all, of) = (order, members)
    let pieces = Workers.parts(
      all.reduce(into: [0]) { sums, key in
        sums.append((sums.last ?? 0) + (of[key] ?? []).reduce(0) { $0 + parts[$1].size })
      })
    return Array(
      Workers.map(pieces.count) { piece in
        all[pieces[piece]].map { key in Circle(key, joining: (of[key] ?? []).map { parts[$0] }) }
      }.joined())
  }
}

extension Circle {
  /// Circles that have no session in common, put together.
  fileprivate init(_ key: GroupSet.Key, joining parts: [Circle]) {
    var people = parts.flatMap(\.people)
    people.sort()
    var last: Int32 = -1
    people.removeAll { code in
      defer { last = code }
      return code == last
    }
    let groups = parts.map { part in
      var n = 0
      return (
        ties: part.ties,
        places: part.people.map { code -> Int32 in
          while people[n] < code { n += 1 }
          return Int32(n)
        }
      )
    }
    self.init(
      key: key, people: people, ties: Ties(joining: groups, people: people.count),
      unknown: parts.reduce(0) { $0 + $1.unknown }, known: parts.reduce(0) { $0 + $1.known })
  }
}

extension Gathering {
  /// Who met whom.
  func ties(sessions count: Int, _ maximumSize: Int?) -> Ties {
    Ties(
      Attendance(
        persons: persons, sessions: sessions, people: people.count, sessions: count, apart: apart),
      maximumSize: maximumSize)
  }
}

/// What network measures of the same people share. Of the largest things only the last few are
/// kept: indicators computed one after the other mostly ask the same.
final class NetworkStore {
  /// How people meet, and who is there besides.
  struct Key: Hashable {
    var rule: Aggregate.Ties
    var among: Population?
  }

  /// The ties of people who met often enough.
  struct GraphKey: Hashable {
    var key: Key
    var minimumMeetings: Int
    var weight: Aggregate.Network.Weight
  }

  /// What people are.
  struct QualityKey: Hashable {
    var key: Key
    var of: RowExpression
  }

  var circles = Recent<Key, [[Circle]]>(limit: 3)
  var graphs = Recent<GraphKey, [[Graph]]>(limit: 3)
  var qualities = Recent<QualityKey, [[Qualities]]>(limit: 8)
  var baselines = Recent<Aggregate.Network, [[Result<Baseline, Undefined>]]>(limit: 16)
  var novelties = Recent<Aggregate.Ties, [[Novelty]]>(limit: 2)
}

/// The values asked for last, oldest first.
struct Recent<Key: Hashable, Value> {
  private var items: [(key: Key, value: Value)] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The value of a key, made if it is not there. What makes it may not ask here itself.
  mutating func value(_ key: Key, make: () -> Value) -> Value {
    if let known = self[key] { return known }
    let made = make()
    self[key] = made
    return made
  }

  /// The value of a key, which is the last one from now on; setting nothing keeps it.
  subscript(key: Key) -> Value? {
    mutating get {
      guard let known = items.firstIndex(where: { $0.key == key }) else { return nil }
      let item = items.remove(at: known)
      items.append(item)
      return item.value
    }
    set {
      guard let newValue else { return }
      items.removeAll { $0.key == key }
      if items.count >= limit { items.removeFirst() }
      items.append((key, newValue))
    }
  }
}
