package import Columns
package import Diagnostics
import FoundationEssentials
package import Model

/// The data of a project: what every import said, what holds now, and how to go back.
///
/// `lien.sqlite` keeps a write-ahead journal, so that readers neither wait for a writer nor make
/// it wait; a store opened to read sees one state for as long as it lives. A writer takes the lock
/// of `lien.sqlite` first and holds it while it changes `private/identites.sqlite`, which commits
/// first. Not for use from several threads.
package final class Store: TableSource {
  /// The project's folder.
  package let folder: String
  let model: Model
  let main: Connection
  let identities: IdentityFile?
  let reader: ColumnReader
  let isForWriting: Bool
  var plans: [String: RowPlan] = [:]
  /// The imports that tables are made of; nil for all that are in force. For reading what the data
  /// were, or would be.
  package var onlyImports: Set<Int>? { didSet { plans = [:] } }
  var standInsByDomain: [String: [Int32: Int32]] = [:]

  /// How long to wait for another process, unless told otherwise: 10 seconds.
  package static let patience = 10_000

  /// The main file of a project.
  package static func path(_ folder: String) -> String { folder + "/lien.sqlite" }

  /// Whether a folder holds a store.
  package static func exists(in folder: String) -> Bool {
    FileManager.default.fileExists(atPath: path(folder))
  }

  private init(
    _ folder: String, _ model: Model, _ main: Connection, _ identities: IdentityFile?,
    forWriting: Bool
  ) {
    self.folder = folder
    self.model = model
    self.main = main
    self.identities = identities
    isForWriting = forWriting
    reader = ColumnReader(main)
  }

  // MARK: Making and opening

  /// Makes the store of a new project and opens it for writing.
  ///
  /// - Throws: `Failure` when there is one already, or the folder cannot be written.
  package static func create(
    in folder: String, model: Model, busyMilliseconds: Int = patience
  ) throws(Failure) -> Store {
    if exists(in: folder) {
      throw Failure(
        .usage, code: "store.exists", fr: "ce dossier contient déjà un projet",
        en: "this folder already holds a project", at: SourceLocation(file: folder))
    }
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(folder)
    }
    let names = IdentityFile.path(folder)
    if files.fileExists(atPath: names) {
      // Left by a creation that was cut short; names without their store are never thrown away.
      let left = try IdentityFile(names, .write, busyMilliseconds: busyMilliseconds)
      if case .empty = try StoreSchema.state(of: left.file, steps: StoreSchema.identities) {
      } else if try left.file.integer("SELECT 1 FROM landing") != nil {
        throw Failure(
          .failed, code: "store.identities-left",
          fr: "un fichier d’identités est là sans son projet",
          en: "an identity file is there without its project",
          remedy: Phrase(
            fr: "restaurez une sauvegarde, ou déplacez ce fichier",
            en: "restore a backup, or move this file away"), at: SourceLocation(file: names))
      }
    }
    let storeID = randomPseudonym(domain: "store")
    try IdentityFile.makeEmptyFile(at: names)
    let identities = try IdentityFile(names, .write, busyMilliseconds: busyMilliseconds)
    try StoreSchema.migrate(identities.file, steps: StoreSchema.identities)
    try identities.file.run("INSERT INTO meta VALUES ('store', ?)", [.text(storeID)])

    // The main file appears whole, under its name, or not at all.
    let making = folder + "/.lien.sqlite.nouveau"
    try? files.removeItem(atPath: making)
    do {
      let main = try Connection(making, .create, busyMilliseconds: busyMilliseconds)
      try StoreSchema.migrate(main, steps: StoreSchema.main)
      try main.run("INSERT INTO meta VALUES ('store', ?)", [.text(storeID)])
      try main.execute("PRAGMA journal_mode = WAL")
    }
    do {
      try files.moveItem(atPath: making, toPath: path(folder))
    } catch {
      throw .cannotWrite(path(folder))
    }
    return try open(
      in: folder, model: model, forWriting: true, busyMilliseconds: busyMilliseconds)
  }

  /// Opens the store of a project. One written by an earlier version is brought up to date.
  ///
  /// - Throws: `Failure` when there is none, it is damaged, of a newer version, or busy.
  package static func open(
    in folder: String, model: Model, forWriting: Bool = false,
    busyMilliseconds: Int = patience
  ) throws(Failure) -> Store {
    let path = path(folder)
    guard exists(in: folder) else {
      throw Failure(
        .input, code: "store.none", fr: "aucun projet lien dans ce dossier",
        en: "no lien project in this folder",
        remedy: Phrase(
          fr: "« lien init DOSSIER » en crée un", en: "“lien init DIR” makes one"),
        at: SourceLocation(file: folder))
    }
    try Backup.refuseHalfRestored(folder)
    let main =
      forWriting
      ? try Connection(path, .write, busyMilliseconds: busyMilliseconds)
      : try reading(path, busyMilliseconds)
    try upToDate(main, StoreSchema.main, busyMilliseconds)
    let identities = try openIdentities(folder, main, forWriting, busyMilliseconds)
    if forWriting {
      guard identities != nil else { throw .identitiesMissing(folder) }
      try main.execute(
        """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = ON
        """)
    } else {
      // The first read takes the snapshot that this store keeps.
      try main.execute("BEGIN; SELECT count(*) FROM import")
    }
    let store = Store(folder, model, main, identities, forWriting: forWriting)
    if forWriting, try store.needsSweep {
      try store.writing { () throws(Failure) in }
    }
    return store
  }

  /// Opens the main file to read, also where nothing can be written.
  private static func reading(
    _ path: String, _ busyMilliseconds: Int
  ) throws(Failure) -> Connection {
    do throws(Failure) {
      let file = try Connection(path, .read, busyMilliseconds: busyMilliseconds)
      _ = try file.integer("SELECT count(*) FROM sqlite_master")
      return file
    } catch {
      // A write-ahead journal needs its index beside it. Where that cannot be made and there is
      // no journal to read, nobody can be writing: the file is read as it lies.
      guard error.diagnostics.first?.code == "store.read-only",
        FileManager.default.contents(atPath: path + "-wal")?.isEmpty ?? true
      else { throw error }
      return try Connection(path, .readImmutable, busyMilliseconds: busyMilliseconds)
    }
  }

  private static func upToDate(
    _ file: Connection, _ steps: [String], _ busyMilliseconds: Int
  ) throws(Failure) {
    switch try StoreSchema.state(of: file, steps: steps) {
    case .current: break
    case .empty: throw .damaged("vide / empty", file: file.path)
    case .older:
      let writer = try Connection(file.path, .write, busyMilliseconds: busyMilliseconds)
      try StoreSchema.migrate(writer, steps: steps)
    }
  }

  private static func openIdentities(
    _ folder: String, _ main: Connection, _ forWriting: Bool, _ busyMilliseconds: Int
  ) throws(Failure) -> IdentityFile? {
    let path = IdentityFile.path(folder)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do throws(Failure) {
      let file = try IdentityFile(
        path, forWriting ? .write : .read, busyMilliseconds: busyMilliseconds)
      try upToDate(file.file, StoreSchema.identities, busyMilliseconds)
      let owner = try file.storeID
      guard try main.text("SELECT value FROM meta WHERE name = 'store'") == owner else {
        throw Failure(
          .failed, code: "store.identities-mismatch",
          fr: "le fichier d’identités est celui d’un autre projet",
          en: "the identity file is another project’s", at: SourceLocation(file: path))
      }
      return file
    } catch {
      // Another user of the machine may read the figures without the names.
      if !forWriting && error.diagnostics.first?.code == "store.read-only" { return nil }
      throw error
    }
  }

  // MARK: Transactions

  /// Runs a change of `lien.sqlite` as one transaction, after sweeping what dead processes left.
  func writing<T>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
    precondition(isForWriting, "the store was opened to read")
    try main.execute("BEGIN IMMEDIATE")
    forget()
    defer { forget() }
    do throws(Failure) {
      try sweep()
      let result = try body()
      try main.execute("COMMIT")
      return result
    } catch {
      main.rollback()
      throw error
    }
  }

  /// Runs reads as one transaction; a store opened to read is always in one.
  func reading<T>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
    if main.inTransaction { return try body() }
    try main.execute("BEGIN")
    defer {
      main.rollback()
      forget()
    }
    return try body()
  }

  /// Forgets what was read of a state that may be past.
  private func forget() {
    reader.forget()
    plans = [:]
    standInsByDomain = [:]
  }

  // MARK: The ledger

  /// All imports in order, undone ones too.
  package func imports() throws(Failure) -> [ImportRecord] {
    try reading { () throws(Failure) in
      try LedgerReader(main: main, identities: identities).records()
    }
  }

  /// The last active import of a file with these bytes; nil when there is none.
  package func activeImport(ofFile digest: String) throws(Failure) -> Int? {
    try reading { () throws(Failure) in
      let row = try main.prepare("SELECT max(id) FROM import WHERE file_digest = ? AND active = 1")
      try row.bind([.text(digest)])
      guard try row.step(), !row.isNull(0) else { return nil }
      return Int(row.integer(0))
    }
  }

  /// SHA-256 over the active imports, in order: tables, digests of file and mapping, source.
  /// Projects that hold the same files agree on it.
  package func fingerprint() throws(Failure) -> String {
    try reading { () throws(Failure) in
      try LedgerReader(main: main, identities: identities).fingerprint()
    }
  }

  /// The user's identifier behind each pseudonym of a domain; empty without the identity file.
  package func identities(domain: String) throws(Failure) -> [String: String] {
    var out: [String: String] = [:]
    for (external, pseudonym) in try identities?.pseudonyms(domain) ?? [:] {
      out[pseudonym] = external
    }
    return out
  }

  /// The headings of an import's file and the rows set aside; without cells when the identity file
  /// is not there or they were removed since.
  ///
  /// - Throws: `Failure` with status `usage` when no import has this number.
  package func rejects(
    of id: Int
  ) throws(Failure) -> (header: [String], rejects: [Reject]) {
    try reading { () throws(Failure) in
      let record = try LedgerReader(main: main, identities: identities).record(id)
      return try RejectReader(main: main, identities: identities).rejects(of: record)
    }
  }
}

extension Failure {
  /// The store is there without the file of names, which every import needs.
  static func identitiesMissing(_ folder: String) -> Failure {
    Failure(
      .failed, code: "store.identities-missing",
      fr: "le fichier d’identités du projet manque : les personnes ne seraient plus reconnues",
      en: "the project’s identity file is missing: people would no longer be recognised",
      remedy: Phrase(
        fr: "remettez-le en place ou restaurez une sauvegarde",
        en: "put it back or restore a backup"),
      at: SourceLocation(file: IdentityFile.path(folder)))
  }
}
