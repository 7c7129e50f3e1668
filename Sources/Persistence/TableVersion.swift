package import Diagnostics

extension Store {
  /// A word that is another one once the rows of a table, or the persons that are one, have changed.
  package func version(of table: String) throws(Failure) -> String {
    try reading { () throws(Failure) in
      let imports = try main.prepare(
        """
        SELECT count(*), total(i.active), max(i.id) FROM import i
        WHERE EXISTS (SELECT 1 FROM import_table t
          WHERE t.import = i.id AND t.table_name = ? AND t.row_count > 0)
        """)
      try imports.bind([.text(table)])
      var parts: [String] = []
      if try imports.step() { parts += (0..<3).map { "\(imports.integer(Int($0)))" } }
      let merged = try main.prepare(
        "SELECT pseudonym, into_pseudonym FROM merged ORDER BY pseudonym")
      while try merged.step() { parts += [merged.text(0), merged.text(1)] }
      return parts.joined(separator: " ")
    }
  }
}
