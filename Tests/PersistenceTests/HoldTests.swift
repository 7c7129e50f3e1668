import Columns
import Persistence
import XCTest

/// A corrected sheet that sets a row aside does not take away what the row may speak of.
final class HoldTests: XCTestCase {
  private func open(
    _ line: Int, _ session: OpenRow.Value?, _ person: OpenRow.Value?, isBroken: Bool = false
  ) -> OpenRow {
    var values: [String: OpenRow.Value] = [:]
    values["session"] = session
    values["resident"] = person
    return OpenRow(table: "attendance", line: line, values: values, isBroken: isBroken)
  }

  @discardableResult
  private func land(
    _ p: Project, _ people: [String], in session: String = "S", status: String = "present",
    open: [OpenRow] = [], corrects: Int? = nil, settled: Set<Int> = [], file: String? = nil
  ) throws -> (id: Int, change: Change) {
    let rows = people.map { ["session": session, "resident": $0, "status": status] }
    var sheet = p.submission(
      [
        try batch(
          "attendance", rows, columns: ["session", "resident", "status"], model: p.model)
      ], rejects: open.map { reject($0.line, ["?"]) }, corrects: corrects, file: file)
    sheet.open = open
    sheet.settledLines = settled
    let planned = try p.store.plan(sheet)
    guard case .landed(let record, let change) = try p.store.commit(sheet, now: "") else {
      return (0, Change())
    }
    XCTAssertEqual(planned, change)
    return (record.id, change)
  }

  private func people(_ p: Project, _ columns: [String] = ["resident"]) throws -> [String] {
    try p.rows("attendance", columns).map { $0.replacingOccurrences(of: "resident=", with: "") }
  }

  func testARowThatMayBeMeantStaysAndAnotherGoes() throws {
    let p = try Project()
    try land(p, ["A", "B", "C"])
    let second = try land(
      p, ["A"], open: [open(5, .texts(["S"]), .texts(["B", "Z"]))])
    XCTAssertEqual(second.change.tables[0].held, 1)
    XCTAssertEqual(second.change.removed, 1)
    var scope = ScopeChange(scope: ["S"])
    (scope.removed, scope.held, scope.identical) = (1, 1, 1)
    XCTAssertEqual(second.change.tables[0].scopes, [scope])
    XCTAssertEqual(try people(p), ["A", "B"])
    // Undone, all is as it was.
    _ = try p.store.undo(second.id)
    XCTAssertEqual(try people(p), ["A", "B", "C"])
  }

  func testOtherSessionsAndOtherPeopleAreNoneOfItsBusiness() throws {
    let p = try Project()
    try land(p, ["A", "B"])
    let second = try land(p, ["A"], open: [open(5, .texts(["T"]), .texts(["B"]))])
    XCTAssertEqual(second.change.removed, 1)
    XCTAssertEqual(try people(p), ["A"])
  }

  func testWhatCannotBeReadMayMeanAnybody() throws {
    for row in [
      open(5, .unknown, .unknown), open(5, .texts(["S"]), .unknown),
      open(5, nil, nil, isBroken: true),
    ] {
      let p = try Project()
      try land(p, ["A", "B", "C"])
      XCTAssertEqual(try land(p, ["A"], open: [row]).change.tables[0].held, 2)
      XCTAssertEqual(try people(p), ["A", "B", "C"])
    }
  }

  func testTheCorrectedRowReplacesConfirmsOrReleasesWhatWasHeld() throws {
    for (person, status, expected) in [
      ("B", "absent", ["A status=present", "B status=absent"]),
      ("B", "present", ["A status=present", "B status=present"]),
      ("Z", "present", ["A status=present", "Z status=present"]),
    ] {
      let p = try Project()
      try land(p, ["A", "B"])
      let second = try land(
        p, ["A"], open: [open(5, .texts(["S"]), .texts(["B", "Z"]))])
      let before = try people(p, ["resident", "status"])
      let third = try land(
        p, [person], status: status, corrects: second.id, settled: [5])
      XCTAssertEqual(try people(p, ["resident", "status"]), expected)
      XCTAssertEqual(third.change.removed, person == "Z" ? 1 : 0)
      XCTAssertEqual(third.change.changed, status == "absent" ? 1 : 0)
      // The same corrections again change nothing.
      XCTAssertEqual(
        try land(p, [person], status: status, corrects: second.id, settled: [5]).id, 0)
      // Each step can be undone, in its order.
      assertFailure("store.built-upon") { try p.store.undo(second.id) }
      _ = try p.store.undo(third.id)
      XCTAssertEqual(try people(p, ["resident", "status"]), before)
      _ = try p.store.undo(second.id)
      XCTAssertEqual(try people(p), ["A", "B"])
    }
  }

  func testALineThatWasDecidedToBeNobodyReleasesWhatWasHeld() throws {
    let p = try Project()
    try land(p, ["A", "B"])
    let second = try land(p, ["A"], open: [open(5, .texts(["S"]), .texts(["B"]))])
    let third = try land(p, [], corrects: second.id, settled: [5])
    XCTAssertEqual(third.change.removed, 1)
    XCTAssertEqual(third.change.tables[0].scopes.map(\.scope), [["S"]])
    XCTAssertEqual(try people(p), ["A"])
  }

  func testARowIsHeldUntilEveryLineThatMayMeanItIsSettled() throws {
    let p = try Project()
    try land(p, ["A", "B"])
    let any = open(6, .texts(["S"]), .unknown)
    let second = try land(p, ["A"], open: [open(5, .texts(["S"]), .texts(["B"])), any])
    // Line 5 is settled otherwise; line 6 comes back as unreadable as it was.
    let third = try land(
      p, ["C"], open: [any], corrects: second.id, settled: [5, 6])
    XCTAssertEqual(try people(p), ["A", "B", "C"])
    let fourth = try land(p, ["D"], corrects: third.id, settled: [6])
    XCTAssertEqual(try people(p), ["A", "C", "D"])
    _ = try p.store.undo(fourth.id)
    XCTAssertEqual(try people(p), ["A", "B", "C"])
    // The first file of rejects, corrected again, speaks of the line as well.
    try land(p, ["E"], corrects: second.id, settled: [6])
    XCTAssertEqual(try people(p), ["A", "C", "E"])
  }

  func testALaterSheetTakesOver() throws {
    let p = try Project()
    try land(p, ["A", "B"])
    let held = open(5, .texts(["S"]), .texts(["B"]))
    let second = try land(p, ["A"], open: [held], file: "deux")
    // The same sheet again says nothing new.
    XCTAssertEqual(try land(p, ["A"], open: [held], file: "deux").id, 0)
    // A sheet that states the row keeps it, whatever becomes of the line.
    let third = try land(p, ["A", "B"])
    try land(p, ["C"], corrects: second.id, settled: [5])
    XCTAssertEqual(try people(p), ["A", "B"])
    // One that does not, and has nothing open, takes it away.
    _ = third
    let fourth = try land(p, ["A"])
    XCTAssertEqual(fourth.change.removed, 1)
    XCTAssertEqual(try people(p), ["A"])
  }

  func testAMissingRowBesideTheSameRejectsIsNotNothing() throws {
    let p = try Project()
    let row = open(5, .texts(["S"]), .unknown)
    try land(p, ["A", "B"], open: [row], file: "un")
    let second = try land(p, ["A"], open: [row], file: "deux")
    XCTAssertEqual(second.change.tables.first?.held, 1)
    try land(p, ["C"], corrects: second.id, settled: [5])
    XCTAssertEqual(try people(p), ["A", "C"])
  }
}
