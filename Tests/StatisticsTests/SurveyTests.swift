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
    assertSame(estimate.mean, row["estimate"], what, line: line)
    let error = estimate.standardError ?? .nan
    assertSame(error, row["se"], what, line: line)
    guard let df else { return }
    row["term"].apart(.peer)
    assertSame(
      Interval.mean(estimate.mean, standardError: error, t: Normal.quantile(0.975)),
      [row["ci_low_z"], row["ci_high_z"]], what, line: line)
    assertSame(df, row["df"], what, line: line)
    assertSame(
      try Interval.mean(estimate.mean, standardError: estimate.standardError ?? .nan, df: df),
      [row["ci_low_t"], row["ci_high_t"]], what, line: line)
  }

  func testWeightsOnly() throws {
    let (rows, reference) = try gss()
    let weights = rows.numbers("wtpannr12")
    let design = try SurveyDesign(weights: weights)
    XCTAssertEqual(design.degreesOfFreedom, 1535)
    try Reference(file: "survey_estimates.json")["peer"].apart(.peer)
    assertSame(weights.count, reference["n"])
    checkKish(weights, reference["kish"])
    let simple = reference["weights_only"]
    for (name, column) in [("trust", "can"), ("neigh", "neigh")] {
      let values = rows.numbers(column)
      check(try design.mean(values), simple[name][0], df: 1535, name)
      check(try WeightedMean.estimate(values: values, weights: weights), simple[name][0], name)
      assertSame(try design.designEffect(values), simple[name][0]["deff"], name)
    }
    try checkAnswers(simple["trust3"])
    let neigh = rows.numbers("neigh")
    assertSame(try design.variance(neigh), simple["svyvar_neigh"])
    // Hmisc takes weights for numbers of people alike, R's design effect for those of the population.
    assertOtherwise(
      .frequencyWeights, try design.variance(neigh),
      here: try XCTUnwrap(simple["svyvar_neigh"].number), peer: simple["wtd_var_Hmisc_neigh"])
    assertOtherwise(
      .scaledWeights, try design.designEffect(neigh),
      here: try XCTUnwrap(simple["neigh"][0]["deff"].number),
      peer: reference["deff_TRUE_with_normalised_weights_WRONG"])
    let trust = try design.mean(rows.numbers("can"))
    let answered = rows.numbers("can").indices.filter { !rows.numbers("can")[$0].isNaN }
    checkKish(answered.map { weights[$0] }, simple["n_eff_trust"])
    assertSame(trust.effectiveSize, simple["n_eff_trust"]["n_eff"])
    for row in simple["ci"].list {
      let (p, se) = (trust.mean, trust.standardError ?? .nan)
      let df = Double(trust.answers - 1)
      assertSame(p, row["estimate"])
      row["method"].apart(.peer)
      row["error"].apart(.noValue)
      let bounds: (Double, Double)
      switch row["method"].text {
      case "logit", "xlogit": bounds = try Interval.logit(p, standardError: se, df: df)
      case "asin": bounds = try Interval.arcsine(p, standardError: se, df: df)
      case "beta": bounds = try Interval.beta(p, standardError: se, df: df, n: trust.answers)
      case "mean": bounds = try Interval.mean(p, standardError: se, df: df)
      default:
        for key in ["low", "high"] { row[key].apart(.notOffered) }
        continue
      }
      assertSame(bounds, [row["low"], row["high"]])
    }
    for (i, p) in [0.25, 0.5, 0.75].enumerated() {
      assertSame(
        try Quantile.weighted(rows.numbers("neigh"), weights: weights, p),
        simple["quantile_neigh"][i]["quantile"])
      for key in ["ci.2.5", "ci.97.5", "se"] { simple["quantile_neigh"][i][key].apart(.notOffered) }
    }
  }

  /// What weights alone say.
  private func checkKish(_ weights: [Double], _ kish: Reference) {
    if kish["n"].value != nil { assertSame(weights.count, kish["n"]) }
    assertSame(weights.reduce(0, +), kish["sum"])
    assertSame(try Weights.effectiveSize(weights), kish["n_eff"])
    assertSame(try Weights.designEffect(weights), kish["deff_weights"])
    assertSame(try Weights.designEffect(weights) - 1, kish["cv2_pop"])
    assertSame(weights.min() ?? .nan, kish["min"])
    assertSame(weights.max() ?? .nan, kish["max"])
  }

  /// The share of each answer, of all three, from the panel's own file.
  private func checkAnswers(_ shares: Reference) throws {
    let panel = try Rows("survey/gss_panel06.csv")
    let (waves, answers) = (panel.texts("wave"), panel.texts("trust"))
    let weights = panel.numbers("wtpannr12")
    let kept = waves.indices.filter { waves[$0] == "1" && !weights[$0].isNaN }
    let design = try SurveyDesign(weights: kept.map { weights[$0] })
    XCTAssertEqual(shares.list.count, 3)
    for row in shares.list {
      let answer = String((row["term"].text ?? "").dropFirst("trust".count))
      let values = kept.map { i -> Double in
        // What is no answer among the three is none.
        ["can Trust", "Can Trust", "Cannot Trust", "Depends"].contains(answers[i])
          ? (answers[i].lowercased() == answer.lowercased() ? 1 : 0) : .nan
      }
      check(try design.mean(values), row, df: design.degreesOfFreedom)
      assertSame(try design.designEffect(values), row["deff"])
    }
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
        assertSame(estimate.mean, row[value], key)
        assertSame(estimate.standardError ?? .nan, row["se"], key)
        _ = row[by].given
        assertSame(
          Interval.mean(
            estimate.mean, standardError: estimate.standardError ?? .nan,
            t: Normal.quantile(0.975)), [row["ci_l"], row["ci_u"]])
        if row["DEff.can"].value != nil {
          assertSame(try design.designEffect(own), row["DEff.can"])
        }
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
      assertSame(design.singleClusters, reference["strata_single_psu"])
      let expected = reference["lonely_" + name]
      assertSame(design.degreesOfFreedom, expected["degf"])
      assertSame(Set(strata).count, reference["strata"])
      for (key, column) in [("trust", "can"), ("neigh", "neigh")] {
        let values = rows.numbers(column)
        check(
          try design.mean(values), expected[key][0], df: design.degreesOfFreedom, name + key)
        assertSame(try design.designEffect(values), expected[key][0]["deff"], name + key)
      }
    }
    let design = try SurveyDesign(
      weights: rows.numbers("wtpannr12"), strata: strata, clusters: clusters,
      singleCluster: .refused)
    assertUndefined(try design.mean(rows.numbers("can")).mean, where: reference["lonely_fail"])
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
      assertSame(estimate.answers, reference["n_pairs_" + name])
      check(estimate, reference[name][0], df: design.degreesOfFreedom, name)
    }
    // R's svyttest: the same mean over its error, on the pairs less two.
    let neigh = try design.mean(rows.numbers("dneigh"))
    let t = neigh.mean / (neigh.standardError ?? .nan)
    assertSame(t, reference["ttest"]["t"])
    assertSame(neigh.answers - 2, reference["ttest"]["df"])
    assertSame(StudentT.bothTails(t, df: Double(neigh.answers - 2)), reference["ttest"]["p"])
  }

  /// All who answered either time, not pairs only: the difference of two domains of one design, each
  /// person a cluster. The residuals of a difference are those of a mean of this.
  func testTheChangeOfStackedWaves() throws {
    let rows = try Rows("survey/gss_pairs_w1_w3.csv")
    let reference = try Reference(file: "survey_estimates.json")["gss"]["stacked_neigh"]
    let weights = rows.numbers("wtpannr123")
    let (before, after) = (rows.numbers("neigh1"), rows.numbers("neigh3"))
    let (first, third) = (
      try WeightedMean.estimate(values: before, weights: weights),
      try WeightedMean.estimate(values: after, weights: weights)
    )
    assertSame(third.mean - first.mean, reference["diff"])
    let people = rows.cells.indices.map(Int32.init)
    var stack: (values: [Double], weights: [Double], people: [Int32]) = ([], [], [])
    let total = first.weightTotal + third.weightTotal
    for (wave, estimate, sign) in [(before, first, -1.0), (after, third, 1.0)] {
      for i in wave.indices {
        stack.values.append(sign * (wave[i] - estimate.mean) * total / estimate.weightTotal)
        stack.weights.append(weights[i])
        stack.people.append(people[i])
      }
    }
    let design = try SurveyDesign(weights: stack.weights, clusters: stack.people)
    assertSame(try design.mean(stack.values).standardError ?? .nan, reference["se"])
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
    assertSame(api.mean, anchors[0]["computed"])
    assertSame(api.standardError ?? .nan, anchors[1]["computed"])
    assertSame(
      try design.designEffect(
        rows.numbers("api00"), population: rows.numbers("pw").reduce(0, +)),
      anchors[2]["computed"], within: 1e-6)
    let awards = try design.mean(rows.texts("awards").map { $0 == "Yes" ? 1 : 0 })
    let formulas = try Reference(file: "ciprop_formulas.json")["api strat awards"]
    assertSame(awards.mean, formulas["p"])
    assertSame(awards.standardError ?? .nan, formulas["se"])
    assertSame(design.degreesOfFreedom, formulas["df"])
    let shares = try Reference(file: "survey_estimates.json")["ciprop"]
    for name in shares.keys where name != "api_strat_awards" {
      // California's schools sampled by district: not in the collection.
      XCTAssertThrowsError(
        try Rows("survey/survey_\(name.split(separator: "_").prefix(2).joined()).csv"))
      shares[name].apart(.dataElsewhere)
    }
    for (i, method) in ["logit", "", "asin", "beta", "mean", "xlogit"].enumerated() {
      let row = shares["api_strat_awards"][i]
      row["method"].apart(.peer)
      row["error"].apart(.noValue)
      assertSame(awards.mean, row["estimate"])
      if method.isEmpty {
        for key in ["low", "high"] { row[key].apart(.notOffered) }
        continue
      }
      let (p, se) = (awards.mean, awards.standardError ?? .nan)
      let bounds =
        switch method {
        case "asin": try Interval.arcsine(p, standardError: se, df: 197)
        case "beta": try Interval.beta(p, standardError: se, df: 197, n: 200)
        case "mean": try Interval.mean(p, standardError: se, df: 197)
        default: try Interval.logit(p, standardError: se, df: 197)
        }
      assertSame(bounds, [row["low"], row["high"]], method)
    }
    // Everybody asked: no error is left.
    let census = try SurveyDesign(weights: [1, 1, 1], populations: [3])
    XCTAssertEqual(try census.mean([1, 2, 6]).standardError, 0)
    assertUndefined(.outOfRange(0), try SurveyDesign(weights: [1, 1, 1], populations: [2]))
  }

  /// The error, undefined where a design has none.
  private func known(_ error: Double?) throws(Undefined) -> Double {
    guard let error else { throw .tooFew(found: 1, needed: 2) }
    return error
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
    let one = try design([2]).mean([1])
    XCTAssertNil(one.standardError)
    assertUndefined(try known(one.standardError), where: edge["one_unit"]["error"])
    let alike = try design([1, 2, 3]).mean([1, 1, 1])
    assertSame(alike.mean, edge["all_equal"]["estimate"])
    assertSame(try known(alike.standardError), edge["all_equal"]["se"])
    // R answers NA unless told to leave out who did not answer, and an average of nobody is 0.
    let some = try design([2, 1, 1, 0]).mean([1, .nan, 0, 1])
    assertSame(some.mean, edge["na_removed_zero_weight"]["estimate"])
    assertSame(try known(some.standardError), edge["na_removed_zero_weight"]["se"])
    for key in ["estimate", "se"] {
      assertOtherwise(
        .unanswered, try key == "se" ? known(some.standardError) : some.mean,
        here: try XCTUnwrap(edge["na_removed_zero_weight"][key].number),
        peer: edge["na_without_narm"][key])
    }
    assertOtherwise(
      .nothingThere, try design([1, 1]).mean([.nan, .nan]), undefined: .nothingObserved,
      peer: edge["all_na"])
    assertOtherwise(
      .allAlike, try Interval.logit(1, standardError: 0, df: 2), undefined: .noVariation,
      peer: edge["all_one_logit"])
    assertSame(alike.mean, edge["all_one_beta"]["est"])
    for bound in edge["all_one_beta"]["ci"].list {
      assertUndefined(try Interval.beta(1, standardError: 0, df: 2, n: 3).0, where: bound)
    }
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
