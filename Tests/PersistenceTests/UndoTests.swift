import Columns
import Diagnostics
import Persistence
import TestSupport
import XCTest

/// Corrections and undo, as tables of facts: who is present after each step.
final class UndoTests: XCTestCase {
  private func people(_ p: Project) throws -> String {
    try p.rows("attendance", ["session", "resident"])
      .map { $0.replacingOccurrences(of: "session=", with: "") }
      .map { $0.replacingOccurrences(of: " resident=", with: "") }.joined(separator: " ")
  }

  private func sheet(_ presences: String) -> [(String, [Row])] {
    [
      (
        "attendance",
        presences.split(separator: " ").map {
          ["session": String($0.first!), "resident": String($0.dropFirst())]
        }
      )
    ]
  }

  func testUndoOfACorrectionBringsTheEarlierRowsBack() throws {
    let p = try Project()
    try p.landed(sheet("Sa Sb Ta"))
    let (second, _) = try p.landed(sheet("Sa Sc"))
    let (third, _) = try p.landed(sheet("Sd"))
    XCTAssertEqual(try people(p), "Sd Ta")
    let change = try p.store.undo(third)
    XCTAssertEqual([change.added, change.removed], [2, 1])
    XCTAssertEqual(try people(p), "Sa Sc Ta")
    _ = try p.store.undo(second)
    XCTAssertEqual(try people(p), "Sa Sb Ta")
    _ = try p.store.undo(1)
    XCTAssertEqual(try people(p), "")
    XCTAssertEqual(try p.store.imports().map(\.state), [.undone, .undone, .undone])
  }

  func testUndoOfACorrectedImportIsRefusedAndNamesTheOneToUndoFirst() throws {
    let p = try Project()
    try p.landed(sheet("Sa Sb"))
    try p.landed(sheet("Sa"))
    try p.landed(sheet("Sc"))
    let failure = assertFailure("store.built-upon", status: .failed) { try p.store.undo(1) }
    let text = failure?.diagnostics.first?.text(in: .fr) ?? ""
    XCTAssertTrue(text.contains("corrigé par l’import 2"), text)
    XCTAssertTrue(text.contains("undo 3"), text)
    XCTAssertEqual(try people(p), "Sc")
    assertFailure("store.unknown-import", status: .usage) { try p.store.undo(9) }
    _ = try p.store.undo(3)
    assertFailure("store.already-undone", status: .usage) { try p.store.undo(3) }
  }

  func testRowsThatTwoSheetsStateStayWhileOneOfThemDoes() throws {
    let p = try Project()
    try p.landed(sheet("Sa Sb"))
    // The second sheet adds a session and states the first again.
    let (second, change) = try p.landed(sheet("Sa Sb Tc"))
    XCTAssertEqual([change.added, change.identical], [1, 2])
    _ = try p.store.undo(1)
    XCTAssertEqual(try people(p), "Sa Sb Tc")
    _ = try p.store.undo(second)
    XCTAssertEqual(try people(p), "")
  }

  func testUndoTakesBackWhatOnlyTheUndoneSheetSaidOfARow() throws {
    let p = try Project()
    let narrow: Row = ["session": "S", "residence": "R", "date": "2024-01-01"]
    try p.landed([("activity", [narrow.merging(["theme": "jardin"]) { $1 }])])
    try p.landed([("activity", [narrow]), presences("S", ["a"])])
    _ = try p.store.undo(1)
    XCTAssertEqual(try p.rows("activity"), ["session=S residence=R date=2024-01-01"])
  }

  func testUndoBetweenSheetsLeavesWhatTheLastOneReplaced() throws {
    let p = try Project()
    try p.landed(sheet("Sa Sb"))
    let (second, _) = try p.landed(sheet("Sa"))
    try p.landed(sheet("Sa Tc"))
    // The third sheet covers S as well: b must not come back with the second one gone.
    _ = try p.store.undo(second)
    XCTAssertEqual(try people(p), "Sa Tc")
  }

  func testTheOldSheetAgainAfterACorrectionGoesBackToIt() throws {
    let p = try Project()
    try p.landed(sheet("Sa Sb"), file: "v1")
    try p.landed(sheet("Sa"), file: "v2")
    try p.landed(sheet("Sa Sb"), file: "v1")
    XCTAssertEqual(try people(p), "Sa Sb")
    XCTAssertEqual(try p.store.imports().count, 3)
  }

