import Foundation
import TestSupport
import XCTest

/// Numbers that a project sets in its `lien.json5`, from the file to every answer.
final class ParameterTests: XCTestCase {
  /// A project of three residents over four months with a session each: Ada comes to all four,
  /// Bo to two, Cy to one.
  private func project(_ parameters: String) throws -> TestProject {
    let project = try TestProject()
    for (name, text) in [
      ("residences.csv", "residence,name\nR,Essai\n"),
      (
        "registre.csv",
        "resident,residence,dwelling,arrival\na,R,1,2020-01-01\nb,R,2,2020-01-01\nc,R,3,2020-01-01\n"
      ),
      (
        "seances.csv",
        "session,residence,date\ns1,R,2024-01-10\ns2,R,2024-02-10\ns3,R,2024-03-10\n"
          + "s4,R,2024-04-10\n"
      ),
      (
        "presences.csv",
        "session,resident\ns1,a\ns2,a\ns3,a\ns4,a\ns1,b\ns2,b\ns1,c\n"
      ),
    ] {
      try project.sheet(name, text)
      assertStatus(try project.lien("import", name), 0)
    }
    try set(parameters, in: project)
    return project
  }

  private func set(_ parameters: String, in project: TestProject) throws {
    try "{\n  format: 1,\n  title: \"Essai\",\n  parameters: {\n    \(parameters)\n  },\n}\n"
      .write(toFile: project.path + "/lien.json5", atomically: true, encoding: .utf8)
  }

  /// Computed, printed and told apart by the number that the project sets, in every command.
  func testANumberOfTheProjectCountsEverywhere() throws {
    let project = try project("")
    func row(_ id: String) throws -> String {
      let run = try project.lien("compute", id, "--period", "2024", "--format", "csv")
      assertStatus(run, 0)
      return run.output.split(separator: "\n").first { $0.contains(",R,") }.map(String.init) ?? ""
    }
    assertContains(try row("reguliers"), "reguliers,1,2024,R,0.333")
    let plain = try project.lien("indicators", "explain", "reguliers").output
    XCTAssertFalse(plain.contains("par défaut"))
    // A hundred per cent of the months is said in words.
    assertContains(plain, "habitants venus chaque mois où ils le pouvaient, sur")
    assertContains(plain, "au moins une fois dans chacun d’entre eux.")

    try set("reguliers: {months: 0.5}, \"NET-03\": {size: 2},", in: project)
    assertContains(try row("reguliers"), "reguliers,1+months=0.5,2024,R,0.666")
    // Two people at most: s2 alone keeps a pair of two, a and b.
    assertContains(try row("paires"), "paires,2+size=2,2024,R,1,")
    let explained = try project.lien("indicators", "explain", "reguliers").output
    assertContains(explained, "version 1+months=0.5")
    assertContains(explained, "months = 0,5 (fixé par le projet ; par défaut 1)")
    assertContains(
      explained, "venus au cours de 50\u{A0}% au moins des mois où ils le pouvaient, sur")
    assertContains(explained, "dans 50\u{A0}% d’entre eux au moins.")
    let sql = try project.lien("sql", "reguliers", "--period", "2024").output
    assertContains(sql, "version 1+months=0.5")
    assertContains(sql, ">= 0.5")
    let list = try project.lien("indicators", "--json").output
    assertContains(
      list,
      "\"parameters\": {\"months\": {\"value\": 0.5, \"default\": 1, \"least\": 0.05, \"greatest\": 1}}"
    )
    let json = try project.lien("compute", "reguliers", "--period", "2024", "--json").output
    assertContains(json, "\"version\": \"1+months=0.5\"")
    let rows = try project.lien("compute", "paires", "--period", "2024", "--rows").output
    assertContains(rows, "(paires)")
    let compared = try project.lien("compare", "@0", "@", "reguliers", "--period", "2024").output
    assertContains(compared, "66,7")
    // The identifier wins over the code.
    try set("\"NET-03\": {size: 2}, paires: {size: 3},", in: project)
    assertContains(try row("paires"), "paires,2+size=3,2024,R,3,")
    // The default written out is the definition as it is.
    try set("reguliers: {months: 1},", in: project)
    assertContains(try row("reguliers"), "reguliers,1,2024,R,0.333")
  }

  /// What cannot be is refused by every command, with file, line and key.
  func testMistakesAreToldWithFileAndKey() throws {
    let project = try project("")
    for (parameters, column, expected) in [
      ("regulier: {months: 1},", 15, "aucun indicateur ne s’appelle « regulier »"),
      (
        "reguliers: {mois: 1},", 23,
        "parameters.reguliers.mois : « reguliers » n’a pas de paramètre"
      ),
      ("reguliers: {months: \"tous\"},", 25, "parameters.reguliers.months : un nombre est attendu"),
      ("reguliers: {months: 2},", 25, "un nombre de 0,05 à 1 est attendu, et non 2"),
      ("\"NET-03\": {size: 2.5},", 22, "un nombre entier de 2 à 10000 est attendu, et non 2,5"),
      ("participants: {size: 3},", 26, "il n’en a aucun"),
      ("sroi: {rate_low: 0.05},", 22, "doit se trouver entre « rate_low: » et « rate_high: »"),
    ] {
      try set(parameters, in: project)
      for command in [
        ["compute", "presences", "--period", "2024"], ["indicators", "check"],
        ["sql", "presences", "--period", "2024"],
      ] {
        let run = try Program.run(
          command, in: project.workdir.path,
          environment: ["LIEN_PROJECT": project.path, "LIEN_HOME": Places.root])
        assertStatus(run, 1)
        assertContains(run.errors, expected)
        assertContains(run.errors, "lien.json5:5:\(column)")
      }
    }
    try set("reguliers: 3,", in: project)
    let run = try project.lien("compute", "presences", "--period", "2024")
    assertStatus(run, 1)
    assertContains(run.errors, "un objet { … } est attendu")
  }
}
