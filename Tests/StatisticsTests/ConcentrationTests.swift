import Foundation
import Statistics
import TestSupport
import XCTest

/// Concentration and diversity against published values and peers, and on the edge.
final class ConcentrationTests: XCTestCase {
  func testEdgesEqualPeersOrAreUndefined() throws {
    let reference = try Reference(file: "edges_inequality.json")
    XCTAssertEqual(reference.keys.count, 9)
    for name in reference.keys {
      let edge = reference[name]
      let x = edge["x"].given.numbers
      // What peers answer where a negative amount, or no amount at all, has no meaning.
      let reason: Undefined? =
        switch name {
        case "empty": .nothingObserved
        case "all_zero": .zeroTotal
        case "negatives": .negative
        default: nil
        }
      if let reason {
        assertUndefined(reason, try Concentration.gini(x), name)
        assertUndefined(reason, try Concentration.unbiasedGini(x), name)
        assertUndefined(reason, try Concentration.lorenz(x), name)
        assertUndefined(reason, try Concentration.topShare(x, fraction: 0.1), name)
        assertUndefined(reason, try Concentration.smallestShare(of: x, holding: 0.5), name)
        let none: Undefined = reason == .zeroTotal ? .nothingObserved : reason
        assertUndefined(none, try Diversity.blau(x), name)
        assertUndefined(none, try Diversity.shannon(x), name)
        assertUndefined(none, try Diversity.bergerParker(x), name)
        if reason == .negative {
          for key in ["gini", "gini_peer_pysal"] {
            assertOtherwise(
              .amountsBelowZero, try Concentration.gini(x), undefined: reason, peer: edge[key])
          }
          assertOtherwise(
            .amountsBelowZero, try Concentration.lorenz(x), undefined: reason,
            peer: edge["lorenz"])
          assertOtherwise(
            .amountsBelowZero, try Diversity.blau(x), undefined: reason, peer: edge["diversity"])
        } else {
          assertUndefined(try Concentration.gini(x), where: edge["gini"]["gini"])
          assertUndefined(try Concentration.unbiasedGini(x), where: edge["gini"]["gini_unbiased"])
          assertUndefined(try Concentration.gini(x), where: edge["gini_peer_pysal"])
          assertUndefined(try Diversity.blau(x), where: edge["diversity"])
          assertUndefined(Double(try Concentration.lorenz(x).count), where: edge["lorenz"])
        }
        continue
      }
      assertSame(try Concentration.gini(x), edge["gini_peer_pysal"], name)
      assertSame(try Concentration.gini(x), edge["gini"]["gini"], name)
      assertSame(
        try Concentration.unbiasedGini(x), orUndefined: edge["gini"]["gini_unbiased"], name)
      let d = edge["diversity"]
      assertSame(x.count { $0 > 0 }, d["k"])
      assertSame(x.reduce(0, +), d["N"])
      assertSame(try Diversity.shannon(x), d["shannon_nats"], name)
      assertSame(try Diversity.shannon(x) / log(2), d["shannon_bits"], name)
      assertSame(exp(try Diversity.shannon(x)), d["hill1"], name)
      assertSame(try Diversity.herfindahl(x), d["herfindahl"], name)
      assertSame(try Diversity.pielou(x), orUndefined: d["pielou"], name)
      assertSame(try Diversity.blau(x), d["simpson_blau"], name)
      assertSame(try Diversity.unbiasedBlau(x), d["simpson_unbiased"], name)
      assertSame(1 / (try Diversity.herfindahl(x)), d["inverse_simpson"], name)
      assertSame(try Diversity.qualitativeVariation(x), orUndefined: d["iqv"], name)
      assertSame(try Diversity.bergerParker(x), d["berger_parker"], name)
      let curve = try Concentration.lorenz(x)
      XCTAssertEqual(curve.count, edge["lorenz"]["p"].list.count, name)
      for (i, point) in curve.enumerated() {
        assertSame(point.units, edge["lorenz"]["p"][i], name)
        assertSame(point.total, edge["lorenz"]["L"][i], name)
      }
    }
  }

