import Foundation
import TestSupport
import XCTest

/// `import --receipt` writes a page that says what was understood and what to correct, for its
/// owner alone.
final class ReceiptTests: XCTestCase {
  private var project: TestProject!

  override func setUpWithError() throws {
    project = try TestProject()
    try project.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    try project.sheet(
      "registre.csv",
      """
      Personne;Résidence;Nom;Prénom;Logement;Arrivée
      R1;tilleuls;Martin;Adèle;A1;01/01/2020
      R2;tilleuls;Martin;Adèle;B7;01/01/2020
      R3;tilleuls;Petit;Bruno;A2;01/01/2020

      """)
    assertStatus(try project.lien("import", "residences.csv", "registre.csv"), 0)
  }

  private func page(_ name: String = "recu.html") throws -> String {
    try String(contentsOfFile: project.workdir.path + "/" + name, encoding: .utf8)
  }

  /// Text without tags, spaces of every kind as one plain space.
  private func words(_ html: String) -> String {
    html.replacingOccurrences(
      of: "<style[^>]*>[\\s\\S]*?</style>", with: " ", options: .regularExpression
    )
    .replacingOccurrences(of: "<[^>]+>", with: " ", options: .regularExpression)
    .replacingOccurrences(of: "[\\s\u{A0}\u{202F}]+", with: " ", options: .regularExpression)
  }

  func testAPersonWhoWaitsIsMarkedOnTheNameAndSaidOnce() throws {
    try project.sheet(
      "avril.csv",
      """
      Résidence : Les Tilleuls;;;
      Atelier : Jardin;;;
      Nom;02/04/2024;09/04/2024;16/04/2024
      Bruno Petit;x;x;x
      Adèle Martin;x;x;

      """)
    assertStatus(try project.lien("import", "avril.csv", "--receipt", "recu.html"), 3)
    let html = try page()
    assertContains(html, "<td class=\"wrong\"><mark>Adèle Martin</mark>")
    XCTAssertEqual(html.matches(of: /class="wrong"/).count, 1)
    let text = words(html)
    assertContains(text, "La feuille est entrée. Il reste 1 point à corriger.")
    assertContains(text, "⚠ 1 A5 Personne Adèle Martin nom à vérifier")
    assertContains(text, "2 fois")
    assertContains(text, "Martin Adèle, logement A1 ; Martin Adèle, logement B7")
    assertContains(text, "Personnes connues 1 et 1 nom à vérifier")
    assertContains(text, "Séances 3")
    assertContains(text, "Mises de côté 2")
    assertContains(text, "private/rejets/3-avril.csv")
    assertContains(text, "16 avril 2024, Jardin 1")
  }

  func testTheSameSheetAgainSaysThatNothingChanges() throws {
    try project.sheet("mars.csv", "Atelier : Jardin;\nNom;05/03/2024\nBruno Petit;x\n")
    let place = ["--residence", "tilleuls"]
    func bring(_ more: [String]) throws -> Program.Run {
      try Program.run(
        ["import", "mars.csv"] + place + more, in: project.workdir.path,
        environment: ["LIEN_PROJECT": project.path, "LIEN_HOME": Places.root])
    }
    assertStatus(try bring(["--receipt", "recu.html"]), 0)
    assertContains(words(try page()), "La feuille est entrée. Rien n’est à corriger, merci !")
    assertContains(words(try page()), "Présences : 1 ligne ajoutée")
    assertContains(words(try page()), "Import 3, reçu le")
    let before = try project.lien("verify").output
    // What is there is not overwritten without leave.
    let refused = try bring(["--receipt", "recu.html"])
    assertStatus(refused, 2)
    assertContains(refused.errors, "recu.html")
    assertStatus(try bring(["--receipt", "recu.html", "--force"]), 0)
    assertContains(
      words(try page()),
      "Rien de nouveau : cette feuille est déjà entrée (import 3), rien n’a changé.")
    XCTAssertFalse(words(try page()).contains("ajoutée"))
    XCTAssertEqual(try project.lien("verify").output, before)
  }

