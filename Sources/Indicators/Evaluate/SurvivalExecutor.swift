import Columns
import Model
import Periods
import Statistics

extension SurvivalValue {
  /// What is asked of the curve of some durations; nil when it is not defined.
  func value(durations: [Double], ended: [Bool]) -> Double? {
    guard let curve = try? Survival(durations: durations, ended: ended) else { return nil }
    switch self {
    case .at(let time): return curve.survival(at: time)
    case .quantile(let share): return try? curve.quantile(share)
    }
  }
}

extension AggregateExecutor {
  /// How long people take part, in each group: from the first row of each person on, up to the
  /// end of the period.
  func survivalCells(_ survival: Aggregate.Survival) -> CellTable {
    var table = emptyTable()
    let all =
      space.labels.count > 1
      ? self.careers(survival) : engine.careers(survival) { self.careers(survival) }
    for (key, careers) in all {
      table.set(
        key,
        careers.cell(survival.value))
    }
    return table
  }

  /// The careers of the people of each group.
  private func careers(_ survival: Aggregate.Survival) -> [(GroupSet.Key, Durations)] {
    var scan = survival.scan
    scan.window = .soFar
    guard let path = engine.path(engine.model[scan.table]?.date, of: scan.table),
      let days = frame.days(path)
    else { return [] }
    let reader = CareerReader(
      days: days, clock: survival.clock.map { frame.numbers($0, scan.table, periods: periods) },
      people: frame.codes(survival.person, scan.table, periods: periods),
      residences: engine.residenceSlots(scan.table),
      rank: ranks(), ends: lastDays(scan, days), leaves: leaves(survival),
      closed: ClosedSpans(survival.closed, self), lapse: survival.lapse)
    let filter = filter(scan)
    return space.levels.flatMap { level in
      let set = groups(scan, level: level)
      let made = set.map { g, scratch -> Durations in
        scratch.members.take(set, g, filter: filter)
        let careers = reader.careers(scratch.members, set.keys[g].period, &scratch.stamps)
        let tally = scratch.members.tally(careers.isUnknown)
        return Durations(
          durations: careers.durations, ended: careers.ended, unknown: tally.unknown,
          known: tally.known)
      }
      return Array(zip(set.keys, made))
    }
  }

  /// The last day with a row that counts, in each period.
  private func lastDays(_ scan: Scan, _ days: Reader<Int32>) -> [Int32] {
    let strip = engine.strip(scan)
    return periods.indices.map { period in
      let from = strip.starts[period * strip.residences]
      let to = strip.starts[(period + 1) * strip.residences]
      return (from..<to).reduce(Int32.min) { max($0, days[Int(strip.rows[$1])]) }
    }
  }

  /// For each period, the day on which each person has left for good: that of the last of their
  /// stays that began by then; the greatest day for none.
  private func leaves(_ survival: Aggregate.Survival) -> [[Int32]] {
    guard let register = survival.register,
      let key = engine.path(engine.model[register.table]?.keyColumn?.name, of: register.table)
    else { return periods.map { _ in [] } }
    let people = frame.codes(.path(key), register.table, period: nil)
    let (from, to) = frame.validity(register.table)
    return periods.map { period in
      var out = [Int32](repeating: Int32.min, count: people.size)
      for row in from.indices where from[row] <= period.last.number {
        let person = people.codes[row]
        if person >= 0 { out[Int(person)] = max(out[Int(person)], to[row]) }
      }
      return out.map { $0 == Int32.min ? Int32.max : $0 }
    }
  }

  /// The rank of each residence slot by name; the unknown one comes first.
  private func ranks() -> [Int32] {
    let labels = engine.residenceLabels.labels
    let order = labels.indices.sorted { a, b in
      (a < 2 ? 0 : 1, a < 2 ? "" : labels[a]) < (b < 2 ? 0 : 1, b < 2 ? "" : labels[b])
    }
    var out = [Int32](repeating: 0, count: labels.count)
    for (rank, slot) in order.enumerated() { out[slot] = Int32(rank) }
    return out
  }
}

/// How long the people of a group took part, in days, and whether they ceased to.
struct Durations: Sendable {
  var durations: [Double]
  var ended: [Bool]
  var unknown: Double
  var known: Double

