#if canImport(Glibc)
  import Glibc
#endif

/// The chance of an answer from classes: a logistic regression fitted by Newton's method.
struct Logistic {
  /// The fitted chance of each row.
  let probabilities: [Double]
  /// The mean over rows of the variance of a fitted chance, (p(1 − p))² xᵀ(XᵀWX)⁻¹x.
  let meanVariance: Double

  /// Fits rows given by the columns that are 1 in them (0: the constant). Columns that others
  /// explain get no coefficient. Where a class answers whole or not at all the coefficient has no
  /// bound; the chance still settles, at 1 or 0.
  init(rows: [[Int32]], answered: [Bool]) {
    let width = Int(rows.lazy.flatMap { $0 }.max() ?? 0) + 1
    var coefficients = [Double](repeating: 0, count: width)
    var chances = [Double](repeating: 0.5, count: rows.count)
    var deviance = Double.infinity
    for _ in 0..<60 {
      var gradient = [Double](repeating: 0, count: width)
      for (i, row) in rows.enumerated() {
        let miss = (answered[i] ? 1 : 0) - chances[i]
        for a in row { gradient[Int(a)] += miss }
      }
      let step = Logistic.information(rows, chances, width).solve(gradient)
      var sum = 0.0
      for a in 0..<width { coefficients[a] += step[a] }
      for (i, row) in rows.enumerated() {
        let x = row.reduce(0.0) { $0 + coefficients[Int($1)] }
        chances[i] = 1 / (1 + exp(-x))
        sum -= log(max(answered[i] ? chances[i] : 1 - chances[i], 1e-300))
      }
      let isSettled = abs(sum - deviance) <= 1e-13 * (abs(sum) + 1e-3)
      deviance = sum
      if isSettled { break }
    }
    probabilities = chances
    let information = Logistic.information(rows, chances, width)
    var variance = 0.0
    for (i, row) in rows.enumerated() {
      var x = [Double](repeating: 0, count: width)
      for a in row { x[Int(a)] = 1 }
      let weight = chances[i] * (1 - chances[i])
      let solved = information.solve(x)
      variance += weight * weight * row.reduce(0.0) { $0 + solved[Int($1)] }
    }
    meanVariance = variance / Double(rows.count)
  }

  /// XᵀWX at some chances.
  private static func information(_ rows: [[Int32]], _ chances: [Double], _ width: Int)
    -> SquareRoot
  {
    var matrix = [Double](repeating: 0, count: width * width)
    for (i, row) in rows.enumerated() {
      let weight = chances[i] * (1 - chances[i])
      for a in row {
        for b in row { matrix[Int(a) * width + Int(b)] += weight }
      }
    }
    return SquareRoot(matrix, width)
  }
}

/// Cholesky's root of a symmetric matrix, for solving with it.
private struct SquareRoot {
  private let width: Int
  private var root: [Double]
  /// The columns that others do not explain.
  private var isKept: [Bool]

  init(_ width: Int) {
    self.width = width
    root = []
    isKept = [Bool](repeating: false, count: width)
  }

  init(_ matrix: [Double], _ width: Int) {
    self.init(width)
    root = matrix
    for j in 0..<width {
      var pivot = root[j * width + j]
      for k in 0..<j where isKept[k] { pivot -= root[j * width + k] * root[j * width + k] }
      guard pivot > 1e-10 * matrix[j * width + j] else { continue }
      isKept[j] = true
      root[j * width + j] = pivot.squareRoot()
      for i in j + 1..<max(width, j + 1) {
        var sum = root[i * width + j]
        for k in 0..<j where isKept[k] { sum -= root[i * width + k] * root[j * width + k] }
        root[i * width + j] = sum / root[j * width + j]
      }
    }
  }

  /// The solution, 0 for columns that are not kept.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in 0..<width {
      guard isKept[i] else {
        x[i] = 0
        continue
      }
      for k in 0..<i where isKept[k] { x[i] -= root[i * width + k] * x[k] }
      x[i] /= root[i * width + i]
    }
    for i in (0..<width).reversed() where isKept[i] {
      for k in i + 1..<max(width, i + 1) where isKept[k] { x[i] -= root[k * width + i] * x[k] }
      x[i] /= root[i * width + i]
    }
    return x
  }
}
