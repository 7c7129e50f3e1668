import Columns
import Diagnostics
import Periods
import Persistence
import TestSupport
import XCTest

final class ImportTests: XCTestCase {
  func testAnImportIsLoadedAsItWasStated() throws {
    let p = try Project()
    let rows: [Row] = [
      [
        "session": "S1", "residence": "R1", "date": "2024-03-05", "start": "870",
        "title": "Atelier « mémoire »", "cost": "12.5", "status": "held",
      ],
      ["session": "S2", "residence": "R1", "date": "1999-12-31", "cost": "-3"],
      ["session": "S3", "residence": "R2", "date": "2024-03-06", "title": "", "minutes": "0"],
    ]
    let (id, change) = try p.landed([("activity", rows)])
    XCTAssertEqual(id, 1)
    XCTAssertEqual(change.added, 3)
    XCTAssertEqual(
      try p.rows("activity"),
      [
        "session=S1 residence=R1 date=2024-03-05 start=870 title=Atelier « mémoire » "
          + "status=held cost=12.5",
        "session=S2 residence=R1 date=1999-12-31 cost=-3",
        "session=S3 residence=R2 date=2024-03-06 minutes=0 title=",
      ])
    let record = try XCTUnwrap(p.store.imports().first)
    XCTAssertEqual(record.fileName, "feuille 1.csv")
    XCTAssertEqual(record.tables.map { "\($0.name) \($0.rows)" }, ["activity 3"])
    XCTAssertEqual(record.kind, .new)
    XCTAssertEqual(record.state, .active)
    XCTAssertEqual(record.receipt, "{\"n\":1}")
    XCTAssertEqual(record.receivedAt, "2025-01-01T00:00:00Z")
  }

  func testColumnsOfOneDomainShareCodesAcrossTables() throws {
    let p = try Project()
    try p.landed([
      ("resident", [["resident": "A"], ["resident": "B"]]),
      ("attendance", [["session": "S", "resident": "B"]]),
    ])
    try p.landed([("attendance", [["session": "T", "resident": "A"]])])
    let register = try p.store.table("resident", columns: ["resident"])
    let presences = try p.store.table("attendance", columns: ["resident"])
    guard case .text(let people, let left)? = register["resident"],
      case .text(let came, let right)? = presences["resident"]
    else { return XCTFail("texts") }
    XCTAssertEqual(came, [people[1], people[0]])
    XCTAssertEqual(left.strings, right.strings)
  }

  func testTheSameSheetAgainChangesNothing() throws {
    let p = try Project()
    let sheet = [presences("S1", ["A", "B"])]
    try p.landed(sheet, rejects: [reject(4, ["31/02", "C"])])
    let before = try p.store.fingerprint()
    // The same file, a renamed copy, the rows in another order.
    for rows in [sheet, [presences("S1", ["B", "A"])]] {
      guard case .unchanged(let record) = try p.land(rows, rejects: [reject(4, ["31/02", "C"])])
      else { return XCTFail("landed twice") }
      XCTAssertEqual(record.id, 1)
    }
    XCTAssertEqual(try p.store.imports().count, 1)
    XCTAssertEqual(try p.store.fingerprint(), before)
  }

  func testTheSameRowsWithNewRejectsKeepTheRejects() throws {
    let p = try Project()
    try p.landed([presences("S1", ["A"])])
    let (id, change) = try p.landed(
      [presences("S1", ["A"])], rejects: [reject(3, ["31/02", "B"])])
    XCTAssertTrue(change.isNothing)
    XCTAssertEqual(try p.store.rejects(of: id).rejects.count, 1)
  }

