import CSQLite
import Diagnostics

/// One open SQLite file.
///
/// Invariants of the unsafe code: `handle` is made in `init`, used by this object and its
/// statements alone, on one thread, and closed once in `deinit` (statements that outlive it keep
/// it alive: `sqlite3_close_v2`). Pointers that SQLite returns are copied before the next call.
@safe final class Connection {
  /// How a file is opened.
  enum Access {
    /// Only to read; the file must exist.
    case read
    /// Only to read a file in a folder where nothing can be written, by anyone.
    case readImmutable
    /// To read and write; the file must exist.
    case write
    /// To read and write a file that is made if need be.
    case create
  }

  /// The path, as messages name it.
  let path: String
  private let handle: OpaquePointer
  /// How long a locked file is waited for, in milliseconds.
  private let patience: Int

  /// Opens a file. A locked file is waited for, up to `busyMilliseconds`.
  init(_ path: String, _ access: Access, busyMilliseconds: Int) throws(Failure) {
    self.path = path
    patience = busyMilliseconds
    var name = path
    var flags = SQLITE_OPEN_READWRITE
    switch access {
    // A reader of a WAL file must be able to write its index and to tidy it up at the end;
    // `query_only` below keeps it from changing anything else.
    case .read, .write: break
    case .readImmutable:
      flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:" + Connection.escaped(path) + "?immutable=1"
    case .create: flags |= SQLITE_OPEN_CREATE
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(name, &opened, flags, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let text = unsafe String(cString: sqlite3_errstr(code))
      unsafe sqlite3_close_v2(opened)
      throw .sqlite(code, text, file: path)
    }
    unsafe self.handle = handle
    unsafe sqlite3_extended_result_codes(handle, 1)
    unsafe sqlite3_busy_timeout(handle, Int32(clamping: busyMilliseconds))
    if case .read = access { try execute("PRAGMA query_only = 1") }
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  func execute(_ sql: String) throws(Failure) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw failure(code) }
  }

  /// Runs one statement with values, ignoring rows.
  func run(_ sql: String, _ values: [SQLValue] = []) throws(Failure) {
    let statement = try prepare(sql)
    try statement.run(values)
  }

  /// The integer in the first column of the first row; nil when there is no row or it is null.
  func integer(_ sql: String, _ values: [SQLValue] = []) throws(Failure) -> Int64? {
    let statement = try prepare(sql)
    try statement.bind(values)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.integer(0)
  }

  /// The text in the first column of the first row; nil when there is no row or it is null.
  func text(_ sql: String, _ values: [SQLValue] = []) throws(Failure) -> String? {
    let statement = try prepare(sql)
    try statement.bind(values)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.text(0)
  }

  /// Compiles one statement.
  func prepare(_ sql: String) throws(Failure) -> Statement {
    var made: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &made, nil)
    guard code == SQLITE_OK, let statement = unsafe made else { throw failure(code) }
    return unsafe Statement(statement, self)
  }

  /// The row number that the last INSERT gave.
  var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open.
  var inTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// Ends an open transaction without its changes; never fails, for use after an error.
  func rollback() {
    if inTransaction { _ = unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
  }

  /// Copies the whole database into another one with SQLite's online backup, as one transaction
  /// of the other. A locked file is waited for.
  func copy(into target: Connection) throws(Failure) {
    guard let backup = unsafe sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw target.failure(unsafe sqlite3_extended_errcode(target.handle))
    }
    var step = unsafe sqlite3_backup_step(backup, -1)
    var waited = 0
    while (step == SQLITE_BUSY || step == SQLITE_LOCKED) && waited < target.patience {
      waited += Int(sqlite3_sleep(25))
      step = unsafe sqlite3_backup_step(backup, -1)
    }
    let end = unsafe sqlite3_backup_finish(backup)
    if step != SQLITE_DONE { throw .sqlite(step, "copy", file: target.path) }
    if end != SQLITE_OK { throw target.failure(end) }
  }

  /// Checks that the file is whole.
  func checkIntegrity() throws(Failure) {
    let found = try text("PRAGMA integrity_check(1)") ?? ""
    if found != "ok" { throw .damaged("integrity_check", file: path) }
  }

  /// What a result code means to a user.
  func failure(_ code: Int32) -> Failure {
    .sqlite(code, unsafe String(cString: sqlite3_errmsg(handle)), file: path)
  }

  /// A path as part of a URI.
  private static func escaped(_ path: String) -> String {
    path.reduce(into: "") { out, c in
      switch c {
      case "?": out += "%3f"
      case "#": out += "%23"
      case "%": out += "%25"
      default: out.append(c)
      }
    }
  }
}
