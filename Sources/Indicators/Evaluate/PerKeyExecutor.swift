import Columns
import Model
import Periods
import Statistics

extension AggregateExecutor {
  /// Two-level aggregation: a value for each key of a group, then an aggregate of those.
  func perKeyCells(
    _ outer: OuterAggregate, _ value: KeyValue, _ inners: [InnerAggregate], among: Population?
  ) -> [Int: Cell] {
    let main = inners[0]
    let table = main.scan.table
    let selection = select(main.scan)
    let (keys, keySize) = evaluator(table).vector(main.key).dense
    // Filters and operands of the main table's aggregates, kept between levels.
    let others = inners.map { inner -> Selection? in
      if case .monthsOpen = inner.kind { return nil }
      return inner.scan == main.scan ? selection : select(inner.scan)
    }
    var out: [Int: Cell] = [:]
    for level in space.levels {
      var groups = self.level(table, selection, level)
      if let among { groups = widen(groups, by: among, main: (table, selection), level) }
      var pairs = PairIndexer(groups: groups.count, keys: max(keySize, 1))
      var keyKnown = [Bool](repeating: true, count: selection.rows.count)
      var sample: [Int32] = []
      for i in selection.positions {
        let row = selection.rows[i]
        let key = keys[Int(row)]
        if key < 0 {
          keyKnown[i] = false
        } else if groups.groups[i] >= 0 {
          let pair = pairs.number(groups.groups[i], key)
          if Int(pair) == sample.count { sample.append(row) }
        }
      }
      if let among { add(among, to: &pairs, groups, level) }
      var columns: [[Double]] = []
      for (n, inner) in inners.enumerated() {
        switch inner.kind {
        case .monthsOpen(let sessions):
          columns.append(monthsOpen(inner, sessions, pairs, groups, level))
        case .rows(let aggregate):
          guard let chosen = others[n] else { continue }
          let codes =
            n == 0
            ? groups.groups
            : groups.groups(
              space, slots: slots[table] ?? [], rows: chosen.rows, level: level)
          let pairOf = chosen.rows.indices.map { i -> Int32 in
            let key = keys[Int(chosen.rows[i])]
            return codes[i] < 0 || key < 0 ? -1 : pairs.find(codes[i], key)
          }
          let reduced = RowReduction.reduce(
            aggregate, chosen, evaluator(table), groups: pairOf, count: pairs.count)
          if n == 0 {
            for i in keyKnown.indices where !reduced.operandKnown[i] { keyKnown[i] = false }
          }
          columns.append(reduced.value)
        }
      }
      let values: [Double]
      if case .category(let path) = value {
        let codes = evaluator(table).vector(path).dense.codes
        values = pairs.keyCodes.indices.map { p in
          let code = p < sample.count ? codes[Int(sample[p])] : -1
          return code < 0 ? .nan : Double(code)
        }
        for i in selection.positions where codes[Int(selection.rows[i])] < 0 {
          keyKnown[i] = false
        }
      } else {
        values = AggregateExecutor.evaluate(value, columns, count: pairs.count)
      }
      let tally = Tally(selection, groups, operandKnown: keyKnown)
      var lists = [[Double]](repeating: [], count: groups.count)
      for (p, v) in values.enumerated() where !v.isNaN { lists[Int(pairs.groups[p])].append(v) }
      let persons = keyPersons(main, selection, groups, lists)
      for g in 0..<groups.count {
        var cell = AggregateExecutor.reduce(outer, lists[g], isCondition: value.isCondition)
        cell.unknown = tally.unknown[g]
        cell.known = tally.known[g]
        cell.persons = persons?[g]
        out[groups.ids[g]] = cell
      }
    }
    return out
  }

  /// The persons behind per-key values: the keys themselves when they are people.
  private func keyPersons(
    _ main: InnerAggregate, _ selection: Selection, _ groups: LevelGroups, _ lists: [[Double]]
  ) -> [Int]? {
    if case .path(let path) = main.key, case .code(let domain) = path.type,
      model[domain]?.person != nil, model[domain]?.keyColumn?.name == model[domain]?.person
    {
      return lists.map(\.count)
    }
    return personCounts(main.scan.table, selection, groups.groups, count: groups.count) {
      selection.truth[$0] == 1
    }
  }

  /// Adds the groups that only the population has.
  private func widen(
    _ groups: LevelGroups, by among: Population, main: (table: String, selection: Selection),
    _ level: [Bool]
  ) -> LevelGroups {
    let register = select(among.scan)
    let slot = slots[among.scan.table] ?? []
    // The register's rows first find their groups in the main table's own numbering.
    return groups.widened(
      space, slots: slot, rows: register.positions.map { register.rows[$0] }, level: level)
  }

  /// Adds the keys of a population, which then count with zero.
  private func add(
    _ among: Population, to pairs: inout PairIndexer, _ groups: LevelGroups, _ level: [Bool]
  ) {
    let table = among.scan.table
    let register = select(among.scan)
    let codes = evaluator(table).vector(among.entity).dense.codes
    let group = groups.groups(space, slots: slots[table] ?? [], rows: register.rows, level: level)
    for i in register.positions where group[i] >= 0 {
      let code = codes[Int(register.rows[i])]
      if code >= 0 { _ = pairs.number(group[i], code) }
    }
  }

