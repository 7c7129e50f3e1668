import Foundation
import Model
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// Surveys and social value asked in formulas, against R survey 4.1-1 and exact fractions.
final class SurveyReferenceTests: XCTestCase {
  private static func json(_ name: String) throws -> [String: Any] {
    let data = try Data(
      contentsOf: URL(fileURLWithPath: Places.shared("data/reference/\(name).json")))
    return try XCTUnwrap(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// What a path of keys and positions leads to.
  private static func find(_ value: Any?, _ path: [Any]) -> Any? {
    path.reduce(value) { found, step in
      if let key = step as? String { return (found as? [String: Any])?[key] }
      let list = found as? [Any] ?? []
      return (step as? Int).flatMap { $0 < list.count ? list[$0] : nil }
    }
  }

  private static func rows(_ file: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: Places.shared("data/" + file), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
      }
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private func assertSame(
    _ got: Double?, _ expected: Any?, _ what: String, line: UInt = #line
  ) {
    guard let expected = (expected as? NSNumber)?.doubleValue else {
      return XCTFail("no reference for \(what)", line: line)
    }
    XCTAssertEqual(
      got ?? .nan, expected, accuracy: 1e-9 * max(1, abs(expected)), what, line: line)
  }

  /// A world of answers: `stratum`, `cluster` and `wave` carry what a person is.
  private func world(_ answers: [[String]], margins: [[String]] = []) throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"]])
    try source.add(
      "response",
      [
        "instrument", "wave", "stratum", "cluster", "date", "residence", "respondent", "item",
        "value", "weight",
      ], answers)
    try source.add(
      "margin",
      ["instrument", "wave", "residence", "variable", "category", "population", "as_of"], margins)
    return source
  }

  private static let margins = """
    margin: response.stratum = sum(margin.population where margin.variable = "sex" per margin.category),
    margin: response.cluster = sum(margin.population where margin.variable = "race" per margin.category),
    margin: response.wave = sum(margin.population where margin.variable = "ageg" per margin.category)
    """

  // MARK: The General Social Survey

  func testDesignsOfTheSocialSurvey() throws {
    let reference = try Self.json("survey_estimates")
    let people = try Self.rows("survey/gss_w1_analysis.csv")
    let source = try world(
      people.flatMap { p in
        [("can", "can"), ("neigh", "neigh")].map { item, column in
          [
            "gss", p["sex"] ?? "", p["vstrat"] ?? "", p["vpsu"] ?? "", "2006-05-01", "a",
            p["firstid"] ?? "", item, p[column] ?? "", p["wtpannr12"] ?? "",
          ]
        }
      })
    let trust = #"response.value = 1 where response.item = "can", weight: response.weight"#
    let neigh = #"response.value where response.item = "neigh", weight: response.weight"#
    let design = "stratum: response.stratum, cluster: response.cluster"
    for (formula, path) in [
      ("survey_share(\(trust))", ["weights_only", "trust", 0]),
      ("survey_mean(\(neigh))", ["weights_only", "neigh", 0]),
      ("weighted_share(\(trust))", ["weights_only", "trust", 0]),
      ("survey_share(\(trust), \(design))", ["lonely_adjust", "trust", 0]),
      ("survey_mean(\(neigh), \(design))", ["lonely_adjust", "neigh", 0]),
    ] as [(String, [Any])] {
      let got = try estimate(formula, source, period: "2006")
      let row = Self.find(reference["gss"], path)
      assertSame(got.value, Self.find(row, ["estimate"]), formula)
      assertSame(got.standardError, Self.find(row, ["se"]), formula)
      if formula.contains("mean") {
        assertSame(got.low, Self.find(row, ["ci_low_t"]), formula)
        assertSame(got.high, Self.find(row, ["ci_high_t"]), formula)
      }
    }
    let share = try estimate("survey_share(\(trust))", source, period: "2006")
    XCTAssertEqual(share.low ?? .nan, 0.306033948643594, accuracy: 1e-9)
    XCTAssertEqual(share.high ?? .nan, 0.365599143730057, accuracy: 1e-9)
    XCTAssertEqual(share.unknown, 253)
    let size = try estimate(
      #"survey_size(response where response.item = "can", weight: response.weight)"#, source,
      period: "2006")
    assertSame(size.value, Self.find(reference["gss"], ["kish", "n_eff"]), "n_eff")
  }

  func testRakingTheSocialSurvey() throws {
    let reference = Self.find(try Self.json("weighting"), ["gss"])
    let people = try Self.rows("survey/gss_w1_analysis.csv").compactMap { p -> [String: String]? in
      guard let age = p["age"] == "89 or Older" ? 89 : Int(p["age"] ?? "") else { return nil }
      return p.merging(["ageg": age < 35 ? "18-34" : age < 55 ? "35-54" : "55+"]) { $1 }
    }
    let targets = try XCTUnwrap(
      Self.find(reference, ["targets"]) as? [String: [String: Double]])
    let source = try world(
      people.flatMap { p in
        ["can", "neigh"].map { item in
          [
            "gss", p["ageg"] ?? "", p["sex"] ?? "", p["race"] ?? "", "2006-05-01", "a",
            p["firstid"] ?? "", item, p[item] ?? "", p["wtpannr12"] ?? "",
          ]
        }
      },
      margins: targets.sorted { $0.key < $1.key }.flatMap { variable, classes in
        classes.sorted { $0.key < $1.key }.map {
          ["gss", "1", "", variable, $0.key, "\($0.value * Double(people.count))", "2006-12-31"]
        }
      })
    for (from, weight) in [
      ("from_unit_weights", ""), ("from_panel_weights", "weight: response.weight, "),
    ] {
      for (item, function, value) in [
        ("can", "survey_share", "response.value = 1"), ("neigh", "survey_mean", "response.value"),
      ] {
        let call = #"where response.item = "\#(item)", \#(weight)\#(Self.margins))"#
        let got = try estimate("\(function)(\(value) \(call)", source, period: "2006")
        assertSame(got.value, Self.find(reference, [from, item, 0, "estimate"]), from + item)
        assertSame(got.standardError, Self.find(reference, [from, item, 0, "se"]), from + item)
        let size = try estimate("survey_size(response \(call)", source, period: "2006")
        assertSame(size.value, Self.find(reference, [from, "kish", "n_eff"]), from)
        let greatest = try estimate(
          "survey_greatest_weight(response \(call)", source, period: "2006")
        assertSame(greatest.value, Self.find(reference, [from, "kish", "max"]), from)
      }
    }
  }

  /// Leeds, 2001: 124 wards, 916 people, the textbook case.
  func testRakingLeeds() throws {
    let reference = Self.find(try Self.json("weighting"), ["cakemap"])
    let people = try Self.rows("reference/weights_cakemap.csv")
    let text = try String(
      contentsOfFile: Places.shared("data/smallarea/pop_cakemap_cons.csv"), encoding: .utf8)
    let totals = text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
    let names = ["AS", "Car", "NSSEC8"].map { name in
      Set(people.compactMap { $0[name] }).sorted()
    }
    for zone in [1, 2, 62, 124] {
      var known: [[String]] = []
      var column = 0
      for (variable, classes) in zip(["sex", "race", "ageg"], names) {
        for name in classes {
          known.append(["leeds", "1", "", variable, name, totals[zone - 1][column], "2001-12-31"])
          column += 1
        }
      }
      let source = try world(
        people.map { p in
          [
            "leeds", p["NSSEC8"] ?? "", p["AS"] ?? "", p["Car"] ?? "", "2001-04-29", "a",
            "p" + (p["row"] ?? ""), "cakes", p["NCakes"] == "6+" ? "6" : "0", "1",
          ]
        }, margins: known)
      let own = ["totals", "as"].reduce(Self.find(reference, ["zone\(zone)"])) {
        Self.find($0, [$1])
      }
      let last = Self.find(reference, ["zone\(zone)", "totals", "ns"])
      let agree = (own as? Int) == (last as? Int)
      let call = #"where response.item = "cakes", \#(Self.margins)"#
      let strict = try estimate("survey_size(response \(call))", source, period: "2001")
      XCTAssertEqual(strict.reason, agree ? nil : .marginsNotMet, "zone \(zone)")
      let size = try estimate(
        "survey_size(response \(call), totals: last)", source, period: "2001")
      assertSame(
        size.value, Self.find(reference, ["zone\(zone)", "kish", "n_eff"]), "zone \(zone)")
      let six = try estimate(
        "survey_share(response.value = 6 \(call), totals: last)", source, period: "2001")
      assertSame(
        six.numerator, Self.find(reference, ["zone\(zone)", "cakes", "6+"]), "zone \(zone)")
    }
  }

  // MARK: Social value

  private func valued(_ lines: [[String: Any]], spent: [Double]) throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    func text(_ line: [String: Any], _ key: String, _ other: String = "0") -> String {
      (line[key] as? NSNumber).map { "\($0)" } ?? other
    }
    try source.add("residence", ["residence"], [["a"]])
    try source.add(
      "proxy", ["proxy", "value"], lines.enumerated().map { ["p\($0)", text($1, "proxy")] })
    try source.add(
      "outcome",
      [
        "outcome", "residence", "period", "quantity", "proxy", "deadweight", "displacement",
        "attribution", "drop_off", "years", "starts",
      ],
      lines.enumerated().map {
        [
          "o\($0)", "a", "2024", text($1, "quantity"), "p\($0)", text($1, "deadweight"),
          text($1, "displacement"), text($1, "attribution"), text($1, "dropoff"),
          text($1, "duration", "1"), text($1, "start", "1"),
        ]
      })
    try source.add(
      "ledger", ["residence", "date", "kind", "amount"],
      spent.map { ["a", "2024-05-01", "expense", "\($0)"] })
    return source
  }

