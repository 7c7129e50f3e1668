import Foundation
import TestSupport
import XCTest

/// `lien check`: what a person is told of data that break a rule.
final class QualityTests: XCTestCase {
  private func project() throws -> TestProject {
    let p = try TestProject()
    try p.sheet("residences.csv", "Résidence;Nom;Fictif\nLILAS;Les Lilas;oui\n")
    try p.sheet(
      "registre.csv",
      """
      Identifiant;Nom;Prénom;Résidence;Arrivée;Départ;Année de naissance
      H1;Zylberstein;Apolline;LILAS;2019-03-01;;1951
      H2;Kowalczyk;Barnabé;LILAS;2033-03-01;;1990

      """)
    let months = (1...8).filter { $0 != 4 }.map { month in
      "M\(month);LILAS;2024-0\(month)-10;Tricot"
    }
    try p.sheet(
      "seances.csv",
      "Séance;Résidence;Date;Activité\n" + months.joined(separator: "\n")
        + "\nSEUL;LILAS;2024-05-20;Belote\n")
    // Twenty people a month, three in July; a sheet of a session that nobody listed.
    let counts = (1...8).filter { $0 != 4 }.map { "M\($0);\($0 == 7 ? 3 : 20 + $0)" }
    try p.sheet(
      "presences.csv",
      "Séance;Nombre\n" + counts.joined(separator: "\n") + "\nPERDUE;12\n")
    for sheet in ["residences", "registre", "seances", "presences"] {
      let run = try p.lien("import", sheet + ".csv")
      XCTAssertTrue([0, 3].contains(run.status), run.errors + run.output)
    }
    return p
  }

  func testWhatIsWrongIsListedWithWhereAndWhatToDo() throws {
    let p = try project()
    let run = try p.lien("check")
    assertStatus(run, 3)
    for part in [
      "À CORRIGER", "Présences d’une séance inconnue (1)", "PERDUE", "(presences.csv)",
      "Arrivée dans le futur", "H2", "Séance tenue, sans feuille de présence (1)", "SEUL",
      "20 mai 2024", "Mois sans aucune séance (1)", "avril 2024",
      "Fréquentation très différente", "juillet 2024", "environ 23",
    ] { assertContains(run.output, part) }
    // What is right is not told.
    for part in ["H1", "M3", "mars 2024"] {
      XCTAssertFalse(run.output.contains(part), part + " in:\n" + run.output)
    }
  }

  func testJSONAndQuietNameNobody() throws {
    let p = try project()
    for arguments in [["check", "--json"], ["check", "--format", "csv"], ["check", "--quiet"]] {
      let run = try Program.run(
        arguments, in: p.workdir.path,
        environment: ["LIEN_PROJECT": p.path, "LIEN_HOME": Places.root])
      assertStatus(run, 3)
      for name in ["H2", "PERDUE", "Zylberstein"] {
        XCTAssertFalse(run.output.contains(name), "\(arguments): \(name)")
      }
    }
    let all = try JSONSerialization.jsonObject(
      with: Data(try p.lien("check", "--json").output.utf8))
    let found = try XCTUnwrap(all as? [[String: Any]])
    XCTAssertEqual(
      Set(found.compactMap { $0["rule"] as? String }),
      [
        "feuille-sans-seance", "arrivee-future", "seance-sans-feuille", "mois-sans-donnees",
        "rupture-de-frequentation",
      ])
  }

  func testCorrectedDataAreRight() throws {
    let p = try project()
    try p.sheet(
      "registre.csv",
      """
      Identifiant;Nom;Prénom;Résidence;Arrivée;Départ;Année de naissance
      H1;Zylberstein;Apolline;LILAS;2019-03-01;;1951
      H2;Kowalczyk;Barnabé;LILAS;2023-03-01;;1990

      """)
    try p.sheet("fermetures.csv", "Résidence;Du;Au;Motif\nLILAS;2024-04-01;2024-04-30;travaux\n")
    try p.sheet(
      "suite.csv", "Séance;Résidence;Date;Activité\nPERDUE;LILAS;2024-07-21;Tricot\n")
    try p.sheet("seul.csv", "Séance;Nombre\nSEUL;4\n")
    for sheet in ["registre", "fermetures", "suite", "seul"] {
      assertStatus(try p.lien("import", sheet + ".csv"), 0)
    }
    let run = try p.lien("check")
    assertStatus(run, 0)
    assertContains(run.output, "Rien à signaler")
  }

