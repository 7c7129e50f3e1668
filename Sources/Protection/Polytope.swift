/// All values that the unknowns of a block may have for a reader, and linear programs on them.
struct Polytope {
  private let system: CellSystem
  private let ids: [Int]
  private let place: [Int: Int]
  private let truth: [Double]
  private let fresh: Simplex
  private var simplex: Simplex
  /// How often a program is solved again to get rid of fractions.
  private let dives: Int
  /// How many programs were solved.
  private(set) var programs = 0

  init(_ system: CellSystem, members: [Int], dives: Int = 80) {
    self.system = system
    self.dives = dives
    ids = members
    place = Dictionary(
      members.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    truth = members.map { system.unknowns[$0].value }
    fresh = Simplex(
      equations: system.equations(of: members), lower: members.map { system.unknowns[$0].lower },
      upper: members.map { system.unknowns[$0].upper }, point: truth)
    simplex = fresh
  }

  /// The same of some of its unknowns; the others are published.
  func among(_ isOpen: (Int) -> Bool) -> Polytope {
    let members = ids.filter(isOpen)
    return members.count < ids.count
      ? Polytope(system, members: members, dives: dives) : self
  }

  /// Publishes an unknown: it is no longer anything but what it is.
  mutating func close(_ unknown: Int) {
    guard let v = place[unknown] else { return }
    (simplex.lower[v], simplex.upper[v]) = (truth[v], truth[v])
  }

  /// Withholds an unknown again.
  mutating func reopen(_ unknown: Int) {
    guard let v = place[unknown] else { return }
    let u = system.unknowns[unknown]
    (simplex.lower[v], simplex.upper[v]) = (u.lower, u.upper)
  }

  /// Goes from the true values towards the greatest or the least value of an unknown, and no
  /// farther than `target`: the value that it has there.
  private mutating func go(_ v: Int, upwards: Bool, to target: Double) -> Double {
    programs += 1
    if simplex.pivots > 500 {
      // Rounding errors grow with pivots: from time to time the tableau is taken afresh.
      let bounds = (simplex.lower, simplex.upper)
      simplex = fresh
      (simplex.lower, simplex.upper) = bounds
    }
    simplex.start(at: truth)
    simplex.aim(at: v, upwards: upwards)
    simplex.run(limit: 2_000, until: v, is: target)
    return simplex.x[v]
  }

  /// Tables between which an unknown is as far apart as asked, and how far apart it is at all.
  ///
  /// The evidence is nil when it is not, or when only fractions of persons are that far apart.
  mutating func spread(_ unknown: Int, width: Double, fixed: Int? = nil) -> (Evidence?, Double) {
    guard let v = place[unknown] else { return (nil, 0) }
    let f = fixed.flatMap { place[$0] }
    let kept = f.map { (simplex.lower[$0], simplex.upper[$0]) }
    if let f { (simplex.lower[f], simplex.upper[f]) = (truth[f], truth[f]) }
    defer { if let f, let kept { (simplex.lower[f], simplex.upper[f]) = kept } }

    let slip = 1e-9 * max(1, width)
    let high = go(v, upwards: true, to: truth[v] + width)
    var top = point()
    if let top, width - (top[unknown] ?? 0) <= slip {
      return (Evidence(low: [:], high: top), high - truth[v])
    }
    let low = go(v, upwards: false, to: high - width)
    guard high - low >= width * (1 - 1e-9) else { return (nil, high - low) }
    var bottom = point()
    if top == nil { top = whole(v, upwards: true, to: truth[v] + width) }
    let missing = width - (top?[unknown] ?? 0)
    if missing + (bottom?[unknown] ?? 0) > slip {
      bottom = whole(v, upwards: false, to: truth[v] - missing)
    }
    let isEnough = missing + (bottom?[unknown] ?? 0) <= slip
    return (isEnough ? Evidence(low: bottom ?? [:], high: top ?? [:]) : nil, high - low)
  }

  /// A point of whole numbers near the end of a linear program; nil when none is found.
  ///
  /// While the point has fractions, the one nearest to a half is bounded on the side of its true
  /// value and the program solved again: the true tables stay possible, so that it always can be.
  private mutating func whole(_ v: Int, upwards: Bool, to target: Double) -> [Int: Double]? {
    var tightened: [(Int, Double, Double)] = []
    defer {
      for (p, l, u) in tightened.reversed() { (simplex.lower[p], simplex.upper[p]) = (l, u) }
    }
    for round in 0..<dives {
      let reached = go(v, upwards: upwards, to: target)
      if abs(reached - truth[v]) < 0.5 { return nil }
      guard let worst = mostFractional() else { return point() }
      // After a while, all at once.
      let parts = round < dives / 2 ? [worst] : fractional()
      for p in parts {
        tightened.append((p, simplex.lower[p], simplex.upper[p]))
        if simplex.x[p] > truth[p] {
          simplex.upper[p] = simplex.x[p].rounded(.down)
        } else {
          simplex.lower[p] = simplex.x[p].rounded(.up)
        }
      }
    }
    return nil
  }

  /// The whole numbers that are none at present.
  private func fractional() -> [Int] {
    ids.indices.filter {
      system.unknowns[ids[$0]].isWhole && abs(simplex.x[$0] - simplex.x[$0].rounded()) > 1e-6
    }
  }

  /// The whole number that is farthest from being one.
  private func mostFractional() -> Int? {
    var worst: Int?
    var most = 1e-6
    for (p, i) in ids.enumerated() where system.unknowns[i].isWhole {
      let off = abs(simplex.x[p] - simplex.x[p].rounded())
      if off > most + 1e-9 {
        most = off
        worst = p
      }
    }
    return worst
  }

  /// The point at present, as changes of the true values, whole numbers rounded; nil when one of
  /// them is not near one.
  private func point() -> [Int: Double]? {
    var out: [Int: Double] = [:]
    for (p, i) in ids.enumerated() {
      var change = simplex.x[p] - truth[p]
      if system.unknowns[i].isWhole {
        let whole = change.rounded()
        guard abs(change - whole) < 1e-6 else { return nil }
        change = whole
      }
      if abs(change) > 1e-9 { out[i] = change }
    }
    return out
  }
}

/// What is cheapest to withhold so that an unknown gets room on one side: a linear program in which
/// each unknown goes up or down, and every step away from what it is has a price.
///
/// Prices are by step and not by unknown, so that the answer is a good choice and not always the
/// best one (after Kelly, Golden and Assad 1992, and Fischetti and Salazar 2001).
struct CheapestRoom {
  private let ids: [Int]
  private let place: [Int: Int]
  private let fresh: Simplex
  private var simplex: Simplex
  private let lower: [Double], upper: [Double]
  /// How often prices are adapted.
  private let rounds: Int

