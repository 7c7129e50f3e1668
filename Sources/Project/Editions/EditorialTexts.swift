import DataFiles
import Diagnostics
import FoundationEssentials
import Reporting

/// What the makers of a report wrote about its indicators: `reports/textes/annual.json5`, or
/// `annual-2024.json5` for the edition 2024.
struct EditorialTexts {
  private struct Raw: Decodable {
    var texts: [String: Phrase]
  }

  private let file: DataFile?
  private let texts: [String: Phrase]

  /// Reads the first of some names that has a file; without any there is nothing to say.
  ///
  /// - Throws: `Failure` with status `failed` and the place of what is wrong in the file.
  init(_ project: ProjectFolder, named names: String...) throws(Failure) {
    let paths = names.map { "\(project.reportsFolder)/textes/\($0).json5" }
    guard let path = paths.first(where: SafeWriting.exists) else {
      (file, texts) = (nil, [:])
      return
    }
    let file = try DataFile(
      path: path, shape: .object(["texts": .map(.phrase)], required: ["texts"]))
    self.file = file
    texts = try file.decode(Raw.self).texts
  }

  /// The texts by the id of the indicator, which a file may name by its code in the catalogue.
  ///
  /// - Throws: `Failure` with status `failed` when no indicator, or several, have a name.
  func texts(among known: [ReportPlan.Known]) throws(Failure) -> [String: Phrase] {
    var out: [String: Phrase] = [:]
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let own = known.filter { $0.id == name }
      let found = own.isEmpty ? known.filter { $0.catalogue == name } : own
      guard let first = found.first, found.count == 1 else {
        let near = Suggestion.nearest(to: name, among: known.flatMap { [$0.id, $0.catalogue] })
        throw Failure(
          .failed, code: "edition.text",
          fr: found.isEmpty
            ? "aucun indicateur « \(name) »" : "plusieurs indicateurs ont le code « \(name) »",
          en: found.isEmpty
            ? "no indicator “\(name)”" : "several indicators have the code “\(name)”",
          remedy: found.isEmpty
            ? near.map {
              Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
            }
            : Phrase(
              fr: "nommez-le par son identifiant : " + found.map(\.id).joined(separator: ", "),
              en: "name it by its id: " + found.map(\.id).joined(separator: ", ")),
          at: file?.location(of: "texts." + name))
      }
      out[first.id] = text
    }
    return out
  }
}
