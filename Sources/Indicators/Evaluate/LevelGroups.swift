/// The groups of a selection at one level, numbered without gaps.
struct LevelGroups {
  /// The compact group of each position; -1 takes no part.
  let groups: [Int32]
  /// The group in the whole space behind each compact number.
  private(set) var ids: [Int]
  private var compact: [Int32]

  init(_ space: GroupSpace, slots: [[Int32]], rows: [Int32], level: [Bool]) {
    let full = space.groups(slots, rows: rows, level: level)
    var compact = [Int32](repeating: -1, count: space.size)
    var ids: [Int] = []
    groups = full.map { group in
      guard group >= 0 else { return -1 }
      if compact[Int(group)] < 0 {
        compact[Int(group)] = Int32(ids.count)
        ids.append(Int(group))
      }
      return compact[Int(group)]
    }
    self.ids = ids
    self.compact = compact
  }

  /// The number of groups.
  var count: Int { ids.count }

  /// Adds a group of the whole space that no row of the selection has.
  mutating func include(_ group: Int) {
    guard compact[group] < 0 else { return }
    compact[group] = Int32(ids.count)
    ids.append(group)
  }

  /// The compact groups of another table's rows; -1 for a group that is not among these.
  func groups(_ space: GroupSpace, slots: [[Int32]], rows: [Int32], level: [Bool]) -> [Int32] {
    space.groups(slots, rows: rows, level: level).map { $0 < 0 ? -1 : compact[Int($0)] }
  }
}