  func testAnImportAfterAnUndoneOneGetsANewNumber() throws {
    let p = try Project()
    try p.landed(sheet("Sa"))
    _ = try p.store.undo(1)
    let (id, _) = try p.landed(sheet("Sa"))
    XCTAssertEqual(id, 2)
    XCTAssertEqual(try people(p), "Sa")
  }

  // MARK: Corrected rejects

  func testCorrectedRejectsOnlyAdd() throws {
    let p = try Project()
    let (parent, _) = try p.landed(sheet("Sa Sb"), rejects: [reject(4, ["S", "c", "31/02"])])
    // b is in the file by mistake, and already there; a is not in it and stays.
    let (id, change) = try p.landed(sheet("Sb Sc"), corrects: parent)
    XCTAssertEqual([change.added, change.removed, change.changed, change.identical], [1, 0, 0, 1])
    XCTAssertEqual(change.corrects, [])
    XCTAssertEqual(try people(p), "Sa Sb Sc")
    let record = try XCTUnwrap(p.store.imports().last)
    XCTAssertEqual(record.kind, .rejectsCorrection)
    XCTAssertEqual(record.parent, parent)
    guard case .unchanged(let again) = try p.land(sheet("Sb Sc"), corrects: parent) else {
      return XCTFail("landed twice")
    }
    XCTAssertEqual(again.id, id)
  }

  func testCorrectedRejectsHangOnTheirImport() throws {
    let p = try Project()
    let (parent, _) = try p.landed(sheet("Sa"))
    let (child, _) = try p.landed(sheet("Sb"), corrects: parent)
    let failure = assertFailure("store.built-upon") { try p.store.undo(parent) }
    XCTAssertTrue(failure?.diagnostics.first?.text(in: .fr).contains("undo \(child)") ?? false)
    // A later sheet corrects both.
    let (sheetAgain, change) = try p.landed(sheet("Sc"))
    XCTAssertEqual(change.corrects, [parent, child])
    assertFailure("store.built-upon") { try p.store.undo(child) }
    _ = try p.store.undo(sheetAgain)
    _ = try p.store.undo(child)
    _ = try p.store.undo(parent)
    assertFailure("store.parent-undone", status: .failed) {
      try p.land(sheet("Sb"), corrects: parent)
    }
    assertFailure("store.unknown-import", status: .usage) {
      try p.land(sheet("Sb"), corrects: 77)
    }
  }

  func testCorrectedRejectsOfAReplacedScopeAreStale() throws {
    let p = try Project()
    let (parent, _) = try p.landed(sheet("Sa Ta"))
    let (later, _) = try p.landed(sheet("Sb"))
    let (child, change) = try p.landed(sheet("Sc Tc"), corrects: parent)
    XCTAssertEqual([change.added, change.staleRows], [1, 1])
    XCTAssertEqual(try people(p), "Sb Ta Tc")
    // With the later sheet gone, the earlier version is whole, its corrected rows included.
    _ = try p.store.undo(later)
    XCTAssertEqual(try people(p), "Sa Sc Ta Tc")
    _ = try p.store.undo(child)
    XCTAssertEqual(try people(p), "Sa Ta")
  }

  func testCorrectedRejectsFollowTheSourceOfTheirImport() throws {
    let p = try Project()
    let (parent, _) = try p.landed(sheet("Sa"), source: "foreign")
    try p.landed(sheet("Sb"), corrects: parent)
    // A sheet of that source replaces both; one of another source would replace neither.
    let (_, change) = try p.landed(sheet("Sc"), source: "foreign")
    XCTAssertEqual(change.removed, 2)
    XCTAssertEqual(try people(p), "Sc")
  }

  func testACorrectedRejectWhoseKeyIsHeldWithOtherValuesIsReported() throws {
    let p = try Project()
    let (parent, _) = try p.landed([
      ("attendance", [["session": "S", "resident": "a", "minutes": "10"]])
    ])
    let (_, change) = try p.landed(
      [("attendance", [["session": "S", "resident": "a", "minutes": "20"]])], corrects: parent)
    XCTAssertEqual([change.added, change.alreadyHeld], [0, 1])
    XCTAssertEqual(try p.rows("attendance", ["minutes"]), ["minutes=10"])
  }
}
