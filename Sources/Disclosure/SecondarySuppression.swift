import Diagnostics
import Indicators
import Protection

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
    var solved: [[Int]: Protection] = [:]
    while true {
      var unknowns = system.unknowns
      for i in firm { unknowns[i].cost = nil }
      var loosened = Set<Int>()
      var problem: Failure?
      var whole: [SystemParts.Part] = []
      var found: [(SystemParts.Part, Protection)] = []
      for part in SystemParts(unknowns, system.relations).sensitive {
        do throws(ProtectionError) {
          let protection: Protection
          if let known = solved[part.unknowns] {
            protection = known
          } else {
            let own = try CellSystem(part.unknowns.map { unknowns[$0] }, part.relations)
            protection = try Protector(own, isQuick: true).protect()
          }
          solved[part.unknowns] = protection
          found.append((part, protection))
        } catch {
          let own = Set(part.unknowns)
          let before = loosened.count
          for relation in system.relations
          where relation.terms.contains(where: { own.contains($0.unknown) }) {
            for term in relation.terms where firm.contains(term.unknown) {
              loosened.insert(term.unknown)
            }
          }
          if loosened.count > before { continue }
          // Nothing else can be withheld: then nothing of it is published, unless readers hold
          // some of it already, and what is at stake was not withheld from them then.
          let isAtStake = part.unknowns.contains {
            system.unknowns[$0].isSensitive && !system.withheldBefore.contains($0)
          }
          let touchesKnown = system.relations.contains { relation in
            relation.terms.contains { own.contains($0.unknown) }
              && relation.terms.contains { system.unknowns[$0.unknown].cost == nil }
          }
          if isAtStake && touchesKnown {
            problem = problem ?? SecondarySuppression.failure(error, part, system, tables)
          } else {
            whole.append(part)
          }
        }
      }
      if let problem {
        throw problem
      }
      if !loosened.isEmpty {
        firm.subtract(loosened)
        continue
      }
      for part in whole {
        summary.withheldWhole += 1
        for i in part.unknowns { for place in system.places[i] { rows.insert(place) } }
      }
      for (part, protection) in found {
        summary.add(protection.proof)
        for i in protection.withheld.keys {
          for place in system.places[part.unknowns[i]] { rows.insert(place) }
        }
      }
      return
    }
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
  /// Parts of which nothing is published, since no smaller choice could be proved.
  package internal(set) var withheldWhole = 0
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
