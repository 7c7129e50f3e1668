import Foundation
import TestSupport
import XCTest

/// Names on sheets, from the register to the figures, as a user goes through it.
final class PeopleImportTests: XCTestCase {
  private static let register = """
    Identifiant;Résidence;Nom;Prénom;Logement;Année de naissance;Sexe;Arrivée
    R1;tilleuls;Dupont;Marie;A01;1950;F;01/01/2020
    R2;tilleuls;Diallo;Mohamed;A12;1970;M;01/01/2020
    R3;tilleuls;Diallo;Mohamed;B07;1991;M;01/01/2020
    R4;tilleuls;Lefèvre;Jean-Pierre;B01;1960;M;01/01/2020

    """
  private static let sheet = """
    Date;Activité;Résidence;Nom et prénom
    05/03/2024;Jardin;tilleuls;DUPONT Marie
    05/03/2024;Jardin;tilleuls;JP Lefevre
    05/03/2024;Jardin;tilleuls;Mohamed Diallo
    05/03/2024;Jardin;tilleuls;Zoé Nakamura
    12/03/2024;Jardin;tilleuls;Mohamed Diallo (B07)
    12/03/2024;Jardin;tilleuls;Mme Dupont
    12/03/2024;Jardin;tilleuls;?

    """

  /// A project with the register and one sheet, two rows of which wait.
  private func project() throws -> TestProject {
    let p = try TestProject()
    try p.sheet("registre.csv", Self.register)
    try p.sheet("presences.csv", Self.sheet)
    assertStatus(try p.lien("import", "registre.csv"), 0)
    let run = try p.lien("import", "presences.csv")
    assertStatus(run, 3)
    assertContains(run.output, "3\u{A0}connues, 1\u{A0}absente du registre, 2\u{A0}noms à vérifier")
    return p
  }

  func testTheRejectsFileNamesTheCandidates() throws {
    let p = try project()
    let file = try String(
      contentsOf: URL(fileURLWithPath: p.path + "/private/rejets/2-presences.csv"), encoding: .utf8)
    assertContains(file, diallo12)
    assertContains(file, diallo7)
    // A row corrected by hand waits no more.
    try p.sheet("corrige.csv", file.replacing(";Mohamed Diallo", with: ";Mohamed Diallo (A12)"))
    assertStatus(try p.lien("import", "corrige.csv"), 3)
    XCTAssertEqual(try attendance(p)[diallo12], 1)
    assertContains(try p.lien("people", "review").output, "1/1  ?")
  }

  /// The attendance of each person, by identifier of the register or name.
  private func attendance(_ p: TestProject) throws -> [String: Int] {
    var out: [String: Int] = [:]
    for line in try p.lien("people").output.split(separator: "\n").dropFirst() {
      let parts = line.split(separator: "\u{A0}")
      let count = parts.count > 1 ? Int(parts.last ?? "") : nil
      let name = line.dropFirst(17).prefix { $0 != "(" }.split(separator: "  ").first ?? ""
      out[String(name)] = count ?? 0
    }
    return out
  }

  /// Fills the review sheet in: a decision for each name.
  private func decide(_ p: TestProject, _ decisions: [String: String]) throws -> Program.Run {
    let sheet = try p.lien("people", "review", "--out", "-").output
    let rows = sheet.split(whereSeparator: \.isNewline).map { line -> String in
      let name = String(line.prefix { $0 != ";" })
      return String(line) + (decisions[name] ?? "")
    }
    try p.sheet("noms.csv", rows.joined(separator: "\n") + "\n")
    return try p.lien("people", "review", "noms.csv")
  }

  private let marie = "Dupont Marie, logement A01, née en 1950"
  private let diallo12 = "Diallo Mohamed, logement A12, né en 1970"
  private let diallo7 = "Diallo Mohamed, logement B07, né en 1991"
  private let lefevre = "Lefèvre Jean-Pierre, logement B01, né en 1960"
  private let zoe = "Zoé Nakamura"

  func testNamesAreReadUnsureOnesWaitAndComeInOnceDecided() throws {
    let p = try project()
    XCTAssertEqual(
      try attendance(p), [marie: 2, diallo12: 0, diallo7: 1, lefevre: 1, zoe: 1])
    let run = try decide(p, ["Mohamed Diallo": "1", "?": "personne"])
    assertStatus(run, 0)
    assertContains(run.output, "2 décisions")
    XCTAssertEqual(
      try attendance(p), [marie: 2, diallo12: 1, diallo7: 1, lefevre: 1, zoe: 1])
    assertContains(try p.lien("people", "review").output, "Aucun nom")
    // The same sheet says nothing new; nothing waits in it any more.
    let again = try p.lien("import", "presences.csv")
    assertStatus(again, 0)
    assertContains(again.output, "Rien de nouveau")
    XCTAssertEqual(
      try attendance(p), [marie: 2, diallo12: 1, diallo7: 1, lefevre: 1, zoe: 1])
  }

