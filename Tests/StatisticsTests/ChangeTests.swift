import TestSupport
import XCTest

@testable import Statistics

/// Paired change, against R 4.2.2 (stats, coin, exactRankTests, effectsize) and SciPy 1.17.1.
final class ChangeTests: XCTestCase {
  private func pairs(_ name: String) throws -> (before: [Double], after: [Double]) {
    let rows = try Rows("reference/pairs_\(name).csv")
    rows.given("id", "before", "after")
    return (rows.numbers("before"), rows.numbers("after"))
  }

  /// The sets of pairs that are stored; the others of the reference are R's own data.
  private static let sets = [
    "sleep", "gss_neigh", "who5", "swemwbs", "ucla", "small_noties", "five_all_up", "all_zero",
    "constant_shift", "one_pair", "two_pairs",
  ]

  func testChangeEqualsR() throws {
    let reference = try Reference(file: "tests_R.json")["paired"]
    try Reference(file: "tests_R.json")["peer"].apart(.peer)
    for name in Self.sets {
      let r = reference[name]
      let (before, after) = try pairs(name)
      let change = try PairedChange(before: before, after: after)
      assertSame(change.rows, r["n_rows"], name)
      assertSame(change.pairs, r["n_pairs"], name)
      let kept = before.indices.filter { !before[$0].isNaN && !after[$0].isNaN }
      for (key, values) in [("mean_before", before), ("mean_after", after)] {
        assertSame(
          try WeightedMean.estimate(values: kept.map { values[$0] }, weights: kept.map { _ in 1 })
            .mean, r[key])
      }
      assertSame(change.mean, r["mean_diff"], name)
      assertSame(change.median, r["median_diff"], name)
      let directions = change.directions()
      assertSame(directions.better, r["n_pos"], name)
      assertSame(directions.worse, r["n_neg"], name)
      assertSame(try change.deviation(), orUndefined: r["sd_diff"], name)
      assertSame(try change.test().t, orUndefined: r["t"]["t"], name)
      assertSame(try change.test().p, orUndefined: r["t"]["p"], name)
      if let p = r["t"]["p"].number {
        let test = try change.test()
        // Relative: p may be small.
        XCTAssertEqual(test.p / p, 1, accuracy: 1e-9, name)
        assertSame(test.df, r["t"]["df"], name)
        assertSame(test.standardError, r["t"]["se"], name)
        assertSame((test.low, test.high), r["t"]["ci"], name)
      } else {
        // Without variation R has degrees of freedom and an error of 0, and no t.
        for leaf in r["t"].leaves where leaf.number == nil {
          assertUndefined(try change.test().t, where: leaf)
        }
        for leaf in r["t"].leaves where leaf.number != nil {
          assertOtherwise(
            .nothingThere, try change.test(), undefined: .noVariation, peer: leaf)
        }
      }
      let effect = r["effect"]
      assertSame(try change.cohensDz(), orUndefined: effect["cohen_dz"], name)
      effect["d_av"].apart(.notOffered)
      effect["J_approx"].apart(.notOffered)
      effect["rank_biserial"]["ci"].apart(.notOffered)
      for method in ["effectsize_d", "hedges_g", "rank_biserial"] {
        effect[method]["warnings"].apart(.peer)
      }
      checkSizes(change, effect, isTwo: name == "two_pairs")
      // Signs alone: as many up as down, by chance.
      let signs = try McNemar(
        lost: directions.worse, gained: directions.better, pairs: change.pairs)
      assertSame(try signs.exact(), orUndefined: r["sign_test"]["p"])
      if r["sign_test"]["p"].value == nil {
        assertUndefined(try signs.exact(), where: r["sign_test"]["error"])
      }
    }
    for name in reference.keys where !Self.sets.contains(name) {
      XCTAssertThrowsError(try pairs(name), "the pairs of \(name) are there: compare them")
      reference[name].apart(.dataElsewhere)
    }
  }

  /// d_z and g with their intervals, and what lies between them.
  private func checkSizes(_ change: PairedChange, _ effect: Reference, isTwo: Bool) {
    let (d, g) = (effect["effectsize_d"], effect["hedges_g"])
    if isTwo {
      // R gives 0 where J does not exist.
      assertOtherwise(
        .hedgesOfTwo, try change.hedgesG(), undefined: .tooFew(found: 2, needed: 3), peer: g["g"])
      assertOtherwise(
        .hedgesOfTwo, try change.hedgesG(), undefined: .tooFew(found: 2, needed: 3), peer: g["ci"])
    } else {
      assertSame(try change.hedgesG(), orUndefined: g["g"])
      if g["g"].value == nil { assertUndefined(try change.hedgesG(), where: g["error"]) }
    }
    if d["d"].value == nil {
      assertUndefined(try change.cohensDz(), where: d["error"])
    } else {
      assertSame(try change.cohensDz(), d["d"])
      // effectsize searches to some 1e-5.
      assertSame(try change.cohensDzInterval(), d["ci"], within: 1e-4)
      if !isTwo {
        assertSame(
          try {
            let j = try change.hedgesG() / change.cohensDz()
            let bounds = try change.cohensDzInterval()
            return (bounds.0 * j, bounds.1 * j)
          }(), g["ci"], within: 1e-4)
      }
    }
    // J depends on the number of pairs only.
    assertSame(
      try {
        let some = try PairedChange(
          before: (0..<change.pairs).map { _ in 0 }, after: (0..<change.pairs).map(Double.init))
        return try some.hedgesG() / some.cohensDz()
      }(), orUndefined: effect["J_gamma"])
  }

