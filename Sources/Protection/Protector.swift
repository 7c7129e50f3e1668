/// What is withheld of a release, and the proof that it is enough.
package struct Protection: Sendable {
  /// Why an unknown is withheld.
  package enum Reason: Sendable, Hashable {
    /// For what it says by itself.
    case primary
    /// For what it says of others.
    case secondary
  }
  /// The unknowns withheld. Slacks are not among them.
  package let withheld: [Int: Reason]
  /// The proof, checked.
  package let proof: Proof
}

/// Chooses what else to withhold so that withheld unknowns cannot be worked out.
///
/// For each unknown that is not wide enough, the cheapest way to make it so is looked for and the
/// numbers that it changes are withheld; then whatever turns out not to be needed is given back.
/// This is done in several orders, the cheapest choice is disturbed and mended a few times, and
/// the last is proved. What cannot be proved is withheld more broadly; the release is refused if
/// that does not help. The same system gives the same choice on every machine.
package struct Protector {
  private let system: CellSystem
  /// How many orders are tried, and how often the best choice is disturbed.
  private let starts: Int, disturbances: Int
  /// How many changes are tried to find a move.
  private let limit: Int
  /// The unknowns that may be withheld, where linear programs on all of them are quick.
  private let members: [Int]?
  private let isQuick: Bool

  /// The most unknowns on which linear programs choose.
  private static let mostForPrograms = 500

  /// Prepares the protection of a system; a quick one tries fewer choices.
  package init(_ system: CellSystem, isQuick: Bool = false) {
    self.system = system
    self.isQuick = isQuick
    let members = system.unknowns.indices.filter { i in
      let u = system.unknowns[i]
      return u.cost != nil && (u.isSensitive || (u.value >= u.lower && u.value <= u.upper))
    }
    if members.count <= Protector.mostForPrograms {
      self.members = members
      let isLarge = members.count > 200
      (starts, disturbances, limit) =
        !isQuick ? (6, 60, 80) : isLarge ? (1, 0, 80) : (2, 4, 80)
    } else {
      self.members = nil
      (starts, disturbances, limit) = (isQuick ? 1 : 2, 0, isQuick ? 150 : 1_000)
    }
  }

  /// Protects the release.
  ///
  /// - Throws: `ProtectionError.unprotected` when no choice is enough.
  package func protect() throws(ProtectionError) -> Protection {
    let sensitive = system.unknowns.indices.filter { system.unknowns[$0].isSensitive }
    guard !sensitive.isEmpty else { return Protection(withheld: [:], proof: Proof()) }
    if let narrow = narrowWhateverIsWithheld(sensitive) { throw .unprotected(unknown: narrow) }
    var choice = cheapest(sensitive)
    while true {
      var prover = Prover(system, withheld: choice.withheld, hints: choice.evidenceInUse)
      let proof = prover.prove()
      if proof.gaps.isEmpty, proof.holds(in: system, withheld: choice.withheld) {
        return Protection(
          withheld: Dictionary(
            choice.withheld.map { ($0, system.unknowns[$0].isSensitive ? .primary : .secondary) },
            uniquingKeysWith: { a, _ in a }), proof: proof)
      }
      guard choice.coarsen(around: proof.gaps.map(\.unknown)) else {
        throw .unprotected(unknown: proof.gaps.first?.unknown ?? 0)
      }
      choice.complete()
    }
  }

  /// One that bounds alone show to be too narrow with all withheld that may be.
  private func narrowWhateverIsWithheld(_ sensitive: [Int]) -> Int? {
    let bounds = BoundsPropagation(
      system,
      open: system.unknowns.indices.map { $0 >= system.count || system.unknowns[$0].cost != nil })
    return sensitive.first { !system.unknowns[$0].isWide(bounds.upper[$0] - bounds.lower[$0]) }
  }

  private func cheapest(_ sensitive: [Int]) -> Choice {
    let polytope = members.map { Polytope(system, members: $0, dives: 6) }
    let rooms = members.map { CheapestRoom(system, members: $0, rounds: isQuick ? 2 : 4) }
    func start(_ number: Int) -> Choice {
      var choice = Choice(
        system, seed: Protector.seed + UInt64(number), limit: limit, polytope: polytope,
        rooms: rooms)
      choice.withhold(sensitive)
      choice.complete()
      choice.giveBack()
      return choice
    }
    var best = start(0)
    // Nothing but what is sensitive is withheld: there is nothing to gain.
    if best.withheld.count == sensitive.count { return best }
    for number in 1..<max(starts, 1) {
      let next = start(number)
      if next.cost < best.cost { best = next }
    }
    for number in 1..<max(disturbances, 1) {
      var next = best
      next.disturb(seed: Protector.seed + UInt64(number), share: 0.1, worse: 2)
      if next.cost <= best.cost { best = next }
    }
    return best
  }

  /// Where the streams of random numbers begin.
  private static let seed: UInt64 = 9_000
}
