package import Diagnostics
import FoundationEssentials

/// A backup is one file: a copy of `lien.sqlite` under another application number, with the
/// identity file inside, in pieces. One file, because the two halves are of no use apart and a
/// file is what people copy to a stick; owner-only, because it holds names.
enum Backup {
  /// "lieb" in ASCII.
  static let applicationID: Int64 = 0x6C69_6562
  private static let pieceSize = 1 << 20

  // MARK: Making

  /// Copies both files of a project, checks the copy and puts it in place.
  static func make(
    of folder: String, at path: String, busyMilliseconds: Int
  ) throws(Failure) {
    let files = FileManager.default
    let work = path + ".en-cours"
    try? files.removeItem(atPath: work)
    defer { try? files.removeItem(atPath: work) }
    let copyPath = work + "/lien.sqlite"
    let namesPath = work + "/identites.sqlite"
    try IdentityFile.makeEmptyFile(at: copyPath)
    try IdentityFile.makeEmptyFile(at: namesPath)
    do {
      let lock = try writeLock(Store.path(folder), busyMilliseconds)
      defer { lock?.rollback() }
      try copy(Store.path(folder), to: copyPath, busyMilliseconds)
      try copy(IdentityFile.path(folder), to: namesPath, busyMilliseconds)
    }
    guard let names = files.contents(atPath: namesPath) else { throw .cannotWrite(namesPath) }
    try pack(Array(names), into: copyPath)
    try check(copyPath)
    do {
      if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
      try files.moveItem(atPath: copyPath, toPath: path)
    } catch {
      throw .cannotWrite(path)
    }
  }

  /// Keeps writers out, so that the two copies are of one moment; nil where nobody can write.
  private static func writeLock(
    _ path: String, _ busyMilliseconds: Int
  ) throws(Failure) -> Connection? {
    do throws(Failure) {
      let lock = try Connection(path, .write, busyMilliseconds: busyMilliseconds)
      try lock.execute("BEGIN IMMEDIATE")
      return lock
    } catch {
      if error.diagnostics.first?.code == "store.read-only" { return nil }
      throw error
    }
  }

  private static func copy(
    _ path: String, to copyPath: String, _ busyMilliseconds: Int
  ) throws(Failure) {
    let source = try Connection(path, .read, busyMilliseconds: busyMilliseconds)
    let copy = try Connection(copyPath, .write, busyMilliseconds: 0)
    try source.copy(into: copy)
    try copy.execute("PRAGMA journal_mode = DELETE")
    try copy.checkIntegrity()
  }

  private static func pack(_ names: [UInt8], into path: String) throws(Failure) {
    let file = try Connection(path, .write, busyMilliseconds: 0)
    try file.execute(
      """
      BEGIN;
      CREATE TABLE identites_piece (ordinal INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
      PRAGMA application_id = \(applicationID)
      """)
    let insert = try file.prepare("INSERT INTO identites_piece (bytes) VALUES (?)")
    var start = 0
    while start < names.count {
      let end = min(names.count, start + pieceSize)
      try insert.bind(bytes: Array(names[start..<end]), at: 1)
      while try insert.step() {}
      insert.reset()
      start = end
    }
    try file.run("INSERT INTO meta VALUES ('identites', ?)", [.text(sha256Hex(names))])
    try file.execute("COMMIT")
  }

  // MARK: Checking

  /// Opens a backup and checks that it is whole and of a version that can be read.
  @discardableResult
  static func check(_ path: String) throws(Failure) -> Connection {
    let file = try Connection(path, .read, busyMilliseconds: 0)
    guard try file.integer("PRAGMA application_id") == applicationID else {
      throw Failure(
        .input, code: "store.not-a-backup", fr: "ce fichier n’est pas une sauvegarde de lien",
        en: "this file is not a backup made by lien", at: SourceLocation(file: path))
    }
    try StoreSchema.refuseNewer(file, steps: StoreSchema.main)
    try file.checkIntegrity()
    let names = try namesInside(file)
    guard try file.text("SELECT value FROM meta WHERE name = 'identites'") == sha256Hex(names)
    else { throw .damaged("identites", file: path) }
    return file
  }

  private static func namesInside(_ file: Connection) throws(Failure) -> [UInt8] {
    var out: [UInt8] = []
    let pieces = try file.prepare("SELECT bytes FROM identites_piece ORDER BY ordinal")
    while try pieces.step() { out += pieces.bytes(0) }
    return out
  }

  // MARK: Restoring

  /// Present while the two files of a project are being replaced.
  private static func marker(_ folder: String) -> String { folder + "/.restauration-en-cours" }

  /// - Throws: `Failure` when a restore was cut short and the two files may not belong together.
  static func refuseHalfRestored(_ folder: String) throws(Failure) {
    if !FileManager.default.fileExists(atPath: marker(folder)) { return }
    throw Failure(
      .failed, code: "store.half-restored",
      fr: "une restauration est en cours, ou a été interrompue",
      en: "a restore is under way, or was cut short",
      remedy: Phrase(
        fr: "relancez « lien restore » avec la même sauvegarde et --force",
        en: "run “lien restore” again with the same backup and --force"),
      at: SourceLocation(file: folder))
  }

