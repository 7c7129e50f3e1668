import Foundation
import TestSupport
import XCTest

/// A process that dies in the middle leaves the data wholly before or wholly after.
final class CrashTests: XCTestCase {
  func testAKilledImportIsWhollyInOrWhollyOut() throws {
    let project = try TestProject()
    try project.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    var sessions = "Séance;Résidence;Date;Activité\n"
    var sheet = "Séance;Personne;Présence\n"
    for s in 0..<40 {
      sessions += "s\(s);tilleuls;\(String(format: "%02d", s % 28 + 1))/03/2024;Atelier\n"
      for p in 0..<50 { sheet += "s\(s);Prénom\(p) Nom\(p * 7);x\n" }
    }
    try project.sheet("seances.csv", sessions)
    try project.sheet("presences.csv", sheet)
    assertStatus(try project.lien("import", "residences.csv", "seances.csv"), 0)
    let before = try project.lien("verify").output

    // How long the import takes when nothing stops it, and what the data are then.
    let clean = project.path + "-propre"
    try FileManager.default.copyItem(atPath: project.path, toPath: clean)
    let whole = try Program.run(
      ["import", "presences.csv", "--project", clean], in: project.workdir.path)
    assertStatus(whole, 0)
    let after = try Program.run(["verify", "--project", clean], in: project.workdir.path).output
    XCTAssertNotEqual(before, after)

    var generator = SeededGenerator(seed: 9)
    var killed = 0
    var landed = 0
    for round in 0..<40 {
      // The first rounds spread over the whole run, the others over its end, where writing is.
      let from = round < 15 ? 0 : 0.4
      let wait = Double.random(in: from...1.05, using: &generator) * whole.seconds
      let process = Program.process(
        ["import", "presences.csv", "--quiet"], in: project.workdir.path,
        environment: ["LIEN_PROJECT": project.path])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: wait)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }

      let state = try project.lien("verify")
      assertStatus(state, 0)
      XCTAssertTrue([before, after].contains(state.output), "round \(round): neither in nor out")
      if state.output == after {
        landed += 1
        let count = try project.lien("compute", "presences", "--period", "2024", "--format", "csv")
        assertContains(count.output, "2024,_total,2000,")
        let list = try project.lien("imports", "--json")
        let id = try XCTUnwrap(Self.lastActive(list.output))
        assertStatus(try project.lien("imports", "undo", "\(id)"), 0)
        XCTAssertEqual(try project.lien("verify").output, before)
      }
    }
    XCTAssertGreaterThan(killed, 10)
    // In the end it goes through, once.
    assertStatus(try project.lien("import", "presences.csv"), 0)
    XCTAssertEqual(try project.lien("verify").output, after)
    // Nothing of the unfinished imports is left in the identities either.
    let mine = try identities(project.path)
    XCTAssertEqual(mine, try identities(clean), "orphan pseudonyms are swept")
  }

  func testAnInterruptedDemoLeavesNothing() throws {
    // While sheets are written, while they come in, while pages are made. The first wait begins
    // with the first file: before it there is nothing to leave.
    for wait in [0.0, 0.2, 0.6, 0.9, 1.4] {
      let workdir = try Workdir()
      let process = Program.process(
        ["demo", "essai"], in: workdir.path, environment: ["LIEN_HOME": Places.root])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      while process.isRunning,
        try FileManager.default.contentsOfDirectory(atPath: workdir.path).isEmpty
      {
        usleep(1_000)
      }
      Thread.sleep(forTimeInterval: wait)
      kill(process.processIdentifier, SIGINT)
      process.waitUntilExit()
      XCTAssertEqual(process.terminationStatus, 130, "after \(wait) s")
      XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: workdir.path), [])
    }
  }

  private static func lastActive(_ json: String) throws -> Int? {
    struct Import: Decodable {
      var id: Int
      var state: String
    }
    return try JSONDecoder().decode([Import].self, from: Data(json.utf8))
      .filter { $0.state == "active" }.map(\.id).max()
  }

  /// How many people the identity file knows.
  private func identities(_ project: String) throws -> String {
    let sqlite = "/usr/bin/sqlite3"
    guard FileManager.default.isExecutableFile(atPath: sqlite) else {
      throw XCTSkip("sqlite3 is not installed")
    }
    let tables = try Program.run(
      [project + "/private/identites.sqlite", "SELECT count(*) FROM pseudonym"],
      in: project, executable: sqlite)
    assertStatus(tables, 0)
    return tables.output
  }
}
