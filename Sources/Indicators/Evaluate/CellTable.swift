/// The cells of an aggregate for every period, by group.
struct CellTable {
  private(set) var cells: [Cell] = []
  private var place: [Int32]
  private let size: Int

  init(periods: Int, size: Int) {
    self.size = size
    place = [Int32](repeating: -1, count: periods * size)
  }

  /// The cell of a group in a period.
  subscript(period: Int, id: Int) -> Cell? {
    let position = place[period * size + id]
    return position < 0 ? nil : cells[Int(position)]
  }

  /// Makes room for some cells to come.
  mutating func reserve(_ count: Int) { cells.reserveCapacity(cells.count + count) }

  mutating func set(_ key: GroupSet.Key, _ cell: Cell) {
    let known = place[key.period * size + key.id]
    if known >= 0 {
      cells[Int(known)] = cell
    } else {
      place[key.period * size + key.id] = Int32(cells.count)
      cells.append(cell)
    }
  }

  /// Changes the cell of a group, if there is one.
  mutating func update(_ key: GroupSet.Key, _ change: (inout Cell) -> Void) {
    let known = place[key.period * size + key.id]
    if known >= 0 { change(&cells[Int(known)]) }
  }

  /// Changes a cell by its position.
  mutating func change(_ position: Int, _ change: (inout Cell) -> Void) { change(&cells[position]) }

  /// Marks the numbers of the groups that have a cell in some period.
  func mark(_ met: [Bool]) -> [Bool] {
    var met = met
    for start in stride(from: 0, to: place.count, by: max(size, 1)) {
      for id in 0..<size where place[start + id] >= 0 { met[id] = true }
    }
    return met
  }
}
