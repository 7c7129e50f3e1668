/// How often pairs of people met in each group: enough for any least number of meetings.
struct MeetingCounts: Sendable {
  /// One group's pairs, by number of meetings.
  struct Tally: Sendable {
    var key: GroupSet.Key
    /// Pairs that met n times, at n.
    var pairs: [Int] = []
    /// Persons whose closest pair met n times, at n.
    var persons: [Int] = []
    var unknown = 0.0
    var known = 0.0

    /// The pairs that met often enough, and the persons in them.
    func atLeast(_ n: Int) -> (pairs: Int, persons: Int) {
      let least = max(n, 1)
      return (pairs.dropFirst(least).reduce(0, +), persons.dropFirst(least).reduce(0, +))
    }

    mutating func add(pair meetings: Int) { Tally.add(meetings, to: &pairs) }
    mutating func add(person meetings: Int) { Tally.add(meetings, to: &persons) }

    mutating func add(_ other: Tally) {
      for (n, count) in other.pairs.enumerated() where count > 0 { Tally.add(n, count, to: &pairs) }
      for (n, count) in other.persons.enumerated() where count > 0 {
        Tally.add(n, count, to: &persons)
      }
      unknown += other.unknown
      known += other.known
    }

    private static func add(_ n: Int, _ count: Int = 1, to list: inout [Int]) {
      while list.count <= n { list.append(0) }
      list[n] += count
    }
  }

  var tallies: [Tally] = []
}
