import Diagnostics
import FoundationEssentials
import Model

/// Names to confirm that come back filled in: the decisions hold, and the rows that waited come in.
extension InboxUseCase {
  /// Takes a file of names, whatever of it is filled in; nil when nothing is.
  func confirm(
    _ file: InboxFiles.Dropped, _ stamp: InboxFiles.Stamp
  ) throws(Failure) -> Line? {
    let path = files.path(file)
    let review = try PeopleReview(project: project, language: language, leavesBooks: true)
    let filled: PeopleReview.Filled
    do throws(Failure) {
      filled = try review.filled(path)
    } catch {
      try lay(Page(problems: error.diagnostics), beside: file)
      keep(file, stamp)
      return line(file, error.diagnostics.first?.message ?? Phrase(same: ""), .kept, error.status)
    }
    let mode = files.mode(of: file)
    let unreadable = filled.unreadable.map {
      PeopleReview.unreadable(file: file.relative, line: $0)
    }
    guard !filled.decisions.isEmpty else {
      if filled.open.isEmpty {
        // Decided elsewhere: nothing waits for it.
        let said = Phrase(
          fr: "ces noms sont déjà tous décidés : rien à faire",
          en: "these names are all decided already: nothing to do")
        try lay(Page(notice: said), beside: file)
        finish(file, stamp)
        return line(file, said, .unchanged, .done)
      }
      keep(file, stamp)
      if unreadable.isEmpty { return nil }
      let said = Phrase(
        fr: "aucun nom n’a pu être décidé : choisissez dans la colonne « Décision »",
        en: "no name could be decided: choose in the column “Décision”")
      try lay(Page(notice: said, problems: unreadable), beside: file)
      return line(file, said, .waiting, .rowsSetAside)
    }
    let outcome = try review.decide(filled.decisions)
    let said = decided(outcome, filled)
    try lay(
      Page(
        reports: outcome.reports, notice: said, problems: unreadable,
        names: filled.open.isEmpty ? nil : SafeWriting.name(of: files.names(of: file).relative),
        isOfAnotherSheet: true),
      beside: file)
    finish(file, stamp)
    for report in outcome.reports {
      guard let rejects = report.details?.left.rejects else { continue }
      // Beside the sheet that the rows are of, in the folder of this file.
      let folder = file.subfolder.map { $0 + "/" } ?? ""
      let sheet = InboxFiles.Dropped(relative: folder + SafeWriting.name(of: report.file))
      try lay(rejectsAt: rejects, as: files.free(files.rejects(of: sheet)), mode)
    }
    if !filled.open.isEmpty { try lay(names: filled.open, as: files.names(of: file), mode) }
    let worst = outcome.reports.map(\.status).max() ?? .done
    return line(
      file, said, .decided, unreadable.isEmpty ? worst : max(worst, .rowsSetAside),
      ImportSum(outcome.reports))
  }

  private func decided(_ outcome: PeopleReview.Outcome, _ filled: PeopleReview.Filled) -> Phrase {
    let n = outcome.decided
    let left = filled.open.count
    var fr = n == 1 ? "1 nom décidé" : "\(n) noms décidés"
    var en = n == 1 ? "1 name decided" : "\(n) names decided"
    if left > 0 {
      fr += left == 1 ? ", 1 attend encore" : ", \(left) attendent encore"
      en += left == 1 ? ", 1 still waits" : ", \(left) still wait"
    }
    let rest = said(outcome.reports)
    if !rest.fr.isEmpty {
      fr += ". " + rest.fr
      en += ". " + rest.en
    }
    return Phrase(fr: fr, en: en)
  }
}
