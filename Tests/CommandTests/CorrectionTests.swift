import Foundation
import TestSupport
import XCTest

/// A sheet that comes again, corrected: what changes is told session by session, and nothing goes
/// that a row which was set aside may speak of.
final class CorrectionTests: XCTestCase {
  private var p: TestProject!

  override func setUpWithError() throws {
    p = try TestProject()
    try p.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    try p.sheet(
      "registre.csv",
      """
      Identifiant;Résidence;Nom;Prénom;Logement;Arrivée
      R1;tilleuls;Dupont;Marie;A01;01/01/2020
      R2;tilleuls;Diallo;Mohamed;A12;01/01/2020
      R3;tilleuls;Diallo;Mohamed;B07;01/01/2020
      R4;tilleuls;Petit;Bruno;B01;01/01/2020

      """)
    assertStatus(try p.lien("import", "residences.csv", "registre.csv"), 0)
  }

  private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }

  private func grid(_ rows: [String], title: String = "Atelier : Jardin") -> String {
    "Résidence : Les Tilleuls\n\(title);;\nNom;05/03/2024;12/03/2024\n"
      + rows.map { $0 + "\n" }.joined()
  }

  /// The presences of each person, absences apart, by flat.
  private func presences() throws -> [String: Int] {
    var out: [String: Int] = [:]
    for line in try p.lien("people").output.split(separator: "\n").dropFirst() {
      guard let flat = line.matches(of: /logement ([AB]\d+)/).first?.1 else { continue }
      out[String(flat)] = Int(line.split(separator: "\u{A0}").last ?? "") ?? 0
    }
    return out
  }

  func testADryRunTellsSessionBySessionAndTheRealOneDoesTheSame() throws {
    try p.sheet("mars.csv", grid(["Marie Dupont;x;x", "Bruno Petit;x;x"]))
    let first = try p.lien("import", "mars.csv", "--dry-run")
    assertContains(plain(first.output), "05/03/2024 Jardin : nouvelle séance, +2 présences")
    let landed = try p.lien("import", "mars.csv")
    XCTAssertFalse(landed.output.contains("Par séance"), "a first sheet is told as a whole")
    try p.sheet(
      "mars.csv", grid(["Marie Dupont;x;a", "Bruno Petit;;x", "Mohamed Diallo (A12);;x"]))
    let dry = try p.lien("import", "mars.csv", "--dry-run")
    let told = [
      "05/03/2024 Jardin : −1 présence", "12/03/2024 Jardin : +1 présence, 1 modifiée",
    ]
    for line in told { assertContains(plain(dry.output), line) }
    let json = try p.lien("import", "mars.csv", "--dry-run", "--json")
    assertContains(
      json.output,
      "\"sessions\": [{\"date\": \"2024-03-05\", \"new\": false, \"session_changed\": false, "
        + "\"added\": 0, \"removed\": 1, \"changed\": 0, \"held\": 0}, {\"date\": \"2024-03-12\"")
    for word in ["Jardin", "Diallo", "Dupont"] { XCTAssertFalse(json.output.contains(word)) }
    XCTAssertEqual(try presences(), ["A01": 2, "B01": 2, "A12": 0, "B07": 0])
    let run = try p.lien("import", "mars.csv", "--receipt", "page.html")
    for line in told { assertContains(plain(run.output), line) }
    let page = try String(contentsOfFile: p.workdir.path + "/page.html", encoding: .utf8)
    assertContains(page, "Ce qui change, séance par séance")
    assertContains(
      plain(page),
      "<th scope=\"row\">12 mars 2024, Jardin</th><td>+1 présence, 1 modifiée</td>"
        .replacing("\u{A0}", with: " "))
    XCTAssertEqual(try presences(), ["A01": 2, "B01": 1, "A12": 1, "B07": 0])
  }

  func testWhatARowSetAsideMaySpeakOfStaysUntilItIsSettled() throws {
    try p.sheet("v1.csv", grid(["Marie Dupont;x;x", "Mohamed Diallo (A12);x;", "Bruno Petit;x;x"]))
    assertStatus(try p.lien("import", "v1.csv"), 0)
    // Marie was not there on the 12th; Mohamed may be either; Bruno's mark cannot be read.
    try p.sheet("v2.csv", grid(["Marie Dupont;x;", "Mohamed Diallo;x;x", "Bruno Petit;x;bof"]))
    for line in [["import", "v2.csv", "--dry-run"], ["import", "v2.csv"]] {
      let run = try Program.run(
        line, in: p.workdir.path, environment: ["LIEN_PROJECT": p.path, "LIEN_HOME": Places.root])
      assertStatus(run, 3)
      assertContains(plain(run.output), "05/03/2024 Jardin : 1 gardée")
      assertContains(plain(run.output), "12/03/2024 Jardin : −1 présence, 1 gardée")
      assertContains(plain(run.output), "des lignes mises de côté en parlent peut-être")
    }
    XCTAssertEqual(try presences(), ["A01": 1, "A12": 1, "B07": 0, "B01": 2])
    // The same sheet again changes nothing.
    assertContains(try p.lien("import", "v2.csv").output, "Rien de nouveau")
    // It was the other Mohamed: the first one's presence goes.
    assertStatus(try p.lien("people", "review", "--out", "noms.xlsx"), 0)
    var book = try Book(p.workdir.path + "/noms.xlsx")
    try book.type(
      try XCTUnwrap(book.sheets[1].rows[0].first { $0.contains("B07") }), under: "Décision",
      besides: "Mohamed Diallo")
    try book.save()
    let decided = try p.lien("people", "review", "noms.xlsx")
    assertContains(decided.output, "Présences +2, −1")
    XCTAssertEqual(try presences(), ["A01": 1, "A12": 0, "B07": 2, "B01": 2])
    // Taken back, it waits again.
    assertStatus(try p.lien("people", "review", "--undo", "1"), 0)
    XCTAssertEqual(try presences(), ["A01": 1, "A12": 1, "B07": 0, "B01": 2])
    // Bruno was absent: that replaces his presence. The title's residence is remembered.
    assertStatus(try p.lien("imports", "show", "4", "--rejects", "rejets.xlsx"), 0)
    var rejects = try Book(p.workdir.path + "/rejets.xlsx")
    try rejects.type("absent", under: "Présence", besides: "Bruno Petit")
    try rejects.save()
    let corrected = try p.lien("import", "rejets.xlsx")
    assertStatus(corrected, 3)
    assertContains(corrected.output, "Présences 1 modifiée")
  }

  func testARowOfAListThatCannotBeReadAtAllKeepsEverything() throws {
    let list = "Date;Activité;Résidence;Personne;Présence\n"
    try p.sheet(
      "v1.csv",
      list + "05/03/2024;Loto;tilleuls;R1;x\n05/03/2024;Loto;tilleuls;R4;x\n"
        + "12/03/2024;Loto;tilleuls;R1;x\n")
    assertStatus(try p.lien("import", "v1.csv"), 0)
    try p.sheet(
      "v2.csv",
      list + "05/03/2024;Loto;tilleuls;R1;x\n32/03/2024;Loto;tilleuls;R4;x\n"
        + "12/03/2024;Loto;tilleuls;R2;x\n")
    let run = try p.lien("import", "v2.csv")
    assertStatus(run, 3)
    // R4's session cannot be told: any of R4's presences on the sheet's days may be meant.
    assertContains(plain(run.output), "05/03/2024 Loto : 1 gardée")
    assertContains(plain(run.output), "12/03/2024 Loto : +1 présence, −1 présence")
  }

  func testASessionThatASheetLeavesBehindIsTold() throws {
    try p.sheet("mars.csv", grid(["Marie Dupont;x;x"]))
    assertStatus(try p.lien("import", "mars.csv"), 0)
    let text = grid(["Marie Dupont;x;x"]).replacing("12/03/2024", with: "13/03/2024")
    try p.sheet("mars.csv", text)
    let run = try p.lien("import", "mars.csv")
    assertStatus(run, 0)
    assertContains(plain(run.output), "1 séance que l’import 3 de ce fichier disait n’y est plus")
    // Another month of the same name shares no session.
    try p.sheet("mars.csv", grid(["Marie Dupont;x;x"]).replacing("/03/", with: "/04/"))
    XCTAssertFalse(try p.lien("import", "mars.csv").output.contains("n’y est plus"))
  }

  func testRejectsAreWrittenAsTheirNameAsks() throws {
    try p.sheet(
      "suite.csv",
      "Date;Activité;Résidence;Personne;Présence\n31/02/2024;Loto;tilleuls;R1;x\n"
        + "05/03/2024;Loto;tilleuls;R4;bof\n")
    assertStatus(try p.lien("import", "suite.csv", "--rejects", "rejets.xlsx"), 3)
    var book = try Book(p.workdir.path + "/rejets.xlsx")
    XCTAssertEqual(try book.column("lien_import"), ["3", "3"])
    XCTAssertEqual(try book.column("lien_colonne"), ["Date", "Présence"])
    assertContains(try book.column("lien_motif")[0], "date inexistante → ")
    XCTAssertEqual(try book.column("Date"), ["31/02/2024", "05/03/2024"])
    let mode = try FileManager.default.attributesOfItem(
      atPath: p.workdir.path + "/rejets.xlsx")[.posixPermissions]
    XCTAssertEqual(mode as? Int, 0o600)
    try book.type("29/02/2024", under: "Date", besides: "31/02/2024")
    try book.type("Excusé", under: "Présence", besides: "bof")
    try book.save()
    let run = try p.lien("import", "rejets.xlsx")
    assertStatus(run, 0)
    assertContains(run.output, "Présences +2")
    XCTAssertFalse(run.output.contains("masquées"), run.output)
    // A row that looks like a total is a row.
    try p.sheet(
      "total.csv",
      "Date;Activité;Résidence;Personne;Présence\n06/03/2024;Loto;tilleuls;Total;bof\n"
        + "07/03/2024;Loto;tilleuls;R1;x\n")
    assertStatus(try p.lien("import", "total.csv", "--rejects", "t.xlsx"), 3)
    XCTAssertEqual(try Book(p.workdir.path + "/t.xlsx").rows.count, 2)
    let again = try p.lien("import", "t.xlsx")
    assertStatus(again, 3)
    assertContains(plain(again.output), "1 ligne lue, 0 gardée, 1 mise de côté")
  }

  func testMonthFirstIsRememberedForTheRejects() throws {
    let rows = (13...28).map { "03/\($0)/2024;Loto;tilleuls;R1;x\n" }.joined()
    try p.sheet(
      "us.csv",
      "Date;Activité;Résidence;Personne;Présence\n" + rows
        + "04/05/2024;Loto;tilleuls;R1;bof\n")
    assertStatus(try p.lien("import", "us.csv"), 3)
    let path = p.path + "/private/rejets/3-us.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8).replacing(";bof", with: ";x")
    try p.sheet("rejets.csv", text)
    let run = try p.lien("import", "rejets.csv")
    assertContains(run.output, "05/04/2024 Loto")
  }

  func testSomeSheetsOfAWorkbookAreRead() throws {
    let header = ["Date", "Activité", "Résidence", "Personne"]
    func rows(_ month: String) -> [[String]] {
      [header, ["05/\(month)/2024", "Loto", "tilleuls", "R1"]]
    }
    let path = p.workdir.path + "/classeur.xlsx"
    var book = Book(path, "Janvier", rows("01"))
    book.add("Février", rows("02"))
    book.add("Mars, avril", rows("03"))
    try book.save()
    let one = try p.lien("import", "classeur.xlsx", "--sheet", "Février", "--dry-run")
    assertContains(plain(one.output), "Séances : 1 ligne, le 05/02/2024")
    for line in [["--sheet", "1,2"], ["--sheet", "Janvier", "--sheet", "2"]] {
      let two = try Program.run(
        ["import", "classeur.xlsx", "--dry-run"] + line, in: p.workdir.path,
        environment: ["LIEN_PROJECT": p.path, "LIEN_HOME": Places.root])
      assertContains(plain(two.output), "Séances : 2 lignes, du 05/01/2024 au 05/02/2024")
    }
    let comma = try p.lien("import", "classeur.xlsx", "--sheet", "Mars, avril", "--dry-run")
    assertContains(plain(comma.output), "le 05/03/2024")
    let none = try p.lien("import", "classeur.xlsx", "--sheet", "Juin")
    assertStatus(none, 2)
    assertContains(none.errors, "1 « Janvier », 2 « Février »")
    try p.sheet("liste.csv", "Date;Activité;Résidence;Personne\n05/03/2024;Loto;tilleuls;R1\n")
    assertStatus(try p.lien("import", "liste.csv", "--sheet", "1"), 2)
    // A sheet after the other, each with its own import.
    assertStatus(try p.lien("import", "classeur.xlsx", "--sheet", "1"), 0)
    assertContains(
      try p.lien("import", "classeur.xlsx", "--sheet", "2").output, "Présences +1")
    assertContains(try p.lien("import", "classeur.xlsx").output, "Présences +1")
  }

  func testRowsThatContradictEachOtherOnTwoSheetsNameTheSheet() throws {
    let header = ["Date", "Activité", "Résidence", "Personne", "Présence"]
    let path = p.workdir.path + "/classeur.xlsx"
    var book = Book(
      path, "Marie Dupont", [header, ["05/03/2024", "Loto", "tilleuls", "R1", "x"]])
    book.add("Bis", [header, ["05/03/2024", "Loto", "tilleuls", "R1", "absent"]])
    try book.save()
    let list = try p.lien("import", "classeur.xlsx")
    assertStatus(list, 3)
    assertContains(plain(list.output), "déjà donné ligne 2 de la feuille n° 1")
    // The same of sheets that are laid out by hand.
    func grid(_ mark: String) -> [[String]] {
      [
        ["Résidence : Les Tilleuls", ""], ["Atelier : Jardin", ""],
        ["Nom", "05/03/2024", "12/03/2024"], ["Marie Dupont", mark, "x"],
      ]
    }
    book = Book(path, "Marie Dupont", grid("x"))
    book.add("Bis", grid("a"))
    try book.save()
    let laidOut = try p.lien("import", "classeur.xlsx")
    assertStatus(laidOut, 3)
    assertContains(plain(laidOut.output), "cette séance, cellule B4 de la feuille n° 1")
    // By rank: the name of a sheet may be a person's.
    for number in ["3", "4"] {
      let json = try p.lien("imports", "show", number, "--json")
      XCTAssertFalse(json.output.contains("Dupont"), json.output)
    }
  }

  func testAListOfPresencesWithoutAResidenceIsNoRegister() throws {
    try p.sheet(
      "liste.csv", "Date;Activité;Nom et prénom;Présence\n05/03/2024;Loto;Marie Dupont;x\n")
    let run = try p.lien("import", "liste.csv")
    assertStatus(run, 0)
    assertContains(plain(run.output), "entrée pour la seule résidence du projet : « tilleuls »")
    XCTAssertEqual(try presences()["A01"], 1)
    // With two residences it is asked for.
    try p.sheet("residences2.csv", "Résidence;Nom de la résidence\nlilas;Les Lilas\n")
    assertStatus(try p.lien("import", "residences2.csv"), 0)
    try p.sheet(
      "liste2.csv", "Date;Activité;Nom et prénom;Présence\n06/03/2024;Loto;Marie Dupont;x\n")
    let asked = try p.lien("import", "liste2.csv")
    assertStatus(asked, 2)
    assertContains(asked.errors, "--residence")
  }

  func testSeveralSheetsEndInOneSum() throws {
    try p.sheet("a.csv", grid(["Marie Dupont;x;x"]))
    try p.sheet("b.csv", grid(["Bruno Petit;x;bof"], title: "Atelier : Loto"))
    try p.sheet("c.csv", "\u{0}\u{1}")
    let run = try p.lien("import", "a.csv", "b.csv", "c.csv", "a.csv")
    assertStatus(run, 5)
    assertContains(
      run.output,
      "4 fichiers : 2 feuilles entrées, 1 déjà là, 1 qui n’a pas pu entrer : Séances +3 ; "
        + "Présences +3. 1 ligne mise de côté.")
  }
}
