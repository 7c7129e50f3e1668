/// Sorting for order statistics.
enum Ascending {
  /// The values in ascending order. Whole numbers from 0 that are small for their number, as
  /// counts are, are sorted by counting.
  ///
  /// - Complexity: O(n) for small whole numbers, else O(n log n).
  static func sorted(_ values: [Double]) -> [Double] {
    let limit = Double(min(4 * values.count + 64, 1 << 20))
    var greatest = 0.0
    for value in values {
      guard value >= 0, value < limit, value == value.rounded(.down), value.sign == .plus else {
        return values.sorted()
      }
      greatest = max(greatest, value)
    }
    var counts = [Int](repeating: 0, count: Int(greatest) + 1)
    for value in values { counts[Int(value)] += 1 }
    var out: [Double] = []
    out.reserveCapacity(values.count)
    for (value, count) in counts.enumerated() where count > 0 {
      out.append(contentsOf: repeatElement(Double(value), count: count))
    }
    return out
  }
}