  func testACorrectedSheetReplacesWithinItsScopeOnly() throws {
    let p = try Project()
    try p.landed([
      (
        "attendance",
        [
          ["session": "S1", "resident": "A", "status": "present"],
          ["session": "S1", "resident": "B", "status": "present"],
          ["session": "S2", "resident": "A", "status": "present"],
        ]
      )
    ])
    // B was not there, C was, A was excused; the sheet covers S1 alone.
    let (_, change) = try p.landed([
      (
        "attendance",
        [
          ["session": "S1", "resident": "A", "status": "excused"],
          ["session": "S1", "resident": "C", "status": "present"],
        ]
      )
    ])
    XCTAssertEqual(change.corrects, [1])
    let table = try XCTUnwrap(change.tables.first)
    XCTAssertEqual([table.added, table.removed, table.changed, table.identical], [1, 1, 1, 0])
    XCTAssertEqual(
      try p.rows("attendance"),
      [
        "session=S1 resident=A status=excused", "session=S1 resident=C status=present",
        "session=S2 resident=A status=present",
      ])
    XCTAssertEqual(try p.store.imports().map(\.kind), [.new, .correction])
    XCTAssertEqual(try p.store.imports()[1].corrects, [1])
  }

  func testAScopeMayBeTheYearOfADate() throws {
    let p = try Project()
    func entry(_ id: String, _ date: String, _ amount: String) -> Row {
      ["entry": id, "residence": "R1", "date": date, "kind": "expense", "amount": amount]
    }
    try p.landed([
      ("ledger", [entry("a", "2023-05-01", "1"), entry("b", "2024-01-01", "2")]),
      ("residence", [["residence": "R1"]]),
    ])
    try p.landed([("ledger", [entry("c", "2024-12-31", "3")])])
    XCTAssertEqual(try p.rows("ledger", ["entry"]), ["entry=a", "entry=c"])
  }

  func testAColumnThatASheetDoesNotHaveIsNotErased() throws {
    let p = try Project()
    try p.landed([
      (
        "activity",
        [
          [
            "session": "S1", "residence": "R1", "date": "2024-01-01", "theme": "jardin",
            "cost": "9",
          ]
        ]
      )
    ])
    // A presence sheet states the same session with fewer columns: nothing to write.
    let narrow: Row = ["session": "S1", "residence": "R1", "date": "2024-01-01"]
    let (_, first) = try p.landed([("activity", [narrow]), presences("S1", ["A"])])
    XCTAssertEqual(first.tables.first?.identical, 1)
    XCTAssertEqual(try p.rows("activity", ["theme", "cost"]), ["theme=jardin cost=9"])
    // It moves the date: the rest of the row stays.
    try p.landed([("activity", [["session": "S1", "residence": "R1", "date": "2024-01-02"]])])
    XCTAssertEqual(
      try p.rows("activity", ["date", "theme", "cost"]), ["date=2024-01-02 theme=jardin cost=9"])
    // An emptied cell does erase.
    let emptied = try batch(
      "activity", [["session": "S1", "residence": "R1", "date": "2024-01-02"]],
      columns: ["session", "residence", "date", "cost"], model: p.model)
    _ = try p.store.commit(p.submission([emptied]), now: "")
    XCTAssertEqual(
      try p.rows("activity", ["date", "theme", "cost"]), ["date=2024-01-02 theme=jardin"])
  }

  func testAKeyInAnotherScopeIsKeptTwiceAndReported() throws {
    let p = try Project()
    try p.landed([("dwelling", [["dwelling": "A12", "residence": "R1"]])])
    let (_, change) = try p.landed([("dwelling", [["dwelling": "A12", "residence": "R2"]])])
    XCTAssertEqual(change.conflicts, 1)
    XCTAssertEqual(
      try p.rows("dwelling"), ["dwelling=A12 residence=R1", "dwelling=A12 residence=R2"])
  }

  func testTwoSourcesOfOnePresenceMakeOneRow() throws {
    let p = try Project()
    try p.landed([("attendance", [["session": "S", "resident": "A", "minutes": "60"]])])
    let (second, change) = try p.landed(
      [
        (
          "attendance",
          [
            ["session": "S", "resident": "A", "minutes": "90", "role": "lead"],
            ["session": "S", "resident": "B"],
          ]
        )
      ], source: "foreign")
    XCTAssertEqual(change.duplicatesOfOtherSources, 1)
    // The earliest import wins; what it does not say is filled from the other.
    XCTAssertEqual(
      try p.rows("attendance"),
      ["session=S resident=A role=lead minutes=60", "session=S resident=B"])
    _ = try p.store.undo(1)
    XCTAssertEqual(
      try p.rows("attendance"),
      ["session=S resident=A role=lead minutes=90", "session=S resident=B"])
    _ = try p.store.undo(second)
    XCTAssertEqual(try p.rows("attendance"), [])
  }

