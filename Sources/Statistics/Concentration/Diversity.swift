#if canImport(Glibc)
  import Glibc
#endif

/// Diversity of categories, from the count of each. Zero counts are categories that are absent.
public enum Diversity {
  /// Blau's index (Gini-Simpson): 1 − Σp². Undefined when nothing was counted.
  ///
  /// Reference: R vegan `diversity(index = "simpson")`, except for no data, where vegan gives 1.
  public static func blau(_ counts: [Double]) throws(Undefined) -> Double {
    1 - (try herfindahl(counts))
  }

  /// The Herfindahl-Hirschman index Σp², from 1/k (even) to 1 (one category has all); its
  /// reciprocal is the number of even categories that would be as concentrated.
  public static func herfindahl(_ counts: [Double]) throws(Undefined) -> Double {
    let total = try total(counts)
    var sum = 0.0
    for c in counts { sum += (c / total) * (c / total) }
    return sum
  }

  /// Simpson's index without bias for a sample of N: 1 − Σn(n − 1) / (N(N − 1)). Undefined for
  /// fewer than two.
  public static func unbiasedBlau(_ counts: [Double]) throws(Undefined) -> Double {
    let total = try total(counts)
    guard total >= 2 else { throw .tooFew(found: Int(total), needed: 2) }
    var sum = 0.0
    for c in counts { sum += c * (c - 1) }
    return 1 - sum / (total * (total - 1))
  }

  /// Shannon's entropy −Σ p ln p, in nats.
  ///
  /// Reference: R vegan `diversity(index = "shannon")`, except for no data, where vegan gives 0.
  public static func shannon(_ counts: [Double]) throws(Undefined) -> Double {
    let total = try total(counts)
    var sum = 0.0
    for c in counts where c > 0 { sum -= c / total * log(c / total) }
    return max(sum, 0)
  }

  /// Pielou's evenness: Shannon's entropy over its greatest value, ln k, with k the categories
  /// present, or `classes`. Undefined for one category.
  public static func pielou(_ counts: [Double], classes: Int? = nil) throws(Undefined) -> Double {
    let entropy = try shannon(counts)
    let k = classes ?? present(counts)
    guard k > 1 else { throw .oneGroup }
    return entropy / log(Double(k))
  }

  /// The index of qualitative variation: Blau · k/(k − 1), with k the categories present, or
  /// `classes`. Undefined for one category.
  public static func qualitativeVariation(_ counts: [Double], classes: Int? = nil)
    throws(Undefined) -> Double
  {
    let b = try blau(counts)
    let k = Double(classes ?? present(counts))
    guard k > 1 else { throw .oneGroup }
    return b * k / (k - 1)
  }

  /// The share of the most frequent category (Berger & Parker).
  public static func bergerParker(_ counts: [Double]) throws(Undefined) -> Double {
    let total = try total(counts)
    return (counts.max() ?? 0) / total
  }

  /// The greatest Blau index that `n` whole units can reach over `classes` categories: as even
  /// as whole numbers allow (Solanas et al. 2012, as in R `diversity::blau.index`).
  /// Undefined without units or classes.
  public static func blauMaximum(n: Double, classes: Int) throws(Undefined) -> Double {
    guard n > 0, classes > 0 else { throw .nothingObserved }
    let k = Double(classes)
    let q = (n / k).rounded(.down)
    let rest = n - q * k
    let sum = rest * (q + 1) * (q + 1) + (k - rest) * q * q
    return 1 - sum / (n * n)
  }

  /// Blau's index over its greatest possible value. Undefined when nothing was counted and when
  /// only 0 is possible (one unit, one class).
  public static func normalisedBlau(_ counts: [Double], classes: Int) throws(Undefined) -> Double {
    let b = try blau(counts)
    let most = try blauMaximum(n: counts.reduce(0, +), classes: classes)
    guard most > 0 else {
      if classes == 1 { throw .oneGroup }
      throw .tooFew(found: 1, needed: 2)
    }
    return b / most
  }

  /// Duncan's dissimilarity ½ Σ|aᵢ/A − bᵢ/B| of two distributions over the same categories: the
  /// share of one that would have to change category to be as the other. Undefined when either
  /// counts nobody.
  public static func dissimilarity(_ a: [Double], _ b: [Double]) throws(Undefined) -> Double {
    precondition(a.count == b.count, "the same categories on both sides")
    let (x, y) = (try total(a), try total(b))
    var sum = 0.0
    for i in a.indices { sum += abs(a[i] / x - b[i] / y) }
    return sum / 2
  }

  private static func present(_ counts: [Double]) -> Int { counts.count { $0 > 0 } }

  private static func total(_ counts: [Double]) throws(Undefined) -> Double {
    var total = 0.0
    for c in counts {
      if c < 0 { throw .negative }
      total += c
    }
    guard total > 0 else { throw .nothingObserved }
    return total
  }
}
