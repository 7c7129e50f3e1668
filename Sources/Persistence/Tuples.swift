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
/// - Complexity: one dictionary look-up a row and column; no allocation a row.
func denseNumbers(_ columns: [[Int64]], rows: Int) -> [Int32] {
  struct Pair: Hashable {
    var left: Int32
    var right: Int64
  }
  var numbers = [Int32](repeating: 0, count: rows)
  for column in columns {
    var known: [Pair: Int32] = [:]
    for row in 0..<rows {
      let pair = Pair(left: numbers[row], right: column[row])
      if let number = known[pair] {
        numbers[row] = number
      } else {
        let number = Int32(known.count)
        known[pair] = number
        numbers[row] = number
      }
    }
  }
  return numbers
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
