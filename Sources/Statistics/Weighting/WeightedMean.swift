/// A weighted mean and its precision.
public struct WeightedMean: Sendable {
  /// Σwy / Σw over known answers.
  public var mean: Double
  /// Σwy and Σw over known answers.
  public var weightedSum: Double, weightTotal: Double
  /// The standard error; nil with fewer than two rows.
  public var standardError: Double?
  /// All rows, with or without an answer.
  public var rows: Int
  /// Rows with an answer.
  public var answers: Int
  /// Kish's effective size (Σw)² / Σw² over known answers.
  public var effectiveSize: Double

  /// The weighted mean of `values` (NaN: no answer) with a linearised standard error for weights
  /// only: u = w(y − m)/Σw, variance n/(n−1) Σu². A row without an answer keeps its place in n,
  /// as an estimate for the domain of those who answer. Undefined when no weight is left, where R
  /// gives 0 with an error of 0.
  ///
  /// Reference: R survey `svymean` on `svydesign(ids = ~1, weights)`.
  /// - Complexity: O(rows).
  public static func estimate(values: [Double], weights: [Double]) throws(Undefined)
    -> WeightedMean
  {
    precondition(values.count == weights.count, "one weight a value")
    var total = 0.0
    var sum = 0.0
    var squares = 0.0
    var answers = 0
    for (y, w) in zip(values, weights) where !y.isNaN {
      total += w
      sum += w * y
      squares += w * w
      answers += 1
    }
    guard total > 0 else { throw answers == 0 ? .nothingObserved : .zeroTotal }
    let mean = sum / total
    var spread = 0.0
    for (y, w) in zip(values, weights) where !y.isNaN {
      let u = w * (y - mean) / total
      spread += u * u
    }
    let n = Double(values.count)
    return WeightedMean(
      mean: mean, weightedSum: sum, weightTotal: total,
      standardError: values.count > 1 ? (n / (n - 1) * spread).squareRoot() : nil,
      rows: values.count, answers: answers, effectiveSize: total * total / squares)
  }
}

/// What the rows of a group bring to a weighted mean: sums that groups put together by adding.
///
/// The spread is kept about the group's own mean and moved to the common one when groups are
/// joined (Chan, Golub & LeVeque 1983), so that nothing cancels.
public struct WeightedMoments: Sendable {
  private var rows = 0
  private var answers = 0
  private var total = 0.0
  private var sum = 0.0
  private var squares = 0.0
  /// Σw²(y − c) and Σw²(y − c)² about the centre c.
  private var centre = 0.0
  private var first = 0.0
  private var second = 0.0

  /// No rows.
  public init() {}

  /// The moments of `values` (NaN: no answer).
  public init(values: [Double], weights: [Double]) {
    rows = values.count
    for (y, w) in zip(values, weights) where !y.isNaN {
      total += w
      sum += w * y
      squares += w * w
      answers += 1
    }
    guard total > 0 else { return }
    centre = sum / total
    for (y, w) in zip(values, weights) where !y.isNaN {
      let d = w * (y - centre)
      first += w * d
      second += d * d
    }
  }

  /// Adds the rows of another group.
  public mutating func add(_ other: WeightedMoments) {
    var moved = other
    rows += other.rows
    answers += other.answers
    sum += other.sum
    let before = total
    total += other.total
    if total > 0 {
      let mean = sum / total
      if before > 0 { move(to: mean) } else { centre = mean }
      if other.total > 0 { moved.move(to: mean) }
    }
    first += moved.first
    second += moved.second
    squares += other.squares
  }

  private mutating func move(to mean: Double) {
    let d = centre - mean
    second += 2 * d * first + d * d * squares
    first += d * squares
    centre = mean
  }

  /// The mean and its precision, as `WeightedMean.estimate` of all the rows.
  public func estimate() throws(Undefined) -> WeightedMean {
    guard total > 0 else { throw answers == 0 ? .nothingObserved : .zeroTotal }
    let n = Double(rows)
    let spread = max(second, 0) / (total * total)
    return WeightedMean(
      mean: sum / total, weightedSum: sum, weightTotal: total,
      standardError: rows > 1 ? (n / (n - 1) * spread).squareRoot() : nil,
      rows: rows, answers: answers, effectiveSize: total * total / squares)
  }
}
