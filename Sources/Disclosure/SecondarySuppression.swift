import Diagnostics
import Indicators
import Protection
import Threads

/// Which rows of a whole release are withheld so that others cannot be worked out.
struct SecondarySuppression {
  /// The rows that are withheld for what they say of others.
  private(set) var rows = Set<ReleaseSystem.Place>()
  /// What was proved, for the internal audit.
  private(set) var summary = ProofSummary()

  /// The rows that were withheld before.
  init(rows: Set<ReleaseSystem.Place>) { self.rows = rows }

  /// - Throws: `Failure` with status `releaseRefused` when some rows cannot be protected.
  init(
    _ system: ReleaseSystem, tables: [IndicatorTable], kept: Set<ReleaseSystem.Place>
  ) throws(Failure) {
    rows = kept
    // What no cut tells apart is worth most to readers, and joins all tables of an indicator: it is
    // withheld only where the tables that it joins cannot be protected otherwise.
    var firm = system.margins.filter {
      !system.unknowns[$0].isSensitive && system.unknowns[$0].cost != 0
    }
    var solved: [[Int]: Result<Protection, ProtectionError>] = [:]
    while true {
      var unknowns = system.unknowns
      for i in firm { unknowns[i].cost = nil }
      let parts = SystemParts(unknowns, system.relations).sensitive
      SecondarySuppression.solve(parts, of: unknowns, into: &solved)
      let before = firm.count
      let failed = parts.filter { part in
        if case .failure = solved[part.unknowns] { true } else { false }
      }
      if !failed.isEmpty { firm.subtract(system.neighbours(of: failed.flatMap(\.unknowns))) }
      if firm.count < before { continue }
      for part in parts {
        switch solved[part.unknowns] {
        case .success(let protection):
          summary.add(protection.proof)
          withhold(protection.withheld.keys.map { part.unknowns[$0] }, in: system)
        case .failure(let error) where system.isAtStake(part.unknowns):
          throw SecondarySuppression.failure(error, part, system, tables)
        case .failure, nil:
          // All that is at stake was withheld before, and readers hold the rest: they learn
          // nothing new of it when nothing else of it is given.
          summary.nothingNew += 1
          withhold(part.unknowns, in: system)
        }
      }
      return
    }
  }

  private mutating func withhold(_ unknowns: [Int], in system: ReleaseSystem) {
    for i in unknowns { rows.formUnion(system.places[i]) }
  }

  /// Protects the parts that were not looked at before, on all cores, the largest first; those
  /// that hold the same numbers in the same relations once.
  private static func solve(
    _ parts: [SystemParts.Part], of unknowns: [Unknown],
    into solved: inout [[Int]: Result<Protection, ProtectionError>]
  ) {
    var systems: [PartSystem] = []
    var asked: [PartSystem: [[Int]]] = [:]
    for part in parts where solved[part.unknowns] == nil {
      let own = PartSystem(
        unknowns: part.unknowns.map { unknowns[$0] }, relations: part.relations)
      if asked[own] == nil { systems.append(own) }
      asked[own, default: []].append(part.unknowns)
    }
    systems.sort { $0.unknowns.count > $1.unknowns.count }
    let queue = systems
    let found = Workers.share(queue.count) { i -> Result<Protection, ProtectionError> in
      do throws(ProtectionError) {
        let system = try CellSystem(queue[i].unknowns, queue[i].relations)
        return .success(try Protector(system, isQuick: true).protect())
      } catch {
        return .failure(error)
      }
    }
    for (system, result) in zip(systems, found) {
      for key in asked[system] ?? [] { solved[key] = result }
    }
  }

  /// What a part is by itself, wherever its numbers stand.
  private struct PartSystem: Hashable {
    let unknowns: [Unknown]
    let relations: [Relation]
  }

  private static func failure(
    _ error: ProtectionError, _ part: SystemParts.Part, _ system: ReleaseSystem,
    _ tables: [IndicatorTable]
  ) -> Failure {
    var id = ""
    switch error {
    case .unprotected(let i):
      if let place = system.places[part.unknowns[i]].first {
        id = tables[place.table].definition.id
      }
    case .contradiction(let r):
      if let term = part.relations[r].terms.first,
        let place = system.places[part.unknowns[term.unknown]].first
      {
        id = tables[place.table].definition.id
      }
    }
    return Failure(
      .releaseRefused, code: "release.not-protected",
      fr:
        "« \(id) » : aucune façon de masquer ne garde le secret des petits effectifs, compte tenu de ce qui est déjà diffusé",
      en:
        "“\(id)”: whatever is withheld, small groups can be worked out, given what is published already",
      remedy: Phrase(
        fr: "ôtez cet indicateur ou une ventilation du rapport, ou restez en interne",
        en: "drop this indicator or a cut from the report, or stay internal"))
  }
}

/// What the proofs of a release amount to.
package struct ProofSummary: Sendable, Hashable {
  /// Independent blocks of withheld numbers, and the numbers of the largest.
  package private(set) var blocks = 0, largestBlock = 0
  /// How many statements were shown by moves, by linear programs and by a whole-number search.
  package private(set) var byMoves = 0, byPrograms = 0, bySearch = 0
  /// Parts of which readers learn nothing: what is at stake was withheld before, and nothing that
  /// they do not hold is given.
  package internal(set) var nothingNew = 0
  /// How many of them are about somebody who is alone in a number.
  package private(set) var insiders = 0

  mutating func add(_ proof: Proof) {
    blocks += proof.blocks
    largestBlock = max(largestBlock, proof.largestBlock)
    for entry in proof.entries {
      if entry.insider != nil { insiders += 1 }
      switch entry.means {
      case .move: byMoves += 1
      case .linear, .bounds: byPrograms += 1
      case .whole, .limit: bySearch += 1
      }
    }
  }
}
