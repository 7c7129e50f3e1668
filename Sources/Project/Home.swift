package import Diagnostics
import FoundationEssentials

/// The folder that holds the program's own data files: `indicators/`, `reports/`, `seeds/`.
package enum Home {
  /// Finds it: `LIEN_HOME`, else `../share/lien` beside the executable, else the repository that
  /// the program was built in.
  ///
  /// - Throws: `Failure` when none of these holds a model.
  package static func folder(environment: String?) throws(Failure) -> String {
    if let environment, !environment.isEmpty {
      guard holdsModel(environment) else {
        throw Failure(
          .input, code: "home.none",
          fr: "LIEN_HOME mène à un dossier sans indicators/model",
          en: "LIEN_HOME leads to a folder without indicators/model",
          at: SourceLocation(file: environment))
      }
      return environment
    }
    // The link's own target, so that a link in ~/bin finds what lies beside the program.
    let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    if let executable {
      let beside = SafeWriting.parent(of: SafeWriting.parent(of: executable)) + "/share/lien"
      if holdsModel(beside) { return beside }
      var folder = SafeWriting.parent(of: executable)
      while folder != "/" && folder != "." {
        if SafeWriting.exists(folder + "/Package.swift"), holdsModel(folder) { return folder }
        folder = SafeWriting.parent(of: folder)
      }
    }
    throw Failure(
      .failed, code: "home.none",
      fr: "les fichiers du programme (indicators/, reports/) sont introuvables",
      en: "the program’s own files (indicators/, reports/) are not found",
      remedy: Phrase(
        fr: "donnez leur dossier par la variable LIEN_HOME",
        en: "name their folder in the variable LIEN_HOME"))
  }

  private static func holdsModel(_ folder: String) -> Bool {
    SafeWriting.isFolder(folder + "/indicators/model")
  }
}
