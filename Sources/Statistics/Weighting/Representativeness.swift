/// Whether those who answered are like those who could have.
public struct Representativeness: Sendable {
  /// Everybody on the register: their chance of answering, estimated from their classes.
  public let propensities: [Double]
  /// R = 1 − 2·SD of propensities (Schouten, Cobben & Bethlehem 2009): 1 when all had the same
  /// chance of answering; the lowest it can be is 0.
  public let indicator: Double
  /// The same less what chance alone adds to the spread of estimated propensities (Shlomo, Skinner
  /// & Schouten 2012): the mean variance of an estimate, from the fitted model.
  public let adjusted: Double
  /// The share who answered.
  public let rate: Double
  /// For each variable, √Σ (N_k/N)(ρ_k − ρ)² over its classes, ρ_k the share of class k that
  /// answered: how much of the spread lies between them (unconditional partial indicator).
  public let partial: [Double]

  /// The indicator from classes of everybody on the register (each variable a code a person; unknown
  /// is a class like any other) and who answered. Propensities are those of a
  /// logistic regression on all variables, without interactions. Undefined when nobody
  /// answered and for a register of fewer than two.
  ///
  /// Reference: the formula; propensities as statsmodels `Logit`.
  /// - Complexity: O(iterations · people · classes²).
  public init(variables: [[Int32]], answered: [Bool]) throws(Undefined) {
    let n = answered.count
    guard n > 1 else {
      throw n == 0 ? .nothingObserved : .tooFew(found: 1, needed: 2)
    }
    let hits = answered.count { $0 }
    guard hits > 0 else { throw .nothingObserved }
    rate = Double(hits) / Double(n)
    let model = Logistic(rows: Self.rows(variables, count: n), answered: answered)
    propensities = model.probabilities
    let mean = propensities.reduce(0, +) / Double(n)
    let spread = propensities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
    indicator = 1 - 2 * spread.squareRoot()
    adjusted = 1 - 2 * max(0, spread - model.meanVariance).squareRoot()
    let rate = rate
    partial = variables.map { codes in
      var size: [Int32: Double] = [:]
      var hit: [Int32: Double] = [:]
      for i in codes.indices {
        size[codes[i], default: 0] += 1
        if answered[i] { hit[codes[i], default: 0] += 1 }
      }
      let sum = size.sorted { $0.key < $1.key }.reduce(0.0) { sum, class_ in
        let d = (hit[class_.key] ?? 0) / class_.value - rate
        return sum + class_.value / Double(n) * d * d
      }
      return sum.squareRoot()
    }
  }

  /// For each person the indicator columns that are 1: the first class of each variable has none.
  private static func rows(_ variables: [[Int32]], count n: Int) -> [[Int32]] {
    var rows = [[Int32]](repeating: [0], count: n)
    var next: Int32 = 1
    for codes in variables {
      precondition(codes.count == n, "one class a person")
      let classes = Set(codes).sorted()
      var number: [Int32: Int32] = [:]
      for c in classes.dropFirst() {
        number[c] = next
        next += 1
      }
      for i in 0..<n {
        if let column = number[codes[i]] { rows[i].append(column) }
      }
    }
    return rows
  }

  /// The sample's share of each class less the register's: above 0 too many answered. Counts by
  /// class. Undefined when either is nobody.
  public static func quotaGaps(sample: [Double], register: [Double]) throws(Undefined) -> [Double] {
    precondition(sample.count == register.count, "the same classes on both sides")
    let (s, r) = (sample.reduce(0, +), register.reduce(0, +))
    guard s > 0, r > 0 else { throw .nothingObserved }
    return zip(sample, register).map { $0 / s - $1 / r }
  }
}
