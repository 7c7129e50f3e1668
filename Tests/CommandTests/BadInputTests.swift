import Foundation
import TestSupport
import XCTest

/// Input that is not what a command expects: a clear message, the right exit code, nothing lost.
final class BadInputTests: XCTestCase {
  private let residences = "Résidence;Nom de la résidence;Commune\ntilleuls;Les Tilleuls;Melun\n"
  private let sessions = """
    Séance;Résidence;Date;Activité;Thème
    s1;tilleuls;05/03/2024;Repas;cuisine
    s2;tilleuls;12/03/2024;Jardin;jardin

    """

  /// A project with a residence and two sessions, to see that nothing of it is lost.
  private func project() throws -> TestProject {
    let project = try TestProject()
    try project.sheet("residences.csv", residences)
    try project.sheet("seances.csv", sessions)
    assertStatus(try project.lien("import", "residences.csv", "seances.csv"), 0)
    return project
  }

  /// Runs a bad import; asserts its code, its French message, and that the data are as before.
  private func assertRefused(
    _ project: TestProject, _ arguments: [String], status: Int32, says message: String,
    input: String? = nil, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let before = try project.lien("verify")
    assertStatus(before, 0, file: file, line: line)
    let run = try Program.run(
      arguments, in: project.workdir.path,
      environment: ["LIEN_PROJECT": project.path, "LIEN_HOME": Places.root], input: input)
    assertStatus(run, status, file: file, line: line)
    XCTAssertEqual(run.output, "", file: file, line: line)
    XCTAssertTrue(run.errors.hasPrefix("erreur"), run.errors, file: file, line: line)
    assertContains(run.errors, message, file: file, line: line)
    XCTAssertFalse(run.errors.contains(".swift"), run.errors, file: file, line: line)
    XCTAssertEqual(try project.lien("verify").output, before.output, file: file, line: line)
  }

  func testAMissingFileIsNamed() throws {
    try assertRefused(
      project(), ["import", "/nonexistent/émargement 2025.csv"], status: 5,
      says: "émargement 2025.csv")
  }

  func testAnEmptyFileIsRefused() throws {
    let project = try project()
    try project.sheet("vide.csv", "")
    try assertRefused(project, ["import", "vide.csv"], status: 5, says: "vide")
    try assertRefused(project, ["import", "-"], status: 5, says: "vide", input: "")
  }

