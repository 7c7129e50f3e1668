#if canImport(Glibc)
  import Glibc
#endif

/// How long people stay: the share S(t) of those who began who have not yet left at time t, with
/// those only watched until some time counted as long as they were watched (Kaplan & Meier 1958).
public struct Survival: Sendable {
  /// How limits are laid around S.
  public enum Limits: Sendable {
    /// S^exp(±z·se / (S ln S)): stays within 0 and 1. The default here, and of lifelines.
    case logLog
    /// S·exp(±z·se/S), at most 1: the default of R.
    case log
    /// S ± z·se, within 0 and 1.
    case plain
  }

  /// What happened at one time.
  public struct Step: Sendable {
    /// The time since the beginning, 0 included.
    public let time: Double
    /// How many had neither left nor gone out of sight before.
    public let atRisk: Int
    /// How many left.
    public let left: Int
    /// How many went out of sight: they count as at risk at that time.
    public let censored: Int
    /// S just after.
    public let survival: Double
    /// Greenwood's standard error of S; nil when all have left.
    public let standardError: Double?
    /// The limits of S; nil where they are not defined (all have left; none has, on a logarithm).
    public let low: Double?, high: Double?
  }

  /// The times at which somebody left or went out of sight, ascending.
  public let steps: [Step]
  /// How many began, and how many left.
  public let people: Int, left: Int

  /// The curve of durations (0 or more) and whether each ended or was only watched so long.
  /// Undefined for nobody.
  ///
  /// Reference: R survival `survfit`.
  /// - Complexity: O(n log n).
  public init(
    durations: [Double], ended: [Bool], limits: Limits = .logLog, level: Double = 0.95
  ) throws(Undefined) {
    precondition(durations.count == ended.count, "one mark a duration")
    guard !durations.isEmpty else { throw .nothingObserved }
    if let bad = durations.firstIndex(where: { !($0 >= 0) }) { throw .outOfRange(bad) }
    let order = durations.indices.sorted { durations[$0] < durations[$1] }
    let z = Normal.quantile(0.5 + level / 2)
    var steps: [Step] = []
    var survival = 1.0
    var hazard = 0.0
    var i = 0
    while i < order.count {
      let time = durations[order[i]]
      let atRisk = order.count - i
      var left = 0
      var j = i
      while j < order.count, durations[order[j]] == time {
        if ended[order[j]] { left += 1 }
        j += 1
      }
      let (n, d) = (Double(atRisk), Double(left))
      survival *= 1 - d / n
      hazard += d < n ? d / (n * (n - d)) : 0
      if left == atRisk { survival = 0 }
      let error = survival > 0 ? survival * hazard.squareRoot() : nil
      let bounds = error.flatMap { Survival.bounds(survival, $0, z, limits) }
      steps.append(
        Step(
          time: time, atRisk: atRisk, left: left, censored: j - i - left, survival: survival,
          standardError: error, low: bounds?.0, high: bounds?.1))
      i = j
    }
    self.steps = steps
    people = order.count
    left = ended.count { $0 }
  }

  private static func bounds(_ s: Double, _ error: Double, _ z: Double, _ limits: Limits) -> (
    Double, Double
  )? {
    switch limits {
    case .plain: return (max(0, s - z * error), min(1, s + z * error))
    case .log: return (s * exp(-z * error / s), min(1, s * exp(z * error / s)))
    case .logLog:
      guard s < 1 else { return nil }
      let width = z * error / (s * log(s))
      return (pow(s, exp(-width)), pow(s, exp(width)))
    }
  }

  /// S at a time: 1 before the first step.
  public func survival(at time: Double) -> Double {
    steps.last { $0.time <= time }?.survival ?? 1
  }

  /// The last step not after a time, with its limits; nil before the first.
  public func step(at time: Double) -> Step? { steps.last { $0.time <= time } }

  /// How many are still watched and have not left just before a time.
  public func atRisk(at time: Double) -> Int { steps.first { $0.time >= time }?.atRisk ?? 0 }

  /// The first time at which at most 1 − p are left (0.5: the median). Undefined when the curve
  /// does not come down so far. A share is taken as reached within 1e-9.
  ///
  /// Where S lies exactly on the share, R gives the middle of that time and the next; here, as in
  /// lifelines, the first.
  public func quantile(_ p: Double) throws(Undefined) -> Double {
    guard let step = steps.first(where: { $0.survival <= 1 - p + 1e-9 }) else {
      throw .notReached
    }
    return step.time
  }

  /// The limits of a quantile: the first times at which the lower and the upper limit of S come
  /// down to 1 − p; nil for one that does not (Brookmeyer & Crowley 1982, as R does).
  public func quantileLimits(_ p: Double) -> (low: Double?, high: Double?) {
    func first(_ limit: KeyPath<Step, Double?>) -> Double? {
      steps.first { ($0[keyPath: limit] ?? 2) <= 1 - p + 1e-9 }?.time
    }
    return (first(\.low), first(\.high))
  }

  /// The mean time stayed, counting each at most `time`: the area below S from 0 to `time`.
  public func restrictedMean(to time: Double) -> Double {
    var area = 0.0
    var last = (time: 0.0, survival: 1.0)
    for step in steps where step.time < time {
      area += (step.time - last.time) * last.survival
      last = (step.time, step.survival)
    }
    return area + (time - last.time) * last.survival
  }

  /// The log-rank test that two groups (0 and 1) stay equally long: χ² with one degree of freedom
  /// and its p. Undefined when a group is empty or nobody left.
  ///
  /// Reference: R survival `survdiff`.
  public static func logRank(durations: [Double], ended: [Bool], groups: [Int])
    throws(Undefined) -> (chi2: Double, p: Double)
  {
    precondition(durations.count == ended.count && groups.count == ended.count, "equal lengths")
    var atRisk = [0.0, 0.0]
    for g in groups { atRisk[g] += 1 }
    guard atRisk[0] + atRisk[1] > 0 else { throw .nothingObserved }
    guard atRisk[0] > 0, atRisk[1] > 0 else { throw .oneGroup }
    let order = durations.indices.sorted { durations[$0] < durations[$1] }
    var (difference, variance) = (0.0, 0.0)
    var i = 0
    while i < order.count {
      let time = durations[order[i]]
      var left = [0.0, 0.0]
      var gone = [0.0, 0.0]
      while i < order.count, durations[order[i]] == time {
        let g = groups[order[i]]
        gone[g] += 1
        if ended[order[i]] { left[g] += 1 }
        i += 1
      }
      let (n, d) = (atRisk[0] + atRisk[1], left[0] + left[1])
      if d > 0 {
        difference += left[0] - d * atRisk[0] / n
        if n > 1 { variance += d * atRisk[0] * atRisk[1] * (n - d) / (n * n * (n - 1)) }
      }
      for g in 0...1 { atRisk[g] -= gone[g] }
    }
    guard variance > 0 else { throw .noVariation }
    let chi2 = difference * difference / variance
    return (chi2, Normal.bothTails(chi2.squareRoot()))
  }
}
