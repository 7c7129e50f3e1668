import Columns
import Diagnostics
import Model

/// Removing from the identity file what no active import says any more.
extension Store {
  /// Whether a dead process left something to remove.
  var needsSweep: Bool {
    get throws(Failure) {
      let last = try main.integer("SELECT max(id) FROM import") ?? 0
      if try main.integer("SELECT 1 FROM import WHERE to_sweep = 1") != nil { return true }
      let orphan = "SELECT 1 FROM landing WHERE import > \(last)"
      return try identities?.file.integer(orphan) != nil
    }
  }

  /// Removes it, under the lock of the main file. Done twice, it does nothing more.
  func sweep() throws(Failure) {
    guard let identities else { return }
    let last = try main.integer("SELECT max(id) FROM import") ?? 0
    try identities.sweepOrphans(aboveImport: Int(last))
    var undone: [Int] = []
    let rows = try main.prepare("SELECT id FROM import WHERE to_sweep = 1 ORDER BY id")
    while try rows.step() { undone.append(Int(rows.integer(0))) }
    if undone.isEmpty { return }
    let ledger = try Ledger(main)
    try identities.transaction { () throws(Failure) in
      for id in undone { try sweep(undone: id, ledger, identities) }
    }
    try main.execute("UPDATE import SET to_sweep = 0 WHERE to_sweep = 1")
  }

  private func sweep(
    undone id: Int, _ ledger: Ledger, _ identities: IdentityFile
  ) throws(Failure) {
    let landings = try identities.landings()
    if let own = landings[ledger.entries[id]?.nonce ?? ""] {
      try identities.file.run("DELETE FROM reject WHERE landing = ?", [.integer(own.id)])
      try identities.file.run("UPDATE landing SET header = '[]' WHERE id = ?", [.integer(own.id)])
    }
    var states: [String: TableState] = [:]
    for table in model.tables {
      states[table.name] = try TableState(table.name, main, ledger)
    }
    var unsure: [String: Set<Int32>] = [:]  // codes that may have lost their last statement
    let delete = try identities.file.prepare(
      "DELETE FROM cell WHERE landing = ? AND table_name = ? AND column_name = ? AND row = ?")
    for table in model.tables {
      let confirmed = try segments(confirmedBy: id, table.name)
      let touched = (states[table.name]?.segments ?? []).filter {
        $0.importID == id || confirmed.contains($0.id)
      }
      for segment in touched where !segment.ownerIsActive {
        let nonce = ledger.entries[segment.importID]?.nonce ?? ""
        guard let landing = landings[nonce] else { continue }
        for column in table.privateColumns {
          for row in 0..<segment.rowCount where !segment.isStated(row, column: column.name) {
            try delete.run([
              .integer(landing.id), .text(table.name), .text(column.name),
              SQLValue(segment.firstRow + row),
            ])
          }
        }
      }
      // The codes as they were written, stated or not.
      let unmasked = touched.map { $0.unmasked }
      for column in table.storedColumns where model.isPseudonymous(domain: column.domain) {
        let codes = try reader.column(column, of: table.name, unmasked)
        guard case .text(let codes, _) = codes else { continue }
        unsure[column.domain, default: []].formUnion(codes)
      }
    }
    for (domain, codes) in unsure.sorted(by: { $0.key < $1.key }) {
      try sweepPseudonyms(domain, codes, states, identities)
    }
  }

  private func segments(confirmedBy id: Int, _ table: String) throws(Failure) -> Set<Int64> {
    var out: Set<Int64> = []
    let rows = try main.prepare(
      """
      SELECT c.segment FROM confirmation c JOIN segment s ON s.id = c.segment
      WHERE c.import = ? AND s.table_name = ?
      """)
    try rows.bind([SQLValue(id), .text(table)])
    while try rows.step() { out.insert(rows.integer(0)) }
    return out
  }

  /// Removes the pairs of those codes that no stated row holds any more.
  func sweepPseudonyms(
    _ domain: String, _ codes: Set<Int32>, _ states: [String: TableState],
    _ identities: IdentityFile
  ) throws(Failure) {
    var left = codes.subtracting([Column.missingCode])
    for table in model.tables {
      let stated = (states[table.name]?.segments ?? []).filter { !$0.stated.isEmpty }
      for column in table.storedColumns where column.domain == domain && !left.isEmpty {
        let zones = try reader.zones(column.name, of: table.name)
        let least = Int64(left.min() ?? 0)
        let greatest = Int64(left.max() ?? 0)
        let near = stated.filter { zones[$0.id]?.overlaps(least...greatest) ?? false }
        let column = try reader.column(column, of: table.name, near)
        guard case .text(let held, _) = column else { continue }
        // Cells that nobody states read as missing; a row out of force may come back, and counts.
        left.subtract(held)
      }
    }
    if left.isEmpty { return }
    let lexicon = try reader.lexicon(domain)
    let delete = try identities.file.prepare(
      "DELETE FROM pseudonym WHERE domain = ? AND pseudonym = ?")
    for code in left.sorted() { try delete.run([.text(domain), .text(lexicon[Int(code)])]) }
  }
}

extension SegmentState {
  /// The same segment, as if the import that wrote it were active: all of its cells can be read.
  var unmasked: SegmentState {
    SegmentState(
      id: id, importID: importID, source: source, firstRow: firstRow, rowCount: rowCount,
      ownerIsActive: true, stated: Bitmap(allOf: rowCount), inForce: inForce)
  }
}
