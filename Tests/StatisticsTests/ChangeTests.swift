import TestSupport
import XCTest

@testable import Statistics

/// Paired change, against R 4.2.2 (stats, coin, exactRankTests, effectsize) and SciPy 1.17.1.
final class ChangeTests: XCTestCase {
  private func pairs(_ name: String) throws -> (before: [Double], after: [Double]) {
    let rows = try Rows("reference/pairs_\(name).csv")
    return (rows.numbers("before"), rows.numbers("after"))
  }

  /// The sets of pairs that are stored; the others of the reference are R's own data.
  private static let sets = [
    "sleep", "gss_neigh", "who5", "swemwbs", "ucla", "small_noties", "five_all_up", "all_zero",
    "constant_shift", "one_pair", "two_pairs",
  ]

  func testChangeEqualsR() throws {
    let reference = try Reference(file: "tests_R.json")["paired"]
    for name in Self.sets {
      let r = reference[name]
      let (before, after) = try pairs(name)
      let change = try PairedChange(before: before, after: after)
      XCTAssertEqual(change.rows, r["n_rows"].count, name)
      XCTAssertEqual(change.pairs, r["n_pairs"].count, name)
      assertSame(change.mean, r["mean_diff"].number, name)
      assertSame(change.median, r["median_diff"].number, name)
      let directions = change.directions()
      XCTAssertEqual(directions.better, r["n_pos"].count, name)
      XCTAssertEqual(directions.worse, r["n_neg"].count, name)
      assertSame(try change.deviation(), orUndefined: r["sd_diff"].number, name)
      assertSame(try change.test().t, orUndefined: r["t"]["t"].number, name)
      assertSame(try change.test().p, orUndefined: r["t"]["p"].number, name)
      if let p = r["t"]["p"].number {
        let test = try change.test()
        // Relative: p may be small.
        XCTAssertEqual(test.p / p, 1, accuracy: 1e-9, name)
        XCTAssertEqual(test.df, r["t"]["df"].number, name)
        assertSame(test.standardError, r["t"]["se"].number, name)
        assertSame((test.low, test.high), r["t"]["ci"].numbers, name)
      }
      let effect = r["effect"]
      assertSame(try change.cohensDz(), orUndefined: effect["cohen_dz"].number, name)
      // R gives 0 where J does not exist.
      assertSame(
        try change.hedgesG(),
        orUndefined: name == "two_pairs" ? nil : effect["hedges_g"]["g"].number, name)
      if !effect["effectsize_d"]["ci"].list.isEmpty {
        // effectsize searches to some 1e-5.
        assertSame(
          try change.cohensDzInterval(), effect["effectsize_d"]["ci"].numbers, within: 1e-4, name)
      }
    }
  }

  func testWilcoxonEqualsR() throws {
    let reference = try Reference(file: "tests_R.json")["paired"]
    for name in Self.sets {
      let r = reference[name]["wilcoxon"]
      let (before, after) = try pairs(name)
      let change = try PairedChange(before: before, after: after)
      // R: NaN, coin: an error, effectsize: +1.
      if name == "all_zero" {
        assertUndefined(.nothingChanged, try Wilcoxon(change.differences))
        continue
      }
      let test = try Wilcoxon(change.differences)
      XCTAssertEqual(test.count, reference[name]["n_nonzero"].count, name)
      XCTAssertEqual(test.positive, r["r_default"]["V"].number, name)
      assertSame(test.p(), r["r_default"]["p"].number, name)
      assertSame(test.normal().p, r["normal_correct"]["p"].number, name)
      assertSame(test.normal(continuity: false).p, r["normal_nocorrect"]["p"].number, name)
      assertSame(test.normal(continuity: false).z, r["coin_wilcoxon_asym"]["z"].number, name)
      assertSame(test.pratt().z, r["coin_pratt_asym"]["z"].number, name)
      assertSame(test.pratt().p, r["coin_pratt_asym"]["p"].number, name)
      if let p = r["exact_ties"]["p"].number { assertSame(test.exact(), p, name) }
      if let p = r["coin_pratt_exact"]["p"].number { assertSame(test.prattExact(), p, name) }
      assertSame(
        test.rankBiserial, reference[name]["effect"]["rank_biserial"]["r"].number, name)
      // R searches the estimate to 1e-4.
      assertSame(test.hodgesLehmann(), r["hodges_lehmann"]["estimate"].number, within: 2e-4, name)
    }
  }

