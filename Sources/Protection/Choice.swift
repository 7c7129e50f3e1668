/// A choice of unknowns to withhold, in the making.
struct Choice {
  private let system: CellSystem
  private let limit: Int
  private var search: MoveSearch
  private var random: Shuffler
  /// Prices of what is not withheld: costs with a little noise, so that orders differ.
  private var prices: [Double]
  /// What is withheld.
  private(set) var withheld: Set<Int> = []
  private var evidence: [Evidence?] = []
  /// The evidence in which each unknown changes.
  private var about: [Int: [Int]] = [:]
  /// Unknowns for which no move was found: linear programs will have to say.
  private var stuck: Set<Int> = []
  /// All tables that fit, with what is published as it is; nil where there are too many unknowns.
  private var polytope: Polytope?
  private var rooms: CheapestRoom?
  /// How often each unknown could not do without one that was to be given back.
  private var failures: [Int: Int] = [:]

  /// `polytope` is of all unknowns that may be withheld, none of them published.
  init(
    _ system: CellSystem, seed: UInt64, limit: Int, polytope: Polytope?, rooms: CheapestRoom?
  ) {
    self.system = system
    self.limit = limit
    self.polytope = polytope
    self.rooms = rooms
    for i in 0..<system.count { self.polytope?.close(i) }
    search = MoveSearch(system)
    random = Shuffler(seed: seed)
    prices = search.price
    for i in 0..<system.count where prices[i].isFinite && prices[i] > 0 {
      // Among alike, small numbers tell readers least.
      let u = system.unknowns[i]
      prices[i] *= 1 + 0.02 * random.unit() + 1e-5 * min(1e3, abs(u.value))
    }
    search.price = prices
  }

  /// What the withheld unknowns cost together.
  var cost: Double { withheld.reduce(0) { $0 + (system.unknowns[$1].cost ?? 0) } }

  /// The evidence that still stands.
  var evidenceInUse: [Evidence] { evidence.compactMap { $0 } }

  /// Withholds unknowns.
  mutating func withhold(_ unknowns: some Sequence<Int>) {
    for i in unknowns where i < system.count && withheld.insert(i).inserted {
      if system.unknowns[i].cost != nil { search.price[i] = 0 }
      polytope?.reopen(i)
    }
  }

  /// The cheapest move, with numbers of the reserve only where there is no other.
  private mutating func move(of i: Int, width: Double, still: Int? = nil) -> (
    move: Move, price: Double
  )? {
    if let found = search.cheapest(of: i, width: width, still: still, limit: limit) {
      return found
    }
    let reserve = (0..<system.count).filter {
      system.unknowns[$0].isReserve && search.price[$0] == .infinity
    }
    guard !reserve.isEmpty else { return nil }
    for j in reserve { search.price[j] = (system.unknowns[j].cost ?? .infinity) * 4 }
    defer { for j in reserve where !withheld.contains(j) { search.price[j] = .infinity } }
    return search.cheapest(of: i, width: width, still: still, limit: limit)
  }

  private func isShown(_ i: Int) -> Bool {
    let u = system.unknowns[i]
    if u.width == 0 { return true }
    return about[i]?.contains { evidence[$0].map { u.isWide($0.width(of: i)) } ?? false } ?? false
  }

  private func isShown(_ i: Int, to insider: Int) -> Bool {
    about[i]?.contains {
      evidence[$0].map { $0.leaves(insider) && $0.width(of: i) > 0 } ?? false
    } ?? false
  }

  private mutating func add(_ found: Evidence) {
    for i in found.changed { about[i, default: []].append(evidence.count) }
    evidence.append(found)
  }

  /// Withholds whatever is needed so that all that is withheld is protected.
  mutating func complete() {
    while true {
      let open = withheld.filter { !isShown($0) && !stuck.contains($0) }
      if open.isEmpty {
        if !hideFromInsiders() { return }
        continue
      }
      // The ones with the smallest number first: they have the fewest ways out.
      let ranked = open.sorted().map { (rank: rank($0), unknown: $0) }
      for (_, i) in ranked.sorted(by: { ($0.rank, $0.unknown) < ($1.rank, $1.unknown) })
      where !isShown(i) {
        let need = system.unknowns[i].width
        guard let found = widen(i, to: need, below: .infinity) else {
          stuck.insert(i)
          continue
        }
        add(found)
        if !isShown(i) { stuck.insert(i) }
      }
    }
  }

