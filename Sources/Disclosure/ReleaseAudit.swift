import Diagnostics
import Indicators

/// What a release withholds and why: for the internal audience only, since the reason why a cell
/// is withheld would give it away.
package struct ReleaseAudit: Sendable {
  /// What is withheld of one table.
  package struct Line: Sendable, Hashable {
    /// The indicator and its cuts.
    package let indicator: String, cuts: [String]
    /// Cells with data, and of those the ones withheld for themselves and for others.
    package let cells: Int, primary: Int, secondary: Int
    /// Of those withheld for themselves, the sums that one party makes nearly alone.
    package let dominated: Int
    /// Cells whose own count reaches k, and of those the ones that are given.
    package let reaching: Int, given: Int
    /// Which classes to put together when more than two cells in five are withheld.
    package let proposal: MergeProposal?

    /// Whether coarser classes would say more.
    package var isTooFine: Bool { cells >= 5 && withheldShare > 0.4 }

    /// The share withheld of the cells with data.
    package var withheldShare: Double {
      cells > 0 ? Double(primary + secondary) / Double(cells) : 0
    }
  }

  /// Who reads the release, and its threshold.
  package var audience: Audience { policy.audience }
  /// The fewest persons behind a figure.
  package var threshold: Int { policy.threshold }
  private let policy: ReleasePolicy
  /// The tables, in their order.
  package private(set) var lines: [Line] = []
  /// What was proved.
  package private(set) var proof = ProofSummary()

  init(policy: ReleasePolicy) { self.policy = policy }

  mutating func note(
    _ tables: [IndicatorTable], primary: [[CellStatus]], dominated: [Set<Int>],
    secondary: SecondarySuppression
  ) {
    proof = secondary.summary
    for (t, table) in tables.enumerated() {
      var (cells, first, second, reaching, given) = (0, 0, 0, 0, 0)
      for (r, row) in table.rows.enumerated() {
        let status = primary[t][r]
        guard status == .given || status == .withheld else { continue }
        cells += 1
        let hides =
          status == .given && secondary.rows.contains(ReleaseSystem.Place(table: t, row: r))
        if status == .withheld { first += 1 } else if hides { second += 1 }
        guard row.estimate.persons.map({ $0 == 0 || $0 >= threshold }) ?? true else { continue }
        reaching += 1
        if status == .given && !hides { given += 1 }
      }
      func line(_ proposal: MergeProposal?) -> Line {
        Line(
          indicator: table.definition.fullID, cuts: table.cuts, cells: cells, primary: first,
          secondary: second,
          dominated: dominated[t].filter { primary[t][$0] == .withheld }.count,
          reaching: reaching, given: given, proposal: proposal)
      }
      let own = line(nil)
      lines.append(own.isTooFine ? line(MergeProposal(table, policy: policy)) : own)
    }
  }

  /// The share given of the cells whose own count reaches k; 1 when there are none.
  package var keptShare: Double {
    let all = lines.reduce(0) { $0 + $1.reaching }
    return all > 0 ? Double(lines.reduce(0) { $0 + $1.given }) / Double(all) : 1
  }

  /// The tables of which more than two cells in five are withheld: coarser classes would say more.
  package var tooFine: [Line] { lines.filter(\.isTooFine) }
}
