import Diagnostics
import Disclosure
import Foundation
import HTML
import Indicators
import Periods
import Reporting
import TestSupport
import XCTest

#if canImport(FoundationXML)
  import FoundationXML
#endif

final class DashboardTests: XCTestCase {
  func testThereIsAnIndexAPageAResidenceAndTheData() throws {
    let files = try Sample().files()
    let paths = files.map(\.path)
    XCTAssertEqual(paths.first, "index.html")
    XCTAssertEqual(paths.filter { $0.hasPrefix("residence-r") }.count, 8)
    XCTAssertTrue(paths.contains("data/dashboard.csv"))
    XCTAssertTrue(paths.contains("data/dashboard-excel.csv"))
    XCTAssertTrue(paths.contains("data/participants.csv"))
    XCTAssertEqual(Set(paths).count, paths.count)
    for file in files where file.path.hasSuffix(".html") {
      XCTAssertLessThan(file.contents.utf8.count, 300_000, file.path)
      XCTAssertTrue(file.contents.contains("Données fictives"), file.path)
      XCTAssertTrue(file.contents.contains("Usage interne"), file.path)
      XCTAssertTrue(file.contents.contains("3f8a0c51e2b94d77"), file.path)
      XCTAssertTrue(file.contents.contains("<time datetime=\"2024-12-19\">19 décembre 2024"))
      for name in try Sample().names {
        XCTAssertTrue(file.contents.contains(name), "\(file.path) \(name)")
      }
    }
  }

  func testEveryLinkOfAPageLeadsSomewhere() throws {
    let files = try Sample().files()
    let paths = Set(files.map(\.path))
    let places = Set(
      files.filter { $0.path.hasSuffix(".html") }
        .flatMap { file in matches("id=\"([^\"]*)\"", file.contents).map { "\(file.path)#\($0)" } })
    for file in files where file.path.hasSuffix(".html") {
      let ids = Set(matches("id=\"([^\"]*)\"", file.contents))
      for link in matches("href=\"([^\"]*)\"", file.contents) {
        if link.hasPrefix("#") {
          XCTAssertTrue(ids.contains(String(link.dropFirst())), "\(file.path) \(link)")
        } else {
          XCTAssertTrue(
            paths.contains(link) || places.contains(link), "\(file.path) \(link)")
        }
      }
      XCTAssertEqual(ids.count, matches("id=\"([^\"]*)\"", file.contents).count, file.path)
      // Nothing is fetched, and nothing runs but the filter.
      let scripts = matches("(?s)<script.*?</script>", file.contents)
      let isFiltered = file.contents.contains("<form class=\"filter\"")
      XCTAssertEqual(isFiltered, !file.path.hasPrefix("indicateur-"), file.path)
      XCTAssertEqual(scripts, isFiltered ? ["<script>\(Script.filter)</script>"] : [], file.path)
      XCTAssertEqual(
        file.contents.contains("script-src 'sha256-\(Script.hash)'"), isFiltered, file.path)
      XCTAssertTrue(matches("[\\s]on[a-z]+=", file.contents).isEmpty)
      XCTAssertFalse(file.contents.contains("http:"))
      XCTAssertFalse(file.contents.contains("https:"))
    }
  }

  func testEveryFigureHasATableAndEveryChartAName() throws {
    var charts = 0
    for audience in Audience.allCases {
      for file in try Sample(audience: audience).files() where file.path.hasSuffix(".html") {
        for figure in matches("(?s)<figure.*?</figure>", file.contents) {
          XCTAssertEqual(figure.components(separatedBy: "<table>").count, 2, file.path)
          XCTAssertTrue(figure.contains("<h3>"))
        }
        for svg in matches("(?s)<svg.*?</svg>", file.contents) {
          let parser = XMLParser(data: Data(svg.utf8))
          XCTAssertTrue(parser.parse(), "\(file.path): \(svg.prefix(200))")
          if svg.contains("role=\"img\"") {
            charts += 1
            XCTAssertNotNil(
              svg.range(of: "<title>[^<]+</title><desc>[^<]+</desc>", options: .regularExpression))
            let width = matches("width=\"([0-9.]+)\"", svg).first.flatMap(Double.init)
            XCTAssertLessThanOrEqual(try XCTUnwrap(width), 300)
          } else {
            XCTAssertTrue(svg.contains("aria-hidden=\"true\""))
          }
        }
      }
    }
    XCTAssertGreaterThan(charts, 100)
  }

