/// Looks for moves with few numbers that would have to be withheld besides.
///
/// A number is changed by one; relations that no longer hold are mended, one after the other, by
/// changing another of their numbers. A change that mends two at once is taken without looking
/// for others: in a table of n dimensions this closes the box of 2ⁿ cells, and in linked or nested
/// tables what stands for it there. All are whole numbers, so that each move found is a proof.
struct MoveSearch {
  private let system: CellSystem
  /// What withholding each unknown would cost now: 0 if it is, none if it cannot be.
  var price: [Double]
  /// By how much the tables from which moves are made differ from the true ones.
  private(set) var offset: [Double]
  private var change: [Int32]
  private var residual: [Int32]
  /// Relations that may not hold at present; some may have been mended since.
  private var changed: [Int32] = []
  private var best: Move?
  private var bestPrice = Double.infinity
  private var nodes = 0

  /// The most numbers that a move may change.
  static let mostChanges = 40

  init(_ system: CellSystem) {
    self.system = system
    price = system.unknowns.map { u in
      // Readers know that a number beyond its bounds is not withheld.
      guard let cost = u.cost, !u.isReserve, u.value >= u.lower, u.value <= u.upper else {
        return .infinity
      }
      return cost
    }
    offset = [Double](repeating: 0, count: system.unknowns.count)
    change = [Int32](repeating: 0, count: system.unknowns.count)
    residual = [Int32](repeating: 0, count: system.spans.count)
  }

  /// Goes a way on from the tables of `offset`.
  mutating func advance(_ move: Move, steps: Double) {
    for change in move.changes { offset[Int(change.unknown)] += Double(change.by) * steps }
  }

  /// Starts from tables that differ from the true ones.
  mutating func start(_ changes: [Int: Double]) {
    for (i, by) in changes { offset[i] = by }
  }

  /// Comes back to the true tables; by how much the unknowns differed.
  mutating func goBack(_ changed: some Sequence<Int>) -> [Int: Double] {
    var out: [Int: Double] = [:]
    for i in changed {
      out[i] = offset[i]
      offset[i] = 0
    }
    return out
  }

  /// Goes in one direction as far as it costs nothing, one move after the other; the changes, and
  /// how far it came.
  mutating func climb(
    _ unknown: Int, _ direction: Direction, width: Double, still: Int? = nil, limit: Int
  ) -> ([Int: Double], Double) {
    var changed = Set<Int>()
    var reached = 0.0
    while reached < width,
      let (move, _) = cheapest(
        of: unknown, direction, width: 1, still: still, below: 1e-9, limit: limit)
    {
      let steps = min(move.forwards, width - reached)
      advance(move, steps: steps)
      changed.formUnion(move.changes.map { Int($0.unknown) })
      reached += steps
    }
    return (goBack(changed), reached)
  }

  /// Which way an unknown is to change.
  enum Direction: Int32 { case either = 0, up = 1, down = -1 }

  /// The cheapest move found that changes an unknown and gives it `width`.
  ///
  /// `still` is an unknown that must not change. `limit` is the most changes tried.
  mutating func cheapest(
    of unknown: Int, _ direction: Direction = .either, width: Double, still: Int? = nil,
    below: Double = .infinity, limit: Int
  ) -> (move: Move, price: Double)? {
    best = nil
    bestPrice = below
    nodes = limit
    let kept = still.map { price[$0] }
    if let still { price[still] = .infinity }
    defer { if let still, let kept { price[still] = kept } }
    guard price[unknown] < .infinity else { return nil }
    var room = set(unknown, to: direction == .down ? -1 : 1)
    defer { undo(unknown) }
    if direction != .either { room.backwards = 0 }
    guard room.forwards + room.backwards >= width else { return nil }
    extend(
      spent: price[unknown], forwards: room.forwards, backwards: room.backwards, width: width)
    return best.map { ($0, bestPrice) }
  }

