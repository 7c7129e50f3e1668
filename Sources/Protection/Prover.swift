/// Shows that withheld unknowns are protected, block by block.
///
/// For each unknown that needs it: evidence already known; else bounds, which may show at once that
/// it is too narrow; else linear programs, whose corners are whole numbers more often than not;
/// else a search for whole-number moves under a limit.
struct Prover {
  let system: CellSystem
  let withheld: Set<Int>
  private let open: [Bool]
  private let blocks: Blocks
  private var proof = Proof()
  /// The evidence in which each unknown changes.
  private var about: [Int: [Int]] = [:]
  private var polytopes: [Int: Polytope] = [:]
  private var search: MoveSearch
  private lazy var bounds = BoundsPropagation(system, open: open)

  /// The most unknowns of a block on which linear programs are tried.
  private let largest: Int
  /// How many changes the search over whole numbers tries for an unknown.
  private let wholeLimit: Int

  init(
    _ system: CellSystem, withheld: Set<Int>, hints: [Evidence], largest: Int = 1_500,
    wholeLimit: Int = 20_000
  ) {
    self.system = system
    self.withheld = withheld
    self.largest = largest
    self.wholeLimit = wholeLimit
    open = system.open(withheld)
    blocks = Blocks(system, open: open)
    search = MoveSearch(system)
    for i in search.price.indices { search.price[i] = open[i] ? 0 : .infinity }
    for hint in hints where hint.holds(in: system, open: open) { add(hint) }
    if let scaled = scaled(), scaled.holds(in: system, open: open) { add(scaled) }
  }

  /// The true tables a whole number of times: where nothing is published, every relation holds for
  /// them too, so that readers do not even know the order of magnitude.
  private func scaled() -> Evidence? {
    guard open.allSatisfy({ $0 }), system.sums.allSatisfy({ $0 == 0 }) else { return nil }
    var times = 1.0
    for i in withheld where system.unknowns[i].value != 0 {
      times = max(times, (system.unknowns[i].width / abs(system.unknowns[i].value)).rounded(.up))
    }
    guard times < 1e6 else { return nil }
    return Evidence(
      low: [:],
      high: Dictionary(
        uniqueKeysWithValues: system.unknowns.enumerated().map { ($0, $1.value * times) }))
  }

  private mutating func add(_ evidence: Evidence) {
    for i in evidence.changed { about[i, default: []].append(proof.evidence.count) }
    proof.evidence.append(evidence)
  }

  /// The proof, or what is missing for it; with `quick`, only up to the first gap.
  mutating func prove(quick: Bool = false) -> Proof {
    let hints = proof.evidence.count
    for (b, members) in blocks.members.enumerated() {
      let own = members.filter { $0 < system.count && withheld.contains($0) }
      let needy = own.filter { system.unknowns[$0].width > 0 }
      guard !needy.isEmpty else { continue }
      proof.blocks += 1
      proof.largestBlock = max(proof.largestBlock, own.count)
      for i in needy {
        show(i, in: b, insider: nil, width: system.unknowns[i].width, hints: hints)
        if quick, !proof.gaps.isEmpty { return proof }
      }
      for insider in own where system.unknowns[insider].isOnePerson {
        for i in needy where system.mustHide(i, from: insider) {
          show(i, in: b, insider: insider, width: 0, hints: hints)
          if quick, !proof.gaps.isEmpty { return proof }
        }
      }
    }
    return proof
  }

  /// Finds evidence for an unknown, or notes that there is none.
  private mutating func show(_ i: Int, in block: Int, insider: Int?, width: Double, hints: Int) {
    func enough(_ e: Evidence) -> Bool {
      guard insider.map({ e.leaves($0) }) ?? true else { return false }
      return insider == nil ? system.unknowns[i].isWide(e.width(of: i)) : e.width(of: i) > 0
    }
    if let known = about[i]?.first(where: { enough(proof.evidence[$0]) }) {
      proof.entries.append(
        .init(
          unknown: i, insider: insider, evidence: known, means: known < hints ? .move : .linear))
      return
    }
    if insider == nil, bounds.upper[i] - bounds.lower[i] < width {
      proof.gaps.append(.init(unknown: i, insider: nil, means: .bounds))
      return
    }
    // One step is enough for one who only must not know it exactly.
    let need = insider == nil ? width : system.unknowns[i].isWhole ? 1 : 1e-3
    var means = Proof.Means.limit
    if blocks.members[block].count <= largest {
      let (found, reach) = program(i, in: block, insider: insider, need: need)
      if let found, found.holds(in: system, open: open), enough(found) {
        add(found)
        proof.entries.append(
          .init(
            unknown: i, insider: insider, evidence: proof.evidence.count - 1, means: .linear))
        return
      }
      if reach < need * (1 - 1e-6) {
        proof.gaps.append(.init(unknown: i, insider: insider, means: .linear))
        return
      }
      means = .limit
    }
    if let move = search.cheapest(
      of: i, width: need, still: insider, below: 1e-9, limit: wholeLimit)?.move
    {
      let found = Evidence(move, reach: need)
      if found.holds(in: system, open: open), enough(found) {
        add(found)
        proof.entries.append(
          .init(unknown: i, insider: insider, evidence: proof.evidence.count - 1, means: .whole))
        return
      }
    }
    let (high, up) = search.climb(i, .up, width: need, still: insider, limit: wholeLimit / 10)
    let (low, _) = search.climb(
      i, .down, width: need - up, still: insider, limit: wholeLimit / 10)
    let found = Evidence(low: low, high: high)
    if found.holds(in: system, open: open), enough(found) {
      add(found)
      proof.entries.append(
        .init(unknown: i, insider: insider, evidence: proof.evidence.count - 1, means: .whole))
      return
    }
    proof.gaps.append(.init(unknown: i, insider: insider, means: means))
  }

  /// What linear programs show of an unknown.
  private mutating func program(_ i: Int, in block: Int, insider: Int?, need: Double) -> (
    Evidence?, reach: Double
  ) {
    var polytope =
      polytopes.removeValue(forKey: block) ?? Polytope(system, members: blocks.members[block])
    let before = polytope.programs
    let found = polytope.spread(i, width: need, fixed: insider)
    proof.programs += polytope.programs - before
    polytopes[block] = polytope
    return found
  }
}