  func testADecisionHoldsForLaterSheetsOfItsResidence() throws {
    let p = try project()
    assertStatus(try decide(p, ["Mohamed Diallo": "2"]), 0)
    try p.sheet(
      "avril.csv",
      """
      Date;Activité;Résidence;Nom et prénom
      02/04/2024;Jardin;tilleuls;mohamed  DIALLO

      """)
    let run = try p.lien("import", "avril.csv")
    assertStatus(run, 0)
    assertContains(run.output, "n° 1")
    XCTAssertEqual(try attendance(p)[diallo7], 3)
    try p.sheet(
      "ailleurs.csv",
      """
      Date;Activité;Résidence;Nom et prénom
      02/04/2024;Jardin;mimosas;Mohamed Diallo

      """)
    // Nobody of that name lives in the other residence.
    assertContains(try p.lien("import", "ailleurs.csv").output, "1\u{A0}absente du registre")
    XCTAssertEqual(try attendance(p)[diallo7], 3)
  }

  func testADecisionTakenBackMakesItsRowsWaitAgain() throws {
    let p = try project()
    assertStatus(try decide(p, ["Mohamed Diallo": "1", "?": "nouveau"]), 0)
    let before = try attendance(p)
    XCTAssertEqual(before[diallo12], 1)
    XCTAssertEqual(before["?"], 1)
    assertContains(try p.lien("people", "review", "--list").output, "Mohamed Diallo (tilleuls)")
    assertStatus(try p.lien("people", "review", "--undo", "1"), 0)
    let after = try attendance(p)
    XCTAssertEqual(after[diallo12], 0)
    XCTAssertEqual(after["?"], 1)
    assertContains(try p.lien("people", "review").output, "1/1  Mohamed Diallo")
    assertStatus(try p.lien("people", "review", "--undo", "1"), 2)
  }

  func testUndoTakesAnImportBackAfterItsDecisions() throws {
    let p = try project()
    assertStatus(try decide(p, ["Mohamed Diallo": "1"]), 0)
    // The rows that were decided on complete the import: they go first.
    assertStatus(try p.lien("imports", "undo", "2"), 1)
    assertStatus(try p.lien("imports", "undo", "3"), 0)
    assertStatus(try p.lien("imports", "undo", "2"), 0)
    XCTAssertEqual(try attendance(p), [marie: 0, diallo12: 0, diallo7: 0, lefevre: 0])
    assertContains(try p.lien("people", "review").output, "Aucun nom")
    // The decision is remembered.
    let again = try p.lien("import", "presences.csv")
    assertStatus(again, 3)
    assertContains(again.output, "1\u{A0}nom à vérifier")
    XCTAssertEqual(try attendance(p)[diallo12], 1)
  }

  func testTheOrderOfAReviewSheetDecidesNothing() throws {
    let p = try project()
    let run = try decide(p, ["Mohamed Diallo": "7"])
    assertStatus(run, 3)
    assertContains(run.errors, "noms.csv:2")
    XCTAssertFalse(run.errors.contains("Diallo"))
    try p.sheet("autre.csv", "a;b\n1;2\n")
    assertStatus(try p.lien("people", "review", "autre.csv"), 2)
    assertStatus(try p.lien("people", "review", "rien.csv"), 5)
  }

  func testNamesInTwoColumnsAndSessionsByTheirIdentifier() throws {
    let p = try TestProject()
    try p.sheet("registre.csv", Self.register + "M1;mimosas;Diallo;Mohamed;C03;1980;M;01/01/2020\n")
    try p.sheet(
      "seances.csv",
      """
      Id séance;Date;Activité;Résidence
      S1;05/03/2024;Jardin;tilleuls
      S2;05/03/2024;Jardin;mimosas

      """)
    try p.sheet(
      "presences.csv",
      """
      Id séance;Nom;Prénom;Résidence
      S1;DUPOND;Marie;tilleuls
      S2;Diallo;Mohamed;mimosas

      """)
    try p.sheet("mimosas.csv", "Id séance;Nom et prénom\nS2;Mohamed Diallo\nS1;Mohamed Diallo\n")
    assertStatus(try p.lien("import", "registre.csv", "seances.csv"), 0)
    let two = try p.lien("import", "presences.csv")
    XCTAssertEqual(try attendance(p)["Diallo Mohamed, logement C03, né en 1980"], 1, two.output)
    let one = try p.lien("import", "mimosas.csv")
    assertContains(one.output, "1\u{A0}connue, 1\u{A0}nom à vérifier")
  }

  func testIdentifiersStayExactAndProjectsWithoutRegisterAsTheyWere() throws {
    let p = try TestProject()
    let sheet = "Date;Activité;Résidence;Personne\n05/03/2024;Jardin;tilleuls;R2\n"
    try p.sheet("presences.csv", sheet)
    try p.sheet("noms.csv", sheet.replacing("R2", with: "Mohamed Diallo"))
    XCTAssertFalse(try p.lien("import", "noms.csv").output.contains("Personnes"))
    assertStatus(try p.lien("imports", "undo", "1"), 0)
    try p.sheet("registre.csv", Self.register)
    assertStatus(try p.lien("import", "registre.csv"), 0)
    assertStatus(try p.lien("import", "presences.csv"), 0)
    XCTAssertEqual(try attendance(p)[diallo12], 1)
  }

