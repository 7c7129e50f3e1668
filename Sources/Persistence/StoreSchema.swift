import Diagnostics

/// The tables of the two files, as the list of steps that make them: a new file takes all steps,
/// an old one those it has not taken. A released step is never edited; a change is a new step.
enum StoreSchema {
  /// "lien" in ASCII: says whose file this is.
  static let applicationID: Int64 = 0x6C69_656E

  /// The steps of `lien.sqlite`; version n is reached after n steps.
  static let main: [String] = [
    // 1: the ledger of imports, dictionaries, segments and retractions.
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    -- The ledger. `nonce` ties an import to its rows in the identity file.
    CREATE TABLE import (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      nonce TEXT NOT NULL UNIQUE,
      received_at TEXT NOT NULL,
      file_digest TEXT NOT NULL,
      byte_count INTEGER NOT NULL,
      source TEXT NOT NULL,
      mapping_digest TEXT NOT NULL,
      kind TEXT NOT NULL,
      parent INTEGER REFERENCES import (id),
      active INTEGER NOT NULL,
      -- Undone, but its rows in the identity file are still to be removed.
      to_sweep INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX import_parent ON import (parent) WHERE parent IS NOT NULL;
    CREATE INDEX import_to_sweep ON import (to_sweep) WHERE to_sweep = 1;
    CREATE TABLE import_table (
      import INTEGER NOT NULL REFERENCES import (id),
      ordinal INTEGER NOT NULL,
      table_name TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      PRIMARY KEY (import, ordinal)) WITHOUT ROWID;
    -- The imports that cannot be undone while an import is active: those that it corrects, and
    -- those that its rows depend upon otherwise.
    CREATE TABLE correction (
      import INTEGER NOT NULL REFERENCES import (id),
      corrected INTEGER NOT NULL REFERENCES import (id),
      is_correction INTEGER NOT NULL,
      PRIMARY KEY (import, corrected)) WITHOUT ROWID;
    CREATE TABLE reject (
      import INTEGER NOT NULL REFERENCES import (id),
      ordinal INTEGER NOT NULL,
      line INTEGER NOT NULL,
      column_number INTEGER,
      severity TEXT NOT NULL,
      code TEXT NOT NULL,
      fr TEXT NOT NULL,
      en TEXT NOT NULL,
      remedy_fr TEXT,
      remedy_en TEXT,
      PRIMARY KEY (import, ordinal)) WITHOUT ROWID;

    -- Entries of a domain, in the order of their codes, many to a row.
    CREATE TABLE dictionary (
      domain TEXT NOT NULL,
      part INTEGER NOT NULL,
      entries INTEGER NOT NULL,
      lengths BLOB NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (domain, part));

    -- Rows of one import for one table, and their columns.
    CREATE TABLE segment (
      id INTEGER PRIMARY KEY,
      import INTEGER NOT NULL REFERENCES import (id),
      table_name TEXT NOT NULL,
      first_row INTEGER NOT NULL,
      row_count INTEGER NOT NULL);
    CREATE INDEX segment_table ON segment (table_name, import, first_row);
    CREATE TABLE chunk (
      table_name TEXT NOT NULL,
      column_name TEXT NOT NULL,
      segment INTEGER NOT NULL REFERENCES segment (id),
      minimum,
      maximum,
      data BLOB NOT NULL,
      UNIQUE (table_name, column_name, segment));
    -- Rows of a segment that an import takes out of force for as long as it is active.
    CREATE TABLE retraction (
      segment INTEGER NOT NULL REFERENCES segment (id),
      import INTEGER NOT NULL REFERENCES import (id),
      bitmap BLOB NOT NULL,
      PRIMARY KEY (segment, import)) WITHOUT ROWID;
    """,
    // 2: rows that a later import states again are not written twice.
    """
    CREATE TABLE confirmation (
      segment INTEGER NOT NULL REFERENCES segment (id),
      import INTEGER NOT NULL REFERENCES import (id),
      -- The columns that the sheet had, separated by commas.
      columns TEXT NOT NULL,
      bitmap BLOB NOT NULL,
      PRIMARY KEY (segment, import)) WITHOUT ROWID;
    CREATE INDEX retraction_import ON retraction (import);
    """,
    // 3: persons that count as another one.
    """
    CREATE TABLE merged (
      pseudonym TEXT PRIMARY KEY,
      into_pseudonym TEXT NOT NULL,
      made_at TEXT NOT NULL) WITHOUT ROWID;
    """,
    // 4: a row that an import takes out of force stays in force while a line that the import set
    // aside, and that may speak of it, is not settled.
    """
    CREATE TABLE hold (
      segment INTEGER NOT NULL REFERENCES segment (id),
      import INTEGER NOT NULL REFERENCES import (id),
      line INTEGER NOT NULL,
      bitmap BLOB NOT NULL,
      PRIMARY KEY (segment, import, line)) WITHOUT ROWID;
    -- The lines of its parent's rejects that a correction of them speaks of.
    CREATE TABLE settled (
      import INTEGER NOT NULL REFERENCES import (id),
      line INTEGER NOT NULL,
      PRIMARY KEY (import, line)) WITHOUT ROWID;
    """,
    // 5: what was erased for good, and frozen reports.
    """
    -- Rows of which nothing is left: a person was forgotten, or the time to keep them ran out.
    CREATE TABLE erased (
      segment INTEGER PRIMARY KEY REFERENCES segment (id),
      bitmap BLOB NOT NULL);
    -- What was erased, without saying of whom.
    CREATE TABLE erasure (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      made_at TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      cell_count INTEGER NOT NULL);
    -- A frozen report: released tables, definitions and texts, no rows.
    CREATE TABLE edition (
      report TEXT NOT NULL,
      name TEXT NOT NULL,
      audience TEXT NOT NULL,
      language TEXT NOT NULL,
      made_at TEXT NOT NULL,
      program TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      last_import INTEGER NOT NULL,
      signed_by TEXT,
      signed_at TEXT,
      digest TEXT NOT NULL,
      content BLOB NOT NULL,
      PRIMARY KEY (report, name, audience, language)) WITHOUT ROWID;
    """,
  ]

  /// The steps of `private/identites.sqlite`.
  static let identities: [String] = [
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE landing (
      id INTEGER PRIMARY KEY,
      nonce TEXT NOT NULL UNIQUE,
      import INTEGER NOT NULL,
      file_name TEXT NOT NULL,
      receipt TEXT NOT NULL,
      header TEXT NOT NULL,
      rejects_digest TEXT NOT NULL);
    CREATE INDEX landing_import ON landing (import);
    -- The user's own identifiers; `landing` is the one that first gave the pair.
    CREATE TABLE pseudonym (
      domain TEXT NOT NULL,
      external TEXT NOT NULL,
      pseudonym TEXT NOT NULL,
      landing INTEGER NOT NULL,
      PRIMARY KEY (domain, external)) WITHOUT ROWID;
    CREATE UNIQUE INDEX pseudonym_pseudonym ON pseudonym (domain, pseudonym);
    CREATE INDEX pseudonym_landing ON pseudonym (landing);
    -- Cells of identifying columns. `row` counts the import's rows of the table from 0.
    CREATE TABLE cell (
      landing INTEGER NOT NULL,
      table_name TEXT NOT NULL,
      column_name TEXT NOT NULL,
      row INTEGER NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (landing, table_name, column_name, row)) WITHOUT ROWID;
    CREATE TABLE reject (
      landing INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      heading TEXT,
      sheet TEXT,
      cells TEXT NOT NULL,
      PRIMARY KEY (landing, ordinal)) WITHOUT ROWID;
    """,
    // 2: what was decided about names on sheets. `mention` is folded, `written` as it was typed.
    """
    CREATE TABLE decision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      residence TEXT NOT NULL,
      mention TEXT NOT NULL,
      written TEXT NOT NULL,
      kind TEXT NOT NULL,
      person TEXT NOT NULL,
      import INTEGER,
      made_at TEXT NOT NULL,
      UNIQUE (residence, mention));
    """,
  ]

  /// How far a file has come.
  enum State { case empty, current, older(Int64) }

  /// Looks whose file this is and how far it has come.
  ///
  /// - Throws: `Failure` when it is not lien's, or of a newer version.
  static func state(of file: Connection, steps: [String]) throws(Failure) -> State {
    let owner = try file.integer("PRAGMA application_id") ?? 0
    let version = try file.integer("PRAGMA user_version") ?? 0
    let changes = try file.integer("PRAGMA schema_version") ?? 0
    if owner == 0 && version == 0 && changes == 0 { return .empty }
    guard owner == applicationID else {
      throw Failure(
        .failed, code: "store.foreign", fr: "ce fichier n’est pas un fichier de lien",
        en: "this file is not one of lien’s", at: SourceLocation(file: file.path))
    }
    try refuseNewer(file, steps: steps)
    return version == Int64(steps.count) ? .current : .older(version)
  }

  /// - Throws: `Failure` when a file was written by a newer version.
  static func refuseNewer(_ file: Connection, steps: [String]) throws(Failure) {
    let version = try file.integer("PRAGMA user_version") ?? 0
    if version <= Int64(steps.count) { return }
    throw Failure(
      .failed, code: "store.newer",
      fr: "ce projet a été écrit par une version plus récente de lien (\(version))",
      en: "this project was written by a newer version of lien (\(version))",
      remedy: Phrase(fr: "mettez lien à jour", en: "update lien"),
      at: SourceLocation(file: file.path))
  }

  /// Takes the steps that are missing, all or none.
  static func migrate(_ file: Connection, steps: [String]) throws(Failure) {
    try file.execute("BEGIN IMMEDIATE")
    do throws(Failure) {
      // Looked at again under the lock: another process may have just done it.
      switch try state(of: file, steps: steps) {
      case .current: break
      case .empty: try take(steps[...], on: file)
      case .older(let version): try take(steps[Int(version)...], on: file)
      }
      try file.execute("COMMIT")
    } catch {
      file.rollback()
      throw error
    }
  }

  private static func take(_ some: ArraySlice<String>, on file: Connection) throws(Failure) {
    for step in some { try file.execute(step) }
    try file.execute(
      "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(some.endIndex)")
  }
}