  /// SciPy: wilcoxon(method = "exact") counts no ties; the signs of all 2ⁿ, counted slowly.
  func testExactWilcoxonEqualsSlowCode() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<60 {
      let d = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        Double(Int.random(in: -5...5, using: &random))
      }
      guard let test = try? Wilcoxon(d) else { continue }
      let sizes = d.filter { $0 != 0 }.map { abs($0) }
      let ranks = sizes.map { x in
        Double(sizes.count { $0 < x }) + Double(sizes.count { $0 == x } + 1) / 2
      }
      let total = ranks.reduce(0, +)
      let distance = abs(test.positive - total / 2)
      let extreme = (0..<1 << ranks.count).count { signs in
        let v = ranks.indices.reduce(0.0) { $0 + (signs >> $1 & 1 == 1 ? ranks[$1] : 0) }
        return abs(v - total / 2) >= distance - 1e-9
      }
      assertSame(test.exact(), Double(extreme) / Double(1 << ranks.count))
    }
    assertUndefined(.nothingObserved, try Wilcoxon([]))
    // Sizes that differ by rounding only share their rank when asked to.
    XCTAssertEqual(try Wilcoxon([0.1 + 0.2, -0.3]).positive, 2)
    let noisy = try Wilcoxon([0.1 + 0.2, -0.3, 1e-17], slack: 1e-12)
    XCTAssertEqual(noisy.count, 2)
    XCTAssertEqual(noisy.positive, 1.5)
    XCTAssertEqual(noisy.rankBiserial, 0)
  }

  func testChangeOnTheEdge() throws {
    assertUndefined(.nothingObserved, try PairedChange(before: [], after: []))
    assertUndefined(.nothingObserved, try PairedChange(before: [1, .nan], after: [.nan, 1]))
    let one = try PairedChange(before: [1], after: [3])
    assertUndefined(.tooFew(found: 1, needed: 2), try one.deviation())
    assertUndefined(.tooFew(found: 1, needed: 2), try one.test())
    let alike = try PairedChange(before: [0.1, 0.7, 0.4], after: [0.3, 0.9, 0.6])
    assertUndefined(.noVariation, try alike.test())
    assertUndefined(.noVariation, try alike.cohensDz())
    let two = try PairedChange(before: [1, 1], after: [2, 4])
    assertUndefined(.tooFew(found: 2, needed: 3), try two.hedgesG())
    let change = try PairedChange(before: [1, 2, 3, 4], after: [2, 2, 1, 7])
    XCTAssertTrue(change.directions(margin: 1) == (1, 2, 1))
    XCTAssertTrue(change.directions(isHigherBetter: false) == (1, 1, 2))
    // Half of those there are: the error shrinks by √½; all of them: none is left.
    let (open, half) = (try change.test(), try change.test(population: 8))
    assertSame(half.standardError, open.standardError * 0.5.squareRoot())
    assertUndefined(.noVariation, try change.test(population: 4))
  }

  func testMcNemarEqualsR() throws {
    let reference = try Reference(file: "tests_R.json")["mcnemar"]
    XCTAssertEqual(reference.keys.count, 6)
    for name in reference.keys {
      let r = reference[name]
      let table = ["a", "b", "c", "d"].map { r["table"][$0].count }
      let test = try McNemar(
        lost: table[2], gained: table[1], pairs: table.reduce(0, +))
      assertSame(
        try test.chiSquare(continuity: true).chi2, orUndefined: r["chi2_cc"]["chi2"].number, name)
      assertSame(
        try test.chiSquare(continuity: true).p, orUndefined: r["chi2_cc"]["p"].number, name)
      assertSame(try test.chiSquare().chi2, orUndefined: r["chi2"]["chi2"].number, name)
      assertSame(try test.chiSquare().p, orUndefined: r["chi2"]["p"].number, name)
      assertSame(try test.exact(), orUndefined: r["exact"]["p"].number, name)
      assertSame(try test.midP(), orUndefined: r["midp"].number, name)
      assertSame(test.difference, r["diff"].number, name)
      assertSame(test.standardError, r["diff_se_wald"].number, name)
    }
    assertUndefined(.nothingObserved, try McNemar(lost: 0, gained: 0, pairs: 0))
    assertUndefined(.outOfRange(0), try McNemar(lost: 2, gained: 2, pairs: 3))
    assertUndefined(.nothingChanged, try McNemar(lost: 0, gained: 0, pairs: 3).exact())
    let answers = try McNemar(before: [1, 1, 0, .nan, 0], after: [0, 1, 1, 1, 0])
    XCTAssertTrue((answers.lost, answers.gained, answers.pairs) == (1, 1, 4))
  }

  func testBenjaminiHochbergEqualsR() throws {
    let reference = try Reference(file: "tests_R.json")["padjust"]
    XCTAssertEqual(reference.keys.count, 6)
    for name in reference.keys {
      func list(_ key: String) -> [Double?] {
        let value = reference[name][key]
        return value.list.isEmpty ? [value.number] : value.list.map(\.number)
      }
      let adjusted = MultipleTests.benjaminiHochberg(list("p"))
      XCTAssertEqual(adjusted.count, list("BH").count)
      for (got, expected) in zip(adjusted, list("BH")) {
        XCTAssertEqual(got == nil, expected == nil, name)
        if let got, let expected { assertSame(got, expected, name) }
      }
    }
    XCTAssertEqual(MultipleTests.benjaminiHochberg([]).count, 0)
  }

  private static func gini(_ x: [Double]) -> (_ rows: [Int]) throws(Undefined) -> Double {
    { rows throws(Undefined) in try Concentration.gini(rows.map { x[$0] }) }
  }

  private static func sum(_ x: [Double], over n: Double = 1) -> (_ rows: [Int])
    throws(Undefined) -> Double
  {
    { rows in rows.reduce(0) { $0 + x[$1] } / n }
  }

  /// SciPy: `stats.bootstrap(method = "BCa")` on replicates of the same stream.
  func testBCaIntervalsEqualSciPy() throws {
    let davis = [8.0, 7, 8, 7, 4, 4, 4, 3, 4, 4, 4, 6, 7, 8, 5, 2, 2, 2]
    let gini = try Bootstrap(rows: 18, statistic: Self.gini(davis))
    let interval = try gini.interval()
    assertSame((interval.low, interval.high), [0.1879432624113475, 0.298595856489936])
    XCTAssertEqual(interval.method, .bca)
    assertSame(try gini.standardError(), 0.03068207269593508)
    let (before, after) = try pairs("who5")
    let d = try PairedChange(before: before, after: after).differences
    let who = try Bootstrap(rows: d.count, statistic: Self.sum(d, over: 196)).interval()
    assertSame((who.low, who.high), [2.803793322825057, 8.428571428571429])
    // Acceleration and its place: R boot, from the same data.
    let r = try Reference(file: "tests_R.json")["bootstrap"]
    assertSame(try gini.acceleration(), r["davis_gini"]["accel"].number)
    let sleep = try pairs("sleep")
    let s = try PairedChange(before: sleep.before, after: sleep.after).differences
    assertSame(
      try Bootstrap(rows: 10, replicates: 10, statistic: Self.sum(s, over: 10)).acceleration(),
      r["sleep_mean_diff"]["accel"].number)
    // Ties: whole numbers, so that SciPy sees them too; and the same divided by ten, which rounding
    // hides from it.
    let tenths = [12.0, 24, 13, 13, 0, 10, 18, 8, 46, 14]
    let whole = try Bootstrap(rows: 10, statistic: Self.sum(tenths)).interval()
    assertSame((whole.low, whole.high), [103, 255.08308824248252])
    let parts = try Bootstrap(rows: 10, statistic: Self.sum(s, over: 10)).interval()
    assertSame((parts.low * 100, parts.high * 100), [103, 255.08308824248252])
  }

  func testBootstrapOnTheEdge() throws {
    // The median of Davis: whichever row is left out, it stays: no acceleration (SciPy: NaN).
    let davis = [8.0, 7, 8, 7, 4, 4, 4, 3, 4, 4, 4, 6, 7, 8, 5, 2, 2, 2]
    let median = try Bootstrap(rows: 18) { rows throws(Undefined) in
      try Quantile.type7(rows.map { davis[$0] }, 0.5)
    }
    assertUndefined(.noVariation, try median.acceleration())
    let interval = try median.interval()
    XCTAssertEqual(interval.method, .percentile)
    assertSame((interval.low, interval.high), [4, 7])
    let constant = try Bootstrap(rows: 3) { _ in 2 }
    assertUndefined(.noVariation, try constant.acceleration())
    XCTAssertTrue(try constant.interval() == (2, 2, .percentile))
    assertUndefined(.nothingObserved, try Bootstrap(rows: 0) { _ in 0 })
    assertUndefined(.tooFew(found: 1, needed: 2), try Bootstrap(rows: 1) { _ in 0 })
    // Undefined for many resamples: drawn again; for all: undefined.
    let sparse = try Bootstrap(
      rows: 8, replicates: 99, statistic: Self.gini([0, 0, 0, 0, 0, 0, 1, 2]))
    XCTAssertEqual(sparse.replicates.count, 99)
    assertUndefined(.zeroTotal, try Bootstrap(rows: 2, statistic: Self.gini([0, 0])))
  }
}
