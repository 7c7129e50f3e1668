import Diagnostics

extension LoadFiles {
  /// DuckDB, 1.0 or later.
  var duckdb: String {
    var out = heading(
      "--",
      [
        title,
        Phrase(
          fr: "  duckdb lien.duckdb < load-duckdb.sql", en: "  duckdb lien.duckdb < load-duckdb.sql"
        ),
      ])
    out += "BEGIN;\n"
    for table in tables {
      let types = table.columns.map { "'\($0.name)': '\(duckdbType($0.kind))'" }
        .joined(separator: ", ")
      out += "\nCREATE TABLE \(name(table.name)) (\n\(columns(table, duckdbType))\n);\n"
      out += """
        INSERT INTO \(name(table.name)) SELECT \(names(table))
        FROM read_csv('\(table.pattern)', auto_detect = false, header = true, delim = ',',
          quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
          hive_partitioning = false, columns = {\(types)});

        """
    }
    // An error here undoes all of it.
    let counts = tables.map {
      "  SELECT '\($0.name)', count(*), \($0.rowCount) FROM \(name($0.name))"
    }
    if !counts.isEmpty {
      out += "\nSELECT name, CASE WHEN loaded = rows THEN rows\n"
      out += "  ELSE error(name || ': ' || loaded || ' / ' || rows) END AS rows\nFROM (\n"
      out += counts.joined(separator: " UNION ALL\n") + "\n) AS loads (name, loaded, rows);\n"
    }
    return out + "\nCOMMIT;\n"
  }

  private func duckdbType(_ kind: ExportedTable.Kind) -> String {
    switch kind {
    case .text: "VARCHAR"
    case .integer: "BIGINT"
    case .decimal: "DOUBLE"
    case .date: "DATE"
    }
  }
}
