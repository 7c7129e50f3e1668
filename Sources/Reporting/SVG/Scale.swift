/// Values to pixels on a straight line.
struct Scale: Sendable {
  let domain: (low: Double, high: Double)
  let range: (start: Double, end: Double)

  /// From zero, where lengths must begin, to a round number at or above the largest value (and
  /// below the smallest, if any is negative). Values that are withheld must not be among them:
  /// an axis is a published number too.
  init(values: [Double], range: (start: Double, end: Double), atLeast least: Double = 0) {
    let high = Scale.roundAbove(max(values.max() ?? 0, least))
    let low = -Scale.roundAbove(-min(values.min() ?? 0, 0))
    domain = (low, high > low ? high : low + 1)
    self.range = range
  }

  /// A fixed domain, such as 0 to 1 for shares.
  init(domain: (low: Double, high: Double), range: (start: Double, end: Double)) {
    self.domain = domain
    self.range = range
  }

  /// The pixel of a value.
  func callAsFunction(_ x: Double) -> Double {
    let t = (x - domain.low) / (domain.high - domain.low)
    return range.start + min(max(t, 0), 1) * (range.end - range.start)
  }

  /// 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten, the first not below `x`.
  static func roundAbove(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return 0 }
    var power = 1.0
    while power * 10 <= x { power *= 10 }
    while power > x { power /= 10 }
    for step in [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8] where step * power >= x * (1 - 1e-12) {
      return step * power
    }
    return 10 * power
  }
}
