/// Ties between people who were present at the same sessions.
///
/// A tie's weight is Newman's (2001, Phys. Rev. E 64, 016132): each session of d people gives each
/// of its pairs 1/(d − 1), so that a dinner of three ties more closely than a party of sixty, and
/// the weights of a person add up to their sessions with at least two people. Ties are sorted by
/// their first, then their second person.
public struct Ties: Sendable {
  /// The number of person codes.
  public let people: Int
  /// The two people of each tie, the lower code first.
  public private(set) var first: [Int32] = [], second: [Int32] = []
  /// How many sessions they shared.
  public private(set) var meetings: [Int32] = []
  /// Newman's weight.
  public private(set) var weights: [Double] = []

  /// The number of ties.
  public var count: Int { first.count }

  /// All ties of the sessions with at most `maximumSize` people (nil: all). Two of the same
  /// `apart` (household) are not tied; they still count in the size of the session.
  ///
  /// Reference: NetworkX `bipartite.weighted_projected_graph` (meetings) and
  /// `bipartite.collaboration_weighted_projected_graph` (weights).
  /// - Complexity: O(Σ d² + people), with memory for the ties and three rows of people.
  public init(_ attendance: Attendance, maximumSize: Int? = nil) {
    people = attendance.people
    let present = attendance.present
    // For each person: where they stand in each session, the end of that session, and its share.
    var next = [Int](repeating: 0, count: people + 1)
    for p in present { next[Int(p) + 1] += 1 }
    for p in 0..<people { next[p + 1] += next[p] }
    let begins = next
    var places = [Int32](repeating: 0, count: present.count)
    var ends = [Int32](repeating: 0, count: present.count)
    for s in 0..<attendance.sessions {
      let (begin, end) = (attendance.starts[s], attendance.starts[s + 1])
      let isCounted = end - begin > 1 && end - begin <= maximumSize ?? .max
      for i in begin..<end {
        let p = Int(present[i])
        places[next[p]] = Int32(i)
        // A session that does not count ends where it begins.
        ends[next[p]] = isCounted ? Int32(end) : 0
        next[p] += 1
      }
    }
    var shares = [Double](repeating: 0, count: present.count)
    for s in 0..<attendance.sessions {
      let here = attendance.starts[s]..<attendance.starts[s + 1]
      for i in here { shares[i] = 1 / Double(here.count - 1) }
    }
    var rows = Rows(people: people)
    for p in 0..<people {
      for k in begins[p]..<begins[p + 1] where Int(ends[k]) > Int(places[k]) + 1 {
        let place = Int(places[k])
        rows.add(attendance, at: place, until: Int(ends[k]), share: shares[place])
      }
      rows.sort(after: p)
      first.append(contentsOf: repeatElement(Int32(p), count: rows.met.count))
      second.append(contentsOf: rows.met)
      rows.add(to: &meetings, &weights)
      rows.clear()
    }
  }

  private init(people: Int) { self.people = people }

  /// The ties of groups that have no session in common, put together: what a pair shared in several
  /// of them is added up. `places` gives the code of each of a group's people among all, ascending.
  /// - Complexity: O(people + ties), and sorting for people of several groups.
  public init(joining groups: [(ties: Ties, places: [Int32])], people: Int) {
    self.people = people
    // Where each person's ties begin in each group, and the groups of each person.
    var next = [Int](repeating: 0, count: people + 1)
    for group in groups { for p in group.places { next[Int(p) + 1] += 1 } }
    for p in 0..<people { next[p + 1] += next[p] }
    let begins = next
    var members = [(group: Int32, ties: Range<Int32>)](
      repeating: (0, 0..<0), count: begins[people])
    // The second person of each tie, by their code among all.
    let seconds = groups.map { group in Ties.placed(group.ties.second, group.places) }
    for (g, group) in groups.enumerated() {
      let first = group.ties.first
      var i = 0
      for (own, p) in group.places.enumerated() {
        let begin = i
        while i < first.count, Int(first[i]) == own { i += 1 }
        members[next[Int(p)]] = (Int32(g), Int32(begin)..<Int32(i))
        next[Int(p)] += 1
      }
    }
    let count = groups.reduce(0) { $0 + $1.ties.count }
    first.reserveCapacity(count)
    second.reserveCapacity(count)
    meetings.reserveCapacity(count)
    weights.reserveCapacity(count)
    for p in 0..<people {
      let own = members[begins[p]..<begins[p + 1]].filter { !$0.ties.isEmpty }
      if own.count == 1 {
        let g = Int(own[0].group)
        let range = Int(own[0].ties.lowerBound)..<Int(own[0].ties.upperBound)
        first.append(contentsOf: repeatElement(Int32(p), count: range.count))
        second.append(contentsOf: seconds[g][range])
        meetings.append(contentsOf: groups[g].ties.meetings[range])
        weights.append(contentsOf: groups[g].ties.weights[range])
        continue
      }
      var all: [(q: Int32, group: Int32, i: Int)] = []
      for (g, range) in own {
        for i in range { all.append((seconds[Int(g)][Int(i)], g, Int(i))) }
      }
      all.sort { ($0.q, $0.group) < ($1.q, $1.group) }
      for (q, g, i) in all {
        let ties = groups[Int(g)].ties
        if let last = second.indices.last, second[last] == q, first[last] == Int32(p) {
          meetings[last] += ties.meetings[i]
          weights[last] += ties.weights[i]
          continue
        }
        first.append(Int32(p))
        second.append(q)
        meetings.append(ties.meetings[i])
        weights.append(ties.weights[i])
      }
    }
  }

