import Columns
import Model
import Periods

extension AggregateExecutor {
  /// People present at a session with somebody else of a kind.
  func metCells(_ met: Aggregate.Meeting) -> CellTable {
    var table = emptyTable()
    let scan = met.scan
    let people = frame.codes(met.person, scan.table, periods: periods)
    let sessions = frame.codes(met.session, scan.table, periods: periods)
    let filter = filter(scan)
    let company = Company(met, self)
    for level in space.levels {
      let set = groups(scan, level: level)
      let cells = set.map { g, scratch -> Cell in
        let period = set.keys[g].period
        scratch.members.take(set, g, filter: filter)
        let (person, session) = (people[period], sessions[period])
        scratch.stamps.clear(size: person.size)
        var isUnknown: [Bool] = []
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let (p, s) = (person.codes[row], session.codes[row])
          if p < 0 || s < 0 {
            if isUnknown.isEmpty {
              isUnknown = [Bool](repeating: false, count: scratch.members.count)
            }
            isUnknown[i] = true
          } else if company.isThere(at: s, period, besides: p) {
            scratch.stamps.insert(p)
          }
        }
        let n = scratch.stamps.count
        let tally = scratch.members.tally(isUnknown)
        return Cell(
          value: Double(n), numerator: Double(n), unknown: tally.unknown, known: tally.known,
          persons: n)
      }
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    return table
  }
}

/// Who of a kind was at each session, as far as it matters to others: nobody, one known person, or
/// others.
private struct Company: Sendable {
  /// The person, or -1 for several people or one without a name.
  private var found: [UInt64: Int32] = [:]

  init(_ met: Aggregate.Meeting, _ executor: AggregateExecutor) {
    let (engine, frame, periods) = (executor.engine, executor.frame, executor.periods)
    let table = met.others.table
    let strip = engine.strip(met.others)
    let people = frame.codes(met.person, table, periods: periods)
    let sessions = frame.codes(met.session, table, periods: periods)
    let filter = executor.filter(met.others)
    for period in 0..<strip.periods {
      let rows =
        strip.starts[
          period * strip.residences]..<strip.starts[(period + 1) * strip.residences]
      for i in rows {
        let row = Int(strip.rows[i])
        if let filter, filter[period][row] != 1 { continue }
        let session = sessions[period].codes[row]
        if session < 0 { continue }
        let person = people[period].codes[row]
        let key = Company.key(session, period)
        if let known = found[key] {
          if known != person { found[key] = -1 }
        } else {
          found[key] = person < 0 ? -1 : person
        }
      }
    }
  }

  /// Whether somebody else than a person was at a session.
  func isThere(at session: Int32, _ period: Int, besides person: Int32) -> Bool {
    guard let one = found[Company.key(session, period)] else { return false }
    return one != person
  }

  private static func key(_ session: Int32, _ period: Int) -> UInt64 {
    UInt64(period) << 32 | UInt64(UInt32(bitPattern: session))
  }
}
