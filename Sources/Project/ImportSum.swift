import Diagnostics
import Ingest
import Model
import Persistence

/// What several imports did together.
package struct ImportSum: Sendable {
  /// Sheets that came in.
  package private(set) var sheets = 0
  /// Sheets that said nothing new.
  package private(set) var unchanged = 0
  /// Files that could not come in.
  package private(set) var refused = 0
  /// Rows set aside.
  package private(set) var setAside = 0
  /// Names that wait for a decision.
  package private(set) var names = 0
  private var tables: [(name: String, added: Int, changed: Int, removed: Int)] = []

  /// Nothing.
  package init() {}

  /// What became of one file.
  package init(_ reports: [ImportUseCase.FileReport]) {
    for report in reports { add(report) }
  }

  /// Adds what became of a sheet.
  package mutating func add(_ report: ImportUseCase.FileReport) {
    guard let details = report.details else {
      refused += 1
      return
    }
    setAside += details.receipt.rowsSetAside
    names += details.receipt.people?.unsure ?? 0
    guard let change = details.effect.change else {
      unchanged += 1
      return
    }
    sheets += 1
    for table in change.tables { add(table.table, table.added, table.changed, table.removed) }
  }

  /// Adds another sum.
  package mutating func add(_ other: ImportSum) {
    sheets += other.sheets
    unchanged += other.unchanged
    refused += other.refused
    setAside += other.setAside
    names += other.names
    for table in other.tables { add(table.name, table.added, table.changed, table.removed) }
  }

  private mutating func add(_ name: String, _ added: Int, _ changed: Int, _ removed: Int) {
    let place = tables.firstIndex { $0.name == name } ?? tables.count
    if place == tables.count { tables.append((name, 0, 0, 0)) }
    tables[place].added += added
    tables[place].changed += changed
    tables[place].removed += removed
  }

  /// The sum in a sentence, without any cell.
  func text(model: Model, language: Language) -> String {
    let fr = language == .fr
    func count(_ n: Int, _ one: (String, String), _ many: (String, String)) -> String {
      "\(n) " + (n > 1 || (n == 0 && !fr) ? (fr ? many.0 : many.1) : (fr ? one.0 : one.1))
    }
    var parts: [String] = []
    if sheets > 0 {
      parts.append(
        count(sheets, ("feuille entrée", "sheet came in"), ("feuilles entrées", "sheets came in")))
    }
    if unchanged > 0 {
      parts.append(
        count(unchanged, ("déjà là", "already there"), ("déjà là", "already there")))
    }
    if refused > 0 {
      parts.append(
        count(
          refused, ("qui n’a pas pu entrer", "that could not come in"),
          ("qui n’ont pas pu entrer", "that could not come in")))
    }
    var out = parts.isEmpty ? (fr ? "aucune feuille" : "no sheet") : parts.joined(separator: ", ")
    let changes = tables.compactMap { table -> String? in
      var parts: [String] = []
      if table.added > 0 { parts.append("+\(table.added)") }
      if table.removed > 0 { parts.append("−\(table.removed)") }
      if table.changed > 0 {
        parts.append(
          count(table.changed, ("modifiée", "changed"), ("modifiées", "changed")))
      }
      let label = model[table.name]?.label[language] ?? table.name
      return parts.isEmpty ? nil : label + " " + parts.joined(separator: ", ")
    }
    if !changes.isEmpty {
      out += (fr ? " : " : ": ") + changes.joined(separator: fr ? " ; " : "; ")
    }
    if setAside > 0 {
      out +=
        ". "
        + count(
          setAside, ("ligne mise de côté", "row set aside"),
          ("lignes mises de côté", "rows set aside"))
    }
    if names > 0 {
      out += setAside > 0 ? ", " : ". "
      out += count(
        names, ("nom à confirmer", "name to confirm"), ("noms à confirmer", "names to confirm"))
    }
    return out + "."
  }
}
