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

  /// The careers of the people of each group, by the end of each period.
  private func careers(_ survival: Aggregate.Survival) -> [(GroupSet.Key, Durations)] {
    let scan = survival.scan
    guard let path = engine.path(engine.model[scan.table]?.date, of: scan.table),
      let days = frame.days(path)
    else { return [] }
    let clock = survival.clock.map { frame.numbers($0, scan.table, periods: periods) }
    let people = frame.codes(survival.person, scan.table, periods: periods)
    let (rank, leaves, filter) = (ranks(), leaves(survival), filter(scan))
    let closed = ClosedSpans(survival.closed, self)
    let cuts: PeriodDependence = (space.isYearly[scan.table] ?? false) ? .year : .none
    let read = scan.expressions + [survival.person] + (survival.clock.map { [$0] } ?? [])
    let dependence = max(cuts, read.map(\.dependence).max() ?? .none)
    // Rows are gone through once for all periods, unless something depends on the period.
    var alike: [Moment: [Int]] = [:]
    for p in periods.indices { alike[Moment(periods[p], dependence), default: []].append(p) }
    return alike.values.sorted { $0[0] < $1[0] }.flatMap { members in
      let p = members[0]
      let strip = engine.timeless(scan, in: p)
      let space = space.only(period: p)
      let finest = FinestGroups(strip, space)
      let reader = CareerReader(
        days: days, growth: Growth(members, periods, strip, days), clock: clock?[p],
        people: people[p], residences: engine.residenceSlots(scan.table), rank: rank,
        leaves: leaves, closed: closed, lapse: survival.lapse)
      return space.levels.flatMap { level in
        let set = GroupSet(finest, space, level: level)
        let made = set.map { g, scratch -> [(Int, Durations)] in
          scratch.members.take(set, g, filter: filter.map { [$0[p]] })
          return reader.careers(scratch.members, &scratch.stamps)
        }
        return zip(set.keys, made).flatMap { key, ofPeriods in
          ofPeriods.map { period, durations in
            (GroupSet.Key(period: period, id: key.id, residence: key.residence), durations)
          }
        }
      }
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

/// How the rows of a timeless strip grow in number with periods, each of which has all rows up to
/// its end.
private struct Growth: Sendable {
  /// The periods, by their ends.
  let periods: [Int]
  /// For each, the last day with a row so far.
  let ends: [Int32]
  /// For each row, the place of the first period that has it; -1 for none.
  let places: Reader<Int32>

  init(_ members: [Int], _ periods: [Period], _ strip: Strip, _ days: Reader<Int32>) {
    let ordered = members.sorted { (periods[$0].last, $0) < (periods[$1].last, $1) }
    let last = ordered.map { periods[$0].last.number }
    let places = days.map { day -> Int32 in
      if day == Column.missingDay { return -1 }
      return Int32(last.firstIndex { $0 >= day } ?? -1)
    }
    var ends = [Int32](repeating: .min, count: last.count)
    for row in strip.rows {
      let place = Int(places[Int(row)])
      if place >= 0 { ends[place] = max(ends[place], days[Int(row)]) }
    }
    for i in ends.indices.dropFirst() { ends[i] = max(ends[i], ends[i - 1]) }
    (self.periods, self.ends, self.places) = (ordered, ends, places)
  }
}

/// What makes the careers of the people of a group.
private struct CareerReader: Sendable {
  let days: Reader<Int32>
  let growth: Growth
  let clock: Reader<Double>?
  let people: CodeReader
  let residences: Reader<Int32>
  let rank: [Int32]
  let leaves: [[Int32]]
  let closed: ClosedSpans
  let lapse: Int

  /// What is known of a person so far.
  private struct Career {
    var person: Int32
    /// Minutes.
    var first: Int
    var last: Int
    var lastDay: Int32
    /// The residence of the last day.
    var home: Int32
  }

  /// The durations by the end of each period in which the group has a row.
  func careers(_ members: Members, _ stamps: inout Stamps) -> [(period: Int, Durations)] {
    // The entries in the order of the periods that have them first.
    var begins = [Int](repeating: 0, count: growth.periods.count + 1)
    for row in members.rows {
      let place = Int(growth.places[Int(row)])
      if place >= 0 { begins[place + 1] += 1 }
    }
    for k in growth.periods.indices { begins[k + 1] += begins[k] }
    var order = [Int32](repeating: 0, count: begins.last ?? 0)
    var next = begins
    for i in members.rows.indices {
      let place = Int(growth.places[Int(members.rows[i])])
      if place < 0 { continue }
      order[next[place]] = Int32(i)
      next[place] += 1
    }
    stamps.clear(size: people.size)
    var all: [Career] = []
    var (unknown, known) = (0.0, 0.0)
    var out: [(period: Int, Durations)] = []
    for (k, period) in growth.periods.enumerated() where begins[k + 1] > 0 {
      for i in order[begins[k]..<begins[k + 1]].lazy.map({ Int($0) }) {
        let row = Int(members.rows[i])
        let person = members.takes(i) ? people.codes[row] : -1
        if person >= 0 {
          add(row, of: person, to: &all, &stamps)
        }
        let isUnknown = members.takes(i) ? person < 0 : members.truth[i] < 0
        if isUnknown { unknown += members.weight(i) } else { known += members.weight(i) }
      }
      out.append((period, durations(all, at: k, period, unknown: unknown, known: known)))
    }
    return out
  }

  private func add(
    _ row: Int, of person: Int32, to all: inout [Career], _ stamps: inout Stamps
  ) {
    let (day, slot) = (days[row], residences[row])
    let minute = clock?[row] ?? .nan
    // A time that is not known takes nothing from the whole days.
    let early = Int(day) * 1440 + (minute.isNaN ? 0 : Int(minute))
    let late = Int(day) * 1440 + (minute.isNaN ? 1439 : Int(minute))
    let n = stamps.number(person)
    if n == all.count {
      all.append(Career(person: person, first: early, last: late, lastDay: day, home: slot))
      return
    }
    all[n].first = min(all[n].first, early)
    all[n].last = max(all[n].last, late)
    let (lastDay, home) = (all[n].lastDay, all[n].home)
    if day > lastDay || day == lastDay && rank[Int(slot)] > rank[Int(home)] {
      all[n].lastDay = day
      all[n].home = slot
    }
  }

  /// How long each took part, and whether they had ceased to by the end of a period.
  private func durations(
    _ all: [Career], at place: Int, _ period: Int, unknown: Double, known: Double
  ) -> Durations {
    let leaves = leaves[period]
    let end = Int(growth.ends[place]) + 1
    return Durations(
      durations: all.map { (Double($0.last - $0.first) / 1440).rounded(.down) },
      ended: all.map { career in
        let leave = Int(career.person) < leaves.count ? Int(leaves[Int(career.person)]) : .max
        let watched = Span(Int(career.lastDay) + 1, min(end, leave))
        return closed.hasOpenDays(lapse, in: watched, residence: Int(career.home))
      },
      unknown: unknown, known: known)
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

  /// Whether so many days of a span are not closed.
  func hasOpenDays(_ least: Int, in span: Span, residence: Int) -> Bool {
    let days = max(0, span.end - span.start)
    if days < least || spans[residence].isEmpty { return days >= least }
    return days - Spans.common(spans[residence], [span]) >= least
  }
}
