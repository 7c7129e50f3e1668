import Columns
package import Diagnostics
import Indicators
import Ingest
import Model
import Persistence

/// What an indicator needs of the data, and what of it a project has.
package struct DataNeeds {
  private let workspace: Workspace
  private let language: Language

  /// Opens the project's store.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  /// For each table that an indicator reads, its rows, and the columns that are unknown in some or
  /// all of them; then what to do about what is missing.
  ///
  /// - Throws: `Failure` when there is no such indicator or the store cannot be read.
  package func text(of word: String) throws(Failure) -> String {
    let indicators = try workspace.catalogue().find(word)
    var out = ""
    for indicator in indicators {
      if indicators.count > 1 { out += indicator.definition.id + "\n" }
      out += try text(of: indicator)
    }
    return out
  }

  private func text(of indicator: Indicator) throws(Failure) -> String {
    var tables: [(name: String, columns: [String])] = []
    for path in indicator.columnsRead {
      let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      if let known = tables.firstIndex(where: { $0.name == parts[0] }) {
        tables[known].columns.append(parts[1])
      } else {
        tables.append((parts[0], [parts[1]]))
      }
    }
    let fr = language == .fr
    var lines: [String] = []
    var missing: [String] = []
    for (name, columns) in tables {
      guard let declaration = workspace.model[name] else { continue }
      let table = try workspace.load(name, columns)
      let label = declaration.label[language]
      if table.rowCount == 0 {
        missing.append(
          fr
            ? "aucune ligne dans « \(label) »\u{A0}: lien template \(name), puis lien import"
            : "no row in “\(label)”: lien template \(name), then lien import")
        continue
      }
      let n = Count.text(table.rowCount, language)
      lines.append(
        fr ? "\(label) (\(name))\u{A0}: \(n) lignes" : "\(label) (\(name)): \(n) rows")
      for column in columns {
        guard let shown = declaration[column]?.label[language] else { continue }
        let known = (0..<table.rowCount).count { table[column]?.isKnown(at: $0) ?? false }
        if known == table.rowCount { continue }
        if known == 0 {
          missing.append(
            fr
              ? "« \(shown) » (\(name).\(column)) n’est connu pour aucune ligne"
              : "“\(shown)” (\(name).\(column)) is known for no row")
          continue
        }
        let share = Double(table.rowCount - known) / Double(table.rowCount) * 100
        let text = share < 1 ? (fr ? "moins de 1" : "under 1") : "\(Int(share.rounded()))"
        lines.append(
          fr
            ? "  « \(shown) » inconnu dans \(text)\u{A0}% des lignes"
            : "  “\(shown)” unknown in \(text)\u{A0}% of rows")
      }
    }
    var out = (fr ? "Dans ce projet\u{A0}:" : "In this project:") + "\n"
    out += lines.map { "  " + $0 + "\n" }.joined()
    if !missing.isEmpty {
      out += (fr ? "Ce qui manque\u{A0}:" : "What is missing:") + "\n"
      out += missing.map { "  " + $0 + "\n" }.joined()
    }
    return out
  }
}

extension Column {
  /// Whether the value of a row is known.
  fileprivate func isKnown(at row: Int) -> Bool {
    switch self {
    case .text(let codes, _): codes[row] != Column.missingCode
    case .integer(let values): values[row] != Column.missingInteger
    case .decimal(let values): !values[row].isNaN
    case .day(let values): values[row] != Column.missingDay
    }
  }
}
