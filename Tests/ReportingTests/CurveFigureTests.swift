import Diagnostics
import Disclosure
import Foundation
import Indicators
import Periods
import Reporting
import Synchronization
import TestSupport
import XCTest

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Figures across a parameter, tables of pairs, orders of values, and the files beside the pages.
final class CurveFigureTests: XCTestCase {
  /// The files of each audience, made once.
  private static let made = Mutex<[Audience: [(path: String, contents: String)]]>([:])

  private func files(_ audience: Audience = .internal) throws -> [(path: String, contents: String)]
  {
    try Self.made.withLock { made in
      if let known = made[audience] { return known }
      let files = try Sample(audience: audience).files()
      made[audience] = files
      return files
    }
  }

  private func file(_ path: String, _ audience: Audience = .internal) throws -> String {
    try XCTUnwrap(files(audience).first { $0.path == path }, path).contents
  }

  private func figure(_ id: String, in page: String) throws -> String {
    try XCTUnwrap(
      matches("(?s)<figure id=\"\(id)\".*?</figure>", page).first, id)
  }

  private func matches(_ pattern: String, _ text: String) -> [String] {
    guard let regex = try? NSRegularExpression(pattern: pattern) else { return [] }
    return regex.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
      Range($0.range(at: $0.numberOfRanges - 1), in: text).map { String(text[$0]) }
    }
  }

  private func cells(_ table: String) -> [[String]] {
    matches("(?s)<tr[^>]*>(.*?)</tr>", table).map {
      matches("(?s)<t[hd][^>]*>(.*?)</t[hd]>", $0)
    }
  }

  func testTheLorenzCurveHasItsLineOfEqualityAndItsFinding() throws {
    let figure = try figure(
      "figure-part-des-moins-presents-part", in: file("index.html"))
    XCTAssertTrue(figure.contains("pour la moitié la moins présente"), figure)
    XCTAssertTrue(figure.contains("gini-participants"), "the Gini is told beside the curve")
    // A square: the line goes from corner to corner.
    let line = try XCTUnwrap(matches("<line class=\"equal\" ([^>]*)/>", figure).first)
    let ends = matches("=\"([0-9.]+)\"", line).compactMap(Double.init)
    XCTAssertEqual(ends[2] - ends[0], ends[1] - ends[3], accuracy: 0.01)
    // From nobody to everybody, through six points.
    XCTAssertEqual(matches("(<line class=\"line\")", figure).count, 7)
    XCTAssertEqual(cells(figure).count, 7)
  }

  /// The classes are the differences of the counts in the data.
  func testClassesAreDifferencesOfReleasedCounts() throws {
    for audience in [Audience.internal, .public] {
      let rows = try file("data/participants-au-moins.csv", audience).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      let header = rows[0]
      let at = { (name: String) in header.firstIndex(of: name) ?? 0 }
      func count(_ version: String) -> Int? {
        rows.first {
          $0[at("version")] == version && $0[at("period")] == "2024"
            && $0[at("residence")] == "_total"
        }.flatMap { Double($0[at("value")]) }.map { Int($0) }
      }
      let reaching = [1, 2, 5, 10, 20].map { count("1+seances=\($0)") }
      XCTAssertEqual(reaching.compactMap { $0 }.count, 5, audience.rawValue)
      let figure = try figure(
        "figure-participants-au-moins-seances", in: file("index.html", audience))
      let shown = cells(figure).dropFirst().map { Int($0[1].filter(\.isNumber)) }
      let expected = reaching.indices.map { i in
        (reaching[i] ?? 0) - (i + 1 < reaching.count ? reaching[i + 1] ?? 0 : 0)
      }
      XCTAssertEqual(shown, expected, audience.rawValue)
    }
  }

  /// The curve of a place is given whole or not at all, on the page and in the data.
  func testACurveOfASmallPlaceIsNotThere() throws {
    let csv = try file("data/survie-un-an.csv", .public).split(separator: "\n")
    for residence in ["R1", "R8"] {
      let states = csv.filter { $0.contains(",2024,\(residence),") && $0.contains("+days=") }
        .map { $0.contains(",S,secret statistique") }
      XCTAssertEqual(states.count, 3)
      XCTAssertEqual(Set(states).count, 1, residence)
    }
    let page = try file("residence-r8.html", .public)
    XCTAssertTrue(matches("(id=\"figure-survie-un-an-days\")", page).isEmpty)
    XCTAssertTrue(
      page.contains("Participants encore là après leur première venue (secret statistique)"))
  }

  func testWhoMeetsWhomIsASymmetricTableWithANumberInEachCell() throws {
    let figure = try figure("figure-paires-ages-ends", in: file("index.html"))
    let rows = cells(figure)
    XCTAssertEqual(rows.count, 5)
    let values = rows.dropFirst().map { Array($0.dropFirst()) }
    for i in 0..<4 {
      for j in 0..<4 {
        XCTAssertEqual(values[i][j], values[j][i])
        XCTAssertTrue(values[i][j].contains(where: \.isNumber))
      }
    }
    XCTAssertEqual(matches("(class=\"shade-[0-5]\")", figure).count, 16)
    XCTAssertTrue(figure.contains("entre groupes différents"))
    XCTAssertEqual(matches("(scope=\"(col|row)\")", figure).count, 9)
  }

  /// What is withheld comes last, as it is listed: its place says nothing.
  func testTheOrderOfValuesHidesNoWithheldRank() throws {
    for audience in [Audience.internal, .public] {
      let figure = try figure(
        "figure-taux-participation-residences", in: file("index.html", audience))
      let rows = cells(figure).dropFirst(2)
      let values = rows.map { Int($0[1].prefix { $0.isNumber }) }
      let given = values.prefix { $0 != nil }.compactMap { $0 }
      XCTAssertEqual(given, given.sorted(by: >), audience.rawValue)
      XCTAssertFalse(values.dropFirst(given.count).contains { $0 != nil }, audience.rawValue)
    }
    let survey = try figure("figure-appartenance-residences", in: file("index.html"))
    XCTAssertTrue(
      survey.contains("pas de classement sûr") || survey.contains("ne se recouvrent pas"))
    XCTAssertTrue(survey.contains("<b>Ordre</b>"))
  }

  /// Every chart of a page is a file too, well formed, with its words and its own colours.
  func testEachChartIsAFileOfItsOwn() throws {
    let files = try files(.public)
    let charts = files.filter { $0.path.hasPrefix("charts/") }
    XCTAssertGreaterThan(charts.count, 40)
    XCTAssertEqual(Set(charts.map(\.path)).count, charts.count)
    for chart in charts {
      let parser = XMLParser(data: Data(chart.contents.utf8))
      XCTAssertTrue(parser.parse(), chart.path)
      XCTAssertTrue(chart.contents.contains("<title>"), chart.path)
      XCTAssertTrue(chart.contents.contains("<desc>"), chart.path)
      XCTAssertFalse(chart.contents.contains("var("), chart.path)
      XCTAssertFalse(
        chart.contents.contains("http:/" + "/") && !chart.contents.contains("www.w3.org"))
      let folder = chart.path.split(separator: "/")[1]
      let page = (folder == "ensemble" ? "index" : folder) + ".html"
      let html = try XCTUnwrap(files.first { $0.path == page }, String(page)).contents
      XCTAssertTrue(html.contains("href=\"\(chart.path)\""), chart.path)
      // Every class of the drawing has a rule.
      for name in Set(
        matches("class=\"([a-z -]+)\"", chart.contents).flatMap { $0.split(separator: " ") })
      where name != "strong" {
        XCTAssertTrue(chart.contents.contains(".\(name)"), "\(chart.path) .\(name)")
      }
    }
  }

  func testDefinitionsStandBesideTheData() throws {
    let text = try file("data/definitions.csv")
    let lines = text.split(separator: "\n")
    XCTAssertTrue(lines[0].hasPrefix("indicator,version,valid_from,catalogue,title_fr"))
    XCTAssertTrue(text.contains("\npart-des-moins-presents,1+part=0.2,"))
    XCTAssertTrue(try file("indicateurs.html").contains("href=\"data/definitions.csv\""))
    // Each definition of the data is there once.
    let data = Set(
      try file("data/dashboard.csv").split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",").prefix(2).joined(separator: ",") })
    XCTAssertEqual(
      Set(lines.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: ",") }), data
    )
    XCTAssertEqual(lines.count - 1, data.count)
  }

  /// A link to a figure is made of what it shows, whatever stands before it.
  func testAnchorsDoNotDependOnTheOrderOfFigures() throws {
    let path = Places.root + "/reports/dashboard.json5"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let first =
      "{indicator: \"taux-participation\", chart: \"dots\", across: \"residence\", order: \"value\", pages: [\"index\"]},"
    XCTAssertTrue(text.contains(first))
    let before = matches("<figure id=\"([^\"]*)\"", try file("index.html"))
    let sample = try Sample()
    let layout = try ReportLayout(
      name: path,
      text: text.replacingOccurrences(of: first, with: "").replacingOccurrences(
        of: "indicators: \\[\"([^\"]*)\"[^\\]]*\\]", with: "indicators: [\"$1\"]",
        options: .regularExpression))
    let other = try sample.with(layout).files()
    let after = matches(
      "<figure id=\"([^\"]*)\"", try XCTUnwrap(other.first { $0.path == "index.html" }).contents)
    XCTAssertEqual(after, before.filter { $0 != "figure-taux-participation-residences" })
  }

  /// The rows of people are named to nobody but the internal audience.
  func testRowsAreForTheInternalAudienceAlone() throws {
    let page = try XCTUnwrap(
      files().first { $0.path.hasPrefix("indicateur-") }
    ).path
    XCTAssertTrue(try file(page).contains("--rows"))
    for audience in [Audience.partner, .public] {
      XCTAssertFalse(try file(page, audience).contains("--rows"))
      XCTAssertFalse(try file(page, audience).contains("rows/"))
    }
  }
}