  func testACellBesideTheNameTellsHomonymsApart() throws {
    let p = try project()
    for (name, headings, cells) in [
      ("a.csv", "Nom et prénom;Appt", ";B 07"), ("b.csv", "Nom et prénom;Âge", ";33"),
      ("c.csv", "Nom et prénom;Année de naissance", ";1991"),
    ] {
      try p.sheet(
        name,
        "Date;Activité;Résidence;\(headings)\n09/04/2024;\(name);tilleuls;Mohamed Diallo\(cells)\n")
      let run = try p.lien("import", name)
      assertStatus(run, 0)
      XCTAssertFalse(run.output.contains("non lues"), run.output)
    }
    XCTAssertEqual(try attendance(p)[diallo7], 4)
    // A flat that is neither's is no clue to either.
    try p.sheet(
      "d.csv",
      "Date;Activité;Résidence;Nom;Prénom;Appt\n09/04/2024;Loto;tilleuls;Diallo;Mohamed;B01\n")
    assertStatus(try p.lien("import", "d.csv"), 3)
    assertStatus(try decide(p, ["Diallo, Mohamed (B01)": "1"]), 0)
    let both = try attendance(p)
    XCTAssertEqual((both[diallo7] ?? 0) + (both[diallo12] ?? 0), 5)
    assertStatus(try p.lien("import", "d.csv"), 0)
  }

  func testTwoPersonsMadeOneCountOnce() throws {
    let p = try project()
    try p.sheet(
      "seances.csv",
      """
      Date;Activité;Résidence;Nom et prénom
      19/03/2024;Loto;tilleuls;Zoé Nakamura
      19/03/2024;Loto;tilleuls;Zaza Nakamura

      """)
    assertStatus(try p.lien("import", "seances.csv"), 0)
    XCTAssertEqual(try attendance(p)[zoe], 2)
    XCTAssertEqual(try attendance(p)["Zaza Nakamura"], 1)
    let identifiers = try p.lien("people").output.split(separator: "\n").filter {
      $0.contains("Nakamura")
    }.map { String($0.dropFirst(2).prefix(13)) }
    let (zaza, zoeID) = (try XCTUnwrap(identifiers.last), try XCTUnwrap(identifiers.first))
    assertStatus(try p.lien("people", "merge", zoeID, zaza), 0)
    // Both were at the Loto: that is one presence.
    let shown = try p.lien("people").output
    XCTAssertEqual(try attendance(p).values.reduce(0, +), 6, shown)
    assertStatus(try p.lien("people", "merge", zaza, zoeID), 2)
    assertStatus(try p.lien("people", "split", zaza), 0)
    XCTAssertEqual(try attendance(p).values.reduce(0, +), 7)
    // Two neighbours who live there at the same time are not one.
    assertStatus(try p.lien("people", "merge", "R2", "R3"), 2)
  }

  func testOnlyTheTerminalShowsNames() throws {
    let p = try project()
    assertStatus(try decide(p, ["Mohamed Diallo": "1"]), 0)
    assertContains(try p.lien("people", "show", "R2").output, "Mohamed Diallo (n° 1)")
    for line in [
      ["people", "--json"], ["people", "--quiet"], ["people", "show", "R2", "--json"],
      ["people", "review", "--json"], ["people", "review", "--quiet"],
      ["import", "presences.csv", "--json"], ["imports", "show", "2", "--json"],
    ] {
      let run = try Program.run(
        line, in: p.workdir.path, environment: ["LIEN_PROJECT": p.path, "LIEN_HOME": Places.root])
      // The folder's own name, drawn at random, may hold what looks like a flat.
      let output = run.output.replacingOccurrences(of: p.workdir.path, with: "")
      for name in ["Diallo", "Mohamed", "Nakamura", "A12"] {
        XCTAssertFalse(output.contains(name), line.joined(separator: " ") + output)
      }
    }
    let unknown = try p.lien("people", "show", "Diallo")
    assertStatus(unknown, 2)
    XCTAssertFalse(unknown.errors.contains("Diallo"))
  }

  func testTheTerminalAsksOneNameAfterTheOther() throws {
    let p = try project()
    let terminal = try Terminal(
      ["people", "review"],
      environment: ["LIEN_PROJECT": p.path, "LIEN_HOME": Places.root, "TERM": "xterm"])
    XCTAssertTrue(terminal.waits(for: "arrêter", seconds: 20), terminal.shown)
    terminal.type("2\n")
    XCTAssertTrue(terminal.waits(for: "2/2", seconds: 20), terminal.shown)
    terminal.type("p\n")
    XCTAssertEqual(terminal.ends(), 0)
    XCTAssertEqual(try attendance(p)[diallo7], 2)
    assertContains(try p.lien("people", "review").output, "1/1  ?")
  }
}
