package import Diagnostics

/// What a person decided about a name typed on a sheet.
package struct PersonDecision: Sendable, Hashable {
  /// What was decided.
  package enum Kind: String, Sendable {
    /// It means a person that is known.
    case person
    /// It means somebody new: as written.
    case new
    /// It means nobody who counts.
    case nobody
  }

  /// Its number, never used again.
  package var id: Int
  /// The residence of the sheet; empty when the sheet did not say.
  package var residence: String
  /// The name as it was typed, folded.
  package var mention: String
  /// The name as it was typed.
  package var written: String
  /// What was decided.
  package var kind: Kind
  /// The person's pseudonym; empty unless `kind` is `person`.
  package var person: String
  /// The import that the name waited in.
  package var importID: Int?
  /// When.
  package var madeAt: String

  /// Makes a decision that is not recorded yet.
  package init(
    residence: String, mention: String, written: String, kind: Kind, person: String = "",
    importID: Int? = nil, madeAt: String
  ) {
    id = 0
    self.residence = residence
    self.mention = mention
    self.written = written
    self.kind = kind
    self.person = person
    self.importID = importID
    self.madeAt = madeAt
  }
}

extension Store {
  /// The decisions that hold, in order. They live in the identity file: they hold names.
  package func decisions() throws(Failure) -> [PersonDecision] {
    guard let file = identities?.file else { return [] }
    var out: [PersonDecision] = []
    let rows = try file.prepare(
      """
      SELECT id, residence, mention, written, kind, person, import, made_at FROM decision
      ORDER BY id
      """)
    while try rows.step() {
      var one = PersonDecision(
        residence: rows.text(1), mention: rows.text(2), written: rows.text(3),
        kind: PersonDecision.Kind(rawValue: rows.text(4)) ?? .nobody, person: rows.text(5),
        importID: rows.isNull(6) ? nil : Int(rows.integer(6)), madeAt: rows.text(7))
      one.id = Int(rows.integer(0))
      out.append(one)
    }
    return out
  }

  /// Records decisions; one about the same name in the same residence takes the place of an
  /// earlier one.
  package func record(_ decisions: [PersonDecision]) throws(Failure) {
    try changingNames { (file: Connection) throws(Failure) in
      let drop = try file.prepare("DELETE FROM decision WHERE residence = ? AND mention = ?")
      let insert = try file.prepare(
        """
        INSERT INTO decision (residence, mention, written, kind, person, import, made_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
      for one in decisions {
        try drop.run([.text(one.residence), .text(one.mention)])
        try insert.run([
          .text(one.residence), .text(one.mention), .text(one.written), .text(one.kind.rawValue),
          .text(one.person), SQLValue(one.importID), .text(one.madeAt),
        ])
      }
    }
  }

  /// Takes a decision back.
  ///
  /// - Throws: `Failure` with status `usage` when there is none of this number.
  package func dropDecision(_ id: Int) throws(Failure) {
    try changingNames { (file: Connection) throws(Failure) in
      guard try file.integer("SELECT 1 FROM decision WHERE id = \(id)") != nil else {
        throw Failure(
          .usage, code: "people.no-decision", fr: "aucune décision ne porte le numéro \(id)",
          en: "no decision has the number \(id)",
          remedy: Phrase(
            fr: "« lien people review --list » donne la liste",
            en: "“lien people review --list” lists them"))
      }
      try file.run("DELETE FROM decision WHERE id = ?", [SQLValue(id)])
    }
  }

  /// Changes the identity file alone, under the lock of the main file.
  private func changingNames(
    _ body: (Connection) throws(Failure) -> Void
  ) throws(Failure) {
    guard let identities else { throw .identitiesMissing(folder) }
    try writing { () throws(Failure) in
      try identities.transaction { () throws(Failure) in try body(identities.file) }
    }
  }
}
