extension AggregateExecutor {
  /// Pairs of people who were present at the same sessions often enough.
  func tieCells(_ ties: Aggregate.Ties) -> [Int: Cell] {
    let table = ties.scan.table
    let selection = select(ties.scan)
    let evaluator = evaluator(table)
    let (people, peopleSize) = evaluator.vector(ties.person).dense
    let (sessions, _) = evaluator.vector(ties.session).dense
    let apart = ties.notSame.map { evaluator.vector($0).dense.codes }
    var known = [Bool](repeating: true, count: selection.rows.count)
    for i in selection.positions {
      let row = Int(selection.rows[i])
      if people[row] < 0 || sessions[row] < 0 { known[i] = false }
    }
    var out: [Int: Cell] = [:]
    for level in space.levels {
      let groups = self.level(table, selection, level)
      let tally = Tally(selection, groups, operandKnown: known)
      var members = [[(session: Int32, person: Int32, apart: Int32)]](
        repeating: [], count: groups.count)
      for i in selection.positions where known[i] && groups.groups[i] >= 0 {
        let row = Int(selection.rows[i])
        members[Int(groups.groups[i])].append((sessions[row], people[row], apart?[row] ?? -1))
      }
      for g in 0..<groups.count {
        let (pairs, persons) = AggregateExecutor.pairs(members[g], ties, people: peopleSize)
        out[groups.ids[g]] = Cell(
          value: Double(pairs), numerator: Double(pairs), unknown: tally.unknown[g],
          known: tally.known[g], persons: persons)
      }
    }
    return out
  }

  /// The pairs with enough meetings, and the persons in them.
  private static func pairs(
    _ members: [(session: Int32, person: Int32, apart: Int32)], _ ties: Aggregate.Ties,
    people: Int
  ) -> (pairs: Int, persons: Int) {
    let sorted = members.sorted { ($0.session, $0.person) < ($1.session, $1.person) }
    var meetings: [UInt64] = []
    var start = 0
    while start < sorted.count {
      var end = start
      var attendees: [(person: Int32, apart: Int32)] = []
      while end < sorted.count, sorted[end].session == sorted[start].session {
        // A duplicate sign-in counts once.
        if attendees.last?.person != sorted[end].person {
          attendees.append((sorted[end].person, sorted[end].apart))
        }
        end += 1
      }
      start = end
      if let most = ties.maximumSize, attendees.count > most { continue }
      for i in attendees.indices {
        for j in (i + 1)..<max(attendees.count, i + 1) {
          if attendees[i].apart >= 0, attendees[i].apart == attendees[j].apart { continue }
          meetings.append(UInt64(attendees[i].person) << 32 | UInt64(attendees[j].person))
        }
      }
    }
    meetings.sort()
    var pairs = 0
    var involved = Set<UInt32>()
    var i = 0
    while i < meetings.count {
      var j = i
      while j < meetings.count, meetings[j] == meetings[i] { j += 1 }
      if j - i >= ties.minimumMeetings {
        pairs += 1
        involved.insert(UInt32(meetings[i] >> 32))
        involved.insert(UInt32(meetings[i] & 0xFFFF_FFFF))
      }
      i = j
    }
    return (pairs, involved.count)
  }
}
