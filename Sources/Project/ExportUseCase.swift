import Columns
package import Diagnostics
import Model

/// `lien export`: the tables of the store as CSV, under pseudonyms.
package struct ExportUseCase {
  private let workspace: Workspace

  /// Opens the project's store.
  package init(project: ProjectFolder) throws(Failure) { workspace = try Workspace(project) }

  /// Writes a CSV a table into a folder, and the data dictionary; the paths written.
  ///
  /// Names and other identifying texts are not in the store, and are not asked of the identity
  /// file. Columns that identify without being replaced by a pseudonym are left out, and so are the
  /// tables and columns that the model restricts, unless `restricted` asks for them.
  ///
  /// - Throws: `Failure` with status `usage` when a file exists and `force` is false.
  package func run(to folder: String, force: Bool, restricted: Bool = false) throws(Failure)
    -> [String]
  {
    if SafeWriting.exists(folder), !SafeWriting.isFolder(folder) {
      throw Failure(
        .usage, code: "export.not-a-folder", fr: "ce n’est pas un dossier",
        en: "this is not a folder", at: SourceLocation(file: folder))
    }
    let tables = workspace.model.tables.filter {
      restricted || !($0.retention?.isRestricted ?? false)
    }
    let dictionary = folder + "/" + ExportUseCase.dictionary
    let all = tables.map { "\(folder)/\($0.name).csv" } + [dictionary]
    if !force {
      for path in all where SafeWriting.exists(path) { throw SafeWriting.alreadyThere(path) }
    }
    try SafeWriting.makeFolder(folder)
    for (table, path) in zip(tables, all) {
      try SafeWriting.write(
        csv(of: table, restricted: restricted), to: path, force: force, isPrivate: true)
    }
    let words = DataDictionary(tables: workspace.model.tables, language: .fr)
    try SafeWriting.write(Array(words.csv.utf8), to: dictionary, force: force, isPrivate: true)
    return all
  }

  /// What the columns of the others mean, in both languages.
  private static let dictionary = "dictionnaire.csv"

  /// What is left out unless it is asked for: tables, and columns of others (`table.column`).
  package var restricted: [String] {
    workspace.model.tables.flatMap { table in
      table.retention?.isRestricted ?? false
        ? [table.name]
        : table.columns.filter { $0.retention?.isRestricted ?? false }
          .map { "\(table.name).\($0.name)" }
    }
  }

  private func csv(of table: TableDeclaration, restricted: Bool) throws(Failure) -> [UInt8] {
    let columns = table.columns.filter { column in
      if column.retention?.isRestricted ?? false, !restricted { return false }
      return !column.isIdentifying
        || ((column.kind == .key || column.kind == .link)
          && workspace.model.isPseudonymous(domain: column.domain))
    }.map(\.name)
    let loaded = try workspace.load(table.name, columns)
    var out = Array(columns.joined(separator: ",").utf8) + [10]
    let values = columns.map { loaded[$0] }
    for row in 0..<loaded.rowCount {
      for (i, column) in values.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        if let text = column?.text(at: row) { out += quoted(text) }
      }
      out.append(10)
    }
    return out
  }

  /// A cell, quoted when it must be (RFC 4180). An empty text is quoted, to tell it from none.
  private func quoted(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let quote = UInt8(ascii: "\"")
    let isPlain =
      !bytes.isEmpty
      && !bytes.contains { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 10 || $0 == 13 }
    if isPlain { return bytes }
    var out = [quote]
    for byte in bytes {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    out.append(quote)
    return out
  }
}
