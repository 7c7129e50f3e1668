import Columns
import Diagnostics
import Foundation
import Persistence
import TestSupport
import XCTest

final class IdentityTests: XCTestCase {
  private let register: [(String, [Row])] = [
    (
      "resident",
      [
        [
          "resident": "M-ZAOUI-77", "residence": "R1", "household": "FOYER-ZAOUI",
          "dwelling": "FLAT-B07", "surname": "Zaoui-Secret", "phone": "0612345678",
          "sex": "f",
        ],
        ["resident": "P-OTHER-78", "residence": "R1", "surname": "Other-Secret"],
      ]
    )
  ]

  func testNothingThatNamesAPersonIsInTheMainFile() throws {
    let p = try Project()
    try p.landed(
      register, rejects: [reject(5, ["Cell-Secret"], heading: "Heading-Secret")],
      file: "Fiche de Mme Secret.csv")
    for secret in [
      "M-ZAOUI-77", "FOYER-ZAOUI", "FLAT-B07", "Zaoui-Secret", "0612345678", "Cell-Secret",
      "Heading-Secret", "Mme Secret",
    ] {
      XCTAssertEqual(
        try filesHolding(secret, in: p.folder), ["private/identites.sqlite"], secret)
    }
    // The register's other columns are data.
    XCTAssertEqual(
      try p.rows("resident", ["residence", "sex"]), ["residence=R1", "residence=R1 sex=f"])
    XCTAssertEqual(try p.rows("resident", ["surname", "phone"]), ["", ""])
  }

