import Columns
package import Diagnostics
import Model

/// A submission compared with the store.
private struct Assessment {
  var coder: Coder
  var landings: [TableLanding]
  var source: String
  var parent: Int?

  var change: Change {
    Change(
      tables: landings.map(\.change),
      corrects: landings.reduce(into: Set<Int>()) { $0.formUnion($1.corrects) }.sorted())
  }
}

extension Store {
  /// What `commit` would do. Changes nothing.
  package func plan(_ submission: Submission) throws(Failure) -> Change {
    try reading { () throws(Failure) in try assess(submission).change }
  }

  /// Lands a submission, whole or not at all.
  ///
  /// A sheet replaces, within its scopes, what its source said before; corrected rejects only add.
  /// When the store says all this already, nothing is written.
  /// `now` is the time to note in the ledger, such as `2025-03-01T09:30:00Z`.
  ///
  /// - Throws: `Failure`: the store is busy, the disk full, or the import whose rejects are
  ///   corrected is unknown or undone. The store is then as it was.
  package func commit(_ submission: Submission, now: String) throws(Failure) -> Outcome {
    try writing { () throws(Failure) in
      let assessment = try assess(submission)
      let ledger = LedgerReader(main: main, identities: identities)
      if let id = try importThatSaysSo(submission, assessment) {
        return .unchanged(try ledger.record(id))
      }
      let id = try write(submission, assessment, now: now)
      return .landed(try ledger.record(id), assessment.change)
    }
  }

  // MARK: Comparing

  private func assess(_ submission: Submission) throws(Failure) -> Assessment {
    guard let identities else { throw .identitiesMissing(folder) }
    let ledger = try Ledger(main)
    var source = submission.source
    if let parent = submission.correctsRejectsOf {
      guard let entry = ledger.entries[parent] else { throw .unknownImport(parent) }
      guard entry.isActive else {
        throw Failure(
          .failed, code: "store.parent-undone",
          fr: "l’import \(parent), dont ce fichier corrige les rejets, a été annulé",
          en: "import \(parent), whose rejects this file corrects, was undone",
          remedy: Phrase(
            fr: "importez la feuille entière", en: "import the whole sheet"))
      }
      source = entry.source
    }
    let coder = Coder(reader, identities, model)
    var landings: [TableLanding] = []
    var seen: Set<String> = []
    for batch in try submission.batches + held(by: submission) {
      guard let table = model[batch.table], seen.insert(batch.table).inserted else {
        throw .misfit(batch.table, "*")
      }
      let coded = try coder.coded(batch, table)
      let state = try TableState(table.name, main, ledger)
      var lander = Lander(
        reader: reader, identities: identities, ledger: ledger, table: table, state: state,
        source: source, batch: batch, coded: coded,
        open: try OpenRows(submission.open, table, coder))
      guard let parent = submission.correctsRejectsOf else {
        landings.append(try lander.sheet())
        continue
      }
      if state.segments.contains(where: { !$0.holds.isEmpty }) {
        lander.state = try TableState(
          table.name, main, ledger, settling: (parent, submission.settledLines))
        lander.released = lander.state.released(from: state)
      }
      landings.append(try lander.rejects(of: parent))
    }
    return Assessment(
      coder: coder, landings: landings, source: source, parent: submission.correctsRejectsOf)
  }

  /// Empty batches of the tables that corrected rejects say nothing of, though rows are held there.
  private func held(
    by submission: Submission
  ) throws(Failure) -> [TableBatch] {
    guard submission.correctsRejectsOf != nil else { return [] }
    let named = Set(submission.batches.map(\.table))
    var out: [TableBatch] = []
    let rows = try main.prepare(
      "SELECT DISTINCT s.table_name FROM hold h JOIN segment s ON s.id = h.segment ORDER BY 1")
    while try rows.step() {
      let name = rows.text(0)
      if !named.contains(name) {
        out.append(TableBatch(table: name, columns: [:], sourceLines: []))
      }
    }
    return out
  }

