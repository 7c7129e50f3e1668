import Columns
import Model
import Periods

/// The values of the keys of every group: what two-level aggregates are made of.
struct KeyedRows {
  /// The values of one group's keys.
  struct Result: Sendable {
    var key: GroupSet.Key
    var values: [Double]
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
  }

  let executor: AggregateExecutor
  /// Whether a key's residence is its own, so that groups of all residences are those of each
  /// put together.
  let residenceFollowsKey: Bool
  private let value: KeyValue
  private let category: [CodeReader]?
  private let inners: [Inner]
  private let among:
    (
      groups: FinestGroups, filter: [Reader<Int8>]?, entities: [CodeReader]
    )?

  init(
    _ executor: AggregateExecutor, _ value: KeyValue, _ inners: [InnerAggregate],
    among: Population?
  ) {
    self.executor = executor
    self.value = value
    let frame = executor.frame
    let engine = executor.engine
    let years = executor.years
    let main = inners[0]
    let table = main.scan.table
    let keys = frame.codes(main.key, table, years: years)
    var category: RowExpression?
    if case .category(let path) = value { category = path }
    let keyDomain = frame.domain(main.key)
    // What the rows of a key must agree on to be counted together.
    func domain(_ inner: InnerAggregate, _ aggregate: RowAggregate) -> Domain {
      keyDomain.joined(executor.context(inner.scan))
        .joined(aggregate.expression.map(frame.domain) ?? .constant)
        .joined(category.map(frame.domain) ?? .constant)
    }
    self.inners = inners.map { inner in
      switch inner.kind {
      case .rows(let aggregate):
        let groups = executor.finest(inner.scan, domain(inner, aggregate))
        return Inner(
          aggregate: aggregate,
          operand: frame.operand(aggregate, table, years: years).on(groups),
          keys: keys.map { $0.on(groups) }, scan: inner.scan, groups: groups,
          filter: executor.filter(inner.scan)?.map { $0.on(groups) })
      case .monthsOpen(let sessions):
        return Inner(
          aggregate: .count, operand: .none, keys: keys, scan: inner.scan,
          groups: executor.finest(inner.scan, .rows),
          filter: executor.filter(inner.scan),
          months: OpenMonths(executor, inner, sessions))
      }
    }
    let groups = self.inners[0].groups
    self.category = category.map { frame.codes($0, table, years: years).map { $0.on(groups) } }
    self.among = among.map {
      (
        executor.finest($0.scan, .rows), executor.filter($0.scan),
        frame.codes($0.entity, $0.scan.table, years: years)
      )
    }
    residenceFollowsKey = KeyedRows.follows(
      main.key, table, among: among, engine: engine,
      isPlain: !inners.contains { if case .monthsOpen = $0.kind { true } else { false } })
  }