  func testADryRunSaysWhatWouldChange() throws {
    try project.sheet("mars.csv", "Atelier : Jardin;\nNom;05/03/2024\nBruno Petit;x\n")
    let run = try project.lien(
      "import", "mars.csv", "--residence", "tilleuls", "--dry-run", "--receipt", "recu.html")
    assertStatus(run, 0)
    let text = words(try page())
    assertContains(text, "Essai à blanc : rien n’a été changé")
    assertContains(text, "Ce qui changerait")
    XCTAssertFalse(text.contains("Import 3"))
  }

  func testASheetThatCannotComeInSaysWhyAndWhatToDo() throws {
    try project.workdir.write("photo.csv", data: Data([0, 1, 2, 0x50, 0x4E, 0x47, 0]))
    assertStatus(try project.lien("import", "photo.csv", "--receipt", "recu.html"), 5)
    let text = words(try page())
    assertContains(text, "La feuille n’a pas pu entrer ; rien n’a changé.")
    assertContains(text, "Pourquoi : ce n’est pas un fichier de texte")
    assertContains(text, "À faire :")
  }

  func testThePageIsForItsOwnerAndOfOneSheet() throws {
    try project.sheet("mars.csv", "Atelier : Jardin;\nNom;05/03/2024\nBruno Petit;x\n")
    let two = try project.lien("import", "mars.csv", "mars.csv", "--receipt", "recu.html")
    assertStatus(two, 2)
    let one = try project.lien(
      "import", "mars.csv", "--residence", "tilleuls", "--receipt", "recu.html")
    assertStatus(one, 0)
    let path = project.workdir.path + "/recu.html"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
  }

  func testSessionsKnownByTheirIdentifierAreSaidByTheirDay() throws {
    try project.sheet(
      "seances.csv",
      "Séance;Résidence;Date;Activité;Heure\nS1;tilleuls;05/03/2024;Jardin;14h30\n")
    assertStatus(try project.lien("import", "seances.csv"), 0)
    try project.sheet("presences.csv", "Séance;Personne;Nombre\nS1;R3;\nS1;;12\n")
    let run = try project.lien("import", "presences.csv", "--receipt", "recu.html")
    assertStatus(run, 0)
    let text = words(try page())
    assertContains(text, "5 mars 2024, 14 h 30, Jardin 1 12")
    assertContains(text, "Comptées sans nom 12")
  }

  func testNamesOfAWorkbooksSheetAreDecidedFromAWorkbook() throws {
    let folder = project.workdir.path
    try Book(
      folder + "/mai.xlsx", "Mai",
      [
        ["Résidence : Les Tilleuls"], ["Nom", "07/05/2024", "14/05/2024"],
        ["Adèle Martin", "x", "x"], ["Bruno Petit", "x", ""],
      ]
    ).save()
    assertStatus(try project.lien("import", "mai.xlsx", "--receipt", "recu.html"), 3)
    assertContains(try page(), "<td class=\"wrong\"><mark>Adèle Martin</mark>")
    assertStatus(try project.lien("people", "review", "--out", folder + "/noms.xlsx"), 0)
    var names = try Book(folder + "/noms.xlsx")
    try names.type("1", under: "Décision", besides: "Adèle Martin")
    try names.save()
    let decided = try project.lien("people", "review", folder + "/noms.xlsx")
    assertStatus(decided, 0)
    assertContains(decided.output, "Présences +2")
  }

  func testCorrectedRowsAreNotShownOnASheetThatIsNotTheirs() throws {
    try project.sheet(
      "avril.csv", "Atelier : Jardin;;\n;;\nNom;02/04/2024;09/04/2024\nBruno Petit;x;bof\n")
    let first = try project.lien("import", "avril.csv", "--residence", "tilleuls")
    assertStatus(first, 3)
    let rejects = project.path + "/private/rejets/3-avril.csv"
    try project.sheet(
      "corrige.csv",
      try String(contentsOfFile: rejects, encoding: .utf8).replacingOccurrences(
        of: "bof", with: "zut"))
    let again = try project.lien(
      "import", "corrige.csv", "--residence", "tilleuls", "--table", "attendance", "--receipt",
      "recu.html")
    assertStatus(again, 3)
    let html = try page()
    XCTAssertFalse(html.contains("class=\"sheet\""))
    assertContains(words(html), "zut")
  }
}
