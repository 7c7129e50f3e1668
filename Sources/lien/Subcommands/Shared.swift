import Diagnostics
import Project

extension Option {
  /// Where a result goes.
  static func out(_ help: Phrase) -> Option {
    Option(
      name: "out", value: Phrase(fr: "FICHIER", en: "FILE"), completion: .file, help: help)
  }

  /// Leave to overwrite.
  static let force = Option(
    name: "force",
    help: Phrase(fr: "remplace ce qui existe", en: "replaces what exists"))

  /// The result as JSON.
  static let json = Option(
    name: "json",
    help: Phrase(
      fr: "le résultat en JSON, sans valeur de cellule", en: "the result as JSON, without cells"))
}

extension Console {
  /// Gives a result: to the file of `--out`, else to standard output.
  func deliver(_ text: String, _ invocation: Invocation) throws(Failure) {
    guard let path = invocation["out"], path != "-" else { return write(text) }
    try Output.write(text, to: path, force: invocation.has("force"))
    note(path)
  }
}
