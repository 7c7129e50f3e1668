import Diagnostics

extension LoadFiles {
  /// SQLite's shell, 3.33 or later. Its import makes an empty text of an empty cell: rows go
  /// through a view that puts a missing value there.
  var sqlite: String {
    var out = heading(
      "--",
      [
        title,
        Phrase(
          fr: "  sqlite3 lien.sqlite < load-sqlite.sql",
          en: "  sqlite3 lien.sqlite < load-sqlite.sql"),
        Phrase(
          fr:
            "Les dates sont des textes AAAA-MM-JJ. Un texte vide devient NULL, comme une cellule vide :",
          en: "Dates are texts YYYY-MM-DD. An empty text becomes NULL, as an empty cell does:"),
        Phrase(
          fr: "sqlite3 ne les distingue pas, et lien n’importe aucun texte vide.",
          en: "sqlite3 does not tell them apart, and lien imports no empty text."),
      ])
    out +=
      ".bail on\nBEGIN;\nCREATE TEMP TABLE lien_check (name TEXT, complete INTEGER CHECK (complete));\n"
    for table in tables {
      let values = table.columns.map { "NULLIF(NEW.\(name($0.name)), '')" }.joined(separator: ", ")
      out += "\nCREATE TABLE main.\(name(table.name)) (\n\(columns(table, sqliteType))\n);\n"
      out += "CREATE TEMP VIEW lien_rows AS SELECT * FROM main.\(name(table.name));\n"
      out += "CREATE TEMP TRIGGER lien_row INSTEAD OF INSERT ON lien_rows BEGIN\n"
      out += "  INSERT INTO \(name(table.name)) VALUES (\(values));\nEND;\n"
      out += ".import --csv \"|\(rows(of: table))\" lien_rows\n"
      out += "DROP VIEW lien_rows;\n"
      out += "INSERT INTO lien_check SELECT '\(table.name)', count(*) = \(table.rowCount)"
      out += " FROM main.\(name(table.name));\n"
    }
    return out + "\nDROP TABLE lien_check;\nCOMMIT;\n"
  }

  private func sqliteType(_ kind: ExportedTable.Kind) -> String {
    switch kind {
    case .text, .date: "TEXT"
    case .integer: "INTEGER"
    case .decimal: "REAL"
    }
  }
}