  init(_ system: CellSystem, members: [Int], rounds: Int) {
    self.rounds = rounds
    ids = members
    place = Dictionary(
      members.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    let unknowns = members.map { system.unknowns[$0] }
    lower = unknowns.map { min(0, $0.lower - $0.value) }
    upper = unknowns.map { max(0, $0.upper - $0.value) }
    fresh = Simplex(
      equations: system.equations(of: members), lower: lower, upper: upper,
      point: [Double](repeating: 0, count: members.count))
    simplex = fresh
  }

  /// What an unknown needs so that it can differ by `width` from its true value on one side.
  ///
  /// `price` is by unknown; one that has none must stay as it is. The program is solved a few
  /// times, each with prices by step such that what it used last costs its price as a whole
  /// (reweighting: Candès, Wakin and Boyd 2008).
  mutating func open(_ unknown: Int, upwards: Bool, width: Double, price: [Double]) -> Set<Int>? {
    guard let v = place[unknown] else { return nil }
    if simplex.pivots > 1_000 { simplex = fresh }
    simplex.start(at: [Double](repeating: 0, count: ids.count))
    (simplex.lower, simplex.upper) = (lower, upper)
    for (q, i) in ids.enumerated() where price[i] == .infinity {
      (simplex.lower[q], simplex.upper[q]) = (0, 0)
    }
    simplex.lower[v] = upwards ? 0 : max(simplex.lower[v], -width)
    simplex.upper[v] = upwards ? min(simplex.upper[v], width) : 0
    simplex.bend(slip: 1e-3 * width)
    var best: Set<Int>?
    var least = Double.infinity
    var steps = [Double](repeating: width, count: ids.count)
    for _ in 0..<rounds {
      let costs = ids.enumerated().map { q, i in
        price[i] < .infinity ? price[i] * width / (steps[q] + 0.25 * width) + 1e-3 : 0
      }
      simplex.aim(at: v, gain: upwards ? 1e4 : -1e4, costs: costs)
      simplex.run(limit: 8 * ids.count)
      guard abs(simplex.x[v]) >= width * 0.99 else { return nil }
      var used = Set<Int>()
      var cost = 0.0
      for (q, i) in ids.enumerated() {
        steps[q] = abs(simplex.x[q])
        if steps[q] > 0.01 * width {
          used.insert(i)
          cost += price[i]
        }
      }
      if cost < least - 1e-9 { (best, least) = (used, cost) } else { break }
    }
    return best
  }
}
