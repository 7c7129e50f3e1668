import Columns
import Diagnostics
import Ingest
import Persistence

/// What an import leaves for a person to fill in.
struct LeftBehind: Sendable {
  /// Where the rows to correct were written.
  var rejects: String?
  /// The names to decide on.
  var names: [PeopleReview.Question] = []
}

extension ImportUseCase {
  /// Writes the rows set aside, after the commit: they are in the store, and can be written again
  /// (`lien imports show N --rejects FILE`). Removes the file of rejects that have all come back.
  func settleRejects(
    _ reading: Reading, _ doubts: [PeopleAnswers.Doubt], _ effect: ImportEffect, file: String,
    store: Store
  ) throws(Failure) -> LeftBehind {
    guard let record = effect.record, !options.isDryRun else { return LeftBehind() }
    let parent = reading.correctsRejectsOf
    if let parent, record.id == parent {
      // Nothing was corrected: the import's own file says all of this already.
      return LeftBehind(rejects: RejectFiles(project: project).paths(of: parent).first)
    }
    var out = LeftBehind()
    var rows = reading.rejects
    if rows.contains(where: { $0.reason.code == PeopleAnswers.code }) {
      out.names = doubts.map { PeopleReview.Question($0, record, language) }
      // Those who have names to choose from need no rows to correct.
      if options.leavesBooks { rows.removeAll { $0.reason.code == PeopleAnswers.code } }
    }
    if !rows.isEmpty { out.rejects = try write(rows, reading, doubts, of: record, file) }
    if let parent { try dropFile(of: parent, store) }
    return out
  }

  private func write(
    _ rows: [Reject], _ reading: Reading, _ doubts: [PeopleAnswers.Doubt], of record: ImportRecord,
    _ file: String
  ) throws(Failure) -> String {
    let rows = PeopleAnswers.explained(rows, doubts, language)
    let form = options.leavesBooks ? .xlsx : RejectFiles.Form(path: options.rejectsFile ?? "")
    let bytes =
      switch form {
      case .xlsx:
        try RejectsBook(
          rejects: rows, header: reading.header, importNumber: record.id, model: model
        ).bytes()
      case .csv:
        Array(
          RejectsFile.csv(
            rejects: rows, header: reading.header, importNumber: record.id,
            dialect: reading.dialect
          ).utf8)
      }
    guard let chosen = options.rejectsFile else {
      return try RejectFiles(project: project).write(
        bytes, of: record.id, sheet: file, parent: reading.correctsRejectsOf, form: form)
    }
    try SafeWriting.write(bytes, to: chosen, force: options.force, isPrivate: true)
    return chosen
  }

  /// Removes the file of an import whose rows have all come back.
  private func dropFile(of id: Int, _ store: Store) throws(Failure) {
    let files = RejectFiles(project: project)
    // A workbook has no names that wait.
    let hasNames = files.paths(of: id).contains { RejectFiles.Form(path: $0) == .csv }
    let taken = WaitingRows.linesTaken(of: id, among: try store.imports())
    let isOpen = try store.rejects(of: id).rejects.contains {
      !taken.contains($0.line) && (hasNames || $0.reason.code != PeopleAnswers.code)
    }
    if !isOpen { files.remove(of: id) }
  }
}
