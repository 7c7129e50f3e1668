#if canImport(Glibc)
  import Glibc
#endif

/// Yes or no, asked twice of the same people: whether as many went one way as the other
/// (McNemar 1947).
public struct McNemar: Sendable {
  /// Yes before and no after; no before and yes after.
  public let lost: Int, gained: Int
  /// All pairs.
  public let pairs: Int

  /// Counts of pairs. Undefined when there is none.
  public init(lost: Int, gained: Int, pairs: Int) throws(Undefined) {
    guard lost >= 0, gained >= 0, lost + gained <= pairs else { throw .outOfRange(0) }
    guard pairs > 0 else { throw .nothingObserved }
    self.lost = lost
    self.gained = gained
    self.pairs = pairs
  }

  /// Pairs of answers, 1 and 0; pairs with an unknown one (NaN) are left out.
  public init(before: [Double], after: [Double]) throws(Undefined) {
    precondition(before.count == after.count, "an answer after for each before")
    var (lost, gained, pairs) = (0, 0, 0)
    for (a, b) in zip(before, after) where !a.isNaN && !b.isNaN {
      pairs += 1
      if a == 1 && b == 0 { lost += 1 }
      if a == 0 && b == 1 { gained += 1 }
    }
    try self.init(lost: lost, gained: gained, pairs: pairs)
  }

  /// The change of the share of yes.
  public var difference: Double { Double(gained - lost) / Double(pairs) }

  /// Wald's standard error of the change: √(b + c − (b − c)²/n)/n.
  public var standardError: Double {
    let (b, c, n) = (Double(lost), Double(gained), Double(pairs))
    return (b + c - (b - c) * (b - c) / n).squareRoot() / n
  }

  /// χ² = (b − c)²/(b + c) and its p; with the correction for continuity (|b − c| − 1)²/(b + c), 0
  /// when b = c. Undefined when nobody changed.
  ///
  /// Reference: R `mcnemar.test`.
  public func chiSquare(continuity: Bool = false) throws(Undefined) -> (chi2: Double, p: Double) {
    let changed = try changed()
    let gap = abs(lost - gained)
    let d = Double(continuity && gap > 0 ? gap - 1 : gap)
    let chi2 = d * d / Double(changed)
    return (chi2, Normal.bothTails(chi2.squareRoot()))
  }

  /// Exact p on both sides: the chance that of b + c tosses of a coin as many or more fall one way.
  /// Undefined when nobody changed.
  ///
  /// Reference: R `binom.test(b, b + c)`.
  public func exact() throws(Undefined) -> Double {
    let n = try changed()
    return min(1, 2 * Self.atMost(min(lost, gained), of: n))
  }

  /// Mid-p: exact p with the observed outcome counted by half (Fagerland et al. 2013). Undefined
  /// when nobody changed.
  public func midP() throws(Undefined) -> Double {
    let n = try changed()
    let k = min(lost, gained)
    let below = k > 0 ? Self.atMost(k - 1, of: n) : 0
    return min(1, below + Self.atMost(k, of: n))
  }

  private func changed() throws(Undefined) -> Int {
    guard lost + gained > 0 else { throw .nothingChanged }
    return lost + gained
  }

  /// The chance of at most k heads of n tosses.
  private static func atMost(_ k: Int, of n: Int) -> Double {
    k >= n ? 1 : Special.incompleteBeta(0.5, a: Double(n - k), b: Double(k + 1))
  }
}

/// Many tests in one report.
public enum MultipleTests {
  /// p values raised so that, of the tests called significant at a level, that share at most is so
  /// by chance: the step-up of Benjamini & Hochberg 1995. A test without p (nil) keeps none and
  /// does not count.
  ///
  /// Reference: R `p.adjust(method = "BH")`.
  public static func benjaminiHochberg(_ p: [Double?]) -> [Double?] {
    let known = p.indices.compactMap { i in p[i].map { (place: i, p: $0) } }
      .sorted { ($0.p, $0.place) > ($1.p, $1.place) }
    var out = [Double?](repeating: nil, count: p.count)
    var least = 1.0
    for (i, test) in known.enumerated() {
      least = min(least, test.p * Double(known.count) / Double(known.count - i))
      out[test.place] = least
    }
    return out
  }
}
