/// Who met whom in one group, by local numbers.
struct Meetings {
  /// The persons' codes by local number.
  private(set) var people: [Int32] = []
  /// Attendances by session, in each ascending by person and without repeats.
  private var attendees: [Int32] = []
  private var apart: [Int32] = []
  private var starts: [Int] = []
  /// The most people for whom a square of counters is kept.
  private let squareLimit: Int

  /// No pair can have met more often.
  var sessions: Int { starts.count / 2 }

  /// Gathers attendances: `person`, `session` ≥ 0; `apart` is empty or what pairs must differ in.
  init(
    persons: [Int32], sessions: [Int32], apart given: [Int32], people size: Int,
    sessions sessionSize: Int, maximumSize: Int?, squareLimit: Int = 1 << 11,
    _ scratch: inout Scratch
  ) {
    self.squareLimit = squareLimit
    let n = persons.count
    scratch.stamps.clear(size: size)
    scratch.moreStamps.clear(size: sessionSize)
    var local = [Int32](repeating: 0, count: n)
    var session = local
    for i in 0..<n {
      let p = scratch.stamps.number(persons[i])
      if p == people.count { people.append(persons[i]) }
      local[i] = Int32(p)
      session[i] = Int32(scratch.moreStamps.number(sessions[i]))
    }
    // Two counting sorts: by person, then stably by session, so that persons ascend in each.
    var next = [Int](repeating: 0, count: people.count + 1)
    for p in local { next[Int(p) + 1] += 1 }
    for p in 0..<people.count { next[p + 1] += next[p] }
    var byPerson = [Int32](repeating: 0, count: n)
    for i in 0..<n {
      byPerson[next[Int(local[i])]] = Int32(i)
      next[Int(local[i])] += 1
    }
    let count = scratch.moreStamps.count
    var ends = [Int](repeating: 0, count: count + 1)
    for s in session { ends[Int(s) + 1] += 1 }
    for s in 0..<count { ends[s + 1] += ends[s] }
    let begins = ends
    attendees = [Int32](repeating: 0, count: n)
    apart = given.isEmpty ? [] : attendees
    var last = [Int32](repeating: -1, count: count)
    for i in byPerson {
      let s = Int(session[Int(i)])
      let person = local[Int(i)]
      // A duplicate sign-in counts once.
      if last[s] == person { continue }
      last[s] = person
      attendees[ends[s]] = person
      if !given.isEmpty { apart[ends[s]] = given[Int(i)] }
      ends[s] += 1
    }
    for s in 0..<count {
      let size = ends[s] - begins[s]
      if let maximumSize, size > maximumSize { continue }
      if size > 1 {
        starts.append(begins[s])
        starts.append(ends[s])
      }
    }
  }

  private func differ(_ i: Int, _ j: Int) -> Bool {
    apart.isEmpty || apart[i] < 0 || apart[i] != apart[j]
  }

  /// Counts how often each pair met. `body` gets a person and the meetings with each person of a
  /// higher number.
  ///
  /// Few persons: a square of counters, the session's pairs in each row one after the other.
  /// Many: a person at a time with one row of counters, so that memory stays that of the row.
  func forEachPerson<Counter: FixedWidthInteger>(
    _ counter: Counter.Type, _ body: (Int, ArraySlice<Counter>) -> Void
  ) {
    let n = people.count
    if n > squareLimit {
      rows(counter, body)
      return
    }
    var square = [Counter](repeating: 0, count: n * n)
    for s in stride(from: 0, to: starts.count, by: 2) {
      let (begin, end) = (starts[s], starts[s + 1])
      if apart.isEmpty {
        count(begin, end, n, &square)
      } else {
        for i in begin..<end {
          let row = Int(attendees[i]) * n
          for j in i + 1..<max(end, i + 1) where differ(i, j) {
            square[row + Int(attendees[j])] &+= 1
          }
        }
      }
    }
    for p in 0..<n { body(p, square[p * n + p + 1..<(p + 1) * n]) }
  }

  /// Invariant: attendees are below n, and the square has n rows of n counters.
  private func count<Counter: FixedWidthInteger>(
    _ begin: Int, _ end: Int, _ n: Int, _ square: inout [Counter]
  ) {
    unsafe attendees.withUnsafeBufferPointer { attendees in
      unsafe square.withUnsafeMutableBufferPointer { square in
        for i in begin..<end {
          let row = unsafe Int(attendees[i]) &* n
          var j = i &+ 1
          while j < end {
            unsafe square[row &+ Int(attendees[j])] &+= 1
            j &+= 1
          }
        }
      }
    }
  }

  private func rows<Counter: FixedWidthInteger>(
    _ counter: Counter.Type, _ body: (Int, ArraySlice<Counter>) -> Void
  ) {
    let n = people.count
    // For each person, the places at which they attend.
    var next = [Int](repeating: 0, count: n + 1)
    for s in stride(from: 0, to: starts.count, by: 2) {
      for i in starts[s]..<starts[s + 1] { next[Int(attendees[i]) + 1] += 1 }
    }
    for p in 0..<n { next[p + 1] += next[p] }
    let begins = next
    var places = [Int32](repeating: 0, count: begins[n])
    var ends = [Int32](repeating: 0, count: begins[n])
    for s in stride(from: 0, to: starts.count, by: 2) {
      for i in starts[s]..<starts[s + 1] {
        let p = Int(attendees[i])
        places[next[p]] = Int32(i)
        ends[next[p]] = Int32(starts[s + 1])
        next[p] += 1
      }
    }
    for p in 0..<n {
      var row = [Counter](repeating: 0, count: n)
      for k in begins[p]..<begins[p + 1] {
        let i = Int(places[k])
        for j in i + 1..<max(Int(ends[k]), i + 1) where differ(i, j) {
          row[Int(attendees[j])] &+= 1
        }
      }
      body(p, row[(p + 1)...])
    }
  }

  /// How many pairs met n times, at n, and the most meetings of each person with anyone.
  ///
  /// Invariant: a counter is at most `sessions`, and rows end with the last person.
  func tally<Counter: FixedWidthInteger>(_ counter: Counter.Type) -> (
    pairs: [Int], most: [Counter]
  ) {
    var counts = [Int](repeating: 0, count: sessions + 1)
    var most = [Counter](repeating: 0, count: people.count)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe most.withUnsafeMutableBufferPointer { most in
        forEachPerson(counter) { p, row in
          unsafe row.withUnsafeBufferPointer { row in
            var best = unsafe most[p]
            for i in 0..<row.count {
              let n = unsafe row[i]
              // Most pairs of a group never met.
              if n == 0 { continue }
              unsafe counts[Int(n)] &+= 1
              if n > best { best = n }
              if unsafe n > most[p &+ 1 &+ i] { unsafe most[p &+ 1 &+ i] = n }
            }
            unsafe most[p] = best
          }
        }
      }
    }
    return (counts, most)
  }
}
