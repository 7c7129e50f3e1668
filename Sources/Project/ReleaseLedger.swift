import Diagnostics
import Disclosure
import FoundationEssentials
import Periods

/// What readers hold: every row that was released to them, given or withheld, one a line.
///
/// A release is checked against all earlier ones to the same readers; partners also read what is
/// public. The file holds nothing that was withheld.
struct ReleaseLedger {
  private let folder: String

  init(_ project: ProjectFolder) { folder = project.releasesFolder }

  private func path(_ audience: Audience) -> String { "\(folder)/\(audience.rawValue).tsv" }

  private static func sources(_ audience: Audience) -> [Audience] {
    switch audience {
    case .internal: []
    case .partner: [.partner, .public]
    case .public: [.public]
    }
  }

  /// The rows that readers hold already.
  ///
  /// - Throws: `Failure` with status `failed` when a line cannot be read: without it, nothing may
  ///   be released.
  func rows(for audience: Audience) throws(Failure) -> [EarlierRow] {
    var out: [EarlierRow] = []
    for source in ReleaseLedger.sources(audience) {
      for (number, line) in lines(source).enumerated() {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, fields[4] == "S" || Double(fields[4]) != nil else {
          throw Failure(
            .failed, code: "ledger.unreadable",
            fr: "registre des diffusions : ligne illisible",
            en: "ledger of releases: a line cannot be read",
            remedy: Phrase(
              fr: "rétablissez ce fichier depuis une sauvegarde du dossier du projet",
              en: "bring this file back from a backup of the project’s folder"),
            at: SourceLocation(file: path(source), line: number + 1))
        }
        out.append(
          EarlierRow(
            indicator: fields[0], period: fields[1], residence: fields[2],
            cuts: fields[3].isEmpty ? [] : fields[3].split(separator: ";").map(String.init),
            value: Double(fields[4])))
      }
    }
    return out
  }

  private func lines(_ audience: Audience) -> [String] {
    guard let bytes = FileManager.default.contents(atPath: path(audience)) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Adds the rows of a release that are not there yet.
  func record(_ tables: [ReleasedTable], for audience: Audience) throws(Failure) {
    guard audience != .internal else { return }
    var all = Set(lines(audience))
    let before = all.count
    for table in tables {
      let order = table.cuts.indices.sorted { table.cuts[$0] < table.cuts[$1] }
      for row in table.rows where row.status == .given || row.status == .withheld {
        let cuts = order.filter { row.cuts[$0] != "_total" }.map {
          "\(table.cuts[$0])=\(row.cuts[$0])"
        }
        all.insert(
          [
            table.heading.fullID, row.period.name, row.residence, cuts.joined(separator: ";"),
            row.value.map { "\($0)" } ?? "S",
          ].joined(separator: "\t"))
      }
    }
    guard all.count > before else { return }
    try SafeWriting.makeFolder(folder)
    try SafeWriting.write(
      all.sorted().joined(separator: "\n") + "\n", to: path(audience), force: true)
  }
}

/// The audit of a release, for the internal audience only.
struct AuditFile {
  let audit: ReleaseAudit

  /// One line a table, for a spreadsheet; numbers of cells, never their values.
  var text: String {
    var out =
      "indicator,cuts,cells,withheld_primary,withheld_dominance,withheld_secondary,reaching_k,given,"
      + "withheld_share,"
      + "merge,small_before,small_after\n"
    for line in audit.lines {
      let share = String(Int((line.withheldShare * 1000).rounded()))
      out +=
        "\(line.indicator),\(line.cuts.joined(separator: ";")),\(line.cells),\(line.primary),"
        + "\(line.dominated),\(line.secondary),\(line.reaching),\(line.given),\(share) ‰,\(merge(line.proposal))\n"
    }
    return out
  }

  /// Which classes to put together: `age_band: a + b; c + d`, and the cells of too few persons
  /// before and after.
  private func merge(_ proposal: MergeProposal?) -> String {
    guard let proposal else { return ",," }
    let classes = proposal.classes.map { $0.joined(separator: " + ") }.joined(separator: "; ")
    let text = "\(proposal.cut): \(classes)".replacing("\"", with: "\"\"")
    return "\"\(text)\",\(proposal.smallBefore),\(proposal.smallAfter)"
  }

  /// What the producer is told.
  var note: Phrase {
    let kept = Int((audit.keptShare * 100).rounded(.down))
    let secondary = audit.lines.reduce(0) { $0 + $1.secondary }
    let primary = audit.lines.reduce(0) { $0 + $1.primary }
    let fine = audit.tooFine.count
    var out = Phrase(
      fr:
        "secret statistique (note interne) : \(kept)\u{A0}% des cases dont l’effectif atteint \(audit.threshold) sont publiées ; \(primary) cases masquées pour elles-mêmes, \(secondary) pour en protéger d’autres, preuve faite bloc par bloc",
      en:
        "statistical confidentiality (internal note): \(kept)% of the cells whose count reaches \(audit.threshold) are given; \(primary) cells withheld for themselves, \(secondary) to protect others, proved block by block"
    )
    if fine > 0 {
      out = Phrase(
        fr: out.fr
          + " ; \(fine) tables masquées à plus de 40\u{A0}% : des classes plus larges diraient plus (lesquelles réunir : voir private/audit/)",
        en: out.en
          + "; \(fine) tables withheld by more than 40%: coarser classes would say more (which to merge: see private/audit/)"
      )
    }
    return out
  }
}
