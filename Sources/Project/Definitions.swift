package import Diagnostics
import Indicators
import Model

/// `lien indicators`: the definitions as a reader or a program sees them.
package struct Definitions {
  let catalogue: Catalogue
  private let instrumentsFolder: String

  /// Reads and checks the model and all definitions, of a project or the program's own.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  package init(project: ProjectFolder?, home: () throws(Failure) -> String) throws(Failure) {
    if let project {
      instrumentsFolder = project.instrumentsFolder
      catalogue = try Catalogue(
        folder: project.definitionsFolder, model: project.model(), settings: project.parameters)
    } else {
      let folder = try home() + "/indicators"
      instrumentsFolder = folder + "/instruments"
      catalogue = try Catalogue(
        folder: folder + "/definitions", model: Model(folder: folder + "/model"))
    }
  }

  /// How many there are.
  package var count: Int { catalogue.definitions.count }

  /// How many questionnaires there are, each read and checked.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  package func instrumentCount() throws(Failure) -> Int {
    try Instruments(folder: instrumentsFolder).all.count
  }

  /// A line an indicator, by dimension.
  package func list(language: Language) -> String {
    var out = ""
    var dimension = ""
    let sorted = catalogue.definitions.sorted { ($0.catalogue, $0.id) < ($1.catalogue, $1.id) }
    let code = sorted.map(\.catalogue.count).max() ?? 0
    let id = sorted.map(\.id.count).max() ?? 0
    for d in sorted {
      if d.dimension != dimension {
        out += (dimension.isEmpty ? "" : "\n") + d.dimension + "\n"
        dimension = d.dimension
      }
      out += "  \(padded(d.catalogue, code))  \(padded(d.id, id))  \(d.title[language])\n"
    }
    return out
  }

  /// An array of objects, in the order of their codes.
  package func json(language: Language) -> String {
    let sql = Dictionary(
      catalogue.indicators.map { ($0.definition.id, $0.hasSQL) }, uniquingKeysWith: { a, _ in a })
    return JSONText.array(
      catalogue.definitions.sorted { ($0.catalogue, $0.id) < ($1.catalogue, $1.id) }.map { d in
        JSONText.object([
          ("id", JSONText.string(d.id)), ("catalogue", JSONText.string(d.catalogue)),
          ("version", "\(d.version)"), ("valid_from", JSONText.string(d.validFrom)),
          ("title", JSONText.string(d.title[language])),
          ("dimension", JSONText.string(d.dimension)), ("axis", JSONText.string(d.axis)),
          ("level", JSONText.string(d.level)), ("unit", JSONText.string(d.unit)),
          ("counts", JSONText.string(d.counts[language])),
          ("additivity", JSONText.string(d.additivity.rawValue)),
          ("direction", JSONText.string(d.direction)),
          ("cuts", "[" + d.cuts.map(JSONText.string).joined(separator: ", ") + "]"),
          ("formula", JSONText.string(d.formula)),
          ("parameters", Definitions.json(d.parameters)), ("source", JSONText.string(d.source)),
          ("sql", sql[d.id] == true ? "true" : "false"),
        ])
      })
  }

  /// What an indicator counts, and how.
  package func explanation(of word: String, language: Language) throws(Failure) -> String {
    try catalogue.find(word).map { $0.explanation(in: language) + "\n" }
      .joined(separator: "\n")
  }

  /// The numbers of a definition: default, what the project computes with, and the range.
  private static func json(_ parameters: [String: Parameter]) -> String {
    JSONText.object(
      parameters.sorted { $0.key < $1.key }.map { name, parameter in
        let number = { (value: Double) in value == value.rounded() ? "\(Int(value))" : "\(value)" }
        return (
          name,
          JSONText.object([
            ("value", number(parameter.value)), ("default", number(parameter.standard)),
            ("least", number(parameter.range.lowerBound)),
            ("greatest", number(parameter.range.upperBound)),
          ])
        )
      })
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
