import Columns
import Diagnostics
import Model
import Persistence

/// What is said of an import: what changed in the data, table by table.
struct ImportWords {
  let isDryRun: Bool
  let model: Model

  /// One or two lines: the import's number, what changed, what was set aside.
  func summary(of outcome: Outcome, file: String, setAside: Int, rejectsPath: String?) -> Phrase {
    var fr: String
    var en: String
    switch outcome {
    case .unchanged(let record):
      fr = "\(file) : rien de nouveau, cette feuille est déjà entrée (import \(record.id))."
      en = "\(file): nothing new, this sheet came in already (import \(record.id))."
    case .landed(let record, let change):
      let parts = change.tables.filter { !$0.isNothing }
      let frList = parts.map { line($0, .fr) }.joined(separator: " ; ")
      let enList = parts.map { line($0, .en) }.joined(separator: "; ")
      fr = isDryRun ? "\(file) : changerait " : "\(file) : import \(record.id), "
      en = isDryRun ? "\(file): would change " : "\(file): import \(record.id), "
      fr += parts.isEmpty ? "aucune ligne" : frList
      en += parts.isEmpty ? "no row" : enList
      if !change.corrects.isEmpty {
        let list = change.corrects.map(String.init).joined(separator: ", ")
        fr += " (corrige l’import \(list))"
        en += " (corrects import \(list))"
      }
      fr += "."
      en += "."
    }
    if setAside > 0 {
      let one = setAside == 1
      fr += "\n  \(setAside) \(one ? "ligne mise" : "lignes mises") de côté"
      en += "\n  \(setAside) \(one ? "row" : "rows") set aside"
      if let rejectsPath {
        fr += " : corrigez \(one ? "la" : "les") dans \(rejectsPath), puis importez ce fichier."
        en += ": correct \(one ? "it" : "them") in \(rejectsPath), then import that file."
      } else {
        fr += "."
        en += "."
      }
    }
    return Phrase(fr: fr, en: en)
  }

  /// The outcome as a JSON object, without cells.
  func json(
    of outcome: Outcome, file: String, receipt: String, rejects: [Reject], rejectsPath: String?,
    status: ExitStatus
  ) -> String {
    var members = [("file", JSONText.string(file)), ("status", "\(status.rawValue)")]
    switch outcome {
    case .unchanged(let record):
      members += [("outcome", JSONText.string("unchanged")), ("import", "\(record.id)")]
    case .landed(let record, let change):
      members.append(("outcome", JSONText.string(isDryRun ? "planned" : "landed")))
      if !isDryRun { members.append(("import", "\(record.id)")) }
      members.append(("kind", JSONText.string(record.kind.rawValue)))
      members.append(("corrects", "\(change.corrects)"))
      let tables = change.tables.map { table in
        JSONText.object([
          ("table", JSONText.string(table.table)), ("added", "\(table.added)"),
          ("changed", "\(table.changed)"), ("removed", "\(table.removed)"),
          ("identical", "\(table.identical)"), ("conflicts", "\(table.conflicts)"),
        ])
      }
      members.append(("tables", "[" + tables.joined(separator: ", ") + "]"))
    }
    members.append(("set_aside", "\(rejects.count)"))
    if let rejectsPath { members.append(("rejects", JSONText.string(rejectsPath))) }
    members.append(("receipt", receipt))
    return JSONText.object(members)
  }

  private func line(_ change: TableChange, _ language: Language) -> String {
    let label = model[change.table]?.label[language] ?? change.table
    let fr = language == .fr
    var parts: [String] = []
    if change.added > 0 { parts.append("+\(change.added)") }
    if change.removed > 0 { parts.append("−\(change.removed)") }
    if change.changed > 0 {
      let one = change.changed == 1
      parts.append(fr ? "\(change.changed) \(one ? "modifiée" : "modifiées")" : "\(change.changed) changed")
    }
    return "\(label) " + parts.joined(separator: ", ")
  }
}

