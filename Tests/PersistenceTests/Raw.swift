import CSQLite
import Foundation
import XCTest

/// A plain SQLite connection of a test, to look into the files and to stand in another's way.
@safe final class Raw {
  private let handle: OpaquePointer

  init(_ path: String) throws {
    var opened: OpaquePointer?
    XCTAssertEqual(unsafe sqlite3_open(path, &opened), SQLITE_OK)
    unsafe handle = try XCTUnwrap(unsafe opened)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements; fails the test when they fail.
  func run(_ sql: String, line: UInt = #line) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    XCTAssertEqual(code, SQLITE_OK, unsafe String(cString: sqlite3_errmsg(handle)), line: line)
  }

  /// The first column of all rows, as text.
  func column(_ sql: String) -> [String] {
    var out: [String] = []
    var statement: OpaquePointer?
    XCTAssertEqual(unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil), SQLITE_OK, sql)
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      out.append(
        unsafe sqlite3_column_text(statement, 0).map { unsafe String(cString: $0) } ?? "null")
    }
    unsafe sqlite3_finalize(statement)
    return out
  }
}

/// Whether any file of a folder, or below, holds a text.
func filesHolding(_ text: String, in folder: String) throws -> [String] {
  let needle = Data(text.utf8)
  return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
    let data = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
    return data.range(of: needle) != nil
  }.sorted()
}
