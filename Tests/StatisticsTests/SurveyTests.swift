import TestSupport
import XCTest

@testable import Statistics

/// Weighted estimates of the US General Social Survey panel and of California's schools, against R
/// survey 4.1-1.
final class SurveyTests: XCTestCase {
  private func gss() throws -> (rows: Rows, reference: Reference) {
    (try Rows("survey/gss_w1_analysis.csv"), try Reference(file: "survey_estimates.json")["gss"])
  }

  private func check(
    _ estimate: WeightedMean, _ row: Reference, df: Double? = nil, _ what: String = "",
    line: UInt = #line
  ) {
    assertSame(estimate.mean, row["estimate"].number, what, line: line)
    assertSame(estimate.standardError ?? .nan, row["se"].number, what, line: line)
    guard let df else { return }
    XCTAssertEqual(df, row["df"].number, what, line: line)
    assertSame(
      try Interval.mean(estimate.mean, standardError: estimate.standardError ?? .nan, df: df),
      [row["ci_low_t"].number ?? .nan, row["ci_high_t"].number ?? .nan], what, line: line)
  }

  func testWeightsOnly() throws {
    let (rows, reference) = try gss()
    let weights = rows.numbers("wtpannr12")
    let design = try SurveyDesign(weights: weights)
    XCTAssertEqual(design.degreesOfFreedom, 1535)
    let simple = reference["weights_only"]
    for (name, column) in [("trust", "can"), ("neigh", "neigh")] {
      let values = rows.numbers(column)
      check(try design.mean(values), simple[name][0], df: 1535, name)
      check(try WeightedMean.estimate(values: values, weights: weights), simple[name][0], name)
      assertSame(try design.designEffect(values), simple[name][0]["deff"].number, name)
    }
    assertSame(try design.variance(rows.numbers("neigh")), simple["svyvar_neigh"].number)
    let trust = try design.mean(rows.numbers("can"))
    XCTAssertEqual(trust.answers, simple["n_eff_trust"]["n"].count)
    assertSame(trust.effectiveSize, simple["n_eff_trust"]["n_eff"].number)
    for row in simple["ci"].list {
      let (p, se) = (trust.mean, trust.standardError ?? .nan)
      let df = Double(trust.answers - 1)
      let bounds: (Double, Double)
      switch row["method"].text {
      case "logit", "xlogit": bounds = try Interval.logit(p, standardError: se, df: df)
      case "asin": bounds = try Interval.arcsine(p, standardError: se, df: df)
      case "beta": bounds = try Interval.beta(p, standardError: se, df: df, n: trust.answers)
      case "mean": bounds = try Interval.mean(p, standardError: se, df: df)
      default: continue
      }
      assertSame(bounds, [row["low"].number ?? .nan, row["high"].number ?? .nan])
    }
    for (i, p) in [0.25, 0.5, 0.75].enumerated() {
      XCTAssertEqual(
        try Quantile.weighted(rows.numbers("neigh"), weights: weights, p),
        simple["quantile_neigh"][i]["quantile"].number)
    }
    assertSame(try Weights.effectiveSize(weights), reference["kish"]["n_eff"].number)
    assertSame(try Weights.designEffect(weights), reference["kish"]["deff_weights"].number)
  }

  /// A domain keeps all rows: those of others answer nothing.
  func testDomains() throws {
    let (rows, reference) = try gss()
    let design = try SurveyDesign(weights: rows.numbers("wtpannr12"))
    for (key, by, column, value) in [
      ("by_race", "race", "can", "can"), ("by_region", "region", "can", "can"),
      ("by_sex_neigh", "sex", "neigh", "neigh"),
    ] {
      let groups = rows.texts(by)
      let values = rows.numbers(column)
      XCTAssertGreaterThan(reference["weights_only"][key].list.count, 1)
      for row in reference["weights_only"][key].list {
        let own = values.indices.map { groups[$0] == row[by].text ? values[$0] : .nan }
        let estimate = try design.mean(own)
        assertSame(estimate.mean, row[value].number, key)
        assertSame(estimate.standardError ?? .nan, row["se"].number, key)
        if let effect = row["DEff.can"].number { assertSame(try design.designEffect(own), effect) }
      }
    }
  }

