import Foundation
import TestSupport
import XCTest

/// The month's grid names the register's people and the month's sessions, for its owner alone; it
/// comes back without a question, and says what it was given with.
final class TemplateTests: XCTestCase {
  private var project: TestProject!

  /// The columns of the sessions of `seances`, in the order of the grid.
  private let (first, second, third) = (3, 4, 5)

  override func setUpWithError() throws {
    project = try TestProject()
    try project.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    try project.sheet(
      "registre.csv",
      """
      Personne;Résidence;Nom;Prénom;Logement;Arrivée;Départ
      R1;tilleuls;Martin;Adèle;A1;01/01/2020;
      R2;tilleuls;Martin;Adèle;B7;01/01/2020;
      R3;tilleuls;Petit;Bruno;A2;01/01/2020;
      R4;tilleuls;Roux;Chloé;A3;01/01/2020;01/02/2024
      R5;tilleuls;Diallo;Ali;A4;01/01/2020;

      """)
    // Two of one title on one day, with an hour and identifiers of their own.
    try project.sheet(
      "seances.csv",
      """
      Séance;Résidence;Date;Heure;Activité;Thème
      S1;tilleuls;05/03/2024;10h;Jardin;
      S2;tilleuls;05/03/2024;15h;Jardin;
      S3;tilleuls;12/03/2024;;Animation;

      """)
    let all = try project.lien("import", "residences.csv", "registre.csv", "seances.csv")
    assertStatus(all, 0)
  }

  /// Writes the month's grid; what it holds, hidden cells too.
  private func grid(_ month: String = "2024-03", _ name: String = "grille.xlsx") throws -> SheetText
  {
    let made = try project.lien(
      "template", "attendance", "--residence", "Les Tilleuls", "--month", month, "--out", name,
      "--force")
    assertStatus(made, 0)
    return SheetText(try project.lien("preview", name, "--grid").output)
  }

  private func bring(_ sheet: SheetText, _ name: String = "rempli.csv") throws -> Program.Run {
    try project.sheet(name, sheet.csv)
    return try project.lien("import", name)
  }

