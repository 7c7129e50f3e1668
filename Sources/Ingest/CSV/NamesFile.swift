import Diagnostics

/// The headings by which a file of names to decide on is known when it comes back.
package enum NamesFile {
  /// The name as the sheet has it.
  package static let nameColumn = "lien_nom"
  /// The residence of the sheet.
  package static let residenceColumn = "lien_residence"
  /// The candidates, by pseudonym.
  package static let peopleColumn = "lien_personnes"

  /// Whether a row of cells is the headings of such a file.
  package static func isHeader(_ cells: [String]) -> Bool {
    let words = cells.map { $0.lowercased() }
    return words.contains(nameColumn) && words.contains(peopleColumn)
  }

  /// The code of the failure of an import of such a file.
  package static let failureCode = "people.review-sheet-here"

  static func failure(_ name: String) -> Failure {
    Failure(
      .usage, code: failureCode,
      fr: "c’est une feuille de noms à confirmer, pas une feuille à importer",
      en: "this is a sheet of names to decide on, not one to import",
      remedy: Phrase(
        fr: "donnez-la à « lien people review FICHIER »",
        en: "give it to “lien people review FILE”"),
      at: SourceLocation(file: name))
  }
}
