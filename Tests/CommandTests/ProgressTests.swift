import Foundation
import TestSupport
import XCTest

/// What an import shows on a terminal while it lasts, and what Ctrl-C leaves.
final class ProgressTests: XCTestCase {
  private func project(rows: Int) throws -> TestProject {
    let project = try TestProject()
    try project.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    var sessions = "Séance;Résidence;Date;Activité\n"
    var sheet = "Séance;Personne;Présence\n"
    for row in 0..<rows {
      let session = row / 20
      if row % 20 == 0 { sessions += "s\(session);tilleuls;\(session % 28 + 1)/03/2024;Atelier\n" }
      sheet += "s\(session);p\(row % 20 * 131 + session % 97);x\n"
    }
    try project.sheet("seances.csv", sessions)
    try project.sheet("presences.csv", sheet)
    assertStatus(try project.lien("import", "residences.csv", "seances.csv"), 0)
    return project
  }

  private func importing(_ project: TestProject, _ words: String...) throws -> Terminal {
    try Terminal(
      ["import", project.workdir.path + "/presences.csv", "--project", project.path] + words,
      environment: ["LIEN_HOME": Places.root, "TERM": "xterm"])
  }

  func testALongImportTellsItsSpeedAndCtrlCLeavesTheStoreAsItWas() throws {
    let project = try project(rows: 600_000)
    let before = try project.lien("verify").output
    let terminal = try importing(project)
    // However fast or busy the machine is, the import lasts long enough to be watched: while it
    // reads, unless the machine let reading end in one turn.
    XCTAssertTrue(
      terminal.worksSlowly(until: "reste environ", turn: 0.005, rest: 0.195), terminal.shown)
    let reading = "lecture \\d+\u{A0}% · [\\d\u{202F}]+ lignes/s"
    let saving = "enregistrement de [\\d\u{202F}]+ lignes"
    XCTAssertNotNil(
      terminal.shown.range(
        of: "1/1 presences.csv · (\(reading)|\(saving)) · reste environ",
        options: .regularExpression), terminal.shown)
    terminal.type("\u{3}")
    terminal.goesOn()
    XCTAssertEqual(terminal.ends(), 130)
    // The line is cleared, and nothing else was said.
    XCTAssertTrue(terminal.shown.hasSuffix("\r\u{1B}[K"), terminal.shown)
    XCTAssertFalse(terminal.shown.contains("\n"), terminal.shown)
    XCTAssertEqual(try project.lien("verify").output, before)
    XCTAssertFalse(
      FileManager.default.fileExists(atPath: project.path + "/private/identites.sqlite-journal"))
    // And the same sheet comes in as if nothing had been.
    assertStatus(try project.lien("import", "presences.csv"), 0)
    XCTAssertNotEqual(try project.lien("verify").output, before)
  }

  func testAShortImportShowsItsResultOnly() throws {
    let project = try project(rows: 40)
    let terminal = try importing(project)
    XCTAssertEqual(terminal.ends(), 0)
    XCTAssertFalse(terminal.shown.contains("\u{1B}[K"), terminal.shown)
    assertContains(terminal.shown, "Présences +40")
  }

  func testQuietShowsNoProgress() throws {
    let project = try project(rows: 200_000)
    let terminal = try importing(project, "--quiet")
    XCTAssertFalse(
      terminal.worksSlowly(until: "\u{1B}", turn: 0.02, rest: 0.18), terminal.shown)
    XCTAssertEqual(terminal.ends(), 0)
    XCTAssertFalse(terminal.shown.contains("\u{1B}"), terminal.shown)
  }
}
