package import Diagnostics
import Model

extension Store {
  /// Removes one import exactly: its rows go, the rows it replaced come back. Of the change that
  /// is returned, `added` counts the rows that come back and `removed` those that go.
  ///
  /// - Throws: `Failure` when the import is unknown or undone already, or when a later import
  ///   corrected it or completes it; the message names the import to undo first.
  package func undo(_ id: Int) throws(Failure) -> Change {
    let change = try writing { () throws(Failure) in
      let ledger = try Ledger(main)
      guard let entry = ledger.entries[id] else { throw .unknownImport(id) }
      guard entry.isActive else {
        throw Failure(
          .usage, code: "store.already-undone", fr: "l’import \(id) est déjà annulé",
          en: "import \(id) is already undone")
      }
      let before = try states(ledger)
      try refuseIfBuiltUpon(id, ledger, before.map(\.state))
      try main.run("UPDATE import SET active = 0, to_sweep = 1 WHERE id = ?", [SQLValue(id)])
      let after = try states(try Ledger(main))
      var tables: [TableChange] = []
      for (old, new) in zip(before, after) {
        var change = TableChange(table: old.table)
        for (a, b) in zip(old.state.segments, new.state.segments) {
          var gone = a.inForce
          gone.subtract(b.inForce)
          var back = b.inForce
          back.subtract(a.inForce)
          change.removed += gone.count
          change.added += back.count
        }
        if !change.isNothing { tables.append(change) }
      }
      return Change(tables: tables)
    }
    // The undo stands. What it leaves in the identity file goes now or, if that cannot be, when
    // the store is next opened for writing.
    try? writing { () throws(Failure) in }
    return change
  }

  private func states(
    _ ledger: Ledger
  ) throws(Failure) -> [(table: String, state: TableState)] {
    var out: [(table: String, state: TableState)] = []
    let names = try main.prepare("SELECT DISTINCT table_name FROM segment ORDER BY 1")
    while try names.step() {
      out.append((names.text(0), try TableState(names.text(0), main, ledger)))
    }
    return out
  }

  /// The active imports that must be undone before one: those that corrected it or replaced rows
  /// it states, and the corrections of its rejects.
  private func dependents(
    of id: Int, _ ledger: Ledger, _ states: [TableState]
  ) throws(Failure) -> (corrections: [Int], completions: [Int]) {
    var corrections: Set<Int> = []
    let rows = try main.prepare("SELECT import FROM correction WHERE corrected = ?")
    try rows.bind([SQLValue(id)])
    while try rows.step() {
      let other = Int(rows.integer(0))
      if ledger.isActive(other) { corrections.insert(other) }
    }
    for state in states {
      for segment in state.segments {
        guard !segment.retractions.isEmpty, let own = segment.rows(statedBy: id) else { continue }
        for retraction in segment.retractions
        where retraction.importID > id && retraction.rows.intersects(own) {
          corrections.insert(retraction.importID)
        }
      }
    }
    let completions = ledger.entries.values.filter { $0.isActive && $0.parent == id }.map(\.id)
    return (corrections.subtracting(completions).sorted(), completions.sorted())
  }

  private func refuseIfBuiltUpon(
    _ id: Int, _ ledger: Ledger, _ states: [TableState]
  ) throws(Failure) {
    let (corrections, completions) = try dependents(of: id, ledger, states)
    guard var first = (corrections + completions).max() else { return }
    // What was built upon may itself have been built upon: name the one that can go now.
    while true {
      let further = try dependents(of: first, ledger, states)
      guard let next = (further.corrections + further.completions).max() else { break }
      first = next
    }
    let numbers = { (ids: [Int]) in ids.map(String.init).joined(separator: ", ") }
    var fr: [String] = []
    var en: [String] = []
    if !corrections.isEmpty {
      fr.append("corrigé par l’import \(numbers(corrections))")
      en.append("corrected by import \(numbers(corrections))")
    }
    if !completions.isEmpty {
      fr.append("complété par les rejets corrigés de l’import \(numbers(completions))")
      en.append("completed by the corrected rejects of import \(numbers(completions))")
    }
    throw Failure(
      .failed, code: "store.built-upon",
      fr: "l’import \(id) ne peut pas être annulé : il a été \(fr.joined(separator: " et "))",
      en: "import \(id) cannot be undone: it was \(en.joined(separator: " and "))",
      remedy: Phrase(
        fr: "annulez d’abord l’import \(first) : lien imports undo \(first)",
        en: "undo import \(first) first: lien imports undo \(first)"))
  }
}
