import CSQLite
import Diagnostics

/// One value of an SQLite row.
package enum SQLValue: Sendable, Hashable {
  /// No value.
  case null
  /// A whole number.
  case integer(Int64)
  /// A number.
  case real(Double)
  /// A text.
  case text(String)

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}

/// One compiled statement.
///
/// Invariants of the unsafe code: `handle` belongs to `connection`, which this object keeps alive,
/// and is finalised once in `deinit`. Bound bytes are copied by SQLite; column bytes are read
/// before the next step.
@safe final class Statement {
  private let handle: OpaquePointer
  private let connection: Connection

  init(_ handle: OpaquePointer, _ connection: Connection) {
    unsafe self.handle = unsafe handle
    self.connection = connection
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Binds values to the parameters, in order.
  func bind(_ values: [SQLValue]) throws(Failure) {
    for (i, value) in values.enumerated() { try bind(value, at: i + 1) }
  }

  /// Binds a value to a parameter, counted from 1.
  func bind(_ value: SQLValue, at index: Int) throws(Failure) {
    let i = Int32(index)
    let code: Int32
    switch value {
    case .null: code = unsafe sqlite3_bind_null(handle, i)
    case .integer(let number): code = unsafe sqlite3_bind_int64(handle, i, number)
    case .real(let number): code = unsafe sqlite3_bind_double(handle, i, number)
    case .text(let text):
      code = unsafe lien_bind_text(handle, i, text, Int32(clamping: text.utf8.count))
    }
    if code != SQLITE_OK { throw connection.failure(code) }
  }

  /// Binds bytes to a parameter, counted from 1.
  func bind(bytes: [UInt8], at index: Int) throws(Failure) {
    let code = unsafe bytes.withUnsafeBytes { buffer in
      buffer.count == 0
        ? unsafe sqlite3_bind_zeroblob(handle, Int32(index), 0)
        : unsafe lien_bind_blob(handle, Int32(index), buffer.baseAddress, UInt64(buffer.count))
    }
    if code != SQLITE_OK { throw connection.failure(code) }
  }

  /// Goes to the next row; false when there is none.
  func step() throws(Failure) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let failure = connection.failure(code)
      unsafe sqlite3_reset(handle)
      throw failure
    }
  }

  /// Makes the statement ready to run again; parameters keep their values.
  func reset() { unsafe sqlite3_reset(handle) }

  /// Binds values, runs to the end and resets.
  func run(_ values: [SQLValue] = []) throws(Failure) {
    try bind(values)
    while try step() {}
    reset()
  }

  /// The number of columns of a row.
  var columnCount: Int { Int(unsafe sqlite3_column_count(handle)) }

  /// Whether a column of the row is null.
  func isNull(_ column: Int) -> Bool {
    unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  /// A column of the row as a whole number.
  func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }

  /// A column of the row as a text; empty when null.
  func text(_ column: Int) -> String {
    guard let bytes = unsafe sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// A column of the row as a text; nil when null.
  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// A column of the row as bytes.
  func bytes(_ column: Int) -> [UInt8] { unsafe withBytes(column) { unsafe Array($0) } }

  /// Lends the bytes of a column of the row, without a copy. They must not outlive the closure.
  func withBytes<T, E: Error>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws(E) -> T
  ) throws(E) -> T {
    let start = unsafe sqlite3_column_blob(handle, Int32(column))
    let count = unsafe start == nil ? 0 : Int(sqlite3_column_bytes(handle, Int32(column)))
    return try unsafe body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// A column of the row, whatever it holds; bytes read as text.
  func value(_ column: Int) -> SQLValue {
    switch unsafe sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(handle, Int32(column)))
    default: .text(text(column))
    }
  }
}
