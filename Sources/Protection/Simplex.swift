/// A bounded simplex method on a dense tableau, from a point that fits.
///
/// Variables outside the basis may lie anywhere between their bounds, so that any point that fits
/// will do to start from, and there is no first phase. The tableau is kept from one question to
/// the next. Its answers are not trusted: see `Evidence.holds`.
struct Simplex {
  var lower: [Double], upper: [Double]
  /// The values at present.
  private(set) var x: [Double]
  /// The variable of each row (basic) and of each column.
  private var rows: [Int], columns: [Int]
  /// The row of a variable, or -1 - its column.
  private var seat: [Int]
  /// Row by row: a basic variable and the columns times these add up to a constant.
  private var tableau: [Double]
  /// What the objective gains by a step of each column.
  private var gains: [Double]
  private let width: Int
  /// How many pivots were made: rounding errors grow with them.
  private(set) var pivots = 0

  private static let zero = 1e-9

  /// `equations` are the factors of every variable in each equation; the point fits them.
  init(equations: [[Double]], lower: [Double], upper: [Double], point: [Double]) {
    let n = point.count
    var table = equations
    rows = Simplex.eliminate(&table, count: n)
    let isBasic = Set(rows)
    columns = (0..<n).filter { !isBasic.contains($0) }
    width = columns.count
    seat = [Int](repeating: 0, count: n)
    for (r, v) in rows.enumerated() { seat[v] = r }
    for (c, v) in columns.enumerated() { seat[v] = -1 - c }
    tableau = []
    tableau.reserveCapacity(rows.count * width)
    for row in table { for c in columns { tableau.append(row[c]) } }
    gains = [Double](repeating: 0, count: width)
    self.lower = lower
    self.upper = upper
    x = point
  }

  /// Gauss and Jordan: afterwards each row kept has a 1 where all others have 0; the places.
  private static func eliminate(_ table: inout [[Double]], count n: Int) -> [Int] {
    var basis: [Int] = []
    var kept: [[Double]] = []
    for var row in table {
      for (r, v) in basis.enumerated() where row[v] != 0 {
        let f = row[v]
        for c in 0..<n where kept[r][c] != 0 { row[c] -= f * kept[r][c] }
      }
      var pivot = -1
      for c in 0..<n where abs(row[c]) > 1e-7 {
        if pivot < 0 || abs(abs(row[c]) - 1) < abs(abs(row[pivot]) - 1) { pivot = c }
      }
      guard pivot >= 0 else { continue }
      let p = row[pivot]
      for c in 0..<n { row[c] = abs(row[c]) > 1e-9 ? row[c] / p : 0 }
      for r in kept.indices where kept[r][pivot] != 0 {
        let f = kept[r][pivot]
        for c in 0..<n where row[c] != 0 { kept[r][c] -= f * row[c] }
      }
      kept.append(row)
      basis.append(pivot)
    }
    table = kept
    return basis
  }

  /// Goes to another point that fits.
  mutating func start(at point: [Double]) { x = point }

  /// Makes a variable, upwards or downwards, the objective.
  mutating func aim(at v: Int, upwards: Bool) {
    let sign: Double = upwards ? 1 : -1
    if seat[v] < 0 {
      for c in 0..<width { gains[c] = 0 }
      gains[-1 - seat[v]] = sign
    } else {
      for c in 0..<width { gains[c] = -tableau[seat[v] * width + c] * sign }
    }
  }

  /// Makes a sum of gains, one for each variable, the objective.
  mutating func aim(at gain: [Double]) {
    for c in 0..<width { gains[c] = gain[columns[c]] }
    for (r, v) in rows.enumerated() where gain[v] != 0 {
      for c in 0..<width where tableau[r * width + c] != 0 {
        gains[c] -= gain[v] * tableau[r * width + c]
      }
    }
  }

  /// Improves the objective until it cannot be, or until a variable has come to a value.
  mutating func run(limit: Int, until v: Int? = nil, is target: Double = 0) {
    var stalled = 0
    for _ in 0..<limit {
      let left = v.map { abs(target - x[$0]) } ?? .infinity
      if left <= Simplex.zero { return }
      guard let (q, s) = entering(careful: stalled > 60) else { return }
      let moved = step(q, direction: s, watching: v, left: left)
      stalled = moved > Simplex.zero ? 0 : stalled + 1
    }
  }

