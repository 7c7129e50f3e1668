import Columns
import Diagnostics
import Foundation
import Persistence
import TestSupport
import XCTest

/// What was decided about names, and persons that count as one.
final class DecisionTests: XCTestCase {
  private func decision(_ name: String, _ kind: PersonDecision.Kind = .new) -> PersonDecision {
    PersonDecision(
      residence: "R1", mention: name.lowercased(), written: name, kind: kind, importID: 1,
      madeAt: "2026-01-01")
  }

  func testADecisionTakesThePlaceOfAnEarlierOneAndItsNumberIsNotUsedAgain() throws {
    let p = try Project()
    try p.landed([presences("S", ["A"])])
    try p.store.record([decision("Secret-One"), decision("Two")])
    try p.store.record([decision("Secret-One", .nobody)])
    XCTAssertEqual(try p.store.decisions().map(\.id), [2, 3])
    XCTAssertEqual(try p.store.decisions().last?.kind, .nobody)
    XCTAssertEqual(try filesHolding("Secret-One", in: p.folder), ["private/identites.sqlite"])
    try p.store.dropDecision(3)
    XCTAssertEqual(try filesHolding("Secret-One", in: p.folder), [])
    assertFailure("people.no-decision", status: .usage) { try p.store.dropDecision(3) }
    try p.store.record([decision("Three")])
    XCTAssertEqual(try p.store.decisions().map(\.id), [2, 4])
  }

  func testAnIdentityFileOfVersionOneIsBroughtUpToDate() throws {
    for forWriting in [false, true] {
      let p = try Project()
      try p.landed([presences("S", ["A"])])
      let raw = try Raw(p.folder + "/private/identites.sqlite")
      raw.run("DROP TABLE decision; PRAGMA user_version = 1")
      let store = try Store.open(in: p.folder, model: p.model, forWriting: forWriting)
      XCTAssertEqual(raw.column("PRAGMA user_version"), ["2"])
      XCTAssertEqual(try store.decisions(), [])
      XCTAssertEqual(try store.identities(domain: "resident").count, 1)
    }
  }

  func testRowsOfPersonsThatAreOneCountOnceAndComeApartAgain() throws {
    let p = try Project()
    try p.landed([presences("S", ["A", "B"])])
    try p.landed([presences("T", ["B", "C"])])
    var names: [String: String] = [:]
    for (pseudonym, name) in try p.store.identities(domain: "resident") { names[name] = pseudonym }
    let (a, b, c) = (
      try XCTUnwrap(names["A"]), try XCTUnwrap(names["B"]), try XCTUnwrap(names["C"])
    )
    let before = try p.rows("attendance", ["session", "resident"])
    try p.store.merge(b, into: a, now: "")
    XCTAssertEqual(
      try p.rows("attendance", ["session", "resident"]),
      ["session=S resident=A", "session=T resident=A", "session=T resident=C"])
    // A chain leads to its end.
    try p.store.merge(a, into: c, now: "")
    XCTAssertEqual(try p.store.merges(), [a: c, b: c])
    XCTAssertEqual(
      try p.rows("attendance", ["session", "resident"]),
      ["session=S resident=C", "session=T resident=C"])
    // A sheet that is there already still changes nothing.
    let again = p.submission([
      try batch("attendance", presences("S", ["A", "B"]).1, model: p.model)
    ])
    XCTAssertEqual(try p.store.plan(again).added, 0)
    XCTAssertTrue(try p.store.unmerge(a))
    XCTAssertTrue(try p.store.unmerge(b))
    XCTAssertFalse(try p.store.unmerge(b))
    XCTAssertEqual(try p.rows("attendance", ["session", "resident"]), before)
  }
}
