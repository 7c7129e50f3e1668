import Columns
import Periods

/// Values of a column as whole numbers that are equal when the values are, so that rows of
/// columns of any kind are compared and hashed alike.
func cells(_ column: Column) -> [Int64] {
  switch column {
  case .text(let codes, _): codes.map { Int64($0) }
  case .integer(let values): values
  case .day(let values): values.map { Int64($0) }
  case .decimal(let values):
    values.map { value in
      // Every NaN is the one missing value, and the two zeros are one number.
      value.isNaN ? Int64.min : Int64(bitPattern: (value == 0 ? 0.0 : value).bitPattern)
    }
  }
}

/// The year of each day; a missing day stays missing.
func years(_ column: Column) -> [Int64] {
  cells(column).map { day in
    day == Int64(Column.missingDay) ? day : Int64(Day(number: Int32(truncatingIfNeeded: day)).year)
  }
}

/// Gives each distinct row of some columns a dense number, in order of first appearance.
///
/// - Complexity: two look-ups a row and column in a table of whole numbers, or in an array where
///   the values lie close together.
func denseNumbers(_ columns: [[Int64]], rows: Int) -> [Int32] {
  var numbers = [Int32](repeating: 0, count: rows)
  var isFirst = true
  for column in columns {
    let own = denseNumbers(column)
    if isFirst {
      numbers = own
      isFirst = false
      continue
    }
    var table = NumberTable(expecting: rows)
    for row in 0..<rows {
      numbers[row] = table.number(
        UInt64(UInt32(bitPattern: numbers[row])) << 32 | UInt64(UInt32(bitPattern: own[row])))
    }
  }
  return numbers
}

/// Gives each distinct value a dense number, in order of first appearance.
private func denseNumbers(_ column: [Int64]) -> [Int32] {
  guard let least = column.min(), let greatest = column.max() else { return [] }
  let range = UInt64(bitPattern: greatest) &- UInt64(bitPattern: least)
  if range < UInt64(4 * column.count + 1024) {
    var known = [Int32](repeating: -1, count: Int(range) + 1)
    var next: Int32 = 0
    return column.map { value in
      let i = Int(value &- least)
      if known[i] < 0 {
        known[i] = next
        next += 1
      }
      return known[i]
    }
  }
  var table = NumberTable(expecting: column.count)
  return column.map { table.number(UInt64(bitPattern: $0)) }
}

/// Gives each distinct word a number, in order of first appearance. Open addressing.
private struct NumberTable {
  private var keys: [UInt64] = []
  /// Number + 1 of the key in each slot; 0 when empty. A power of two in length.
  private var slots: [Int32]
  private let seed = UInt64.random(in: 1 ... .max)
  private var last: Int32 = -1

  init(expecting count: Int) {
    var size = 64
    while size < count { size *= 2 }
    slots = [Int32](repeating: 0, count: size)
  }

  mutating func number(_ key: UInt64) -> Int32 {
    if last >= 0, keys[Int(last)] == key { return last }
    let mask = slots.count - 1
    var slot = hash(key) & mask
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if keys[Int(number)] == key {
        last = number
        return number
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
    slots = [Int32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (i, key) in keys.enumerated() {
      var slot = hash(key) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(i) + 1
    }
  }

  private func hash(_ key: UInt64) -> Int {
    let product = (key ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}

/// Random pseudonyms: a letter and twelve characters of base 32 (60 bits).
func randomPseudonym(domain: String) -> String {
  let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  var generator = SystemRandomNumberGenerator()
  var bits: UInt64 = generator.next()
  var out: [UInt8] = [domain.utf8.first ?? UInt8(ascii: "x")]
  for _ in 0..<12 {
    out.append(alphabet[Int(bits & 31)])
    bits >>= 5
  }
  return String(decoding: out, as: UTF8.self)
}