  /// For each pair of group and person, the months of the period in which a stay of the person
  /// met a month with a session in the stay's residence; NaN for none.
  private func monthsOpen(
    _ inner: InnerAggregate, _ sessions: Scan, _ pairs: PairIndexer, _ groups: LevelGroups,
    _ level: [Bool]
  ) -> [Double] {
    let register = inner.scan.table
    let residences = residenceCodes(register)
    let firstMonth = Step.month.index(of: period.first)
    let months = Step.month.index(of: period.last) - firstMonth + 1
    // Months in which each residence held a session.
    let held = select(sessions)
    let heldAt = residenceCodes(sessions.table)
    var open = PairSet(groups: max(residences.size, heldAt.size, 1), entities: months)
    var isOpen = [Bool](repeating: false, count: max(residences.size, heldAt.size, 1) * months)
    if let declaration = model[sessions.table], let date = declaration.date,
      let path = try? PathResolver(model: model).resolve(date, from: declaration),
      case .ordinal(let days) = evaluator(sessions.table).vector(.path(path))
    {
      for i in held.positions {
        let residence = heldAt.codes[Int(held.rows[i])]
        if residence < 0 { continue }
        let month = Step.month.index(of: Day(number: days[Int(held.rows[i])])) - firstMonth
        if open.insert(residence, Int32(month)) { isOpen[Int(residence) * months + month] = true }
      }
    }
    let stays = select(inner.scan)
    let keys = evaluator(register).vector(inner.key).dense.codes
    let group = groups.groups(
      space, slots: slots[register] ?? [], rows: stays.rows, level: level)
    let (from, to) = frame.validity(register)
    var seen = PairSet(groups: max(pairs.count, 1), entities: months)
    var out = [Double](repeating: 0, count: pairs.count)
    for i in stays.positions where group[i] >= 0 {
      let row = Int(stays.rows[i])
      guard keys[row] >= 0, residences.codes[row] >= 0 else { continue }
      let pair = pairs.find(group[i], keys[row])
      if pair < 0 { continue }
      let first = max(from[row], period.first.number)
      let last = min(to[row] - 1, period.last.number)
      if first > last { continue }
      let a = Step.month.index(of: Day(number: first)) - firstMonth
      let b = Step.month.index(of: Day(number: last)) - firstMonth
      for month in a...b where isOpen[Int(residences.codes[row]) * months + month] {
        if seen.insert(pair, Int32(month)) { out[Int(pair)] += 1 }
      }
    }
    return out.map { $0 == 0 ? .nan : $0 }
  }

  private func residenceCodes(_ table: String) -> (codes: [Int32], size: Int) {
    guard let declaration = model[table], let residence = declaration.residence,
      let path = try? PathResolver(model: model).resolve(residence, from: declaration)
    else { return ([Int32](repeating: -1, count: frame.rowCount(table)), 0) }
    return evaluator(table).vector(.path(path)).dense
  }

  // MARK: values

  private static func evaluate(_ value: KeyValue, _ columns: [[Double]], count: Int) -> [Double] {
    switch value {
    case .number(let number): return [Double](repeating: number, count: count)
    case .inner(let index): return columns[index]
    case .arithmetic(let operation, let a, let b):
      return zip(evaluate(a, columns, count: count), evaluate(b, columns, count: count)).map {
        operation.apply($0, $1) ?? .nan
      }
    case .compare(let comparison, let a, let b):
      return zip(evaluate(a, columns, count: count), evaluate(b, columns, count: count)).map {
        $0.isNaN || $1.isNaN ? .nan : (comparison.holds($0, $1) ? 1 : 0)
      }
    case .category: return [Double](repeating: .nan, count: count)
    }
  }

  private static func reduce(_ outer: OuterAggregate, _ values: [Double], isCondition: Bool)
    -> Cell
  {
    let n = Double(values.count)
    let sum = values.reduce(0, +)
    switch outer {
    case .count:
      // A condition counts the keys for which it holds; any other value counts the keys.
      let number = isCondition ? sum : n
      return Cell(value: number, numerator: number)
    case .sum: return Cell(value: sum, numerator: sum)
    case .mean, .share:
      return n == 0 ? Cell(denominator: 0) : Cell(value: sum / n, numerator: sum, denominator: n)
    case .minimum: return Cell(value: values.min(), denominator: n)
    case .maximum: return Cell(value: values.max(), denominator: n)
    case .quantile(let p): return Cell(value: Quantile.type7(values, p), denominator: n)
    case .gini: return Cell(value: Concentration.gini(values), denominator: n)
    case .adjustedGini: return Cell(value: Concentration.adjustedGini(values), denominator: n)
    case .topShare(let fraction):
      guard let share = Concentration.topShare(values, fraction: fraction) else {
        return Cell(denominator: sum)
      }
      return Cell(value: share, numerator: share * sum, denominator: sum)
    case .blau(let classes):
      var counts: [Double: Double] = [:]
      for v in values { counts[v, default: 0] += 1 }
      let list = counts.sorted { $0.key < $1.key }.map(\.value)
      let index =
        classes.map { Diversity.normalisedBlau(list, classes: $0) } ?? Diversity.blau(list)
      return Cell(value: index, denominator: n)
    }
  }
}

extension KeyValue {
  /// Whether the value is a truth.
  var isCondition: Bool { if case .compare = self { true } else { false } }
}

extension Arithmetic {
  /// The result; nil when undefined (a zero divisor, an unknown side).
  func apply(_ a: Double, _ b: Double) -> Double? {
    if a.isNaN || b.isNaN { return nil }
    switch self {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return b == 0 ? nil : a / b
    }
  }
}

extension LevelGroups {
  /// The same groups, and those of some more rows behind them.
  func widened(_ space: GroupSpace, slots: [[Int32]], rows: [Int32], level: [Bool]) -> LevelGroups {
    var copy = self
    for group in space.groups(slots, rows: rows, level: level) where group >= 0 {
      copy.include(Int(group))
    }
    return copy
  }
}
