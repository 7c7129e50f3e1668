import Diagnostics
import Foundation
import Reporting
import TestSupport
import XCTest

/// Layouts of documents: what they mean, and what is refused with its place.
final class DocumentLayoutTests: XCTestCase {
  private func layout(_ head: String, axis: String = "figures: []") throws -> ReportLayout {
    try ReportLayout(
      name: "r.json5",
      text: """
        {report: "r", title: {fr: "t", en: "t"}, lead: {fr: "l", en: "l"}, headlines: ["a"],
        \(head)
        axes: [{axis: "x", title: {fr: "x", en: "x"}, question: {fr: "?", en: "?"},
        \(axis)
        }]}
        """)
  }

  private func failure(_ body: () throws -> Void) -> Diagnostic? {
    do {
      try body()
      return nil
    } catch { return (error as? Failure)?.diagnostics.first }
  }

  func testALayoutIsADashboardUnlessItSaysDocument() throws {
    XCTAssertEqual(try layout("comparison: [],").kind, .dashboard)
    let document = try layout("kind: \"document\", parts: [\"summary\", \"axes\"],")
    XCTAssertEqual(document.kind, .document)
    XCTAssertFalse(document.isPerResidence)
    let brief = try layout(
      "kind: \"document\", per: \"residence\", sheets: 2, parts: [\"summary\"],")
    XCTAssertTrue(brief.isPerResidence)
    XCTAssertEqual(brief.document?.sheets, 2)
    XCTAssertTrue(brief.prints("residence-2024-a.html"))
    XCTAssertFalse(brief.prints("index.html"))
    XCTAssertFalse(brief.prints("data/residence-2024-a.csv"))
  }

  func testADocumentAsksForItsFindingsItsTablesAndItsFigures() throws {
    let layout = try layout(
      "kind: \"document\", parts: [\"axes\"],",
      axis: """
        findings: ["b"], indicators: ["c", "a"],
        figures: [{indicator: "d", chart: "bars", across: "sex"}]
        """)
    XCTAssertEqual(layout.names, ["a", "d", "b", "c"])
    let plan = ReportPlan(
      layout, among: ["a", "b", "c", "d"].map { ReportPlan.Known(id: $0, catalogue: $0, cuts: []) })
    XCTAssertEqual(
      plan.requests.map { "\($0.indicator) \($0.cuts)" }.sorted(),
      ["a []", "b []", "c []", "d [\"sex\"]"])
  }

  func testWhatADocumentCannotMeanIsToldWithItsPlace() {
    let facts: [(head: String, axis: String, line: Int, words: String)] = [
      ("kind: \"documnt\", comparison: [],", "figures: []", 2, "mot inconnu « documnt »"),
      ("kind: \"document\",", "figures: []", 1, "« document » demande « parts »"),
      ("kind: \"document\", parts: [\"sumary\"],", "figures: []", 2, "mot inconnu « sumary »"),
      (
        "kind: \"document\", parts: [\"axes\", \"axes\"],", "figures: []", 2,
        "« axes » est déjà une partie"
      ),
      (
        "kind: \"document\", per: \"city\", parts: [\"axes\"],", "figures: []", 2,
        "mot inconnu « city »"
      ),
      (
        "kind: \"document\", empty: \"hidden\", parts: [\"axes\"],", "figures: []", 2,
        "mot inconnu « hidden »"
      ),
      (
        "kind: \"document\", sheets: 0, parts: [\"axes\"],", "figures: []", 2,
        "un nombre de feuilles de 1 à 200"
      ),
      (
        "kind: \"document\", parts: [\"comparison\"],", "figures: []", 2,
        "« comparison » demande « comparison »"
      ),
      (
        "kind: \"document\", per: \"residence\", comparison: [\"a\"], parts: [\"comparison\"],",
        "figures: []", 2, "ne compare pas les résidences"
      ),
      (
        "kind: \"document\", per: \"residence\", parts: [\"axes\"],",
        "figures: [{indicator: \"a\", chart: \"bars\", across: \"residence\"}]", 4,
        "une page de résidence ne compare pas"
      ),
      (
        "kind: \"document\", parts: [\"axes\"],",
        "figures: [{indicator: \"a\", chart: \"bars\", across: \"sex\", pages: [\"index\"]}]", 4,
        "« pages » ne va que dans un rapport de genre « dashboard »"
      ),
      (
        "kind: \"document\", parts: [\"axes\"],",
        "figures: [], groups: [{title: {fr: \"g\", en: \"g\"}, indicators: []}]", 4,
        "« groups » ne va que dans un rapport de genre « dashboard »"
      ),
      ("comparison: [],", "figures: [], findings: [\"a\"]", 4, "« findings » ne va que dans"),
      ("comparison: [], parts: [\"axes\"],", "figures: []", 2, "« parts » ne va que dans"),
      ("", "figures: []", 1, "« dashboard » demande « comparison »"),
      (
        "comparison: [],", "figures: [{indicator: \"a\", chart: \"bars\", across: \"sex\"}]", 4,
        "« dashboard » demande « pages »"
      ),
    ]
    for fact in facts {
      let found = failure { _ = try layout(fact.head, axis: fact.axis) }
      XCTAssertEqual(found?.location?.line, fact.line, fact.words)
      XCTAssertNotNil(found?.location?.column, fact.words)
      XCTAssertTrue(
        found?.message.fr.contains(fact.words) ?? false, found?.message.fr ?? fact.words)
    }
  }