  func testAProjectChangesItsRules() throws {
    let p = try project()
    let folder = p.path + "/indicators/rules"
    try """
    {rules: [{id: "belote", severity: "error", kind: "range", table: "activity", columns: ["date"],
      greatest: "2024-05-01", when: {title: ["Belote"]},
      title: {fr: "Belote trop tardive", en: "Late"}, remedy: {fr: "rejouez", en: "again"}}]}
    """.write(toFile: folder + "/maison.json5", atomically: true, encoding: .utf8)
    let run = try p.lien("check", "--rule", "belote")
    assertStatus(run, 3)
    assertContains(run.output, "1 constat\u{A0}: 1 à corriger")
    assertContains(run.output, "rejouez")

    try """
    {rules: [{id: "bancale", severity: "error", kind: "order", table: "activity", columns: ["dates"],
      title: {fr: "x", en: "x"}, remedy: {fr: "x", en: "x"}}]}
    """.write(toFile: folder + "/maison.json5", atomically: true, encoding: .utf8)
    let broken = try p.lien("check")
    assertStatus(broken, 1)
    assertContains(broken.errors, "maison.json5:1")
    assertContains(broken.errors, "« dates »")
    assertStatus(try p.lien("check", "--rule", "belotte"), 1)
  }

  func testOnePersonInTwoPlacesIsAnError() throws {
    let p = try project()
    try p.sheet("ifs.csv", "Résidence;Nom;Fictif\nIFS;Les Ifs;oui\n")
    try p.sheet(
      "registre-ifs.csv",
      """
      Identifiant;Nom;Prénom;Résidence;Arrivée;Départ;Année de naissance
      H1;Zylberstein;Apolline;IFS;2021-03-01;;1951

      """)
    // She left the Lilas; then that correction is undone: the store holds both stays.
    try p.sheet(
      "registre.csv",
      """
      Identifiant;Nom;Prénom;Résidence;Arrivée;Départ;Année de naissance
      H1;Zylberstein;Apolline;LILAS;2019-03-01;2020-12-31;1951
      H2;Kowalczyk;Barnabé;LILAS;2033-03-01;;1990

      """)
    for sheet in ["registre", "ifs", "registre-ifs"] {
      assertStatus(try p.lien("import", sheet + ".csv"), 0)
    }
    assertStatus(try p.lien("check", "--rule", "deux-sejours"), 0)
    assertStatus(try p.lien("imports", "undo", "5"), 0)
    let run = try p.lien("check", "--rule", "deux-sejours")
    assertStatus(run, 3)
    for part in [
      "Une personne à deux endroits le même jour (1)", "Les Ifs", "H1", "2019-03-01",
      "2021-03-01", "(registre-ifs.csv)",
    ] { assertContains(run.output, part) }
  }

  func testSumsSeriesAndSharesAreChecked() throws {
    let p = try project()
    try """
    {rules: [
      {id: "somme", severity: "error", kind: "identity", table: "landlord_month",
        plus: ["dwellings"], minus: ["departures"], equals: "vacant",
        title: {fr: "Somme fausse", en: "Sum"}, remedy: {fr: "recomptez", en: "recount"}},
      {id: "suite", severity: "error", kind: "continuity", table: "landlord_month",
        columns: ["dwellings", "vacant"],
        title: {fr: "Suite rompue", en: "Series"}, remedy: {fr: "recomptez", en: "recount"}},
      {id: "connu", severity: "note", kind: "known", table: "landlord_month",
        columns: ["incidents"], share: 0.8,
        title: {fr: "Mal connu", en: "Poorly known"}, remedy: {fr: "demandez", en: "ask"}},
    ]}
    """.write(
      toFile: p.path + "/indicators/rules/maison.json5", atomically: true, encoding: .utf8)
    // 30 − 2 = 28, then 28 − 3 = 25 but 26 is said, then 26 where 26 ended; one row says nothing.
    try p.sheet(
      "bailleur.csv",
      """
      Résidence;Mois;Logements gérés;Départs de locataires;Logements vacants en fin de mois;Incivilités signalées
      LILAS;2024-01;30;2;28;4
      LILAS;2024-02;28;3;26;
      LILAS;2024-03;26;;20;
      LILAS;2024-04;21;1;20;

      """)
    assertStatus(try p.lien("import", "bailleur.csv", "--table", "landlord_month"), 0)
    func found(_ rule: String) throws -> [(month: String?, rows: Int)] {
      let text = try p.lien("check", "--rule", rule, "--json").output
      let all = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
      return try XCTUnwrap(all).map { ($0["month"] as? String, $0["rows"] as? Int ?? -1) }
    }
    XCTAssertEqual(try found("somme").map(\.month), ["2024-02"])
    XCTAssertEqual(try found("suite").map(\.month), ["2024-04"])
    XCTAssertEqual(try found("connu").map(\.rows), [3])
    assertContains(
      try p.lien("check", "--rule", "somme").output, "Logements vacants en fin de mois\u{A0}» 25")
  }

  func testDashboardsTellHowOftenRulesAreBrokenAndNothingOfPersons() throws {
    let p = try project()
    for (audience, hasPersons) in [("internal", true), ("public", false)] {
      let run = try p.lien(
        "report", "dashboard", "--period", "2024", "--audience", audience, "--out", audience)
      assertStatus(run, 0)
      let page = try String(
        contentsOfFile: p.workdir.path + "/\(audience)/index.html", encoding: .utf8)
      assertContains(page, "id=\"qualite\"")
      assertContains(page, "Séance tenue, sans feuille de présence")
      XCTAssertEqual(page.contains("Arrivée dans le futur"), hasPersons, audience)
    }
  }
}
