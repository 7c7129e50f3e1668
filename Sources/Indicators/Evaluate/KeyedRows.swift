import Columns
import Model
import Periods

/// The values of the keys of every group: what two-level aggregates are made of.
struct KeyedRows {
  /// The values of one group's keys.
  struct Result: Sendable {
    var key: GroupSet.Key
    var values: [Double]
    /// For durations: whether each ended with an event, 1 or 0; else empty.
    var events: [Double] = []
    var unknown = 0.0
    var known = 0.0
  }

  /// An inner aggregate over rows, ready to run.
  private struct Inner: Sendable {
    var aggregate: RowAggregate
    var operand: Operand
    /// The key of each of its entries.
    var keys: [CodeReader]
    var scan: Scan
    var groups: FinestGroups
    var filter: [Reader<Int8>]?
    var months: OpenMonths?
    /// Whether it reads the entries of the first one.
    var isOfFirst = false
    /// Whether its rows are told of as known or unknown.
    var tells = false
  }

  private struct Roster: Sendable {
    var groups: FinestGroups
    var filter: [Reader<Int8>]?
    var rows: PopulationRows
  }

  let executor: AggregateExecutor
  /// Whether a key's residence is its own, so that groups of all residences are those of each
  /// put together.
  let residenceFollowsKey: Bool
  private let value: KeyValue
  private let event: KeyValue?
  private let keysFrom: PerKey.Keys
  private let grouping: [Int]
  private let category: Category?
  private let inners: [Inner]
  private let among: Roster?

  /// What a key is, told by its rows: should they disagree, the greatest value, so that every
  /// executor takes the same.
  private struct Category: Sendable {
    var codes: [CodeReader]
    /// The rank of each code in the order of values.
    var rank: [Int32]
  }

  init(_ executor: AggregateExecutor, _ perKey: PerKey) {
    self.executor = executor
    value = perKey.value
    event = perKey.event
    keysFrom = perKey.keys
    grouping = perKey.grouping
    let frame = executor.frame
    let periods = executor.periods
    let main = perKey.inners[0]
    var category: RowExpression?
    if case .category(let path) = perKey.value { category = path }
    var inners: [Inner] = []
    for (n, inner) in perKey.inners.enumerated() {
      let table = inner.scan.table
      let keys = frame.codes(inner.key, table, periods: periods)
      var made: Inner
      switch inner.kind {
      case .rows(let aggregate):
        // What the rows of a key must agree on to be counted together.
        let domain = frame.domain(inner.key).joined(executor.context(inner.scan))
          .joined(frame.domain(aggregate))
          .joined(table == main.scan.table ? category.map(frame.domain) ?? .constant : .constant)
        let groups = executor.finest(inner.scan, domain)
        made = Inner(
          aggregate: aggregate,
          operand: frame.operand(aggregate, table, periods: periods).on(groups),
          keys: keys.map { $0.on(groups) }, scan: inner.scan, groups: groups,
          filter: executor.filter(inner.scan)?.map { $0.on(groups) })
        if let first = inners.first {
          made.isOfFirst =
            groups === first.groups && inner.scan == first.scan && inner.key == main.key
        }
      case .monthsOpen(let sessions):
        made = Inner(
          aggregate: .count, operand: .none, keys: keys, scan: inner.scan,
          groups: executor.finest(inner.scan, .rows), filter: executor.filter(inner.scan),
          months: OpenMonths(executor, inner, sessions))
      }
      made.tells = made.months == nil && perKey.telling.contains(n)
      inners.append(made)
    }
    self.inners = inners
    let groups = inners[0].groups
    self.category = category.map {
      Category(
        codes: frame.codes($0, main.scan.table, periods: periods).map { $0.on(groups) },
        rank: frame.ranks($0, main.scan.table, period: periods.first))
    }
    among = perKey.among.map {
      Roster(
        groups: executor.finest($0.scan, .rows), filter: executor.filter($0.scan),
        rows: PopulationRows($0, frame, periods))
    }
    residenceFollowsKey = KeyedRows.follows(perKey, engine: executor.engine)
  }

  /// Whether the residence of a table's rows is read through the very column of the key, and the
  /// population's residence is that of its own rows.
  private static func follows(_ perKey: PerKey, engine: Engine) -> Bool {
    let table = perKey.inners[0].scan.table
    let isPlain = perKey.inners.allSatisfy { inner in
      if case .monthsOpen = inner.kind { return false }
      return inner.scan.table == table
    }
    guard isPlain, perKey.keys == .first, case .path(let path) = perKey.inners[0].key,
      path.links.isEmpty,
      let residence = engine.path(engine.model[table]?.residence, of: table),
      engine.frame.domain(residence) == .column(path.column),
      engine.frame.domain(path) == .column(path.column)
    else { return false }
    guard let among = perKey.among else { return true }
    let target = among.scan.table
    guard let own = engine.path(engine.model[target]?.residence, of: target),
      let link = residence.links.first
    else { return false }
    return residence.links.count == 1 && link.target == target && link.mode == .unique
      && own.links.isEmpty && own.leaf == residence.leaf
      && engine.model[target]?.validity == nil
      && among.entity
        == .path(
          ResolvedPath(
            base: target, links: [], leaf: .column(engine.model[target]?.keyColumn?.name ?? ""),
            type: path.type))
  }

