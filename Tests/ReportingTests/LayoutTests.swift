import Diagnostics
import Periods
import Reporting
import TestSupport
import XCTest

final class LayoutTests: XCTestCase {
  private func layout(_ figures: String, _ rest: String = "") throws -> ReportLayout {
    try ReportLayout(
      name: "r.json5",
      text: """
        {report: "r", title: {fr: "t", en: "t"}, lead: {fr: "l", en: "l"},
        headlines: ["A"], comparison: ["A", "B"], \(rest)
        axes: [{axis: "x", title: {fr: "x", en: "x"}, question: {fr: "?", en: "?"}, figures: [
        \(figures)
        ]}]}
        """)
  }

  private func plan(_ layout: ReportLayout) -> ReportPlan {
    ReportPlan(
      layout,
      among: [
        ("a", "A", []), ("b", "B", ["age_band"]), ("b2", "B", []), ("b3", "B", []), ("c", "C", []),
      ].map { ReportPlan.Known(id: $0.0, catalogue: $0.1, cuts: $0.2) })
  }

  func testAListedIndicatorAsksForItsCutsAndItsNeighbours() throws {
    let layout = try ReportLayout(
      name: "r.json5",
      text: """
        {report: "r", title: {fr: "t", en: "t"}, lead: {fr: "l", en: "l"},
        headlines: ["a"], comparison: [], axes: [
          {axis: "x", title: {fr: "x", en: "x"}, question: {fr: "?", en: "?"}, figures: [],
            groups: [{title: {fr: "g", en: "g"}, indicators: ["B", "b3", "unknown"]}]}]}
        """)
    XCTAssertEqual(
      plan(layout).requests.map { "\($0.indicator) \($0.cuts) \($0.step)" },
      [
        "a [] year", "b [] year", "b3 [] year", "unknown [] year", "b [\"age_band\"] year",
        "b2 [] year",
      ])
  }

  func testALayoutAsksForEachTableOnce() throws {
    let layout = try layout(
      """
      {indicator: "A", chart: "dots", across: "residence", pages: ["index"]},
      {indicator: "A", chart: "columns", across: "month", pages: ["index", "residence"]},
      {indicator: "C", chart: "bars", across: "age_band", pages: ["residence"]},
      {indicator: "C", chart: "bars", across: "residence", only: {cut: "theme", value: "jardin"}, pages: ["index"]},
      """)
    XCTAssertEqual(
      plan(layout).requests.map { "\($0.indicator) \($0.cuts) \($0.step)" },
      ["a [] year", "b [] year", "a [] month", "c [\"age_band\"] year", "c [\"theme\"] year"])
  }

  /// A table for each number; the project's own number makes no other.
  func testAParameterAsksForATableANumber() throws {
    let layout = try layout(
      "{indicator: \"C\", chart: \"retention\", across: \"parameter:p\", values: [1, 2, 3], pages: [\"index\"], beside: \"b3\"}"
    )
    let plan = ReportPlan(
      layout,
      among: [
        ReportPlan.Known(id: "a", catalogue: "A", cuts: []),
        ReportPlan.Known(id: "b", catalogue: "B", cuts: []),
        ReportPlan.Known(id: "b3", catalogue: "B3", cuts: []),
        ReportPlan.Known(id: "c", catalogue: "C", cuts: [], settings: ["p": 2, "q": 7]),
      ])
    XCTAssertEqual(
      plan.requests.filter { $0.indicator == "c" }.map { $0.setting?.value }, [nil, 1, 3])
    XCTAssertTrue(plan.requests.contains { $0.indicator == "b3" })
  }

  func testPeriodsRunFromTheOldestToTheReported() throws {
    let layout = try layout(
      "{indicator: \"A\", chart: \"columns\", across: \"month\", pages: [\"index\"]}",
      "history: 2,")
    let requests = plan(layout).requests
    XCTAssertEqual(
      layout.periods(of: requests[0], reporting: try Period("2024")).map(\.name),
      ["2022", "2023", "2024"])
    XCTAssertEqual(
      layout.periods(of: requests[0], reporting: try Period("2024-Q2")).map(\.name),
      ["2022-Q2", "2023-Q2", "2024-Q2"])
    XCTAssertEqual(
      layout.periods(of: requests[2], reporting: try Period("2024-Q2")).map(\.name),
      ["2024-04", "2024-05", "2024-06"])
  }

  func testWhatALayoutCannotMeanIsToldWithItsPlace() {
    let facts: [(String, String, String?)] = [
      (
        "{indicator: \"A\", chart: \"bar\", across: \"residence\", pages: [\"index\"]}",
        "layout.unknown-word", "vouliez-vous dire « bars » ?"
      ),
      (
        "{indicator: \"A\", chart: \"bars\", across: \"residence\", pages: [\"indx\"]}",
        "layout.unknown-word", "vouliez-vous dire « index » ?"
      ),
      (
        "{indicator: \"A\", chart: \"lines\", across: \"residence\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"bars\", across: \"year\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"bars\", across: \"residence\", pages: [\"residence\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"bars\", across: \"theme\", only: {cut: \"theme\", value: \"x\"}, pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"lorenz\", across: \"residence\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"bars\", across: \"parameter:p\", values: [1, 2], pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"retention\", across: \"parameter:p\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"retention\", across: \"parameter:p\", values: [2, 1], pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"lorenz\", across: \"parameter:p\", values: [0.5, 1], pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"classes\", across: \"parameter:p\", values: [1, 2], pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"bars\", across: \"ends\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"meetings\", across: \"theme\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"lines\", across: \"year\", order: \"value\", pages: [\"index\"]}",
        "layout.chart", nil
      ),
      (
        "{indicator: \"A\", chart: \"dots\", across: \"residence\", order: \"valu\", pages: [\"index\"]}",
        "layout.unknown-word", "vouliez-vous dire « value » ?"
      ),
      (
        "{indicator: \"A\", char: \"bars\", across: \"year\", pages: [\"index\"]}",
        "data.unknown-key", "vouliez-vous dire « chart » ?"
      ),
    ]
    for (figure, code, remedy) in facts {
      XCTAssertThrowsError(try layout(figure)) { error in
        let first = (error as? Failure)?.diagnostics.first
        XCTAssertEqual(first?.code, code, figure)
        XCTAssertEqual(first?.location?.line, 4, figure)
        XCTAssertNotNil(first?.location?.column, figure)
        if let remedy { XCTAssertEqual(first?.remedy?.fr, remedy) }
        XCTAssertEqual((error as? Failure)?.status, .failed)
      }
    }
  }
}
