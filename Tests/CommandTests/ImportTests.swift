import Foundation
import TestSupport
import XCTest

/// Sheets that come in, again, corrected, undone.
final class ImportTests: XCTestCase {
  private func project() throws -> TestProject {
    let project = try TestProject()
    try project.sheet(
      "residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    try project.sheet(
      "seances.csv",
      "Séance;Résidence;Date;Activité\ns1;tilleuls;05/03/2024;Repas\ns2;tilleuls;12/03/2024;Loto\n")
    try project.sheet(
      "presences.csv",
      """
      Séance;Personne;Présence
      s1;Adèle Martin;x
      s1;Bruno Petit;x
      s1;Chloé Roux;x
      s2;Adèle Martin;x

      """)
    assertStatus(try project.lien("import", "residences.csv", "seances.csv", "presences.csv"), 0)
    return project
  }

  private func attendances(_ project: TestProject) throws -> String {
    let run = try project.lien("compute", "presences", "--period", "2024", "--format", "csv")
    assertStatus(run, 0)
    let total = run.output.split(separator: "\n").first { $0.contains(",_total,") } ?? ""
    return String(total.split(separator: ",", omittingEmptySubsequences: false)[4])
  }

  func testTheSameSheetAgainChangesNothing() throws {
    let project = try project()
    let before = try project.lien("verify").output
    let again = try project.lien("import", "presences.csv")
    assertStatus(again, 0)
    assertContains(again.output, "Rien de nouveau")
    XCTAssertEqual(try project.lien("verify").output, before)
    XCTAssertEqual(try attendances(project), "4")
  }

  func testACopyUnderAnotherNameChangesNothing() throws {
    let project = try project()
    try FileManager.default.copyItem(
      atPath: project.workdir.path + "/presences.csv",
      toPath: project.workdir.path + "/Présences mars (1) - Copie.csv")
    let again = try project.lien("import", "Présences mars (1) - Copie.csv")
    assertStatus(again, 0)
    assertContains(again.output, "Rien de nouveau")
    XCTAssertEqual(try attendances(project), "4")
  }

  func testACorrectedSheetReplacesItsSessionsOnlyAndUndoBringsThemBack() throws {
    let project = try project()
    let before = try project.lien("verify").output
    // Session s1 again, without Chloé and with Denise; s2 is not spoken of.
    try project.sheet(
      "presences-corrigees.csv",
      "Séance;Personne;Présence\ns1;Adèle Martin;x\ns1;Denise Blanc;x\n")
    let corrected = try project.lien("import", "presences-corrigees.csv")
    assertStatus(corrected, 0)
    assertContains(corrected.output, "corrige l’import 3")
    XCTAssertEqual(try attendances(project), "3")

    let refused = try project.lien("imports", "undo", "3")
    XCTAssertNotEqual(refused.status, 0)
    XCTAssertEqual(try attendances(project), "3")

    assertStatus(try project.lien("imports", "undo", "4"), 0)
    XCTAssertEqual(try attendances(project), "4")
    XCTAssertEqual(try project.lien("verify").output, before)
    assertStatus(try project.lien("imports", "undo", "premier"), 2)
    let unknown = try project.lien("imports", "undo", "99")
    assertStatus(unknown, 2)
    assertContains(unknown.errors, "99")
  }

  func testADryRunSaysWhatWouldChangeAndChangesNothing() throws {
    let project = try project()
    let before = try project.lien("verify").output
    try project.sheet(
      "plus.csv", "Séance;Personne;Présence\ns2;Denise Blanc;x\ns2;Adèle Martin;x\n")
    let dry = try project.lien("import", "plus.csv", "--dry-run")
    assertStatus(dry, 0)
    assertContains(dry.output, "À blanc")
    assertContains(dry.output, "+1")
    XCTAssertEqual(try project.lien("verify").output, before)
  }

  func testRejectedRowsAreWrittenPrivatelyAndComeBackCorrected() throws {
    let project = try project()
    try project.sheet(
      "suite.csv",
      """
      Séance;Résidence;Date;Activité
      s3;tilleuls;19/03/2024;Chorale
      s4;tilleuls;31/02/2024;Loto
      s5;tilleuls;32/03/2024;Repas

      """)
    assertStatus(try project.lien("import", "suite.csv"), 3)
    let folder = project.path + "/private/rejets"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    XCTAssertEqual(files, ["4-suite.csv"])
    let path = folder + "/" + (files.first ?? "")
    for (place, mode) in [(project.path + "/private", 0o700), (folder, 0o700), (path, 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: place)
      XCTAssertEqual(attributes[.posixPermissions] as? Int, mode, place)
    }
    let rejects = try String(contentsOfFile: path, encoding: .utf8)
    assertContains(rejects, "31/02/2024")

    // One of the two is corrected, the other one is left out.
    let corrected = rejects.replacingOccurrences(of: "31/02/2024", with: "29/02/2024")
      .split(whereSeparator: \.isNewline).filter { !$0.contains("32/03/2024") }
      .joined(separator: "\r\n")
    try project.sheet("rejets-corriges.csv", corrected)
    let run = try project.lien("import", "rejets-corriges.csv")
    assertStatus(run, 0)
    let sessions = try project.lien("compute", "seances", "--period", "2024", "--format", "csv")
    assertContains(sessions.output, "2024,_total,4,")

    // The rejects can be written again from the store.
    let again = try project.lien("imports", "show", "4", "--rejects", "-")
    assertStatus(again, 0)
    assertContains(again.output, "32/03/2024")
  }

