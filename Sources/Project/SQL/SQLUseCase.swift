package import Diagnostics
import Indicators
import Model
import Periods

/// `lien sql`: the query that computes an indicator where the exported tables are.
package struct SQLUseCase {
  /// What is asked.
  package struct Question: Sendable {
    /// Ids or catalogue codes; nil for all.
    package var indicators: [String]?
    /// Cuts, and calendar steps.
    package var by: [String]
    /// A condition on rows.
    package var condition: String?
    /// The period as written; nil for the usual one of the project's data.
    package var period: String?
    /// The engine.
    package var dialect: String

    /// Makes a question.
    package init(
      indicators: [String]?, by: [String], condition: String?, period: String?, dialect: String
    ) {
      self.indicators = indicators
      self.by = by
      self.condition = condition
      self.period = period
      self.dialect = dialect
    }
  }

  /// One query.
  package struct Query: Sendable {
    /// A name for its file.
    package let fileName: String
    /// The statement, with a comment that says what it computes.
    package let text: String
  }

  let project: ProjectFolder?
  let model: Model
  let catalogue: Catalogue
  let language: Language

  /// Reads the definitions of a project, or the program's own.
  package init(
    project: ProjectFolder?, home: () throws(Failure) -> String, language: Language
  ) throws(Failure) {
    self.project = project
    self.language = language
    if let project {
      model = try project.model()
      catalogue = try Catalogue(
        folder: project.definitionsFolder, model: model, settings: project.parameters)
    } else {
      let folder = try home() + "/indicators"
      model = try Model(folder: folder + "/model")
      catalogue = try Catalogue(folder: folder + "/definitions", model: model)
    }
  }

  /// The queries, one an indicator; all indicators: of those that have one.
  ///
  /// - Throws: `Failure` with status `usage` for an unknown indicator, cut, period or dialect.
  package func queries(_ question: Question) throws(Failure) -> [Query] {
    let dialect = try Dialect.named(question.dialect)
    let indicators =
      try question.indicators.map { words throws(Failure) in
        try CatalogueSearch(catalogue).all(words)
      } ?? catalogue.indicators.filter(\.hasSQL)
    let (periods, cuts) = try ComputeUseCase.stepped(period(question.period), by: question.by)
    var out: [Query] = []
    for indicator in indicators {
      let d = indicator.definition
      let statement = try SQLWriter.statement(
        indicator, cuts: cuts, filter: question.condition, periods: periods, model: model,
        dialect: dialect)
      out.append(Query(fileName: d.id + ".sql", text: title(d) + statement + ";\n"))
    }
    return out
  }

  /// A comment that says what a query computes.
  func title(_ d: IndicatorDefinition) -> String {
    let title = "-- \(d.catalogue) \(d.title[language]) (\(d.id), version \(d.fullVersion))\n"
    return title + d.filledFormula.split(separator: "\n").map { "-- \($0)\n" }.joined()
  }

  /// The indicators that have no query, as SQL cannot say what they measure.
  package var withoutQuery: [String] {
    catalogue.indicators.filter { !$0.hasSQL }.map(\.definition.id)
  }

  func period(_ text: String?) throws(Failure) -> Period {
    if let text { return try Period(text) }
    if let project { return try Workspace(project).period(named: nil) }
    throw Failure(
      .usage, code: "sql.no-period", fr: "hors d’un projet, il faut nommer la période",
      en: "outside a project, the period must be named",
      remedy: Phrase(fr: "par exemple --period 2024", en: "for example --period 2024"))
  }
}
