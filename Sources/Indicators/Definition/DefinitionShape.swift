import DataFiles
import Diagnostics

/// What a definition file may hold.
enum DefinitionShape {
  static let definition = Shape.object(
    [
      "id": .scalar, "catalogue": .scalar, "version": .scalar, "valid_from": .scalar,
      "title": .phrase, "dimension": .scalar, "axis": .scalar, "level": .scalar,
      "unit": .scalar, "counts": .phrase, "additivity": .scalar, "formula": .scalar,
      "formula_file": .scalar, "cuts": .list(.scalar), "direction": .scalar,
      "minimum_known_share": .scalar, "note": .phrase, "source": .scalar,
      "frameworks": .map(.scalar), "survey": .scalar, "unknowns": .phrase,
      "parameters": .map(
        .object(
          ["default": .scalar, "least": .scalar, "greatest": .scalar, "whole": .scalar],
          required: ["default", "least", "greatest"])), "sql": .scalar,
    ],
    required: [
      "id", "catalogue", "version", "valid_from", "title", "dimension", "axis", "level", "unit",
      "counts", "additivity", "cuts", "direction", "note", "source",
    ])
}

/// A definition file as decoded.
struct RawDefinition: Decodable {
  var id: String
  var catalogue: String
  var version: Int
  var valid_from: String
  var title: Phrase
  var dimension: String
  var axis: String
  var level: String
  var unit: String
  var counts: Phrase
  var additivity: String
  var formula: String?
  var formula_file: String?
  var cuts: [String]
  var direction: String
  var minimum_known_share: Double?
  var note: Phrase
  var source: String
  var frameworks: [String: String]?
  var survey: Bool?
  var unknowns: Phrase?
  var parameters: [String: RawParameter]?
  var sql: Bool?

  /// The parameters declared.
  ///
  /// - Throws: `Failure` when a default is not among the numbers that it may be.
  func parameters(in file: DataFile) throws(Failure) -> [String: Parameter] {
    var out: [String: Parameter] = [:]
    for (name, raw) in (parameters ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard raw.least <= raw.greatest else {
        throw Failure(
          .failed, code: "definition.value",
          fr: "« \(name) » : « least » ne doit pas dépasser « greatest »",
          en: "“\(name)”: “least” must not be above “greatest”",
          at: file.location(of: "parameters.\(name)"))
      }
      let parameter = Parameter(
        raw.default, in: raw.least...raw.greatest, isWhole: raw.whole ?? false)
      guard parameter.allows(raw.default) else {
        throw Failure(
          .failed, code: "definition.value",
          fr: "« \(name) » : \(parameter.allowed.fr) est attendu",
          en: "“\(name)”: \(parameter.allowed.en) is expected",
          at: file.location(of: "parameters.\(name).default"))
      }
      out[name] = parameter
    }
    return out
  }
}

/// A parameter as declared.
struct RawParameter: Decodable {
  var `default`: Double
  var least: Double
  var greatest: Double
  var whole: Bool?
}
