import Columns
import Periods

/// In which steps of the calendar each person of a group was seen, and on which day first.
final class Careers {
  /// The persons of a group.
  struct Group: Sendable {
    var id: Int
    var persons: [Int32] = []
    var firstDay: [Int32] = []
    /// One bit a step, `words` words a person.
    var masks: [UInt64] = []
    var last = Int.min
  }

  /// The last step with data.
  let last: Int
  private let base: Int
  private let words: Int
  private let people: Int
  private let finest: [Group]
  private var levels: [[Bool]: [Group]] = [:]

  /// Goes through a timeless strip. `space` has one period.
  init(
    _ strip: Strip, space: GroupSpace, days: Reader<Int32>, step: Step, people: CodeReader,
    filter: [Reader<Int8>]?
  ) {
    let table = StepTable(days.values, step)
    let steps = days.map { table[$0] }
    let width = max(1, (table.count + 63) / 64)
    base = table.base
    words = width
    self.people = people.size
    let level = space.labels.indices.map { _ in true }
    let set = GroupSet(FinestGroups(strip, space), space, level: level, withUnknown: true)
    finest = set.map { g, scratch in
      scratch.members.take(set, g, filter: filter)
      scratch.stamps.clear(size: people.size)
      // No more persons than rows or codes.
      let most = min(people.size, scratch.members.count)
      var persons = [Int32](repeating: -1, count: most)
      var firstDay = [Int32](repeating: .max, count: most)
      var masks = [UInt64](repeating: 0, count: most * width)
      var last = Int32.min
      var numbered = persons.mutableSpan
      var earliest = firstDay.mutableSpan
      var seen = masks.mutableSpan
      for i in scratch.members.rows.indices where scratch.members.takes(i) {
        let row = Int(scratch.members.rows[i])
        let step = steps[row]
        if step < 0 { continue }
        last = max(last, step)
        let person = people.codes[row]
        if person < 0 { continue }
        let n = scratch.stamps.number(person)
        numbered[n] = person
        earliest[n] = min(earliest[n], days[row])
        seen[n * width + Int(step >> 6)] |= 1 << UInt64(step & 63)
      }
      let count = scratch.stamps.count
      return Group(
        id: set.keys[g].id, persons: Array(persons[..<count]), firstDay: Array(firstDay[..<count]),
        masks: Array(masks[..<(count * width)]), last: last == .min ? .min : Int(last))
    }
    last = finest.map(\.last).max().map { $0 == Int.min ? Int.min : $0 + table.base } ?? Int.min
  }

  /// The step in which a person was first seen.
  func firstStep(_ group: Group, _ i: Int) -> Int {
    for w in 0..<words where group.masks[i * words + w] != 0 {
      return base + w * 64 + group.masks[i * words + w].trailingZeroBitCount
    }
    return base
  }

  func isSeen(_ group: Group, _ i: Int, at step: Int) -> Bool {
    let bit = step - base
    guard bit >= 0, bit < words * 64 else { return false }
    return group.masks[i * words + bit >> 6] & (1 << UInt64(bit & 63)) != 0
  }

  /// The groups at a level: those of the finest that fall together, merged.
  func groups(_ level: [Bool], _ space: GroupSpace) -> [Group] {
    if let known = levels[level] { return known }
    var members: [Int: [Int]] = [:]
    var order: [Int] = []
    for (i, group) in finest.enumerated() {
      // A row whose residence is not known has no group at a level that keeps residences.
      if level[0] && space.residenceSlot(group.id) == 1 { continue }
      let id = space.rolledUp(group.id, level)
      if members[id] == nil { order.append(id) }
      members[id, default: []].append(i)
    }
    var stamps = Stamps()
    let out = order.map { id -> Group in
      let all = members[id] ?? []
      if all.count == 1 {
        var only = finest[all[0]]
        only.id = id
        return only
      }
      var out = Group(id: id)
      stamps.clear(size: people)
      for i in all {
        let group = finest[i]
        for (j, person) in group.persons.enumerated() {
          let n = stamps.number(person)
          if n == out.persons.count {
            out.persons.append(person)
            out.firstDay.append(group.firstDay[j])
            out.masks.append(contentsOf: group.masks[j * words..<(j + 1) * words])
          } else {
            out.firstDay[n] = min(out.firstDay[n], group.firstDay[j])
            for w in 0..<words { out.masks[n * words + w] |= group.masks[j * words + w] }
          }
        }
      }
      return out
    }
    levels[level] = out
    return out
  }
}

/// The step of each day, counted from the first; -1 for a missing day.
struct StepTable {
  /// The first step.
  let base: Int
  /// The number of steps from the first to the last.
  let count: Int
  private let first: Int32
  private let byDay: [Int32]
  private let step: Step

  init(_ days: [Int32], _ step: Step) {
    self.step = step
    var (first, last) = (Int32.max, Int32.min)
    for day in days where day != Column.missingDay {
      first = min(first, day)
      last = max(last, day)
    }
    guard first <= last else {
      (self.first, base, count, byDay) = (0, 0, 0, [])
      return
    }
    self.first = first
    let base = step.index(of: Day(number: first))
    self.base = base
    count = step.index(of: Day(number: last)) - base + 1
    byDay =
      Int(last) - Int(first) > 1 << 17
      ? [] : (first...last).map { Int32(step.index(of: Day(number: $0)) - base) }
  }

  subscript(day: Int32) -> Int32 {
    if day == Column.missingDay { return -1 }
    if byDay.isEmpty { return Int32(step.index(of: Day(number: day)) - base) }
    return byDay[Int(day - first)]
  }
}
