import Diagnostics

/// The files that load an export in parts, one an engine, each run as it stands from inside the
/// export's folder.
struct LoadFiles {
  var tables: [ExportedTable]
  var language: Language

  /// Names and texts.
  var all: [(String, String)] {
    [
      ("load-sqlite.sql", sqlite), ("load-duckdb.sql", duckdb),
      ("load-postgresql.sql", postgresql), ("load-clickhouse.sql", clickhouse),
      ("load-spark.py", spark),
    ]
  }

  /// A name as an identifier of SQL.
  func name(_ word: String) -> String { "\"" + word + "\"" }

  /// The names of a table's columns, for a list.
  func names(_ table: ExportedTable) -> String {
    table.columns.map { name($0.name) }.joined(separator: ", ")
  }

  /// The columns with their types, a line each.
  func columns(_ table: ExportedTable, _ type: (ExportedTable.Kind) -> String) -> String {
    table.columns.map { "  \(name($0.name)) \(type($0.kind))" }.joined(separator: ",\n")
  }

  /// A command that prints the rows of all parts of a table, without their headers, however many
  /// parts there are.
  func rows(of table: ExportedTable) -> String {
    "find \(table.name) -name \(ExportedTable.file) -exec tail -q -n +2 {} +"
  }

  /// The comment above a file: what it is, and how it is run.
  func heading(_ mark: String, _ lines: [Phrase]) -> String {
    lines.map { mark + " " + $0[language] + "\n" }.joined()
  }

  /// What all of them say first.
  var title: Phrase {
    Phrase(
      fr: "Charge les tables de cet export, à lancer depuis son dossier :",
      en: "Loads the tables of this export, run from inside its folder:")
  }
}
