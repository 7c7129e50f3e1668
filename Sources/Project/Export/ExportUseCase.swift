package import Diagnostics
import Model

/// `lien export`: the tables of the store as CSV, under pseudonyms.
package struct ExportUseCase {
  let workspace: Workspace

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
    try ExportUseCase.checkIsFolder(folder)
    let tables = tables(restricted: restricted)
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
    try SafeWriting.write(dictionaryText, to: dictionary, force: force, isPrivate: true)
    return all
  }

  /// Refuses a place where a file stands.
  static func checkIsFolder(_ path: String) throws(Failure) {
    guard SafeWriting.exists(path), !SafeWriting.isFolder(path) else { return }
    throw Failure(
      .usage, code: "export.not-a-folder", fr: "ce n’est pas un dossier",
      en: "this is not a folder", at: SourceLocation(file: path))
  }

  /// The tables that may leave.
  func tables(restricted: Bool) -> [TableDeclaration] {
    workspace.model.tables.filter { restricted || !($0.retention?.isRestricted ?? false) }
  }

  /// What the columns of the others mean, in both languages.
  static let dictionary = "dictionnaire.csv"

  /// Its text.
  var dictionaryText: String {
    DataDictionary(tables: workspace.model.tables, language: .fr).csv
  }

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
    let columns = columns(of: table, restricted: restricted).map(\.name)
    let rows = ExportedRows(try workspace.load(table.name, columns), columns)
    var out = ExportedRows.header(columns)
    for row in 0..<rows.count { rows.append(row, to: &out) }
    return out
  }

  /// The columns that may leave: no name, and nothing that identifies but pseudonyms.
  func columns(of table: TableDeclaration, restricted: Bool) -> [ColumnDeclaration] {
    table.columns.filter { column in
      if column.retention?.isRestricted ?? false, !restricted { return false }
      return !column.isIdentifying
        || ((column.kind == .key || column.kind == .link)
          && workspace.model.isPseudonymous(domain: column.domain))
    }
  }
}
