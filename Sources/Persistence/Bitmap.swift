/// A set of rows of a segment.
struct Bitmap: Equatable, Sendable {
  private(set) var words: [UInt64]
  /// The number of rows that could be in the set.
  let rowCount: Int

  /// An empty set.
  init(rowCount: Int) {
    self.rowCount = rowCount
    words = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
  }

  /// The set of all rows.
  init(allOf rowCount: Int) {
    self.rowCount = rowCount
    words = [UInt64](repeating: .max, count: (rowCount + 63) / 64)
    if rowCount % 64 != 0, let last = words.indices.last {
      words[last] = (1 << UInt64(rowCount % 64)) - 1
    }
  }

  /// A set as `bytes` gave it; nil when the bytes are not of this many rows.
  init?(rowCount: Int, bytes: [UInt8]) {
    self.init(rowCount: rowCount)
    guard bytes.count == words.count * 8 else { return nil }
    for i in words.indices {
      var word: UInt64 = 0
      for b in 0..<8 { word |= UInt64(bytes[i * 8 + b]) << UInt64(8 * b) }
      words[i] = word
    }
    formIntersection(Bitmap(allOf: rowCount))
  }

  /// Little-endian words.
  var bytes: [UInt8] {
    words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
  }

  /// Whether a row is in the set.
  subscript(row: Int) -> Bool { words[row >> 6] & (1 << UInt64(row & 63)) != 0 }

  /// Adds a row.
  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

  /// Adds the rows of another set.
  mutating func formUnion(_ other: Bitmap) {
    for i in words.indices { words[i] |= other.words[i] }
  }

  /// Keeps the rows that another set holds too.
  mutating func formIntersection(_ other: Bitmap) {
    for i in words.indices { words[i] &= other.words[i] }
  }

  /// Takes the rows of another set away.
  mutating func subtract(_ other: Bitmap) {
    for i in words.indices { words[i] &= ~other.words[i] }
  }

  /// Whether two sets share a row.
  func intersects(_ other: Bitmap) -> Bool {
    words.indices.contains { words[$0] & other.words[$0] != 0 }
  }

  /// The number of rows in the set.
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether no row is in the set.
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Whether every row is in the set.
  var isFull: Bool { count == rowCount }
}
