import Columns
import Diagnostics
import Foundation
import Persistence
import TestSupport
import XCTest

final class BackupTests: XCTestCase {
  private func filled() throws -> Project {
    let p = try Project()
    try p.landed(
      [("resident", [["resident": "A", "residence": "R", "surname": "Zaoui"]])],
      rejects: [reject(3, ["cell"])])
    try p.landed([presences("S", ["A", "B"])])
    return p
  }

  func testABackupHoldsTheWholeProject() throws {
    let p = try filled()
    let file = p.folder + "/sauvegarde.lien"
    try p.store.backup(to: file)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
    XCTAssertEqual((mode as? NSNumber)?.intValue, 0o600)
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: p.folder).filter {
        $0.hasPrefix("sauvegarde")
      }, ["sauvegarde.lien"])
    let target = try Workdir()
    let folder = target.path + "/restored"
    try Store.restore(from: file, into: folder)
    let restored = try Store.open(in: folder, model: p.model, forWriting: true)
    XCTAssertEqual(try restored.fingerprint(), try p.store.fingerprint())
    XCTAssertEqual(try restored.imports(), try p.store.imports())
    XCTAssertEqual(
      try Project.rows(restored, p.model, "attendance"), try p.rows("attendance"))
    XCTAssertEqual(try restored.rejects(of: 1).rejects.map(\.cells), [["cell"]])
    XCTAssertEqual(try filesHolding("Zaoui", in: folder), ["private/identites.sqlite"])
    // It is a project like any other: people are recognised, imports undone.
    let again = p.submission([try batch("attendance", presences("T", ["A"]).1, model: p.model)])
    guard case .landed = try restored.commit(again, now: "") else { return XCTFail("not landed") }
    XCTAssertEqual(try restored.identities(domain: "resident").count, 2)
    _ = try restored.undo(2)
  }

  func testNothingIsOverwrittenWithoutForce() throws {
    let p = try filled()
    let file = p.folder + "/sauvegarde.lien"
    try p.store.backup(to: file)
    assertFailure("store.backup-exists", status: .usage) { try p.store.backup(to: file) }
    assertFailure("store.exists", status: .usage) { try Store.restore(from: file, into: p.folder) }
    let before = try p.store.fingerprint()
    try p.landed([presences("S", ["C"])])
    try Store.restore(from: file, into: p.folder, force: true)
    // Also for a store that was open all the while.
    XCTAssertEqual(try p.store.fingerprint(), before)
    XCTAssertEqual(try p.rows("attendance", ["resident"]), ["resident=A", "resident=B"])
    try p.landed([presences("S", ["D"])])
    try p.store.backup(to: file, force: true)
  }

  func testADamagedProjectIsRestoredWithForce() throws {
    let p = try filled()
    let file = p.folder + "/sauvegarde.lien"
    try p.store.backup(to: file)
    let q = try Workdir()
    try q.write("lien.sqlite", String(repeating: "not a database at all ", count: 500))
    assertFailure("store.damaged", status: .failed) {
      try Store.open(in: q.path, model: p.model)
    }
    try Store.restore(from: file, into: q.path, force: true)
    XCTAssertEqual(
      try Store.open(in: q.path, model: p.model).fingerprint(), try p.store.fingerprint())
  }

  func testWhatIsNotAWholeBackupIsRefusedBeforeAnythingIsTouched() throws {
    let p = try filled()
    let file = p.folder + "/sauvegarde.lien"
    try p.store.backup(to: file)
    let bytes = try XCTUnwrap(FileManager.default.contents(atPath: file))
    let target = try Workdir()
    let cases: [(String, Data, String)] = [
      ("absent", Data(), "file.unreadable"), ("empty", Data(), "store.not-a-backup"),
      ("text", Data("hello".utf8) + Data(count: 5000), "store.damaged"),
      (
        "store", try XCTUnwrap(FileManager.default.contents(atPath: p.folder + "/lien.sqlite")),
        "store.not-a-backup"
      ),
      ("cut", bytes.prefix(bytes.count / 2), "store.damaged"),
    ]
    for (name, data, code) in cases {
      let path = target.path + "/" + name
      if name != "absent" { try data.write(to: URL(fileURLWithPath: path)) }
      assertFailure(code) { try Store.restore(from: path, into: target.path + "/new") }
      XCTAssertFalse(Store.exists(in: target.path + "/new"), name)
    }
    // One changed byte of the names inside.
    var changed = bytes
    let place = try XCTUnwrap(changed.range(of: Data("Zaoui".utf8)))
    changed[place.lowerBound] = UInt8(ascii: "Y")
    try changed.write(to: URL(fileURLWithPath: target.path + "/changed"))
    assertFailure("store.damaged") {
      try Store.restore(from: target.path + "/changed", into: target.path + "/new")
    }
  }

  func testAnInterruptedRestoreIsNoticed() throws {
    let p = try filled()
    let file = p.folder + "/sauvegarde.lien"
    try p.store.backup(to: file)
    _ = FileManager.default.createFile(
      atPath: p.folder + "/.restauration-en-cours", contents: Data())
    assertFailure("store.half-restored", status: .failed) {
      try Store.open(in: p.folder, model: p.model)
    }
    try Store.restore(from: file, into: p.folder, force: true)
    _ = try Store.open(in: p.folder, model: p.model)
  }
}
