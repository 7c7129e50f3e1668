import Diagnostics
import Model
import Persistence

/// A sheet that takes away most of what was known of its sessions: an old copy, or a blank one that
/// somebody began to fill in anew.
enum PresenceLoss {
  /// The warning on it; nil when there is none to give.
  static func warning(_ effect: ImportEffect, _ model: Model) -> Diagnostic? {
    for table in effect.change?.tables ?? [] where model[table.table]?.multiplicity != nil {
      let n = table.removed
      guard n >= 3, n * 2 > n + table.changed + table.identical else { continue }
      let back = effect.record.map { "imports undo \($0.id)" }
      return Diagnostic(
        .warning, code: "attendance.loss",
        Phrase(
          fr: "cette feuille ne porte plus \(n) présences entrées auparavant pour ses séances : "
            + (back.map { "elles sont retirées (\($0) les rend)" } ?? "elles seraient retirées"),
          en: "this sheet lacks \(n) attendances that were in for its sessions: "
            + (back.map { "they are gone (\($0) brings them back)" } ?? "they would be gone")),
        remedy: Phrase(
          fr: "si c’est une ancienne copie, reprenez la feuille la plus récente",
          en: "if it is an old copy, take the latest sheet"))
    }
    return nil
  }
}
