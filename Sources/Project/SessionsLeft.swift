import Columns
import Diagnostics
import Ingest
import Model
import Persistence

extension ImportChecks {
  /// The sessions that a sheet of the same name stated, beside some that this one states again: a
  /// date that was corrected leaves the wrong one behind. Nil when there are none.
  func sessionsLeft(by reading: Reading, of file: String) throws(Failure) -> Assumption? {
    guard reading.correctsRejectsOf == nil,
      let (table, key) = SessionChanges.table(of: model),
      let column = reading.batches.first(where: { $0.table == table.name })?.columns[key],
      let last = try store.activeImports(ofFileNamed: file).last
    else { return nil }
    let known = try store.keys(of: table.name, statedBy: last)
    let own = Set((0..<column.count).compactMap { column.text(at: $0) })
    let left = known.subtracting(own)
    // Sheets that share no session share their name only.
    guard !left.isEmpty, left.count < known.count else { return nil }
    let n = left.count
    let fr =
      n == 1
      ? "1 séance que l’import \(last) de ce fichier disait n’y est plus\u{A0}: elle reste comptée ; "
        + "si elle était fausse, défaites cet import (lien imports undo \(last)), puis importez le "
        + "fichier de nouveau"
      : "\(n) séances que l’import \(last) de ce fichier disait n’y sont plus\u{A0}: elles restent "
        + "comptées ; si elles étaient fausses, défaites cet import (lien imports undo \(last)), puis "
        + "importez le fichier de nouveau"
    let en =
      "\(n) session\(n == 1 ? "" : "s") that import \(last) of this file stated "
      + "\(n == 1 ? "is" : "are") no longer in it and still count\(n == 1 ? "s" : ""); if wrong, undo "
      + "that import (lien imports undo \(last)), then import the file again"
    return Assumption(
      code: "session.left-behind", message: Phrase(fr: fr, en: en), isWarning: true)
  }
}
