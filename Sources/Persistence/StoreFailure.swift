import CSQLite
import Diagnostics

/// What the store says when it cannot do what was asked. Messages hold no cell value.
extension Failure {
  /// The failure that an SQLite result code means to a user.
  static func sqlite(_ code: Int32, _ detail: String, file: String) -> Failure {
    let place = SourceLocation(file: file)
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return Failure(
        .failed, code: "store.busy",
        fr: "le projet est occupé : un autre import est en cours",
        en: "the project is busy: another import is under way",
        remedy: Phrase(
          fr: "attendez qu’il se termine, puis recommencez ; rien n’a été modifié",
          en: "wait until it ends, then try again; nothing was changed"), at: place)
    case SQLITE_FULL:
      return full(at: place)
    case SQLITE_IOERR where [3, 4, 6, 19].contains(code >> 8):  // write, fsync, truncate, shmsize
      return full(at: place)
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH:
      return Failure(
        .failed, code: "store.read-only",
        fr: "le projet ne peut pas être ouvert ou modifié : droits insuffisants",
        en: "the project cannot be opened or changed: permission is missing",
        remedy: Phrase(
          fr: "vérifiez les droits du dossier ; rien n’a été modifié",
          en: "check the folder’s permissions; nothing was changed"), at: place)
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      return .damaged(detail, file: file)
    default:
      return Failure(
        .failed, code: "store.sqlite", fr: "erreur de la base (\(code)) : \(detail)",
        en: "database error (\(code)): \(detail)", at: place)
    }
  }

  private static func full(at place: SourceLocation) -> Failure {
    Failure(
      .failed, code: "store.full",
      fr: "le disque est plein ou refuse l’écriture",
      en: "the disk is full or refuses to be written",
      remedy: Phrase(
        fr: "libérez de la place, puis recommencez ; le projet est resté comme avant",
        en: "make room, then try again; the project is as it was before"), at: place)
  }

  /// The file is there but its content cannot be trusted.
  static func damaged(_ detail: String, file: String) -> Failure {
    Failure(
      .failed, code: "store.damaged", fr: "fichier endommagé : \(detail)",
      en: "damaged file: \(detail)",
      remedy: Phrase(
        fr: "restaurez une sauvegarde avec « lien restore »",
        en: "restore a backup with “lien restore”"), at: SourceLocation(file: file))
  }

  /// No import has this number.
  static func unknownImport(_ id: Int) -> Failure {
    Failure(
      .usage, code: "store.unknown-import", fr: "aucun import ne porte le numéro \(id)",
      en: "no import has the number \(id)",
      remedy: Phrase(
        fr: "« lien imports » donne la liste des imports",
        en: "“lien imports” lists the imports"))
  }

  /// A batch does not fit the model: an error of the program that made it.
  static func misfit(_ table: String, _ column: String) -> Failure {
    Failure(
      .failed, code: "store.batch",
      fr: "« \(table).\(column) » ne correspond pas au modèle",
      en: "“\(table).\(column)” does not fit the model")
  }
}
