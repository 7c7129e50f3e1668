import Diagnostics

extension LoadFiles {
  /// ClickHouse 25 or later: `clickhouse local` and chdb read files of the current folder.
  var clickhouse: String {
    var out = heading(
      "--",
      [
        title,
        Phrase(
          fr: "  clickhouse local --path ../base-clickhouse --queries-file load-clickhouse.sql",
          en: "  clickhouse local --path ../clickhouse-base --queries-file load-clickhouse.sql"),
        Phrase(
          fr:
            "ou, dans chdb : Session(\"../base-chdb\").query(open(\"load-clickhouse.sql\").read())",
          en: "or, in chdb: Session(\"../chdb-base\").query(open(\"load-clickhouse.sql\").read())"),
        Phrase(
          fr:
            "Un serveur ne lit que son dossier user_files. Pour un serveur, lancez plutôt les CREATE TABLE",
          en:
            "A server reads its folder user_files only. For a server, run the CREATE TABLE statements"
        ),
        Phrase(
          fr:
            "  grep -v '^--' load-clickhouse.sql | sed '/^INSERT/,/;$/d; /^SELECT/,/;$/d' | clickhouse-client",
          en:
            "  grep -v '^--' load-clickhouse.sql | sed '/^INSERT/,/;$/d; /^SELECT/,/;$/d' | clickhouse-client"
        ),
        Phrase(
          fr: "puis envoyez les lignes par le client :", en: "then send the rows by the client:"),
        Phrase(
          fr: "  for t in */; do t=${t%/}; find \"$t\" -name part.csv -exec tail -q -n +2 {} + |",
          en: "  for t in */; do t=${t%/}; find \"$t\" -name part.csv -exec tail -q -n +2 {} + |"),
        Phrase(
          fr: "    clickhouse-client --query \"INSERT INTO \\`$t\\` FORMAT CSV\"; done",
          en: "    clickhouse-client --query \"INSERT INTO \\`$t\\` FORMAT CSV\"; done"),
      ])
    for table in tables {
      let types = table.columns.map { "\(name($0.name)) \(clickhouseType($0.kind))" }
        .joined(separator: ", ")
      let key = table.key.isEmpty ? "tuple()" : "(\(table.key.map(name).joined(separator: ", ")))"
      out += "\nCREATE TABLE \(name(table.name)) (\n\(columns(table, clickhouseType))\n)"
      out += " ENGINE = MergeTree ORDER BY \(key) SETTINGS allow_nullable_key = 1;\n"
      out += """
        INSERT INTO \(name(table.name)) SELECT \(names(table))
        FROM file('\(table.pattern)', 'CSVWithNames', '\(types)')
        SETTINGS use_hive_partitioning = 0, input_format_csv_empty_as_default = 1,
          format_csv_allow_single_quotes = 0, format_csv_allow_double_quotes = 1;
        SELECT throwIf((SELECT count() FROM \(name(table.name))) != \(table.rowCount),
          '\(table.name): \(table.rowCount)') FORMAT Null;

        """
      // Versions whose Date32 begins in 1900 make another day of an earlier one, without a word.
      for column in table.columns {
        guard let first = column.firstDay, first < "1900" else { continue }
        out += """
          SELECT throwIf((SELECT toString(min(\(name(column.name)))) FROM \(name(table.name))) != '\(first)',
            '\(table.name).\(column.name): \(first)') FORMAT Null;

          """
      }
    }
    return out
  }

  private func clickhouseType(_ kind: ExportedTable.Kind) -> String {
    switch kind {
    case .text: "Nullable(String)"
    case .integer: "Nullable(Int64)"
    case .decimal: "Nullable(Float64)"
    case .date: "Nullable(Date32)"
    }
  }
}
