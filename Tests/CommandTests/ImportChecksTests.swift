import Foundation
import TestSupport
import XCTest

/// What an import says of a sheet beside what the store knows.
final class ImportChecksTests: XCTestCase {
  /// Without no-break spaces.
  private func plain(_ text: String) -> String {
    text.replacingOccurrences(of: "\u{A0}", with: " ")
      .replacingOccurrences(of: "\u{202F}", with: " ")
  }

  private func project() throws -> TestProject {
    let project = try TestProject()
    try project.sheet(
      "residences.csv",
      "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\nlilas;Les Lilas\n")
    try project.sheet(
      "registre.csv",
      """
      Identifiant;Résidence;Arrivée;Départ
      P1;tilleuls;01/01/2020;
      P2;tilleuls;01/01/2021;
      P3;tilleuls;01/01/2022;01/06/2024
      P4;tilleuls;01/01/2022;

      """)
    try project.sheet(
      "seances.csv", "Séance;Résidence;Date;Activité\ns1;tilleuls;05/03/2024;Repas\n")
    assertStatus(try project.lien("import", "residences.csv", "registre.csv", "seances.csv"), 0)
    return project
  }

  func testLinksThatLeadNowhereAreToldAndNotRefused() throws {
    let project = try project()
    try project.sheet(
      "presences.csv",
      "Séance;Personne;Présence\ns1;P1;x\nsecret-x;P1;x\nsecret-y;P2;x\ns1;Zoé Secret;x\n")
    let run = try project.lien("import", "presences.csv")
    assertStatus(run, 0)
    assertContains(plain(run.output), "2 séances inconnues (« secret-x », « secret-y »)")
    assertContains(plain(run.output), "leurs présences ne compteront pas")
    assertContains(plain(run.output), "1 personne absente du registre : « Zoé Secret »")

    try project.sheet("fautes.csv", "Séance;Résidence;Date\ns8;tileuls;05/03/2024\n")
    let slip = try project.lien("import", "fautes.csv")
    assertStatus(slip, 0)
    assertContains(
      plain(slip.output),
      "1 résidence inconnue : « tileuls » — vouliez-vous dire « tilleuls »")
  }

  func testJSONHoldsCountsOfUnknownLinksAndNoValueNorHeading() throws {
    let project = try project()
    try project.sheet(
      "presences.csv", "Séance;Personne;Adèle Secret\nsecret-x;Zoé Secret;1\n")
    let run = try project.lien("import", "presences.csv", "--json")
    assertStatus(run, 0)
    assertContains(plain(run.output), "link.unknown-activity")
    assertContains(plain(run.output), "link.unknown-resident")
    assertContains(plain(run.output), "\"position\":3")
    let shown = try project.lien("imports", "show", "4", "--json")
    assertStatus(shown, 0)
    for output in [run.output, shown.output] {
      XCTAssertFalse(output.lowercased().contains("secret"), output)
    }
    // The terminal keeps the heading's text.
    assertContains(try project.lien("imports", "show", "4").output, "Adèle Secret")
  }

  func testAResidenceMayBeSaidByItsName() throws {
    let project = try project()
    try project.sheet(
      "suite.csv", "Séance;Résidence;Date\ns5;LES TILLEULS;05/03/2024\ns6;Lilas;06/03/2024\n")
    let run = try project.lien("import", "suite.csv")
    assertStatus(run, 0)
    assertContains(plain(run.output), "« LES TILLEULS » lu « tilleuls »")
    XCTAssertFalse(run.output.contains("inconnue"), run.output)
    let sessions = try project.lien(
      "compute", "seances", "--period", "2024", "--by", "residence", "--format", "csv")
    assertContains(sessions.output, "tilleuls")
    XCTAssertFalse(sessions.output.contains("LES TILLEULS"))
  }

  func testAnUnknownResidenceOptionIsRefusedWithTheNearest() throws {
    let project = try project()
    try project.sheet("s.csv", "Séance;Date\ns7;05/03/2024\n")
    let wrong = try project.lien("import", "s.csv", "--residence", "tileuls")
    assertStatus(wrong, 2)
    assertContains(wrong.errors, "vouliez-vous dire « tilleuls »")
    assertStatus(try project.lien("import", "s.csv", "--residence", "Les Tilleuls"), 0)
    // A sheet of residences brings new ones.
    try project.sheet("r.csv", "Résidence;Nom de la résidence\nchenes;Les Chênes\n")
    assertStatus(try project.lien("import", "r.csv", "--residence", "chenes"), 0)
  }

  func testAStayThatOverlapsAnotherResidencesRegisterIsSetAside() throws {
    let project = try project()
    try project.sheet(
      "lilas.csv",
      """
      Identifiant;Résidence;Arrivée;Départ
      P1;lilas;01/02/2024;
      P3;lilas;01/06/2024;
      P9;lilas;01/06/2024;

      """)
    let run = try project.lien("import", "lilas.csv")
    assertStatus(run, 3)
    assertContains(plain(run.output), "chevauche un séjour déjà enregistré")
    assertContains(plain(run.output), "ligne 2")
    assertContains(plain(run.output), "2 gardées")
    // The same register again overlaps nothing: it replaces its own residence.
    assertStatus(try project.lien("import", "registre.csv"), 0)
  }