  /// Whether corrected rejects settle a line that rows are held for.
  private func settlesHeldLine(
    _ submission: Submission, _ ledger: Ledger
  ) throws(Failure) -> Bool {
    guard let parent = submission.correctsRejectsOf else { return false }
    let lines = submission.settledLines.subtracting(submission.rejects.map(\.line))
    if lines.isEmpty { return false }
    let root = ledger.root(of: parent)
    var last: [Int: Int] = [:]
    let settled = try main.prepare("SELECT import, line FROM settled ORDER BY import")
    while try settled.step() {
      let id = Int(settled.integer(0))
      if ledger.isActive(id), ledger.root(of: id) == root { last[Int(settled.integer(1))] = id }
    }
    let held = try main.prepare("SELECT DISTINCT import, line FROM hold")
    while try held.step() {
      let (id, line) = (Int(held.integer(0)), Int(held.integer(1)))
      if ledger.isActive(id), ledger.root(of: id) == root, lines.contains(line),
        last[line] ?? id <= id
      {
        return true
      }
    }
    return false
  }

  /// The import that already says all that a submission says; nil when it says something new.
  private func importThatSaysSo(
    _ submission: Submission, _ assessment: Assessment
  ) throws(Failure) -> Int? {
    guard assessment.landings.allSatisfy(\.isNothing) else { return nil }
    let ledger = try Ledger(main)
    if try settlesHeldLine(submission, ledger) { return nil }
    let active = ledger.entries.values.filter {
      $0.isActive && $0.source == assessment.source
    }
    // Rows set aside are part of what a sheet says: new ones must be kept to be corrected.
    if !submission.rejects.isEmpty {
      let nonces = Set(active.map(\.nonce))
      guard try identities?.holdsRejects(submission.rejectsDigest, of: nonces) == true else {
        return nil
      }
    }
    let sameFile = active.filter { $0.fileDigest == submission.fileDigest }.map(\.id)
    let agreeing = assessment.landings.reduce(into: Set<Int>()) { $0.formUnion($1.agreesWith) }
    return agreeing.intersection(sameFile).max() ?? agreeing.max() ?? sameFile.max()
  }

  // MARK: Writing

  private func write(
    _ submission: Submission, _ assessment: Assessment, now: String
  ) throws(Failure) -> Int {
    let change = assessment.change
    let nonce = randomPseudonym(domain: "n") + randomPseudonym(domain: "n")
    let kind: ImportRecord.Kind =
      assessment.parent != nil ? .rejectsCorrection : change.corrects.isEmpty ? .new : .correction
    try main.run(
      """
      INSERT INTO import (nonce, received_at, file_digest, byte_count, source, mapping_digest,
        kind, parent, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
      """,
      [
        .text(nonce), .text(now), .text(submission.fileDigest), SQLValue(submission.byteCount),
        .text(assessment.source), .text(submission.mappingDigest), .text(kind.rawValue),
        SQLValue(assessment.parent),
      ])
    let id = Int(main.lastInsertedRow)
    for (i, landing) in assessment.landings.enumerated() {
      try main.run(
        "INSERT INTO import_table VALUES (?, ?, ?, ?)",
        [
          SQLValue(id), SQLValue(i), .text(landing.change.table), SQLValue(landing.statedRows),
        ])
    }
    let upon = assessment.landings.reduce(into: Set(change.corrects)) {
      $0.formUnion($1.buildsUpon)
    }
    for other in upon.sorted() {
      try main.run(
        "INSERT INTO correction VALUES (?, ?, ?)",
        [SQLValue(id), SQLValue(other), SQLValue(change.corrects.contains(other) ? 1 : 0)])
    }
    try RejectReader.write(submission.rejects, of: id, into: main)
    if submission.correctsRejectsOf != nil {
      for line in submission.settledLines.sorted() {
        try main.run("INSERT INTO settled VALUES (?, ?)", [SQLValue(id), SQLValue(line)])
      }
    }
    let writer = SegmentWriter(main: main, importID: id)
    for (domain, bytes, offsets) in assessment.coder.newEntries {
      try writer.append(bytes, offsets, to: domain)
    }
    var cells: [(table: String, column: String, row: Int, value: String)] = []
    for landing in assessment.landings {
      try writer.write(landing)
      cells += landing.cells.map { (landing.change.table, $0.column, $0.row, $0.value) }
    }
    // Last, so that the time between the two commits is as short as can be.
    let entry = IdentityFile.Entry(
      nonce: nonce, importID: id, submission: submission, pairs: assessment.coder.newPairs,
      cells: cells)
    try identities?.transaction { () throws(Failure) in try identities?.insert(entry) }
    return id
  }
}
