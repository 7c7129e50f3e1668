/// Inequality of a quantity over units.
public enum Concentration {
  /// The Gini coefficient: Σ|xᵢ − xⱼ| / (2 n² x̄), computed as Σ (2i − n − 1) x₍ᵢ₎ / (n Σx) on
  /// ascending values. Nil for no value, a zero total or a negative value; 0 for one value.
  ///
  /// Reference: PySAL `inequality.gini`; the trapezoid area of the Lorenz curve gives the same.
  /// - Complexity: O(n log n).
  public static func gini(_ values: [Double]) -> Double? {
    let sorted = Ascending.sorted(values)
    guard let least = sorted.first, least >= 0 else { return nil }
    let n = Double(sorted.count)
    var total = 0.0
    var weighted = 0.0
    for (i, x) in sorted.enumerated() {
      total += x
      weighted += (2 * Double(i + 1) - n - 1) * x
    }
    return total > 0 ? weighted / (n * total) : nil
  }

  /// The Gini coefficient adjusted for fewer events than units (Bernasco & Steenbeek 2017,
  /// doi 10.1007/s10940-016-9324-7): max(n/c, 1)·(G − 1) + 1 with n units and c events in all.
  /// Nil when `gini` is.
  public static func adjustedGini(_ values: [Double]) -> Double? {
    guard let g = gini(values) else { return nil }
    let events = values.reduce(0, +)
    let adjusted = max(Double(values.count) / events, 1) * (g - 1) + 1
    // An even spread gives 0, whatever the rounding of its parts.
    return abs(adjusted) < 1e-12 ? 0 : adjusted
  }

  /// The part of the total held by the `fraction` of units with the most: the ⌈fraction·n⌉
  /// largest values over all. Ties at the cut do not matter: tied values are equal. Nil for no
  /// value or a zero total.
  public static func topShare(_ values: [Double], fraction: Double) -> Double? {
    let total = values.reduce(0, +)
    guard !values.isEmpty, total > 0 else { return nil }
    let top = topCount(of: values.count, fraction: fraction)
    return Ascending.sorted(values).suffix(top).reversed().reduce(0, +) / total
  }

  /// ⌈fraction·n⌉, safe from the rounding of the product (0.1 × 30 is 3, not 4).
  public static func topCount(of n: Int, fraction: Double) -> Int {
    Int((fraction * Double(n) - 1e-9).rounded(.up))
  }
}