  private mutating func extend(
    spent: Double, forwards: Double, backwards: Double, width: Double
  ) {
    nodes -= 1
    guard nodes > 0, changed.count < MoveSearch.mostChanges else { return }
    var pick = -1
    var pickBy: Int32 = 0
    var pickMends = 1
    var pickScore = -Double.infinity
    var few = Int.max
    var narrow = -1
    var isOpen = false
    for c in changed {
      let i = Int(c)
      for u in system.useSpans[i] {
        let r = Int(system.uses[u].relation)
        let gap = residual[r]
        if gap == 0 { continue }
        isOpen = true
        var candidates = 0
        for t in system.spans[r] {
          let (other, factor) = system.terms[t]
          let j = Int(other)
          if change[j] != 0 || price[j] == .infinity || gap % factor != 0 { continue }
          candidates += 1
          let by = -gap / factor
          var mends = 0
          var breaks = 0
          for v in system.useSpans[j] {
            let (relation, f) = system.uses[v]
            let there = residual[Int(relation)]
            if there == 0 {
              breaks += 1
            } else if there + by * f == 0 {
              mends += 1
            }
          }
          if mends >= 2 {
            let score = Double(mends - breaks) - min(price[j], 1e3) * 1e-3
            if mends > pickMends || (mends == pickMends && score > pickScore) {
              pick = j
              pickBy = by
              pickMends = mends
              pickScore = score
            }
          }
        }
        if candidates == 0 { return }
        if candidates < few {
          few = candidates
          narrow = r
        }
      }
    }
    guard isOpen else {
      if spent < bestPrice {
        bestPrice = spent
        best = Move(
          changes: changed.map { ($0, change[Int($0)]) }, forwards: forwards,
          backwards: backwards)
      }
      return
    }
    if pick >= 0 {
      attempt(pick, by: pickBy, spent, forwards, backwards, width)
      return
    }
    let gap = residual[narrow]
    var choices: [(price: Double, unknown: Int, by: Int32)] = []
    for t in system.spans[narrow] {
      let (other, factor) = system.terms[t]
      let j = Int(other)
      if change[j] != 0 || price[j] == .infinity || gap % factor != 0 { continue }
      if spent + price[j] < bestPrice { choices.append((price[j], j, -gap / factor)) }
    }
    choices.sort { ($0.price, $0.unknown) < ($1.price, $1.unknown) }
    for choice in choices where spent + choice.price < bestPrice && nodes > 0 {
      attempt(choice.unknown, by: choice.by, spent, forwards, backwards, width)
    }
  }

  private mutating func attempt(
    _ unknown: Int, by: Int32, _ spent: Double, _ forwards: Double, _ backwards: Double,
    _ width: Double
  ) {
    let total = spent + price[unknown]
    guard total < bestPrice else { return }
    let room = set(unknown, to: by)
    let f = min(forwards, room.forwards)
    let b = min(backwards, room.backwards)
    if f + b >= width { extend(spent: total, forwards: f, backwards: b, width: width) }
    undo(unknown)
  }

  /// Changes an unknown; how many steps its bounds leave.
  private mutating func set(_ unknown: Int, to by: Int32) -> (forwards: Double, backwards: Double) {
    change[unknown] = by
    changed.append(Int32(unknown))
    for u in system.useSpans[unknown] {
      residual[Int(system.uses[u].relation)] += by * system.uses[u].factor
    }
    return MoveSearch.room(system.unknowns[unknown], from: offset[unknown], by: by)
  }

  private mutating func undo(_ unknown: Int) {
    let by = change[unknown]
    for u in system.useSpans[unknown] {
      residual[Int(system.uses[u].relation)] -= by * system.uses[u].factor
    }
    change[unknown] = 0
    changed.removeLast()
  }

  /// How many steps can be made before a number leaves its bounds.
  static func room(_ u: Unknown, from offset: Double, by: Int32) -> (
    forwards: Double, backwards: Double
  ) {
    let step = Double(abs(by))
    var up = (u.upper - u.value - offset) / step
    var down = (u.value + offset - u.lower) / step
    if u.isWhole {
      up.round(.down)
      down.round(.down)
    }
    return by > 0 ? (up, down) : (down, up)
  }
}
