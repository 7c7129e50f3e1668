import Foundation
import TestSupport
import XCTest

/// What is held on a resident, forgetting one, and sensitive data that expire.
final class RightsTests: XCTestCase {
  /// A register of three, their sessions, what is sensitive about them, and a row set aside.
  private func project() throws -> TestProject {
    let p = try TestProject()
    try p.sheet(
      "residences.csv", "Résidence;Nom;Fictif\nLILAS;Les Lilas;oui\n")
    try p.sheet(
      "registre.csv",
      """
      Identifiant;Nom;Prénom;Résidence;Logement;Ménage;Arrivée;Départ;Année de naissance;Sexe;Téléphone;Public prioritaire;Priorité repérée le
      H-101;Zylberstein;Apolline;LILAS;A-77;M-9;2019-03-01;;1951;F;06 11 22 33 44;Senior isolé;2025-02-01
      H-102;Kowalczyk;Barnabé;LILAS;A-78;M-8;2019-03-01;;1990;M;;;
      H-103;Kowalczyk;Célestine;LILAS;A-78;M-8;2019-03-01;;1992;F;;;

      """)
    try p.sheet(
      "seances.csv",
      """
      Séance;Résidence;Date;Activité;Observations
      S1;LILAS;2024-03-05;Tricot;Apolline Zylberstein a apporté la laine
      S2;LILAS;2024-03-12;Tricot;

      """)
    try p.sheet(
      "presences.csv",
      """
      Séance;Personne;Présence;Observations
      S1;H-101;x;arrivée tard
      S1;H-102;x;
      S2;H-101;x;
      S2;H-103;x;
      S2;H-101;peut-être;

      """)
    try p.sheet(
      "besoins.csv",
      """
      Résidence;Date;Personne;Besoin exprimé
      LILAS;2025-04-02;H-101;un baldaquin
      LILAS;2025-04-02;H-102;un local à vélos

      """)
    for sheet in ["residences", "registre", "seances", "presences"] {
      let run = try p.lien("import", sheet + ".csv")
      XCTAssertTrue([0, 3].contains(run.status), run.errors + run.output)
    }
    assertStatus(try p.lien("import", "besoins.csv", "--table", "need"), 0)
    return p
  }

  /// Every byte of the project's files.
  private func holds(_ text: String, in p: TestProject) throws -> [String] {
    let files = FileManager.default
    let wanted = Data(text.utf8)
    return try files.subpathsOfDirectory(atPath: p.path).filter { name in
      guard let bytes = files.contents(atPath: p.path + "/" + name) else { return false }
      return bytes.range(of: wanted) != nil
    }
  }

