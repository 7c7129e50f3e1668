import Columns
import Periods
import Statistics

/// The totals that a margin must meet, by class, for each group of respondents.
struct KnownTotals {
  private let level: ([Bool]) -> [Bool]
  private var totals: [[Bool]: [GroupSet.Key: [String: Double]]] = [:]
  private let count: (_ level: [Bool]) -> [GroupSet.Key: [String: Double]]

  /// The class that stands for "not known", on both sides.
  static let unknown = unknownMark

  init(
    _ known: Aggregate.Survey.Known, of population: Population?, _ executor: AggregateExecutor
  ) {
    switch known {
    case .register(let category):
      guard let population, case .path(let path) = category else {
        (level, count) = ({ $0 }, { _ in [:] })
        return
      }
      let register = RegisterCounts(population, by: category, executor)
      let names = executor.texts(path, population.scan.table)
      level = { executor.known($0, to: population.scan.table) }
      count = { level in
        register.counts(level: level).reduce(into: [:]) { out, group in
          let lexicon = names[group.key.period]
          var classes: [String: Double] = [:]
          for (code, n) in group.counts.enumerated() where n > 0 {
            classes[
              code + 1 == group.counts.count ? Self.unknown : lexicon.lexicon[code], default: 0
            ] += n
          }
          out[group.key.plain] = classes
        }
      }
    case .amounts(let amount, let category, let scan):
      guard case .path(let path) = category else {
        (level, count) = ({ $0 }, { _ in [:] })
        return
      }
      let numbers = executor.frame.numbers(amount, scan.table, periods: executor.periods)
      let names = executor.texts(path, scan.table)
      let filter = executor.filter(scan)
      level = { executor.known($0, to: scan.table) }
      count = { level in
        let set = executor.groups(scan, level: level)
        var out: [GroupSet.Key: [String: Double]] = [:]
        for g in 0..<set.count {
          var members = Members()
          members.take(set, g, filter: filter)
          let period = set.keys[g].period
          var classes: [String: Double] = [:]
          for i in members.rows.indices where members.takes(i) {
            let row = Int(members.rows[i])
            let amount = numbers[period][row]
            if amount.isNaN { continue }
            classes[names[period].text(row) ?? Self.unknown, default: 0] += amount
          }
          out[set.keys[g].plain] = classes
        }
        return out
      }
    }
  }

  /// The totals for a group at a level; none where nothing is known.
  mutating func of(_ key: GroupSet.Key, level: [Bool], in space: GroupSpace) -> [String: Double] {
    let own = self.level(level)
    if totals[own] == nil { totals[own] = count(own) }
    let id = space.rolledUp(key.id, own)
    return totals[own]?[GroupSet.Key(period: key.period, id: id, residence: 0)] ?? [:]
  }
}

/// The texts of a path in one period.
struct RowTexts {
  let codes: Reader<Int32>
  let lexicon: Lexicon

  /// The text of a row.
  func text(_ row: Int) -> String? {
    let code = codes[row]
    return code < 0 ? nil : lexicon[Int(code)]
  }
}

extension AggregateExecutor {
  /// The texts of a path in each period.
  func texts(_ path: ResolvedPath, _ table: String) -> [RowTexts] {
    periods.map { period in
      let found = frame.texts(path, year: period.last.year)
      return RowTexts(
        codes: found?.codes ?? .constant(-1), lexicon: found?.lexicon ?? Lexicon())
    }
  }

  /// A level without the cuts that a table does not have.
  func known(_ level: [Bool], to table: String) -> [Bool] {
    let paths = dimensions[table] ?? []
    return level.indices.map { d in level[d] && d < paths.count && paths[d] != nil }
  }
}

extension GroupSet.Key {
  /// The same group, however it was reached.
  var plain: GroupSet.Key { GroupSet.Key(period: period, id: id, residence: 0) }
}
