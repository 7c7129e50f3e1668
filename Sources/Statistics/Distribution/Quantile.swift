/// Order statistics.
public enum Quantile {
  /// The quantile of order `p` by linear interpolation between order statistics: type 7 of
  /// Hyndman & Fan 1996, the default of R and NumPy. Nil for no value.
  ///
  /// - Complexity: O(n log n).
  public static func type7(_ values: [Double], _ p: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = Ascending.sorted(values)
    let h = Double(sorted.count - 1) * p
    let below = Int(h.rounded(.down))
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (h - Double(below)) * (sorted[above] - sorted[below])
  }
}