  /// What only the definitions show: a chart that would mislead is refused where it stands.
  func testFiguresThatWouldMisleadAreRefused() throws {
    let known = [
      ReportPlan.Known(id: "a", catalogue: "A", cuts: ["sex"], unit: "share"),
      ReportPlan.Known(id: "s", catalogue: "S", cuts: ["sex"], unit: "score", isSurvey: true),
      ReportPlan.Known(id: "n", catalogue: "N", cuts: [], unit: "attendance"),
    ]
    func check(_ figure: String) -> Diagnostic? {
      failure {
        let layout = try layout(
          "kind: \"document\", parts: [\"axes\"],", axis: "figures: [\(figure)]")
        try ReportPlan(layout, among: known).check()
      }
    }
    for good in [
      "{indicator: \"a\", chart: \"dots\", across: \"sex\"}",
      "{indicator: \"s\", chart: \"lines\", across: \"year\"}",
      "{indicator: \"n\", chart: \"columns\", across: \"month\"}",
      "{indicator: \"a\", chart: \"lines\", across: \"quarter\"}",
    ] { XCTAssertNil(check(good), good) }
    for (figure, words, remedy) in [
      (
        "{indicator: \"s\", chart: \"bars\", across: \"residence\"}",
        "cache l’intervalle d’une enquête", "« dots »"
      ),
      (
        "{indicator: \"s\", chart: \"columns\", across: \"year\"}",
        "cache l’intervalle d’une enquête", "« lines »"
      ),
      (
        "{indicator: \"a\", chart: \"lines\", across: \"month\"}", "une poignée de personnes",
        "« quarter »"
      ),
      (
        "{indicator: \"a\", chart: \"dots\", across: \"theme\"}", "ne se ventile pas par « theme »",
        "ses ventilations : sex"
      ),
      (
        "{indicator: \"n\", chart: \"bars\", across: \"residence\", only: {cut: \"sex\", value: \"f\"}}",
        "ne se ventile pas par « sex »", "n’a pas de ventilation"
      ),
    ] {
      let found = check(figure)
      XCTAssertTrue(found?.message.fr.contains(words) ?? false, found?.message.fr ?? figure)
      XCTAssertTrue(found?.remedy?.fr.contains(remedy) ?? false, found?.remedy?.fr ?? figure)
      XCTAssertEqual(found?.location?.line, 4, figure)
    }
  }

  func testTheLayoutsThatAreShippedPassTheirChecks() throws {
    for (name, kind) in [
      ("dashboard", ReportLayout.Kind.dashboard), ("annual", .document), ("residence", .document),
    ] {
      let layout = try ReportLayout(path: Places.root + "/reports/\(name).json5")
      XCTAssertEqual(layout.kind, kind)
      XCTAssertEqual(layout.name, name)
    }
  }
}