  private static func placed(_ codes: [Int32], _ places: [Int32]) -> [Int32] {
    codes.map { places[Int($0)] }
  }

  /// The ties for which a condition on meetings and weight holds.
  public func filter(_ isKept: (_ meetings: Int32, _ weight: Double) -> Bool) -> Ties {
    picked((0..<count).filter { isKept(meetings[$0], weights[$0]) })
  }

  /// The ties of people who shared at least so many sessions.
  public func atLeast(_ minimum: Int) -> Ties { filter { meetings, _ in Int(meetings) >= minimum } }

  /// The sum of each person's weights: their sessions with at least two people, less what they
  /// shared with their own household where such pairs are left out.
  public var strengths: [Double] {
    var out = [Double](repeating: 0, count: people)
    for i in 0..<count {
      out[Int(first[i])] += weights[i]
      out[Int(second[i])] += weights[i]
    }
    return out
  }

  /// Some of the ties, by their places, ascending.
  private func picked(_ places: [Int]) -> Ties {
    if places.count == count { return self }
    var out = Ties(people: people)
    out.first = places.map { first[$0] }
    out.second = places.map { second[$0] }
    out.meetings = places.map { meetings[$0] }
    out.weights = places.map { weights[$0] }
    return out
  }
}

/// What one person shared with each person of a higher code.
private struct Rows {
  private(set) var shared: [Int32]
  private(set) var weight: [Double]
  /// Those met.
  private(set) var met: [Int32] = []

  init(people: Int) {
    shared = [Int32](repeating: 0, count: people)
    weight = [Double](repeating: 0, count: people)
  }

  /// Adds a session: those present from the place after a person's on.
  mutating func add(
    _ attendance: Attendance, at place: Int, until end: Int, share: Double
  ) {
    Rows.add(attendance, at: place, until: end, share: share, &shared, &weight, &met)
  }

  private static func add(
    _ attendance: Attendance, at place: Int, until end: Int, share: Double,
    _ shared: inout [Int32], _ weight: inout [Double], _ met: inout [Int32]
  ) {
    var shared = shared.mutableSpan
    var weight = weight.mutableSpan
    let present = attendance.present.span
    for j in place + 1..<end where attendance.differ(place, j) {
      let q = Int(present[j])
      if shared[q] == 0 { met.append(Int32(q)) }
      shared[q] += 1
      weight[q] += share
    }
  }

  /// Puts those met in order; when they are most of those who could be, by looking at everybody.
  mutating func sort(after p: Int) {
    if met.count < (shared.count - p) / 8 {
      met.sort()
    } else {
      met.removeAll(keepingCapacity: true)
      for q in p + 1..<max(shared.count, p + 1) where shared[q] > 0 { met.append(Int32(q)) }
    }
  }

  /// Adds what was shared with each of those met.
  func add(to meetings: inout [Int32], _ weights: inout [Double]) {
    let base = meetings.count
    meetings.append(contentsOf: repeatElement(0, count: met.count))
    weights.append(contentsOf: repeatElement(0, count: met.count))
    var meetings = meetings.mutableSpan
    var weights = weights.mutableSpan
    for (i, q) in met.enumerated() {
      meetings[base + i] = shared[Int(q)]
      weights[base + i] = weight[Int(q)]
    }
  }

  mutating func clear() {
    for q in met {
      shared[Int(q)] = 0
      weight[Int(q)] = 0
    }
    met.removeAll(keepingCapacity: true)
  }
}

extension Attendance {
  /// Whether two of those present may be tied.
  fileprivate func differ(_ i: Int, _ j: Int) -> Bool {
    apart.isEmpty || apart[i] < 0 || apart[i] != apart[j]
  }
}

/// Measures of the two-mode network that its projection to people loses.
extension Ties {
  /// Robins & Alexander's (2004) clustering: four times the circles person-session-person-session
  /// over the paths of three steps: how often who shared one session shared another. Undefined
  /// without such a path. Ties must be those of the whole attendance.
  ///
  /// Reference: NetworkX `bipartite.robins_alexander_clustering`.
  public func reinforcement(of attendance: Attendance) throws(Undefined) -> Double {
    let visits = attendance.visits
    var (paths, circles) = (0, 0)
    for s in 0..<attendance.sessions {
      let here = attendance.starts[s]..<attendance.starts[s + 1]
      for i in here { paths += (visits[Int(attendance.present[i])] - 1) * (here.count - 1) }
    }
    for m in meetings { circles += Int(m) * (Int(m) - 1) / 2 }
    guard paths > 0 else { throw .noTies }
    return 4 * Double(circles) / Double(paths)
  }

  /// Jaccard's overlap of the sessions of each tie's people: shared ones over those of either.
  public func overlaps(of attendance: Attendance) -> [Double] {
    let visits = attendance.visits
    return (0..<count).map { i in
      let either = visits[Int(first[i])] + visits[Int(second[i])] - Int(meetings[i])
      return Double(meetings[i]) / Double(either)
    }
  }
}
