package import Diagnostics

/// A frozen report as the store keeps it.
package struct EditionRecord: Sendable {
  /// What it is of: a report, its name, its readers, its language.
  package var report: String, name: String, audience: String, language: String
  /// When it was frozen, by which version of the program.
  package var madeAt: String, program: String
  /// The fingerprint of the data, and the last import they came by.
  package var fingerprint: String, lastImport: Int
  /// Who signed it and when; nil for a draft.
  package var signedBy: String?, signedAt: String?

  /// Makes a draft.
  package init(
    report: String, name: String, audience: String, language: String, madeAt: String,
    program: String, fingerprint: String, lastImport: Int
  ) {
    self.report = report
    self.name = name
    self.audience = audience
    self.language = language
    self.madeAt = madeAt
    self.program = program
    self.fingerprint = fingerprint
    self.lastImport = lastImport
  }
}

extension Store {
  private static let columns =
    "report, name, audience, language, made_at, program, fingerprint, last_import, signed_by, signed_at"

  /// All editions, oldest first.
  package func editions() throws(Failure) -> [EditionRecord] {
    try reading { () throws(Failure) in
      let rows = try main.prepare(
        "SELECT \(Self.columns) FROM edition ORDER BY made_at, report, name, audience, language")
      var out: [EditionRecord] = []
      while try rows.step() { out.append(Self.record(rows)) }
      return out
    }
  }

  private static func record(_ row: Statement) -> EditionRecord {
    var out = EditionRecord(
      report: row.text(0), name: row.text(1), audience: row.text(2), language: row.text(3),
      madeAt: row.text(4), program: row.text(5), fingerprint: row.text(6),
      lastImport: Int(row.integer(7)))
    out.signedBy = row.optionalText(8)
    out.signedAt = row.optionalText(9)
    return out
  }

  /// What an edition holds.
  ///
  /// - Throws: `Failure` with status `failed` when it is not there, or not what was frozen.
  package func content(of edition: EditionRecord) throws(Failure) -> [UInt8] {
    try reading { () throws(Failure) in
      let row = try main.prepare(
        """
        SELECT content, digest FROM edition
        WHERE report = ? AND name = ? AND audience = ? AND language = ?
        """)
      try row.bind(edition.key)
      guard try row.step() else { throw .damaged("edition", file: main.path) }
      let bytes = row.bytes(0)
      guard sha256Hex(bytes) == row.text(1) else { throw .damaged("edition", file: main.path) }
      return bytes
    }
  }

  /// Keeps an edition.
  ///
  /// - Throws: `Failure` when there is one of this name already.
  package func keep(_ edition: EditionRecord, content: [UInt8]) throws(Failure) {
    try writing { () throws(Failure) in
      let insert = try main.prepare(
        """
        INSERT INTO edition (report, name, audience, language, made_at, program, fingerprint,
          last_import, digest, content)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
      try insert.bind(
        edition.key + [
          .text(edition.madeAt), .text(edition.program), .text(edition.fingerprint),
          .integer(Int64(edition.lastImport)), .text(sha256Hex(content)),
        ])
      try insert.bind(bytes: content, at: 10)
      while try insert.step() {}
    }
  }

  /// Signs editions.
  package func sign(_ editions: [EditionRecord], by name: String, at now: String) throws(Failure) {
    try writing { () throws(Failure) in
      for edition in editions {
        try main.run(
          """
          UPDATE edition SET signed_by = ?, signed_at = ?
          WHERE report = ? AND name = ? AND audience = ? AND language = ? AND signed_by IS NULL
          """, [.text(name), .text(now)] + edition.key)
      }
    }
  }

  /// Removes drafts; what is signed stays.
  package func drop(_ editions: [EditionRecord]) throws(Failure) {
    try writing { () throws(Failure) in
      for edition in editions {
        try main.run(
          """
          DELETE FROM edition WHERE report = ? AND name = ? AND audience = ? AND language = ?
            AND signed_by IS NULL
          """, edition.key)
      }
    }
  }
}

extension EditionRecord {
  fileprivate var key: [SQLValue] {
    [.text(report), .text(name), .text(audience), .text(language)]
  }
}

extension Store {
  /// How many people were forgotten, and how often expired data were erased, since a moment.
  package func erasures(since moment: String) throws(Failure) -> (forgotten: Int, expiries: Int) {
    try reading { () throws(Failure) in
      let rows = try main.prepare(
        "SELECT kind, count(*) FROM erasure WHERE made_at >= ? GROUP BY kind")
      try rows.bind([.text(moment)])
      var out = (forgotten: 0, expiries: 0)
      while try rows.step() {
        if rows.text(0) == "forget" {
          out.forgotten = Int(rows.integer(1))
        } else {
          out.expiries = Int(rows.integer(1))
        }
      }
      return out
    }
  }
}
