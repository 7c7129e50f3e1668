import XCTest

@testable import Statistics

/// Distributions, quantiles and intervals, against R, SciPy 1.17.1 and statsmodels 0.15.0.
final class IntervalTests: XCTestCase {
  /// R: qt(0.975, df).
  func testStudentQuantiles() {
    for (df, expected) in [
      (1.0, 12.7062047361747), (2, 4.30265272974946), (10, 2.22813885198627),
      (30, 2.04227245630124), (1535, 1.961510636707333),
    ] {
      XCTAssertEqual(StudentT.quantile(0.975, df: df), expected, accuracy: 1e-12, "\(df)")
    }
    XCTAssertEqual(StudentT.cumulative(0, df: 5), 0.5, accuracy: 1e-15)
  }

  /// R: quantile(type = 7).
  func testQuantilesOfTypeSeven() throws {
    assertUndefined(.nothingObserved, try Quantile.type7([], 0.5))
    XCTAssertEqual(try Quantile.type7([4], 0.25), 4)
    XCTAssertEqual(try Quantile.type7([3, 1], 0.5), 2)
    XCTAssertEqual(try Quantile.type7([1, 2, 3, 4], 0.25), 1.75)
    XCTAssertEqual(try Quantile.type7([1, 2, 3, 4, 10], 0.75), 4)
  }

  func testSharesOfSimpleSamplesEqualR() throws {
    let cases = try Reference(file: "tests_R.json")["proportion"].list
    XCTAssertEqual(cases.count, 14)
    for row in cases {
      let (x, n) = (row["x"].given.count, row["n"].given.count)
      let share = try WeightedMean.estimate(
        values: (0..<n).map { $0 < x ? 1 : 0 }, weights: (0..<n).map { _ in 1 })
      assertSame(share.mean, row["p"])
      assertSame(
        Interval.mean(
          share.mean, standardError: (share.mean * (1 - share.mean) / Double(n)).squareRoot(),
          t: Normal.quantile(0.975)), row["wald"])
      assertSame(try Interval.clopperPearson(x, of: n), row["hmisc_exact"])
      // Hmisc moves Wilson's bound at 0, at 1 and beside them.
      let wilson = try Interval.wilson(x, of: n)
      for (bound, leaf) in zip([wilson.0, wilson.1], row["hmisc_wilson"].list) {
        if abs(bound - (leaf.number ?? .nan)) < 1e-9 {
          assertSame(bound, leaf)
        } else {
          XCTAssertTrue(x <= 1 || x >= n - 1, "\(x)/\(n)")
          assertOtherwise(.atTheEnds, bound, here: bound, peer: leaf)
        }
      }
      assertSame(try Interval.wilson(x, of: n), row["wilson"], "wilson \(x)/\(n)")
      assertSame(
        try Interval.clopperPearson(x, of: n), row["clopper_pearson"], "exact \(x)/\(n)")
      assertSame(
        try Interval.wilsonCorrected(x, of: n), row["wilson_cc"], "cc \(x)/\(n)")
    }
    for of in [Interval.wilson, Interval.clopperPearson, Interval.wilsonCorrected]
      as [(Int, Int, Double) throws -> (Double, Double)]
    {
      assertUndefined(.nothingObserved, try of(0, 0, 0.95))
      assertUndefined(.outOfRange(0), try of(3, 2, 0.95))
      assertUndefined(.outOfRange(0), try of(-1, 2, 0.95))
    }
  }

  func testDifferencesOfTwoSharesEqualNewcombe() throws {
    let cases = try Reference(file: "tests_R.json")["newcombe"].list
    XCTAssertEqual(cases.count, 8)
    for row in cases {
      for key in ["x1", "n1", "x2", "n2"] { _ = row[key].given }
      assertSame(
        Double(row["x1"].count) / Double(row["n1"].count)
          - Double(row["x2"].count) / Double(row["n2"].count), row["diff"])
      row["method11_cc"].apart(.notOffered)
      assertSame(
        try Interval.difference(
          row["x1"].count, of: row["n1"].count, row["x2"].count, of: row["n2"].count),
        row["method10"])
    }
    assertUndefined(.nothingObserved, try Interval.difference(1, of: 2, 0, of: 0))
    for test in ["proptest2", "fisher2"] {
      try Reference(file: "tests_R.json")[test].apart(.notOffered)
    }
  }

