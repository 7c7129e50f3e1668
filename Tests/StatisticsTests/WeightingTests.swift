import TestSupport
import XCTest

@testable import Statistics

/// Raking, trimming and representativeness, against R survey 4.1-1 and statsmodels 0.15.0.
final class WeightingTests: XCTestCase {
  func testRakingTheSocialSurveyEqualsR() throws {
    let rows = try Rows("survey/gss_w1_analysis.csv")
    try Reference(file: "weighting.json")["peer"].apart(.peer)
    let reference = try Reference(file: "weighting.json")["gss"]
    let ages = rows.texts("age").map { text -> String in
      guard let age = text == "89 or Older" ? 89 : Int(text) else { return "" }
      return age < 35 ? "18-34" : age < 55 ? "35-54" : "55+"
    }
    let kept = ages.indices.filter { !ages[$0].isEmpty }
    assertSame(kept.count, reference["n"])
    let margins = ["sex", "race", "ageg"].map { name -> Weights.Margin in
      let texts = name == "ageg" ? ages : rows.texts(name)
      let (codes, names) = Rows.codes(kept.map { texts[$0] })
      return Weights.Margin(
        codes: codes,
        targets: names.map {
          (reference["targets"][name][$0].given.number ?? .nan) * Double(kept.count)
        })
    }
    let panel = rows.numbers("wtpannr12")
    for (name, base, tolerance) in [
      ("from_unit_weights", kept.map { _ in 1.0 }, 1e-9),
      ("from_panel_weights", kept.map { panel[$0] }, 1e-9),
      // Where R stops as soon as its margins are off by less than a person.
      ("from_panel_weights_default_epsilon", kept.map { panel[$0] }, 5e-4),
    ] {
      let weights = try Weights.rake(base, to: margins)
      let expected = reference[name]
      func same(_ got: @autoclosure () throws -> Double, _ value: Reference) {
        assertSame(try got(), value, within: tolerance)
      }
      same(weights.reduce(0, +), expected["kish"]["sum"])
      same(try Weights.effectiveSize(weights), expected["kish"]["n_eff"])
      same(try Weights.designEffect(weights), expected["kish"]["deff_weights"])
      same(weights.min() ?? .nan, expected["kish"]["min"])
      same(weights.max() ?? .nan, expected["kish"]["max"])
      let design = try SurveyDesign(
        weights: weights, calibration: .margins(margins.map(\.codes)))
      for column in ["can", "neigh"] {
        let all = rows.numbers(column)
        let estimate = try design.mean(kept.map { all[$0] })
        expected[column][0]["term"].apart(.peer)
        same(estimate.mean, expected[column][0]["estimate"])
        same(estimate.standardError ?? .nan, expected[column][0]["se"])
      }
      for (name, margin) in zip(["sex", "race", "ageg"], margins) {
        XCTAssertEqual(expected[name].list.count, margin.targets.count)
        for (level, row) in expected[name].list.enumerated() {
          let share = try design.mean(margin.codes.map { $0 == Int32(level) ? 1 : 0 })
          row["term"].apart(.peer)
          same(share.mean, row["estimate"])
          same(share.standardError ?? .nan, row["se"])
        }
      }
      // A share that the weights were made to meet is not left to chance.
      let women = try design.mean(margins[0].codes.map { $0 == 0 ? 1 : 0 })
      assertSame(women.mean, 0.513, within: 1e-12)
      XCTAssertLessThan(women.standardError ?? .nan, 1e-9)
    }
  }

