import Columns
import Periods

/// Which entities of a register's rows a population holds.
struct PopulationRows: Sendable {
  private let mode: PopulationMode
  private let periods: [Period]
  private let from: [Int32]
  private let to: [Int32]
  private let entities: [CodeReader]

  init(_ population: Population, _ frame: Frame, _ periods: [Period]) {
    mode = population.mode
    self.periods = periods
    (from, to) = frame.validity(population.scan.table)
    entities = frame.codes(population.entity, population.scan.table, periods: periods)
  }

  /// The number of codes of entities in a period.
  func size(_ period: Int) -> Int { entities[period].size }

  /// The entity of a row; below 0 for none.
  func entity(_ row: Int, _ period: Int) -> Int32 { entities[period].codes[row] }

  /// The days of a period on which a row holds.
  func days(_ row: Int, _ period: Int) -> Int {
    let period = periods[period]
    return Int(min(to[row], period.last.number + 1)) - Int(max(from[row], period.first.number))
  }

  /// Calls `body` with the entities of some rows that the population holds; with one of several
  /// rows more than once, unless they must be there throughout.
  func forEachEntity(_ members: Members, _ number: Int, _ body: (Int32) -> Void) {
    let period = periods[number]
    let (first, next) = (period.first.number, period.last.number + 1)
    guard mode == .throughout else {
      for i in members.rows.indices where members.takes(i) {
        let row = Int(members.rows[i])
        let code = entities[number].codes[row]
        if code < 0 { continue }
        switch mode {
        case .start: if from[row] > first { continue }
        case .end: if to[row] < next { continue }
        case .average, .any, .throughout: break
        }
        body(code)
      }
      return
    }
    var spans: [(code: Int32, from: Int32, to: Int32)] = []
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      let span = (entities[number].codes[row], max(from[row], first), min(to[row], next))
      if span.0 >= 0, span.1 < span.2 { spans.append(span) }
    }
    spans.sort { ($0.code, $0.from) < ($1.code, $1.from) }
    var i = 0
    while i < spans.count {
      let code = spans[i].code
      var reached = first
      while i < spans.count, spans[i].code == code {
        // A gap leaves `reached` behind for good: later spans begin after it too.
        if spans[i].from <= reached { reached = max(reached, spans[i].to) }
        i += 1
      }
      if reached == next { body(code) }
    }
  }
}

extension AggregateExecutor {
  /// Populations of a dated register.
  func populationCells(_ population: Population) -> CellTable {
    let scan = population.scan
    let filter = filter(scan)
    let rows = PopulationRows(population, frame, periods)
    let periods = self.periods
    var table = emptyTable()
    for level in space.levels {
      let set = groups(scan, level: level)
      let cells = set.map { g, scratch -> Cell in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        var isUnknown: [Bool] = []
        var days = 0
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          if rows.entity(row, period) < 0 {
            if isUnknown.isEmpty {
              isUnknown = [Bool](repeating: false, count: scratch.members.count)
            }
            isUnknown[i] = true
            continue
          }
          days += rows.days(row, period)
        }
        var value: Double
        if population.mode == .average {
          // Days as whole numbers, so that both executors add up the same.
          value = Double(days) / Double(periods[period].days)
        } else {
          var found: [Int32] = []
          rows.forEachEntity(scratch.members, period) { found.append($0) }
          scratch.stamps.clear(size: rows.size(period))
          for code in found { _ = scratch.stamps.insert(code) }
          value = Double(scratch.stamps.count)
        }
        let tally = scratch.members.tally(isUnknown)
        return Cell(value: value, numerator: value, unknown: tally.unknown, known: tally.known)
      }
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    addPersons(scan, to: &table)
    return table
  }
}
