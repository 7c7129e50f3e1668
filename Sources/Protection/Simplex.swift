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
  /// What a step away from 0 costs, by variable; empty where nothing does.
  private var kinks: [Double] = []
  /// Whether a basic variable is on the upper side of its kink.
  private var isAbove: [Bool] = []
  /// How far beyond its ends and its kink a basic variable may go: without it most steps from a
  /// point at which much is 0 would lead nowhere.
  private var slips: [Double] = []
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

  /// From now on a step of a variable away from 0 costs something on either side; a point of
  /// zeros fits. Bounds hold but for `slip` and a half.
  mutating func bend(slip: Double) {
    kinks = [Double](repeating: 0, count: x.count)
    isAbove = [Bool](repeating: true, count: x.count)
    var random = Shuffler(seed: 77)
    slips = x.map { _ in slip * (0.5 + random.unit()) }
  }

  /// Makes the gain by steps of one variable less the costs of all steps away from 0 the objective.
  mutating func aim(at v: Int, gain: Double, costs: [Double]) {
    kinks = costs
    for c in 0..<width { gains[c] = columns[c] == v ? gain : 0 }
    for (r, i) in rows.enumerated() {
      let slope = (i == v ? gain : 0) + (isAbove[i] ? -kinks[i] : kinks[i])
      guard slope != 0 else { continue }
      for c in 0..<width where tableau[r * width + c] != 0 {
        gains[c] -= slope * tableau[r * width + c]
      }
    }
  }

  /// Between which ends a basic variable may move without a change of its slope.
  private func ends(_ i: Int) -> (Double, Double) {
    if kinks.isEmpty { return (lower[i], upper[i]) }
    let slip = slips[i]
    return isAbove[i] ? (-slip, upper[i] + slip) : (lower[i] - slip, slip)
  }

  /// How far a column may go one way without a change of its slope, and what it then gains.
  private func way(_ q: Int, upwards: Bool) -> (room: Double, gain: Double, isAbove: Bool) {
    let j = columns[q]
    let gain = upwards ? gains[q] : -gains[q]
    if kinks.isEmpty { return (upwards ? upper[j] - x[j] : x[j] - lower[j], gain, true) }
    let slip = 2 * slips[j]
    if lower[j] == upper[j] { return (0, 0, true) }
    if upwards {
      return x[j] < -slip
        ? (-x[j], gain + kinks[j], false) : (upper[j] - x[j], gain - kinks[j], true)
    }
    return x[j] > slip ? (x[j], gain + kinks[j], true) : (x[j] - lower[j], gain - kinks[j], false)
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
    var isUpwards = true
    var most = Simplex.zero
    for q in 0..<width {
      if kinks.isEmpty, abs(gains[q]) <= most { continue }
      for upwards in [true, false] {
        if kinks.isEmpty, upwards != (gains[q] > 0) { continue }
        let way = way(q, upwards: upwards)
        guard way.gain > (careful ? Simplex.zero : most), way.room > Simplex.zero else { continue }
        if careful, best >= 0, columns[q] >= columns[best] { continue }
        best = q
        isUpwards = upwards
        most = way.gain
      }
    }
    return best < 0 ? nil : (best, isUpwards ? 1 : -1)
  }

  /// Moves a column as far as bounds allow, and lets it take the row that stops it.
  private mutating func step(_ q: Int, direction s: Double, watching v: Int?, left: Double)
    -> Double
  {
    let j = columns[q]
    let way = way(q, upwards: s > 0)
    var length = way.room
    var row = -1
    var pivot = 0.0
    var watched = j == v ? 1.0 : 0.0
    for r in rows.indices {
      let t = tableau[r * width + q]
      guard abs(t) > Simplex.zero else { continue }
      let i = rows[r]
      if i == v { watched = abs(t) }
      let rate = -t * s
      let (low, high) = ends(i)
      let room = max(0, rate > 0 ? (high - x[i]) / rate : (low - x[i]) / rate)
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
    if !isEnough, row >= 0 { exchange(row, q, gain: way.gain * s, isAbove: way.isAbove) }
    return length
  }

  /// Lets a column take a row; `gain` is what the objective gains by a step of it.
  private mutating func exchange(_ r: Int, _ q: Int, gain f: Double, isAbove side: Bool) {
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
    if f != 0 { for c in filled { gains[c] -= f * tableau[base + c] } }
    gains[q] = f == 0 ? 0 : -f / p
    if !kinks.isEmpty {
      gains[q] += isAbove[rows[r]] ? kinks[rows[r]] : -kinks[rows[r]]
      isAbove[columns[q]] = side
    }
    swap(&rows[r], &columns[q])
    seat[rows[r]] = r
    seat[columns[q]] = -1 - q
  }
}

extension Simplex {
  /// Takes the row of a pivot from all others, as often as their factor in its column.
  ///
  /// Much of the time of a protection is spent here: four places at a time, unless the row has
  /// few. Invariant: the tableau has a place for each of `rows.count` rows and `width` columns, the
  /// pivot's row is as wide, and no column of `filled` is beyond.
  private mutating func subtract(_ r: Int, _ q: Int, over p: Double, _ filled: [Int]) {
    let (width, count, base) = (self.width, rows.count, r * self.width)
    let isDense = filled.count * 4 > width
    let wide = width / 4 * 4
    // In the column of the pivot, others take nothing: it is written last.
    var pivot = Array(tableau[base..<base + width])
    pivot[q] = 0
    unsafe pivot.withUnsafeBytes { pivot in
      unsafe tableau.withUnsafeMutableBytes { t in
        for i in 0..<count where i != r {
          let row = i &* width &* Simplex.place
          let f = unsafe t.loadUnaligned(
            fromByteOffset: row &+ q &* Simplex.place, as: Double.self)
          guard f != 0 else { continue }
          @inline(__always) func one(_ c: Int) {
            let place = row &+ c &* Simplex.place
            let taken = unsafe pivot.loadUnaligned(
              fromByteOffset: c &* Simplex.place, as: Double.self)
            let value = unsafe t.loadUnaligned(fromByteOffset: place, as: Double.self) - f * taken
            unsafe t.storeBytes(
              of: abs(value) < Simplex.nothing ? 0 : value, toByteOffset: place, as: Double.self)
          }
          if isDense {
            var c = 0
            while c < wide {
              let place = row &+ c &* Simplex.place
              let taken = unsafe pivot.loadUnaligned(
                fromByteOffset: c &* Simplex.place, as: Four.self)
              var four = unsafe t.loadUnaligned(fromByteOffset: place, as: Four.self) - f * taken
              four.replace(with: 0, where: (four .< Simplex.nothing) .& (four .> -Simplex.nothing))
              unsafe t.storeBytes(of: four, toByteOffset: place, as: Four.self)
              c &+= 4
            }
            while c < width {
              one(c)
              c &+= 1
            }
          } else {
            for c in filled { one(c) }
          }
          unsafe t.storeBytes(of: -f / p, toByteOffset: row &+ q &* Simplex.place, as: Double.self)
        }
      }
    }
  }

  private typealias Four = SIMD4<Double>
  /// What rounding leaves of nothing.
  private static let nothing = 1e-11
  /// The bytes of a place in the tableau.
  private static let place = MemoryLayout<Double>.stride
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