  /// Tables between which an unknown differs by `width`: first those that cost nothing, several
  /// moves one after the other, on either side; then the cheapest move for what is missing.
  private mutating func widen(_ i: Int, to width: Double, below: Double) -> Evidence? {
    if let (move, price) = search.cheapest(of: i, width: width, below: 1e-9, limit: limit),
      price < 1e-9
    {
      return end(move, need: width)
    }
    // Where nothing may be spent, linear programs say at once whether it can be.
    if below <= 1e-9, polytope != nil { return polytope?.spread(i, width: width).0 }
    let (high, up) = search.climb(i, .up, width: width, limit: limit)
    let (low, down) = search.climb(i, .down, width: width - up, limit: limit)
    let missing = width - up - down
    if missing <= 0 { return Evidence(low: low, high: high) }
    if let e = polytope?.spread(i, width: width).0 { return e }
    guard below > 1e-9 else { return nil }
    if rooms != nil, let more = cheapestRoom(i, width: width, up: up, down: down) {
      withhold(more)
      if let e = polytope?.spread(i, width: width).0 { return e }
    }
    var best: (move: Move, price: Double, direction: MoveSearch.Direction)?
    var least = below
    for direction in [MoveSearch.Direction.either, .up, .down] {
      let from = direction == .up ? high : direction == .down ? low : [:]
      search.start(from)
      let need = direction == .either ? width : missing
      let found = search.cheapest(of: i, direction, width: need, below: least, limit: limit)
      _ = search.goBack(from.keys)
      if let found {
        best = (found.move, found.price, direction)
        least = found.price
      }
    }
    guard let best else { return move(of: i, width: width).map { end($0.move, need: width) } }
    if best.direction == .either { return end(best.move, need: width) }
    withhold(best.move.changes.map { Int($0.unknown) })
    var ends = (low: low, high: high)
    for change in best.move.changes {
      let by = Double(change.by) * missing
      if best.direction == .up {
        ends.high[Int(change.unknown), default: 0] += by
      } else {
        ends.low[Int(change.unknown), default: 0] += by
      }
    }
    return Evidence(low: ends.low, high: ends.high)
  }

  /// What else to withhold so that an unknown is wide enough, with what it has on either side.
  private mutating func cheapestRoom(_ i: Int, width: Double, up: Double, down: Double) -> Set<Int>?
  {
    var ways: [Set<Int>] = []
    if let way = rooms?.open(i, upwards: true, width: width - down, price: search.price) {
      ways.append(way)
    }
    // A small number cannot go down far.
    if system.unknowns[i].value - system.unknowns[i].lower >= width - up,
      let way = rooms?.open(i, upwards: false, width: width - up, price: search.price)
    {
      ways.append(way)
    }
    func cost(_ set: Set<Int>) -> Double { set.reduce(0) { $0 + search.price[$1] } }
    return ways.min { cost($0) < cost($1) }
  }

  private mutating func rank(_ i: Int) -> Double {
    min(system.unknowns[i].value, 6) + 8 * random.unit()
  }

  private mutating func take(_ move: Move, need: Double) { add(end(move, need: need)) }

  /// Withholds what a move changes; its two ends.
  private mutating func end(_ move: Move, need: Double) -> Evidence {
    let changed = move.changes.map { Int($0.unknown) }
    withhold(changed)
    let most = changed.map { system.unknowns[$0].width }.max() ?? need
    return Evidence(move, reach: max(need, most))
  }

  /// Sees to it that one who is alone in a cell learns no other small one exactly; whether
  /// anything else was withheld for that.
  private mutating func hideFromInsiders() -> Bool {
    let blocks = Blocks(system, open: system.open(withheld))
    var hasGrown = false
    for insider in withheld.sorted() where system.unknowns[insider].isOnePerson {
      for i in blocks.members[blocks.block[insider]] {
        guard system.mustHide(i, from: insider), !isShown(i, to: insider) else { continue }
        if let found = polytope?.spread(i, width: 1, fixed: insider).0 {
          add(found)
          continue
        }
        guard let (move, price) = move(of: i, width: 1, still: insider) else { continue }
        take(move, need: 1)
        if price > 0 { hasGrown = true }
      }
    }
    return hasGrown
  }

  /// Gives back, the dearest first, what the others do not need, as far as moves show it.
  mutating func giveBack(of some: Set<Int>? = nil) {
    let extra = (some ?? withheld).filter { !system.unknowns[$0].isSensitive }
    if extra.isEmpty { return }
    // Nothing is withheld anew here: programs need only know what is withheld now.
    let whole = polytope
    let before = withheld
    polytope = whole?.among { $0 >= system.count || withheld.contains($0) }
    defer {
      polytope = whole
      for i in before.subtracting(withheld) { polytope?.close(i) }
    }
    for i in extra.sorted(by: { (prices[$0], $0) > (prices[$1], $1) }) {
      if let narrow = narrowWithout(i) {
        failures[narrow, default: 0] += 1
        continue
      }
      // The tableau of the programs stays as it is, whatever comes of this: any basis will do.
      let programs = polytope
      polytope = nil
      let before = self
      polytope = programs
      guard drop(i) else {
        let kept = (failures, polytope)
        self = before
        (failures, polytope) = kept
        polytope?.reopen(i)
        continue
      }
    }
  }

