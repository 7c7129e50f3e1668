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
    (files.subpaths(atPath: box + "/faits") ?? []).filter {
      $0.hasSuffix(".csv") || $0.hasSuffix(".xlsx")
    }.sorted()
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
    let laid = "Les Tilleuls/mars.csv — à corriger.xlsx"
    assertContains(page, "mars.csv — à corriger.xlsx")
    // As it was laid, it waits.
    let untouched = try look()
    assertStatus(untouched, 0)
    XCTAssertEqual(untouched.output, "")
    var book = try Book(box + "/" + laid)
    XCTAssertEqual(book.rows.count, 2)
    XCTAssertEqual(try book.column("lien_colonne"), ["C4"])
    assertContains(try book.column("lien_motif")[0], "marque inconnue")
    XCTAssertEqual(try book.column("Présence"), ["bof"])
    // Saved by another program without a correction, it says nothing new and waits.
    try book.save()
    let saved = try look()
    assertStatus(saved, 3)
    assertContains(saved.output, "Rien de nouveau")
    XCTAssertTrue(files.fileExists(atPath: box + "/" + laid))
    // Filled in and left there, it is taken.
    try book.type("Présent", under: "Présence", besides: "bof")
    try book.save()
    let corrected = try look()
    assertStatus(corrected, 0)
    assertContains(corrected.output, "Présences +1")
    XCTAssertFalse(files.fileExists(atPath: box + "/" + laid))
    XCTAssertEqual(done().count, 2)
    XCTAssertEqual(rejectFiles(), [])
  }

  /// The files of rows to correct in the private folder.
  private func rejectFiles() -> [String] {
    let folder = project.path + "/private/rejets"
    return (try? files.contentsOfDirectory(atPath: folder))?.sorted() ?? []
  }

  func testCorrectionsMayComeBackAsCSVAndInPart() throws {
    try drop("Les Tilleuls/mars.csv", grid + "Chloé Roux;peut-être;\n")
    assertStatus(try look(), 3)
    let laid = "Les Tilleuls/mars.csv — à corriger.xlsx"
    let rows = try Book(box + "/" + laid).rows.map { row in
      row.map { $0.contains(";") ? "\"\($0)\"" : $0 }.joined(separator: ";")
    }
    try files.removeItem(atPath: box + "/" + laid)
    try drop(
      "Les Tilleuls/mars.csv — à corriger.csv",
      rows.joined(separator: "\r\n").replacingOccurrences(of: "bof", with: "x"))
    let first = try look()
    assertStatus(first, 3)
    assertContains(first.output, "Présences +1")
    // What is still wrong is laid again, alone.
    var rest = try Book(box + "/" + laid)
    XCTAssertEqual(try rest.column("Personne"), ["Chloé Roux"])
    XCTAssertEqual(rejectFiles().count, 1)
    try rest.type("x", under: "Présence", besides: "Chloé Roux")
    try rest.save()
    assertStatus(try look(), 0)
    XCTAssertEqual(rejectFiles(), [])
    XCTAssertFalse(files.fileExists(atPath: box + "/" + laid))
  }

  func testACorrectedSheetTakesTheRowsToCorrectAway() throws {
    try drop("Les Tilleuls/mars.csv", grid)
    assertStatus(try look(), 3)
    let laid = box + "/Les Tilleuls/mars.csv — à corriger.xlsx"
    XCTAssertTrue(files.fileExists(atPath: laid))
    try drop("Les Tilleuls/mars.csv", grid.replacingOccurrences(of: "bof", with: "x"))
    assertStatus(try look(), 0)
    XCTAssertFalse(files.fileExists(atPath: laid))
    XCTAssertEqual(rejectFiles(), [])
  }

  private let register = """
    Identifiant;Résidence;Nom;Prénom;Logement;Année de naissance;Arrivée
    R1;tilleuls;Martin;Adèle;A01;1950;01/01/2020
    R2;tilleuls;Diallo;Mohamed;A12;1970;01/01/2020
    R3;tilleuls;Diallo;Mohamed;B07;1991;01/01/2020

    """
  private let names = "Les Tilleuls/mars.csv — personnes à confirmer.xlsx"

  /// A sheet with a homonym, a name that nobody bears and a mark that nobody knows.
  private func dropUnsure() throws {
    try project.sheet("registre.csv", register)
    assertStatus(try project.lien("import", "registre.csv"), 0)
    try drop(
      "Les Tilleuls/mars.csv",
      """
      Atelier : Jardin;;
      Nom;05/03/2024;12/03/2024
      Adèle Martin;x;bof
      Mohamed Diallo;x;x
      Mohamed;x;

      """)
    assertStatus(try look(), 3)
  }

  private func presences(of name: String) throws -> Int {
    let line = try project.lien("people").output.split(separator: "\n").first { $0.contains(name) }
    return Int(line?.split(separator: "\u{A0}").last ?? "") ?? 0
  }

  func testNamesToConfirmAreChosenFromAListAndComeIn() throws {
    try dropUnsure()
    assertContains(
      try read("Les Tilleuls/mars.csv — récépissé.html"),
      "mars.csv — personnes à confirmer.xlsx")
    // Rows to correct and names to confirm are apart.
    let rows = try Book(box + "/Les Tilleuls/mars.csv — à corriger.xlsx")
    XCTAssertEqual(try rows.column("Présence"), ["bof"])
    var book = try Book(box + "/" + names)
    XCTAssertEqual(try book.column("Nom"), ["Mohamed Diallo", "Mohamed"])
    let choices = book.sheets[1].rows
    XCTAssertEqual(choices[0].prefix(2).map { String($0.prefix(4)) }, ["1 = ", "2 = "])
    assertContains(choices[0][1], "B07")
    // Untouched, it waits without a word.
    XCTAssertEqual(try look().output, "")
    // One of two is chosen: it is taken, and the other is asked for again.
    try book.type(choices[0][1], under: "Décision", besides: "Mohamed Diallo")
    try book.save()
    let first = try look()
    assertStatus(first, 0)
    assertContains(first.output, "1 nom décidé, 1 attend encore")
    XCTAssertFalse(first.output.contains("Diallo"), first.output)
    XCTAssertEqual(try presences(of: "B07"), 2)
    XCTAssertEqual(try presences(of: "A12"), 0)
    XCTAssertTrue(files.fileExists(atPath: box + "/" + names + " — récépissé.html"))
    book = try Book(box + "/" + names)
    XCTAssertEqual(try book.column("Nom"), ["Mohamed"])
    // What is none of the choices is said, and stays.
    try book.type("peut-être", under: "Décision", besides: "Mohamed")
    try book.save()
    let wrong = try look()
    assertStatus(wrong, 3)
    assertContains(try read(names + " — récépissé.html"), "décision illisible, ligne 2")
    try book.type("personne = ne pas compter cette ligne", under: "Décision", besides: "Mohamed")
    try book.save()
    assertStatus(try look(), 0)
    XCTAssertFalse(files.fileExists(atPath: box + "/" + names))
    assertContains(try project.lien("people", "review").output, "Aucun nom")
    XCTAssertEqual(
      (files.subpaths(atPath: box + "/faits") ?? []).filter { $0.contains("confirmer") }.count, 2)
    // The decision is remembered for the sheets to come.
    try drop("Les Tilleuls/avril.csv", "Atelier : Jardin;\nNom;02/04/2024\nMohamed Diallo;x\n")
    assertStatus(try look(), 0)
    XCTAssertEqual(try presences(of: "B07"), 3)
  }

  func testNamesDecidedElsewhereAreNoLongerAskedFor() throws {
    try dropUnsure()
    let review = project.path + "/noms.xlsx"
    assertStatus(try project.lien("people", "review", "--out", review), 0)
    var book = try Book(review)
    try book.type("2", under: "Décision", besides: "Mohamed Diallo")
    try book.type("nouveau", under: "Décision", besides: "Mohamed")
    try book.save()
    // It is no sheet to import, and the message says so.
    let imported = try project.lien("import", review)
    assertStatus(imported, 2)
    assertContains(imported.errors, "lien people review")
    assertStatus(try project.lien("people", "review", review), 0)
    XCTAssertEqual(try presences(of: "B07"), 2)
    let run = try look()
    assertContains(run.output, "déjà tous décidés")
    XCTAssertFalse(files.fileExists(atPath: box + "/" + names))
  }

  func testAFileOfNamesIsKnownByItsHeadingsWhateverItsName() throws {
    try dropUnsure()
    var book = try Book(box + "/" + names)
    try book.type("1", under: "Décision", besides: "Mohamed Diallo")
    try book.save()
    try files.moveItem(atPath: box + "/" + names, toPath: box + "/Les Tilleuls/noms de mars.xlsx")
    assertContains(try look().output, "1 nom décidé")
    XCTAssertEqual(try presences(of: "A12"), 2)
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
    let page = try read("lien — récépissé.html")
    assertContains(page, "feuille 100.csv")
    assertContains(page, "href=\"./Les%20Tilleuls/feuille%20100.csv%20")
    for text in [page, run.output].map({
      $0.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    }) {
      assertContains(text, "100 feuilles entrées : Séances +100 ; Présences +100.")
    }
  }
}
