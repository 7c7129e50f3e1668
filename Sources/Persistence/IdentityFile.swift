import Columns
import Diagnostics
import FoundationEssentials

/// The owner-only file that holds what tells who a person is: the user's identifiers beside their
/// pseudonyms, the cells of identifying columns, rejects, and the names of files.
///
/// It has a rollback journal that is deleted at each commit, and overwrites what it deletes: no
/// name outlives its row in the file or beside it.
final class IdentityFile {
  /// A row of the file for one import.
  struct Landing {
    var id: Int64
    var fileName: String
    var receipt: String
  }

  let file: Connection

  /// Opens the file of a project.
  init(_ path: String, _ access: Connection.Access, busyMilliseconds: Int) throws(Failure) {
    file = try Connection(path, access, busyMilliseconds: busyMilliseconds)
    if case .read = access { return }
    if case .readImmutable = access { return }
    // Without spilling, readers are shut out for the instant of the commit only.
    try file.execute(
      """
      PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
      PRAGMA cache_spill = OFF
      """)
  }

  /// The project's folder of private files.
  static func folder(_ project: String) -> String { project + "/private" }

  /// The file of a project.
  static func path(_ project: String) -> String { folder(project) + "/identites.sqlite" }

  /// Makes the private folder and an empty file in it that only the owner can read.
  static func makeEmptyFile(at path: String) throws(Failure) {
    let folder = (path as String).split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/")
    let files = FileManager.default
    do {
      if !files.fileExists(atPath: folder) {
        try files.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
      try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    } catch {
      throw .cannotWrite(folder)
    }
    guard
      files.createFile(
        atPath: path, contents: Data(), attributes: [.posixPermissions: 0o600]),
      (try? files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)) != nil
    else { throw .cannotWrite(path) }
  }

  // MARK: Reading

  /// The random name of the project that the file belongs to.
  var storeID: String? {
    get throws(Failure) { try file.text("SELECT value FROM meta WHERE name = 'store'") }
  }

  /// What is kept of each import, by its nonce.
  func landings(only id: Int? = nil) throws(Failure) -> [String: Landing] {
    var out: [String: Landing] = [:]
    let rows = try file.prepare(
      "SELECT nonce, id, file_name, receipt FROM landing"
        + (id.map { " WHERE import = \($0)" } ?? ""))
    while try rows.step() {
      out[rows.text(0)] = Landing(
        id: rows.integer(1), fileName: rows.text(2), receipt: rows.text(3))
    }
    return out
  }

  /// The pseudonym of each known identifier of a domain.
  func pseudonyms(_ domain: String) throws(Failure) -> [String: String] {
    var out: [String: String] = [:]
    let rows = try file.prepare("SELECT external, pseudonym FROM pseudonym WHERE domain = ?")
    try rows.bind([.text(domain)])
    while try rows.step() { out[rows.text(0)] = rows.text(1) }
    return out
  }

  /// The cells of an identifying column that one import wrote, by row.
  func cells(_ landing: Int64, _ table: String, _ column: String) throws(Failure) -> [Int: String] {
    var out: [Int: String] = [:]
    let rows = try file.prepare(
      "SELECT row, value FROM cell WHERE landing = ? AND table_name = ? AND column_name = ?")
    try rows.bind([.integer(landing), .text(table), .text(column)])
    while try rows.step() { out[Int(rows.integer(0))] = rows.text(1) }
    return out
  }

  /// Whether one of some imports set the very same rows aside.
  func holdsRejects(_ digest: String, of nonces: Set<String>) throws(Failure) -> Bool {
    let rows = try file.prepare("SELECT nonce FROM landing WHERE rejects_digest = ?")
    try rows.bind([.text(digest)])
    while try rows.step() { if nonces.contains(rows.text(0)) { return true } }
    return false
  }

  // MARK: Writing

  /// What a landing leaves in the file.
  struct Entry {
    var nonce: String
    var importID: Int
    var submission: Submission
    /// New pairs of identifier and pseudonym, by domain.
    var pairs: [(domain: String, external: String, pseudonym: String)]
    /// Cells of identifying columns.
    var cells: [(table: String, column: String, row: Int, value: String)]
  }

  /// Writes all that an import leaves, in the open transaction.
  func insert(_ entry: Entry) throws(Failure) {
    let submission = entry.submission
    try file.run(
      """
      INSERT INTO landing (nonce, import, file_name, receipt, header, rejects_digest)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        .text(entry.nonce), .integer(Int64(entry.importID)), .text(submission.fileName),
        .text(submission.receipt), .text(Self.json(submission.header)),
        .text(submission.rejectsDigest),
      ])
    let landing = file.lastInsertedRow
    let pair = try file.prepare("INSERT INTO pseudonym VALUES (?, ?, ?, ?)")
    for new in entry.pairs {
      try pair.run([
        .text(new.domain), .text(new.external), .text(new.pseudonym), .integer(landing),
      ])
    }
    let cell = try file.prepare("INSERT INTO cell VALUES (?, ?, ?, ?, ?)")
    for new in entry.cells {
      try cell.run([
        .integer(landing), .text(new.table), .text(new.column), .integer(Int64(new.row)),
        .text(new.value),
      ])
    }
    let reject = try file.prepare("INSERT INTO reject VALUES (?, ?, ?, ?, ?)")
    for (i, one) in submission.rejects.enumerated() {
      try reject.run([
        .integer(landing), .integer(Int64(i)), SQLValue(one.heading),
        SQLValue(one.reason.location?.sheet), .text(Self.json(one.cells)),
      ])
    }
  }

  /// Runs changes as one transaction.
  func transaction(_ body: () throws(Failure) -> Void) throws(Failure) {
    try file.execute("BEGIN IMMEDIATE")
    do throws(Failure) {
      try body()
      try file.execute("COMMIT")
    } catch {
      file.rollback()
      throw error
    }
  }

  /// Removes what was left by landings that the ledger does not know: the process died after this
  /// file had committed and before the ledger did. Their number is above all that landed.
  func sweepOrphans(aboveImport last: Int) throws(Failure) {
    let orphans = "SELECT id FROM landing WHERE import > \(last)"
    guard try file.integer(orphans) != nil else { return }
    try transaction { () throws(Failure) in
      try file.execute(
        """
        DELETE FROM pseudonym WHERE landing IN (\(orphans));
        DELETE FROM cell WHERE landing IN (\(orphans));
        DELETE FROM reject WHERE landing IN (\(orphans));
        DELETE FROM landing WHERE import > \(last)
        """)
    }
  }

  /// A list of texts as one text.
  static func json(_ texts: [String]) -> String {
    (try? JSONEncoder().encode(texts)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }

  /// The list behind a text.
  static func texts(_ json: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
  }
}

extension Submission {
  /// SHA-256 over the rows set aside; empty when there are none.
  var rejectsDigest: String {
    if rejects.isEmpty { return "" }
    let digest = Digest()
    for reject in rejects {
      digest.update(field: "\(reject.line)")
      digest.update(field: reject.heading ?? "")
      digest.update(field: reject.reason.code)
      digest.update(field: "\(reject.cells.count)")
      for cell in reject.cells { digest.update(field: cell) }
    }
    return digest.finish()
  }
}

extension Failure {
  /// A file or folder cannot be written.
  static func cannotWrite(_ path: String) -> Failure {
    Failure(
      .failed, code: "store.read-only", fr: "impossible d’écrire ici",
      en: "cannot write here",
      remedy: Phrase(
        fr: "vérifiez les droits du dossier et la place restante",
        en: "check the folder’s permissions and the room left"), at: SourceLocation(file: path))
  }
}
