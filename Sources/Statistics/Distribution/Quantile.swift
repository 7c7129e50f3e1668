/// Order statistics.
public enum Quantile {
  /// The quantile of order `p` by linear interpolation between order statistics: type 7 of
  /// Hyndman & Fan 1996, the default of R and NumPy. Undefined for no value.
  ///
  /// - Complexity: O(n log n).
  public static func type7(_ values: [Double], _ p: Double) throws(Undefined) -> Double {
    guard !values.isEmpty else { throw .nothingObserved }
    return type7(sorted: Ascending.sorted(values), p)
  }

  /// The same of ascending values, at least one.
  static func type7(sorted: [Double], _ p: Double) -> Double {
    let h = Double(sorted.count - 1) * p
    let below = Int(h.rounded(.down))
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (h - Double(below)) * (sorted[above] - sorted[below])
  }

  /// The weighted quantile of order `p`: the least value that, with all below it, holds the share
  /// `p` of the weight of known answers (NaN: no answer). It is always an answer that was given.
  ///
  /// Reference: R survey `svyquantile(qrule = "math")`, its default.
  /// - Complexity: O(n log n).
  public static func weighted(_ values: [Double], weights: [Double], _ p: Double)
    throws(Undefined) -> Double
  {
    let order = values.indices.filter { !values[$0].isNaN && weights[$0] > 0 }
      .sorted { values[$0] < values[$1] }
    guard let last = order.last else { throw .nothingObserved }
    let total = order.reduce(0) { $0 + weights[$1] }
    // A share that rounding alone keeps from its bound is taken as having reached it.
    let target = p * total * (1 - 1e-12)
    var sum = 0.0
    for i in order {
      sum += weights[i]
      if sum >= target { return values[i] }
    }
    return values[last]
  }
}