  func testTheIdentityFileIsItsOwnersAlone() throws {
    let p = try Project()
    try p.landed(register)
    func mode(_ path: String) throws -> Int {
      let all = try FileManager.default.attributesOfItem(atPath: p.folder + "/" + path)
      return (all[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
    XCTAssertEqual(try mode("private"), 0o700)
    XCTAssertEqual(try mode("private/identites.sqlite"), 0o600)
  }

  func testAPseudonymIsRandomStableAndSharedByTables() throws {
    let p = try Project()
    try p.landed(register)
    try p.landed([presences("S", ["P-OTHER-78", "M-ZAOUI-77"])], source: "foreign")
    let names = try p.store.identities(domain: "resident")
    XCTAssertEqual(Set(names.values), ["M-ZAOUI-77", "P-OTHER-78"])
    for name in names.keys {
      XCTAssertEqual(name.count, 13)
      XCTAssertEqual(name.first, "r")
    }
    // Another project gives the same person another pseudonym.
    let q = try Project()
    try q.landed(register)
    XCTAssertTrue(Set(try q.store.identities(domain: "resident").keys).isDisjoint(with: names.keys))
    XCTAssertEqual(
      try p.rows("attendance", ["resident"]), ["resident=M-ZAOUI-77", "resident=P-OTHER-78"])
  }

  func testUndoRemovesWhatOnlyTheUndoneImportNamed() throws {
    let p = try Project()
    try p.landed(register, rejects: [reject(5, ["Cell-Secret"])])
    let (presence, _) = try p.landed([presences("S", ["P-OTHER-78"])])
    _ = try p.store.undo(1)
    for gone in [
      "M-ZAOUI-77", "FOYER-ZAOUI", "FLAT-B07", "Zaoui-Secret", "Other-Secret", "Cell-Secret",
    ] {
      XCTAssertEqual(try filesHolding(gone, in: p.folder), [], gone)
    }
    // The presence sheet still needs this one.
    XCTAssertEqual(try p.rows("attendance", ["resident"]), ["resident=P-OTHER-78"])
    _ = try p.store.undo(presence)
    XCTAssertEqual(try filesHolding("P-OTHER-78", in: p.folder), [])
    // What it said of itself can still be told.
    XCTAssertEqual(try p.store.imports().map(\.fileName), ["feuille 1.csv", "feuille 2.csv"])
    XCTAssertEqual(try p.store.rejects(of: 1).rejects.map(\.reason.code), ["date.unreadable"])
    XCTAssertEqual(try p.store.rejects(of: 1).rejects.map(\.cells), [[]])
  }

  func testAChangedNameIsACorrection() throws {
    let p = try Project()
    try p.landed([("resident", [["resident": "A", "residence": "R", "surname": "Old"]])])
    guard
      case .unchanged = try p.land([
        ("resident", [["resident": "A", "residence": "R", "surname": "Old"]])
      ])
    else { return XCTFail("landed twice") }
    let (id, change) = try p.landed([
      ("resident", [["resident": "A", "residence": "R", "surname": "New", "phone": "06"]])
    ])
    XCTAssertEqual(change.changed, 1)
    // A register without the phone column leaves the phone.
    try p.landed([("resident", [["resident": "A", "residence": "R", "surname": "Newer"]])])
    let raw = try Raw(p.folder + "/private/identites.sqlite")
    XCTAssertEqual(
      raw.column("SELECT value FROM cell WHERE landing = 3 ORDER BY value"), ["06", "Newer"])
    _ = try p.store.undo(3)
    _ = try p.store.undo(id)
    XCTAssertEqual(raw.column("SELECT value FROM cell"), ["Old"])
  }

  func testRejectsComeBackWithTheirCellsAndHeader() throws {
    let p = try Project()
    let rows = [reject(3, ["31/02/2024", "Élise; \"x\""]), reject(7, ["", "b"], heading: nil)]
    let sheet = p.submission(
      [try batch("activity", [["session": "S"]], model: p.model)], rejects: rows,
      header: ["Date", "Prénom"])
    _ = try p.store.commit(sheet, now: "")
    let (header, back) = try p.store.rejects(of: 1)
    XCTAssertEqual(header, ["Date", "Prénom"])
    XCTAssertEqual(back.map(\.cells), rows.map(\.cells))
    XCTAssertEqual(back.map(\.line), [3, 7])
    XCTAssertEqual(back.map(\.heading), ["Date", nil])
    XCTAssertEqual(back[0].reason.message, rows[0].reason.message)
    XCTAssertEqual(back[0].reason.remedy, rows[0].reason.remedy)
    XCTAssertEqual(back[0].reason.location?.column, 3)
    XCTAssertEqual(try p.store.imports()[0].rowsSetAside, 2)
    assertFailure("store.unknown-import", status: .usage) { try p.store.rejects(of: 2) }
  }

  func testFiguresAreReadWithoutTheIdentityFileAndNothingIsWritten() throws {
    let p = try Project()
    try p.landed(register, rejects: [reject(3, ["a"])])
    try FileManager.default.removeItem(atPath: p.folder + "/private/identites.sqlite")
    let reader = try Store.open(in: p.folder, model: p.model)
    XCTAssertEqual(try reader.table("resident", columns: ["sex"]).rowCount, 2)
    XCTAssertNil(try reader.imports()[0].fileName)
    XCTAssertEqual(try reader.rejects(of: 1).rejects.map(\.cells), [[]])
    XCTAssertEqual(try reader.identities(domain: "resident"), [:])
    assertFailure("store.identities-missing", status: .failed) {
      try Store.open(in: p.folder, model: p.model, forWriting: true)
    }
    assertFailure("store.identities-missing") { try reader.plan(p.submission([])) }
  }

  func testTheIdentityFileOfAnotherProjectIsRefused() throws {
    let p = try Project()
    let q = try Project()
    let files = FileManager.default
    try files.removeItem(atPath: p.folder + "/private/identites.sqlite")
    try files.copyItem(
      atPath: q.folder + "/private/identites.sqlite",
      toPath: p.folder + "/private/identites.sqlite")
    assertFailure("store.identities-mismatch") { try Store.open(in: p.folder, model: p.model) }
  }
}
