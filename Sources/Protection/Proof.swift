/// That a choice of withheld unknowns protects them: for each, two sets of tables that fit all that
/// is published and between which it differs enough.
package struct Proof: Sendable {
  /// What showed that an unknown is wide enough, or that it is not.
  package enum Means: String, Sendable, CaseIterable {
    /// A move that was found when the unknowns were chosen.
    case move
    /// Bounds alone show that it is too narrow.
    case bounds
    /// Linear programming.
    case linear
    /// A search over whole numbers.
    case whole
    /// Nothing was found within the limits: it counts as too narrow.
    case limit
  }

  /// What is shown of an unknown.
  package struct Entry: Sendable {
    /// The unknown.
    package let unknown: Int
    /// The one counted alone, who subtracts himself; nil for a reader without part in the data.
    package let insider: Int?
    /// The number of the evidence.
    package let evidence: Int
    /// How it was found.
    package let means: Means
  }

  /// An unknown that is not shown to be wide enough.
  package struct Gap: Sendable, Hashable {
    /// The unknown.
    package let unknown: Int
    /// The one counted alone to whom it is too narrow; nil for any reader.
    package let insider: Int?
    /// What shows it, or `limit`.
    package let means: Means
  }

  /// What is shown.
  package internal(set) var entries: [Entry] = []
  /// What is not.
  package internal(set) var gaps: [Gap] = []
  /// The sets of tables.
  package internal(set) var evidence: [Evidence] = []
  /// How many independent blocks there are, and the unknowns of the largest.
  package internal(set) var blocks = 0, largestBlock = 0
  /// How many linear programs were solved.
  package internal(set) var programs = 0

  /// Checks all of it anew by plain arithmetic: that each set of tables fits what is published, and
  /// that there is an entry for every unknown and insider that needs one.
  package func holds(in system: CellSystem, withheld: Set<Int>) -> Bool {
    let open = system.open(withheld)
    guard gaps.isEmpty, evidence.allSatisfy({ $0.holds(in: system, open: open) }) else {
      return false
    }
    var shown = Set<Int>()
    var insiders: [Int: Set<Int>] = [:]
    for entry in entries {
      let e = evidence[entry.evidence]
      if let insider = entry.insider {
        guard e.leaves(insider), e.width(of: entry.unknown) > 0 else { return false }
        insiders[insider, default: []].insert(entry.unknown)
      } else {
        guard system.unknowns[entry.unknown].isWide(e.width(of: entry.unknown)) else {
          return false
        }
        shown.insert(entry.unknown)
      }
    }
    guard withheld.allSatisfy({ system.unknowns[$0].width == 0 || shown.contains($0) }) else {
      return false
    }
    let blocks = Blocks(system, open: open)
    for i in withheld where system.unknowns[i].isOnePerson {
      for j in blocks.members[blocks.block[i]]
      where withheld.contains(j) && system.mustHide(j, from: i) {
        guard insiders[i]?.contains(j) ?? false else { return false }
      }
    }
    return true
  }
}