  func testRejectsGoWhereTheUserSays() throws {
    let project = try project()
    try project.sheet("suite.csv", "Séance;Résidence;Date\ns4;tilleuls;31/02/2024\n")
    assertStatus(try project.lien("import", "suite.csv", "--rejects", "a-corriger.csv"), 3)
    assertContains(
      try String(contentsOfFile: project.workdir.path + "/a-corriger.csv", encoding: .utf8),
      "31/02/2024")
    // It is there now: a second run does not overwrite it.
    assertStatus(try project.lien("import", "suite.csv", "--rejects", "a-corriger.csv"), 2)
  }

  func testJSONAndQuietShowNoCell() throws {
    let project = try project()
    try project.sheet(
      "suite.csv", "Séance;Personne;Présence;Personne 2\ns1;Zébulon Secret;peut-être;x\n")
    let quiet = try project.lien("import", "suite.csv", "--table", "attendance", "--quiet")
    XCTAssertEqual(quiet.status, 3, quiet.errors + quiet.output)
    let json = try project.lien("import", "suite.csv", "--table", "attendance", "--json")
    let shown = try project.lien("imports", "show", "4", "--json")
    for run in [quiet, json, shown] {
      XCTAssertFalse((run.output + run.errors).contains("Zébulon"), run.output + run.errors)
      XCTAssertFalse((run.output + run.errors).contains("peut-être"), run.output + run.errors)
    }
    let decoded = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    XCTAssertEqual((decoded as? [[String: Any]])?.count, 1)
    XCTAssertNotNil(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
  }

  func testTheReceiptSpeaksEnglishWhenAsked() throws {
    let project = try project()
    try project.sheet("suite.csv", "Séance;Résidence;Date\ns3;tilleuls;31/02/2024\n")
    let run = try project.lien("import", "suite.csv", "--lang", "en")
    assertStatus(run, 3)
    assertContains(run.output, "1 row set aside")
    XCTAssertFalse(run.output.contains("mise de côté"), run.output)
  }

  func testAnExportHoldsPseudonymsAndNeverNames() throws {
    let project = try project()
    let run = try project.lien("export", "donnees")
    assertStatus(run, 0)
    let folder = project.workdir.path + "/donnees"
    var all = ""
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      all += try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
    for name in ["Adèle", "Martin", "Bruno", "Chloé"] { XCTAssertFalse(all.contains(name), name) }
    let attendance = try String(contentsOfFile: folder + "/attendance.csv", encoding: .utf8)
    XCTAssertEqual(attendance.split(separator: "\n").count, 5, attendance)
    // Never over another file.
    assertStatus(try project.lien("export", "donnees"), 2)
    assertStatus(try project.lien("export", "donnees", "--force"), 0)
  }

  func testABackupRestoresTheSameData() throws {
    let project = try project()
    let before = try project.lien("verify").output
    assertStatus(try project.lien("backup", "copie.lien"), 0)
    assertStatus(try project.lien("backup", "copie.lien"), 2)
    assertStatus(try project.lien("imports", "undo", "3"), 0)
    XCTAssertNotEqual(try project.lien("verify").output, before)
    assertStatus(try project.lien("restore", "copie.lien"), 2)
    assertStatus(try project.lien("restore", "copie.lien", "--force"), 0)
    XCTAssertEqual(try project.lien("verify").output, before)
    assertStatus(try project.lien("verify", String(before.prefix(12))), 0)
    assertStatus(try project.lien("verify", "0123456789abcdef"), 1)
    try project.sheet("pas-une-sauvegarde.lien", "bonjour")
    let wrong = try project.lien("restore", "pas-une-sauvegarde.lien", "--force")
    XCTAssertNotEqual(wrong.status, 0)
    XCTAssertEqual(try project.lien("verify").output, before)
  }

  func testNamesStandInNoFileButTheIdentities() throws {
    let project = try project()
    let store = try Data(contentsOf: URL(fileURLWithPath: project.path + "/lien.sqlite"))
    for name in ["Martin", "Chloé"] {
      XCTAssertNil(store.range(of: Data(name.utf8)), name)
    }
  }

  func testATemplateFilledInIsUnderstood() throws {
    let project = try project()
    let template = try project.lien("template", "attendance", "--quiet")
    assertStatus(template, 0)
    try project.sheet("modele.csv", template.output + "s2,Emma Noir,,,x,,,,\n")
    let run = try project.lien("import", "modele.csv")
    assertStatus(run, 0)
    assertContains(run.output, "+1")
  }
}
