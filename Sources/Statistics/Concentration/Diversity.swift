/// Diversity of categories.
public enum Diversity {
  /// Blau's index (Gini-Simpson): 1 − Σp². Nil when nothing was counted.
  ///
  /// Reference: R vegan `diversity(index = "simpson")`, except for no data, where vegan gives 1.
  public static func blau(_ counts: [Double]) -> Double? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    var sum = 0.0
    for c in counts { sum += (c / total) * (c / total) }
    return 1 - sum
  }

  /// The greatest Blau index that `n` whole units can reach over `classes` categories: as even
  /// as whole numbers allow (Solanas et al. 2012, as in R `diversity::blau.index`).
  /// Nil without units or classes.
  public static func blauMaximum(n: Double, classes: Int) -> Double? {
    guard n > 0, classes > 0 else { return nil }
    let k = Double(classes)
    let q = (n / k).rounded(.down)
    let rest = n - q * k
    let sum = rest * (q + 1) * (q + 1) + (k - rest) * q * q
    return 1 - sum / (n * n)
  }

  /// Blau's index over its greatest possible value. Nil when nothing was counted or when only 0
  /// is possible (one unit, one class).
  public static func normalisedBlau(_ counts: [Double], classes: Int) -> Double? {
    guard let b = blau(counts),
      let most = blauMaximum(n: counts.reduce(0, +), classes: classes), most > 0
    else { return nil }
    return b / most
  }
}