  /// Replaces both files of a project by those of a checked backup. Each is replaced as one
  /// transaction under its own locks, so that readers and waiting writers see the old or the new.
  static func restore(
    _ backup: Connection, into folder: String, busyMilliseconds: Int
  ) throws(Failure) {
    let files = FileManager.default
    let work = IdentityFile.folder(folder) + "/restauration"
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(folder)
    }
    try? files.removeItem(atPath: work)
    defer { try? files.removeItem(atPath: work) }
    let mainCopy = work + "/lien.sqlite"
    let namesCopy = work + "/identites.sqlite"
    try IdentityFile.makeEmptyFile(at: mainCopy)
    try IdentityFile.makeEmptyFile(at: namesCopy)
    guard
      files.createFile(
        atPath: namesCopy, contents: Data(try namesInside(backup)),
        attributes: [.posixPermissions: 0o600])
    else { throw .cannotWrite(namesCopy) }
    let main = try Connection(mainCopy, .write, busyMilliseconds: 0)
    try backup.copy(into: main)
    try main.execute(
      """
      PRAGMA secure_delete = ON;
      BEGIN; DROP TABLE identites_piece; DELETE FROM meta WHERE name = 'identites';
      PRAGMA application_id = \(StoreSchema.applicationID); COMMIT;
      VACUUM
      """)
    try main.checkIntegrity()
    let names = try Connection(namesCopy, .write, busyMilliseconds: 0)
    try StoreSchema.refuseNewer(names, steps: StoreSchema.identities)
    try names.checkIntegrity()

    guard files.createFile(atPath: marker(folder), contents: Data()) else {
      throw .cannotWrite(marker(folder))
    }
    try replace(IdentityFile.path(folder), by: names, busyMilliseconds)
    try replace(Store.path(folder), by: main, busyMilliseconds)
    guard (try? files.removeItem(atPath: marker(folder))) != nil else {
      throw .cannotWrite(marker(folder))
    }
  }

  private static func replace(
    _ path: String, by copy: Connection, _ busyMilliseconds: Int
  ) throws(Failure) {
    let files = FileManager.default
    func put() throws(Failure) {
      let target = try Connection(path, .create, busyMilliseconds: busyMilliseconds)
      try copy.copy(into: target)
      try target.checkIntegrity()
    }
    if path.hasSuffix("/identites.sqlite"), !files.fileExists(atPath: path) {
      try IdentityFile.makeEmptyFile(at: path)
    }
    do throws(Failure) {
      try put()
    } catch {
      // A file too damaged to be opened is put aside for good: it was to be replaced.
      guard error.diagnostics.first?.code == "store.damaged" else { throw error }
      for end in ["", "-wal", "-shm", "-journal"] { try? files.removeItem(atPath: path + end) }
      if path.hasSuffix("/identites.sqlite") { try IdentityFile.makeEmptyFile(at: path) }
      try put()
    }
  }
}

extension Store {
  /// Copies the whole project, names included, into one file that only its owner can read; the
  /// copy is checked before it takes its name. Writers wait meanwhile.
  ///
  /// - Throws: `Failure` when the file exists (without `force`), the disk is full, or the store
  ///   is damaged.
  package func backup(
    to path: String, force: Bool = false, busyMilliseconds: Int = patience
  ) throws(Failure) {
    if !force && FileManager.default.fileExists(atPath: path) {
      throw Failure(
        .usage, code: "store.backup-exists", fr: "ce fichier existe déjà",
        en: "this file already exists",
        remedy: Phrase(fr: "ajoutez --force pour l’écraser", en: "add --force to overwrite it"),
        at: SourceLocation(file: path))
    }
    guard identities != nil else { throw .identitiesMissing(folder) }
    try Backup.make(of: folder, at: path, busyMilliseconds: busyMilliseconds)
  }

  /// Puts a project back as a backup holds it. The backup is checked before anything is touched.
  ///
  /// - Throws: `Failure` when the folder holds a project (without `force`), or the file is not a
  ///   backup, is damaged, or comes from a newer version.
  package static func restore(
    from path: String, into folder: String, force: Bool = false, busyMilliseconds: Int = patience
  ) throws(Failure) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        .input, code: "file.unreadable", fr: "fichier illisible ou absent",
        en: "file missing or unreadable", at: SourceLocation(file: path))
    }
    let backup = try Backup.check(path)
    if !force && exists(in: folder) {
      throw Failure(
        .usage, code: "store.exists", fr: "ce dossier contient déjà un projet",
        en: "this folder already holds a project",
        remedy: Phrase(
          fr: "ajoutez --force pour le remplacer par la sauvegarde",
          en: "add --force to replace it by the backup"), at: SourceLocation(file: folder))
    }
    try Backup.restore(backup, into: folder, busyMilliseconds: busyMilliseconds)
  }
}
