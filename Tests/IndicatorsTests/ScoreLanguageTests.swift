import Diagnostics
import Foundation
import Model
import Periods
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// Scores and matched pairs asked in formulas, against PSPP and R, on columns and in SQLite.
final class ScoreLanguageTests: XCTestCase {
  /// The shared answers to four scales: each person is a residence of their own, so that one table
  /// holds everybody's score. Wave 1 is in 2023, wave 2 in 2024.
  private func everybody(apart: Bool) throws -> AnswerWorld {
    let items = try ReferenceTable("survey/scale_items.csv")
    var world = try AnswerWorld()
    let asked = [("ucla3", "ucla"), ("djg6", "lones"), ("who5", "who5pct"), ("swemwbs", "swraw")]
    for (name, scale) in asked {
      for item in try world.items(name, scale) {
        for r in items.rows {
          let person = "p" + items.text("id", r)
          world.add(
            name, wave: items.text("wave", r), residence: apart ? person : "r1", person, item,
            items.text(item, r))
        }
      }
    }
    return world
  }

  /// The 519 × 11 scores that PSPP computed with the manuals' syntax.
  func testAllScoresOfTheReference() throws {
    let world = try everybody(apart: true)
    let expected = try ReferenceTable("reference/scales_scored.csv")
    let (source, mirror) = try world.filled()
    var compared = 0
    for (instrument, scale, column, bands) in [
      ("ucla3", "ucla", "ucla", []), ("ucla3", "ucla", "uclalonely", ["", "lonely"]),
      ("djg6", "lones", "lones", []),
      ("djg6", "lones", "lonescat", ["not_lonely", "moderate", "severe"]),
      ("djg6", "lonesocs", "lonesocs", []), ("djg6", "loneemos", "loneemos", []),
      ("who5", "whoraw", "whoraw", []), ("who5", "who5pct", "who5pct", []),
      ("who5", "who5pct", "wholow", ["", "low"]), ("swemwbs", "swraw", "swraw", []),
      ("swemwbs", "swmetric", "swmetric", []),
    ] as [(String, String, String, [String])] {
      let score = "score(\"\(instrument)\", \"\(scale)\")"
      for wave in ["1", "2"] {
        // What the file calls 0, 1, 2 are bands of the scale, by name.
        var known: [String: Double] = [:]
        let formulas =
          bands.isEmpty
          ? [(1.0, "mean(\(score))")]
          : bands.enumerated().filter { $0.element != "" }.map {
            (Double($0.offset), "share(\(score) = \"\($0.element)\")")
          }
        for (factor, formula) in formulas {
          let table = try world.ask(formula, wave == "1" ? "2023" : "2024", source, mirror)
          for row in table.rows {
            guard let value = row.estimate.value else { continue }
            known[row.residence, default: 0] += factor * value
          }
        }
        for r in expected.rows where expected.text("wave", r) == wave {
          let person = "p" + expected.text("id", r)
          let place = "\(column), \(person), wave \(wave)"
          let reference = expected[column, r]
          XCTAssertEqual(known[person] == nil, reference.isNaN, place)
          if let got = known[person], !reference.isNaN {
            XCTAssertEqual(got, reference, accuracy: 1e-9, place)
          }
          compared += 1
        }
      }
    }
    XCTAssertEqual(compared, 519 * 11)
  }

