import Model

/// What an export in parts holds, for a program that reads it: `schema.json`.
struct ExportSchema {
  /// Its name in the export's folder.
  static let file = "schema.json"

  var tables: [ExportedTable]
  var fingerprint: String
  var restricted: Bool

  /// The schema, a column a line.
  var json: String {
    var out = "{\n"
    out += "  \"format\": \"lien-export-partitioned\",\n  \"format_version\": 1,\n"
    out += "  \"program\": \(JSONText.string("lien " + Version.current)),\n"
    out += "  \"fingerprint\": \(JSONText.string(fingerprint)),\n"
    out += "  \"restricted\": \(restricted),\n"
    out += "  \"unknown_partition\": \(JSONText.string(ExportedTable.unknown)),\n"
    out += "  \"tables\": [\n" + tables.map(text).joined(separator: ",\n") + "\n  ]\n}\n"
    return out
  }

  private func text(_ table: ExportedTable) -> String {
    func list(_ words: [String]) -> String {
      "[" + words.map(JSONText.string).joined(separator: ", ") + "]"
    }
    let partitions = table.partitions.map {
      JSONText.object([
        ("name", JSONText.string($0.rawValue)), ("type", JSONText.string($0.kind.rawValue)),
      ])
    }
    let columns = table.columns.map { column in
      "        "
        + JSONText.object([
          ("name", JSONText.string(column.name)), ("type", JSONText.string(column.kind.rawValue)),
          ("kind", JSONText.string(column.declared.rawValue)), ("nullable", "\(column.isNullable)"),
        ])
    }
    return """
          {
            "name": \(JSONText.string(table.name)),
            "files": \(JSONText.string(table.pattern)),
            "rows": \(table.rowCount),
            "parts": \(table.partCount),
            "partitions": [\(partitions.joined(separator: ", "))],
            "key": \(list(table.key)),
            "columns": [
      \(columns.joined(separator: ",\n"))
            ]
          }
      """
  }
}
