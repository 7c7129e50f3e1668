import DataFiles
import Diagnostics

/// What the questions of a survey's exports are called, and what answers in words are worth.
package struct SurveyMapping: Sendable {
  /// What is said of one question.
  struct Item: Sendable {
    /// Its name in the store.
    var name: String
    /// The value of each wording, folded; nil where one has none.
    var values: [String: Double?]
    /// Whether it is left out.
    var isSkipped: Bool
  }

  /// The mapping's name.
  package let id: String
  /// The questionnaire.
  package let instrument: String
  private let items: [String: Item]

  init(_ raw: MappingFile.Survey, id: String, file: DataFile) throws(Failure) {
    self.id = id
    instrument = raw.instrument ?? id
    var items: [String: Item] = [:]
    for heading in raw.items.keys.sorted() {
      guard let one = raw.items[heading] else { continue }
      var values: [String: Double?] = [:]
      for (word, text) in one.values ?? [:] {
        let number = Double(text.replacing(",", with: "."))
        guard text.isEmpty || number != nil else {
          throw Failure(
            .failed, code: "mapping.value",
            fr: "la valeur d’une réponse est un nombre, ou rien (\"\")",
            en: "the value of an answer is a number, or nothing (\"\")",
            at: file.location(of: "survey.items.\(heading).values"))
        }
        values[Fold.key(word)] = .some(number)
      }
      items[Fold.key(heading)] = Item(
        name: one.item ?? heading, values: values, isSkipped: one.skip ?? false)
    }
    self.items = items
  }

  subscript(code: String) -> Item? { items[Fold.key(code)] }

  /// How many of some questions it knows.
  func known(_ codes: [String]) -> Int { codes.count { self[$0] != nil } }
}
