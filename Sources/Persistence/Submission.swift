package import Columns

/// What intake read from one file, ready to land.
package struct Submission: Sendable {
  /// The file's name as the user gave it. Kept in the identity file: it may hold a name.
  package var fileName: String
  /// SHA-256 of the file's bytes, in hexadecimal.
  package var fileDigest: String
  /// The file's size.
  package var byteCount: Int
  /// Where the rows come from: a mapping's identifier, or empty for the model's own headings.
  /// Imports of one source correct each other; different sources stand side by side.
  package var source: String
  /// SHA-256 of the mapping file, or empty.
  package var mappingDigest: String
  /// The import whose rejects this file corrects.
  package var correctsRejectsOf: Int?
  /// The rows understood, in the order in which tables land.
  package var batches: [TableBatch]
  /// The rows set aside.
  package var rejects: [Reject]
  /// The file's headings, for the rejects file.
  package var header: [String]
  /// The rows set aside, as far as they can be read: what they may speak of stays as it was.
  package var open: [OpenRow]
  /// Of corrected rejects: the lines of the first sheet that the file speaks of.
  package var settledLines: Set<Int>
  /// The receipt, as JSON. Kept in the identity file: it may quote headings.
  package var receipt: String

  /// Makes a submission.
  package init(
    fileName: String, fileDigest: String, byteCount: Int, source: String = "",
    mappingDigest: String = "", correctsRejectsOf: Int? = nil, batches: [TableBatch],
    rejects: [Reject] = [], header: [String] = [], open: [OpenRow] = [],
    settledLines: Set<Int> = [], receipt: String = "{}"
  ) {
    self.fileName = fileName
    self.fileDigest = fileDigest
    self.byteCount = byteCount
    self.source = source
    self.mappingDigest = mappingDigest
    self.correctsRejectsOf = correctsRejectsOf
    self.batches = batches
    self.rejects = rejects
    self.header = header
    self.open = open
    self.settledLines = settledLines
    self.receipt = receipt
  }
}

/// What became of a submission.
package enum Outcome: Sendable {
  /// The store says all this already, in this import and perhaps others.
  case unchanged(ImportRecord)
  /// It landed as this import.
  case landed(ImportRecord, Change)
}

/// What a submission does to the rows of one scope of a table: to those of one session.
package struct ScopeChange: Sendable, Hashable {
  /// What makes the scope, as the sheet writes it: the session.
  package var scope: [String]
  /// As in `TableChange`.
  package var added = 0, removed = 0, changed = 0, identical = 0, held = 0

  /// Nothing yet.
  package init(scope: [String]) { self.scope = scope }

  /// Whether the scope stays as it is.
  package var isNothing: Bool { added == 0 && removed == 0 && changed == 0 && held == 0 }
}

/// What a submission does to one table.
package struct TableChange: Sendable, Hashable {
  /// The table's name in the model.
  package var table: String
  /// Rows that were not there.
  package var added = 0
  /// Rows taken out: in the scope of the sheet and absent from it.
  package var removed = 0
  /// Rows whose key was there with other values.
  package var changed = 0
  /// Rows that were there, the same.
  package var identical = 0
  /// Rows in the scope of the sheet that it does not state, and that stay: a row which it set aside
  /// may speak of them.
  package var held = 0
  /// The same by scope, in the order of the sheet; empty for very large sheets.
  package var scopes: [ScopeChange] = []
  /// Added or changed rows whose key another source states too: they count once.
  package var duplicatesOfOtherSources = 0
  /// Added rows whose key the same source states outside the scope of the sheet: both are kept.
  package var conflicts = 0
  /// Corrected rejects not taken, because a later sheet replaced their scope.
  package var staleRows = 0
  /// Corrected rejects not taken, because a row with their key is there with other values.
  package var alreadyHeld = 0

  /// Nothing yet.
  package init(table: String) { self.table = table }

  /// Whether the table stays as it is.
  package var isNothing: Bool { added == 0 && removed == 0 && changed == 0 }
}

/// What a submission, or an undo, does to the store.
package struct Change: Sendable, Hashable {
  /// Table by table, in the order of the submission.
  package var tables: [TableChange] = []
  /// The imports whose rows are replaced, ascending.
  package var corrects: [Int] = []

  /// Makes a change.
  package init(tables: [TableChange] = [], corrects: [Int] = []) {
    self.tables = tables
    self.corrects = corrects
  }

  /// Rows that were not there, over all tables.
  package var added: Int { tables.reduce(0) { $0 + $1.added } }
  /// Rows taken out, over all tables.
  package var removed: Int { tables.reduce(0) { $0 + $1.removed } }
  /// Rows whose values change, over all tables.
  package var changed: Int { tables.reduce(0) { $0 + $1.changed } }
  /// Rows that were there, the same, over all tables.
  package var identical: Int { tables.reduce(0) { $0 + $1.identical } }
  /// Rows that another source states too, over all tables.
  package var duplicatesOfOtherSources: Int {
    tables.reduce(0) { $0 + $1.duplicatesOfOtherSources }
  }
  /// Rows whose key is there in another scope, over all tables.
  package var conflicts: Int { tables.reduce(0) { $0 + $1.conflicts } }
  /// Corrected rejects whose scope was replaced since, over all tables.
  package var staleRows: Int { tables.reduce(0) { $0 + $1.staleRows } }
  /// Corrected rejects whose key is there with other values, over all tables.
  package var alreadyHeld: Int { tables.reduce(0) { $0 + $1.alreadyHeld } }
  /// Whether every table stays as it is.
  package var isNothing: Bool { tables.allSatisfy(\.isNothing) }
}

/// One import, as the ledger tells it.
package struct ImportRecord: Sendable, Hashable {
  /// What an import did.
  package enum Kind: String, Sendable { case new, correction, rejectsCorrection }
  /// Whether an import is in force.
  package enum State: String, Sendable { case active, undone }
  /// The rows that an import stated for one table.
  package struct TableRows: Sendable, Hashable {
    /// The table's name in the model.
    package var name: String
    /// The number of rows stated, whether new or there already.
    package var rows: Int
  }

  /// Its number, never used again.
  package var id: Int
  /// When it landed, as the caller gave it.
  package var receivedAt: String
  /// The file's name; nil without the identity file.
  package var fileName: String?
  /// SHA-256 of the file.
  package var fileDigest: String
  /// The file's size in bytes.
  package var byteCount: Int
  /// Where its rows come from.
  package var source: String
  /// SHA-256 of the mapping file, or empty.
  package var mappingDigest: String
  /// Rows stated, in the order of the submission.
  package var tables: [TableRows]
  /// The number of rejects.
  package var rowsSetAside: Int
  /// What it did.
  package var kind: Kind
  /// For a rejects correction: the import it completes.
  package var parent: Int?
  /// Whether it is in force.
  package var state: State
  /// The imports whose rows it replaced, ascending.
  package var corrects: [Int]
  /// Its receipt, JSON; nil without the identity file.
  package var receipt: String?
}
