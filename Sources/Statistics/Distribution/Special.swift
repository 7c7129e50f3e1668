#if canImport(Glibc)
  import Glibc
#endif

/// Special functions that distributions are made of.
enum Special {
  /// ln Γ(x) for x > 0.
  static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return unsafe lgamma_r(x, &sign)
  }

  /// The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction (Numerical
  /// Recipes, §6.4; DLMF 8.17.22); a, b > 0.
  static func incompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
    return 1 - front * fraction(1 - x, b, a) / b
  }

  /// The x at which I_x(a, b) is `p` (0 ≤ p ≤ 1): the quantile of the beta distribution.
  static func betaQuantile(_ p: Double, a: Double, b: Double) -> Double {
    if p <= 0 { return 0 }
    if p >= 1 { return 1 }
    return root(low: 0, high: 1) { incompleteBeta($0, a: a, b: b) < p }
  }

  /// Where a rising function passes its target: bisection down to neighbouring numbers, which no
  /// starting value can mislead. `isBelow` says whether a point lies before the crossing.
  static func root(low: Double, high: Double, isBelow: (Double) -> Bool) -> Double {
    var low = low
    var high = high
    for _ in 0..<1100 {
      let middle = low + 0.5 * (high - low)
      if middle <= low || middle >= high { break }
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return low + 0.5 * (high - low)
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
}
