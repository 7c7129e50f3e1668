import Columns
import Model
import Periods

extension AggregateExecutor {
  /// Pairs of people who were present at the same sessions often enough.
  func tieCells(_ ties: Aggregate.Ties) -> CellTable {
    let counts: MeetingCounts
    if space.labels.count == 1 {
      counts = engine.meetings(ties.rule) { meetingCounts(ties) }
    } else {
      counts = meetingCounts(ties)
    }
    var table = emptyTable()
    for tally in counts.tallies {
      let (pairs, persons) = tally.atLeast(ties.minimumMeetings)
      let value = Double(ties.gives == .people ? persons : pairs)
      table.set(
        tally.key,
        Cell(
          value: value, numerator: value, unknown: tally.unknown, known: tally.known,
          persons: persons))
    }
    return table
  }

  private func meetingCounts(_ ties: Aggregate.Ties) -> MeetingCounts {
    var out = MeetingCounts()
    let roaming = sessionsStayInResidences(ties) ? roamingPersons(ties) : nil
    for level in space.levels {
      if let roaming {
        // Sessions of different residences have no pair in common, unless the same two people
        // go about both.
        guard level[0] else { continue }
        let parts = groupMeetings(ties, level, withUnknown: true, roaming: roaming)
        out.tallies += parts.map(\.tally).filter { $0.key.residence != 1 }
        out.tallies += joined(parts)
      } else {
        out.tallies += groupMeetings(ties, level, withUnknown: false, roaming: nil).map(\.tally)
      }
    }
    return out
  }

  /// What one group's meetings are, and those of people who go about several residences.
  private struct Part: Sendable {
    var tally: MeetingCounts.Tally
    /// The same without pairs of two roaming persons, and without roaming persons.
    var own: MeetingCounts.Tally
    /// Pairs of two roaming persons: their codes (the lower first), and their meetings.
    var pairs: [(codes: UInt64, meetings: Int)] = []
    /// Roaming persons and their most meetings with anyone who does not roam.
    var most: [(code: Int32, meetings: Int)] = []
  }

  func sessionsStayInResidences(_ ties: Aggregate.Ties) -> Bool {
    guard case .path(let path) = ties.session, path.links.isEmpty,
      let residence = engine.path(engine.model[ties.scan.table]?.residence, of: ties.scan.table)
    else { return false }
    return frame.domain(path) == .column(path.column)
      && frame.domain(residence).isKnown(by: path.column)
  }

  /// For each period, whether each person code was in several residences.
  private func roamingPersons(_ ties: Aggregate.Ties) -> [[Bool]] {
    let people = frame.codes(ties.person, ties.scan.table, periods: periods)
    let strip = engine.strip(ties.scan, domain: frame.domain(ties.person))
    return periods.indices.map { period in
      let codes = people[period].codes.on(strip)
      var home = [Int32](repeating: -1, count: people[period].size)
      var roams = [Bool](repeating: false, count: people[period].size)
      for slot in 0..<strip.residences {
        let p = period * strip.residences + slot
        for i in strip.starts[p]..<strip.starts[p + 1] {
          let code = codes[Int(strip.rows[i])]
          if code < 0 { continue }
          if home[Int(code)] < 0 {
            home[Int(code)] = Int32(slot)
          } else if home[Int(code)] != Int32(slot) {
            roams[Int(code)] = true
          }
        }
      }
      return roams
    }
  }