  /// Whether the residence of a table's rows is read through the very column of the key, and the
  /// population's residence is that of its own rows.
  private static func follows(
    _ key: RowExpression, _ table: String, among: Population?, engine: Engine, isPlain: Bool
  ) -> Bool {
    guard isPlain, case .path(let path) = key, path.links.isEmpty,
      let residence = engine.path(engine.model[table]?.residence, of: table),
      engine.frame.domain(residence) == .column(path.column),
      engine.frame.domain(path) == .column(path.column)
    else { return false }
    guard let among else { return true }
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

  /// The values of every group at a level.
  func results(_ level: [Bool]) -> [Result] {
    let (inners, value, category) = (self.inners, self.value, self.category)
    let among = self.among
    let withUnknown = residenceFollowsKey
    let main = executor.groups(inners[0].groups, level: level, withUnknown: withUnknown)
    // Nil for those that read the first one's rows.
    let sets = inners.enumerated().map { n, inner -> GroupSet? in
      let isSame =
        n == 0
        || inner.groups === inners[0].groups && inner.months == nil
          && inner.scan == inners[0].scan
      return isSame
        ? nil : executor.groups(inner.groups, level: level, withUnknown: withUnknown)
    }
    let register = among.map {
      executor.groups($0.groups, level: level, withUnknown: withUnknown)
    }
    let others = sets.map { $0.map { GroupIndex($0) } }
    let registerIndex = register.map { GroupIndex($0) }
    @Sendable func run(_ key: GroupSet.Key, _ group: Int?, _ scratch: inout Scratch) -> Result {
      let period = key.period
      let reader = inners[0].keys[period]
      scratch.stamps.clear(
        size: max(
          reader.size, among?.entities[period].size ?? 0,
          inners.map { $0.months?.size ?? 0 }.max() ?? 0))
      var isUnknown: [Bool] = []
      var part: [Int32] = []
      var sample: [Int32] = []
      if let group {
        scratch.members.take(main, group, filter: inners[0].filter)
        part.reserveCapacity(scratch.members.count)
        for i in scratch.members.rows.indices {
          let row = scratch.members.rows[i]
          let code = reader.codes[Int(row)]
          if !scratch.members.takes(i) {
            part.append(-1)
          } else if code < 0 {
            if isUnknown.isEmpty {
              isUnknown = [Bool](repeating: false, count: scratch.members.count)
            }
            isUnknown[i] = true
            part.append(-1)
          } else {
            let pair = scratch.stamps.number(code)
            if category != nil, pair == sample.count { sample.append(row) }
            part.append(Int32(pair))
          }
        }
      } else {
        scratch.members = Members()
      }
      if let among, let register, let g = registerIndex?[key] {
        scratch.others.take(register, g, filter: among.filter)
        let entities = among.entities[period].codes
        for i in scratch.others.rows.indices where scratch.others.takes(i) {
          let code = entities[Int(scratch.others.rows[i])]
          if code >= 0 { _ = scratch.stamps.number(code) }
        }
      }
      let count = scratch.stamps.count
      var columns: [[Double]] = []
      for (n, inner) in inners.enumerated() {
        if let set = sets[n] {
          guard let g = others[n]?[key] else {
            columns.append(
              inner.months == nil
                ? KeyedRows.empty(inner.aggregate, count) : [Double](repeating: .nan, count: count))
            continue
          }
          scratch.others.take(set, g, filter: inner.filter)
          if let months = inner.months {
            columns.append(
              months.values(scratch.others, period: period, pairs: scratch.stamps, count: count))
            continue
          }
          var ofPair: [Int32] = []
          ofPair.reserveCapacity(scratch.others.count)
          let codes = inner.keys[period].codes
          for row in scratch.others.rows {
            let code = codes[Int(row)]
            ofPair.append(code < 0 ? -1 : Int32(scratch.stamps.find(code)))
          }
          let reduced = RowReduction(
            inner.aggregate, inner.operand, period: period, scratch.others, part: ofPair,
            count: count, &scratch.moreStamps)
          columns.append(reduced.value)
        } else if part.isEmpty {
          columns.append(KeyedRows.empty(inner.aggregate, count))
        } else {
          let reduced = RowReduction(
            inner.aggregate, inner.operand, period: period, scratch.members, part: part,
            count: count, &scratch.moreStamps)
          if n == 0, !reduced.isUnknown.isEmpty {
            isUnknown =
              isUnknown.isEmpty
              ? reduced.isUnknown : zip(isUnknown, reduced.isUnknown).map { $0 || $1 }
          }
          columns.append(reduced.value)
        }
      }
      var values: [Double]
      if let category {
        let codes = category[period].codes
        values = (0..<count).map { p in
          let code = p < sample.count ? codes[Int(sample[p])] : -1
          return code < 0 ? .nan : Double(code)
        }
        for i in scratch.members.rows.indices
        where scratch.members.takes(i) && codes[Int(scratch.members.rows[i])] < 0 {
          if isUnknown.isEmpty {
            isUnknown = [Bool](repeating: false, count: scratch.members.count)
          }
          isUnknown[i] = true
        }
      } else {
        values = AggregateExecutor.evaluate(value, columns, count: count)
      }
      values.removeAll(where: \.isNaN)
      let tally = scratch.members.tally(isUnknown)
      return Result(key: key, values: values, unknown: tally.unknown, known: tally.known)
    }
    var out = main.map { g, scratch in run(main.keys[g], g, &scratch) }
    // Groups that only the population has.
    if let register {
      let index = GroupIndex(main)
      var scratch = Scratch()
      for (g, key) in register.keys.enumerated() where index[key] == nil {
        scratch.others.take(register, g, filter: among?.filter)
        if scratch.others.rows.indices.contains(where: { scratch.others.takes($0) }) {
          out.append(run(key, nil, &scratch))
        }
      }
    }
    return out
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
