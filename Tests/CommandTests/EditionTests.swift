import Foundation
import TestSupport
import XCTest

/// Frozen reports: the same bytes whatever happens to the data, signed, compared with today.
final class EditionTests: XCTestCase {
  private func project() throws -> TestProject {
    let p = try TestProject()
    try p.sheet(
      "residences.csv", "Résidence;Nom;Fictif\nLILAS;Les Lilas;oui\nIFS;Les Ifs;oui\n")
    var register = "Identifiant;Nom;Prénom;Résidence;Arrivée;Année de naissance;Sexe\n"
    for i in 1...30 {
      register += "H\(i);Nom\(i);Prénom\(i);\(i % 2 == 0 ? "LILAS" : "IFS");2019-03-01;"
      register += "\(1940 + i * 2);\(i % 3 == 0 ? "M" : "F")\n"
    }
    try p.sheet("registre.csv", register)
    try p.sheet(
      "seances.csv",
      "Séance;Résidence;Date;Activité\nS1;LILAS;2024-03-05;Tricot\nS2;IFS;2024-04-05;Tricot\n")
    var presences = "Séance;Personne;Présence\n"
    for i in 1...24 { presences += "\(i % 2 == 0 ? "S1" : "S2");H\(i);x\n" }
    try p.sheet("presences.csv", presences)
    // A short layout: the test is about freezing, not about eighty indicators.
    try """
    {report: "court", kind: "document", title: {fr: "Rapport court", en: "Short report"},
      lead: {fr: "Essai.", en: "A test."}, history: 1, headlines: ["participants"],
      comparison: ["participants"], parts: ["summary", "comparison", "axes", "method", "data"],
      axes: [{axis: "qualite_de_vie", title: {fr: "Lien social", en: "Bonds"},
        question: {fr: "Qui vient ?", en: "Who comes?"}, findings: ["participants"],
        indicators: ["participants", "presences"],
        figures: [{indicator: "participants", chart: "bars", across: "residence"},
          {indicator: "presences", chart: "columns", across: "month"}]}]}
    """.write(toFile: p.path + "/reports/court.json5", atomically: true, encoding: .utf8)
    for sheet in ["residences", "registre", "seances", "presences"] {
      assertStatus(try p.lien("import", sheet + ".csv"), 0)
    }
    return p
  }