  func testStrataWithASingleCluster() throws {
    let (rows, reference) = try gss()
    let strata = rows.codes("vstrat").codes
    let clusters = rows.codes("vpsu").codes
    for (name, policy) in [
      ("adjust", .adjusted), ("remove", .ignored), ("certainty", .ignored), ("average", .averaged),
    ] as [(String, SurveyDesign.SingleCluster)] {
      let design = try SurveyDesign(
        weights: rows.numbers("wtpannr12"), strata: strata, clusters: clusters,
        singleCluster: policy)
      XCTAssertEqual(design.singleClusters, reference["strata_single_psu"].count)
      let expected = reference["lonely_" + name]
      for (key, column) in [("trust", "can"), ("neigh", "neigh")] {
        let values = rows.numbers(column)
        check(
          try design.mean(values), expected[key][0], df: design.degreesOfFreedom, name + key)
        assertSame(try design.designEffect(values), expected[key][0]["deff"].number, name + key)
      }
    }
    let design = try SurveyDesign(
      weights: rows.numbers("wtpannr12"), strata: strata, clusters: clusters,
      singleCluster: .refused)
    XCTAssertThrowsError(try design.mean(rows.numbers("can"))) { error in
      guard case .singleCluster? = error as? Undefined else { return XCTFail("\(error)") }
    }
  }

  func testChangeBetweenWaves() throws {
    let rows = try Rows("survey/gss_pairs_w1_w3.csv")
    let reference = try Reference(file: "survey_estimates.json")["gss"]["change_w1_w3"]
    let design = try SurveyDesign(weights: rows.numbers("wtpannr123"))
    for name in ["trust", "neigh"] {
      let estimate = try design.mean(rows.numbers(name == "trust" ? "dcan" : "dneigh"))
      XCTAssertEqual(estimate.answers, reference["n_pairs_" + name].count)
      check(estimate, reference[name][0], df: design.degreesOfFreedom, name)
    }
  }

  /// A stratified sample without replacement of a known population.
  func testFinitePopulationOfSchools() throws {
    let rows = try Rows("survey/survey_apistrat.csv")
    let (strata, names) = rows.codes("stype")
    let sizes = rows.numbers("fpc")
    let populations = names.indices.map { h in sizes[strata.firstIndex(of: Int32(h)) ?? 0] }
    let design = try SurveyDesign(
      weights: rows.numbers("pw"), strata: strata, populations: populations)
    let anchors = try Reference(file: "published_anchors.json").list
    let api = try design.mean(rows.numbers("api00"))
    assertSame(api.mean, anchors[0]["computed"].number)
    assertSame(api.standardError ?? .nan, anchors[1]["computed"].number)
    assertSame(
      try design.designEffect(
        rows.numbers("api00"), population: rows.numbers("pw").reduce(0, +)),
      anchors[2]["computed"].number, within: 1e-6)
    let awards = try design.mean(rows.texts("awards").map { $0 == "Yes" ? 1 : 0 })
    let formulas = try Reference(file: "ciprop_formulas.json")["api strat awards"]
    assertSame(awards.mean, formulas["p"].number)
    assertSame(awards.standardError ?? .nan, formulas["se"].number)
    XCTAssertEqual(design.degreesOfFreedom, formulas["df"].number)
    for (i, method) in ["logit", "", "asin", "beta", "mean", "xlogit"].enumerated()
    where !method.isEmpty {
      let row = try Reference(file: "survey_estimates.json")["ciprop"]["api_strat_awards"][i]
      let (p, se) = (awards.mean, awards.standardError ?? .nan)
      let bounds =
        switch method {
        case "asin": try Interval.arcsine(p, standardError: se, df: 197)
        case "beta": try Interval.beta(p, standardError: se, df: 197, n: 200)
        case "mean": try Interval.mean(p, standardError: se, df: 197)
        default: try Interval.logit(p, standardError: se, df: 197)
        }
      assertSame(bounds, [row["low"].number ?? .nan, row["high"].number ?? .nan], method)
    }
    // Everybody asked: no error is left.
    let census = try SurveyDesign(weights: [1, 1, 1], populations: [3])
    XCTAssertEqual(try census.mean([1, 2, 6]).standardError, 0)
    assertUndefined(.outOfRange(0), try SurveyDesign(weights: [1, 1, 1], populations: [2]))
  }