  /// The groups of each inner aggregate and of the population at a level.
  private struct Level: Sendable {
    var sets: [GroupSet]
    /// Nil for those that read the first one's rows.
    var index: [GroupIndex?]
    var register: GroupSet?
    var registerIndex: GroupIndex?
  }

  /// The values of every group at a level.
  func results(_ level: [Bool]) -> [Result] {
    let sets = inners.map {
      executor.groups($0.groups, level: level, withUnknown: residenceFollowsKey)
    }
    let register = among.map {
      executor.groups($0.groups, level: level, withUnknown: residenceFollowsKey)
    }
    let groups = Level(
      sets: sets,
      index: sets.enumerated().map { n, set in
        n == 0 || inners[n].isOfFirst ? nil : GroupIndex(set)
      }, register: register, registerIndex: register.map { GroupIndex($0) })
    let main = sets[0]
    let worker = GroupValues(
      inners: inners, value: value, event: event, keysFrom: keysFrom, category: category,
      among: among, groups: groups)
    var out = main.map { g, scratch in worker.result(main.keys[g], g, &scratch) }
    if grouping == [0] && register == nil { return out }
    // Groups that the first inner aggregate does not have.
    var more: [GroupSet.Key] = []
    var met = Set(main.keys)
    for n in grouping { more += sets[n].keys.filter { met.insert($0).inserted } }
    var scratch = Scratch()
    if let register, let among {
      for (g, key) in register.keys.enumerated() where !met.contains(key) {
        scratch.others.take(register, g, filter: among.filter)
        var isMet = false
        among.rows.forEachEntity(scratch.others, key.period) { _ in isMet = true }
        if isMet { more.append(key) }
      }
    }
    for key in more { out.append(worker.result(key, nil, &scratch)) }
    return out
  }

  /// Works out the values of groups, whichever thread it runs on.
  private struct GroupValues: Sendable {
    let inners: [Inner]
    let value: KeyValue
    let event: KeyValue?
    let keysFrom: PerKey.Keys
    let category: Category?
    let among: Roster?
    let groups: Level

    /// The values of a group; `main` is its number among those of the first inner aggregate.
    func result(_ key: GroupSet.Key, _ main: Int?, _ scratch: inout Scratch) -> Result {
      let period = key.period
      scratch.stamps.clear(
        size: max(
          inners.map { max($0.keys[period].size, $0.months?.size ?? 0) }.max() ?? 0,
          among?.rows.size(period) ?? 0))
      if keysFrom == .population { addPopulation(key, &scratch) }
      if let main {
        scratch.members.take(groups.sets[0], main, filter: inners[0].filter)
      } else {
        scratch.members = Members()
      }
      let first = parts(
        0, scratch.members, period, &scratch.stamps, adds: keysFrom != .population)
      if keysFrom == .any { addOthers(key, &scratch) }
      if keysFrom != .population { addPopulation(key, &scratch) }
      let count = scratch.stamps.count
      var out = Result(key: key, values: [])
      var columns: [[Double]] = []
      for (n, inner) in inners.enumerated() {
        if n == 0 || inner.isOfFirst {
          let reduced = reduce(
            inner, scratch.members, first.part, period, count, &scratch.moreStamps)
          columns.append(reduced.values)
          if n == 0 {
            var isUnknown = KeyedRows.either(first.isUnknown, reduced.isUnknown)
            if let category { mark(category.codes[period].codes, scratch.members, &isUnknown) }
            tell(scratch.members, isUnknown, &out)
          }
          continue
        }
        take(n, key, &scratch.others)
        if let months = inner.months {
          columns.append(
            scratch.others.count == 0
              ? [Double](repeating: .nan, count: count)
              : months.values(
                scratch.others, period: period, pairs: scratch.stamps, count: count))
          continue
        }
        let other = parts(n, scratch.others, period, &scratch.stamps, adds: false)
        let reduced = reduce(
          inner, scratch.others, other.part, period, count, &scratch.moreStamps)
        columns.append(reduced.values)
        if inner.tells {
          tell(scratch.others, KeyedRows.either(other.isUnknown, reduced.isUnknown), &out)
        }
      }
      if let category {
        out.values = categories(category, scratch.members, first.part, period, count)
      } else {
        out.values = AggregateExecutor.evaluate(value, columns, count: count)
      }
      if let event {
        out.events = AggregateExecutor.evaluate(event, columns, count: count)
        let kept = out.values.indices.filter { !out.values[$0].isNaN && !out.events[$0].isNaN }
        out.events = kept.map { out.events[$0] }
        out.values = kept.map { out.values[$0] }
      } else {
        out.values.removeAll(where: \.isNaN)
      }
      return out
    }

