import Diagnostics
import Glibc

/// One process at a time takes what a folder holds. The system lets go of the lock when the
/// process ends, however it ends.
final class InboxLock {
  private let file: Int32

  /// Takes the lock of a folder.
  ///
  /// - Throws: `Failure` when another process holds it, or the folder cannot be written.
  init(folder: String) throws(Failure) {
    let path = folder + "/.lien-inbox.lock"
    file = unsafe open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Failure(
        .failed, code: "inbox.unwritable", fr: "impossible d’écrire dans ce dossier",
        en: "this folder cannot be written", at: SourceLocation(file: folder))
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw Failure(
        .failed, code: "inbox.busy", fr: "un autre « lien inbox » relève déjà ce dossier",
        en: "another “lien inbox” already takes this folder",
        remedy: Phrase(
          fr: "attendez qu’il ait fini, ou arrêtez-le", en: "wait until it is done, or stop it"),
        at: SourceLocation(file: folder))
    }
  }

  deinit { close(file) }
}