  /// What is known of the presences of March, as the export gives it.
  private func presences() throws -> [[String]] {
    let folder = project.workdir.path + "/export"
    try? FileManager.default.removeItem(atPath: folder)
    assertStatus(try project.lien("export", folder), 0)
    let text = try String(contentsOfFile: folder + "/attendance.csv", encoding: .utf8)
    let sheet = SheetText(text)
    let columns = ["session", "headcount", "group", "status", "role", "minutes"].map {
      sheet.rows[0].firstIndex(of: $0) ?? 0
    }
    return sheet.rows.dropFirst().map { row in columns.map { row[$0] } }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  func testTheGridOfAMonthIsForItsOwnerAndHoldsTheMonthsPeopleAndSessions() throws {
    let made = try project.lien(
      "template", "attendance", "--residence", "Les Tilleuls", "--month", "2024-03")
    assertStatus(made, 0)
    let path = project.path + "/private/modeles/presences-tilleuls-2024-03.xlsx"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
    let sheet = SheetText(try project.lien("preview", path, "--grid").output)
    let head = try XCTUnwrap(sheet.row("Nom et prénom", in: 2))
    XCTAssertEqual(sheet.rows[head][3...], ["2024-03-05", "2024-03-05", "2024-03-12"])
    XCTAssertEqual(sheet.rows[head - 1][2...], ["Heure", "10:00", "15:00", ""])
    XCTAssertEqual(sheet.rows[head - 2][2...], ["Activité", "Jardin", "Jardin", "Animation"])
    XCTAssertEqual(
      sheet.rows[(head + 1)...].prefix(4).map { $0[2] },
      ["Diallo Ali", "Martin Adèle (A1)", "Martin Adèle (B7)", "Petit Bruno"])
    XCTAssertNil(sheet.row("Roux Chloé", in: 2), "gone in March")
    assertStatus(try project.lien("template", "attendance", "--residence", "tilleuls"), 2)
    let again = try project.lien(
      "template", "attendance", "--residence", "tilleuls", "--month", "2024-03")
    assertStatus(again, 2)
  }

  func testAFilledGridNeedsNoQuestion() throws {
    var sheet = try grid()
    sheet["Martin Adèle (B7)", first] = "x"
    sheet["Martin Adèle (A1)", second] = "x"
    sheet["Petit Bruno", second] = "E"
    sheet["Diallo Ali", third] = "A"
    let run = try bring(sheet)
    assertStatus(run, 0)
    assertContains(run.output, "Présences +4.")
    XCTAssertFalse(run.output.contains("Séances +"), run.output)
    XCTAssertFalse(run.output.contains("masquées"), run.output)
    XCTAssertEqual(
      try presences().map { [$0[0], $0[3]] },
      [["S1", "present"], ["S2", "excused"], ["S2", "present"], ["S3", "absent"]])
    // The homonyms are told apart, though both bear one name.
    try project.sheet(
      "qui.csv", "Séance;Personne;Présence\nS1;R2;x\nS2;R1;x\nS2;R3;E\nS3;R5;A\n")
    let who = try project.lien("import", "qui.csv", "--dry-run")
    assertContains(who.output, "aucune ligne ne change")
    // Given again: nothing new. Made again: it holds what is known, and says nothing new.
    assertContains(try bring(sheet).output, "Rien de nouveau")
    let known = try grid()
    XCTAssertEqual(known["Martin Adèle (B7)", first], "x")
    XCTAssertEqual(known["Petit Bruno", second], "E")
    XCTAssertEqual(known["Diallo Ali", third], "A")
    XCTAssertEqual(known["Diallo Ali", first], "")
    let same = try project.lien("import", "grille.xlsx")
    assertStatus(same, 0)
    assertContains(same.output, "Rien de nouveau")
  }

  /// Presences with all that a grid has no word for.
  private func bringRichPresences() throws {
    try project.sheet(
      "presences.csv",
      """
      Séance;Personne;Nombre;Groupe compté;Présence;Rôle;Minutes de présence;Observations
      S1;R1;;;Présent;Porteur de la séance;45;a tout préparé
      S1;R3;;;Présent;Bénévole;;
      S1;Jeanne Quidam;;;Présent;;;
      S1;;12;enfants;;;;
      S1;;3;;;;;

      """)
    assertStatus(try project.lien("import", "presences.csv"), 0)
  }

  func testWhatAGridHasNoWordForIsKept() throws {
    try bringRichPresences()
    let before = try presences()
    let sheet = try grid()
    XCTAssertEqual(sheet["Jeanne Quidam", first], "x")
    XCTAssertEqual(sheet["enfants", first], "12")
    XCTAssertEqual(sheet["Personnes sans nom", first], "3")
    assertContains(try bring(sheet).output, "Rien de nouveau")
    // One more, one late, one gone, another number: the rest stays as it was.
    var changed = sheet
    changed["Diallo Ali", first] = "x"
    changed["Petit Bruno", first] = ""
    changed["Martin Adèle (B7)", first] = "R"
    changed["enfants", first] = "11"
    let run = try bring(changed)
    assertStatus(run, 0)
    assertContains(run.output, "Présences +2, −1, 1 modifiée")
    var expected = before.filter { $0[4] != "volunteer" && $0[1] != "12" }
    expected.append(["S1", "11", "enfants", "present", "participant", ""])
    expected += [[String]](
      repeating: ["S1", "", "", "present", "participant", ""], count: 2)
    XCTAssertEqual(
      try presences(), expected.sorted { $0.lexicographicallyPrecedes($1) })
    XCTAssertTrue(try presences().contains(["S1", "", "", "present", "lead", "45"]))
  }

  func testMarksThatAreAllErasedAreAskedAboutNotLost() throws {
    try bringRichPresences()
    let before = try project.lien("verify").output
    var sheet = try grid()
    for name in ["Martin Adèle (A1)", "Petit Bruno", "Jeanne Quidam", "enfants"] {
      sheet[name, first] = ""
    }
    sheet["Personnes sans nom", first] = ""
    let blank = try bring(sheet)
    assertStatus(blank, 5)
    assertContains(blank.errors, "ne porte encore aucune marque")
    sheet["Diallo Ali", third] = "x"
    let run = try bring(sheet)
    assertStatus(run, 0)
    assertContains(run.output, "toutes les marques de cette séance ont été effacées")
    assertContains(run.output, "Présences +1.")
    assertStatus(try project.lien("imports", "undo", "5"), 0)
    XCTAssertEqual(try project.lien("verify").output, before)
    // Said in so many words, the session did not take place.
    sheet["Diallo Ali", first] = "annulé"
    let cancelled = try bring(sheet)
    assertStatus(cancelled, 0)
    assertContains(cancelled.output, "Séances 1 modifiée")
  }

  func testAnOldBlankGridThatTakesMuchAwayIsWarnedOf() throws {
    var old = try grid()
    try bringRichPresences()
    old["Diallo Ali", first] = "x"
    try project.sheet("vieille.csv", old.csv)
    let dry = try project.lien("import", "vieille.csv", "--dry-run")
    assertContains(dry.errors, "5 présences entrées auparavant pour ses séances")
    assertContains(dry.errors, "elles seraient retirées")
    let run = try bring(old)
    assertContains(run.errors, "imports undo 5 les rend")
    assertContains(run.output, "Présences +1, −5")
  }

  func testNamesAndColumnsThatAreTypedOverAreWhatTheySay() throws {
    var sheet = try grid()
    // Another name on a printed line, a visitor on a blank one, a copied column for another day.
    let line = try XCTUnwrap(sheet.row("Petit Bruno", in: 2))
    sheet.rows[line][2] = "Zoé Nouvelle"
    sheet.rows[line][first] = "x"
    let visitors = try XCTUnwrap(sheet.row("Visiteurs : écrivez leur nom", in: 2))
    sheet.rows[visitors + 1][2] = "Ursule Visiteuse"
    sheet.rows[visitors + 1][first] = "x"
    sheet["Diallo Ali", third] = "x"
    let head = try XCTUnwrap(sheet.row("Nom et prénom", in: 2))
    for row in sheet.rows.indices {
      sheet.rows[row].append(row == head ? "26/03/2024" : sheet.rows[row][third])
    }
    let run = try bring(sheet)
    assertStatus(run, 0)
    assertContains(run.output, "Séances +1")
    assertContains(run.output, "Présences +4")
    let list = try project.lien("people").output
    assertContains(list, "Zoé Nouvelle")
    assertContains(list, "Ursule Visiteuse")
    XCTAssertEqual(
      try presences().map { $0[0] }, ["S1", "S1", "S3", "tilleuls|2024-03-26|animation"])
    // The new session is one of the month's from now on.
    let next = try grid()
    XCTAssertEqual(next["Diallo Ali", 6], "x")
    XCTAssertEqual(next["Zoé Nouvelle", first], "x")
  }

  func testAMonthWithoutSessionsProposesDaysToFillIn() throws {
    var sheet = try grid("2024-07")
    let head = try XCTUnwrap(sheet.row("Nom et prénom", in: 2))
    XCTAssertEqual(sheet.rows[head][3], "2024-07-03", "a Wednesday")
    assertStatus(try project.lien("import", "grille.xlsx"), 5)
    sheet.rows[head - 2][3] = "Budget"
    sheet.rows[head - 1][3] = "14h30"
    sheet["Petit Bruno", 3] = "x"
    let run = try bring(sheet)
    assertStatus(run, 0)
    assertContains(run.output, "Séances +1 ; Présences +1")
    XCTAssertEqual(try presences().map { $0[0] }, ["tilleuls|2024-07-03|14:30|budget"])
    let known = try grid("2024-07")
    XCTAssertEqual(known.rows[head][3...], ["2024-07-03"])
    XCTAssertEqual(known["Petit Bruno", 3], "x")
    assertContains(try bring(sheet).output, "Rien de nouveau")
  }

  func testTheGridSurvivesOtherPrograms() throws {
    try bringRichPresences()
    _ = try grid()
    let folder = project.workdir.path
    var copies: [String] = []
    let office = "/usr/bin/soffice"
    if FileManager.default.isExecutableFile(atPath: office) {
      for kind in ["xlsx", "ods"] {
        let run = try Program.run(
          [
            "-env:UserInstallation=file://\(folder)/office", "--headless", "--convert-to", kind,
            "--outdir", folder + "/" + kind, folder + "/grille.xlsx",
          ], in: folder, executable: office)
        assertStatus(run, 0)
        copies.append(kind + "/grille." + kind)
      }
    }
    if let python = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] {
      let code =
        "import openpyxl; w = openpyxl.load_workbook('grille.xlsx'); w.save('autre.xlsx')"
      let run = try Program.run(["-c", code], in: folder, executable: python)
      if run.status == 0 { copies.append("autre.xlsx") }
    }
    if copies.isEmpty { throw XCTSkip("neither LibreOffice nor openpyxl is installed") }
    for copy in copies {
      let run = try project.lien("import", copy)
      assertStatus(run, 0)
      assertContains(run.output, "Rien de nouveau")
      XCTAssertFalse(run.output.contains("masquées"), run.output)
    }
  }
}
