import Foundation
import TestSupport
import XCTest

/// The example projects of `seeds/`: each is made by one command, and its arithmetic is that of its
/// document, written down here by hand.
final class ExampleProjectTests: XCTestCase {
  private struct Row: Decodable {
    var indicator: String
    var residence: String
    var status: String
    var value: Double?
    var numerator: Double?
    var denominator: Double?
    var ci_low: Double?
    var ci_high: Double?
  }

  /// An example, made.
  private struct Example {
    let work: Workdir
    let page: String

    init(_ name: String) throws {
      work = try Workdir()
      let run = try Program.run(
        ["demo", "--example", name, "essai"], in: work.path,
        environment: ["LIEN_HOME": Places.root])
      guard run.status == 0 else { throw TestProject.Failed(what: run.errors) }
      page = String(run.output.split(separator: "\n").last ?? "")
    }

    func lien(_ arguments: [String]) throws -> Program.Run {
      try Program.run(
        arguments, in: work.path,
        environment: ["LIEN_PROJECT": "essai/projet", "LIEN_HOME": Places.root])
    }

    func text(_ path: String) throws -> String {
      try String(contentsOfFile: work.path + "/" + path, encoding: .utf8)
    }

    /// The rows of all residences together: by indicator, or by the values of a cut.
    func values(_ ids: [String], period: String, by cut: String? = nil, of place: String = "_total")
      throws -> [String: Row]
    {
      let run = try lien(
        ["compute"] + ids + ["--period", period, "--json"] + (cut.map { ["--by", $0] } ?? []))
      assertStatus(run, 0)
      let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
      guard let cut else {
        return Dictionary(
          rows.filter { $0.residence == place }.map { ($0.indicator, $0) },
          uniquingKeysWith: { a, _ in a })
      }
      let cells = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
      let keys = (cells ?? []).map { cell in
        cell[cut] as? String ?? ""
      }
      return Dictionary(
        zip(keys, rows).filter { $0.1.residence == place }, uniquingKeysWith: { a, _ in a })
    }
  }

  private func assert(
    _ rows: [String: Row], _ key: String, _ expected: Double, file: StaticString = #filePath,
    line: UInt = #line
  ) throws {
    let value = try XCTUnwrap(rows[key]?.value, key, file: file, line: line)
    XCTAssertEqual(
      value, expected, accuracy: 1e-9 * max(1, abs(expected)), key, file: file, line: line)
  }

  /// Those of some indicators that have a value in at least one example.
  static func given(of ids: [String]) throws -> Set<String> {
    var out: Set<String> = []
    for (name, periods) in [
      ("guyancourt", ["2022-03-01..2023-02-28"]), ("fonds-innovation", ["2020", "2021"]),
      ("acheres", ["2019"]), ("lapes", ["2023"]), ("accompagnement", ["2015", "2016"]),
    ] {
      let example = try Example(name)
      for period in periods {
        let run = try example.lien(["compute"] + ids + ["--period", period, "--json"])
        assertStatus(run, 0)
        let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
        out.formUnion(rows.filter { $0.status == "V" }.map(\.indicator))
      }
    }
    return out
  }

  func testGuyancourt() throws {
    let example = try Example("guyancourt")
    let rows = try example.values(
      [
        "budget-prevu-logement", "renouvellements-restants", "criteres", "criteres-documentes",
        "salle-occupation", "menages-touches", "couverture",
      ], period: "2022-03-01..2023-02-28")
    try assert(rows, "budget-prevu-logement", 5000.0 / 84)
    XCTAssertEqual(
      (try XCTUnwrap(rows["budget-prevu-logement"]?.value) * 100).rounded() / 100, 59.52)
    try assert(rows, "renouvellements-restants", 2)
    try assert(rows, "criteres", 9)
    try assert(rows, "criteres-documentes", 1)
    try assert(rows, "couverture", 1)
    XCTAssertEqual(rows["menages-touches"]?.denominator, 84)
    let page = try example.text(example.page)
    for word in ["pertinence", "territoire", "ancrage", "mobilisation", "aller-vers"] {
      assertContains(page, "id=\"axe-\(word)\"")
    }
    XCTAssertEqual(page.components(separatedBy: "class=\"part axis-part\"").count - 1, 9)
    assertContains(page, "l’offre la plus avantageuse économiquement est privilégiée")
    assertContains(page, "ceux du document du 19 novembre 2021")
    // The year of the convention is not the calendar year: nothing of it begins in 2021.
    let before = try example.values(["budget-prevu-logement"], period: "2021")
    XCTAssertNil(before["budget-prevu-logement"]?.value ?? nil)
  }

