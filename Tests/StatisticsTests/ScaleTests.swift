import XCTest

@testable import Statistics

/// Scores of scales and their reliability, against R psych 2.2.9.
final class ScaleTests: XCTestCase {
  func testReliabilityEqualsPsych() throws {
    let rows = try Rows("survey/scale_items.csv")
    // Ids over 240 are hand-made patterns of answers, not of the wave.
    let isKept = zip(rows.texts("wave"), rows.numbers("id")).map { $0 == "1" && $1 <= 240 }
    let reference = try Reference(file: "scales_R.json")["synthetic_wave1"]
    for (scale, items) in [
      ("ucla", ["ucla1", "ucla2", "ucla3"]), ("who5", (1...5).map { "who\($0)" }),
      ("swemwbs", (1...7).map { "sw\($0)" }),
      ("djg", ["lone3", "lone4-", "lone7-", "lone8-", "lone9", "lone10"]),
    ] {
      let columns = items.map { item -> [Double] in
        let isReversed = item.hasSuffix("-")
        let all = rows.numbers(isReversed ? String(item.dropLast()) : item)
        return all.indices.filter { isKept[$0] }.map { isReversed ? 4 - all[$0] : all[$0] }
      }
      for (missing, key) in [
        (.complete, "complete"), (.pairwise, "pairwise"),
      ] as [(Reliability.Missing, String)] {
        let r = reference[scale][key]
        let alpha = try Reliability(columns, missing: missing)
        let what = scale + " " + key
        r["guttman_l6"].apart(.notOffered)
        r["ase"].apart(.notOffered)
        // The mean of each person's answers.
        let people = (0..<columns[0].count).compactMap { row -> Double? in
          let answers = columns.map { $0[row] }.filter { !$0.isNaN }
          if missing == .complete, answers.count < columns.count { return nil }
          return answers.isEmpty ? nil : answers.reduce(0, +) / Double(answers.count)
        }
        let spread = try PairedChange(before: people.map { _ in 0 }, after: people)
        assertSame(spread.mean, r["mean"])
        assertSame(try spread.deviation(), r["sd"])
        assertSame(alpha.people, r["n"], what)
        assertSame(alpha.items, r["k"], what)
        assertSame(try alpha.alpha(), r["raw_alpha"], what)
        assertSame(try alpha.standardisedAlpha(), r["std_alpha"], what)
        assertSame(try alpha.meanCorrelation(), r["average_r"], what)
        assertSame(try alpha.interval(), r["feldt_ci"], what)
        let (dropped, rest) = (try alpha.alphaIfDropped(), try alpha.restCorrelations())
        for (i, item) in items.enumerated() {
          assertSame(dropped[i], r["alpha_if_dropped"][item], what + item)
          assertSame(rest[i], r["r_drop"][item], what + item)
        }
      }
    }
  }

  func testReliabilityOnTheEdge() throws {
    let file = try Reference(file: "scales_R.json")
    file["peer"].apart(.peer)
    file["pspp_vs_R_disagreements"].apart(.peer)
    // psych's own data.
    XCTAssertThrowsError(try Rows("survey/bfi.csv"))
    for name in ["bfi", "bfi_agree_unkeyed"] { file[name].apart(.dataElsewhere) }
    let edge = file["edge"]
    let up = [1.0, 2, 3, 4]
    assertSame(try Reliability([up, up]).alpha(), edge["two_items"])
    assertSame(try Reliability([up, [3, 4, 1, 2]]).alpha(), edge["negatively_related"])
    assertUndefined(try Reliability([up]).alpha(), where: edge["single_item"])
    // psych leaves out an item that does not vary; here it counts as one of variance 0.
    assertOtherwise(
      .constantItem, try Reliability([up, up, [2, 2, 2, 2]]).alpha(), here: 0.75,
      peer: edge["constant_item"])
    // Items that point apart: variances 5/3 and 11/12, of the sum 1/4.
    assertSame(
      try Reliability([up, [4, 3, 2, 2]]).alpha(), 2 * (1 - (5.0 / 3 + 11.0 / 12) / 0.25))
    assertUndefined(.noVariation, try Reliability([up, [4, 3, 2, 1]]).alpha())
    assertUndefined(.noVariation, try Reliability([[1, 1], [2, 2]]).alpha())
    assertUndefined(.tooFew(found: 1, needed: 2), try Reliability([up]))
    assertUndefined(.tooFew(found: 0, needed: 2), try Reliability([]))
    assertUndefined(.tooFew(found: 1, needed: 2), try Reliability([[1, .nan], [1, 2]]))
    assertUndefined(.tooFew(found: 2, needed: 3), try Reliability([up, up]).alphaIfDropped())
    // An item that does not vary has no correlation; it counts as a variance of 0.
    let constant = try Reliability([up, up, [2, 2, 2, 2]])
    assertUndefined(.noVariation, try constant.meanCorrelation())
    assertUndefined(.noVariation, try constant.restCorrelations())
    assertSame(try constant.alpha(), 0.75)
  }

