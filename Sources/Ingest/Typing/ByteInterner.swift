import Columns

/// Gives each distinct run of bytes one code, in order of first appearance, without a `String`
/// a cell. Open addressing over the bytes of the entries.
struct ByteInterner: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = [0]
  private var hashes: [UInt64] = []
  /// Code + 1 of the entry in each slot; 0 when empty. A power of two in length.
  private var slots = [Int32](repeating: 0, count: 64)
  private let seed = UInt64.random(in: 1 ... .max)
  private var last: Int32 = -1

  var count: Int { offsets.count - 1 }

  /// The entries, one for each code.
  var lexicon: Lexicon { Lexicon(bytes: bytes, offsets: offsets) }

  func range(_ code: Int32) -> Range<Int> { offsets[Int(code)]..<offsets[Int(code) + 1] }

  func string(_ code: Int32) -> String {
    String(decoding: bytes[range(code)], as: UTF8.self)
  }

  mutating func code(_ text: String) -> Int32 {
    let copy = Array(text.utf8)
    return code(copy.span, 0..<copy.count)
  }

  /// The code of the bytes of `s` in `range`, new if they were not met before.
  mutating func code(_ s: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    // Sheets are sorted more often than not: the cell above is the likeliest match.
    if last >= 0, Cells.equal(s, range, bytes.span, self.range(last)) { return last }
    var h = seed
    for i in range { h = (h ^ UInt64(s[i])) &* 0x9E37_79B9_7F4A_7C15 ^ (h >> 29) }
    h ^= h >> 32
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: h) & mask
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if hashes[Int(code)] == h, Cells.equal(s, range, bytes.span, self.range(code)) {
        last = code
        return code
      }
      slot = (slot + 1) & mask
    }
    let code = Int32(count)
    for i in range { bytes.append(s[i]) }
    offsets.append(bytes.count)
    hashes.append(h)
    slots[slot] = code + 1
    if count * 2 > slots.count { grow() }
    last = code
    return code
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for (code, h) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: h) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(code) + 1
    }
  }
}

/// Numbers rows by the equality of several columns: equal rows get one group number.
struct RowGroups {
  /// The group of each row, dense, in order of first appearance.
  private(set) var ids: [Int32]
  /// The number of groups.
  private(set) var count: Int

  /// One group for all rows.
  init(rowCount: Int) {
    ids = [Int32](repeating: 0, count: rowCount)
    count = rowCount == 0 ? 0 : 1
  }

  /// Splits every group by a column's words (`ColumnBuilder.words`).
  mutating func split(by words: [Int64]) {
    var table = PairTable()
    for row in ids.indices { ids[row] = table.id(ids[row], words[row]) }
    count = table.count
  }

  /// The first row of each group.
  func firstRows() -> [Int32] {
    var out = [Int32](repeating: -1, count: count)
    for (row, id) in ids.enumerated() where out[Int(id)] < 0 { out[Int(id)] = Int32(row) }
    return out
  }
}

/// Gives each distinct pair of a group and a word one number.
private struct PairTable {
  private var keys: [(Int32, Int64)] = []
  private var slots = [Int32](repeating: 0, count: 64)
  private let seed = UInt64.random(in: 1 ... .max)

  var count: Int { keys.count }

  mutating func id(_ a: Int32, _ b: Int64) -> Int32 {
    let mask = slots.count - 1
    var slot = hash(a, b) & mask
    while slots[slot] != 0 {
      let id = slots[slot] - 1
      if keys[Int(id)] == (a, b) { return id }
      slot = (slot + 1) & mask
    }
    keys.append((a, b))
    slots[slot] = Int32(keys.count)
    if keys.count * 2 > slots.count {
      slots = [Int32](repeating: 0, count: slots.count * 4)
      let mask = slots.count - 1
      for (i, key) in keys.enumerated() {
        var slot = hash(key.0, key.1) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(i) + 1
      }
    }
    return Int32(keys.count) - 1
  }

  private func hash(_ a: Int32, _ b: Int64) -> Int {
    var h = (UInt64(bitPattern: b) ^ seed) &* 0x9E37_79B9_7F4A_7C15
    h = (h ^ h >> 32 ^ UInt64(UInt32(bitPattern: a))) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: h ^ h >> 32)
  }
}