  func testOneSourceDoesNotCorrectAnother() throws {
    let p = try Project()
    try p.landed([presences("S", ["A"])])
    let (_, change) = try p.landed([presences("S", ["B"])], source: "foreign")
    XCTAssertEqual(change.corrects, [])
    XCTAssertEqual(try p.rows("attendance", ["resident"]), ["resident=A", "resident=B"])
  }

  func testAWideImportIsSplitAndLoadedWhole() throws {
    let p = try Project()
    let count = 300_000
    let session = Column.text(codes: [Int32](repeating: 0, count: count), Lexicon(["S"]))
    let headcount = Column.integer((0..<count).map { Int64($0 % 70_000) })
    let wide = TableBatch(
      table: "attendance", columns: ["session": session, "headcount": headcount],
      sourceLines: (0..<count).map { Int32($0) })
    _ = try p.store.commit(p.submission([wide]), now: "")
    let table = try p.store.table("attendance", columns: ["headcount", "note"])
    XCTAssertEqual(table.rowCount, count)
    guard case .integer(let values)? = table["headcount"] else { return XCTFail("integers") }
    XCTAssertTrue(values.indices.allSatisfy { values[$0] == Int64($0 % 70_000) })
  }

  func testUnknownTablesAndColumnsFail() throws {
    let p = try Project()
    assertFailure("model.unknown-table", status: .usage) {
      try p.store.table("nothing", columns: [])
    }
    assertFailure("store.batch") { try p.store.table("activity", columns: ["nothing"]) }
    let wrong = TableBatch(table: "activity", columns: ["cost": .integer([1])], sourceLines: [2])
    assertFailure("store.batch") { try p.store.commit(p.submission([wrong]), now: "") }
    XCTAssertEqual(try p.store.imports().count, 0)
  }

  func testFingerprintsAgreeAcrossProjectsAndFollowUndo() throws {
    let a = try Project()
    let b = try Project()
    let empty = try a.store.fingerprint()
    for p in [a, b] { try p.landed([presences("S", ["A", "B"])], file: "one") }
    let one = try a.store.fingerprint()
    XCTAssertEqual(one, try b.store.fingerprint())
    XCTAssertNotEqual(one, empty)
    let (id, _) = try a.landed([presences("S", ["A"])], file: "two")
    XCTAssertNotEqual(try a.store.fingerprint(), one)
    _ = try a.store.undo(id)
    XCTAssertEqual(try a.store.fingerprint(), one)
    // Undone imports leave no trace in it: the next one gets another number here than there.
    for p in [a, b] { try p.landed([presences("T", ["C"])], file: "three") }
    XCTAssertEqual(try a.store.fingerprint(), try b.store.fingerprint())
  }

  func testObservedSpanCoversRowsInForce() throws {
    let p = try Project()
    XCTAssertNil(try p.store.observedSpan())
    try p.landed([
      (
        "activity",
        [
          ["session": "S1", "residence": "R", "date": "2023-01-02"],
          ["session": "S2", "residence": "R", "date": "2024-05-06"], ["session": "S3"],
        ]
      )
    ])
    let (id, _) = try p.landed([
      ("ledger", [["entry": "e", "residence": "R", "date": "2026-01-01"]])
    ])
    XCTAssertEqual(try p.store.observedSpan()?.first.iso, "2023-01-02")
    XCTAssertEqual(try p.store.observedSpan()?.last.iso, "2026-01-01")
    _ = try p.store.undo(id)
    XCTAssertEqual(try p.store.observedSpan()?.last.iso, "2024-05-06")
  }
}
