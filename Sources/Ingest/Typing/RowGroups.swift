/// Numbers rows by the equality of several columns: equal rows get one group number.
struct RowGroups {
  /// The group of each row, from 0; some numbers may stand for no row.
  private(set) var ids: [Int32]
  /// One more than the greatest group number.
  private(set) var count: Int
  private var isWhole = true

  /// One group for all rows.
  init(rowCount: Int) {
    ids = [Int32](repeating: 0, count: rowCount)
    count = rowCount == 0 ? 0 : 1
  }

  /// Splits every group by the values of a column.
  mutating func split(by column: ColumnBuilder) {
    guard count > 0 else { return }
    let codes: [Int32]
    let bound: Int
    if column.storage == .codes {
      // Codes are numbers of distinct values already; missing is -1.
      codes = column.codes.map { $0 + 1 }
      bound = column.interner.count + 1
    } else {
      var table = NumberTable()
      codes = column.words.map { table.id(UInt64(bitPattern: $0)) }
      bound = table.count
    }
    if isWhole {
      (ids, count, isWhole) = (codes, bound, false)
      return
    }
    var table = NumberTable()
    for row in ids.indices {
      ids[row] = table.id(UInt64(UInt32(bitPattern: ids[row])) << 32 | UInt64(codes[row]))
    }
    count = table.count
  }

  /// The first row of each group; -1 for a number that stands for no row.
  func firstRows() -> [Int32] {
    var out = [Int32](repeating: -1, count: count)
    for (row, id) in ids.enumerated() where out[Int(id)] < 0 { out[Int(id)] = Int32(row) }
    return out
  }
}

/// Gives each distinct word a number, in order of first appearance. Open addressing.
private struct NumberTable {
  private var keys: [UInt64] = []
  /// Number + 1 of the key in each slot; 0 when empty. A power of two in length.
  private var slots = [Int32](repeating: 0, count: 64)
  private let seed = UInt64.random(in: 1 ... .max)
  private var last: Int32 = -1

  var count: Int { keys.count }

  mutating func id(_ key: UInt64) -> Int32 {
    if last >= 0, keys[Int(last)] == key { return last }
    let mask = slots.count - 1
    var slot = hash(key) & mask
    while slots[slot] != 0 {
      let id = slots[slot] - 1
      if keys[Int(id)] == key {
        last = id
        return id
      }
      slot = (slot + 1) & mask
    }
    keys.append(key)
    slots[slot] = Int32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    last = Int32(keys.count) - 1
    return last
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for (i, key) in keys.enumerated() {
      var slot = hash(key) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(i) + 1
    }
  }

  private func hash(_ key: UInt64) -> Int {
    var h = (key ^ seed) &* 0x9E37_79B9_7F4A_7C15
    h = (h ^ h >> 32) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: h ^ h >> 32)
  }
}
