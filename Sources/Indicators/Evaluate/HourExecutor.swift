import Columns
import Model
import Periods
import Statistics

extension AggregateExecutor {
  /// Hours in at least one interval of a key.
  func hourCells(_ hours: Aggregate.UnionHours) -> CellTable {
    let scan = hours.scan
    var table = emptyTable()
    guard let path = engine.path(engine.model[scan.table]?.date, of: scan.table),
      let days = frame.days(path)
    else { return table }
    let keys = frame.codes(hours.key, scan.table, periods: periods)
    let starts = frame.numbers(hours.start, scan.table, periods: periods)
    let ends = frame.numbers(hours.end, scan.table, periods: periods)
    let filter = filter(scan)
    for level in space.levels {
      let set = groups(scan, level: level)
      let cells = set.map { g, scratch -> Cell in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        var isUnknown: [Bool] = []
        var spans: [(key: Int32, start: Double, end: Double)] = []
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let (key, start, end) = (keys[period].codes[row], starts[period][row], ends[period][row])
          if key < 0 || start.isNaN || end.isNaN {
            if isUnknown.isEmpty {
              isUnknown = [Bool](repeating: false, count: scratch.members.count)
            }
            isUnknown[i] = true
            continue
          }
          let day = Double(days[row]) * 1440
          spans.append((key, day + start, day + (end > start ? end : end + 1440)))
        }
        spans.sort { ($0.key, $0.start, $0.end) < ($1.key, $1.start, $1.end) }
        var minutes = 0.0
        var (key, reached) = (Int32(-1), -Double.infinity)
        for span in spans {
          if span.key != key { (key, reached) = (span.key, -.infinity) }
          minutes += max(0, span.end - max(span.start, reached))
          reached = max(reached, span.end)
        }
        let tally = scratch.members.tally(isUnknown)
        // Hours of intervals that are all unknown are unknown, not zero.
        if spans.isEmpty, tally.unknown > 0 {
          return Cell(unknown: tally.unknown, known: tally.known)
        }
        return Cell(
          value: minutes / 60, numerator: minutes / 60, unknown: tally.unknown, known: tally.known)
      }
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    addPersons(scan, to: &table)
    return table
  }

  /// The share of open weeks with a row: a week is open when not all its days in the period are
  /// closed, and when there is a row all the same.
  func weekCells(_ weeks: Aggregate.Weeks) -> CellTable {
    let scan = weeks.scan
    var table = emptyTable()
    guard let path = engine.path(engine.model[scan.table]?.date, of: scan.table),
      let days = frame.days(path)
    else { return table }
    let closed = ClosedSpans(weeks.closed, self)
    let strip = engine.strip(scan)
    let calendar = periods.map { WeeksOf($0) }
    // For each period and residence with rows: which of its weeks are open.
    let open = periods.indices.map { p in
      (0..<strip.residences).map { slot -> [Bool]? in
        let place = p * strip.residences + slot
        if slot < 2 || strip.starts[place] == strip.starts[place + 1] { return nil }
        return calendar[p].spans.map { closed.hasOpenDays(1, in: $0, residence: slot) }
      }
    }
    let slots = engine.residenceSlots(scan.table)
    let filter = filter(scan)
    for level in space.levels {
      let set = groups(scan, level: level)
      let cells = set.map { g, scratch -> Cell in
        scratch.members.take(set, g, filter: filter)
        let key = set.keys[g]
        let count = calendar[key.period].spans.count
        let open = open[key.period]
        var held = [Bool](repeating: false, count: open.count * count)
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let slot = Int(slots[row])
          if slot >= 2 { held[slot * count + calendar[key.period].week(of: days[row])] = true }
        }
        var (with, all) = (0, 0)
        for slot in 2..<max(2, open.count) where level[0] ? slot == Int(key.residence) : true {
          guard let isOpen = open[slot] else { continue }
          for week in 0..<count where isOpen[week] || held[slot * count + week] {
            all += 1
            if held[slot * count + week] { with += 1 }
          }
        }
        let tally = scratch.members.tally([])
        return Cell(
          value: all > 0 ? Double(with) / Double(all) : nil,
          numerator: all > 0 ? Double(with) : nil, denominator: Double(all),
          unknown: tally.unknown, known: tally.known)
      }
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    addPersons(scan, to: &table)
    return table
  }
}

/// The weeks of a period, Monday to Sunday, each cut to the period.
struct WeeksOf: Sendable {
  let spans: [Span]
  private let first: Int

  init(_ period: Period) {
    let (begin, end) = (Int(period.first.number), Int(period.last.number) + 1)
    first = period.first.week
    var spans: [Span] = []
    var day = begin
    while day < end {
      let next = (Day(number: Int32(day)).week + 1) * 7 + Int(Day.first.number)
      spans.append(Span(day, min(next, end)))
      day = next
    }
    self.spans = spans
  }

  /// The place of the week that holds a day of the period.
  func week(of day: Int32) -> Int { Day(number: day).week - first }
}
