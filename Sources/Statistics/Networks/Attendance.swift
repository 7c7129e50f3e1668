/// Who was present at which session, by dense codes: the two-mode network.
public struct Attendance: Sendable {
  /// The number of person codes; people who came to nothing have one too.
  public let people: Int
  /// The people present, session after session; in each ascending and without repeats.
  public let present: [Int32]
  /// Where each session begins in `present`, and the end of the last.
  public let starts: [Int]
  /// For each of `present`, what a pair must differ in to be tied (a household); empty without
  /// such a rule, below 0 where it is not known.
  let apart: [Int32]

  /// Gathers attendances: a person and a session each, in any order. A duplicate sign-in counts
  /// once; a code below 0 is unknown and left out.
  /// - Complexity: O(attendances + people + sessions).
  public init(
    persons: [Int32], sessions: [Int32], people: Int, sessions count: Int, apart: [Int32] = []
  ) {
    precondition(persons.count == sessions.count, "one session an attendance")
    precondition(apart.isEmpty || apart.count == persons.count, "one household an attendance")
    // Two counting sorts: by person, then stably by session, so that people ascend in each.
    var next = [Int](repeating: 0, count: people + 1)
    for i in persons.indices where persons[i] >= 0 && sessions[i] >= 0 {
      next[Int(persons[i]) + 1] += 1
    }
    for p in 0..<people { next[p + 1] += next[p] }
    var byPerson = [Int32](repeating: 0, count: next[people])
    for i in persons.indices where persons[i] >= 0 && sessions[i] >= 0 {
      byPerson[next[Int(persons[i])]] = Int32(i)
      next[Int(persons[i])] += 1
    }
    var sizes = [Int](repeating: 0, count: count)
    var last = [Int32](repeating: -1, count: count)
    for i in byPerson where last[Int(sessions[Int(i)])] != persons[Int(i)] {
      last[Int(sessions[Int(i)])] = persons[Int(i)]
      sizes[Int(sessions[Int(i)])] += 1
    }
    var starts = [0]
    starts.reserveCapacity(count + 1)
    for size in sizes { starts.append((starts.last ?? 0) + size) }
    var ends = starts
    var present = [Int32](repeating: 0, count: starts[count])
    var differ = apart.isEmpty ? [] : present
    last = [Int32](repeating: -1, count: count)
    for i in byPerson {
      let (person, session) = (persons[Int(i)], Int(sessions[Int(i)]))
      if last[session] == person { continue }
      last[session] = person
      present[ends[session]] = person
      if !apart.isEmpty { differ[ends[session]] = apart[Int(i)] }
      ends[session] += 1
    }
    self.people = people
    self.present = present
    self.starts = starts
    self.apart = differ
  }

  /// The number of sessions.
  public var sessions: Int { starts.count - 1 }

  /// How many people were present at each session.
  public var sizes: [Int] { (0..<sessions).map { starts[$0 + 1] - starts[$0] } }

  /// How many sessions each person came to.
  public var visits: [Int] {
    var out = [Int](repeating: 0, count: people)
    for p in present { out[Int(p)] += 1 }
    return out
  }

  /// Attendances over persons × sessions: the share of all that could be. Undefined without
  /// people or sessions.
  public func density() throws(Undefined) -> Double {
    guard people > 0, sessions > 0 else { throw .nothingObserved }
    return Double(present.count) / (Double(people) * Double(sessions))
  }
}
