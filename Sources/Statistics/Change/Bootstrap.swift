#if canImport(Glibc)
  import Glibc
#endif

/// How far a statistic would move if the sample were drawn again: resampling with replacement.
///
/// The stream is SplitMix64 from the seed; replicate after replicate, each of n places takes row
/// `below(n)`.
public struct Bootstrap: Sendable {
  /// The statistic of the sample, of each resample, and of the sample less each row.
  public let observed: Double, replicates: [Double], leftOut: [Double]

  /// Computes a statistic of `n` rows, on all of them and on resamples; `statistic` gets rows by
  /// number. Undefined for fewer than two rows, and when the statistic is undefined for the sample.
  /// A resample for which it is undefined is drawn again, up to as many times as there are
  /// replicates.
  public init(
    rows n: Int, replicates count: Int = 1999, seed: UInt64 = Baseline.usualSeed,
    statistic: (_ rows: [Int]) throws(Undefined) -> Double
  ) throws(Undefined) {
    guard n > 1 else { throw n == 0 ? .nothingObserved : .tooFew(found: 1, needed: 2) }
    observed = try statistic(Array(0..<n))
    var stream = SplitMix(seed: seed)
    var drawn: [Double] = []
    drawn.reserveCapacity(count)
    var failures = 0
    var rows = [Int](repeating: 0, count: n)
    while drawn.count < count {
      for i in 0..<n { rows[i] = stream.below(n) }
      do throws(Undefined) {
        drawn.append(try statistic(rows))
      } catch {
        failures += 1
        if failures > count { throw error }
      }
    }
    replicates = drawn
    var left: [Double] = []
    for i in 0..<n { left.append(try statistic((0..<n).filter { $0 != i })) }
    leftOut = left
  }

  /// A bootstrap whose values are known.
  public init(observed: Double, replicates: [Double], leftOut: [Double]) {
    self.observed = observed
    self.replicates = replicates
    self.leftOut = leftOut
  }

  /// How an interval was made.
  public enum Method: Sendable {
    /// Bias-corrected and accelerated.
    case bca
    /// Quantiles of the replicates: BCa has no acceleration (every row left out gives the same).
    case percentile
  }

  /// The standard deviation of the replicates.
  public func standardError() throws(Undefined) -> Double {
    guard replicates.count > 1 else { throw .tooFew(found: replicates.count, needed: 2) }
    let m = replicates.reduce(0, +) / Double(replicates.count)
    let sum = replicates.reduce(0) { $0 + ($1 - m) * ($1 - m) }
    return (sum / Double(replicates.count - 1)).squareRoot()
  }

  /// The bias correction z₀: the normal quantile of the share of replicates below the observed,
  /// those equal to it (within 1e-12) counted by half. Undefined when all lie on one side.
  public func biasCorrection() throws(Undefined) -> Double {
    guard !replicates.isEmpty else { throw .nothingObserved }
    let slack = 1e-12 * max(1, abs(observed))
    let below = replicates.count { $0 < observed - slack }
    let equal = replicates.count { abs($0 - observed) <= slack }
    let share = (Double(below) + Double(equal) / 2) / Double(replicates.count)
    guard share > 0, share < 1 else { throw .noVariation }
    return Normal.quantile(share)
  }

  /// The acceleration Σd³/(6(Σd²)^{3/2}), d the mean less each of the values with a row left out.
  /// Undefined when they are equal.
  public func acceleration() throws(Undefined) -> Double {
    let m = leftOut.reduce(0, +) / Double(leftOut.count)
    var (squares, cubes) = (0.0, 0.0)
    for value in leftOut {
      let d = m - value
      squares += d * d
      cubes += d * d * d
    }
    guard squares > 1e-24 * max(1, m * m) * Double(leftOut.count) else { throw .noVariation }
    return cubes / (6 * pow(squares, 1.5))
  }

  /// The BCa interval (Efron 1987): quantiles (type 7) of the replicates at
  /// Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))). Where z₀ or a is undefined, plain quantiles at the level's
  /// ends, and the method says so.
  ///
  /// Reference: SciPy `stats.bootstrap(method = "BCa")` on the same replicates. R boot counts no
  /// ties and interpolates otherwise: its bounds differ by some 1e-2 standard errors.
  public func interval(level: Double = 0.95) throws(Undefined) -> (
    low: Double, high: Double, method: Method
  ) {
    guard !replicates.isEmpty else { throw .nothingObserved }
    let sorted = Ascending.sorted(replicates)
    let z = Normal.quantile(0.5 + level / 2)
    guard let z0 = try? biasCorrection(), let a = try? acceleration() else {
      return (
        Quantile.type7(sorted: sorted, 0.5 - level / 2),
        Quantile.type7(sorted: sorted, 0.5 + level / 2), .percentile
      )
    }
    func bound(_ z: Double) -> Double {
      let p = Normal.cumulative(z0 + (z0 + z) / (1 - a * (z0 + z)))
      return Quantile.type7(sorted: sorted, p)
    }
    return (bound(-z), bound(z), .bca)
  }
}