  func testTheFund() throws {
    let example = try Example("fonds-innovation")
    let seeds = try example.values(
      ["menages-sites", "sites", "bailleurs-associes"], period: "2021", of: "axe-majeur")
    try assert(seeds, "menages-sites", 1224)
    try assert(seeds, "sites", 9)
    try assert(seeds, "bailleurs-associes", 6)
    // A landlord’s own households, so that the six add up to the whole.
    let landlords = try example.values(
      ["menages-sites"], period: "2021", by: "landlord", of: "axe-majeur")
    XCTAssertEqual(
      landlords.filter { $0.key != "_total" }.compactMap(\.value.value).reduce(0, +), 1224)
    for (residence, dwellings) in [
      ("aulnay", 3792.0), ("montenotte", 114), ("ozanam", 219), ("cergy-pontoise", 4911),
    ] {
      try assert(
        try example.values(["logements-sites"], period: "2021", of: residence), "logements-sites",
        dwellings)
    }
    // 4,911 are dwellings: flagged, and never given as households.
    let mediation = try example.values(
      ["menages-sites", "menages-pris-pour-logements"], period: "2021", of: "cergy-pontoise")
    try assert(mediation, "menages-pris-pour-logements", 1)
    XCTAssertNil(mediation["menages-sites"]?.value ?? nil)
    XCTAssertEqual(mediation["menages-sites"]?.status, "I")
    try assert(
      try example.values(["menages-pris-pour-logements"], period: "2021"),
      "menages-pris-pour-logements", 1)
    // 21 of 300, with Student’s interval on the logit.
    let seniors = try example.values(["minimum-vieillesse"], period: "2020")
    try assert(seniors, "minimum-vieillesse", 0.07)
    XCTAssertEqual(seniors["minimum-vieillesse"]?.ci_low ?? 0, 0.0460, accuracy: 1e-4)
    XCTAssertEqual(seniors["minimum-vieillesse"]?.ci_high ?? 0, 0.1052, accuracy: 1e-4)
    let children = try example.values(["part-enfants"], period: "2021", of: "montenotte")
    XCTAssertGreaterThan(children["part-enfants"]?.value ?? 0, 1.0 / 3)
  }

  func testAcheres() throws {
    let example = try Example("acheres")
    let contracts = try example.values(["echeancier"], period: "2016..2021", by: "contract")
    try assert(contracts, "ACH-AMU-I", 60_000)
    try assert(contracts, "ACH-AMU-E", 75_000)
    // Nothing is due with tax: the two would not add up.
    let taxes = try example.values(["echeancier"], period: "2016..2021", by: "tax")
    try assert(taxes, "ht", 135_000)
    XCTAssertEqual(taxes.keys.filter { $0 != "_total" }.sorted(), ["ht"])
    for (date, due) in [
      ("2016-01", 10_000.0), ("2018-12", 60_000), ("2019-01", 72_500), ("2021-12", 135_000),
    ] {
      try assert(try example.values(["echeances-dues"], period: date), "echeances-dues", due)
    }
    let year = try example.values(
      ["gardiens-formes", "formations-actions", "formations-actions-taux", "comites-tenus"],
      period: "2019")
    try assert(year, "formations-actions", 11)
    try assert(year, "formations-actions-taux", 11.0 / 12)
    try assert(year, "gardiens-formes", 11.0 / 12)
    try assert(year, "comites-tenus", 1)
    // What the convention does not have is left out; the rest stands, under the project’s notice.
    let page = try example.text(example.page)
    assertContains(page, "id=\"axe-formation\"")
    XCTAssertFalse(page.contains("id=\"axe-menages\""))
    assertContains(page, "sont ceux du projet de convention")
    let panel = try example.values(
      [
        "taux-reponse", "representativite", "dissemblance-repondants-residences",
        "dissemblance-repondants-ages", "dissemblance-repondants-sexes",
        "dissemblance-repondants-pcs",
      ], period: "2016")
    XCTAssertEqual(panel.values.filter { $0.value != nil }.count, 6)
  }

