import Columns
package import Diagnostics
import FoundationEssentials
import Ingest
import Model
import Persistence

/// `lien imports`: what came in, and the way back.
package struct ImportLedger {
  private let project: ProjectFolder
  private let model: Model

  /// Reads the project's model.
  package init(project: ProjectFolder) throws(Failure) {
    self.project = project
    model = try project.model()
  }

  private func reader() throws(Failure) -> Store { try Workspace(project).store }

  /// All imports as text, a line each.
  package func text(language: Language) throws(Failure) -> String {
    let records = try reader().imports()
    let fr = language == .fr
    if records.isEmpty {
      return fr ? "Aucun import.\n" : "No import.\n"
    }
    var rows = [
      fr
        ? ["n°", "reçu", "état", "mis de côté", "tables", "fichier"]
        : ["id", "received", "state", "set aside", "tables", "file"]
    ]
    for record in records {
      let tables = record.tables.map { "\($0.name) \($0.rows)" }.joined(separator: ", ")
      rows.append([
        "\(record.id)", String(record.receivedAt.prefix(10)), state(of: record, fr: fr),
        record.rowsSetAside == 0 ? "" : "\(record.rowsSetAside)", tables, record.fileName ?? "?",
      ])
    }
    return Self.aligned(rows)
  }

  /// All imports as a JSON array.
  package func json() throws(Failure) -> String {
    JSONText.array(try reader().imports().map { Self.object($0, withReceipt: false) })
  }

  /// One import as JSON, with its receipt, without cells.
  package func json(of id: Int) throws(Failure) -> String {
    Self.object(try record(id), withReceipt: true) + "\n"
  }

  /// One import: what the ledger says and what was understood.
  package func receipt(of id: Int, language: Language, showsCells: Bool) throws(Failure) -> String {
    let record = try record(id)
    let fr = language == .fr
    var out = ""
    func line(_ french: String, _ english: String, _ value: String) {
      out += (fr ? french + " : " : english + ": ") + value + "\n"
    }
    line("import", "import", "\(record.id) (\(state(of: record, fr: fr)))")
    line("fichier", "file", record.fileName ?? "?")
    line("reçu", "received", record.receivedAt)
    line(
      "tables", "tables", record.tables.map { "\($0.name) \($0.rows)" }.joined(separator: ", "))
    if !record.corrects.isEmpty {
      line("corrige", "corrects", record.corrects.map(String.init).joined(separator: ", "))
    }
    if let parent = record.parent {
      line("rejets corrigés de", "corrected rejects of", "\(parent)")
    }
    if showsCells, let text = record.receipt,
      let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(text.utf8))
    {
      out += "\n" + Shown.text(receipt.text(in: language))
    }
    return out
  }

  /// The rows that an import set aside, as a file to correct and import: a workbook when its name
  /// asks for one (`.xlsx`), else CSV.
  package func rejects(of id: Int, for path: String) throws(Failure) -> [UInt8] {
    var found = try reader().rejects(of: id)
    // Cells that were erased leave nothing to correct.
    let hadRows = !found.rejects.isEmpty
    found.rejects.removeAll { $0.cells.isEmpty }
    if hadRows, found.rejects.isEmpty { return [] }
    switch RejectFiles.Form(path: path) {
    case .xlsx:
      return try RejectsBook(
        rejects: found.rejects, header: found.header, importNumber: id, model: model
      ).bytes()
    case .csv:
      // Semicolons: what a French Excel opens.
      return Array(
        RejectsFile.csv(
          rejects: found.rejects, header: found.header, importNumber: id,
          dialect: Dialect(delimiter: Dialect.semicolon)
        ).utf8)
    }
  }

  /// Undoes an import; what to say of it.
  package func undo(_ id: Int) throws(Failure) -> Phrase {
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    let change = try store.undo(id)
    RejectFiles(project: project).remove(of: id)
    return Phrase(
      fr: "Import \(id) défait : −\(change.removed), +\(change.added) lignes.",
      en: "Import \(id) undone: −\(change.removed), +\(change.added) rows.")
  }

  private func record(_ id: Int) throws(Failure) -> ImportRecord {
    if let found = try reader().imports().first(where: { $0.id == id }) { return found }
    throw Failure(
      .usage, code: "imports.unknown", fr: "aucun import ne porte le numéro \(id)",
      en: "no import has the number \(id)",
      remedy: Phrase(
        fr: "« lien imports » donne la liste", en: "“lien imports” lists them"))
  }

  private func state(of record: ImportRecord, fr: Bool) -> String {
    if record.state == .undone { return fr ? "défait" : "undone" }
    switch record.kind {
    case .new: return fr ? "nouveau" : "new"
    case .correction: return "correction"
    case .rejectsCorrection: return fr ? "rejets corrigés" : "corrected rejects"
    }
  }

  private static func object(_ record: ImportRecord, withReceipt: Bool) -> String {
    var members = [
      ("id", "\(record.id)"), ("received_at", JSONText.string(record.receivedAt)),
      ("state", JSONText.string(record.state.rawValue)),
      ("kind", JSONText.string(record.kind.rawValue)),
      ("file", record.fileName.map(JSONText.string) ?? "null"),
      ("sha256", JSONText.string(record.fileDigest)), ("bytes", "\(record.byteCount)"),
      ("source", JSONText.string(record.source)),
      (
        "tables",
        "["
          + record.tables.map {
            JSONText.object([("table", JSONText.string($0.name)), ("rows", "\($0.rows)")])
          }.joined(separator: ", ") + "]"
      ),
      ("set_aside", "\(record.rowsSetAside)"), ("corrects", "\(record.corrects)"),
      ("completes", record.parent.map { "\($0)" } ?? "null"),
    ]
    if withReceipt { members.append(("receipt", publicReceipt(record))) }
    return JSONText.object(members)
  }

  /// The receipt without text of the file.
  private static func publicReceipt(_ record: ImportRecord) -> String {
    guard let text = record.receipt,
      let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(text.utf8))
    else { return "null" }
    return ImportUseCase.encoded(receipt.withoutHeadings)
  }

  /// Columns padded to their widest cell; the last one runs free.
  private static func aligned(_ rows: [[String]]) -> String {
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { i in rows.map { $0[i].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { i, cell in
        i == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[i] - cell.count)
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