  /// The column that gains most, or the first that gains (Bland's rule, which cannot cycle), and
  /// the direction in which it does.
  private func entering(careful: Bool) -> (Int, Double)? {
    var best = -1
    var most = Simplex.zero
    for q in 0..<width {
      let gain = gains[q]
      guard abs(gain) > most else { continue }
      let j = columns[q]
      if gain > 0 ? x[j] < upper[j] - Simplex.zero : x[j] > lower[j] + Simplex.zero {
        if careful {
          if best < 0 || j < columns[best] { best = q }
        } else {
          best = q
          most = abs(gain)
        }
      }
    }
    return best < 0 ? nil : (best, gains[best] > 0 ? 1 : -1)
  }

  /// Moves a column as far as bounds allow, and lets it take the row that stops it.
  private mutating func step(_ q: Int, direction s: Double, watching v: Int?, left: Double)
    -> Double
  {
    let j = columns[q]
    var length = s > 0 ? upper[j] - x[j] : x[j] - lower[j]
    var row = -1
    var pivot = 0.0
    var watched = j == v ? 1.0 : 0.0
    for r in rows.indices {
      let t = tableau[r * width + q]
      guard abs(t) > Simplex.zero else { continue }
      let i = rows[r]
      if i == v { watched = abs(t) }
      let rate = -t * s
      let room = max(0, rate > 0 ? (upper[i] - x[i]) / rate : (lower[i] - x[i]) / rate)
      let isAlike = row >= 0 && room <= length + Simplex.zero && abs(t) > abs(pivot)
      if room < length - Simplex.zero || isAlike {
        length = min(length, room)
        row = r
        pivot = t
      }
    }
    // Far enough for what is asked.
    let isEnough = watched > 0 && watched * length >= left
    if isEnough { length = left / watched }
    guard length.isFinite else { return 0 }
    if length > 0 {
      x[j] += s * length
      for r in rows.indices {
        let t = tableau[r * width + q]
        if t != 0 { x[rows[r]] -= t * s * length }
      }
    }
    if !isEnough, row >= 0 { exchange(row, q) }
    return length
  }

  private mutating func exchange(_ r: Int, _ q: Int) {
    pivots += 1
    let base = r * width
    let p = tableau[base + q]
    var filled: [Int] = []
    for c in 0..<width where c != q && tableau[base + c] != 0 {
      let value = tableau[base + c] / p
      tableau[base + c] = abs(value) < 1e-11 ? 0 : value
      filled.append(c)
    }
    tableau[base + q] = 1 / p
    subtract(r, q, over: p, filled)
    let f = gains[q]
    if f != 0 {
      for c in filled { gains[c] -= f * tableau[base + c] }
      gains[q] = -f / p
    }
    swap(&rows[r], &columns[q])
    seat[rows[r]] = r
    seat[columns[q]] = -1 - q
  }
}

extension Simplex {
  /// Takes the row of a pivot from all others, as often as their factor in its column.
  ///
  /// Nearly all the time of a protection is spent here. Invariant: the tableau has a place for each
  /// of `rows.count` rows and `width` columns, and no column of `filled` is beyond.
  private mutating func subtract(_ r: Int, _ q: Int, over p: Double, _ filled: [Int]) {
    let (width, count, base) = (self.width, rows.count, r * self.width)
    let isDense = filled.count * 3 > width
    unsafe tableau.withUnsafeMutableBufferPointer { t in
      // In the column of the pivot, others take nothing: it is written last.
      let corner = unsafe t[base + q]
      unsafe t[base + q] = 0
      for i in 0..<count where i != r {
        let row = i * width
        let f = unsafe t[row + q]
        guard f != 0 else { continue }
        if isDense {
          for c in 0..<width {
            let value = unsafe t[row + c] - f * t[base + c]
            unsafe t[row + c] = abs(value) < 1e-11 ? 0 : value
          }
        } else {
          for c in filled {
            let value = unsafe t[row + c] - f * t[base + c]
            unsafe t[row + c] = abs(value) < 1e-11 ? 0 : value
          }
        }
        unsafe t[row + q] = -f / p
      }
      unsafe t[base + q] = corner
    }
  }
}

extension CellSystem {
  /// The factors of some unknowns in every relation that one of them stands in.
  func equations(of members: [Int]) -> [[Double]] {
    let place = Dictionary(
      members.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    var seen = Set<Int32>()
    var table: [[Double]] = []
    for i in members {
      for u in useSpans[i] where seen.insert(uses[u].relation).inserted {
        var row = [Double](repeating: 0, count: members.count)
        for t in spans[Int(uses[u].relation)] {
          if let p = place[Int(terms[t].unknown)] { row[p] = Double(terms[t].factor) }
        }
        table.append(row)
      }
    }
    // Short relations first: their unknowns spread least.
    let lengths = table.map { $0.lazy.filter { $0 != 0 }.count }
    return table.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }.map { table[$0] }
  }
}
