import Foundation
import Statistics
import TestSupport
import XCTest

/// Statistics against published values, and on the edge cases that `docs/langage.md` names.
final class StatisticsTests: XCTestCase {
  func testGiniOfKnownDistributions() {
    let cases: [([Double], Double?)] = [
      ([], nil), ([0], nil), ([0, 0], nil), ([5], 0), ([1, 1, 1, 1], 0), ([0, 0, 0, 0, 1], 0.8),
      ((1...100).map(Double.init), 0.33), ([-1, 2, 3], nil),
    ]
    for (values, expected) in cases {
      let got = Concentration.gini(values)
      if let expected {
        XCTAssertEqual(got ?? .nan, expected, accuracy: 1e-12, "\(values.prefix(6))")
      } else {
        XCTAssertNil(got, "\(values)")
      }
    }
  }

  /// 20 attendances spread evenly over 84 dwellings: G = 0.76, adjusted 0.
  func testAdjustedGiniForgivesFewerEventsThanUnits() {
    let spread = (0..<84).map { $0 < 20 ? 1.0 : 0.0 }
    XCTAssertEqual(Concentration.gini(spread) ?? .nan, 64.0 / 84, accuracy: 1e-12)
    XCTAssertEqual(Concentration.adjustedGini(spread) ?? .nan, 0, accuracy: 1e-12)
  }

  func testTopShareTakesTheCeilingOfTheFraction() {
    XCTAssertEqual(Concentration.topCount(of: 30, fraction: 0.1), 3)
    XCTAssertEqual(Concentration.topCount(of: 31, fraction: 0.1), 4)
    XCTAssertEqual(Concentration.topCount(of: 1, fraction: 0.1), 1)
    XCTAssertEqual(
      Concentration.topShare([1, 1, 1, 1, 1, 1, 1, 1, 1, 11], fraction: 0.1) ?? .nan, 11 / 20,
      accuracy: 1e-12)
    XCTAssertNil(Concentration.topShare([], fraction: 0.1))
    XCTAssertNil(Concentration.topShare([0, 0], fraction: 0.1))
  }

  func testBlauAndItsGreatestValue() {
    XCTAssertNil(Diversity.blau([]))
    XCTAssertNil(Diversity.blau([0, 0]))
    XCTAssertEqual(Diversity.blau([3]) ?? .nan, 0)
    XCTAssertEqual(Diversity.blau([1, 1, 1, 1]) ?? .nan, 0.75)
    // Five people in four classes: at best 2, 1, 1, 1.
    XCTAssertEqual(Diversity.blauMaximum(n: 5, classes: 4) ?? .nan, 1 - 7.0 / 25, accuracy: 1e-15)
    XCTAssertEqual(Diversity.normalisedBlau([2, 1, 1, 1], classes: 4) ?? .nan, 1, accuracy: 1e-15)
    XCTAssertNil(Diversity.normalisedBlau([1], classes: 4), "one person cannot be diverse")
  }

  /// R: quantile(type = 7).
  func testQuantilesOfTypeSeven() {
    XCTAssertNil(Quantile.type7([], 0.5))
    XCTAssertEqual(Quantile.type7([4], 0.25), 4)
    XCTAssertEqual(Quantile.type7([3, 1], 0.5), 2)
    XCTAssertEqual(Quantile.type7([1, 2, 3, 4], 0.25), 1.75)
    XCTAssertEqual(Quantile.type7([1, 2, 3, 4, 10], 0.75), 4)
  }

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

  /// US General Social Survey panel, wave 1, weights only: R survey 4.1-1.
  func testWeightedTrustEqualsRSurvey() throws {
    let text = try String(
      contentsOfFile: Places.shared("data/survey/gss_w1_analysis.csv"), encoding: .utf8)
    var trust: [Double] = []
    var evenings: [Double] = []
    var weights: [Double] = []
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      weights.append(Double(cells[3]) ?? .nan)
      trust.append(Double(cells[4]) ?? .nan)
      evenings.append(Double(cells[5]) ?? .nan)
    }
    let t = try XCTUnwrap(WeightedMean.estimate(values: trust, weights: weights))
    XCTAssertEqual(t.rows, 1536)
    XCTAssertEqual(t.mean, 0.33516069471803, accuracy: 1e-12)
    XCTAssertEqual(t.standardError ?? .nan, 0.0151964017396233, accuracy: 1e-12)
    XCTAssertEqual(t.effectiveSize, 949.411558217509, accuracy: 1e-8)
    let logit = try XCTUnwrap(
      Interval.logit(t.mean, standardError: t.standardError ?? 0, df: Double(t.answers - 1)))
    XCTAssertEqual(logit.0, 0.306033948643594, accuracy: 1e-9)
    XCTAssertEqual(logit.1, 0.365599143730057, accuracy: 1e-9)
    let e = try XCTUnwrap(WeightedMean.estimate(values: evenings, weights: weights))
    XCTAssertEqual(e.mean, 3.42679546461858, accuracy: 1e-12)
    XCTAssertEqual(e.standardError ?? .nan, 0.0754355813191389, accuracy: 1e-12)
    let interval = try XCTUnwrap(
      Interval.mean(e.mean, standardError: e.standardError ?? 0, df: 1535))
    XCTAssertEqual(interval.0, 3.27882776947489, accuracy: 1e-9)
  }

  /// Edge cases of R survey: one row has no error; nobody answering is undefined, not 0.
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
      let expected = WeightedMean.estimate(values: whole.y, weights: whole.w)
      let found = moments.estimate
      XCTAssertEqual(found?.rows, expected?.rows)
      XCTAssertEqual(found?.answers, expected?.answers)
      XCTAssertEqual(found?.mean ?? 0, expected?.mean ?? 0, accuracy: 1e-6)
      XCTAssertEqual(found?.standardError ?? 0, expected?.standardError ?? 0, accuracy: 1e-8)
      XCTAssertEqual(found?.effectiveSize ?? 0, expected?.effectiveSize ?? 0, accuracy: 1e-9)
    }
  }

  func testWeightedMeansOnTheEdge() {
    XCTAssertNil(WeightedMean.estimate(values: [], weights: []))
    XCTAssertNil(WeightedMean.estimate(values: [.nan, .nan], weights: [1, 1]))
    XCTAssertNil(WeightedMean.estimate(values: [1], weights: [0]))
    XCTAssertNil(WeightedMean.estimate(values: [1], weights: [2])?.standardError)
    XCTAssertEqual(
      WeightedMean.estimate(values: [1, 1, 1], weights: [1, 2, 3])?.standardError, 0)
    XCTAssertNil(Interval.logit(1, standardError: 0, df: 10))
  }
}