  func testARegisterThatLosesMostOfItsStaysIsWarnedOf() throws {
    let project = try project()
    try project.sheet("court.csv", "Identifiant;Résidence;Arrivée\nP1;tilleuls;01/01/2020\n")
    let dry = try project.lien("import", "court.csv", "--dry-run")
    assertContains(dry.errors, "3 séjours n’y seraient plus")
    let run = try project.lien("import", "court.csv")
    assertStatus(run, 0)
    assertContains(run.errors, "3 séjours n’y sont plus (imports undo 4 les rend)")
    assertStatus(try project.lien("imports", "undo", "4"), 0)
  }

  func testStaysWithoutABeginningAreCounted() throws {
    let project = try project()
    try project.sheet(
      "lilas.csv",
      "Identifiant;Résidence;Qualité;Arrivée\nL1;lilas;habitant;\nL2;lilas;voisin;\n"
        + "L3;lilas;habitant;05/03/2024\n")
    let run = try project.lien("import", "lilas.csv")
    assertStatus(run, 0)
    assertContains(plain(run.output), "« Arrivée » manque sur 1 ligne")
  }

  func testRejectsFilesGoWithTheirImportAndAreNotCopied() throws {
    let project = try project()
    let folder = project.path + "/private/rejets"
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
    try project.sheet(
      "suite.csv", "Séance;Résidence;Date\ns3;tilleuls;19/03/2024\ns4;tilleuls;31/02/2024\n")
    assertStatus(try project.lien("import", "suite.csv"), 3)
    XCTAssertEqual(try files(), ["4-suite.csv"])
    let rejects = folder + "/4-suite.csv"
    // Not corrected: nothing new, no other file, no other import.
    let same = try project.lien("import", rejects)
    assertStatus(same, 3)
    XCTAssertEqual(try files(), ["4-suite.csv"])
    assertStatus(try project.lien("imports", "show", "5"), 2)
    // Corrected whole: nothing is left to correct.
    let text = try String(contentsOfFile: rejects, encoding: .utf8)
    try text.replacingOccurrences(of: "31/02/2024", with: "28/02/2024")
      .write(toFile: rejects, atomically: true, encoding: .utf8)
    assertStatus(try project.lien("import", rejects), 0)
    XCTAssertEqual(try files(), [])
    // Undone: its file goes as well.
    try project.sheet("autre.csv", "Séance;Résidence;Date\ns9;tilleuls;31/02/2024\n")
    assertStatus(try project.lien("import", "autre.csv"), 3)
    XCTAssertEqual(try files(), ["6-autre.csv"])
    assertStatus(try project.lien("imports", "undo", "6"), 0)
    XCTAssertEqual(try files(), [])
  }

  func testRejectsCorrectedInPartAreTakenOverByTheNewFile() throws {
    let project = try project()
    let folder = project.path + "/private/rejets"
    try project.sheet(
      "suite.csv", "Séance;Résidence;Date\ns3;tilleuls;30/02/2024\ns4;tilleuls;31/02/2024\n")
    assertStatus(try project.lien("import", "suite.csv"), 3)
    let rejects = folder + "/4-suite.csv"
    let text = try String(contentsOfFile: rejects, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "31/02/2024", with: "28/02/2024").utf8)
      .write(to: URL(fileURLWithPath: rejects))
    assertStatus(try project.lien("import", rejects), 3)
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: folder), ["5-suite.csv"])
  }

  func testAGridOfNamesByDatesIsUnderstood() throws {
    let project = try project()
    let grid = "Nom;05/03/2024;12/03/2024;19/03/2024\nMartin;x;x;a\nPetit;;x;bof\nTotal;1;2;0\n"
    try project.sheet("grille.csv", grid)
    let placeless = try project.lien("import", "grille.csv")
    assertStatus(placeless, 2)
    assertContains(placeless.errors, "--residence")
    let run = try project.lien("import", "grille.csv", "--residence", "tilleuls")
    assertStatus(run, 3)
    let told = plain(run.output)
    assertContains(told, "grille noms × dates")
    assertContains(told, "D3")
    assertContains(told, "marque inconnue")
    assertContains(told, "Séances +3")
    assertContains(told, "Présences +4")
    // The same sheet again changes nothing; a corrected one changes its own sessions only.
    let again = try project.lien("import", "grille.csv", "--residence", "tilleuls")
    assertContains(plain(again.output), "Rien de nouveau")
    try project.sheet("corrigee.csv", grid.replacingOccurrences(of: "bof", with: "x"))
    let corrected = try project.lien("import", "corrigee.csv", "--residence", "tilleuls")
    assertStatus(corrected, 0)
    assertContains(plain(corrected.output), "Présences +1")
    // Two readings of the dates: asked about.
    try project.sheet("doute.csv", "Nom;03/04/2024;05/06/2024;07/08/2024\nMartin;x;x;x\n")
    let asked = try project.lien("import", "doute.csv", "--residence", "tilleuls")
    assertStatus(asked, 2)
    assertContains(asked.errors, "--date-order")
    assertStatus(
      try project.lien(
        "import", "doute.csv", "--residence", "tilleuls", "--date-order", "dmy"), 0)
  }

  func testASheetReadWithoutItsPeopleSaysSo() throws {
    let project = try project()
    try project.sheet(
      "s.csv", "Séance;Résidence;Date;Gens venus\ns7;tilleuls;05/03/2024;Zoé\n")
    let run = try project.lien("import", "s.csv")
    assertStatus(run, 0)
    assertContains(plain(run.output), "Attention")
    assertContains(plain(run.output), "aucune personne ni effectif reconnu")
    try project.sheet("p.csv", "Séance;Participants\ns7;P1\ns7;P2\n")
    let plural = try project.lien("import", "p.csv")
    assertStatus(plural, 0)
    assertContains(plural.output, "Présences +2")
  }
}