  func testAWithheldCellHasNoInfluenceOnAnyByte() throws {
    let sample = try Sample(audience: .public)
    func files(_ tables: [ReleasedTable], _ language: Language) throws -> [String] {
      try Report(plan: sample.plan, facts: sample.facts, tables: tables)
        .files(language: language).map { $0.path + "\n" + $0.contents }
    }
    for language in Language.allCases {
      let (plain, odd, marked) = try sample.releasedTwice(language)
      var withheld = 0
      for (a, b) in zip(plain, marked) {
        XCTAssertEqual(a.rows.map(\.status), b.rows.map(\.status), a.heading.id)
        withheld += b.rows.count { $0.status == .withheld }
      }
      XCTAssertGreaterThan(withheld, 1000)
      for (a, b) in zip(try files(plain, language), try files(marked, language)) {
        XCTAssertEqual(a, b, String(a.prefix { $0 != "\n" }))
      }
      // The absurd numbers are there to be seen: internally they change the pages.
      let inside = try Release.release(
        odd, policy: ReleasePolicy(audience: .internal), language: language
      ).tables
      let pages = try Report(
        plan: sample.plan, facts: Sample().facts, tables: inside
      ).files(language: language).map(\.contents)
      XCTAssertTrue(
        pages.contains {
          $0.range(of: ">7[78][0-9][\u{202F},][0-9]{3}", options: .regularExpression) != nil
        })
    }
  }

  func testWithheldCellsAreMarkedAndExplained() throws {
    let files = try Sample(audience: .public).files()
    let page = try XCTUnwrap(files.first { $0.path == "residence-r8.html" }).contents
    XCTAssertTrue(page.contains("<abbr title=\"secret statistique\">s</abbr>"))
    XCTAssertTrue(page.contains("<b>s</b>\u{A0}: secret statistique."))
    XCTAssertTrue(files.contains { $0.contents.contains("class=\"withheld\"") })
    XCTAssertTrue(page.contains("moins de 11 personnes"))
    let csv = try XCTUnwrap(files.first { $0.path == "data/dashboard.csv" }).contents
    XCTAssertTrue(csv.contains(",S,secret statistique"))
    XCTAssertFalse(csv.contains(",s,"))
  }

  func testTheSameDataGiveTheSameBytes() throws {
    let a = try Sample().files()
    let b = try Sample().files()
    XCTAssertEqual(a.map(\.path), b.map(\.path))
    XCTAssertEqual(a.map(\.contents), b.map(\.contents))
  }

  func testEnglishPagesHoldNoFrenchWordsOfTheInterface() throws {
    for file in try Sample(audience: .partner).files(.en) where file.path.hasSuffix(".html") {
      XCTAssertTrue(file.contents.contains("<html lang=\"en\">"))
      for word in [
        "Ensemble", "Évolution", "Inconnu", "Lecture", "depuis", "Données", "Méthode", "secret",
      ] {
        XCTAssertFalse(file.contents.contains(word), "\(file.path) \(word)")
      }
    }
  }