  func testSharesOfDesignsEqualR() throws {
    let reference = try Reference(file: "ciprop_formulas.json")
    XCTAssertEqual(reference.keys.count, 4)
    for name in reference.keys {
      let row = reference[name]
      let (p, se) = (row["p"].given.number ?? .nan, row["se"].given.number ?? .nan)
      let df = row["df"].given.number ?? .nan
      let n = Double(row["n"].given.count)
      row["max_abs_diff_vs_R"].apart(.peer)
      assertSame(try Interval.logit(p, standardError: se, df: df), row["xlogit"])
      assertSame(p * (1 - p) / (se * se), row["n_eff"])
      let ratio = StudentT.quantile(0.975, df: n - 1) / StudentT.quantile(0.975, df: df)
      assertSame(
        try Interval.wilson(p, size: p * (1 - p) / (se * se) * ratio * ratio),
        row["wilson_neff_df_adjusted"])
      assertSame(try Interval.logit(p, standardError: se, df: df), row["logit"], name)
      assertSame(try Interval.mean(p, standardError: se, df: df), row["mean"], name)
      assertSame(try Interval.arcsine(p, standardError: se, df: df), row["asin"], name)
      assertSame(
        try Interval.beta(p, standardError: se, df: df, n: row["n"].count), row["beta"],
        name)
      assertSame(
        try Interval.wilson(p, size: row["n_eff"].number ?? .nan),
        row["wilson_neff_statsmodels"], name)
    }
    for p in [0.0, 1] {
      assertUndefined(.noVariation, try Interval.logit(p, standardError: 0, df: 10))
      assertUndefined(.noVariation, try Interval.arcsine(p, standardError: 0, df: 10))
      assertUndefined(.noVariation, try Interval.beta(p, standardError: 0, df: 10, n: 11))
    }
    assertUndefined(.noVariation, try Interval.beta(0.5, standardError: 0, df: 10, n: 11))
    assertUndefined(
      .tooFew(found: 1, needed: 2), try Interval.mean(0.5, standardError: 0.1, df: 0))
  }

  /// R statpsych: ci.prop(.05, 12, 100), ci.prop.fpc(.05, 12, 100, 400) and (.05, 61, 75, 415).
  func testSharesOfSmallPopulations() throws {
    assertSame(
      try Interval.finite(12, of: 100, population: 400), [0.07773565, 0.1914951], within: 5e-8)
    assertSame(
      try Interval.finite(61, of: 75, population: 415), [0.717157, 0.8777797], within: 5e-7)
    let corrected = try Interval.wilsonCorrected(12, of: 100)
    XCTAssertEqual(corrected.0, 0.0663, accuracy: 5e-5)
    XCTAssertEqual(corrected.1, 0.2040, accuracy: 5e-5)
    // All were asked: nothing is left to chance.
    assertSame(try Interval.finite(3, of: 4, population: 4), [0.75, 0.75])
    assertSame(try Interval.finite(0, of: 4, population: 4), [0, 0])
    assertUndefined(.outOfRange(1), try Interval.finite(1, of: 5, population: 4))
    assertUndefined(.nothingObserved, try Interval.finite(0, of: 0, population: 4))
  }

  /// SciPy: norm.ppf, norm.cdf, beta.ppf, nct.cdf.
  func testDistributionsEqualSciPy() {
    for (p, z) in [
      (0.975, 1.959963984540054), (0.025, -1.9599639845400545), (0.5, 0),
      (1e-10, -6.361340902404056), (1e-300, -37.0470962993612), (0.9, 1.2815515655446004),
    ] {
      assertSame(Normal.quantile(p), z, within: 1e-13)
    }
    assertSame(Normal.cumulative(-1.5), 0.06680720126885807, within: 1e-14)
    for (t, df, delta, expected) in [
      (2.0, 5.0, 1.0, 0.7780746626162148), (-1.5, 9, 0.5, 0.031897735690487546),
      (0, 3, -2, 0.9772498680518208), (4, 40, 3.5, 0.6674470551250618),
      (10, 195, 9, 0.8107466557819314), (3.83, 195, 5.8, 0.026270971168135086),
      (0.2, 2, 0, 0.5700140042014005), (-3, 12, -4, 0.8183220581962364),
    ] {
      assertSame(
        StudentT.noncentral(t, df: df, delta: delta), expected, within: 1e-10,
        "\(t) \(df) \(delta)")
    }
    for (p, a, b, expected) in [
      (0.025, 0.5, 0.5, 0.001541333133436012), (0.975, 12, 89, 0.18830113219644257),
      (0.025, 263, 1274, 0.15270201884702175), (0.5, 1, 1, 0.5),
      (0.975, 1.5, 700, 0.006652820580720537),
    ] {
      assertSame(Special.betaQuantile(p, a: a, b: b), expected, within: 1e-12, "\(a) \(b)")
    }
  }
}