  func testRakingLeedsEqualsR() throws {
    let rows = try Rows("reference/weights_cakemap.csv")
    let totals = try Rows("smallarea/pop_cakemap_cons.csv")
    let reference = try Reference(file: "weighting.json")["cakemap"]
    let cakes = rows.codes("NCakes")
    rows.given("row", "NCakes", "Car", "Sex", "NSSEC8", "ageband4", "AS")
    assertSame(rows.cells.count, reference["n"])
    assertSame(totals.cells.count, reference["zones"])
    for (name, column) in [("AS", "AS"), ("Car", "Car"), ("NS", "NSSEC8")] {
      let levels = rows.codes(column).names
      XCTAssertEqual(levels.count, reference["levels"][name].list.count)
      for (level, known) in zip(levels, reference["levels"][name].list) { assertSame(level, known) }
    }
    let sums = totals.cells.map { cells in
      [0..<12, 12..<14, 14..<24].map { $0.reduce(0.0) { $0 + (Double(cells[$1]) ?? .nan) } }
    }
    assertSame(
      sums.allSatisfy { $0[0] == $0[1] && $0[1] == $0[2] } ? 1 : 0, reference["zone_totals_equal"])
    for zone in [1, 2, 3, 62, 124] {
      let all = totals.cells[zone - 1].map { Double($0) ?? .nan }
      let margins = [
        Weights.Margin(codes: rows.codes("AS").codes, targets: Array(all[0..<12])),
        Weights.Margin(codes: rows.codes("Car").codes, targets: Array(all[12..<14])),
        Weights.Margin(codes: rows.codes("NSSEC8").codes, targets: Array(all[14..<24])),
      ]
      let base = rows.cells.map { _ in 1.0 }
      let expected = reference["zone\(zone)"]
      let (a, b) = (expected["totals"]["as"].number, expected["totals"]["ns"].number)
      // The census's margins differ by one person in some wards: refused unless asked to go on.
      if let a, let b, a != b {
        assertUndefined(.marginTotalsDiffer(a, b), try Weights.rake(base, to: margins))
      }
      let weights = try Weights.rake(base, to: margins, totals: .asLast)
      assertSame(weights, rows, "zone\(zone)")
      for (name, total) in zip(["as", "car", "ns"], sums[zone - 1]) {
        assertSame(total, expected["totals"][name])
      }
      assertSame(weights.reduce(0, +), expected["kish"]["sum"])
      assertSame(weights.min() ?? .nan, expected["kish"]["min"])
      assertSame(weights.max() ?? .nan, expected["kish"]["max"])
      assertSame(try Weights.effectiveSize(weights), expected["kish"]["n_eff"])
      assertSame(try Weights.designEffect(weights), expected["kish"]["deff_weights"])
      for (c, name) in cakes.names.enumerated() {
        let sum = weights.indices.reduce(0.0) {
          $0 + (cakes.codes[$1] == Int32(c) ? weights[$1] : 0)
        }
        assertSame(sum, expected["cakes"][name], name)
      }
    }
  }

