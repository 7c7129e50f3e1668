#if canImport(Glibc)
  import Glibc
#endif

/// Student's t distribution.
public enum StudentT {
  /// The probability of a value at most `t` with `df` degrees of freedom (df > 0), through the
  /// regularised incomplete beta function.
  public static func cumulative(_ t: Double, df: Double) -> Double {
    let tail = 0.5 * incompleteBeta(df / (df + t * t), a: df / 2, b: 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The value not exceeded with probability `p` (0 < p < 1), to about 1e-12 relative: bisection
  /// to a bracket of adjacent doubles' order, monotone and safe for any df > 0.
  public static func quantile(_ p: Double, df: Double) -> Double {
    if p == 0.5 { return 0 }
    if p < 0.5 { return -quantile(1 - p, df: df) }
    var low = 0.0
    var high = 1.0
    while cumulative(high, df: df) < p, high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let mid = 0.5 * (low + high)
      if mid == low || mid == high { break }
      if cumulative(mid, df: df) < p { low = mid } else { high = mid }
    }
    return 0.5 * (low + high)
  }

  /// I_x(a, b) by Lentz's continued fraction (Numerical Recipes, §6.4; DLMF 8.17.22).
  static func incompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
    return 1 - front * fraction(1 - x, b, a) / b
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func safe(_ v: Double) -> Double { abs(v) < tiny ? tiny : v }
    var c = 1.0
    var d = 1 / safe(1 - (a + b) * x / (a + 1))
    var h = d
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / safe(1 + even * d)
      c = safe(1 + even / c)
      h *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + odd * d)
      c = safe(1 + odd / c)
      let step = d * c
      h *= step
      if abs(step - 1) < 1e-16 { break }
    }
    return h
  }

  private static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return unsafe lgamma_r(x, &sign)
  }
}
