import Columns
import Diagnostics
import Periods
import Persistence
import XCTest

/// Forgetting and expiry in the store: what goes, what stays, and that nothing brings it back.
final class ErasureTests: XCTestCase {
  private let nobody = NameTraces(isNamed: { _ in false }, without: { _ in nil })

  private func pseudonym(_ name: String, _ p: Project) throws -> String {
    try XCTUnwrap(
      p.store.identities(domain: "resident").first { $0.value == name }?.key, name)
  }

  private func stay(_ person: String, _ flat: String, _ birth: String) -> Row {
    [
      "resident": person, "residence": "R", "arrival": "2020-01-01", "dwelling": flat,
      "birth_year": birth, "surname": "Nom" + person, "priority": "other",
      "priority_since": "2024-01-01",
    ]
  }

  private func need(_ key: String, _ person: String, _ date: String) -> Row {
    [
      "need": key, "residence": "R", "logged": date, "resident": person,
    ]
  }

  func testOnlyThePersonsRowsChangeWhateverImportsSaid() throws {
    let p = try Project()
    try p.landed([("resident", [stay("A", "F1", "1951"), stay("B", "F2", "1960")])])
    try p.landed([("attendance", presences("S1", ["A", "B"]).1 + presences("S2", ["A"]).1)])
    // A corrected sheet: the first one's rows are out of force, and may come back.
    let corrected = try p.landed([presences("S1", ["A"])]).id
    try p.landed([("need", [need("N1", "A", "2025-01-01"), need("N2", "B", "2025-01-01")])])
    let others = try ["resident", "attendance", "need"].map { table in
      try p.rows(table).filter { $0.contains("resident=B") }
    }
    let presences = try p.rows("attendance", ["session"])

    let done = try p.store.forget(
      [pseudonym("A", p)], domain: "resident", traces: nobody, now: "2025-06-01T00:00:00Z")
    XCTAssertEqual(done.identifiers >= 1, true)
    XCTAssertEqual(done.tables.first { $0.table == "need" }?.rows, 1)
    XCTAssertTrue(done.isSettled)
    XCTAssertEqual(
      try ["resident", "attendance", "need"].map { table in
        try p.rows(table).filter { $0.contains("resident=B") }
      }, others)
    XCTAssertEqual(try p.rows("attendance", ["session"]), presences)
    XCTAssertEqual(try p.rows("need", ["need"]).count, 1)
    let register = try p.rows("resident", ["resident", "dwelling", "birth_year", "priority"])
    XCTAssertEqual(
      register.sorted(),
      [
        "resident=B dwelling=F2 birth_year=1960 priority=other",
        "resident=pseudonym-without-person birth_year=1952",
      ])
    XCTAssertFalse(try p.store.identities(domain: "dwelling").values.contains("F1"))

    // What an undone correction brings back is as anonymous.
    _ = try p.store.undo(corrected)
    XCTAssertEqual(
      try p.rows("attendance", ["session", "resident"]),
      [
        "session=S1 resident=B", "session=S1 resident=pseudonym-without-person",
        "session=S2 resident=pseudonym-without-person",
      ])
  }

  func testAHomeOfOthersIsTheirs() throws {
    let p = try Project()
    try p.landed([("resident", [stay("A", "F1", "1951"), stay("B", "F1", "1960")])])
    _ = try p.store.forget(
      [pseudonym("A", p)], domain: "resident", traces: nobody, now: "")
    XCTAssertTrue(try p.store.identities(domain: "dwelling").values.contains("F1"))
    XCTAssertTrue(try p.rows("resident").contains { $0.contains("dwelling=F1") })
  }

  func testExpiryTakesWhatIsPastAndNothingElseForGood() throws {
    let p = try Project()
    try p.landed([("resident", [stay("A", "F1", "1951")])])
    let old = [need("N1", "A", "2023-01-15"), need("N2", "A", "2024-12-31")]
    let id = try p.landed([("need", old)]).id
    let today = try XCTUnwrap(Day(iso: "2025-01-15"))
    XCTAssertEqual(try p.store.expired(by: today).map(\.table), ["need"])
    XCTAssertEqual(try p.store.expired(by: today.advanced(by: -1)).map(\.table), [])
    let before = try p.store.fingerprint()
    let done = try p.store.expire(by: today, rejectsReceivedBefore: "", now: "2025-01-15")
    XCTAssertEqual(done.tables.map(\.rows), [1])
    XCTAssertNotEqual(try p.store.fingerprint(), before)
    XCTAssertEqual(try p.rows("need", ["need"]).count, 1)
    XCTAssertTrue(try p.store.expired(by: today).isEmpty)
    XCTAssertTrue(
      try p.store.expire(by: today, rejectsReceivedBefore: "", now: "").isNothing)
    // The flag of the register goes two years after it was noted, and the row stays.
    let later = try XCTUnwrap(Day(iso: "2026-01-01"))
    _ = try p.store.expire(by: later, rejectsReceivedBefore: "", now: "2026-01-01")
    XCTAssertEqual(try p.rows("resident", ["birth_year", "priority"]), ["birth_year=1951"])
    // Undoing the import does not bring it back, nor does undoing trip over it.
    _ = try p.store.undo(id)
    XCTAssertEqual(try p.rows("need", ["need"]), [])
  }

  func testRowsSetAsideAreKeptForATime() throws {
    let p = try Project()
    let id = try p.landed(
      [presences("S", ["A"])], rejects: [reject(4, ["Durand", "31/02/2024"])]
    ).id
    XCTAssertEqual(try p.store.rejects(of: id).rejects.first?.cells, ["Durand", "31/02/2024"])
    let today = try XCTUnwrap(Day(iso: "2026-01-01"))
    _ = try p.store.expire(by: today, rejectsReceivedBefore: "2024-12-31", now: "")
    XCTAssertEqual(try p.store.rejects(of: id).rejects.first?.cells.count, 2)
    let done = try p.store.expire(by: today, rejectsReceivedBefore: "2025-06-01", now: "")
    XCTAssertEqual(done.rejects, [id: 1])
    XCTAssertEqual(try p.store.rejects(of: id).rejects.first?.cells, [])
    XCTAssertEqual(try p.store.rejects(of: id).rejects.first?.line, 4)
  }
}