  /// Lovelace & Dumont's SimpleWorld, by hand: five people, margins of age and sex.
  func testRakingMeetsItsMarginsOrSaysWhyNot() throws {
    func margin(_ codes: [Int32], _ targets: [Double]) -> Weights.Margin {
      Weights.Margin(codes: codes, targets: targets)
    }
    let edge = try Reference(file: "weighting.json")["edge"]
    // Three people: margins that agree.
    let both = [margin([0, 0, 1], [60, 40]), margin([0, 1, 0], [70, 30])]
    let weights = try Weights.rake([1, 1, 1], to: both)
    XCTAssertEqual(weights[0] + weights[1], 60, accuracy: 1e-9)
    XCTAssertEqual(weights[0] + weights[2], 70, accuracy: 1e-9)
    assertSame(try Weights.rake([1, 1, 1], to: [both[0], both[0]]), edge["consistent"]["weights"])
    // No weights meet these: R goes on with 5e-9, 70 and 30.
    let impossible = [margin([0, 1, 0], [30, 70]), margin([0, 0, 1], [70, 30])]
    let reason = Result { () throws(Undefined) in try Weights.rake([1, 1, 1], to: impossible) }
    guard case .failure(.marginsNotMet(let off)) = reason else { return XCTFail("\(reason)") }
    XCTAssertGreaterThan(off, 1e-7)
    assertOtherwise(
      .marginsNotMet, try Weights.rake([1, 1, 1], to: impossible), undefined: .marginsNotMet(off),
      peer: edge["infeasible_structural_zero"])
    // Margins of 100 and of 50 people: R follows the last.
    assertOtherwise(
      .marginsNotMet,
      try Weights.rake([1, 1, 1], to: [both[0], margin([0, 0, 1], [30, 20])]),
      undefined: .marginTotalsDiffer(100, 50), peer: edge["totals_differ"])
    // R's words for the same reasons, in another order.
    let lacking = { () throws(Undefined) in
      try Weights.postStratify([1], to: Weights.Margin(codes: [0], targets: [3, 4]))[0]
    }
    for key in ["target_level_missing_in_sample", "poststrat_missing_level"] {
      assertUndefined(try lacking(), where: edge[key]["error"])
    }
    let unknown = { () throws(Undefined) in
      try Weights.postStratify([1, 1], to: Weights.Margin(codes: [0, 1], targets: [3, 0]))[0]
    }
    for key in ["zero_target", "poststrat_partial", "poststrat_partial_ok"] {
      assertUndefined(try unknown(), where: edge[key]["error"])
    }
    XCTAssertThrowsError(
      try Weights.rake([1, 1], to: [margin([0, 1], [50, 50]), margin([0, 1], [40, 60])]))
    assertUndefined(
      .marginTotalsDiffer(100, 90),
      try Weights.rake([1, 1], to: [margin([0, 1], [50, 50]), margin([0, 1], [40, 50])]))
    assertUndefined(
      .noTargetForClass(margin: 0, level: 1),
      try Weights.rake([1, 1], to: [margin([0, 1], [9, 0])])
    )
    assertUndefined(
      .noTargetForClass(margin: 0, level: 2),
      try Weights.rake([1, 1], to: [margin([0, 2], [9, 1])])
    )
    assertUndefined(
      .nobodyInClass(margin: 0, level: 2),
      try Weights.rake([1, 1], to: [margin([0, 1], [9, 5, 1])]))
    assertUndefined(.nothingObserved, try Weights.rake([], to: [margin([], [1])]))
    assertUndefined(.nothingObserved, try Weights.rake([1], to: []))
    assertUndefined(.outOfRange(1), try Weights.rake([1, -1], to: [margin([0, 0], [2])]))
    assertUndefined(.zeroTotal, try Weights.rake([0], to: [margin([0], [0])]))
    // A respondent without weight needs no target.
    XCTAssertEqual(try Weights.rake([2, 0], to: [margin([0, 1], [5, 0])]), [5, 0])
  }

  func testPostStratification() throws {
    let cells = Weights.Margin(codes: [0, 0, 1], targets: [30, 10])
    XCTAssertEqual(try Weights.postStratify([1, 2, 4], to: cells), [10, 20, 10])
    assertUndefined(
      .nobodyInClass(margin: 0, level: 1),
      try Weights.postStratify([1], to: Weights.Margin(codes: [0], targets: [3, 4])))
    // Within cells nothing varies: nothing is left to chance.
    let weights = try Weights.postStratify(
      [1, 1, 1, 1], to: .init(codes: [0, 0, 1, 1], targets: [3, 7]))
    let design = try SurveyDesign(weights: weights, calibration: .cells([0, 0, 1, 1]))
    let estimate = try design.mean([1, 1, 5, 5])
    assertSame(estimate.mean, 3.8)
    assertSame(estimate.standardError ?? .nan, 0)
    // By hand: residuals (y − cell mean)·w/Σw are ∓.15, ∓.35; 4/3 of their squares.
    let other = try design.mean([0, 1, 4, 5])
    let squares = 2 * (0.075 * 0.075 + 0.175 * 0.175)
    assertSame(other.standardError ?? .nan, (4.0 / 3 * squares).squareRoot())
  }

