import Diagnostics
import FoundationEssentials
import HTML
import Ingest

/// The questions of surveys, for the analyst to complete: a mapping file for each questionnaire, in
/// the project's private folder, since answers may say who gave them.
struct Codebooks {
  let project: ProjectFolder

  /// A file to write once the answers are in.
  struct Draft {
    let text: String
    let path: String
    let folder: String

    /// Writes the file, unless one that somebody may have begun to complete is there.
    func write() throws(Failure) {
      guard !SafeWriting.exists(path) else { return }
      try SafeWriting.makeFolder(folder, isPrivate: true)
      try SafeWriting.write(text, to: path, force: false, isPrivate: true)
    }
  }

  /// The path of a codebook: of the file that holds the same already, else of none.
  private func free(_ stem: String, _ text: String) -> String {
    for n in 1..<100 {
      let path = stem + (n == 1 ? "" : "-\(n)") + ".json5"
      guard let known = FileManager.default.contents(atPath: path) else { return path }
      if String(decoding: known, as: UTF8.self) == text { return path }
    }
    return stem + ".json5"
  }

  /// The file for a survey that has questions to complete, told in the receipt; nil for any other
  /// sheet.
  func settle(_ reading: inout Reading) -> Draft? {
    guard let codebook = reading.codebook, codebook.open > 0 else { return nil }
    let folder = project.privateFolder + "/questionnaires"
    let path = free(folder + "/" + Slug.make(codebook.name), codebook.text)
    let n = codebook.open
    reading.receipt.assumptions.append(
      Assumption(
        code: "survey.codebook",
        message: Phrase(
          fr: "\(n) question\(n > 1 ? "s" : "") à coder",
          en: "\(n) question\(n == 1 ? "" : "s") to be coded"),
        isWarning: true,
        shown: Phrase(
          fr: "\(n) question\(n > 1 ? "s" : "") à coder\u{A0}: complétez les valeurs dans \(path), "
            + "posez-le dans \(project.mappingsFolder), puis importez de nouveau cet export",
          en:
            "\(n) question\(n == 1 ? "" : "s") to be coded: complete the values in \(path), put it "
            + "into \(project.mappingsFolder), then import this export again")))
    return Draft(text: codebook.text, path: path, folder: folder)
  }
}