  func testABinaryFileIsRefused() throws {
    let project = try project()
    try project.workdir.write(
      "photo.csv", data: Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3, 255, 0]))
    try assertRefused(project, ["import", "photo.csv"], status: 5, says: "PNG")
    try project.workdir.write("octets.csv", data: Data((0..<4000).map { UInt8(($0 * 7919) % 251) }))
    try assertRefused(project, ["import", "octets.csv"], status: 5, says: "octets.csv")
  }

  func testAFolderIsRefused() throws {
    let project = try project()
    try assertRefused(project, ["import", "projet"], status: 5, says: "dossier")
  }

  func testASheetWithOnlyAHeaderIsRefused() throws {
    let project = try project()
    try project.sheet("entete.csv", "Séance;Personne;Présence\n")
    try assertRefused(project, ["import", "entete.csv"], status: 5, says: "entete.csv")
  }

  func testAnUnknownTableIsRefusedWithTheNearestName() throws {
    try assertRefused(
      project(), ["import", "seances.csv", "--table", "activty"], status: 2, says: "« activity »")
  }

  func testAnUnknownResidenceTableOrMappingIsAUsageError() throws {
    try assertRefused(
      project(), ["import", "seances.csv", "--mapping", "metup"], status: 2, says: "metup")
  }

  func testTheWrongTableIsRefusedAndNothingLands() throws {
    let project = try project()
    try project.sheet("autres.csv", "Couleur;Taille\nbleu;3\n")
    let run = try project.lien("import", "autres.csv")
    XCTAssertEqual(run.status, 2, run.errors + run.output)
    assertContains(run.errors, "tables connues")
    try assertRefused(
      project, ["import", "seances.csv", "--table", "ledger"], status: 2, says: "« Nature »")
  }

  func testARowTooShortAndAnImpossibleDateAreSetAside() throws {
    let project = try project()
    try project.sheet(
      "suite.csv",
      """
      Séance;Résidence;Date;Activité;Thème
      s3;tilleuls;31/02/2024;Loto;fete
      s4
      s5;tilleuls;19/03/2024;Chorale;culture

      """)
    let run = try project.lien("import", "suite.csv")
    assertStatus(run, 3)
    assertContains(run.output, "2 lignes mises de côté")
    // The receipt shows the cell; what may travel does not.
    assertContains(run.output, "31/02/2024")
    let list = try project.lien("imports", "--json")
    assertContains(list.output, "\"set_aside\": 2")
    XCTAssertFalse(list.output.contains("31/02"))
    let count = try project.lien("compute", "seances", "--period", "2024-03", "--format", "csv")
    assertStatus(count, 0)
    assertContains(count.output, "2024-03,_total,3,")
  }

  func testAnUnknownHeadingIsSaidAndTheRestLands() throws {
    let project = try project()
    try project.sheet(
      "suite.csv", "Séance;Résidence;Date;Météo\ns9;tilleuls;20/03/2024;pluie\n")
    let run = try project.lien("import", "suite.csv", "--table", "activity")
    XCTAssertTrue([0, 3].contains(run.status), run.errors)
    assertContains(run.output, "Météo")
    assertContains(
      try project.lien("compute", "seances", "--period", "2024-03", "--format", "csv").output,
      "2024-03,_total,3,")
  }

  func testAnIndicatorNamingAnUnknownColumnIsShownWithItsPlace() throws {
    let project = try project()
    let folder = project.path + "/indicators/definitions/participation"
    let path = folder + "/presences.json5"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(of: "count(attendance)", with: "distinct(attendance.residant)")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    for command in [["compute", "presences"], ["indicators", "check"], ["report", "dashboard"]] {
      let run = try Program.run(
        command, in: project.workdir.path, environment: ["LIEN_PROJECT": project.path])
      assertStatus(run, 1)
      XCTAssertEqual(run.output, "")
      XCTAssertNotNil(
        run.errors.range(
          of: "presences\\.json5:\\d+:\\d+", options: .regularExpression), run.errors)
      assertContains(run.errors, "residant")
      assertContains(run.errors, "resident")
    }
  }

  func testABrokenQuestionnaireIsShownWithItsPlace() throws {
    let project = try project()
    assertContains(try project.lien("indicators", "check").output, "12 questionnaires")
    let path = project.path + "/indicators/instruments/efficacite_collective.json5"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(
        of: "reversed: [\"ce9\", \"ce10\"]", with: "reversed: [\"ce9\", \"c10\"]")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let run = try project.lien("indicators", "check")
    assertStatus(run, 1)
    assertContains(run.errors, "efficacite_collective.json5:47:25")
    assertContains(run.errors, "« c10 » n’est pas une question de l’échelle")
    assertContains(run.errors, "vouliez-vous dire « ce10 » ?")
  }

  func testOneBadFileDoesNotStopTheOthers() throws {
    let project = try project()
    try project.sheet("vide.csv", "")
    try project.sheet("plus.csv", "Séance;Résidence;Date\ns7;tilleuls;26/03/2024\n")
    let run = try project.lien("import", "vide.csv", "absent.csv", "plus.csv")
    assertStatus(run, 5)
    assertContains(run.errors, "vide.csv")
    assertContains(run.errors, "absent.csv")
    assertContains(run.output, "plus.csv")
    let count = try project.lien("compute", "seances", "--period", "2024", "--format", "csv")
    assertContains(count.output, "2024,_total,3,")
  }

  func testWithoutAProjectTheMessageSaysWhatToDo() throws {
    let workdir = try Workdir()
    for command in [["import", "x.csv"], ["compute", "PAR-03"], ["imports"], ["verify"]] {
      let run = try Program.run(command, in: workdir.path)
      assertStatus(run, 2)
      assertContains(run.errors, "lien init")
    }
  }

  func testAnEmptyProjectSaysWhatToDo() throws {
    let project = try TestProject()
    let run = try project.lien("compute", "PAR-03")
    assertStatus(run, 2)
    assertContains(run.errors, "lien import")
  }

  func testAProjectIsNeverMadeOverAnother() throws {
    let project = try project()
    let run = try project.lien("init", "projet")
    assertStatus(run, 2)
    assertContains(run.errors, "lien.json5")
    XCTAssertTrue(try project.lien("verify").status == 0)
  }

  func testABusyStoreIsSaid() throws {
    let project = try project()
    try project.sheet("plus.csv", "Séance;Résidence;Date\ns7;tilleuls;26/03/2024\n")
    // Another program holds the write lock.
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") else {
      throw XCTSkip("sqlite3 is not installed")
    }
    holder.arguments = [project.path + "/lien.sqlite"]
    let commands = Pipe()
    holder.standardInput = commands
    try holder.run()
    commands.fileHandleForWriting.write(Data("BEGIN IMMEDIATE;\n".utf8))
    defer {
      try? commands.fileHandleForWriting.close()
      holder.waitUntilExit()
    }
    Thread.sleep(forTimeInterval: 0.5)
    let run = try project.lien("import", "plus.csv")
    assertStatus(run, 1)
    assertContains(run.errors, "occupé")
  }
}