  func testLapes() throws {
    let example = try Example("lapes")
    let rows = try example.values(
      [
        "promotions", "stagiaires-formes", "stagiaires-embauches", "stagiaires-qpv",
        "parcours-eligibles",
      ], period: "2023")
    try assert(rows, "promotions", 3)
    try assert(rows, "stagiaires-formes", 32)
    try assert(rows, "stagiaires-embauches", 24.0 / 32)
    try assert(rows, "stagiaires-qpv", 27.0 / 36)
    try assert(rows, "parcours-eligibles", 35.0 / 40)
    let trades = try example.values(["promotions"], period: "2023", by: "trade")
    try assert(trades, "manager", 1)
    try assert(trades, "caretaker", 2)
    let page = try example.text(example.page)
    for axis in [
      "Qualité de vie et cohésion", "Vitalité économique", "Transition écologique",
      "Innovation sociale", "Actions", "Effets", "Index des référentiels",
    ] { assertContains(page, axis) }
    XCTAssertEqual(
      Set((1...8).filter { page.contains("Résidence Particip’active \($0)") }).count, 8)
  }

  func testAccompaniedHousing() throws {
    let example = try Example("accompagnement")
    let rows = try example.values(
      [
        "mois-mesures", "mois-mesures-15", "mois-mesures-prorata", "mois-mesures-achetes",
        "convention-consommee", "prix-mois-mesure", "prix-menage", "minimum-rencontres",
        "file-active-avant", "entrees", "sorties", "file-active", "ecart-file-active",
        "presence-etat-des-lieux",
      ], period: "2015")
    for reading in ["mois-mesures", "mois-mesures-15", "mois-mesures-prorata"] {
      try assert(rows, reading, 360)
    }
    try assert(rows, "mois-mesures-achetes", 360)
    try assert(rows, "convention-consommee", 1)
    try assert(rows, "prix-mois-mesure", 125)
    try assert(rows, "prix-menage", 1500)
    // 30 households, ten of whom leave and are replaced: 30 + 10 begun, 10 ended, 30 at the end.
    for (id, number) in [
      ("file-active-avant", 0.0), ("entrees", 40), ("sorties", 10), ("file-active", 30),
    ] { try assert(rows, id, number) }
    // Of 300 whole months after integration, one in twelve keeps three meetings only.
    XCTAssertEqual(rows["minimum-rencontres"]?.denominator, 300)
    try assert(rows, "minimum-rencontres", 275.0 / 300)
    let shares = try example.values(["part-financements"], period: "2015", by: "counterparty")
    XCTAssertEqual(
      shares.filter { $0.key != "_total" }.compactMap(\.value.value).sorted(), [0.25, 0.25, 0.5])
    let funding = try example.values(["financements"], period: "2015", by: "counterparty")
    XCTAssertEqual(
      funding.filter { $0.key != "_total" }.compactMap(\.value.value).sorted(),
      [11_250, 11_250, 22_500])

    let page = try example.text(example.page)
    assertContains(page, "id=\"axe-menages\"")
    XCTAssertFalse(page.contains("id=\"axe-formation\""))
    assertContains(page, "30 chaque fois")

    // The identity of the caseload is a rule that a statement may break.
    try assert(rows, "ecart-file-active", 0)
    try Data(
      "Résidence;Mois du relevé;Convention;File active au début;Entrées du mois;Sorties du mois;File active à la fin\ncrea;01/06/2015;ICF-ENS-2015;30;1;1;31\n"
        .utf8
    ).write(to: URL(fileURLWithPath: example.work.path + "/releve.csv"))
    assertStatus(try example.lien(["import", "releve.csv", "--table", "caseload"]), 0)
    try assert(
      try example.values(["ecart-file-active"], period: "2015"), "ecart-file-active", 1)
  }

  func testAnUnknownExampleIsToldWithTheKnownOnes() throws {
    let work = try Workdir()
    let run = try Program.run(
      ["demo", "--example", "guyancour"], in: work.path, environment: ["LIEN_HOME": Places.root])
    assertStatus(run, 2)
    assertContains(run.errors, "accompagnement, acheres, fonds-innovation, guyancourt, lapes")
  }
}
