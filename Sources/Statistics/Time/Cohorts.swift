/// Who comes again: of those first seen in a step of time (a month, a quarter), how many are seen
/// k steps later.
public struct Cohorts: Sendable {
  /// Those first seen in one step.
  public struct Cohort: Sendable, Hashable {
    /// The step.
    public let step: Int
    /// How many were first seen then.
    public let size: Int
    /// How many of them were seen k steps later, at k: as far as was observed. What lies beyond
    /// is absent, not 0.
    public let seen: [Int]
  }

  /// The cohorts, by step; steps in which nobody was first seen have none.
  public let cohorts: [Cohort]

  /// The cohorts of visits: a person (a code from 0; below 0: unknown, left out) and a step each, in
  /// any order, repeated at will. `last` is the last step that was observed whole; visits after it
  /// are left out.
  /// - Complexity: O(n log n).
  public init(persons: [Int32], steps: [Int32], last: Int) {
    precondition(persons.count == steps.count, "one step a visit")
    var visits: [UInt64] = []
    visits.reserveCapacity(persons.count)
    // A step below zero sorts before others when its sign is turned.
    for (p, s) in zip(persons, steps) where p >= 0 && Int(s) <= last {
      visits.append(UInt64(UInt32(p)) << 32 | UInt64(UInt32(bitPattern: s) ^ 0x8000_0000))
    }
    visits.sort()
    var counts: [Int: [Int]] = [:]
    var (person, first, previous) = (UInt64.max, 0, UInt64.max)
    for visit in visits where visit != previous {
      previous = visit
      let step = Int(Int32(bitPattern: UInt32(visit & 0xFFFF_FFFF) ^ 0x8000_0000))
      if visit >> 32 != person { (person, first) = (visit >> 32, step) }
      counts[first, default: [Int](repeating: 0, count: last - first + 1)][step - first] += 1
    }
    cohorts = counts.keys.sorted().map { step in
      let seen = counts[step] ?? []
      return Cohort(step: step, size: seen[0], seen: seen)
    }
  }

  /// Those of all cohorts old enough for a lag, and how many of them were seen then.
  public func pooled(lag: Int) -> (size: Int, seen: Int) {
    var out = (size: 0, seen: 0)
    for cohort in cohorts where lag < cohort.seen.count {
      out.size += cohort.size
      out.seen += cohort.seen[lag]
    }
    return out
  }

  /// The share seen again after `lag` steps, of all cohorts old enough. Undefined when none is.
  public func retention(lag: Int) throws(Undefined) -> Double {
    let (size, seen) = pooled(lag: lag)
    guard size > 0 else { throw .nothingObserved }
    return Double(seen) / Double(size)
  }
}

/// How long people took part, and whether they have stopped.
public enum Dropout {
  /// For each person with a visit, the days from the first to the last, and whether they stopped:
  /// `lapse` open days or more have gone by since the last, until the day on which they moved out
  /// or else until `end`. Days within `closed` (a union of spans) are not open, so that a summer
  /// break makes nobody stop. A person who came back, after however long, had not stopped.
  ///
  /// `persons` and `days` are the visits, in any order; `leaves` holds for each person code the
  /// first day after their stay, `Int.max` for none, and may be empty.
  /// - Complexity: O(visits + people · closures).
  public static func durations(
    persons: [Int32], days: [Int32], people: Int, lapse: Int, until end: Int,
    closed: [Span] = [], leaves: [Int] = []
  ) -> (people: [Int32], durations: [Double], ended: [Bool]) {
    precondition(persons.count == days.count, "one day a visit")
    precondition(leaves.isEmpty || leaves.count == people, "one last day a person")
    var first = [Int32](repeating: .max, count: people)
    var last = [Int32](repeating: .min, count: people)
    for (p, day) in zip(persons, days) where p >= 0 && Int(day) < end {
      first[Int(p)] = min(first[Int(p)], day)
      last[Int(p)] = max(last[Int(p)], day)
    }
    var out: (people: [Int32], durations: [Double], ended: [Bool]) = ([], [], [])
    for p in 0..<people where first[p] <= last[p] {
      let watched = Span(Int(last[p]), leaves.isEmpty ? end : min(end, leaves[p]))
      let open = watched.length(within: watched) - Spans.common(closed, [watched])
      out.people.append(Int32(p))
      out.durations.append(Double(last[p] - first[p]))
      out.ended.append(open >= lapse)
    }
    return out
  }
}
