/// How a sample was drawn: what the precision of its estimates rests on.
///
/// Precision is linearised (Taylor): a mean's residuals u = w(y − m)/Σw are added up by cluster,
/// and the variance is Σ over strata (1 − n/N) · n/(n − 1) · Σ (cluster − mean of clusters)². A row
/// without an answer stays in with u = 0: the estimate is for the domain of those who answer.
///
/// Reference: R survey `svydesign`, `svymean(na.rm = TRUE)`.
public struct SurveyDesign: Sendable {
  /// What a stratum with a single cluster adds, whose variance cannot be known.
  public enum SingleCluster: Sendable {
    /// Nothing may be said: undefined.
    case refused
    /// Its squared distance from the mean of all, in place of that of its own.
    case adjusted
    /// Nothing: as if it held no chance.
    case ignored
    /// The mean of what the other strata add.
    case averaged
  }

  /// How weights were made to meet known totals: what the totals explain is no longer left to
  /// chance, and comes out of the residuals.
  public enum Calibration: Sendable {
    /// Post-stratified to the totals of cells, a code a row.
    case cells([Int32])
    /// Raked to margins, each a code a row.
    case margins([[Int32]])
  }

  /// The weight of each row, 0 or more.
  public let weights: [Double]
  private let stratum: [Int32]
  private let cluster: [Int32]
  /// Of each stratum, the clusters in the sample and in the population.
  private let sampled: [Int]
  private let population: [Double]
  private let single: SingleCluster
  private let calibration: Calibration?

  /// A design. Without strata all rows are of one; without clusters each row is one of its own.
  /// `populations` holds the clusters (people, without clusters) of each stratum in the population,
  /// for samples without replacement of a small population; without it there is no correction.
  /// Strata and clusters are codes from 0; clusters need not differ between strata.
  ///
  /// - Throws: `outOfRange` for a negative weight (its row) or a population below its sample (its
  ///   stratum).
  public init(
    weights: [Double], strata: [Int32]? = nil, clusters: [Int32]? = nil,
    populations: [Double]? = nil, singleCluster: SingleCluster = .adjusted,
    calibration: Calibration? = nil
  ) throws(Undefined) {
    let n = weights.count
    precondition(strata.map { $0.count == n } ?? true, "one stratum a row")
    precondition(clusters.map { $0.count == n } ?? true, "one cluster a row")
    if let bad = weights.firstIndex(where: { !($0 >= 0) }) { throw .outOfRange(bad) }
    let stratum = strata ?? [Int32](repeating: 0, count: n)
    let count = Int(stratum.max() ?? -1) + 1
    // Clusters in the order in which they are met, each of one stratum.
    var numbers: [UInt64: Int32] = [:]
    var sampled = [Int](repeating: 0, count: count)
    cluster = (0..<n).map { i in
      let inner = clusters?[i] ?? Int32(i)
      let key = UInt64(UInt32(bitPattern: stratum[i])) << 32 | UInt64(UInt32(bitPattern: inner))
      if let known = numbers[key] { return known }
      let number = Int32(numbers.count)
      numbers[key] = number
      sampled[Int(stratum[i])] += 1
      return number
    }
    let population = populations ?? [Double](repeating: .infinity, count: count)
    precondition(population.count >= count, "one population a stratum")
    if let bad = (0..<count).first(where: { population[$0] < Double(sampled[$0]) }) {
      throw .outOfRange(bad)
    }
    self.weights = weights
    self.stratum = stratum
    self.sampled = sampled
    self.population = population
    single = singleCluster
    self.calibration = calibration
  }

  /// What multiplies a standard error when a share of a finite population was asked, without
  /// replacement: √(1 − n/N) above one in twenty, else 1. More people than the population has were
  /// not drawn from it: 1 too.
  public static func finiteCorrection(_ fraction: Double?) -> Double {
    guard let fraction, fraction > finiteFrom, fraction <= 1 else { return 1 }
    return (1 - fraction).squareRoot()
  }

  /// The share of a population above which its being finite is allowed for.
  public static let finiteFrom = 0.05

  /// Clusters less strata: the degrees of freedom of intervals.
  public var degreesOfFreedom: Double {
    Double(sampled.reduce(0, +) - sampled.count { $0 > 0 })
  }

  /// The strata with a single cluster.
  public var singleClusters: Int { sampled.count { $0 == 1 } }

  /// The weighted mean of values (NaN: no answer); a share when they are 0 and 1. Its error is nil
  /// with fewer than two rows. Undefined when no weight is left, and as `singleCluster` says.
  /// - Complexity: O(rows).
  public func mean(_ values: [Double]) throws(Undefined) -> WeightedMean {
    var out = try WeightedMean.estimate(values: values, weights: weights)
    var residuals = [Double](repeating: 0, count: values.count)
    for i in values.indices where !values[i].isNaN {
      residuals[i] = weights[i] * (values[i] - out.mean) / out.weightTotal
    }
    out.standardError =
      values.count > 1 ? try variance(of: residuals, answers: values).squareRoot() : nil
    return out
  }