  func testGiniOfKnownDistributions() {
    for (values, expected) in [
      ([5], 0), ([1, 1, 1, 1], 0), ([0, 0, 0, 0, 1], 0.8), ((1...100).map(Double.init), 0.33),
    ] as [([Double], Double)] {
      assertSame(try Concentration.gini(values), expected, within: 1e-12)
    }
    assertSame(try Concentration.unbiasedGini((1...100).map(Double.init)), 1.0 / 3)
    assertUndefined(.tooFew(found: 1, needed: 2), try Concentration.unbiasedGini([5]))
  }

  /// The coefficient as its definition writes it, over all pairs; and twice the area between the
  /// Lorenz curve and the diagonal.
  func testGiniEqualsSlowCode() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      let x = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        Double(Int.random(in: 0...9, using: &random)) / 2
      }
      let total = x.reduce(0, +)
      if total == 0 { continue }
      let n = Double(x.count)
      let pairs = x.reduce(0.0) { sum, a in sum + x.reduce(0.0) { $0 + abs(a - $1) } }
      let gini = try Concentration.gini(x)
      assertSame(gini, pairs / (2 * n * total), within: 1e-12)
      let curve = try Concentration.lorenz(x)
      let area = zip(curve, curve.dropFirst()).reduce(0.0) {
        $0 + ($1.1.units - $1.0.units) * ($1.0.total + $1.1.total) / 2
      }
      assertSame(gini, 1 - 2 * area, within: 1e-12)
      // The least share holding half: no smaller number of people does.
      let units = try Concentration.smallestShare(of: x, holding: 0.5) * n
      let most = x.sorted(by: >)
      XCTAssertGreaterThanOrEqual(most.prefix(Int(units.rounded())).reduce(0, +), total / 2)
      XCTAssertLessThan(most.prefix(Int(units.rounded()) - 1).reduce(0, +), total / 2)
    }
  }

  /// 20 attendances spread evenly over 84 dwellings: G = 0.76, adjusted 0.
  func testAdjustedGiniForgivesFewerEventsThanUnits() {
    let spread = (0..<84).map { $0 < 20 ? 1.0 : 0.0 }
    assertSame(try Concentration.gini(spread), 64.0 / 84, within: 1e-12)
    assertSame(try Concentration.adjustedGini(spread), 0, within: 1e-12)
  }

  func testTopShareTakesTheCeilingOfTheFraction() {
    XCTAssertEqual(Concentration.topCount(of: 30, fraction: 0.1), 3)
    XCTAssertEqual(Concentration.topCount(of: 31, fraction: 0.1), 4)
    XCTAssertEqual(Concentration.topCount(of: 1, fraction: 0.1), 1)
    assertSame(
      try Concentration.topShare([1, 1, 1, 1, 1, 1, 1, 1, 1, 11], fraction: 0.1), 11.0 / 20)
  }

  func testBlauAndItsGreatestValue() {
    XCTAssertEqual(try Diversity.blau([3]), 0)
    XCTAssertEqual(try Diversity.blau([1, 1, 1, 1]), 0.75)
    // Five people in four classes: at best 2, 1, 1, 1.
    assertSame(try Diversity.blauMaximum(n: 5, classes: 4), 1 - 7.0 / 25, within: 1e-15)
    assertSame(try Diversity.normalisedBlau([2, 1, 1, 1], classes: 4), 1, within: 1e-15)
    // One person cannot be diverse, nor can people of whom there is one kind.
    assertUndefined(.tooFew(found: 1, needed: 2), try Diversity.normalisedBlau([1], classes: 4))
    assertUndefined(.oneGroup, try Diversity.normalisedBlau([3], classes: 1))
    assertUndefined(.nothingObserved, try Diversity.blauMaximum(n: 0, classes: 4))
    // Of four classes allowed two are there.
    assertSame(try Diversity.qualitativeVariation([2, 2, 0, 0], classes: 4), 0.5 * 4 / 3)
    assertSame(try Diversity.pielou([2, 2], classes: 4), 0.5)
  }

  func testDissimilarity() {
    assertSame(try Diversity.dissimilarity([1, 1], [3, 1]), 0.25)
    XCTAssertEqual(try Diversity.dissimilarity([5, 0], [0, 2]), 1)
    XCTAssertEqual(try Diversity.dissimilarity([1, 2, 3], [2, 4, 6]), 0)
    assertUndefined(.nothingObserved, try Diversity.dissimilarity([0, 0], [1, 2]))
    assertUndefined(.negative, try Diversity.dissimilarity([1, 1], [1, -2]))
  }
}
