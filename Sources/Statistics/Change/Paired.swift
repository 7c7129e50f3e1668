#if canImport(Glibc)
  import Glibc
#endif

/// Change between two measures of the same people. Pairs of which a side is unknown (NaN) are left
/// out and counted.
public struct PairedChange: Sendable {
  /// The differences after − before of complete pairs, in the order given.
  public let differences: [Double]
  /// How many were given, complete or not.
  public let rows: Int

  /// The change of pairs. Undefined when none is complete.
  public init(before: [Double], after: [Double]) throws(Undefined) {
    precondition(before.count == after.count, "a measure after for each before")
    rows = before.count
    differences = zip(before, after).compactMap { a, b in a.isNaN || b.isNaN ? nil : b - a }
    if differences.isEmpty { throw .nothingObserved }
  }

  /// The number of complete pairs.
  public var pairs: Int { differences.count }

  /// The mean difference.
  public var mean: Double { differences.reduce(0, +) / Double(pairs) }

  /// The median difference.
  public var median: Double { Quantile.type7(sorted: Ascending.sorted(differences), 0.5) }

  /// The standard deviation of differences (n − 1). Undefined for one pair.
  public func deviation() throws(Undefined) -> Double {
    guard pairs > 1 else { throw .tooFew(found: pairs, needed: 2) }
    let m = mean
    let sum = differences.reduce(0) { $0 + ($1 - m) * ($1 - m) }
    let deviation = (sum / Double(pairs - 1)).squareRoot()
    // Differences that are equal but for rounding are equal.
    return deviation <= 1e-12 * abs(m) ? 0 : deviation
  }

  /// Student's test that the mean difference is 0, and its interval.
  public struct Test: Sendable {
    /// The statistic, its degrees of freedom, and p on both sides.
    public let t: Double, df: Double, p: Double
    /// The standard error of the mean difference.
    public let standardError: Double
    /// The interval of the mean difference.
    public let low: Double, high: Double
  }

  /// Undefined for one pair and when all pairs changed alike.
  ///
  /// `population`: the pairs there could be, when these are a part of few; the error then shrinks
  /// by √(1 − n/N). Reference: R `t.test(paired = TRUE)`.
  public func test(level: Double = 0.95, population: Double? = nil) throws(Undefined) -> Test {
    let deviation = try deviation()
    guard deviation > 0 else { throw .noVariation }
    let n = Double(pairs)
    let left = population.map { max(0, 1 - n / $0) } ?? 1
    let error = (deviation * deviation / n * left).squareRoot()
    guard error > 0 else { throw .noVariation }
    let t = mean / error
    let interval = try Interval.mean(mean, standardError: error, df: n - 1, level: level)
    return Test(
      t: t, df: n - 1, p: StudentT.bothTails(t, df: n - 1), standardError: error,
      low: interval.0, high: interval.1)
  }

  /// How many did better, alike and worse: better by more than `margin` (the error of measurement,
  /// or the least change that matters), worse by more than it.
  public func directions(margin: Double = 0, isHigherBetter: Bool = true) -> (
    better: Int, same: Int, worse: Int
  ) {
    let up = differences.count { $0 > margin + 1e-12 * abs(margin) }
    let down = differences.count { $0 < -margin - 1e-12 * abs(margin) }
    return isHigherBetter
      ? (up, pairs - up - down, down) : (down, pairs - up - down, up)
  }

  /// Cohen's d_z: mean over standard deviation of differences (not d_av, which some programs print
  /// under the name). Undefined for one pair and when all pairs changed alike.
  ///
  /// Reference: R effectsize `cohens_d(paired = TRUE)`.
  public func cohensDz() throws(Undefined) -> Double {
    let deviation = try deviation()
    guard deviation > 0 else { throw .noVariation }
    return mean / deviation
  }

  /// Hedges' g: d_z times J = Γ(ν/2)/(√(ν/2) Γ((ν − 1)/2)), ν = n − 1, which takes out the bias of
  /// few pairs. Undefined as d_z is, and for two pairs, where J does not exist (R gives 0).
  ///
  /// Reference: R effectsize `hedges_g(paired = TRUE)`.
  public func hedgesG() throws(Undefined) -> Double {
    let d = try cohensDz()
    return d * (try Self.correction(df: Double(pairs - 1)))
  }

  /// The interval of d_z, through the noncentral t distribution; times J, that of g. Undefined as
  /// d_z is.
  ///
  /// Reference: R effectsize `cohens_d(paired = TRUE)`, to the digits of its search (1e-6).
  public func cohensDzInterval(level: Double = 0.95) throws(Undefined) -> (Double, Double) {
    let root = Double(pairs).squareRoot()
    let t = try cohensDz() * root
    let df = Double(pairs - 1)
    func delta(_ p: Double) -> Double {
      // The larger the noncentrality, the smaller the probability of at most t.
      Special.root(low: t - 40, high: t + 40) { StudentT.noncentral(t, df: df, delta: $0) > p }
    }
    return (delta(0.5 + level / 2) / root, delta(0.5 - level / 2) / root)
  }

  /// Hedges' J for ν degrees of freedom. Undefined for ν < 2.
  static func correction(df: Double) throws(Undefined) -> Double {
    guard df >= 2 else { throw .tooFew(found: Int(df) + 1, needed: 3) }
    return exp(Special.logGamma(df / 2) - Special.logGamma((df - 1) / 2))
      / (df / 2).squareRoot()
  }
}
