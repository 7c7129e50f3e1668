/// Whether the items of a scale go together in the people asked: Cronbach's alpha and what belongs
/// to it. Items must point the same way: reverse first.
public struct Reliability: Sendable {
  /// Which people count.
  public enum Missing: Sendable {
    /// Those who answered all items.
    case complete
    /// For each two items those who answered both.
    case pairwise
  }

  /// The items, and the people that count (complete), or that were given (pairwise).
  public let items: Int, people: Int
  private let covariances: [Double]

  /// The covariances of items, a column each (NaN: no answer). Undefined for fewer than two items,
  /// and when fewer than two people answered (any two items, pairwise).
  public init(_ columns: [[Double]], missing: Missing = .complete) throws(Undefined) {
    guard columns.count > 1 else { throw .tooFew(found: columns.count, needed: 2) }
    let n = columns[0].count
    let k = columns.count
    let rows = (0..<n).filter { row in
      missing == .pairwise || columns.allSatisfy { !$0[row].isNaN }
    }
    var matrix = [Double](repeating: 0, count: k * k)
    for a in 0..<k {
      for b in a..<k {
        let both = rows.filter { !columns[a][$0].isNaN && !columns[b][$0].isNaN }
        guard both.count > 1 else { throw .tooFew(found: both.count, needed: 2) }
        let size = Double(both.count)
        let (ma, mb) = (
          both.reduce(0) { $0 + columns[a][$1] } / size,
          both.reduce(0) { $0 + columns[b][$1] } / size
        )
        let sum = both.reduce(0) { $0 + (columns[a][$1] - ma) * (columns[b][$1] - mb) }
        matrix[a * k + b] = sum / (size - 1)
        matrix[b * k + a] = matrix[a * k + b]
      }
    }
    items = k
    people = rows.count
    covariances = matrix
  }

  /// α = k/(k − 1) · (1 − Σ variances of items/variance of their sum); it can be below 0. Undefined
  /// when the sum does not vary.
  ///
  /// Reference: R psych `alpha`.
  public func alpha() throws(Undefined) -> Double { try alpha(of: Array(0..<items)) }

  /// α without each item in turn: above α, the item does not belong. Undefined for fewer than three.
  public func alphaIfDropped() throws(Undefined) -> [Double] {
    guard items > 2 else { throw .tooFew(found: items, needed: 3) }
    var out: [Double] = []
    for i in 0..<items { out.append(try alpha(of: (0..<items).filter { $0 != i })) }
    return out
  }

  /// α of items of equal variance: k·r̄/(1 + (k − 1)·r̄) with r̄ the mean correlation. Undefined when
  /// an item does not vary.
  public func standardisedAlpha() throws(Undefined) -> Double {
    let (r, k) = (try meanCorrelation(), Double(items))
    return k * r / (1 + (k - 1) * r)
  }

  /// The mean correlation of two items. Undefined when an item does not vary.
  public func meanCorrelation() throws(Undefined) -> Double {
    var (sum, count) = (0.0, 0.0)
    for a in 0..<items {
      for b in 0..<a {
        let scale = covariances[a * items + a] * covariances[b * items + b]
        guard scale > 0 else { throw .noVariation }
        sum += covariances[a * items + b] / scale.squareRoot()
        count += 1
      }
    }
    return sum / count
  }

  /// The correlation of each item with the sum of the others. Undefined when either does not vary.
  public func restCorrelations() throws(Undefined) -> [Double] {
    var out: [Double] = []
    for i in 0..<items {
      let rest = (0..<items).filter { $0 != i }
      let common = rest.reduce(0) { $0 + covariances[i * items + $1] }
      let scale = covariances[i * items + i] * variance(of: rest)
      guard scale > 0 else { throw .noVariation }
      out.append(common / scale.squareRoot())
    }
    return out
  }

  /// Feldt's (1965) interval of α from the F distribution with n − 1 and (n − 1)(k − 1) degrees of
  /// freedom. Undefined as α is.
  ///
  /// Reference: R psych `alpha.ci`.
  public func interval(level: Double = 0.95) throws(Undefined) -> (Double, Double) {
    let a = try alpha()
    let df1 = Double(people - 1)
    let df2 = df1 * Double(items - 1)
    func quantile(_ p: Double) -> Double {
      let x = Special.betaQuantile(p, a: df1 / 2, b: df2 / 2)
      return df2 * x / (df1 * (1 - x))
    }
    return (1 - (1 - a) * quantile(0.5 + level / 2), 1 - (1 - a) * quantile(0.5 - level / 2))
  }

  private func alpha(of kept: [Int]) throws(Undefined) -> Double {
    let whole = variance(of: kept)
    let own = kept.reduce(0) { $0 + covariances[$1 * items + $1] }
    guard whole > 1e-12 * own else { throw .noVariation }
    let k = Double(kept.count)
    return k / (k - 1) * (1 - own / whole)
  }

  /// The variance of the sum of some items.
  private func variance(of kept: [Int]) -> Double {
    kept.reduce(0) { sum, a in sum + kept.reduce(0) { $0 + covariances[a * items + $1] } }
  }
}