  func testWilcoxonEqualsR() throws {
    let reference = try Reference(file: "tests_R.json")["paired"]
    for name in Self.sets {
      let r = reference[name]["wilcoxon"]
      let (before, after) = try pairs(name)
      let change = try PairedChange(before: before, after: after)
      // R: NaN, coin: an error, effectsize: +1.
      assertSame(change.differences.count { $0 != 0 }, reference[name]["n_nonzero"])
      if name == "all_zero" {
        assertOtherwise(
          .nothingThere, try Wilcoxon(change.differences), undefined: .nothingChanged, peer: r)
        for key in ["r", "ci"] {
          assertOtherwise(
            .nothingThere, try Wilcoxon(change.differences), undefined: .nothingChanged,
            peer: reference[name]["effect"]["rank_biserial"][key])
        }
        continue
      }
      let test = try Wilcoxon(change.differences)
      assertSame(test.count, reference[name]["n_nonzero"], name)
      for key in ["r_default", "normal_correct", "normal_nocorrect"] {
        assertSame(test.positive, r[key]["V"], name)
        r[key]["warnings"].apart(.peer)
      }
      assertSame(test.p(), r["r_default"]["p"], name)
      assertSame(test.normal().p, r["normal_correct"]["p"], name)
      assertSame(test.normal(continuity: false).p, r["normal_nocorrect"]["p"], name)
      assertSame(test.normal(continuity: false).z, r["coin_wilcoxon_asym"]["z"], name)
      assertSame(test.normal(continuity: false).p, r["coin_wilcoxon_asym"]["p"], name)
      assertSame(test.pratt().z, r["coin_pratt_asym"]["z"], name)
      assertSame(test.pratt().p, r["coin_pratt_asym"]["p"], name)
      if r["exact_ties"].isNull {
        // The peers stop at some hundred pairs.
        r["exact_ties"].apart(.noValue)
        r["coin_pratt_exact"].apart(.noValue)
      } else {
        assertSame(test.positive, r["exact_ties"]["V"])
        assertSame(test.exact(), r["exact_ties"]["p"], name)
        assertSame(test.pratt().z, r["coin_pratt_exact"]["z"])
        assertSame(test.prattExact(), r["coin_pratt_exact"]["p"], name)
      }
      r["hodges_lehmann"]["ci"].apart(.notOffered)
      r["hodges_lehmann"]["warnings"].apart(.peer)
      assertSame(
        test.rankBiserial, reference[name]["effect"]["rank_biserial"]["r"], name)
      // R searches the estimate to 1e-4.
      assertSame(test.hodgesLehmann(), r["hodges_lehmann"]["estimate"], within: 2e-4, name)
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
      let table = ["a", "b", "c", "d"].map { r["table"][$0].given.count }
      let test = try McNemar(
        lost: table[2], gained: table[1], pairs: table.reduce(0, +))
      assertSame(
        try test.chiSquare(continuity: true).chi2, orUndefined: r["chi2_cc"]["chi2"], name)
      assertSame(
        try test.chiSquare(continuity: true).p, orUndefined: r["chi2_cc"]["p"], name)
      assertSame(try test.chiSquare().chi2, orUndefined: r["chi2"]["chi2"], name)
      assertSame(try test.chiSquare().p, orUndefined: r["chi2"]["p"], name)
      if r["exact"]["p"].value == nil {
        assertUndefined(try test.exact(), where: r["exact"]["error"])
      } else {
        assertSame(try test.exact(), r["exact"]["p"], name)
        let changed = test.gained + test.lost
        assertSame(Double(test.gained) / Double(changed), r["exact"]["prop"])
        let bounds = try Interval.clopperPearson(test.gained, of: changed)
        assertSame(bounds, r["exact"]["ci"])
        // Odds; without bound where all of those who changed gained.
        func odds(_ p: Double) -> Double { p == 1 ? .infinity : p / (1 - p) }
        for (got, leaf) in [
          (odds(Double(test.gained) / Double(changed)), r["exact"]["or"]),
          (odds(bounds.0), r["exact"]["or_ci"][0]), (odds(bounds.1), r["exact"]["or_ci"][1]),
        ] {
          if leaf.isNull {
            XCTAssertEqual(got, .infinity)
            leaf.apart(.noValue)
          } else {
            assertSame(got, leaf)
          }
        }
      }
      assertSame(try test.midP(), orUndefined: r["midp"], name)
      assertSame(test.difference, r["diff"], name)
      assertSame(test.standardError, r["diff_se_wald"], name)
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
        Claims.claim(value, as: key == "p" ? .given : .compared)
        return value.list.isEmpty ? [value.number] : value.list.map(\.number)
      }
      let adjusted = MultipleTests.benjaminiHochberg(list("p"))
      XCTAssertEqual(adjusted.count, list("BH").count)
      for (got, expected) in zip(adjusted, list("BH")) {
        XCTAssertEqual(got == nil, expected == nil, name)
        if let got, let expected { assertSame(got, expected, name) }
      }
      for other in ["BY", "holm", "bonferroni", "hochberg"] {
        reference[name][other].apart(.notOffered)
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

  private static func mean(_ x: [Double]) -> (_ rows: [Int]) throws(Undefined) -> Double {
    { rows in rows.reduce(0) { $0 + x[$1] } / Double(rows.count) }
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
    assertSame(try gini.acceleration(), r["davis_gini"]["accel"])
    let sleep = try pairs("sleep")
    let s = try PairedChange(before: sleep.before, after: sleep.after).differences
    assertSame(
      try Bootstrap(rows: 10, replicates: 10, statistic: Self.sum(s, over: 10)).acceleration(),
      r["sleep_mean_diff"]["accel"])
    try compareWithR(r["davis_gini"], gini, sample: davis)
    try compareWithR(
      r["sleep_mean_diff"], try Bootstrap(rows: 10, statistic: Self.mean(s)), sample: s)
    try compareWithR(
      r["who5_mean_diff"], try Bootstrap(rows: d.count, statistic: Self.mean(d)), sample: d)
    r["sai_flat_mean_diff"].apart(.dataElsewhere)
    // Ties: whole numbers, so that SciPy sees them too; and the same divided by ten, which rounding
    // hides from it.
    let tenths = [12.0, 24, 13, 13, 0, 10, 18, 8, 46, 14]
    let whole = try Bootstrap(rows: 10, statistic: Self.sum(tenths)).interval()
    assertSame((whole.low, whole.high), [103, 255.08308824248252])
    let parts = try Bootstrap(rows: 10, statistic: Self.sum(s, over: 10)).interval()
    assertSame((parts.low * 100, parts.high * 100), [103, 255.08308824248252])
  }

  /// R boot: what does not rest on its draws, and its draws to a quarter of the error.
  private func compareWithR(_ r: Reference, _ bootstrap: Bootstrap, sample: [Double]) throws {
    r["stat"].apart(.peer)
    assertSame(sample.count, r["n"])
    assertSame(bootstrap.replicates.count, r["B"])
    assertSame(bootstrap.observed, r["t0"])
    let values = bootstrap.leftOut
    let zeros = values.map { _ in 0.0 }
    let error =
      try PairedChange(before: zeros, after: values).deviation() * Double(values.count - 1)
    assertSame(error / Double(values.count).squareRoot(), r["jackknife_se"])
    let (se, bias) = (r["boot_se"], r["bias"].given.number ?? .nan)
    let width = try XCTUnwrap(se.number)
    assertSame(try bootstrap.standardError() / width, 1, within: 0.08, se.place)
    Claims.claim(se, as: .compared)
    let z = Normal.quantile(0.975)
    assertSame(
      Interval.mean(bootstrap.observed - bias, standardError: width, t: z), r["norm"])
    let below = try XCTUnwrap(r["prop_below"].given.number)
    assertSame(Normal.quantile(below), r["z0"], within: 1e-8)
    r["prop_equal"].apart(.otherDraws)
    r["bca_error"].apart(.peer)
    let plain = (
      try Quantile.type7(bootstrap.replicates, 0.025),
      try Quantile.type7(bootstrap.replicates, 0.975)
    )
    let near = width / 4
    for key in ["percentile", "type7_percentile"] { assertSame(plain, r[key], within: near) }
    let t0 = bootstrap.observed
    assertSame((2 * t0 - plain.1, 2 * t0 - plain.0), r["basic"], within: near)
    guard let a = try? bootstrap.acceleration() else {
      for key in ["accel", "adj_alpha", "bca", "type7_bca", "type6_bca"] {
        for leaf in r[key].leaves { assertUndefined(try bootstrap.acceleration(), where: leaf) }
      }
      return
    }
    assertSame(a, r["accel"])
    let z0 = try XCTUnwrap(r["z0"].number)
    assertSame(
      [-z, z].map { Normal.cumulative(z0 + (z0 + $0) / (1 - a * (z0 + $0))) }, r["adj_alpha"],
      within: 1e-8)
    let interval = try bootstrap.interval()
    for key in ["bca", "type7_bca", "type6_bca"] {
      assertSame((interval.low, interval.high), r[key], within: near)
    }
  }

  func testBootstrapOnTheEdge() throws {
    // The median of Davis: whichever row is left out, it stays: no acceleration (SciPy: NaN).
    let davis = [8.0, 7, 8, 7, 4, 4, 4, 3, 4, 4, 4, 6, 7, 8, 5, 2, 2, 2]
    let median = try Bootstrap(rows: 18) { rows throws(Undefined) in
      try Quantile.type7(rows.map { davis[$0] }, 0.5)
    }
    assertUndefined(.noVariation, try median.acceleration())
    try compareWithR(
      try Reference(file: "tests_R.json")["bootstrap"]["davis_median"], median, sample: davis)
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
