import Columns
import Diagnostics
import Foundation
import Glibc
import Model
import Persistence
import TestSupport
import XCTest

/// What happens when the process dies, the disk is full, or someone else is there.
final class SafetyTests: XCTestCase {
  private static let helper = Places.built("StoreCrashHelper")

  private func start(_ mode: String, _ folder: String, _ more: [String] = []) throws -> (
    Process, Pipe
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.helper)
    process.arguments = [mode, Places.root + "/indicators/model", folder] + more
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return (process, pipe)
  }

  private func output(_ pipe: Pipe) -> [String] {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// Asserts that the store is sound and holds imports 1 to n of the helper, each whole.
  @discardableResult
  private func assertWhole(_ folder: String, _ model: Model, people: Int = 40) throws -> Int {
    let store = try Store.open(in: folder, model: model, forWriting: true)
    let records = try store.imports()
    XCTAssertEqual(records.map(\.id), records.isEmpty ? [] : Array(1...records.count))
    XCTAssertTrue(records.allSatisfy { $0.fileName == "sheet \($0.id).csv" })
    var expected: [String] = []
    for record in records {
      for i in 0..<people {
        expected.append("session=session-\(record.id) resident=person-\(record.id)-\(i)")
      }
      XCTAssertEqual(
        try store.rejects(of: record.id).rejects.map(\.cells), [["reject-\(record.id)"]])
    }
    XCTAssertEqual(try Project.rows(store, model, "attendance"), expected.sorted())
    // No more names than the imports brought: nothing of the one that was cut short.
    XCTAssertEqual(try store.identities(domain: "resident").count, expected.count)
    let raw = try Raw(folder + "/private/identites.sqlite")
    XCTAssertEqual(raw.column("PRAGMA integrity_check"), ["ok"])
    XCTAssertEqual(raw.column("SELECT count(*) FROM cell"), ["\(expected.count)"])
    XCTAssertEqual(raw.column("SELECT count(*) FROM landing"), ["\(records.count)"])
    XCTAssertEqual(try Raw(folder + "/lien.sqlite").column("PRAGMA integrity_check"), ["ok"])
    return records.count
  }

  func testKilledAtAnyMomentAnImportIsWhollyInOrOut() throws {
    let workdir = try Workdir()
    let model = try realModel()
    _ = try Store.create(in: workdir.path, model: model)
    var random = SeededGenerator(seed: 1)
    var last = 0
    for round in 0..<40 {
      let (process, pipe) = try start("loop", workdir.path)
      // From before the store is open to a few imports later; every other time not before one has
      // landed, however slow the machine is at present.
      var heard: [UInt8] = []
      while round % 2 == 0, !heard.contains(UInt8(ascii: "\n")) {
        let more = pipe.fileHandleForReading.availableData
        if more.isEmpty { break }
        heard += more
      }
      usleep(UInt32.random(in: 0...100_000, using: &random))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let said =
        (String(decoding: heard, as: UTF8.self).split(separator: "\n").map(String.init)
        + output(pipe)).filter { $0.hasPrefix("landed") }.count
      let count = try assertWhole(workdir.path, model)
      // What was said to have landed is there, and at most one more.
      XCTAssertTrue((last + said...last + said + 1).contains(count), "\(last) \(said) \(count)")
      last = count
    }
    XCTAssertGreaterThan(last, 5)
  }

  func testKilledAtEachCommitAnImportIsWhollyInOrOut() throws {
    let workdir = try Workdir()
    let model = try realModel()
    _ = try Store.create(in: workdir.path, model: model)
    let identities = try Raw(workdir.path + "/private/identites.sqlite")
    var landed = 0
    var orphans = 0
    for n in 1...8 {
      let (process, pipe) = try start("commit", workdir.path, ["\(n)"])
      process.waitUntilExit()
      XCTAssertEqual(process.terminationReason, .uncaughtSignal)
      landed += output(pipe).filter { $0.hasPrefix("landed") }.count
      if identities.column("SELECT max(import) FROM landing") == ["\(landed + 1)"] { orphans += 1 }
      XCTAssertEqual(try assertWhole(workdir.path, model), landed, "commit \(n)")
    }
    // Both moments came up: before the first of the two commits, and between them.
    XCTAssertEqual([landed > 0, orphans > 2, orphans < 8], [true, true, true], "\(orphans)")
  }

  func testADeathBetweenTheTwoCommitsLeavesNoTrace() throws {
    let p = try Project()
    try p.landed([("resident", [["resident": "A", "surname": "Kept"]])])
    let files = FileManager.default
    let main = p.folder + "/lien.sqlite"
    let copy = p.folder + "/before.sqlite"
    let raw = try Raw(main)
    raw.run("PRAGMA wal_checkpoint(TRUNCATE)")
    try files.copyItem(atPath: main, toPath: copy)
    try p.landed(
      [("resident", [["resident": "B-Orphan", "surname": "Orphan-Name"]])],
      rejects: [reject(3, ["Orphan-Cell"])], file: "Orphan-File.csv")
    // The identity file of after, the main file of before: as if the process had died there.
    let half = try Workdir()
    try files.createDirectory(atPath: half.path + "/private", withIntermediateDirectories: true)
    try files.copyItem(
      atPath: p.folder + "/private/identites.sqlite",
      toPath: half.path + "/private/identites.sqlite")
    try files.moveItem(atPath: copy, toPath: half.path + "/lien.sqlite")
    XCTAssertFalse(try filesHolding("Orphan", in: half.path).isEmpty)
    let store = try Store.open(in: half.path, model: p.model, forWriting: true)
    XCTAssertEqual(try filesHolding("Orphan", in: half.path), [])
    XCTAssertEqual(try store.identities(domain: "resident").values.sorted(), ["A"])
    XCTAssertEqual(try store.imports().count, 1)
  }

  func testADeathBetweenUndoAndItsSweepIsMadeGood() throws {
    let p = try Project()
    try p.landed([("resident", [["resident": "A", "surname": "Name-Gone"]])])
    let raw = try Raw(p.folder + "/lien.sqlite")
    raw.run("UPDATE import SET active = 0, to_sweep = 1")
    XCTAssertFalse(try filesHolding("Name-Gone", in: p.folder).isEmpty)
    _ = try Store.open(in: p.folder, model: p.model, forWriting: true)
    XCTAssertEqual(try filesHolding("Name-Gone", in: p.folder), [])
    XCTAssertEqual(raw.column("SELECT to_sweep FROM import"), ["0"])
  }

  func testAFullDiskLeavesTheStoreAsItWas() throws {
    let model = try realModel()
    var failures = 0
    // The limit falls at ever later points of the import, in either file.
    for limit in stride(from: 60_000, through: 400_000, by: 34_000) {
      let workdir = try Workdir()
      _ = try Store.create(in: workdir.path, model: model)
      let (process, pipe) = try start("starve", workdir.path, ["\(limit)"])
      process.waitUntilExit()
      let lines = output(pipe)
      XCTAssertEqual(lines.last, "failed store.full 1", "limit \(limit)")
      failures += 1
      let landed = lines.filter { $0.hasPrefix("landed") }.count
      XCTAssertEqual(try assertWhole(workdir.path, model, people: 400), landed, "limit \(limit)")
    }
    XCTAssertEqual(failures, 11)
  }

  func testWithoutTheRightToWriteFiguresAreStillRead() throws {
    try XCTSkipIf(geteuid() != 0, "needs root to give rights up")
    let p = try Project()
    try p.landed([presences("S", ["A", "B"])])
    let folder = p.folder + "/copy"
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Raw(p.folder + "/lien.sqlite").run("PRAGMA wal_checkpoint(TRUNCATE)")
    try files.copyItem(atPath: p.folder + "/lien.sqlite", toPath: folder + "/lien.sqlite")
    try files.copyItem(atPath: p.folder + "/private", toPath: folder + "/private")
    let (process, pipe) = try start("nobody", folder)
    process.waitUntilExit()
    XCTAssertEqual(output(pipe), ["read 2", "failed store.read-only 1"])
  }

  // MARK: Others at work

  func testASecondWriterWaitsThenIsTold() throws {
    let p = try Project()
    let other = try Raw(p.folder + "/lien.sqlite")
    other.run("BEGIN IMMEDIATE")
    let store = try Store.open(
      in: p.folder, model: p.model, forWriting: true, busyMilliseconds: 200)
    let sheet = p.submission([try batch("activity", [["session": "S"]], model: p.model)])
    let start = Date()
    let failure = assertFailure("store.busy", status: .failed) {
      try store.commit(sheet, now: "")
    }
    XCTAssertGreaterThan(Date().timeIntervalSince(start), 0.15)
    XCTAssertTrue(failure?.diagnostics.first?.message.fr.contains("occupé") ?? false)
    // Readers are not kept out.
    let reader = try Store.open(in: p.folder, model: p.model, busyMilliseconds: 0)
    XCTAssertEqual(try reader.imports().count, 0)
    other.run("COMMIT")
    guard case .landed = try store.commit(sheet, now: "") else { return XCTFail("not landed") }
  }

  func testAReaderSeesOneStateWhileOthersWrite() throws {
    let p = try Project()
    try p.landed([presences("S", ["A"])])
    let reader = try Store.open(in: p.folder, model: p.model)
    try p.landed([presences("S", ["A", "B"])])
    XCTAssertEqual(try reader.table("attendance", columns: ["resident"]).rowCount, 1)
    XCTAssertEqual(try reader.imports().count, 1)
    let next = try Store.open(in: p.folder, model: p.model)
    XCTAssertEqual(try next.table("attendance", columns: ["resident"]).rowCount, 2)
  }

  func testTwoProcessesImportInTurn() throws {
    let workdir = try Workdir()
    let model = try realModel()
    _ = try Store.create(in: workdir.path, model: model)
    let helpers = try (1...2).map { try start("loop", workdir.path, ["\($0)0000"]) }
    usleep(600_000)
    var landed = 0
    for (process, pipe) in helpers {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let lines = output(pipe)
      XCTAssertFalse(lines.contains { $0.contains("busy") }, "\(lines)")
      landed += lines.filter { $0.hasPrefix("landed") }.count
    }
    let store = try Store.open(in: workdir.path, model: model, forWriting: true)
    let count = try store.imports().count
    XCTAssertTrue((landed...landed + 2).contains(count))
    XCTAssertEqual(try Raw(workdir.path + "/lien.sqlite").column("PRAGMA integrity_check"), ["ok"])
  }
}
