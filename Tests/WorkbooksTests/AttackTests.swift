import Diagnostics
import Foundation
import TestSupport
import Workbooks
import XCTest

/// Hostile files of a collection made elsewhere, with the outcome that each must have.
final class AttackTests: XCTestCase {
  func testEveryWorkbookOfTheCollectionHasItsOutcome() throws {
    let script = try Places.shared("checks/make_attacks.py")
    let work = try Workdir()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, work.path]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let table = try Data(contentsOf: URL(fileURLWithPath: work.path + "/expected.json"))
    let expected = try JSONDecoder().decode([String: String].self, from: table)
    let books = expected.filter { $0.key.hasSuffix(".xlsx") }
    XCTAssertGreaterThan(books.count, 25)
    for (name, outcome) in books.sorted(by: { $0.key < $1.key }) {
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: work.path + "/" + name)))
      let start = processorSeconds()
      do {
        _ = try Workbook(bytes: bytes, name: name)
        XCTAssertTrue(outcome.hasPrefix("accept"), name)
      } catch {
        XCTAssertTrue(outcome.contains("reject"), name)
        XCTAssertEqual(error.status, .input, name)
      }
      XCTAssertLessThan(processorSeconds() - start, 4, name)
    }
  }
}
