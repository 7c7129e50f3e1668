import Diagnostics
import Ingest
import Persistence

extension ImportUseCase {
  /// Writes the rows set aside, after the commit: they are in the store, and can be written again
  /// (`lien imports show N --rejects FILE`). Removes the file of rejects that have all come back.
  func settleRejects(
    _ reading: Reading, _ doubts: [PeopleAnswers.Doubt], _ effect: ImportEffect, file: String,
    store: Store
  ) throws(Failure) -> String? {
    guard let record = effect.record, !options.isDryRun else { return nil }
    let files = RejectFiles(project: project)
    var path: String?
    if let parent = reading.correctsRejectsOf, record.id == parent {
      // Nothing was corrected: the import's own file says all of this already.
      if let known = files.paths(of: parent).first { return known }
      return nil
    }
    if !reading.rejects.isEmpty {
      let text = RejectsFile.csv(
        rejects: PeopleAnswers.explained(reading.rejects, doubts, language),
        header: reading.header, importNumber: record.id,
        dialect: reading.dialect)
      if let chosen = options.rejectsFile {
        try SafeWriting.write(text, to: chosen, force: options.force, isPrivate: true)
        path = chosen
      } else {
        path = try files.write(
          text, of: record.id, sheet: file, parent: reading.correctsRejectsOf)
      }
    }
    if let parent = reading.correctsRejectsOf,
      let first = try store.imports().first(where: { $0.id == parent }),
      reading.receipt.rowsRead >= first.rowsSetAside
    {
      files.remove(of: parent)
    }
    return path
  }
}
