import Columns
import Diagnostics
import Model
import Persistence

/// What an import did, or would do, to the data.
enum ImportEffect {
  case planned(Change)
  case unchanged(ImportRecord)
  case landed(ImportRecord, Change)

  /// The import in the ledger that says what the sheet says.
  var record: ImportRecord? {
    switch self {
    case .planned: nil
    case .unchanged(let record), .landed(let record, _): record
    }
  }

  /// What changed, or would; nil when nothing did.
  var change: Change? {
    switch self {
    case .unchanged: nil
    case .planned(let change), .landed(_, let change): change
    }
  }

  /// One or two lines: the import's number, what changed, what was set aside.
  func summary(model: Model, setAside: Int, rejectsPath: String?) -> Phrase {
    var fr: String
    var en: String
    switch self {
    case .unchanged(let record):
      fr = "Rien de nouveau : cette feuille est déjà entrée (import \(record.id))."
      en = "Nothing new: this sheet came in already (import \(record.id))."
    case .planned(let change):
      fr = "À blanc : " + rows(change, .fr, model) + " ; rien n’a été changé."
      en = "Dry run: " + rows(change, .en, model) + "; nothing was changed."
    case .landed(let record, let change):
      fr = "Import \(record.id) : " + rows(change, .fr, model) + "."
      en = "Import \(record.id): " + rows(change, .en, model) + "."
    }
    if setAside > 0 {
      let one = setAside == 1
      fr += "\n\(setAside) \(one ? "ligne mise" : "lignes mises") de côté"
      en += "\n\(setAside) \(one ? "row" : "rows") set aside"
      if let rejectsPath {
        fr += " : corrigez-\(one ? "la" : "les") dans \(rejectsPath), puis importez ce fichier."
        en += ": correct \(one ? "it" : "them") in \(rejectsPath), then import that file."
      } else {
        fr += "."
        en += "."
      }
    }
    return Phrase(fr: fr, en: en)
  }

  /// The effect as a JSON object, without cells.
  func json(
    file: String, receipt: String, setAside: Int, rejectsPath: String?, status: ExitStatus,
    warnings: [String], sessions: SessionChanges?
  ) -> String {
    var members = [("file", JSONText.string(file)), ("status", "\(status.rawValue)")]
    func tables(_ change: Change) -> String {
      let list = change.tables.map { table in
        JSONText.object([
          ("table", JSONText.string(table.table)), ("added", "\(table.added)"),
          ("changed", "\(table.changed)"), ("removed", "\(table.removed)"),
          ("identical", "\(table.identical)"), ("held", "\(table.held)"),
          ("conflicts", "\(table.conflicts)"),
        ])
      }
      return "[" + list.joined(separator: ", ") + "]"
    }
    switch self {
    case .planned(let change):
      members += [
        ("outcome", JSONText.string("planned")), ("corrects", "\(change.corrects)"),
        ("tables", tables(change)),
      ]
    case .unchanged(let record):
      members += [("outcome", JSONText.string("unchanged")), ("import", "\(record.id)")]
    case .landed(let record, let change):
      members += [
        ("outcome", JSONText.string("landed")), ("import", "\(record.id)"),
        ("kind", JSONText.string(record.kind.rawValue)), ("corrects", "\(change.corrects)"),
        ("tables", tables(change)),
      ]
    }
    if let sessions { members.append(("sessions", sessions.json)) }
    members.append(("set_aside", "\(setAside)"))
    if let rejectsPath { members.append(("rejects", JSONText.string(rejectsPath))) }
    members.append(("warnings", "[" + warnings.map(JSONText.string).joined(separator: ", ") + "]"))
    members.append(("receipt", receipt))
    return JSONText.object(members)
  }

  private func rows(_ change: Change, _ language: Language, _ model: Model) -> String {
    let parts = change.tables.map { line($0, language, model) }.filter { !$0.isEmpty }
    let none = language == .fr ? "aucune ligne ne change" : "no row changes"
    var text = parts.isEmpty ? none : parts.joined(separator: language == .fr ? " ; " : "; ")
    if !change.corrects.isEmpty {
      let list = change.corrects.map(String.init).joined(separator: ", ")
      text += language == .fr ? " (corrige l’import \(list))" : " (corrects import \(list))"
    }
    return text
  }

  private func line(_ change: TableChange, _ language: Language, _ model: Model) -> String {
    let label = model[change.table]?.label[language] ?? change.table
    let fr = language == .fr
    var parts: [String] = []
    if change.added > 0 { parts.append("+\(change.added)") }
    if change.removed > 0 { parts.append("−\(change.removed)") }
    if change.changed > 0 {
      let one = change.changed == 1
      parts.append(
        fr ? "\(change.changed) \(one ? "modifiée" : "modifiées")" : "\(change.changed) changed")
    }
    // What is its own scope is held with what belongs to it.
    if change.held > 0, model[change.table].map({ $0.scope != $0.key }) ?? true {
      let one = change.held == 1
      parts.append(
        fr
          ? "\(change.held) \(one ? "gardée" : "gardées") en attendant"
          : "\(change.held) held for now")
    }
    return parts.isEmpty ? "" : "\(label) " + parts.joined(separator: ", ")
  }
}