  func testSocialReturnOfTheReference() throws {
    let reference = try Self.json("sroi")
    let lines = try XCTUnwrap(reference["lines"] as? [[String: Any]])
    let inputs = try XCTUnwrap(reference["inputs"] as? [String: Double]).values.sorted()
    let source = try valued(lines, spent: inputs)
    let ask = "social_return(outcome, inputs: sum(ledger.amount), spread: 0.1"
    for (name, rate) in [
      ("base_3.5pct", "0.035"), ("base_0pct", "0"), ("base_1.5pct_health_rate", "0.015"),
    ] {
      let expected = Self.find(reference, ["cases", name])
      let end = try estimate("\(ask), rate: \(rate))", source)
      assertSame(end.value, Self.find(expected, ["ratio_end"]), name)
      assertSame(end.numerator, Self.find(expected, ["pv_end"]), name)
      assertSame(end.denominator, Self.find(expected, ["inputs"]), name)
      let start = try estimate("\(ask), rate: \(rate), first_year: start)", source)
      assertSame(start.value, Self.find(expected, ["ratio_start"]), name)
      XCTAssertLessThan(try XCTUnwrap(end.low), try XCTUnwrap(end.value))
      XCTAssertGreaterThan(try XCTUnwrap(end.high), try XCTUnwrap(end.value))
    }
    let first = try estimate("social_value(outcome, spread: 0.1)", source)
    // Of the first year alone, the harm and what begins later too.
    XCTAssertEqual(first.value ?? .nan, 1539 + 451.62 + 240.084 + 225 - 350, accuracy: 1e-9)
    let free = try estimate("\(ask), rate: 0.035)", try valued(lines, spent: []))
    XCTAssertNil(free.value)
  }