  private func groupMeetings(
    _ ties: Aggregate.Ties, _ level: [Bool], withUnknown: Bool, roaming: [[Bool]]?
  ) -> [Part] {
    let table = ties.scan.table
    let people = frame.codes(ties.person, table, periods: periods)
    let sessions = frame.codes(ties.session, table, periods: periods)
    let apart = ties.notSame.map { frame.codes($0, table, periods: periods) }
    let filter = filter(ties.scan)
    let set = groups(ties.scan, level: level, withUnknown: withUnknown)
    return set.map { g, scratch -> Part in
      let period = set.keys[g].period
      scratch.members.take(set, g, filter: filter)
      let (person, session) = (people[period], sessions[period])
      let difference = apart?[period]
      var persons: [Int32] = []
      var places: [Int32] = []
      var others: [Int32] = []
      persons.reserveCapacity(scratch.members.count)
      places.reserveCapacity(scratch.members.count)
      var isUnknown: [Bool] = []
      for i in scratch.members.rows.indices where scratch.members.takes(i) {
        let row = Int(scratch.members.rows[i])
        let (p, s) = (person.codes[row], session.codes[row])
        if p < 0 || s < 0 {
          if isUnknown.isEmpty {
            isUnknown = [Bool](repeating: false, count: scratch.members.count)
          }
          isUnknown[i] = true
          continue
        }
        persons.append(p)
        places.append(s)
        if let difference { others.append(difference.codes[row]) }
      }
      var part = Part(
        tally: MeetingCounts.Tally(key: set.keys[g]), own: MeetingCounts.Tally(key: set.keys[g]))
      (part.tally.unknown, part.tally.known) = scratch.members.tally(isUnknown)
      let meetings = Meetings(
        persons: persons, sessions: places, apart: others, people: person.size,
        sessions: session.size, maximumSize: ties.maximumSize, &scratch)
      if meetings.sessions < Int(UInt16.max) {
        AggregateExecutor.count(meetings, UInt16.self, roaming?[period], &part)
      } else {
        AggregateExecutor.count(meetings, UInt32.self, roaming?[period], &part)
      }
      return part
    }
  }

  /// Tallies a group's pairs by number of meetings.
  private static func count<Counter: FixedWidthInteger & Sendable>(
    _ meetings: Meetings, _ counter: Counter.Type, _ roaming: [Bool]?, _ part: inout Part
  ) {
    let people = meetings.people
    let (pairs, most) = meetings.tally(counter)
    part.tally.pairs = pairs
    for n in most where n > 0 { part.tally.add(person: Int(n)) }
    part.own = part.tally
    guard let roaming, people.contains(where: { roaming[Int($0)] }) else { return }
    let local = people.map { roaming[Int($0)] }
    var mostOfOthers = [Counter](repeating: 0, count: people.count)
    meetings.forEachPerson(counter) { p, row in
      for (q, n) in zip(p + 1..<people.count, row) where n > 0 {
        if local[p] && local[q] {
          let (a, b) = (min(people[p], people[q]), max(people[p], people[q]))
          part.pairs.append((UInt64(a) << 32 | UInt64(b), Int(n)))
        } else {
          mostOfOthers[p] = max(mostOfOthers[p], n)
          mostOfOthers[q] = max(mostOfOthers[q], n)
        }
      }
    }
    for pair in part.pairs { part.own.pairs[pair.meetings] -= 1 }
    for (p, isRoaming) in local.enumerated() where isRoaming {
      if most[p] > 0 { part.own.persons[Int(most[p])] -= 1 }
      part.most.append((people[p], Int(mostOfOthers[p])))
    }
  }

  /// The tallies of all residences together.
  private func joined(_ parts: [Part]) -> [MeetingCounts.Tally] {
    var position: [GroupSet.Key: Int] = [:]
    var out: [(tally: MeetingCounts.Tally, parts: [Int])] = []
    for (i, part) in parts.enumerated() {
      let key = GroupSet.Key(
        period: part.tally.key.period, id: part.tally.key.id % space.strides[0], residence: 0)
      if position[key] == nil {
        position[key] = out.count
        out.append((MeetingCounts.Tally(key: key), []))
      }
      if let known = position[key] {
        out[known].tally.add(part.own)
        out[known].parts.append(i)
      }
    }
    return out.map { tally, members in
      var tally = tally
      var pairs = members.flatMap { parts[$0].pairs }
      var most: [Int32: Int] = [:]
      for i in members {
        for (code, n) in parts[i].most { most[code] = max(most[code] ?? 0, n) }
      }
      pairs.sort { $0.codes < $1.codes }
      var i = 0
      while i < pairs.count {
        var meetings = 0
        let codes = pairs[i].codes
        while i < pairs.count, pairs[i].codes == codes {
          meetings += pairs[i].meetings
          i += 1
        }
        tally.add(pair: meetings)
        for code in [Int32(codes >> 32), Int32(codes & 0xFFFF_FFFF)] {
          most[code] = max(most[code] ?? 0, meetings)
        }
      }
      for (_, n) in most where n > 0 { tally.add(person: n) }
      return tally
    }
  }
}
