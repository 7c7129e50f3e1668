#if canImport(Glibc)
  import Glibc
#endif

/// Intervals around an estimate, from its standard error. 95 % unless a level is asked for.
public enum Interval {
  /// The symmetric interval of a mean: m ± t·SE, with Student's t on `df` degrees of freedom.
  /// Undefined without a degree of freedom.
  public static func mean(_ m: Double, standardError: Double, df: Double, level: Double = 0.95)
    throws(Undefined) -> (Double, Double)
  {
    mean(m, standardError: standardError, t: try quantile(df: df, level: level))
  }

  /// The same for a known quantile `t`.
  public static func mean(_ m: Double, standardError: Double, t: Double) -> (Double, Double) {
    (m - t * standardError, m + t * standardError)
  }

  /// The logit interval of a proportion: expit(logit p ± t·SE/(p(1−p))), which stays within 0
  /// and 1. Undefined at 0 and 1, where the method has none: use `clopperPearson` on the number
  /// who answered.
  ///
  /// Reference: R survey `svyciprop(method = "logit")`.
  public static func logit(_ p: Double, standardError: Double, df: Double, level: Double = 0.95)
    throws(Undefined) -> (Double, Double)
  {
    try logit(p, standardError: standardError, t: try quantile(df: df, level: level))
  }

