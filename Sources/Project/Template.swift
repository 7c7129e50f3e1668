import Columns
package import Diagnostics
import Model

/// Blank sheets, made from the model: the headings that intake knows best.
package struct Template {
  let table: TableDeclaration
  /// The tables that its columns may speak of, where they are known.
  private var model: Model?

  /// The template of a table, by the project's model, else by the program's own.
  ///
  /// - Throws: `Failure` with status `usage` when the model has no such table.
  package init(table: String, project: ProjectFolder?, home: () throws(Failure) -> String)
    throws(Failure)
  {
    let folder: String
    if let project {
      folder = project.modelFolder
    } else {
      folder = try home() + "/indicators/model"
    }
    let model = try Model(folder: folder)
    self.table = try model.table(named: table)
    self.model = model
  }

  /// The template of a table that is known already.
  init(table: TableDeclaration) { self.table = table }

  /// A CSV with the headings of a table and no row: `,`-separated UTF-8 for programs, or what a
  /// French Excel opens (BOM, semicolons).
  package func csv(language: Language, forExcel: Bool) -> String {
    let separator = forExcel ? ";" : ","
    let headings = table.columns.map { column in
      let label = column.label[language]
      let needsQuotes = label.contains { "\",;\n\r".contains($0) }
      return needsQuotes ? "\"" + label.replacing("\"", with: "\"\"") + "\"" : label
    }
    return (forExcel ? "\u{FEFF}" : "") + headings.joined(separator: separator)
      + (forExcel ? "\r\n" : "\n")
  }

  /// What each column expects, for the person who fills the sheet in; without the values of closed
  /// lists when they stand elsewhere.
  package func guide(language: Language, withValues: Bool = true) -> [(String, String)] {
    table.columns.map { column in
      var parts: [String] = []
      func add(_ fr: String, _ en: String) { parts.append(language == .fr ? fr : en) }
      switch column.kind {
      case .key, .link: add("identifiant", "identifier")
      case .text: add("texte", "text")
      case .code where !withValues: add("une valeur de la liste", "a value of the list")
      case .code: parts.append(column.values.map { $0.label[language] }.joined(separator: ", "))
      case .integer: add("nombre entier", "whole number")
      case .decimal: add("nombre", "number")
      case .date where column.isMonth: add("mois (mars 2025)", "month (2025-03)")
      case .date: add("date (31/12/2025)", "date (31/12/2025)")
      case .time: add("heure (14:30)", "time (14:30)")
      case .boolean: add("oui ou non", "yes or no")
      }
      let bounds = [column.minimum, column.maximum].map { $0.map { Self.plain($0, language) } }
      switch (bounds[0], bounds[1]) {
      case (let low?, let high?): add("de \(low) à \(high)", "from \(low) to \(high)")
      case (let low?, nil): add("\(low) ou plus", "\(low) or more")
      case (nil, let high?): add("\(high) au plus", "at most \(high)")
      case (nil, nil): break
      }
      if let target = column.target {
        let label = model?[target]?.label
        add(
          "de " + (label.map { "« \($0.fr) »" } ?? "la table \(target)"),
          "of " + (label.map { "“\($0.en)”" } ?? "the table \(target)"))
      }
      if column.isRequired { add("obligatoire", "required") }
      if let description = column.description { parts.append(description[language]) }
      if let retention = column.retention {
        add(
          "sensible, conservé \(retention.months) mois",
          "sensitive, kept for \(retention.months) months")
      }
      return (column.label[language], parts.joined(separator: " ; "))
    }
  }

  /// A bound as a person writes it.
  private static func plain(_ number: Double, _ language: Language) -> String {
    let text = Column.plain(number)
    return language == .fr ? text.replacing(".", with: ",") : text
  }
}