  /// One that is too narrow when another is published, by what a single relation says of it: all
  /// that it is open by is what the others of the relation are open by.
  private func narrowWithout(_ published: Int) -> Int? {
    for u in system.useSpans[published] {
      var open: [(unknown: Int, factor: Double, room: Double)] = []
      for t in system.spans[Int(system.uses[u].relation)] {
        let (i, factor) = (Int(system.terms[t].unknown), abs(Double(system.terms[t].factor)))
        guard i != published, i >= system.count || withheld.contains(i) else { continue }
        let unknown = system.unknowns[i]
        open.append((i, factor, factor * (unknown.upper - unknown.lower)))
      }
      let endless = open.count { !$0.room.isFinite }
      let ended = open.reduce(0) { $0 + ($1.room.isFinite ? $1.room : 0) }
      for (i, factor, room) in open where i < system.count && system.unknowns[i].width > 0 {
        let others = room.isFinite ? ended - room : ended
        let areEndless = endless - (room.isFinite ? 0 : 1) > 0
        if !areEndless, others < factor * system.unknowns[i].width * (1 - 1e-6) { return i }
      }
    }
    return nil
  }

  /// Publishes an unknown and looks for other moves among what is withheld; whether that does.
  private mutating func drop(_ i: Int) -> Bool {
    withheld.remove(i)
    polytope?.close(i)
    search.price[i] = .infinity
    defer { search.price[i] = prices[i] }
    var hurt = Set<Int>()
    for e in about[i] ?? [] {
      hurt.formUnion(evidence[e]?.changed ?? [])
      evidence[e] = nil
    }
    hurt = hurt.filter { withheld.contains($0) }
    // Only what costs nothing more; first those for which it failed before, as it will again.
    let ranked = hurt.map { (failures[$0, default: 0], $0) }.sorted { ($0.0, $1.1) > ($1.0, $0.1) }
    for (_, j) in ranked where !isShown(j) {
      let need = system.unknowns[j].width
      guard let found = widen(j, to: need, below: 1e-9) else {
        failures[j, default: 0] += 1
        return false
      }
      add(found)
    }
    let blocks = Blocks(system, open: system.open(withheld))
    for insider in withheld.sorted() where system.unknowns[insider].isOnePerson {
      for j in blocks.members[blocks.block[insider]]
      where hurt.contains(j) && system.mustHide(j, from: insider) && !isShown(j, to: insider) {
        if let (move, _) = search.cheapest(
          of: j, width: 1, still: insider, below: 1e-9, limit: limit)
        {
          take(move, need: 1)
        } else if let found = polytope?.spread(j, width: 1, fixed: insider).0 {
          add(found)
        } else {
          return false
        }
      }
    }
    return true
  }

  /// Publishes some of what protects others and protects them anew: a way to a cheaper choice.
  ///
  /// What costs much more than before (`worse`) is not looked at further.
  mutating func disturb(seed: UInt64, share: Double, worse: Double) {
    random = Shuffler(seed: seed)
    let before = (cost: cost, withheld: withheld)
    let extra = withheld.filter { !system.unknowns[$0].isSensitive }.sorted()
    guard !extra.isEmpty else { return }
    for i in extra where random.unit() < share {
      withheld.remove(i)
      polytope?.close(i)
      prices[i] *= 1 + 0.1 * random.unit()
      search.price[i] = prices[i]
      for e in about[i] ?? [] { evidence[e] = nil }
    }
    complete()
    guard cost <= before.cost + worse else { return }
    giveBack(of: withheld.subtracting(before.withheld))
    if cost < before.cost { giveBack() }
  }

  /// Withholds the neighbours of unknowns that could not be protected; false when all are.
  mutating func coarsen(around gaps: [Int]) -> Bool {
    var more = Set<Int>()
    for i in gaps {
      stuck.remove(i)
      for u in system.useSpans[i] {
        for t in system.spans[Int(system.uses[u].relation)] {
          let j = Int(system.terms[t].unknown)
          if j < system.count, !withheld.contains(j), search.price[j].isFinite { more.insert(j) }
        }
      }
    }
    if more.isEmpty {
      // Farther away, one cell at a time would take long: all that touch what is withheld.
      let open = system.open(withheld)
      for span in system.spans where span.contains(where: { open[Int(system.terms[$0].unknown)] }) {
        for t in span {
          let j = Int(system.terms[t].unknown)
          if j < system.count, !withheld.contains(j), search.price[j].isFinite { more.insert(j) }
        }
      }
    }
    withhold(more)
    stuck.subtract(more)
    return !more.isEmpty
  }
}