  /// R gives 0 with an error of 0 when all answers are missing, and NaN for one unit.
  func testEstimatesOnTheEdge() throws {
    let edge = try Reference(file: "survey_estimates.json")["edge"]
    func design(_ weights: [Double]) throws -> SurveyDesign { try SurveyDesign(weights: weights) }
    assertUndefined(.nothingObserved, try design([]).mean([]))
    assertUndefined(.nothingObserved, try design([1, 1]).mean([.nan, .nan]))
    assertUndefined(.zeroTotal, try design([0]).mean([1]))
    assertUndefined(.outOfRange(1), try design([1, -1]))
    assertUndefined(.outOfRange(0), try design([.nan]))
    XCTAssertNil(try design([2]).mean([1]).standardError)
    XCTAssertEqual(
      try design([1, 2, 3]).mean([1, 1, 1]).standardError, edge["all_equal"]["se"].number)
    assertUndefined(.noVariation, try design([1, 2, 3]).designEffect([1, 1, 1]))
    assertUndefined(
      .tooFew(found: 1, needed: 2), try design([1, 2, 3]).designEffect([1, .nan, .nan]))
    assertUndefined(.nothingObserved, try Quantile.weighted([.nan, 2], weights: [1, 0], 0.5))
    XCTAssertEqual(try Quantile.weighted([3, 1, 2], weights: [1, 1, 2], 0.25), 1)
    XCTAssertEqual(try Quantile.weighted([3, 1, 2], weights: [1, 1, 2], 0.26), 2)
    assertUndefined(.zeroTotal, try Weights.effectiveSize([0, 0]))
    assertUndefined(.nothingObserved, try Weights.effectiveSize([]))
    XCTAssertEqual(try Weights.effectiveSize([2, 2, 2]), 3)
  }

  func testMomentsOfPartsGiveTheMeanOfTheWhole() throws {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<200 {
      var whole: (y: [Double], w: [Double]) = ([], [])
      var moments = WeightedMoments()
      // Values far from zero, where sums of squares would cancel.
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let n = Int.random(in: 0...5, using: &random)
        let y = (0..<n).map { _ in
          Int.random(in: 0..<6, using: &random) == 0
            ? .nan : 1e6 + Double(Int.random(in: 0...3, using: &random))
        }
        let w = (0..<n).map { _ in Double(Int.random(in: 0...4, using: &random)) / 2 }
        whole.y += y
        whole.w += w
        moments.add(WeightedMoments(values: y, weights: w))
      }
      guard let expected = try? WeightedMean.estimate(values: whole.y, weights: whole.w) else {
        XCTAssertThrowsError(try moments.estimate())
        continue
      }
      let found = try moments.estimate()
      XCTAssertEqual(found.rows, expected.rows)
      XCTAssertEqual(found.answers, expected.answers)
      XCTAssertEqual(found.mean, expected.mean, accuracy: 1e-6)
      XCTAssertEqual(found.standardError ?? 0, expected.standardError ?? 0, accuracy: 1e-8)
      XCTAssertEqual(found.effectiveSize, expected.effectiveSize, accuracy: 1e-9)
    }
  }
}
