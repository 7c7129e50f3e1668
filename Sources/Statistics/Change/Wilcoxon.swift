#if canImport(Glibc)
  import Glibc
#endif

/// Wilcoxon's signed-rank test that differences lie about 0.
///
/// Zero differences are dropped, the others ranked by size, equal sizes sharing the mean of their
/// ranks.
public struct Wilcoxon: Sendable {
  /// The differences that are not zero.
  public let count: Int
  /// The sum of ranks of positive differences (R's V), and of negative ones.
  public let positive: Double, negative: Double
  /// Twice the rank of each difference, so that shared ranks are whole.
  private let doubledRanks: [Int]
  private let differences: [Double]
  private let zeros: Int

  /// Ranks differences. Undefined when none was given (`nothingObserved`) and when all are zero
  /// (`nothingChanged`), where R gives NaN and effectsize an effect of +1.
  ///
  /// R compares the differences as they come, so that 24.11 − 21.54 and 21.54 − 18.97 do not share
  /// a rank: so does this, unless `slack` (R's `digits.rank`) says which part of the largest is
  /// rounding, 1e-12 for scores with decimals.
  public init(_ given: [Double], slack relative: Double = 0) throws(Undefined) {
    guard let largest = given.lazy.map({ abs($0) }).max() else { throw .nothingObserved }
    let slack = relative * largest
    let kept = given.filter { abs($0) > slack }
    guard !kept.isEmpty else { throw .nothingChanged }
    let order = kept.indices.sorted { abs(kept[$0]) < abs(kept[$1]) }
    var doubled = [Int](repeating: 0, count: kept.count)
    var i = 0
    while i < order.count {
      var j = i
      while j + 1 < order.count, abs(kept[order[j + 1]]) - abs(kept[order[i]]) <= slack { j += 1 }
      for k in i...j { doubled[order[k]] = i + j + 2 }
      i = j + 1
    }
    var (up, down) = (0, 0)
    for k in kept.indices {
      if kept[k] > 0 { up += doubled[k] } else { down += doubled[k] }
    }
    count = kept.count
    positive = Double(up) / 2
    negative = Double(down) / 2
    doubledRanks = doubled
    differences = kept
    zeros = given.count - kept.count
  }

  /// Whether sizes are shared.
  public var hasTies: Bool { Set(doubledRanks).count < count }

  /// p on both sides by the normal approximation, corrected for ties, and for continuity (R's
  /// default) unless told otherwise (SciPy's).
  ///
  /// Reference: R `wilcox.test(exact = FALSE)`.
  public func normal(continuity: Bool = true) -> (z: Double, p: Double) {
    let n = Double(count)
    let centred = positive - n * (n + 1) / 4
    let variance = n * (n + 1) * (2 * n + 1) / 24 - tieTerm / 48
    let sign: Double = centred > 0 ? 1 : centred < 0 ? -1 : 0
    let z = (centred - (continuity ? 0.5 * sign : 0)) / variance.squareRoot()
    return (z, min(1, Normal.bothTails(z)))
  }

  /// p on both sides by counting all 2ⁿ signs, ties and all: the permutation distribution of V.
  ///
  /// Reference: R `wilcox.test(exact = TRUE)` without ties; exactRankTests `wilcox.exact` with.
  /// - Complexity: O(n³): for a few hundred differences.
  public func exact() -> Double {
    Self.exact(doubledRanks, observed: Int(2 * positive))
  }

  /// p as R's default gives it: exact for fewer than 50 differences without ties or zeros, else
  /// the approximation with continuity correction.
  public func p() -> Double {
    count < 50 && !hasTies && zeros == 0 ? exact() : normal().p
  }

  /// Pratt's (1959) treatment of zeros, ranked with the others and then dropped: z and p on both
  /// sides by the normal approximation, without continuity correction.
  ///
  /// Reference: R coin `wilcoxsign_test(zero.method = "Pratt")`; SciPy `zero_method = "pratt"`.
  public func pratt() -> (z: Double, p: Double) {
    let (ranks, up) = prattRanks
    var (sum, squares) = (0.0, 0.0)
    for rank in ranks {
      sum += Double(rank) / 2
      squares += Double(rank) * Double(rank) / 4
    }
    let z = (Double(up) / 2 - sum / 2) / (squares / 4).squareRoot()
    return (z, Normal.bothTails(z))
  }

  /// Pratt's p by counting all signs. As costly as `exact`.
  public func prattExact() -> Double {
    let (ranks, up) = prattRanks
    return Self.exact(ranks, observed: up)
  }

  /// Doubled ranks above those of the zeros, and the sum of those of positive differences.
  private var prattRanks: (ranks: [Int], up: Int) {
    let ranks = doubledRanks.map { $0 + 2 * zeros }
    return (ranks, ranks.indices.reduce(0) { $0 + (differences[$1] > 0 ? ranks[$1] : 0) })
  }

  /// Rank-biserial correlation (T⁺ − T⁻)/(T⁺ + T⁻): from −1 all worse to +1 all better.
  ///
  /// Reference: R effectsize `rank_biserial(paired = TRUE)`.
  public var rankBiserial: Double { (positive - negative) / (positive + negative) }

  /// The Hodges-Lehmann estimate: the median of the means of all two differences, each with itself
  /// too; zeros are out. R's is the same up to the tolerance of its search.
  /// - Complexity: O(n² log n).
  public func hodgesLehmann() -> Double {
    var means: [Double] = []
    means.reserveCapacity(count * (count + 1) / 2)
    for i in differences.indices {
      for j in 0...i { means.append((differences[i] + differences[j]) / 2) }
    }
    return Quantile.type7(sorted: means.sorted(), 0.5)
  }

  /// Σ(t³ − t) over groups of shared ranks.
  private var tieTerm: Double {
    var sizes: [Int: Double] = [:]
    for r in doubledRanks { sizes[r, default: 0] += 1 }
    return sizes.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * ($1.value * $1.value - 1) }
  }

  /// P(V at most the nearer end) on both sides, by adding ranks one after the other.
  private static func exact(_ ranks: [Int], observed: Int) -> Double {
    let total = ranks.reduce(0, +)
    var chances = [Double](repeating: 0, count: total + 1)
    chances[0] = 1
    var reach = 0
    for rank in ranks {
      reach += rank
      for v in (0...reach).reversed() {
        chances[v] = 0.5 * chances[v] + (v >= rank ? 0.5 * chances[v - rank] : 0)
      }
    }
    let nearer = min(observed, total - observed)
    return min(1, 2 * chances[0...nearer].reduce(0, +))
  }
}
