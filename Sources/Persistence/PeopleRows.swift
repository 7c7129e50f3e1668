import Columns
package import Diagnostics
import Model

/// Rows of a table of people with the cells that only the identity file holds.
extension Store {
  /// Some columns of the rows in force, private ones too, as text; keys and links of people and
  /// homes are pseudonyms. Rows and cells that are not there are left out.
  ///
  /// - Throws: `Failure` when the table or a column is not in the model, or the store is damaged.
  package func rowsWithNames(
    _ name: String, columns: [String]
  ) throws(Failure) -> [[String: String]] {
    let table = try model.table(named: name)
    return try reading { () throws(Failure) in
      let state = try TableState(table.name, main, try Ledger(main))
      let segments = state.segments.filter { !$0.inForce.isEmpty }
      var stored: [(name: String, column: Column)] = []
      var own: [ColumnDeclaration] = []
      for column in columns {
        guard let declaration = table[column] else { throw .misfit(name, column) }
        if declaration.isPrivate {
          own.append(declaration)
        } else {
          stored.append((column, try reader.column(declaration, of: table.name, segments)))
        }
      }
      let ledger = try Ledger(main)
      let landings = own.isEmpty ? [:] : try identities?.landings() ?? [:]
      var out: [[String: String]] = []
      var position = 0
      var cells: [String: [Int: String]] = [:]
      var cellsOf = -1
      for segment in segments {
        if segment.importID != cellsOf {
          cells = [:]
          cellsOf = segment.importID
          if let landing = landings[ledger.entries[segment.importID]?.nonce ?? ""], let identities {
            for declaration in own {
              cells[declaration.name] = try identities.cells(
                landing.id, table.name, declaration.name)
            }
          }
        }
        for row in 0..<segment.rowCount {
          defer { position += 1 }
          guard segment.inForce[row] else { continue }
          var values: [String: String] = [:]
          for (name, column) in stored { values[name] = column.text(at: position) }
          for declaration in own where segment.isStated(row, column: declaration.name) {
            values[declaration.name] = cells[declaration.name]?[segment.firstRow + row]
          }
          out.append(values)
        }
      }
      return out
    }
  }
}
