import Diagnostics

extension LoadFiles {
  /// PostgreSQL 15 or later, by psql: the client reads the files, so the server may be elsewhere.
  var postgresql: String {
    var out = heading(
      "--",
      [
        title,
        Phrase(
          fr: "  psql -d BASE -f load-postgresql.sql", en: "  psql -d BASE -f load-postgresql.sql"),
        Phrase(
          fr: "psql lit les fichiers : le serveur peut être ailleurs. Dans un schéma à part :",
          en: "psql reads the files: the server may be elsewhere. In a schema of their own:"),
        Phrase(
          fr:
            "  psql -d BASE -c 'CREATE SCHEMA lien' && PGOPTIONS=--search_path=lien psql -d BASE -f load-postgresql.sql",
          en:
            "  psql -d BASE -c 'CREATE SCHEMA lien' && PGOPTIONS=--search_path=lien psql -d BASE -f load-postgresql.sql"
        ),
        Phrase(
          fr:
            "Avant PostgreSQL 18, un texte dont une ligne est « \\. » seule est refusé, et rien n’est chargé.",
          en:
            "Before PostgreSQL 18 a text with a line that is “\\.” alone is refused, and nothing is loaded."
        ),
      ])
    out += "\\set ON_ERROR_STOP on\n\\encoding UTF8\nBEGIN;\n"
    for table in tables {
      out += "\nCREATE TABLE \(name(table.name)) (\n\(columns(table, postgresqlType))\n);\n"
      // A command of psql stands on one line.
      out += "\\copy \(name(table.name)) (\(names(table))) FROM PROGRAM "
      out += "'\(rows(of: table))' WITH (FORMAT csv)\n"
      out += """
        DO $$ BEGIN
          IF (SELECT count(*) FROM \(name(table.name))) <> \(table.rowCount) THEN
            RAISE EXCEPTION '\(table.name): % / \(table.rowCount)', (SELECT count(*) FROM \(name(table.name)));
          END IF;
        END $$;
        ANALYZE \(name(table.name));

        """
    }
    return out + "\nCOMMIT;\n"
  }

  private func postgresqlType(_ kind: ExportedTable.Kind) -> String {
    switch kind {
    case .text: "text COLLATE \"C\""
    case .integer: "bigint"
    case .decimal: "double precision"
    case .date: "date"
    }
  }
}
