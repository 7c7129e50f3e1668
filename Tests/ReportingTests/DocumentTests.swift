import Diagnostics
import Disclosure
import Foundation
import Periods
import Reporting
import TestSupport
import XCTest

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Documents for print, made from the made-up tables.
final class DocumentTests: XCTestCase {
  private func sample(_ name: String, audience: Audience = .internal) throws -> Sample {
    try Sample(audience: audience, report: name)
  }

  private func matches(_ pattern: String, _ text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.numberOfRanges > 1 ? $0.range(at: 1) : $0.range)
    }
  }

  func testTheAnnualReportIsOneFileAndItsData() throws {
    let files = try sample("annual").files()
    XCTAssertEqual(files.first?.path, "annual-2024.html")
    XCTAssertEqual(files.filter { $0.path.hasSuffix(".html") }.count, 1)
    for path in ["data/annual.csv", "data/annual-excel.csv", "data/participants.csv"] {
      XCTAssertTrue(files.contains { $0.path == path }, path)
    }
    let page = try XCTUnwrap(files.first).contents
    // The parts, in the order of the layout, numbered after the summary.
    XCTAssertEqual(
      matches("<h2>([^<]*)</h2>", page).map { String($0.prefix(3)) },
      ["L’e", "1. ", "2. ", "3. ", "4. ", "5. ", "6. ", "7. ", "8. ", "9. "])
    XCTAssertTrue(page.contains("counter(page)"))
    XCTAssertTrue(page.contains("counter(pages)"))
    XCTAssertTrue(page.contains("default-src 'none'; style-src"))
    XCTAssertFalse(page.contains("<script"))
    // Every link leads to a place of the page or to a file of the report.
    let ids = Set(matches("id=\"([^\"]*)\"", page))
    let paths = Set(files.map(\.path))
    for link in matches("href=\"([^\"]*)\"", page) {
      XCTAssertTrue(
        link.hasPrefix("#") ? ids.contains(String(link.dropFirst())) : paths.contains(link), link)
    }
  }

  func testActionsAreToldFromEffectsAndCodesOfFrameworksAreIndexed() throws {
    var sample = try sample("annual")
    sample.levels = ["taux-participation": "outcome", "presences": "input"]
    sample.frameworks = ["taux-participation": ["sdg": "16.7", "gri": "413-1"]]
    let page = try XCTUnwrap(sample.files().first).contents
    let axis = try XCTUnwrap(
      matches("(?s)<section class=\"part axis-part\" id=\"axe-qualite-de-vie\">.*?</section>", page)
        .first)
    let tables = matches("(?s)<h3>Tableau[^<]*</h3>.*?</table>", axis)
    XCTAssertEqual(
      matches("<h3>(Tableau[^<]*)</h3>", axis),
      ["Tableau\u{A0}2 – Moyens", "Tableau\u{A0}3 – Actions", "Tableau\u{A0}4 – Effets"])
    XCTAssertTrue(tables[0].contains("Présences"))
    XCTAssertTrue(tables[1].contains("Participants uniques"))
    XCTAssertFalse(tables[1].contains("Taux de participation"))
    XCTAssertTrue(tables[2].contains("Taux de participation"))
    let index = try XCTUnwrap(
      matches("(?s)id=\"referentiels\">.*?</section>", page).first)
    XCTAssertTrue(index.contains("<th scope=\"row\">413-1</th><td>Taux de participation</td>"))
    XCTAssertTrue(index.contains("16, cible\u{A0}7"))
    XCTAssertTrue(index.contains("EURHO-GR\u{A0}: aucun code"))
  }

  func testFiguresKeepTheNumbersOfTheLayoutWhateverCanBeGiven() throws {
    func numbers(_ page: String) -> [String: String] {
      var out: [String: String] = [:]
      for figure in matches("(?s)<figure id=.*?</figcaption>", page) {
        let id = matches("<figure id=\"([^\"]*)\"", figure).first ?? ""
        out[id] = matches("Figure\u{A0}([0-9]+)", figure).first
      }
      return out
    }
    let inside = numbers(try XCTUnwrap(sample("annual").files().first).contents)
    let page = try XCTUnwrap(sample("annual", audience: .public).files().first).contents
    let outside = numbers(page)
    XCTAssertGreaterThan(inside.count, 8)
    for (figure, number) in outside { XCTAssertEqual(inside[figure], number, figure) }
    let told = Set(outside.values).union(matches("<li>Figure\u{A0}([0-9]+)", page))
    XCTAssertEqual(told, Set(inside.values))
  }

  func testEachResidenceHasItsDocumentWithItsOwnRowsOnly() throws {
    let files = try sample("residence").files()
    XCTAssertEqual(files.first?.path, "index.html")
    XCTAssertEqual(
      files.filter { $0.path.hasPrefix("residence-2024-r") && $0.path.hasSuffix(".html") }.count, 8)
    let csv = try XCTUnwrap(files.first { $0.path == "data/residence-2024-r2.csv" }).contents
    let places = Set(
      csv.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[3] })
    XCTAssertEqual(places, ["R2", "_total"])
    for (i, name) in try sample("residence").names.enumerated() {
      let page = try XCTUnwrap(files.first { $0.path == "residence-2024-r\(i + 1).html" }).contents
      XCTAssertTrue(page.contains("<h1>\(name) "), name)
      // Another residence is named nowhere.
      for other in try sample("residence").names where other != name {
        XCTAssertFalse(page.contains(other), "\(name): \(other)")
      }
    }
    let one = try sample("residence").files(residences: ["R2"])
    XCTAssertEqual(
      one.map(\.path).filter { !$0.hasPrefix("charts/") },
      [
        "residence-2024-r2.html", "data/residence-2024-r2-figures.csv",
        "data/residence-2024-r2.csv", "data/residence-2024-r2-excel.csv",
      ])
    // Each chart under the number that the page calls it by, in the list and as a file.
    let list = try XCTUnwrap(one.first { $0.path.hasSuffix("-figures.csv") }).contents
    for path in one.map(\.path) where path.hasPrefix("charts/") {
      XCTAssertTrue(list.contains(path), path)
      let number = try XCTUnwrap(Int(path.suffix(6).prefix(2)))
      XCTAssertTrue(one[0].contents.contains("Figure\u{A0}\(number)"), path)
    }
    XCTAssertEqual(one.count { $0.path.hasPrefix("charts/") }, 4)
    XCTAssertEqual(
      one.first?.contents, files.first { $0.path == "residence-2024-r2.html" }?.contents)
  }

  func testAWithheldCellHasNoInfluenceOnAnyByteOfADocument() throws {
    for name in ["annual", "residence"] {
      let sample = try sample(name, audience: .public)
      let (plain, _, marked) = try sample.releasedTwice()
      func files(_ tables: [ReleasedTable]) throws -> [(path: String, contents: String)] {
        try Report(plan: sample.plan, facts: sample.facts, tables: tables).files(language: .fr)
      }
      let withheld = marked.flatMap(\.rows).count { $0.status == .withheld }
      XCTAssertGreaterThan(withheld, 20, name)
      for (a, b) in zip(try files(plain), try files(marked)) {
        XCTAssertEqual(a.path, b.path)
        XCTAssertEqual(a.contents, b.contents, a.path)
      }
      XCTAssertTrue(try files(plain).contains { $0.contents.contains("secret statistique") })
    }
  }

  func testAShareOfAHandfulCarriesASignAndIsNoEndOfARange() throws {
    var sample = try sample("annual")
    sample.handful = "R3"
    let page = try XCTUnwrap(sample.files().first).contents
    let figure = try XCTUnwrap(
      matches("(?s)<figure id=\"figure-taux-participation-residences\".*?</figure>", page).first)
    XCTAssertTrue(figure.contains("100\u{A0}%°"))
    XCTAssertTrue(figure.contains("<b>°</b>\u{A0}: moins de 5 cas, à ne pas interpréter."))
    let finding = try XCTUnwrap(matches("<figcaption><h3>([^<]*)</h3>", figure).first)
    XCTAssertFalse(finding.contains("Tanneries"), finding)
    XCTAssertFalse(try XCTUnwrap(self.sample("annual").files().first).contents.contains("%°"))
  }

  func testEnglishDocumentsHoldNoFrenchWordsOfTheInterface() throws {
    for name in ["annual", "residence"] {
      for file in try sample(name, audience: .partner).files(.en)
      where file.path.hasSuffix(".html") {
        for word in [
          "Ensemble", "Évolution", "Inconnu", "Lecture", "depuis", "Données", "Méthode", "Tableau",
          "Effets", "secret", "Sommaire", " sur ",
        ] {
          XCTAssertFalse(file.contents.contains(word), "\(file.path) \(word)")
        }
      }
    }
  }

  func testHostileNamesStayTextInDocuments() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Places.shared("checks/names.json")))
    let names = try JSONDecoder().decode([String].self, from: data)
    for name in ["annual", "residence"] {
      let reference = try sample(name).files()
      for start in stride(from: 0, to: names.count, by: 8) {
        var hostile = try sample(name)
        hostile.names = (0..<8).map { names[(start + $0) % names.count] }
        for (file, plain) in zip(try hostile.files(), reference)
        where file.path.hasSuffix(".html") {
          XCTAssertEqual(
            matches("<[a-z0-9]+", file.contents).filter { $0 != "<text" },
            matches("<[a-z0-9]+", plain.contents).filter { $0 != "<text" }, file.path)
          // Running heads are strings of the style sheet: nothing ends them early.
          let style = try XCTUnwrap(matches("(?s)<style>(.*?)</style>", file.contents).first)
          XCTAssertEqual(
            matches("[{}]", style).count,
            matches(
              "[{}]",
              plain.contents.components(
                separatedBy: "</style>")[0]
            ).count, file.path)
        }
      }
    }
  }
}