  /// R survey trimWeights: the excess is shared equally, once or until all are inside.
  func testTrimming() throws {
    XCTAssertEqual(try Weights.trim([1, 1, 1, 7], high: 4, isStrict: false), [2, 2, 2, 4])
    // Sharing pushes the third over the bound: once leaves it there.
    XCTAssertEqual(try Weights.trim([1, 1, 3, 7], high: 4, isStrict: false), [2, 2, 4, 4])
    XCTAssertEqual(
      try Weights.trim([1, 2, 3.5, 8], high: 4, isStrict: false).max() ?? 0, 4 + 5.0 / 6)
    let strict = try Weights.trim([1, 2, 3.5, 8], high: 4)
    XCTAssertEqual(strict.reduce(0, +), 14.5, accuracy: 1e-12)
    assertSame((strict[0], strict[1]), [2.75, 3.75])
    XCTAssertEqual(Array(strict[2...]), [4, 4])
    XCTAssertEqual(try Weights.trim([0.1, 1, 1], low: 0.5, high: 4), [0.5, 0.8, 0.8])
    XCTAssertEqual(try Weights.trim([1, 2], high: 4), [1, 2])
    XCTAssertThrowsError(try Weights.trim([5, 6], high: 4))
  }

  /// The register is drawn from the stream; R and propensities by statsmodels `Logit` on it.
  func testTheRepresentativenessOfThoseWhoAnswered() throws {
    var stream = SplitMix(seed: 7)
    let residence = (0..<60).map { _ in Int32(stream.below(3)) }
    let age = (0..<60).map { _ in Int32(stream.below(4)) }
    let sex = (0..<60).map { _ in Int32(stream.below(2)) }
    let answered = (0..<60).map { i in
      stream.unit() < 0.2 + 0.15 * Double(residence[i]) + 0.08 * Double(age[i])
    }
    let r = try Representativeness(variables: [residence, age, sex], answered: answered)
    assertSame(r.rate, 0.5333333333333333)
    assertSame(r.indicator, 0.5567653814564428)
    assertSame(r.adjusted, 0.6848898545737558)
    for (got, expected) in zip(
      r.propensities,
      [
        0.4866113900777883, 0.6612511475469557, 0.291758686015446, 0.6054666074092764,
        0.4188122392413559,
      ])
    {
      assertSame(got, expected)
    }
    for (got, expected) in zip(
      r.partial, [0.17655831757856338, 0.13460455506180408, 0.059948586868393154])
    {
      assertSame(got, expected)
    }
    // A variable that says what others say adds nothing.
    let once = try Representativeness(variables: [residence], answered: answered)
    let twice = try Representativeness(variables: [residence, residence], answered: answered)
    assertSame(once.indicator, 0.6439034247952284)
    assertSame(twice.indicator, once.indicator)
    // With one variable propensities are its shares: 1 − 2·SD of them.
    for i in 0..<60 {
      let same = (0..<60).filter { residence[$0] == residence[i] }
      assertSame(
        once.propensities[i], Double(same.count { answered[$0] }) / Double(same.count))
    }
  }

  func testRepresentativenessOnTheEdge() throws {
    // All of one class answered, none of the other: as far from representative as can be.
    let worst = try Representativeness(
      variables: [[0, 0, 1, 1]], answered: [true, true, false, false])
    XCTAssertEqual(worst.indicator, 1 - 2 * (1.0 / 3).squareRoot(), accuracy: 1e-6)
    let all = try Representativeness(variables: [[0, 1, 1]], answered: [true, true, true])
    XCTAssertEqual(all.indicator, 1, accuracy: 1e-6)
    XCTAssertEqual(all.partial, [0])
    XCTAssertEqual(try Representativeness(variables: [], answered: [true, false]).indicator, 1)
    assertUndefined(.nothingObserved, try Representativeness(variables: [[]], answered: []))
    assertUndefined(
      .nothingObserved, try Representativeness(variables: [[0, 1]], answered: [false, false]))
    assertUndefined(
      .tooFew(found: 1, needed: 2), try Representativeness(variables: [[0]], answered: [true]))
    let gaps = try Representativeness.quotaGaps(sample: [1, 3], register: [50, 50])
    XCTAssertEqual(gaps, [-0.25, 0.25])
    assertUndefined(
      .nothingObserved, try Representativeness.quotaGaps(sample: [0, 0], register: [1, 1]))
  }
}
