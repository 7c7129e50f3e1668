import TestSupport
import XCTest

/// Rules that keep the house easy to read.
final class HouseRuleTests: XCTestCase {
  /// The files that may hold unsafe code, each with why.
  private let unsafeFiles: [String: String] = [
    "Sources/Columns/LargeMemory.swift": "advice to the system on memory",
    "Sources/Threads/Workers.swift": "threads",
    "Sources/Protection/Simplex.swift": "the tableau of linear programs",
    "Sources/Indicators/Evaluate/Meetings.swift": "the counters of pairs",
    "Sources/Indicators/Evaluate/Stamps.swift": "marks of codes, shared from group to group",
    "Sources/Indicators/Evaluate/Strip.swift": "one buffer that threads fill, each its own part",
    "Sources/Ingest/CSV/ByteSearch.swift": "memchr",
    "Sources/Ingest/CSV/Encoding/SystemConversion.swift": "iconv(3)",
    "Sources/Ingest/CSV/SourceFile.swift": "read(2) of standard input",
    "Sources/Ingest/Fast/KeyTable.swift": "the dictionary of a column",
    "Sources/Ingest/Fast/WindowKeys.swift": "the dictionary of a column in a window",
    "Sources/Ingest/Fast/Parallel.swift": "parts of one array filled by several threads",
    "Sources/Ingest/Fast/WindowParser.swift": "cells found eight bytes at a time",
    "Sources/Ingest/Fast/WindowSource.swift": "pread(2), and the buffers it fills",
    "Sources/Persistence/SegmentDecoding.swift": "one column that threads fill, each its own part",
    "Sources/Persistence/BlockCoding.swift": "bits of columns and back",
    "Sources/Persistence/Connection.swift": "SQLite's C interface: connections",
    "Sources/Persistence/Digest.swift": "libcrypto's C interface",
    "Sources/Persistence/SegmentCoding.swift": "columns as bytes and back",
    "Sources/Persistence/Statement.swift": "SQLite's C interface: statements",
    "Sources/Statistics/Networks/Crossings.swift": "many random dealings at a time, a bit each",
    "Sources/Statistics/Distribution/Special.swift": "lgamma_r",
    "Sources/Workbooks/Archive/Inflation.swift": "zlib's C interface",
    "Sources/Workbooks/Archive/ZipWriter.swift": "zlib's C interface",
    "Sources/Workbooks/XLSX/ItemScanner.swift": "the bytes of words of the program itself",
    "Sources/Workbooks/XML/XMLParser.swift": "expat's C interface",
    "Sources/lien/Console.swift": "write(2), getenv and strerror",
    "Sources/lien/Interruption.swift": "signals and the thread that waits for them",
    "Sources/Project/Inbox/InboxLock.swift": "flock(2)",
    "Sources/Project/Printing/Browser.swift": "posix_spawn",
    "Sources/Project/SafeWriting.swift": "open, fsync and rename",
  ]

  func testNoFileIsLongerThan800Lines() throws {
    for folder in ["Sources", "Tests"] {
      for file in try SourceFile.all(in: folder) where file.lines.count > 800 {
        XCTFail("\(file.path) has \(file.lines.count) lines")
      }
    }
  }

  func testUnsafeCodeStandsInTheListedFilesOnly() throws {
    for file in try SourceFile.all(in: "Sources") {
      let isUnsafe = file.lines.contains { line in
        !line.drop { $0 == " " }.hasPrefix("//")
          && line.range(of: "\\bunsafe\\b(?!-)", options: .regularExpression) != nil
      }
      XCTAssertEqual(
        isUnsafe, unsafeFiles[file.path] != nil,
        isUnsafe ? "\(file.path) is not in the list" : "\(file.path) holds no unsafe code any more")
    }
  }

  func testSourcesCannotTrapOnWhatAUserGives() throws {
    for file in try SourceFile.all(in: "Sources") {
      for (i, line) in file.lines.enumerated() {
        for word in ["try!", "fatalError(", "as! "] where line.contains(word) {
          XCTFail("\(file.path):\(i + 1) has \(word)")
        }
      }
    }
  }

  func testEveryDeclarationSharedBetweenModulesHasADocComment() throws {
    for file in try SourceFile.all(in: "Sources") where file.target != "lien" {
      for (i, line) in file.lines.enumerated() {
        let text = line.drop { $0 == " " }
        guard
          text.range(
            of:
              "^(package|public) (static |final |mutating |indirect |private\\(set\\) )*"
              + "(struct|class|enum|actor|protocol|func|init|var|let|subscript|typealias) ?",
            options: .regularExpression) != nil
        else { continue }
        // Attributes may stand between the comment and the declaration.
        var above = i - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        let isDocumented =
          above >= 0 && file.lines[above].drop(while: { $0 == " " }).hasPrefix("///")
        if !isDocumented { XCTFail("\(file.path):\(i + 1) lacks a doc comment") }
      }
    }
  }
}