  func testHostileNamesStayText() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Places.shared("checks/names.json")))
    let names = try JSONDecoder().decode([String].self, from: data)
    for start in stride(from: 0, to: names.count, by: 8) {
      var sample = try Sample()
      sample.names = (0..<8).map { names[(start + $0) % names.count] }
      let reference = try Sample().files()
      for (file, plain) in zip(try sample.files(), reference) where file.path.hasSuffix(".html") {
        // The elements are those of the page with ordinary names, one for one.
        XCTAssertEqual(
          matches("<[a-z0-9]+", file.contents).filter { $0 != "<text" },
          matches("<[a-z0-9]+", plain.contents).filter { $0 != "<text" }, file.path)
        for svg in matches("(?s)<svg.*?</svg>", file.contents) {
          XCTAssertTrue(XMLParser(data: Data(svg.utf8)).parse())
        }
      }
    }
  }

  func testAnIndicatorWithoutTableIsNamedWithItsPlace() throws {
    let sample = try Sample()
    let tables = try sample.released().filter { $0.heading.id != "cout-par-participant" }
    XCTAssertThrowsError(
      try Report(plan: sample.plan, facts: sample.facts, tables: tables)
        .files(language: .fr)
    ) { error in
      let diagnostic = (error as? Failure)?.diagnostics.first
      XCTAssertEqual(diagnostic?.code, "report.no-table")
      XCTAssertTrue(diagnostic?.message.fr.contains("cout-par-participant") ?? false)
      XCTAssertNotNil(diagnostic?.location?.line)
    }
  }

  func testTablesOfAnotherAudienceAreRefused() throws {
    let sample = try Sample(audience: .public)
    let inside = try Sample(audience: .internal).released()
    XCTAssertThrowsError(
      try Report(plan: sample.plan, facts: sample.facts, tables: inside)
        .files(language: .fr)
    ) { XCTAssertEqual(($0 as? Failure)?.diagnostics.first?.code, "report.audience") }
  }

  func testASurveyIsToldWithItsRespondentsAndWithoutWhatChanceExplains() throws {
    let page = try XCTUnwrap(Sample().files().first).contents
    let figure = try XCTUnwrap(
      matches("(?s)<figure id=\"figure-appartenance-residences\".*?</figure>", page).first)
    XCTAssertTrue(figure.contains("sans écart significatif entre les extrêmes"))
    XCTAssertTrue(figure.contains("≈"))
    XCTAssertTrue(figure.contains("<b>≈</b>\u{A0}: écart non significatif."))
    XCTAssertTrue(figure.contains("Répondants"))
    XCTAssertTrue(figure.contains("enquête par échantillon"))
    XCTAssertTrue(figure.contains("class=\"range\""))
    XCTAssertFalse(figure.contains("Calcul"))
  }

  func testTargetsAndEventsStandWithTheFiguresThatTheyConcern() throws {
    var sample = try Sample()
    sample.goals = [
      ReportGoal(
        indicator: "PAR-02", residence: nil, period: sample.period, value: 0.65, low: nil, high: nil
      ),
      ReportGoal(
        indicator: "taux-participation", residence: "R2", period: sample.period, value: nil,
        low: nil,
        high: 0.01),
    ].compactMap { $0 }
    sample.events = [
      ReportEvent(
        residence: "R2", first: try XCTUnwrap(Day(iso: "2024-03-01")), last: nil,
        kind: Phrase(fr: "Travaux", en: "Works"), title: "Salle <neuve>")
    ]
    let files = try sample.files()
    func page(_ path: String) throws -> String {
      try XCTUnwrap(files.first { $0.path == path }).contents
    }
    func figure(_ id: String, _ page: String) throws -> String {
      try XCTUnwrap(matches("(?s)<figure id=\"\(id)\".*?</figure>", page).first)
    }
    // The whole is held against the target of the whole, and a residence against its own.
    let index = try figure("figure-taux-participation-residences", page("index.html"))
    XCTAssertEqual(matches("<td>(65\u{A0}%)</td>", index).count, 1)
    XCTAssertTrue(index.contains("class=\"goal\""))
    XCTAssertTrue(index.contains("<b>Objectif</b>\u{A0}: trait court et épais"))
    let own = try page("residence-r2.html")
    XCTAssertTrue(own.contains("objectif (au plus 1\u{A0}%) non atteint"))
    XCTAssertFalse(try page("residence-r3.html").contains("objectif ("))
    // The event is told where it happened, as text.
    let time = try figure("figure-taux-participation-year", own)
    XCTAssertTrue(time.contains("class=\"event\""))
    XCTAssertTrue(time.contains("1er mars 2024, travaux (Salle &lt;neuve&gt;)."))
    XCTAssertFalse(try page("residence-r3.html").contains("class=\"event\""))
    // Without targets and events nothing of them shows.
    for file in try Sample().files() where file.path.hasSuffix(".html") {
      XCTAssertFalse(file.contents.contains("class=\"goal\""))
      XCTAssertFalse(file.contents.contains("class=\"event\""))
    }
  }

  func testChangeIsNotToldWhenEitherYearIsWithheld() throws {
    let page = try XCTUnwrap(
      Sample(audience: .public).files().first { $0.path == "residence-r7.html" }
    ).contents
    // This residence has no data before the reported year.
    XCTAssertFalse(page.contains("depuis 2023"))
    XCTAssertFalse(page.contains("▲"))
    XCTAssertFalse(page.contains("▼"))
  }

  /// Writes the sample to the folder that LIEN_SAMPLE_DIR names, to be looked at.
  func testTheSampleCanBeWrittenToBeLookedAt() throws {
    guard let folder = ProcessInfo.processInfo.environment["LIEN_SAMPLE_DIR"] else {
      throw XCTSkip("LIEN_SAMPLE_DIR names no folder")
    }
    func write(_ files: [(path: String, contents: String)], _ name: String) throws {
      for file in files {
        let url = URL(fileURLWithPath: "\(folder)/\(name)/\(file.path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.contents.utf8).write(to: url)
      }
    }
    for audience in [Audience.internal, .public] {
      for language in Language.allCases {
        try write(
          Sample(audience: audience).files(language), "\(audience.rawValue)-\(language.rawValue)")
      }
    }
    var hostile = try Sample()
    let data = try Data(contentsOf: URL(fileURLWithPath: Places.shared("checks/names.json")))
    let names = try JSONDecoder().decode([String].self, from: data)
    hostile.names = [22, 25, 30, 35, 47, 44, 48, 29].map { names[$0] }
    try write(hostile.files(), "hostile-fr")
  }

  /// The first group of each match, or the whole match.
  private func matches(_ pattern: String, _ text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.numberOfRanges > 1 ? $0.range(at: 1) : $0.range)
    }
  }
}
