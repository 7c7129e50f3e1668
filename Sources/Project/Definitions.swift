package import Diagnostics
import Indicators
import Model
import Reporting

/// `lien indicators`: the definitions as a reader or a program sees them.
package struct Definitions {
  let catalogue: Catalogue
  private let instrumentsFolder: String
  /// The axes, in the model's order, with their names.
  private let axes: [(value: String, label: Phrase)]

  /// Reads and checks the model and all definitions, of a project or the program's own.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  package init(project: ProjectFolder?, home: () throws(Failure) -> String) throws(Failure) {
    let model: Model
    if let project {
      model = try project.model()
      instrumentsFolder = project.instrumentsFolder
      catalogue = try Catalogue(
        folder: project.definitionsFolder, model: model, settings: project.parameters)
    } else {
      let folder = try home() + "/indicators"
      model = try Model(folder: folder + "/model")
      instrumentsFolder = folder + "/instruments"
      catalogue = try Catalogue(folder: folder + "/definitions", model: model)
    }
    axes = (CutWords(model: model).values(of: ["axis"])["axis"] ?? []).map { ($0.value, $0.label) }
  }

  /// The indicators by axis, then by dimension, in the order of their codes.
  func grouped(language: Language) -> [(
    axis: String, dimensions: [(name: String, indicators: [Indicator])]
  )] {
    let all = catalogue.indicators
    let others = Set(all.map(\.definition.axis)).subtracting(axes.map(\.value)).sorted()
    return (axes + others.map { ($0, Phrase(same: $0)) }).compactMap { axis in
      let own = all.filter { $0.definition.axis == axis.value }
      guard !own.isEmpty else { return nil }
      let known = Definitions.dimensions.map(\.name)
      let names =
        known + Set(own.map(\.definition.dimension)).subtracting(known).sorted()
      return (
        axis.label[language],
        names.compactMap { name in
          let members = own.filter { $0.definition.dimension == name }
          let title = Definitions.dimensions.first { $0.name == name }?.title
          return members.isEmpty ? nil : ((title ?? Phrase(same: name))[language], members)
        }
      )
    }
  }

  /// The dimensions of the catalogue and what they are called, in order; a project may have others.
  private static let dimensions: [(name: String, title: Phrase)] = [
    ("participation", Phrase(fr: "Participation", en: "Participation")),
    ("regularity", Phrase(fr: "Régularité", en: "Regularity")),
    ("concentration", Phrase(fr: "Répartition des présences", en: "Spread of attendance")),
    ("mix", Phrase(fr: "Mixité", en: "Mix")),
    ("network", Phrase(fr: "Liens nés des séances", en: "Ties born of sessions")),
    ("bridging", Phrase(fr: "Liens entre groupes", en: "Ties between groups")),
    ("empowerment", Phrase(fr: "Pouvoir d’agir", en: "Power to act")),
    ("outreach", Phrase(fr: "Aller vers", en: "Outreach")),
    ("wellbeing", Phrase(fr: "Solitude et bien-être", en: "Loneliness and well-being")),
    ("cohesion", Phrase(fr: "Voisinage et confiance", en: "Neighbourhood and trust")),
    ("safety", Phrase(fr: "Sécurité", en: "Safety")),
    ("partners", Phrase(fr: "Partenaires et pilotage", en: "Partners and steering")),
    ("economy", Phrase(fr: "Emploi et charges", en: "Jobs and charges")),
    ("ecology", Phrase(fr: "Écologie", en: "Ecology")),
    ("cost", Phrase(fr: "Coûts et financement", en: "Costs and funding")),
    ("value", Phrase(fr: "Valeur sociale", en: "Social value")),
    ("support", Phrase(fr: "Logement accompagné", en: "Accompanied housing")),
    ("training", Phrase(fr: "Formation de proximité", en: "Proximity training")),
    ("programme", Phrase(fr: "Dispositifs et sites", en: "Programmes and sites")),
    ("survey", Phrase(fr: "Qualité des enquêtes", en: "Quality of the surveys")),
    ("benchmark", Phrase(fr: "Banc d’essai", en: "Benchmark")),
  ]

  /// How many there are.
  package var count: Int { catalogue.definitions.count }

  /// How many questionnaires there are, each read and checked.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  package func instrumentCount() throws(Failure) -> Int {
    try Instruments(folder: instrumentsFolder).all.count
  }

  /// A line an indicator, by axis and dimension.
  package func list(language: Language) -> String {
    let all = catalogue.definitions
    let code = all.map(\.catalogue.count).max() ?? 0
    let id = all.map(\.id.count).max() ?? 0
    let parts = grouped(language: language).map { axis, dimensions in
      axis.uppercased() + "\n"
        + dimensions.map { name, indicators in
          "\n\(name)\n"
            + indicators.map { indicator in
              let d = indicator.definition
              return "  \(padded(d.catalogue, code))  \(padded(d.id, id))  \(d.title[language])\n"
            }.joined()
        }.joined()
    }
    return parts.joined(separator: "\n")
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
