/// Inequality of a quantity over units (attendances over people, hours over dwellings).
///
/// Values are amounts, one a unit, 0 included; a negative one has no meaning here.
public enum Concentration {
  /// The Gini coefficient: Σ|xᵢ − xⱼ| / (2 n² x̄), computed as Σ (2i − n − 1) x₍ᵢ₎ / (n Σx) on
  /// ascending values. Undefined for no value, a zero total or a negative value; 0 for one value.
  ///
  /// Reference: PySAL `inequality.gini`; the trapezoid area of the Lorenz curve gives the same.
  /// - Complexity: O(n log n).
  public static func gini(_ values: [Double]) throws(Undefined) -> Double {
    let sorted = try amounts(values)
    let n = Double(sorted.count)
    var total = 0.0
    var weighted = 0.0
    for (i, x) in sorted.enumerated() {
      total += x
      weighted += (2 * Double(i + 1) - n - 1) * x
    }
    return weighted / (n * total)
  }

  /// The Gini coefficient of a sample, n/(n − 1) times the other: 1 when one unit has all.
  /// Undefined when `gini` is, and for one value.
  ///
  /// Reference: R Hmisc `GiniMd` over twice the mean.
  public static func unbiasedGini(_ values: [Double]) throws(Undefined) -> Double {
    let g = try gini(values)
    let n = Double(values.count)
    guard n > 1 else { throw .tooFew(found: 1, needed: 2) }
    return g * n / (n - 1)
  }

  /// The Gini coefficient adjusted for fewer events than units (Bernasco & Steenbeek 2017,
  /// doi 10.1007/s10940-016-9324-7): max(n/c, 1)·(G − 1) + 1 with n units and c events in all.
  /// Undefined when `gini` is.
  public static func adjustedGini(_ values: [Double]) throws(Undefined) -> Double {
    let g = try gini(values)
    let events = values.reduce(0, +)
    let adjusted = max(Double(values.count) / events, 1) * (g - 1) + 1
    // An even spread gives 0, whatever the rounding of its parts.
    return abs(adjusted) < 1e-12 ? 0 : adjusted
  }

  /// The part of the total held by the `fraction` of units with the most: the ⌈fraction·n⌉
  /// largest values over all. Ties at the cut do not matter: tied values are equal. Undefined for
  /// no value, a zero total or a negative value.
  public static func topShare(_ values: [Double], fraction: Double) throws(Undefined) -> Double {
    let sorted = try amounts(values)
    let top = topCount(of: values.count, fraction: fraction)
    return sorted.suffix(top).reversed().reduce(0, +) / values.reduce(0, +)
  }

  /// ⌈fraction·n⌉, safe from the rounding of the product (0.1 × 30 is 3, not 4).
  public static func topCount(of n: Int, fraction: Double) -> Int {
    Int((fraction * Double(n) - 1e-9).rounded(.up))
  }

  /// The least share of units that together hold the `fraction` of the total ("half of all
  /// attendances are those of 12 % of participants"). Undefined as `topShare` is.
  public static func smallestShare(of values: [Double], holding fraction: Double)
    throws(Undefined) -> Double
  {
    let sorted = try amounts(values)
    let total = values.reduce(0, +)
    var sum = 0.0
    var units = 0
    for x in sorted.reversed() where sum < fraction * total * (1 - 1e-12) {
      sum += x
      units += 1
    }
    return Double(units) / Double(values.count)
  }

  /// The Lorenz curve: for the k units with the least, k = 0…n, their share of units and their
  /// share of the total. Undefined as `gini` is.
  public static func lorenz(_ values: [Double]) throws(Undefined) -> [(
    units: Double, total: Double
  )] {
    let sorted = try amounts(values)
    let n = Double(sorted.count)
    let total = sorted.reduce(0, +)
    var sum = 0.0
    var out = [(units: 0.0, total: 0.0)]
    for (i, x) in sorted.enumerated() {
      sum += x
      out.append((Double(i + 1) / n, i == sorted.count - 1 ? 1 : sum / total))
    }
    return out
  }

  /// Ascending amounts, at least one, whose total is not zero.
  private static func amounts(_ values: [Double]) throws(Undefined) -> [Double] {
    let sorted = Ascending.sorted(values)
    guard let least = sorted.first, let most = sorted.last else { throw .nothingObserved }
    if least < 0 { throw .negative }
    if most == 0 { throw .zeroTotal }
    return sorted
  }
}