    /// Takes the rows that an inner aggregate other than the first has of a group.
    private func take(_ n: Int, _ key: GroupSet.Key, _ members: inout Members) {
      if let group = groups.index[n]?[key] {
        members.take(groups.sets[n], group, filter: inners[n].filter)
      } else {
        members = Members()
      }
    }

    /// The value of each key, and the rows whose operand is not known.
    private func reduce(
      _ inner: Inner, _ members: Members, _ part: [Int32], _ period: Int, _ count: Int,
      _ stamps: inout Stamps
    ) -> (values: [Double], isUnknown: [Bool]) {
      if members.count == 0 { return (KeyedRows.empty(inner.aggregate, count), []) }
      let reduced = RowReduction(
        inner.aggregate, inner.operand, period: period, members, part: part, count: count,
        &stamps)
      return (reduced.value, reduced.isUnknown)
    }

    /// The number of the key of each row, -1 for none; `adds` numbers keys not met before.
    private func parts(
      _ n: Int, _ members: Members, _ period: Int, _ stamps: inout Stamps, adds: Bool
    ) -> (part: [Int32], isUnknown: [Bool]) {
      let codes = inners[n].keys[period].codes
      var part: [Int32] = []
      var isUnknown: [Bool] = []
      part.reserveCapacity(members.count)
      for i in members.rows.indices {
        let code = codes[Int(members.rows[i])]
        if !members.takes(i) {
          part.append(-1)
        } else if code < 0 {
          if isUnknown.isEmpty { isUnknown = [Bool](repeating: false, count: members.count) }
          isUnknown[i] = true
          part.append(-1)
        } else if adds {
          part.append(Int32(stamps.number(code)))
        } else {
          part.append(Int32(stamps.find(code)))
        }
      }
      return (part, isUnknown)
    }

    /// Numbers the keys of the other inner aggregates' rows.
    private func addOthers(_ key: GroupSet.Key, _ scratch: inout Scratch) {
      for (n, inner) in inners.enumerated()
      where n > 0 && !inner.isOfFirst && inner.months == nil {
        take(n, key, &scratch.others)
        _ = parts(n, scratch.others, key.period, &scratch.stamps, adds: true)
      }
    }

    /// Numbers the keys of the population.
    private func addPopulation(_ key: GroupSet.Key, _ scratch: inout Scratch) {
      guard let among, let register = groups.register, let g = groups.registerIndex?[key] else {
        return
      }
      scratch.others.take(register, g, filter: among.filter)
      var found: [Int32] = []
      among.rows.forEachEntity(scratch.others, key.period) { found.append($0) }
      for code in found { _ = scratch.stamps.number(code) }
    }

    /// The category of each key.
    private func categories(
      _ category: Category, _ members: Members, _ part: [Int32], _ period: Int, _ count: Int
    ) -> [Double] {
      let codes = category.codes[period].codes
      var best = [Int32](repeating: -1, count: count)
      for i in part.indices where part[i] >= 0 {
        let code = codes[Int(members.rows[i])]
        if code < 0 { continue }
        let known = best[Int(part[i])]
        if known < 0 || category.rank[Int(code)] > category.rank[Int(known)] {
          best[Int(part[i])] = code
        }
      }
      return best.map { $0 < 0 ? .nan : Double($0) }
    }

    /// Marks rows without a category.
    private func mark(_ codes: Reader<Int32>, _ members: Members, _ isUnknown: inout [Bool]) {
      for i in members.rows.indices
      where members.takes(i) && codes[Int(members.rows[i])] < 0 {
        if isUnknown.isEmpty { isUnknown = [Bool](repeating: false, count: members.count) }
        isUnknown[i] = true
      }
    }

    private func tell(_ members: Members, _ isUnknown: [Bool], _ out: inout Result) {
      let tally = members.tally(isUnknown)
      out.unknown += tally.unknown
      out.known += tally.known
    }
  }

  /// Marks of either of two lists; an empty one marks nothing.
  private static func either(_ a: [Bool], _ b: [Bool]) -> [Bool] {
    if a.isEmpty || b.isEmpty { return a.isEmpty ? b : a }
    return zip(a, b).map { $0 || $1 }
  }

  /// What an inner aggregate gives to keys of which it has no row.
  private static func empty(_ aggregate: RowAggregate, _ count: Int) -> [Double] {
    switch aggregate {
    case .count, .distinct, .sum: [Double](repeating: 0, count: count)
    default: [Double](repeating: .nan, count: count)
    }
  }
}

/// The number of each group of a set.
struct GroupIndex: Sendable {
  private let numbers: [GroupSet.Key: Int]

  init(_ set: GroupSet) {
    numbers = Dictionary(
      set.keys.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
  }

  subscript(key: GroupSet.Key) -> Int? { numbers[key] }
}
