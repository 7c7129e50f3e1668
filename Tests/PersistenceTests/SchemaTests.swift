import Columns
import Diagnostics
import Foundation
import Model
import Persistence
import TestSupport
import XCTest

final class SchemaTests: XCTestCase {
  func testCreatingRefusesAProjectThatIsThere() throws {
    let p = try Project()
    assertFailure("store.exists", status: .usage) {
      try Store.create(in: p.folder, model: p.model)
    }
    let empty = try Workdir()
    XCTAssertFalse(Store.exists(in: empty.path))
    assertFailure("store.none", status: .input) {
      try Store.open(in: empty.path, model: p.model)
    }
  }

  func testNamesLeftWithoutTheirStoreAreNotThrownAway() throws {
    let p = try Project()
    try p.landed([presences("S", ["A"])])
    for name in ["lien.sqlite", "lien.sqlite-wal", "lien.sqlite-shm"] {
      try? FileManager.default.removeItem(atPath: p.folder + "/" + name)
    }
    assertFailure("store.identities-left", status: .failed) {
      try Store.create(in: p.folder, model: p.model)
    }
    // A creation that was cut short leaves an empty one, which is no obstacle.
    let q = try Project()
    try FileManager.default.removeItem(atPath: q.folder + "/lien.sqlite")
    _ = try Store.create(in: q.folder, model: q.model)
  }

  func testAStoreOfVersionOneIsBroughtUpToDate() throws {
    for forWriting in [false, true] {
      let p = try Project()
      try p.landed([presences("S", ["A"])])
      // As version 1 made it: without confirmations.
      let raw = try Raw(p.folder + "/lien.sqlite")
      raw.run(
        "DROP TABLE hold; DROP TABLE settled; DROP TABLE merged; DROP TABLE confirmation; DROP INDEX retraction_import; "
          + "DROP TABLE erased; DROP TABLE erasure; DROP TABLE edition; "
          + "PRAGMA user_version = 1")
      let store = try Store.open(in: p.folder, model: p.model, forWriting: forWriting)
      XCTAssertEqual(raw.column("PRAGMA user_version"), ["5"])
      XCTAssertEqual(try store.table("attendance", columns: []).rowCount, 1)
      let writer = try Store.open(in: p.folder, model: p.model, forWriting: true)
      let sheet = p.submission([
        try batch("attendance", presences("S", ["A", "B"]).1, model: p.model)
      ])
      guard case .landed(_, let change) = try writer.commit(sheet, now: "") else {
        return XCTFail("not landed")
      }
      XCTAssertEqual(change.identical, 1)
    }
  }

  func testAStoreOfANewerVersionIsRefused() throws {
    for file in ["lien.sqlite", "private/identites.sqlite"] {
      let p = try Project()
      try Raw(p.folder + "/" + file).run("PRAGMA user_version = 99")
      for forWriting in [false, true] {
        let failure = assertFailure("store.newer", status: .failed) {
          try Store.open(in: p.folder, model: p.model, forWriting: forWriting)
        }
        XCTAssertTrue(failure?.diagnostics.first?.message.fr.contains("plus récente") ?? false)
      }
    }
  }

  func testAFileOfAnotherProgramIsRefused() throws {
    let workdir = try Workdir()
    try Raw(workdir.path + "/lien.sqlite").run("CREATE TABLE t (a)")
    assertFailure("store.foreign", status: .failed) {
      try Store.open(in: workdir.path, model: try realModel())
    }
  }

  func testAModelMayGainAndLoseColumnsAndTables() throws {
    let folder = try Workdir()
    func model(_ more: String) throws -> Model {
      try folder.write(
        "m/thing.json5",
        """
        {table: "thing", label: {fr: "x", en: "x"}, description: {fr: "x", en: "x"},
         key: ["thing"], scope: ["thing"], columns: [
          {name: "thing", type: "key", label: {fr: "x", en: "x"}}, \(more)]}
        """)
      return try Model(folder: folder.path + "/m")
    }
    let old = try model(#"{name: "size", type: "integer", label: {fr: "x", en: "x"}}"#)
    let store = try Store.create(in: folder.path, model: old)
    let rows = try batch("thing", [["thing": "a", "size": "3"]], model: old)
    _ = try store.commit(
      Submission(fileName: "f", fileDigest: "d", byteCount: 1, batches: [rows]), now: "")
    try folder.write(
      "m/other.json5",
      """
      {table: "other", label: {fr: "x", en: "x"}, description: {fr: "x", en: "x"},
       key: ["other"], scope: ["other"], columns: [
        {name: "other", type: "key", label: {fr: "x", en: "x"}}]}
      """)
    let new = try model(#"{name: "weight", type: "decimal", label: {fr: "x", en: "x"}}"#)
    let reader = try Store.open(in: folder.path, model: new)
    XCTAssertEqual(try Project.rows(reader, new, "thing"), ["thing=a"])
    XCTAssertEqual(try reader.table("other", columns: ["other"]).rowCount, 0)
    // The column that left the model is kept, in case it comes back.
    let back = try Store.open(in: folder.path, model: old)
    XCTAssertEqual(try Project.rows(back, old, "thing"), ["thing=a size=3"])
  }

  func testDamagedSegmentsAreReportedNotTrusted() throws {
    let p = try Project()
    try p.landed([
      ("activity", [["session": "S", "title": "t", "minutes": "3", "cost": "1.5"]])
    ])
    let raw = try Raw(p.folder + "/lien.sqlite")
    let blobs = [
      "x''", "x'00'", "x'02'", "x'0201000000000000000000000000'", "x'0303000000000000000000'",
      "x'0301000000000000000000FFFFFF7F'", "x'04'", "x'FF'", "x'82010000000000000000'",
    ]
    for column in ["session", "minutes", "cost"] {
      let data = raw.column("SELECT hex(data) FROM chunk WHERE column_name = '\(column)'")[0]
      for blob in blobs {
        raw.run("UPDATE chunk SET data = \(blob) WHERE column_name = '\(column)'")
        assertFailure("store.damaged") { try p.store.table("activity", columns: [column]) }
      }
      raw.run("UPDATE chunk SET data = x'\(data)' WHERE column_name = '\(column)'")
    }
    raw.run("UPDATE chunk SET maximum = 5000 WHERE column_name = 'title'")
    assertFailure("store.damaged") { try p.store.table("activity", columns: ["title"]) }
  }
}