  /// The scores of the reference, which IndicatorsTests compares one by one with those of the
  /// questionnaires' files, summed up by wave.
  func testScoresSummedUp() throws {
    let rows = try Rows("reference/scales_scored.csv")
    let (ids, waves) = (rows.numbers("id"), rows.texts("wave"))
    let summary = try Reference(file: "scales_R.json")["synthetic_summary"]
    XCTAssertEqual(summary.keys, ["1", "2"])
    for wave in summary.keys {
      let r = summary[wave]
      let kept = waves.indices.filter { waves[$0] == wave && ids[$0] <= 240 }
      func change(_ name: String) throws -> PairedChange {
        let all = rows.numbers(name)
        return try PairedChange(before: kept.map { _ in 0 }, after: kept.map { all[$0] })
      }
      assertSame(kept.count, r["n"])
      let (ucla, djg, sw) = (try change("ucla"), try change("lones"), try change("swmetric"))
      assertSame(ucla.pairs, r["ucla_n"])
      assertSame(ucla.mean, r["ucla_mean"])
      assertSame(try ucla.deviation(), r["ucla_sd"])
      assertSame(try change("uclalonely").mean, r["lonely_share"])
      assertSame(djg.pairs, r["djg_n"])
      assertSame(djg.mean, r["djg_mean"])
      let bands = rows.numbers("lonescat")
      for band in r["djg_cat"].keys {
        assertSame(kept.count { bands[$0] == Double(band) }, r["djg_cat"][band])
      }
      assertSame(try change("who5pct").mean, r["who_mean"])
      assertSame(try change("wholow").mean, r["who_low_share"])
      assertSame(sw.mean, r["sw_metric_mean"])
      assertSame(try sw.deviation(), r["sw_metric_sd"])
    }
    // The conversion of a mean is not the mean of conversions: here scores are converted one by one.
    let misuse = try Reference(file: "scales_R.json")["swemwbs_misuse"]
    let (metric, raw) = (rows.numbers("swmetric"), rows.numbers("swraw"))
    let ones = metric.map { _ in 1.0 }
    let mean = try WeightedMean.estimate(values: metric, weights: ones).mean
    assertSame(mean, misuse["mean_of_metric"])
    assertSame(try WeightedMean.estimate(values: raw, weights: ones).mean, misuse["mean_raw"])
    assertOtherwise(.meanConverted, mean, here: mean, peer: misuse["metric_of_mean_raw"])
  }

  func testARuleScoresOnlyWhatWasAnsweredAsOffered() throws {
    let rule = ScoringRule(
      items: [
        ScoringRule.Item(codes: 1...5), ScoringRule.Item(codes: 1...5, isReversed: true),
        ScoringRule.Item(points: [1: 0, 2: 1, 3: 1]),
      ], total: .sum, requirements: [.init(items: [0, 1, 2], answered: 2)])
    XCTAssertEqual(try rule.score([5, 5, 2]), 5 + 1 + 1)
    XCTAssertEqual(try rule.score([.nan, 1, 1]), 5)
    assertUndefined(.outOfRange(1), try rule.score([1, 6, 1]))
    assertUndefined(.outOfRange(0), try rule.score([2.5, 1, 1]))
    assertUndefined(.tooFew(found: 1, needed: 2), try rule.score([.nan, .nan, 1]))
    assertUndefined(.nothingObserved, try rule.score([.nan, .nan, .nan]))
    // An answer that is not offered is refused even where the score would be missing anyway.
    assertUndefined(.outOfRange(2), try rule.score([.nan, .nan, 9]))
    let scores = try rule.scores([[5, .nan], [5, .nan], [2, 1]])
    XCTAssertEqual(scores[0], 7)
    XCTAssertTrue(scores[1].isNaN)
    assertUndefined(.outOfRange(1), try rule.scores([[5, 7], [5, 1], [2, 1]]))
  }

  func testMeansProratedSumsRoundingAndTables() throws {
    let items = [ScoringRule.Item](repeating: .init(codes: 0...4), count: 4)
    func rule(
      _ total: ScoringRule.Total, factor: Double = 1, decimals: Int? = nil,
      table: [Double: Double] = [:]
    ) -> ScoringRule {
      ScoringRule(
        items: items, total: total, requirements: [.init(items: [0, 1, 2, 3], answered: 2)],
        factor: factor, decimals: decimals, table: table)
    }
    let answers = [1, 2, .nan, 4.0]
    XCTAssertEqual(try rule(.sum).score(answers), 7)
    XCTAssertEqual(try rule(.mean).score(answers), 7.0 / 3)
    XCTAssertEqual(try rule(.prorated).score(answers), 28.0 / 3)
    XCTAssertEqual(try rule(.sum, factor: 4).score(answers), 28)
    XCTAssertEqual(try rule(.mean, decimals: 1).score(answers), 2.3)
    XCTAssertEqual(try rule(.mean, decimals: 1).score([3, 4, 3, 3]), 3.3, "3.25: away from 0")
    XCTAssertEqual(try rule(.sum, table: [7: 9.5]).score(answers), 9.5)
    assertUndefined(.outOfRange(4), try rule(.sum, table: [6: 9.5]).score(answers))
    let blocks = ScoringRule(
      items: items, total: .mean,
      requirements: [.init(items: [0, 1], answered: 1), .init(items: [2, 3], answered: 1)])
    XCTAssertEqual(try blocks.score([1, .nan, .nan, 3]), 2)
    assertUndefined(.tooFew(found: 0, needed: 1), try blocks.score([1, 3, .nan, .nan]))
  }
}
