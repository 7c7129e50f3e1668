/// Weights: making them meet known totals, keeping them small, saying what they cost.
public enum Weights {
  /// A margin that weights are to meet: the class of each respondent, and the people of each class
  /// in the population.
  public struct Margin: Sendable {
    /// The class of each respondent, from 0.
    public let codes: [Int32]
    /// The people of each class.
    public let targets: [Double]

    /// Makes a margin.
    public init(codes: [Int32], targets: [Double]) {
      self.codes = codes
      self.targets = targets
    }
  }

  /// What to do when margins add up to different totals (a register and a census never agree).
  public enum Totals: Sendable {
    /// Refuse.
    case mustAgree
    /// Scale all to the total of the last: what R survey does without a word.
    case asLast
  }

  /// Weights that meet all margins, as near to the given ones as can be: raking, or iterative
  /// proportional fitting (Deming & Stephan 1940). A margin after the other, each weight is
  /// multiplied by target over sum of its class, until no class of any margin is off by more than
  /// `tolerance` of the total.
  ///
  /// Undefined, where R survey goes on with wrong weights: `marginTotalsDiffer` (more than 1e-9
  /// apart); `nobodyInClass` (a target without a respondent of any weight); `noTargetForClass` (a
  /// respondent of a class with target 0 or none); `marginsNotMet` (no weights above 0 meet all
  /// margins, or none within `rounds`).
  ///
  /// Reference: R survey `rake(epsilon = 1e-13)`.
  /// - Complexity: O(rounds · margins · respondents).
  public static func rake(
    _ weights: [Double], to margins: [Margin], totals: Totals = .mustAgree,
    tolerance: Double = 1e-13, rounds: Int = 2_000
  ) throws(Undefined) -> [Double] {
    let scaled = try checked(weights, margins, totals)
    let total = scaled.last?.targets.reduce(0, +) ?? 0
    var out = weights
    var off = Double.infinity
    for _ in 0..<rounds {
      for margin in scaled {
        let sums = sums(out, margin)
        for (i, c) in margin.codes.enumerated() where sums[Int(c)] > 0 {
          out[i] *= margin.targets[Int(c)] / sums[Int(c)]
        }
      }
      off = scaled.reduce(0) { worst, margin in
        zip(sums(out, margin), margin.targets).reduce(worst) { max($0, abs($1.0 - $1.1)) }
      }
      // A total of millions cannot be met to more digits than its numbers have.
      if off <= max(tolerance, 1e-15 * Double(weights.count)) * total { break }
    }
    guard off <= 1e-9 * total else { throw .marginsNotMet(off) }
    return out
  }

  /// Weights that meet the total of each cell: each weight times target over sum of its cell.
  /// Undefined as `rake` is.
  ///
  /// Reference: R survey `postStratify`.
  public static func postStratify(_ weights: [Double], to cells: Margin) throws(Undefined)
    -> [Double]
  {
    let margin = try checked(weights, [cells], .mustAgree)[0]
    let sums = sums(weights, margin)
    return weights.indices.map { i in
      let c = Int(margin.codes[i])
      return sums[c] > 0 ? weights[i] * margin.targets[c] / sums[c] : 0
    }
  }

  /// Weights within bounds: those outside are put on the bound, and what that takes or adds is
  /// shared equally among the others, so that the total stays. With `isStrict` again until all are
  /// inside; else once, which may push some out. Undefined when all lie outside, and when bounds
  /// leave no room for the total.
  ///
  /// Reference: R survey `trimWeights`.
  public static func trim(
    _ weights: [Double], low: Double = 0, high: Double, isStrict: Bool = true
  ) throws(Undefined) -> [Double] {
    var out = weights
    var isFixed = [Bool](repeating: false, count: weights.count)
    while true {
      var excess = 0.0
      for i in out.indices where out[i] < low || out[i] > high {
        let bounded = min(max(out[i], low), high)
        excess += out[i] - bounded
        out[i] = bounded
        isFixed[i] = true
      }
      if excess == 0 { return out }
      let free = isFixed.count { !$0 }
      guard free > 0 else { throw .marginsNotMet(abs(excess)) }
      for i in out.indices where !isFixed[i] { out[i] += excess / Double(free) }
      if !isStrict { return out }
    }
  }

  /// Kish's effective size (Σw)²/Σw²: how many people of equal weight would tell as much.
  /// Undefined without weight.
  public static func effectiveSize(_ weights: [Double]) throws(Undefined) -> Double {
    var (sum, squares) = (0.0, 0.0)
    for (i, w) in weights.enumerated() {
      guard w >= 0 else { throw .outOfRange(i) }
      sum += w
      squares += w * w
    }
    guard sum > 0 else { throw weights.isEmpty ? .nothingObserved : .zeroTotal }
    return sum * sum / squares
  }

  /// Kish's design effect of weights n·Σw²/(Σw)²: what unequal weights multiply variances by, 1 or
  /// more. Undefined without weight.
  public static func designEffect(_ weights: [Double]) throws(Undefined) -> Double {
    Double(weights.count) / (try effectiveSize(weights))
  }

  private static func sums(_ weights: [Double], _ margin: Margin) -> [Double] {
    var out = [Double](repeating: 0, count: margin.targets.count)
    for (i, c) in margin.codes.enumerated() { out[Int(c)] += weights[i] }
    return out
  }

  /// Margins that weights can be made to meet, or why not.
  private static func checked(_ weights: [Double], _ margins: [Margin], _ totals: Totals)
    throws(Undefined) -> [Margin]
  {
    guard let last = margins.last, !weights.isEmpty else { throw .nothingObserved }
    if let bad = weights.firstIndex(where: { !($0 >= 0) }) { throw .outOfRange(bad) }
    let whole = last.targets.reduce(0, +)
    var out: [Margin] = []
    for (m, margin) in margins.enumerated() {
      precondition(margin.codes.count == weights.count, "one class a respondent")
      for (i, c) in margin.codes.enumerated() where weights[i] > 0 {
        guard margin.targets.indices.contains(Int(c)), margin.targets[Int(c)] > 0 else {
          throw .noTargetForClass(margin: m, level: Int(c))
        }
      }
      let sums = sums(weights, margin)
      for (level, target) in margin.targets.enumerated() {
        guard target >= 0 else { throw .negative }
        if target > 0, sums[level] == 0 { throw .nobodyInClass(margin: m, level: level) }
      }
      let total = margin.targets.reduce(0, +)
      guard total > 0 else { throw .zeroTotal }
      if totals == .mustAgree, abs(total - whole) > 1e-9 * whole {
        throw .marginTotalsDiffer(total, whole)
      }
      out.append(Margin(codes: margin.codes, targets: margin.targets.map { $0 * whole / total }))
    }
    return out
  }
}