  func testAllThatIsHeldOnAPersonIsShown() throws {
    let p = try project()
    let shown = try p.lien("people", "show", "H-101")
    assertStatus(shown, 0)
    for part in [
      "Apolline", "Zylberstein", "A-77", "06 11 22 33 44", "Senior isolé", "un baldaquin",
      "arrivée tard", "Présences (2)", "Lignes mises de côté", "presences.csv",
    ] { assertContains(shown.output, part) }
    XCTAssertFalse(shown.output.contains("vélos"), "what is held on another person")
    let json = try p.lien("people", "show", "H-101", "--json")
    XCTAssertFalse(json.output.contains("Zylberstein"))
    assertStatus(try p.lien("people", "show", "H-101", "--out", "acces.txt"), 0)
    let mode =
      try FileManager.default.attributesOfItem(
        atPath: p.workdir.path + "/acces.txt")[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
  }

  func testForgettingLeavesNoByteOfTheNameAndTheFiguresAsTheyWere() throws {
    let p = try project()
    func figure(_ id: String) throws -> String {
      let run = try p.lien("compute", id, "--period", "2024", "--format", "csv")
      assertStatus(run, 0)
      return run.output
    }
    let before = try (figure("participants"), figure("taux-participation"))
    let unconfirmed = try p.lien("people", "forget", "H-101")
    assertStatus(unconfirmed, 2)
    assertContains(unconfirmed.errors, "ne peut pas être défait")
    XCTAssertFalse(try holds("Zylberstein", in: p).isEmpty)

    assertStatus(try p.lien("backup", "avant.lien"), 0)
    let done = try p.lien("people", "forget", "H-101", "--force")
    assertStatus(done, 0)
    assertContains(done.output, "Besoins")
    for text in ["Zylberstein", "Apolline", "H-101", "A-77", "06 11 22 33 44", "baldaquin"] {
      XCTAssertEqual(try holds(text, in: p), [], text)
    }
    // Others are as they were.
    for text in ["Kowalczyk", "A-78", "H-102"] {
      XCTAssertFalse(try holds(text, in: p).isEmpty, text)
    }
    assertContains(try p.lien("people", "show", "H-102").output, "local à vélos")
    XCTAssertEqual(try figure("participants"), before.0)
    XCTAssertEqual(try figure("taux-participation"), before.1)
    assertStatus(try p.lien("people", "show", "H-101"), 2)

    // The year of birth is coarser, flat and flag are gone.
    let plain = try p.lien("export", "sans")
    assertStatus(plain, 0)
    assertContains(plain.errors, "resident.priority")
    let head = try String(contentsOfFile: p.workdir.path + "/sans/resident.csv", encoding: .utf8)
      .prefix { $0 != "\n" }
    XCTAssertFalse(head.contains("priority,"), "what the model restricts leaves unasked")
    XCTAssertFalse(
      FileManager.default.fileExists(atPath: p.workdir.path + "/sans/situation_change.csv"))
    assertStatus(try p.lien("export", "donnees", "--restricted"), 0)
    let rows = try String(contentsOfFile: p.workdir.path + "/donnees/resident.csv", encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let year = try XCTUnwrap(rows[0].firstIndex(of: "birth_year"))
    XCTAssertEqual(rows.dropFirst().map { String($0[year]) }.sorted(), ["1952", "1990", "1992"])
    let priority = try XCTUnwrap(rows[0].firstIndex(of: "priority"))
    XCTAssertEqual(Set(rows.dropFirst().map { String($0[priority]) }), [""])

    // An undone import does not bring anything back; nor does an older backup.
    assertStatus(try p.lien("imports", "undo", "5"), 0)
    let restored = try p.lien("restore", "avant.lien", "--force")
    assertStatus(restored, 0)
    assertContains(restored.output, "effacées de nouveau")
    for text in ["Zylberstein", "Apolline", "A-77"] {
      XCTAssertEqual(try holds(text, in: p), [], text)
    }
  }

  func testWhatIsSensitiveDisappearsWhenItsTimeIsOver() throws {
    let p = try project()
    // Needs are kept 24 months, flags 24 months after they were noted.
    assertContains(
      try p.lien("people", "expire", "--today", "2026-01-01", "--dry-run").output,
      "Rien n’est périmé")
    // Needs of 2 April 2025 last until 2 April 2027: another day would be in the future here, so an
    // older sheet is taken.
    try p.sheet(
      "anciens.csv",
      "Résidence;Date;Personne;Besoin exprimé\nLILAS;2023-01-10;H-103;un banc dehors\n")
    assertStatus(try p.lien("import", "anciens.csv", "--table", "need"), 0)
    let purposes = try p.lien("people", "purposes")
    assertContains(purposes.output, "24 mois après")
    let dry = try p.lien("people", "expire", "--dry-run", "--today", "2025-12-31")
    assertContains(dry.output, "Besoins")
    assertContains(dry.output, "1 ligne effacée")
    XCTAssertFalse(try holds("banc dehors", in: p).isEmpty)
    let fingerprint = try p.lien("verify").output
    assertStatus(try p.lien("people", "expire", "--today", "2025-12-31"), 0)
    XCTAssertEqual(try holds("banc dehors", in: p), [])
    XCTAssertNotEqual(try p.lien("verify").output, fingerprint)
    assertContains(try p.lien("people", "show", "H-101").output, "baldaquin")
    assertContains(
      try p.lien("people", "expire", "--today", "2025-12-31").output, "Rien n’est périmé")
    assertStatus(try p.lien("people", "expire", "--today", "2099-01-01"), 2)

    // A new project has it done after each import.
    let fresh = try Program.run(
      ["init", "neuf"], in: p.workdir.path, environment: ["LIEN_HOME": Places.root])
    assertStatus(fresh, 0)
    assertContains(
      try String(contentsOfFile: p.workdir.path + "/neuf/lien.json5", encoding: .utf8),
      "expiry: \"automatic\"")
    try p.setExpiry("automatic")
    try p.sheet(
      "vieux.csv",
      "Résidence;Date;Personne;Besoin exprimé\nLILAS;2020-01-10;H-103;une tonnelle\n")
    let run = try p.lien("import", "vieux.csv", "--table", "need")
    assertStatus(run, 0)
    assertContains(run.errors, "Données périmées effacées")
    XCTAssertEqual(try holds("tonnelle", in: p), [])
  }
}
