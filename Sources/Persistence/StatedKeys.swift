import Columns
package import Diagnostics
import Model

extension Store {
  /// The active imports of a file of this name that are no corrections of rejects, ascending.
  package func activeImports(ofFileNamed name: String) throws(Failure) -> [Int] {
    try reading { () throws(Failure) in
      guard let file = identities?.file else { return [] }
      let ledger = try Ledger(main)
      let rows = try file.prepare("SELECT import FROM landing WHERE file_name = ? ORDER BY import")
      try rows.bind([.text(name)])
      var out: [Int] = []
      while try rows.step() {
        let id = Int(rows.integer(0))
        if let entry = ledger.entries[id], entry.isActive, entry.parent == nil { out.append(id) }
      }
      return out
    }
  }

  /// The keys of the rows in force of a table that an import states.
  package func keys(of name: String, statedBy id: Int) throws(Failure) -> Set<String> {
    let table = try model.table(named: name)
    guard let key = table.keyColumn else { return [] }
    return try reading { () throws(Failure) in
      let state = try TableState(name, main, try Ledger(main))
      let segments = state.segments.filter { $0.rows(statedBy: id) != nil }
      let column = try reader.column(key, of: name, segments)
      var out: Set<String> = []
      var base = 0
      for segment in segments {
        let stated = segment.rows(statedBy: id)
        for row in 0..<segment.rowCount where stated?[row] == true && segment.inForce[row] {
          if let text = column.text(at: base + row) { out.insert(text) }
        }
        base += segment.rowCount
      }
      return out
    }
  }
}
