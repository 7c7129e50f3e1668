package import Diagnostics
import Persistence

/// `lien backup` and `lien restore`.
package struct BackupUseCase {
  private let project: ProjectFolder

  /// Prepares for a project.
  package init(project: ProjectFolder) { self.project = project }

  /// Copies the store, names too, to one file; what to say of it.
  ///
  /// - Throws: `Failure` with status `usage` when the file exists and `force` is false.
  package func backup(to path: String, force: Bool) throws(Failure) -> Phrase {
    let store = try Store.open(in: project.path, model: project.model(), forWriting: true)
    try store.backup(to: path, force: force)
    return Phrase(
      fr: "Sauvegarde faite : \(path) (elle contient les noms ; lisible de vous seul).",
      en: "Backup made: \(path) (it holds the names; readable by you alone).")
  }

  /// Puts the store of a backup in the place of the project's; what to say of it.
  ///
  /// - Throws: `Failure` with status `usage` when the project holds data and `force` is false.
  package func restore(from path: String, force: Bool) throws(Failure) -> Phrase {
    if !force, Store.exists(in: project.path) {
      let store = try Store.open(in: project.path, model: project.model())
      if try !store.imports().isEmpty {
        throw Failure(
          .usage, code: "restore.not-empty", fr: "ce projet contient déjà des données",
          en: "this project holds data already",
          remedy: Phrase(
            fr: "restaurez dans un projet neuf, ou remplacez-les par --force",
            en: "restore into a new project, or replace them with --force"),
          at: SourceLocation(file: project.path))
      }
    }
    try Store.restore(from: path, into: project.path, force: true)
    let again = try Forgetting(project: project).forgetRestored()
    if again == 0 { return Phrase(fr: "Base restaurée.", en: "Store restored.") }
    return Phrase(
      fr: "Base restaurée ; personnes oubliées depuis, effacées de nouveau : \(again).",
      en: "Store restored; people forgotten since, erased again: \(again).")
  }
}