  /// What is told of them, and how many had ceased by then.
  fileprivate func cell(_ asked: SurvivalValue) -> Cell {
    var cell = Cell(
      value: asked.value(durations: durations, ended: ended),
      denominator: Double(durations.count), unknown: unknown, known: known,
      persons: durations.count)
    if case .at(let time) = asked {
      cell.answers = durations.count
      cell.holding = zip(durations, ended).count { $0 <= time && $1 }
    }
    return cell
  }
}

/// What makes the careers of the people of a group.
private struct CareerReader: Sendable {
  let days: Reader<Int32>
  let clock: [Reader<Double>]?
  let people: [CodeReader]
  let residences: Reader<Int32>
  let rank: [Int32]
  let ends: [Int32]
  let leaves: [[Int32]]
  let closed: ClosedSpans
  let lapse: Int

  func careers(_ members: Members, _ period: Int, _ stamps: inout Stamps) -> (
    durations: [Double], ended: [Bool], isUnknown: [Bool]
  ) {
    let codes = people[period]
    var isUnknown: [Bool] = []
    var persons: [Int32] = []
    var first: [Int] = []
    var last: [Int] = []
    var lastDay: [Int32] = []
    var home: [Int32] = []
    stamps.clear(size: codes.size)
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      let person = codes.codes[row]
      if person < 0 {
        if isUnknown.isEmpty { isUnknown = [Bool](repeating: false, count: members.count) }
        isUnknown[i] = true
        continue
      }
      let (day, slot) = (days[row], residences[row])
      let minute = clock?[period][row] ?? .nan
      // A time that is not known takes nothing from the whole days.
      let early = Int(day) * 1440 + (minute.isNaN ? 0 : Int(minute))
      let late = Int(day) * 1440 + (minute.isNaN ? 1439 : Int(minute))
      let n = stamps.number(person)
      if n == persons.count {
        persons.append(person)
        first.append(early)
        last.append(late)
        lastDay.append(day)
        home.append(slot)
        continue
      }
      first[n] = min(first[n], early)
      last[n] = max(last[n], late)
      if day > lastDay[n] || day == lastDay[n] && rank[Int(slot)] > rank[Int(home[n])] {
        lastDay[n] = day
        home[n] = slot
      }
    }
    let ended = persons.indices.map { n -> Bool in
      let leaves = leaves[period]
      let leave = Int(persons[n]) < leaves.count ? leaves[Int(persons[n])] : Int32.max
      let watched = Span(Int(lastDay[n]) + 1, Int(min(ends[period] + 1, leave)))
      return closed.openDays(in: watched, residence: Int(home[n])) >= lapse
    }
    let durations = persons.indices.map {
      (Double(last[$0] - first[$0]) / 1440).rounded(.down)
    }
    return (durations, ended, isUnknown)
  }
}

/// The closed days of each residence, those of all included.
struct ClosedSpans: Sendable {
  /// By residence slot, one after the other.
  private let spans: [[Span]]

  init(_ closed: ClosedDays?, _ executor: AggregateExecutor) {
    let slots = executor.engine.residenceLabels.count
    guard let closed else {
      spans = [[Span]](repeating: [], count: slots)
      return
    }
    let frame = executor.frame
    let table = closed.scan.table
    guard let first = frame.days(closed.first), let last = frame.days(closed.last) else {
      spans = [[Span]](repeating: [], count: slots)
      return
    }
    let counted = closed.scan.counted.map { frame.truth($0, table, period: nil) }
    let residences = executor.engine.residenceSlots(table)
    var ofAll: [Span] = []
    var own = [[Span]](repeating: [], count: slots)
    for row in 0..<frame.rowCount(table) {
      if let counted, counted[row] != 1 { continue }
      if first[row] == Column.missingDay || last[row] == Column.missingDay { continue }
      let span = Span(Int(first[row]), Int(last[row]) + 1)
      let slot = Int(residences[row])
      if slot < 2 { ofAll.append(span) } else { own[slot].append(span) }
    }
    spans = own.map { Spans.union($0 + ofAll) }
  }

  /// How many days of a span are not closed.
  func openDays(in span: Span, residence: Int) -> Int {
    max(0, span.end - span.start) - Spans.common(spans[residence], [span])
  }
}
