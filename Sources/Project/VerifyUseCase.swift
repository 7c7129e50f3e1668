package import Diagnostics
import Persistence

/// `lien verify`: whether the data are those of a report.
package struct VerifyUseCase {
  private let workspace: Workspace

  /// Opens the project's store.
  package init(project: ProjectFolder) throws(Failure) { workspace = try Workspace(project) }

  /// The fingerprint of the data.
  ///
  /// - Throws: `Failure`: `failed` when it is not the one expected, `usage` when what is expected
  ///   cannot be a fingerprint.
  package func fingerprint(matching expected: String?) throws(Failure) -> String {
    let found = try workspace.store.fingerprint()
    guard let expected = expected?.lowercased() else { return found }
    guard expected.count >= 8, expected.allSatisfy({ $0.isHexDigit }) else {
      throw Failure(
        .usage, code: "verify.not-a-fingerprint",
        fr: "une empreinte compte au moins 8 signes, 0-9 et a-f",
        en: "a fingerprint has 8 characters or more, 0-9 and a-f")
    }
    guard found.hasPrefix(expected) else {
      throw Failure(
        .failed, code: "verify.differs",
        fr: "les données ne sont pas celles de cette empreinte (ici : \(found))",
        en: "the data are not those of this fingerprint (here: \(found))",
        remedy: Phrase(
          fr: "« lien imports » dit ce qui est entré depuis",
          en: "“lien imports” says what came in since"))
    }
    return found
  }
}
