import Columns
import Model
import Threads

extension AggregateExecutor {
  /// One aggregate over the rows of each group.
  func rowCells(_ aggregate: RowAggregate, _ scan: Scan) -> CellTable {
    var domain = context(scan).joined(frame.domain(aggregate))
    if domain == .constant, let path = personPath(scan.table), path.links.isEmpty,
      frame.codes(scan.table, path.column) != nil
    {
      domain = .column(path.column)
    }
    let finest = finest(scan, domain)
    let operand = frame.operand(aggregate, scan.table, periods: periods).on(finest)
    let filter = filter(scan)?.map { $0.on(finest) }
    var table = emptyTable()
    var allKnown = true
    // What adds up is counted once, with every dimension kept.
    let addend = Addend(aggregate, operand, isKey: isKey(aggregate, domain))
    let parts = addend.map { addUp($0, finest, filter) } ?? []
    for level in space.levels {
      let set = groups(finest, level: level, withUnknown: false)
      let results: [Sums]
      if aggregate.isAdditive || addend != nil && level[0] {
        results = set.keys.indices.map { g in Sums(of: aggregate, set.members(g), parts) }
      } else {
        results = set.map { g, scratch in
          scratch.members.take(set, g, filter: filter)
          return Sums(aggregate, operand, period: set.keys[g].period, &scratch)
        }
      }
      table.reserve(set.count)
      for (key, result) in zip(set.keys, results) {
        table.set(key, result.cell(aggregate))
        if !result.isKnown { allKnown = false }
      }
    }
    if case .distinct(.path(let path)) = aggregate, path == personPath(scan.table) {
      for i in 0..<table.cells.count { table.change(i) { $0.persons = $0.value.map { Int($0) } } }
    } else {
      addPersons(scan, known: allKnown ? nil : aggregate.isKnown, to: &table)
    }
    return table
  }

  /// Whether different values of a column are counted in groups that it determines but for the
  /// residence: then the groups of one residence have none in common, and in each the entries of
  /// one value are counted together.
  private func isKey(_ aggregate: RowAggregate, _ domain: Domain) -> Bool {
    guard case .distinct(.path(let path)) = aggregate, case .column(let name) = domain else {
      return false
    }
    return path.links.isEmpty && path.leaf == .column(name)
  }

  /// What the entries of each finest group add up to.
  private func addUp(_ addend: Addend, _ finest: FinestGroups, _ filter: [Reader<Int8>]?)
    -> [Sums]
  {
    let parts = Workers.parts(finest.starts)
    let pieces = Workers.map(parts.count) { part in
      parts[part].map { g in
        let range = finest.starts[g]..<finest.starts[g + 1]
        let period = finest.keys[g].period
        let filter = filter?[period] ?? .constant(1)
        return switch addend {
        case .weight: Sums(finest, range, filter, hasWeight: false) { _ in 1 }
        case .number(let readers):
          Sums(finest, range, filter, hasWeight: true) { [r = readers[period]] in r[$0] }
        case .truth(let readers):
          Sums(finest, range, filter, hasWeight: true) { [r = readers[period]] in
            let truth = r[$0]
            return truth < 0 ? .nan : Double(truth)
          }
        case .key(let readers):
          Sums(finest, range, filter, hasWeight: false, countsEntries: true) {
            [r = readers[period].codes] in r[$0] < 0 ? .nan : 1
          }
        }
      }
    }
    return pieces.count == 1 ? pieces[0] : pieces.flatMap { $0 }
  }
}

/// What each entry adds to an aggregate.
private enum Addend: Sendable {
  /// As many as it stands for.
  case weight
  case number([Reader<Double>])
  case truth([Reader<Int8>])
  /// One for a key, of which a group has one entry.
  case key([CodeReader])

  init?(_ aggregate: RowAggregate, _ operand: Operand, isKey: Bool) {
    switch (aggregate, operand) {
    case (.count, _): self = .weight
    case (.sum, .numbers(let readers)), (.mean, .numbers(let readers)): self = .number(readers)
    case (.share, .truth(let readers)): self = .truth(readers)
    case (.distinct, .codes(let readers)) where isKey: self = .key(readers)
    default: return nil
    }
  }
}

/// What an aggregate over rows gives for one group; NaN is undefined.
private struct Sums: Sendable {
  var value = 0.0
  var numerator = 0.0
  var denominator = Double.nan
  var unknown = 0.0
  var known = 0.0
  /// Whether every operand was known.
  var isKnown = true

  /// Adds up entries. `read` gives what a row adds, NaN when it is not known.
  @inline(__always)
  init(
    _ finest: FinestGroups, _ range: Range<Int>, _ filter: Reader<Int8>, hasWeight: Bool,
    countsEntries: Bool = false, _ read: (Int) -> Double
  ) {
    var (sum, total, missing, other) = (0.0, 0.0, 0.0, 0.0)
    let rows = finest.rows
    let weight = finest.weight ?? []
    for i in range {
      let row = Int(rows[i])
      let n = weight.isEmpty ? 1 : weight[i]
      let truth = filter[row]
      if truth != 1 {
        if truth < 0 { missing += n } else { other += n }
        continue
      }
      let v = read(row)
      if v.isNaN {
        missing += n
        isKnown = false
      } else {
        sum += countsEntries ? v : v * n
        total += n
      }
    }
    (value, numerator) = (sum, sum)
    if hasWeight { denominator = total }
    (unknown, known) = (missing, total + other)
  }

  /// Several of the finest groups of what adds up.
  init(of aggregate: RowAggregate, _ members: ArraySlice<Int32>, _ parts: [Sums]) {
    var total = 0.0
    for member in members {
      let part = parts[Int(member)]
      numerator += part.numerator
      total += part.denominator
      unknown += part.unknown
      known += part.known
      isKnown = isKnown && part.isKnown
    }
    switch aggregate {
    case .mean, .share:
      denominator = total
      value = total > 0 ? numerator / total : .nan
    case .sum:
      denominator = total
      value = numerator
    default: value = numerator
    }
  }

  /// Reduces the members of a group.
  init(
    _ aggregate: RowAggregate, _ operand: Operand, period: Int, _ scratch: inout Scratch
  ) {
    let reduced = RowReduction(
      aggregate, operand, period: period, scratch.members, part: [], count: 1, &scratch.stamps)
    let tally = scratch.members.tally(reduced.isUnknown)
    value = reduced.value[0]
    numerator = reduced.numerator.first ?? .nan
    denominator = reduced.denominator.first ?? .nan
    (unknown, known) = tally
    isKnown = reduced.isUnknown.isEmpty
  }

  func cell(_ aggregate: RowAggregate) -> Cell {
    var cell = Cell(
      value: value.known, numerator: numerator.known, denominator: denominator.known,
      unknown: unknown, known: known)
    // A sum of unknown amounts is unknown, not zero.
    if case .sum = aggregate {
      if unknown > 0, denominator == 0 {
        cell.value = nil
        cell.numerator = nil
      }
      cell.denominator = nil
    }
    return cell
  }
}

extension RowAggregate {
  /// Whether the value of groups put together follows from their sums.
  fileprivate var isAdditive: Bool {
    switch self {
    case .count, .sum, .mean, .share: true
    case .distinct, .minimum, .maximum, .quantile, .weightedQuantile, .blau, .variation: false
    }
  }
}