  /// Shares multiply: 0.21 of the value is left, where adding them would leave −0.2.
  func testSharesMultiply() throws {
    let source = try valued(
      [
        [
          "quantity": 1, "proxy": 1000, "deadweight": 0.4, "displacement": 0.3,
          "attribution": 0.5,
        ]
      ], spent: [1000])
    let got = try estimate(
      "social_return(outcome, inputs: sum(ledger.amount), rate: 0, spread: 0.05)", source)
    XCTAssertEqual(got.value ?? .nan, 0.21, accuracy: 1e-12)
    XCTAssertEqual(got.low ?? .nan, 0.55 * 0.65 * 0.45, accuracy: 1e-12)
    XCTAssertEqual(got.high ?? .nan, 0.65 * 0.75 * 0.55, accuracy: 1e-12)
  }

  /// Without anything that varies there is no range, and so no value.
  func testABareRatioIsRefused() throws {
    let source = try valued([["quantity": 1, "proxy": 162]], spent: [100])
    for formula in [
      "social_return(outcome, inputs: sum(ledger.amount), rate: 0.035)", "social_value(outcome)",
      "break_even_deadweight(outcome, inputs: sum(ledger.amount), rate: 0.035)",
    ] {
      let got = try estimate(formula, source)
      XCTAssertNil(got.value, formula)
      XCTAssertEqual(got.reason, .noRange, formula)
    }
    for formula in [
      "social_return(outcome, inputs: sum(ledger.amount), rate: 0, spread: 0.1) * 1",
      "1 / social_value(outcome, spread: 0.1)",
      "social_value(outcome, spread: 0.1) + sum(ledger.amount)",
    ] {
      XCTAssertThrowsError(try indicator(formula, model: source.model), formula)
    }
    let costly = try estimate(
      "break_even_deadweight(outcome, inputs: sum(ledger.amount), rate: 0, spread: 0.1)",
      try valued([["quantity": 1, "proxy": 162]], spent: [163]))
    XCTAssertEqual(costly.reason, .neverPays)
    let paying = try estimate(
      "break_even_deadweight(outcome, inputs: sum(ledger.amount), rate: 0, spread: 0.1)",
      try valued([["quantity": 1, "proxy": 162, "deadweight": 0.3]], spent: [81]))
    XCTAssertEqual(paying.value ?? .nan, 0.5, accuracy: 1e-12)
  }

  /// A number that is not known is not zero: its line has no value.
  func testALineWithAnUnknownShareIsUnknown() throws {
    var source = try valued(
      [["quantity": 1, "proxy": 100], ["quantity": 1, "proxy": 50]], spent: [100])
    try source.add(
      "outcome",
      [
        "outcome", "residence", "period", "quantity", "proxy", "deadweight", "displacement",
        "attribution",
      ],
      [
        ["o1", "a", "2024", "1", "p0", "", "0", "0"],
        ["o2", "a", "2024", "1", "p1", "0", "0", "0"],
        ["o3", "a", "", "1", "p1", "0", "0", "0"], ["o4", "a", "2023", "1", "p1", "0", "0", "0"],
      ])
    let got = try estimate("social_value(outcome, spread: 0.1)", source)
    XCTAssertEqual(got.value ?? .nan, 50, accuracy: 1e-12)
    XCTAssertEqual(got.unknown, 2)
    XCTAssertEqual(got.known, 1)
  }
}