  /// The design effect of a mean: its variance over that of a simple random sample of the same
  /// number of answers, with replacement; of a population of N without, when it is given (its
  /// weights must then add up to it). Undefined without variation.
  ///
  /// Reference: R survey `svymean(deff = "replace")`, `deff = TRUE` for a population.
  public func designEffect(_ values: [Double], population: Double? = nil) throws(Undefined)
    -> Double
  {
    let estimate = try mean(values)
    guard let error = estimate.standardError, estimate.answers > 1 else {
      throw .tooFew(found: estimate.answers, needed: 2)
    }
    let n = Double(estimate.answers)
    let simple = spread(values, about: estimate) * n / (n - 1)
    guard simple > 0 else { throw .noVariation }
    let share = population.map { ($0 - n) / ($0 * n) } ?? 1 / n
    guard share > 0 else { throw .outOfRange(0) }
    return error * error / (simple * share)
  }

  /// The weighted variance of values in the population: Σw(y − m)²/Σw · n/(n − 1), n all rows,
  /// answered or not.
  ///
  /// Reference: R survey `svyvar`.
  public func variance(_ values: [Double]) throws(Undefined) -> Double {
    let estimate = try WeightedMean.estimate(values: values, weights: weights)
    guard estimate.answers > 1 else { throw .tooFew(found: 1, needed: 2) }
    let n = Double(values.count)
    return spread(values, about: estimate) * n / (n - 1)
  }

  private func spread(_ values: [Double], about estimate: WeightedMean) -> Double {
    var sum = 0.0
    for i in values.indices where !values[i].isNaN {
      sum += weights[i] * (values[i] - estimate.mean) * (values[i] - estimate.mean)
    }
    return sum / estimate.weightTotal
  }

  private func variance(of given: [Double], answers: [Double]) throws(Undefined) -> Double {
    let residuals = calibration.map { Self.residuals(given, weights, $0) } ?? given
    var totals = [Double](repeating: 0, count: sampled.reduce(0, +))
    var sums = [Double](repeating: 0, count: sampled.count)
    var home = [Int](repeating: 0, count: totals.count)
    var isAnswered = [Bool](repeating: false, count: sampled.count)
    for i in residuals.indices {
      totals[Int(cluster[i])] += residuals[i]
      sums[Int(stratum[i])] += residuals[i]
      home[Int(cluster[i])] = Int(stratum[i])
      if !answers[i].isNaN { isAnswered[Int(stratum[i])] = true }
    }
    var added = [Double](repeating: 0, count: sampled.count)
    for (c, h) in home.enumerated() where sampled[h] > 1 {
      let n = Double(sampled[h])
      let d = totals[c] - sums[h] / n
      added[h] += (1 - n / population[h]) * n / (n - 1) * d * d
    }
    for h in sampled.indices where sampled[h] == 1 && population[h] > 1 {
      switch single {
      case .refused: throw .singleCluster(stratum: h)
      case .adjusted: added[h] = (1 - 1 / population[h]) * sums[h] * sums[h]
      case .ignored, .averaged: break
      }
    }
    let sum = added.reduce(0, +)
    guard single == .averaged else { return sum }
    // Strata in which nobody answered are not of the domain.
    let known = sampled.indices.filter { isAnswered[$0] }
    let own = known.count { sampled[$0] > 1 }
    guard own > 0 else { throw .singleCluster(stratum: known.first ?? 0) }
    return sum * Double(known.count) / Double(own)
  }

  /// What totals do not explain. Raked margins are taken out one after the other, ten times round,
  /// as R survey does.
  private static func residuals(_ u: [Double], _ w: [Double], _ calibration: Calibration)
    -> [Double]
  {
    var out = u
    /// Takes out the mean of u/w in each class: by weight, or each row for one.
    func takeOut(_ codes: [Int32], byWeight: Bool) {
      let count = Int(codes.max() ?? -1) + 1
      var sums = [Double](repeating: 0, count: count)
      var sizes = sums
      for i in codes.indices where w[i] > 0 {
        sums[Int(codes[i])] += byWeight ? out[i] : out[i] / w[i]
        sizes[Int(codes[i])] += byWeight ? w[i] : 1
      }
      for i in codes.indices where w[i] > 0 {
        out[i] -= w[i] * sums[Int(codes[i])] / sizes[Int(codes[i])]
      }
    }
    switch calibration {
    case .cells(let codes): takeOut(codes, byWeight: true)
    case .margins(let margins):
      for _ in 0..<10 {
        for codes in margins { takeOut(codes, byWeight: false) }
      }
    }
    return out
  }
}
