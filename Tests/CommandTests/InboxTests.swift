import Foundation
import TestSupport
import XCTest

/// What is dropped in a shared folder comes in once, with its receipt beside it.
final class InboxTests: XCTestCase {
  private var project: TestProject!
  private var box: String { project.workdir.path + "/boite" }
  private let files = FileManager.default

  override func setUpWithError() throws {
    project = try TestProject()
    try project.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    assertStatus(try project.lien("import", "residences.csv"), 0)
    try files.createDirectory(atPath: box + "/Les Tilleuls", withIntermediateDirectories: true)
  }

  private func drop(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: box + "/" + name))
  }

  private func look() throws -> Program.Run {
    try project.lien("inbox", box, "--interval", "0.2")
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOfFile: box + "/" + name, encoding: .utf8)
  }

  private func done() -> [String] {
    (files.subpaths(atPath: box + "/faits") ?? []).filter { $0.hasSuffix(".csv") }.sorted()
  }

  private let grid = """
    Atelier : Jardin;;
    Nom;05/03/2024;12/03/2024
    Adèle Martin;x;x
    Bruno Petit;x;bof

    """

  func testASheetInAResidencesFolderComesInAndItsCorrectionsAreTaken() throws {
    try drop("Les Tilleuls/mars.csv", grid)
    let first = try look()
    assertStatus(first, 3)
    XCTAssertFalse(first.output.contains("Bruno"), first.output)
    XCTAssertEqual(done().count, 1)
    let page = try read("Les Tilleuls/mars.csv — récépissé.html")
    assertContains(page, "<mark>bof</mark>")
    assertContains(page, "href=\"#p1\"")
    assertContains(page, "id=\"c1\"")
    let laid = "Les Tilleuls/mars.csv — à corriger.csv"
    let rows = try read(laid)
    // As it was laid, it waits.
    assertStatus(try look(), 0)
    XCTAssertTrue(files.fileExists(atPath: box + "/" + laid))
    // Filled in and left there, it is taken.
    try drop(laid, rows.replacingOccurrences(of: "bof", with: "x"))
    let corrected = try look()
    assertStatus(corrected, 0)
    assertContains(corrected.output, "Présences +1")
    XCTAssertFalse(files.fileExists(atPath: box + "/" + laid))
    XCTAssertEqual(done().count, 2)
  }

  func testACopyUnderAnotherNameIsNotImportedAgain() throws {
    try drop("Les Tilleuls/mars.csv", grid.replacingOccurrences(of: "bof", with: ""))
    assertStatus(try look(), 0)
    let before = try project.lien("verify").output
    try drop("Les Tilleuls/mars (1) - Copie.csv", try read("faits/" + done()[0]))
    let again = try look()
    assertStatus(again, 0)
    assertContains(again.output, "rien n’a changé")
    XCTAssertEqual(try project.lien("verify").output, before)
    XCTAssertEqual(done().count, 2)
  }

  func testWhatCannotBeReadStaysWithAReceiptThatSaysWhatToDo() throws {
    try drop("photo.csv", "\u{0}\u{1}\u{2}PNG\u{0}")
    let run = try look()
    assertStatus(run, 5)
    XCTAssertTrue(files.fileExists(atPath: box + "/photo.csv"))
    assertContains(try read("photo.csv — récépissé.html"), "La feuille n’a pas pu entrer")
    XCTAssertEqual(done(), [])
  }

  func testUnfinishedAndHiddenFilesAreLeftAlone() throws {
    for name in [".cache.csv", "~$mars.xlsx", "mars.csv.part", "mars.tmp", "mars.crdownload"] {
      try drop(name, grid)
    }
    let run = try look()
    assertStatus(run, 0)
    XCTAssertEqual(run.output, "")
  }

  func testAFileThatStillGrowsWaits() throws {
    try drop("Les Tilleuls/mars.csv", grid)
    let path = box + "/Les Tilleuls/mars.csv"
    let writing = Thread {
      for _ in 0..<40 {
        if let file = FileHandle(forWritingAtPath: path) {
          file.seekToEndOfFile()
          file.write(Data("Chloé Roux;x;\n".utf8))
          try? file.close()
        }
        usleep(50_000)
      }
    }
    writing.start()
    let run = try look()
    assertContains(run.output, "en cours de copie")
    XCTAssertTrue(files.fileExists(atPath: path))
    XCTAssertEqual(done(), [])
  }

  func testTwoAtOnceExcludeEachOtherAndCtrlCLetsGo() throws {
    let watching = Program.process(
      ["inbox", box, "--watch", "--interval", "0.2"], in: project.workdir.path,
      environment: ["LIEN_PROJECT": project.path, "LIEN_HOME": Places.root])
    watching.standardError = FileHandle.nullDevice
    watching.standardOutput = FileHandle.nullDevice
    try watching.run()
    defer { watching.terminate() }
    let lock = box + "/.lien-inbox.lock"
    for _ in 0..<100 where !files.fileExists(atPath: lock) { usleep(50_000) }
    usleep(200_000)
    let second = try look()
    assertStatus(second, 1)
    assertContains(second.errors, "relève déjà")
    // Meanwhile the first takes what is dropped.
    try drop("Les Tilleuls/mars.csv", grid.replacingOccurrences(of: "bof", with: ""))
    for _ in 0..<200 where done().isEmpty { usleep(50_000) }
    XCTAssertEqual(done().count, 1)
    watching.interrupt()
    watching.waitUntilExit()
    XCTAssertEqual(watching.terminationStatus, 130)
    assertStatus(try look(), 0)
  }

  func testAHundredSheetsHaveOneReceiptMore() throws {
    for i in 1...100 {
      let day = String(format: "%02d/%02d/2024", i % 28 + 1, i % 12 + 1)
      try drop("Les Tilleuls/feuille \(i).csv", "Atelier : A\(i);\nNom;\(day)\nAdèle Martin;x\n")
    }
    let run = try look()
    assertStatus(run, 0)
    XCTAssertEqual(done().count, 100)
    assertContains(try read("lien — récépissé.html"), "feuille 100.csv")
  }
}
