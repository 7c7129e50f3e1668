import TestSupport
import XCTest

/// `lien people match`, as it is typed.
final class PeopleTests: XCTestCase {
  private func folder() throws -> Workdir {
    let folder = try Workdir()
    try folder.write(
      "registre.csv",
      """
      Identifiant;Nom;Prénom;Logement;Année de naissance;Sexe
      1;Dupont;Marie;A01;1950;F
      2;Diallo;Mohamed;A12;1970;M
      3;Diallo;Mohamed;B07;1991;M
      4;Lefèvre;Jean-Pierre;B01;1960;M

      """)
    try folder.write(
      "noms.csv",
      """
      mid,sheet,nom_saisi,logement
      m1,mars,"DUPONT, Marie",
      m2,mars,Mohamed Diallo,
      m3,mars,Mohamed Diallo,B07
      m4,mars,JP Lefevre,
      m5,mars,M. et Mme Dupont,
      m6,mars,animatrice : Julie,

      """)
    return folder
  }

  func testEachNameHasARowOfCSV() throws {
    let folder = try folder()
    let run = try Program.run(
      ["people", "match", "noms.csv", "--roster", "registre.csv", "--csv"], in: folder.path)
    assertStatus(run, 0)
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    XCTAssertEqual(rows.first, ["mid", "id", "status", "score", "candidates", "reason"])
    XCTAssertEqual(
      rows.dropFirst().map { [$0[0], $0[1], $0[2], $0[5]] },
      [
        ["m1", "1", "sure", "exact"], ["m2", "", "unsure", "homonyms"],
        ["m3", "3", "sure", "clue"], ["m4", "4", "sure", "initial"],
        ["m5", "", "unsure", "several-people"], ["m6", "", "new", "not-a-resident"],
      ])
    XCTAssertEqual(rows[2][4], "2;3")
  }

  func testOnlyTheTerminalShowsNames() throws {
    let folder = try folder()
    let line = ["people", "match", "noms.csv", "--roster", "registre.csv"]
    let shown = try Program.run(line, in: folder.path)
    assertContains(shown.output, "3 sûrs, 2 à vérifier, 1 nouveau")
    assertContains(shown.output, "Mohamed Diallo")
    for option in ["--json", "--quiet", "--csv"] {
      let run = try Program.run(line + [option], in: folder.path)
      assertStatus(run, 0)
      XCTAssertFalse(run.output.contains("Diallo"), option)
    }
  }

  func testARegisterIsReadUnderAnyUsualHeadings() throws {
    for (header, row) in [
      ("resident_id,nom_usage,nom_naissance,prenom", "7,Leroy,Martin,Anne"),
      ("id_personne,Nom de famille,Prénom(s),Date de naissance", "7,Martin,Anne,1950-02-03"),
      ("id,nom", "7,MARTIN Anne"), ("ID résident;NOM et Prénom", "7;Martin Anne"),
      ("resident,surname,given_name,dwelling,birth_year", "7,Martin,Anne,A1,1950"),
    ] {
      let folder = try Workdir()
      try folder.write("registre.csv", header + "\n" + row + "\n")
      try folder.write("noms.csv", "mid,sheet,nom_saisi\na,mars,Anne Martin\n")
      let run = try Program.run(
        ["people", "match", "noms.csv", "--roster", "registre.csv", "--csv"], in: folder.path)
      XCTAssertTrue(run.output.contains("\na,7,sure,"), header + run.output + run.errors)
    }
  }

  func testWhatIsMissingIsNamed() throws {
    let folder = try folder()
    let without = try Program.run(["people", "match", "noms.csv"], in: folder.path)
    assertStatus(without, 2)
    assertContains(without.errors, "--roster")
    try folder.write("sans-id.csv", "Nom;Prénom\nDupont;Marie\n")
    let noID = try Program.run(
      ["people", "match", "noms.csv", "--roster", "sans-id.csv"], in: folder.path)
    assertStatus(noID, 2)
    assertContains(noID.errors, "identifiants")
    let absent = try Program.run(
      ["people", "match", "rien.csv", "--roster", "registre.csv"], in: folder.path)
    assertStatus(absent, 5)
  }
}
