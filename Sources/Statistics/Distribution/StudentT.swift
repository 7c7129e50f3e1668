#if canImport(Glibc)
  import Glibc
#endif

/// Student's t distribution.
public enum StudentT {
  /// The probability of a value at most `t` with `df` degrees of freedom (df > 0), through the
  /// regularised incomplete beta function.
  public static func cumulative(_ t: Double, df: Double) -> Double {
    let tail = 0.5 * Special.incompleteBeta(df / (df + t * t), a: df / 2, b: 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The probability of a value at least as far from 0 as `t`, on either side.
  public static func bothTails(_ t: Double, df: Double) -> Double {
    Special.incompleteBeta(df / (df + t * t), a: df / 2, b: 0.5)
  }

  /// The value not exceeded with probability `p` (0 < p < 1), to the last digits of a double, for
  /// any df > 0.
  public static func quantile(_ p: Double, df: Double) -> Double {
    if p == 0.5 { return 0 }
    if p < 0.5 { return -quantile(1 - p, df: df) }
    var high = 1.0
    while cumulative(high, df: df) < p, high < 1e300 { high *= 2 }
    return Special.root(low: 0, high: high) { cumulative($0, df: df) < p }
  }

  /// The probability of a value at most `t` of the noncentral distribution with noncentrality
  /// `delta`, by the series of Lenth 1989 (Applied Statistics algorithm AS 243); beyond |delta| 37,
  /// where the series has no digits left, by the normal approximation that R then takes.
  static func noncentral(_ t: Double, df: Double, delta: Double) -> Double {
    if t < 0 { return 1 - noncentral(-t, df: df, delta: -delta) }
    if abs(delta) > 37 {
      let s = 1 / (4 * df)
      return Normal.cumulative((t * (1 - s) - delta) / (1 + 2 * s * t * t).squareRoot())
    }
    let x = t * t / (t * t + df)
    var sum = 0.0
    if x > 0 {
      let half = 0.5 * delta * delta
      var p = 0.5 * exp(-half)
      var q = (2 / Double.pi).squareRoot() * p * delta
      var s = 0.5 - p
      var a = 0.5
      let b = 0.5 * df
      let rest = pow(1 - x, b)
      let gamma = 0.5 * log(Double.pi) + Special.logGamma(b) - Special.logGamma(a + b)
      var odd = Special.incompleteBeta(x, a: a, b: b)
      var oddStep = 2 * rest * exp(a * log(x) - gamma)
      var even = 1 - rest
      var evenStep = b * x * rest
      sum = p * odd + q * even
      for n in 1...10_000 {
        a += 1
        odd -= oddStep
        even -= evenStep
        oddStep *= x * (a + b - 1) / a
        evenStep *= x * (a + b - 0.5) / (a + 0.5)
        p *= half / Double(n)
        q *= half / (Double(n) + 0.5)
        s -= p
        sum += p * odd + q * even
        if abs(2 * s * (odd - oddStep)) < 1e-16 { break }
      }
    }
    return min(sum + Normal.cumulative(-delta), 1)
  }
}