  /// The same for a known quantile `t`.
  public static func logit(_ p: Double, standardError: Double, t: Double) throws(Undefined) -> (
    Double, Double
  ) {
    try inside(p)
    let centre = log(p / (1 - p))
    let half = t * standardError / (p * (1 - p))
    func expit(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    return (expit(centre - half), expit(centre + half))
  }

  /// The arcsine interval of a proportion: sin²(asin √p ± t·SE/(2√(p(1−p)))). Undefined at 0 and 1.
  ///
  /// Reference: R survey `svyciprop(method = "asin")`.
  public static func arcsine(_ p: Double, standardError: Double, df: Double, level: Double = 0.95)
    throws(Undefined) -> (Double, Double)
  {
    try inside(p)
    let t = try quantile(df: df, level: level)
    let centre = asin(p.squareRoot())
    let half = t * standardError / (2 * (p * (1 - p)).squareRoot())
    func back(_ x: Double) -> Double { sin(x) * sin(x) }
    return (back(centre - half), back(centre + half))
  }

  /// Korn & Graubard's (1998) interval of a proportion: Clopper and Pearson's on the effective size
  /// p(1−p)/SE², rescaled by (t_{n−1}/t_df)² for a design of few degrees of freedom; `n` is the
  /// number who answered. Undefined at 0 and 1 and without an error.
  ///
  /// Reference: R survey `svyciprop(method = "beta")`.
  public static func beta(
    _ p: Double, standardError: Double, df: Double, n: Int, level: Double = 0.95
  ) throws(Undefined) -> (Double, Double) {
    try inside(p)
    guard n > 1 else { throw .tooFew(found: n, needed: 2) }
    guard standardError > 0 else { throw .noVariation }
    let scale = try quantile(df: Double(n - 1), level: level) / quantile(df: df, level: level)
    let size = p * (1 - p) / (standardError * standardError) * scale * scale
    return exact(hits: size * p, misses: size * (1 - p), level: level)
  }

  /// Wilson's (1927) score interval of x of n. Undefined for n = 0.
  ///
  /// Reference: R `prop.test(correct = FALSE)`; statsmodels `proportion_confint("wilson")`.
  public static func wilson(_ x: Int, of n: Int, level: Double = 0.95) throws(Undefined) -> (
    Double, Double
  ) {
    try check(x, n)
    // At the ends the bound is 0 or 1, whatever the rounding of the formula.
    let (low, high) = try wilson(Double(x) / Double(n), size: Double(n), level: level)
    return (x == 0 ? 0 : low, x == n ? 1 : high)
  }

  /// Wilson's interval of a proportion on a size that need not be whole: an effective size.
  /// Undefined for a size of 0.
  public static func wilson(_ p: Double, size n: Double, level: Double = 0.95) throws(Undefined)
    -> (Double, Double)
  {
    guard n > 0 else { throw .nothingObserved }
    let z = Normal.quantile(0.5 + level / 2)
    let centre = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return (max(0, (centre - half) / scale), min(1, (centre + half) / scale))
  }

  /// Wilson's interval with a correction for continuity (Newcombe 1998, method 4). Undefined for
  /// n = 0.
  ///
  /// Reference: R `prop.test(correct = TRUE)`, statpsych `ci.prop`.
  public static func wilsonCorrected(_ x: Int, of n: Int, level: Double = 0.95) throws(Undefined)
    -> (Double, Double)
  {
    try check(x, n)
    let z = Normal.quantile(0.5 + level / 2)
    let (size, p) = (Double(n), Double(x) / Double(n))
    let q = 1 - p
    let scale = 2 * (size + z * z)
    // R corrects by less where the observed share lies nearer to one half.
    let step = min(0.5, abs(Double(x) - size / 2))
    let (below, above) = (Double(x) - step, Double(x) + step)
    func bound(_ x: Double, _ sign: Double) -> Double {
      let p = x / size
      let root = (z * z + 4 * size * p * (1 - p)).squareRoot()
      return (2 * size * p + z * z + sign * z * root) / scale
    }
    return (
      p == 0 ? 0 : max(0, bound(below, -1)), q == 0 ? 1 : min(1, bound(above, 1))
    )
  }

  /// The exact interval of x of n (Clopper & Pearson 1934), never too narrow; at 0 and n it has one
  /// side. Undefined for n = 0.
  ///
  /// Reference: R `binom.test`.
  public static func clopperPearson(_ x: Int, of n: Int, level: Double = 0.95) throws(Undefined)
    -> (Double, Double)
  {
    try check(x, n)
    return exact(hits: Double(x), misses: Double(n - x), level: level)
  }

  /// The interval of x of n drawn without replacement from a population of N: p ± z·SE about
  /// p = (x + 2)/(n + 4), with SE² = p(1−p)/(n + 4) · (N − n)/(N − 1); the share itself when all
  /// were asked. Undefined for n = 0 and for n > N.
  ///
  /// Reference: R statpsych `ci.prop.fpc`, at 95 % (Price & Bonett 2004).
  public static func finite(_ x: Int, of n: Int, population: Int, level: Double = 0.95)
    throws(Undefined) -> (Double, Double)
  {
    try check(x, n)
    guard n <= population else { throw .outOfRange(1) }
    if n == population { return (Double(x) / Double(n), Double(x) / Double(n)) }
    let p = (Double(x) + 2) / (Double(n) + 4)
    let left = Double(population - n) / Double(population - 1)
    let error = (p * (1 - p) / (Double(n) + 4) * left).squareRoot()
    let z = Normal.quantile(0.5 + level / 2)
    return (max(0, p - z * error), min(1, p + z * error))
  }

  /// Newcombe's interval (1998, method 10) of the difference of two independent shares, from the
  /// Wilson interval of each. Not for the same people asked twice. Undefined when either n is 0.
  ///
  /// Reference: statsmodels `confint_proportions_2indep("newcomb")`.
  public static func difference(_ x1: Int, of n1: Int, _ x2: Int, of n2: Int, level: Double = 0.95)
    throws(Undefined) -> (Double, Double)
  {
    let a = try wilson(x1, of: n1, level: level)
    let b = try wilson(x2, of: n2, level: level)
    let (p, q) = (Double(x1) / Double(n1), Double(x2) / Double(n2))
    func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    return (p - q - root(p - a.0, b.1 - q), p - q + root(a.1 - p, q - b.0))
  }

  private static func exact(hits: Double, misses: Double, level: Double) -> (Double, Double) {
    let tail = (1 - level) / 2
    return (
      hits > 0 ? Special.betaQuantile(tail, a: hits, b: misses + 1) : 0,
      misses > 0 ? Special.betaQuantile(1 - tail, a: hits + 1, b: misses) : 1
    )
  }

  private static func quantile(df: Double, level: Double) throws(Undefined) -> Double {
    guard df > 0 else { throw .tooFew(found: Int(df.rounded(.down)) + 1, needed: 2) }
    return StudentT.quantile(0.5 + level / 2, df: df)
  }

  private static func inside(_ p: Double) throws(Undefined) {
    guard p > 0, p < 1 else { throw .noVariation }
  }

  private static func check(_ x: Int, _ n: Int) throws(Undefined) {
    guard n > 0 else { throw .nothingObserved }
    guard (0...n).contains(x) else { throw .outOfRange(0) }
  }
}