  /// All files of a folder.
  private func files(_ folder: String, _ p: TestProject) throws -> [String: Data] {
    let path = p.workdir.path + "/" + folder
    var out: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      out[name] = FileManager.default.contents(atPath: path + "/" + name)
    }
    return out
  }

  private func text(_ name: String, _ p: TestProject) throws -> String {
    try String(contentsOfFile: p.workdir.path + "/" + name, encoding: .utf8)
  }

  func testAnEditionStaysWhateverHappensToTheData() throws {
    let p = try project()
    try FileManager.default.createDirectory(
      atPath: p.path + "/reports/textes", withIntermediateDirectories: true)
    try """
    {texts: {"participants": {fr: "Une année de reprise.", en: "A year of recovery."}}}
    """.write(
      toFile: p.path + "/reports/textes/court-2024.json5", atomically: true, encoding: .utf8)
    let line = ["report", "court", "--edition", "2024", "--audience", "public", "--out"]
    func report(_ folder: String) throws -> Program.Run {
      let run = try Program.run(
        line + [folder], in: p.workdir.path,
        environment: ["LIEN_PROJECT": p.path, "LIEN_HOME": Places.root])
      assertStatus(run, 0)
      return run
    }
    _ = try report("un")
    let page = try text("un/court-2024.html", p)
    assertContains(page, "Une année de reprise.")
    assertContains(page, "Édition «\u{A0}2024\u{A0}»")
    assertContains(page, "non signé")

    // A person is forgotten, a sheet is corrected, a definition changes, the text too.
    assertStatus(try p.lien("people", "forget", "H4", "--force"), 0)
    try p.sheet("presences.csv", "Séance;Personne;Présence\nS1;H2;x\nS2;H1;x\nS2;H3;x\n")
    assertStatus(try p.lien("import", "presences.csv"), 0)
    try """
    {texts: {"participants": {fr: "Autre chose.", en: "Else."}}}
    """.write(
      toFile: p.path + "/reports/textes/court-2024.json5", atomically: true, encoding: .utf8)
    try "{}".write(
      toFile: p.path + "/reports/court.json5", atomically: true, encoding: .utf8)
    let again = try report("deux")
    XCTAssertEqual(try files("un", p), try files("deux", p))
    assertContains(again.errors, "les données ont changé depuis")

    // Neither rows nor names are kept.
    let store = try XCTUnwrap(FileManager.default.contents(atPath: p.path + "/lien.sqlite"))
    XCTAssertNil(store.range(of: Data("Prénom4".utf8)))
    XCTAssertNil(store.range(of: Data("Nom5".utf8)))

    // Signed, it says so, and stays the same from then on.
    assertStatus(
      try p.lien("editions", "sign", "court", "2024", "--by", "A. Diop, directrice"), 0)
    _ = try report("trois")
    assertContains(try text("trois/court-2024.html", p), "signée par A. Diop, directrice")
    _ = try report("quatre")
    XCTAssertEqual(try files("trois", p), try files("quatre", p))
    assertStatus(try p.lien("editions", "drop", "court", "2024"), 2)
    assertStatus(try p.lien("editions", "sign", "court", "2024", "--by", "B"), 2)
    assertContains(try p.lien("editions").output, "signée par A. Diop, directrice")

    // A backup holds it.
    assertStatus(try p.lien("backup", "s.lien"), 0)
    assertStatus(try p.lien("restore", "s.lien", "--force"), 0)
    _ = try report("cinq")
    XCTAssertEqual(try files("trois", p), try files("cinq", p))
  }

  func testWhatMovedIsToldWithItsCauses() throws {
    let p = try project()
    assertStatus(try p.lien("report", "court", "--edition", "2024", "--out", "un"), 0)
    assertContains(
      try p.lien("editions", "compare", "court", "2024").output, "Aucun chiffre n’a bougé")
    try p.sheet("encore.csv", "Séance;Personne;Présence\nS3;H26;x\nS3;H28;x\n")
    try p.sheet("seance3.csv", "Séance;Résidence;Date;Activité\nS3;LILAS;2024-06-05;Tricot\n")
    assertStatus(try p.lien("import", "seance3.csv"), 0)
    assertStatus(try p.lien("import", "encore.csv"), 0)
    let moved = try p.lien("editions", "compare", "court", "2024")
    assertStatus(moved, 0)
    assertContains(moved.output, "24 → 26")
    // Years and months of one indicator are told together, each cell once: the year of all and of
    // the Lilas, June of all and of the Lilas.
    assertContains(moved.output, "(presences) : 4 cases sur")
    assertContains(moved.output, "imports depuis : 5, 6")
    assertContains(moved.output, "nouvelles données")
  }

  func testAChangedDefinitionIsAVisibleBreak() throws {
    let p = try project()
    assertStatus(try p.lien("report", "court", "--edition", "2024", "--out", "un"), 0)
    let folder = p.path + "/indicators/definitions"
    let path = try XCTUnwrap(
      FileManager.default.subpathsOfDirectory(atPath: folder)
        .first { $0.hasSuffix("/participants.json5") })
    let old = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
    let new = old.replacingOccurrences(of: "version: \"1\"", with: "version: \"2\"")
      .replacingOccurrences(of: "version: 1,", with: "version: 2,")
    XCTAssertNotEqual(old, new)
    try new.write(toFile: folder + "/" + path, atomically: true, encoding: .utf8)
    assertStatus(
      try p.lien("report", "court", "--edition", "2025", "--period", "2024", "--out", "deux"), 0)
    let page = try text("deux/court-2024.html", p)
    assertContains(page, "Rupture de série")
    assertContains(page, "version 1 → 2")
    assertContains(page, "donnait 24")
    // In the figure too, not only at the head of the section.
    let figure = try XCTUnwrap(page.split(separator: "<figure").dropFirst().first)
    assertContains(String(figure), "Rupture de série")
    assertContains(
      try p.lien("editions", "compare", "court", "2024").output, "version 1 → 2")
  }
}