  /// Wave 1 to wave 2 of the same people, against R's paired tests of three of the scores.
  func testChangesOfScoresEqualR() throws {
    let world = try everybody(apart: false)
    let (source, mirror) = try world.filled()
    let reference = try JSONFile("reference/tests_R.json")["paired"]
    for (name, score) in [
      ("who5", #"score("who5", "who5pct")"#), ("swemwbs", #"score("swemwbs", "swmetric")"#),
      ("ucla", #"score("ucla3", "ucla")"#),
    ] {
      let r = reference[name]
      func estimate(_ formula: String) throws -> Estimate {
        let table = try world.ask(formula, "2024", source, mirror)
        return try XCTUnwrap(table.rows.first { $0.residence == "r1" }).estimate
      }
      let change = try estimate("weighted_mean(change(\(score)), weight: 1)")
      assertClose(change.value, r["mean_diff"].number, name)
      assertClose(change.denominator, r["n_pairs"].number, name)
      assertClose(change.standardError, r["t"]["se"].number, name)
      assertClose(change.low, r["t"]["ci"][0].number, name)
      assertClose(change.high, r["t"]["ci"][1].number, name)
      let up = try estimate("weighted_share(change(\(score)) > 0, weight: 1)")
      assertClose(up.numerator, r["n_pos"].number, name)
      let down = try estimate("share(change(\(score)) < 0)")
      assertClose(down.numerator, r["n_neg"].number, name)
      assertClose(try estimate("median(change(\(score)))").value, r["median_diff"].number, name)
      // Nobody had answered before the first wave.
      let first = try world.ask("mean(change(\(score)))", "2023", source, mirror)
      XCTAssertNil(first.rows.first?.estimate.value)
    }
  }

  /// R's data, answer by answer: means, intervals, sizes and tests.
  func testPairsEqualR() throws {
    let reference = try JSONFile("reference/tests_R.json")["paired"]
    for name in [
      "sleep", "gss_neigh", "who5", "swemwbs", "ucla", "small_noties", "five_all_up", "all_zero",
      "constant_shift", "one_pair", "two_pairs",
    ] {
      let r = reference[name]
      let pairs = try ReferenceTable("reference/pairs_\(name).csv")
      var world = try AnswerWorld()
      for (n, row) in pairs.rows.enumerated() {
        for (wave, column) in [("1", "before"), ("2", "after")] {
          world.add("e", wave: wave, residence: "r1", "p\(n)", "x", pairs.text(column, row))
        }
      }
      let (source, mirror) = try world.filled()
      func value(_ formula: String) throws -> Estimate {
        let table = try world.ask(formula, "2024", source, mirror)
        return try XCTUnwrap(table.rows.first { $0.residence == "r1" }).estimate
      }
      let x = #"change(response.value) where response.item = "x""#
      let mean = try value("weighted_mean(\(x), weight: 1)")
      assertClose(mean.value, r["mean_diff"].number, name)
      assertClose(mean.denominator, r["n_pairs"].number, name)
      XCTAssertEqual(mean.known, r["n_pairs"].number, name)
      XCTAssertEqual(mean.known + mean.unknown, r["n_rows"].number, name)
      if let error = r["t"]["se"].number {
        assertClose(mean.standardError, error, name)
        assertClose(mean.low, r["t"]["ci"][0].number, name)
        assertClose(mean.high, r["t"]["ci"][1].number, name)
      }
      func measure(_ word: String) throws -> Double? {
        try value("paired(\(x), measure: \(word))").value
      }
      assertClose(try measure("dz"), r["effect"]["cohen_dz"].number, name)
      // R gives 0 where J does not exist, and +1 when nothing has changed.
      let g = name == "two_pairs" ? nil : r["effect"]["hedges_g"]["g"].number
      assertClose(try measure("hedges_g"), g, name)
      let biserial = name == "all_zero" ? nil : r["effect"]["rank_biserial"]["r"].number
      assertClose(try measure("rank_biserial"), biserial, name)
      assertClose(try measure("t_p"), r["t"]["p"].number, name)
      assertClose(try measure("wilcoxon_p"), r["wilcoxon"]["r_default"]["p"].number, name)
    }
  }

  /// The change of the General Social Survey from 2006 to 2010, weighted, as R survey gives it:
  /// there everybody of the panel keeps a place in the sample, also who left an answer out.
  func testWeightedChangeEqualsRSurvey() throws {
    let panel = try ReferenceTable("survey/gss_pairs_w1_w3.csv")
    let reference = try JSONFile("reference/survey_estimates.json")["gss"]["change_w1_w3"]
    var world = try AnswerWorld()
    for (item, first, last) in [("trust", "can1", "can3"), ("neigh", "neigh1", "neigh3")] {
      for (n, row) in panel.rows.enumerated() where !panel["wtpannr123", row].isNaN {
        for (wave, column) in [("1", first), ("3", last)] {
          world.add(
            "gss", wave: wave, residence: "r1", "p\(n)", item, panel.text(column, row),
            weight: panel.text("wtpannr123", row))
        }
      }
    }
    let (source, mirror) = try world.filled()
    for item in ["trust", "neigh"] {
      let x = "change(response.value) where response.item = \"\(item)\", weight: response.weight"
      func estimate(_ formula: String) throws -> Estimate {
        let table = try world.ask(formula, "2025", source, mirror)
        return try XCTUnwrap(table.rows.first { $0.residence == "r1" }).estimate
      }
      let change = try estimate("survey_mean(\(x))")
      let r = reference[item][0]
      assertClose(change.value, r["estimate"].number, item)
      assertClose(change.standardError, r["se"].number, item)
      assertClose(change.low, r["ci_low_t"].number, item)
      // Rows of the other item are neither known nor unknown to this one.
      XCTAssertEqual(change.known, reference["n_pairs_\(item)"].number, item)
      let pairs = try estimate("weighted_mean(\(x))")
      assertClose(pairs.value, r["estimate"].number, item)
      XCTAssertEqual(pairs.known, change.known, item)
    }
  }

  /// The definitions that SQL cannot say, and R's data on which they are worked out.
  static let worked = [
    "evolution-bien-etre-taille": "who5", "evolution-solitude-taille": "ucla",
    "evolution-appartenance-taille": "gss_neigh",
  ]

  func testDefinitionsWithoutSQLEqualR() throws {
    var world = try everybody(apart: false)
    let neighbours = try ReferenceTable("reference/pairs_gss_neigh.csv")
    for (n, row) in neighbours.rows.enumerated() {
      for (wave, column) in [("1", "before"), ("2", "after")] {
        world.add(
          "lien", wave: wave, residence: "r1", "n\(n)", "appartenance", neighbours.text(column, row)
        )
      }
    }
    let (source, _) = try world.filled()
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    let reference = try JSONFile("reference/tests_R.json")["paired"]
    for (id, name) in Self.worked {
      let table = try Evaluator(model: source.model, source: source).compute(
        try XCTUnwrap(catalogue.find(id).first), periods: [Period("2024")])
      let value = table.rows.first { $0.residence == "r1" }?.estimate.value
      XCTAssertNotNil(value, id)
      assertClose(value, reference[name]["effect"]["hedges_g"]["g"].number, id)
    }
  }

  /// Yes and no, asked twice of the same people: R's exact test of the GSS and of small tables.
  func testYesAndNoAskedTwice() throws {
    let reference = try JSONFile("reference/tests_R.json")["mcnemar"]
    for name in ["gss_trust", "small", "equal", "no_discordant", "one_sided_zero"] {
      let r = reference[name]
      let cells = ["a", "b", "c", "d"].map { Int(r["table"][$0].number ?? -1) }
      XCTAssertTrue(cells.allSatisfy { $0 >= 0 }, name)
      var world = try AnswerWorld()
      var n = 0
      for (count, (before, after)) in zip(cells, [("1", "1"), ("1", "0"), ("0", "1"), ("0", "0")]) {
        for _ in 0..<count {
          n += 1
          world.add("e", wave: "1", residence: "r1", "p\(n)", "x", before)
          world.add("e", wave: "2", residence: "r1", "p\(n)", "x", after)
        }
      }
      let (source, mirror) = try world.filled()
      let table = try world.ask(
        #"paired(change(response.value) where response.item = "x", measure: mcnemar_p)"#, "2024",
        source, mirror)
      let p = try XCTUnwrap(table.rows.first { $0.residence == "r1" }).estimate.value
      assertClose(p, r["exact"]["p"].number, name)
    }
  }

  /// The waves that a change is from, and who takes part.
  func testWhichWaves() throws {
    var world = try AnswerWorld()
    // Three waves; b has skipped the second one, c the first one, d came for the last alone.
    for (person, answers) in [
      ("a", ["1": "1", "2": "3", "3": "4"]), ("b", ["1": "2", "3": "7"]),
      ("c", ["2": "5", "3": "4"]), ("d", ["3": "9"]), ("e", ["2": "", "3": "6"]),
    ] {
      for (wave, value) in answers {
        world.add("e", wave: wave, residence: "r1", person, "x", value)
      }
    }
    let (source, mirror) = try world.filled()
    func estimate(_ since: String, least: Int = 1) throws -> Estimate {
      let formula = "weighted_mean(change(response.value\(since)), weight: 1, at_least: \(least))"
      let table = try world.ask(formula, "2025", source, mirror)
      return try XCTUnwrap(table.rows.first { $0.residence == "r1" }).estimate
    }
    // 4 − 3, 7 − 2, 4 − 5; e's second wave has no answer.
    let previous = try estimate("")
    assertClose(previous.value, 5 / 3.0, "previous")
    XCTAssertEqual([previous.denominator, previous.unknown], [3, 1])
    XCTAssertEqual(previous.persons, 3)
    assertClose(try estimate(", since: first").value, (3 + 5 - 1) / 3.0, "first")
    assertClose(try estimate(", since: \"1\"").value, 4, "wave 1")
    assertClose(try estimate(", since: \"2\"").value, 0, "wave 2")
    XCTAssertNil(try estimate(", since: \"3\"").value)
    XCTAssertNil(try estimate(", since: \"nowhere\"").value)
    // Too few pairs: no value, and no interval either.
    let few = try estimate("", least: 4)
    XCTAssertNil(few.value)
    XCTAssertNil(few.low)
    XCTAssertEqual(few.scanned, 5)
    XCTAssertEqual(few.reason, .tooFewPairs)
    XCTAssertEqual(try estimate(", since: \"3\"").reason, .noEarlierWave)
  }

  /// A questionnaire is one row, whatever its items; cuts, filters and weights are its own.
  func testAQuestionnaireIsOneRow() throws {
    var world = try AnswerWorld()
    for (n, answers) in [["1", "2", "3"], ["3", "3", "3"], ["1", "", "1"], ["2", "9", "2"]]
      .enumerated()
    {
      for (i, answer) in answers.enumerated() {
        world.add(
          "ucla3", wave: "1", residence: "r1", "p\(n)", "ucla\(i + 1)", answer,
          weight: "\(n + 1)")
      }
    }
    // An item that the scale does not have makes no questionnaire.
    world.add("ucla3", wave: "1", residence: "r1", "p9", "autre", "1")
    let (source, mirror) = try world.filled()
    func estimate(_ formula: String) throws -> Estimate {
      let table = try world.ask(formula, "2023", source, mirror)
      return try XCTUnwrap(table.rows.first { $0.residence == "r1" }).estimate
    }
    let mean = try estimate(#"weighted_mean(score("ucla3", "ucla"), weight: response.weight)"#)
    assertClose(mean.value, (6 + 2 * 9) / 3.0, "weighted mean")
    // One has left an item out, one has given an answer that is not offered: neither is scored.
    XCTAssertEqual([mean.known, mean.unknown, mean.scanned], [2, 2, 4])
    XCTAssertEqual(mean.persons, 2)
    assertClose(try estimate(#"share(score("ucla3", "ucla") > 6)"#).value, 0.5, "share")
    assertClose(try estimate(#"quantile(score("ucla3", "ucla"), 0.5)"#).value, 7.5, "median")
    assertClose(
      try estimate(#"count(response where score("ucla3", "ucla") in ("lonely"))"#).value, 2, "count"
    )
    assertClose(
      try estimate(#"mean(max(score("ucla3", "ucla")) per response.respondent)"#).value, 7.5,
      "per person")
    assertClose(
      try estimate(#"mean(score("ucla3", "ucla") where response.weight < 2)"#).value, 6, "filter")
  }

  /// The rows behind a value are questionnaires with their scores; an item does not cut them.
  func testRowsCutsAndConditions() throws {
    let world = try everybody(apart: false)
    let (source, _) = try world.filled()
    let evaluator = Evaluator(model: source.model, source: source)
    let question = try indicator(
      #"weighted_mean(change(score("who5", "who5pct")), weight: response.weight)"#,
      model: source.model, instruments: AnswerWorld.instruments())
    let listing = try XCTUnwrap(evaluator.rows(question, period: Period("2024")).first)
    let name = #"change(score("who5", "who5pct"))"#
    let column = try XCTUnwrap(listing.columns.firstIndex(of: name))
    XCTAssertFalse(listing.columns.contains("response.value"))
    let differences = listing.rows.compactMap { $0.cells[column] }.compactMap(Double.init)
    XCTAssertEqual(differences.count, 196)
    let reference = try JSONFile("reference/tests_R.json")["paired"]["who5"]["mean_diff"]
    assertClose(differences.reduce(0, +) / 196, reference.number, name)
    for (cuts, filter) in [(["item"], nil), ([], "item = \"who1\""), ([], "value > 3")]
      as [([String], String?)]
    {
      XCTAssertThrowsError(
        try evaluator.compute(question, cuts: cuts, filter: filter, periods: [Period("2024")])
      ) { XCTAssertEqual(($0 as? Failure)?.status, .usage) }
    }
    let whole = try evaluator.compute(question, cuts: ["wave"], periods: [Period("2024")])
    XCTAssertEqual(whole.rows.first?.estimate.value, whole.rows[1].estimate.value)
  }

  func testWhatCannotBeAsked() throws {
    for (formula, code) in [
      (#"mean(score("ucla", "ucla"))"#, "formula.scale"),
      (#"mean(score("ucla3", "who5pct"))"#, "formula.scale"),
      (#"mean(score("ucla3"))"#, "formula.arguments"),
      (#"share(score("ucla3", "ucla") = "severe")"#, "formula.cutoff"),
      (#"mean(score("ucla3", "ucla") - score("who5", "who5pct"))"#, "formula.scales"),
      (#"mean(score("ucla3", "ucla") where response.item = "ucla1")"#, "formula.item"),
      (#"mean(change(response.weight))"#, "formula.arguments"),
      (#"mean(change(response.value, since: last))"#, "formula.since"),
      (#"paired(response.value, measure: dz)"#, "formula.arguments"),
      (#"paired(change(response.value), measure: p)"#, "formula.word"),
      (#"share(score("ucla3", "ucla") > 3 and attendance.minutes > 3)"#, "formula.other-table"),
      (#"mean(attendance.minutes where score("ucla3", "ucla") > 3)"#, "formula.other-table"),
    ] {
      XCTAssertThrowsError(
        try indicator(
          formula, model: MemorySource.repositoryModel(), instruments: AnswerWorld.instruments()),
        formula
      ) { error in
        XCTAssertEqual((error as? Failure)?.diagnostics.first?.code, code, formula)
      }
    }
  }

  private func assertClose(_ a: Double?, _ b: Double?, _ message: String) {
    Agreement.assertClose(a, b, message)
  }
}
