import Foundation
import TestSupport
import XCTest

@testable import Statistics

/// Every value of every file of references is compared, given, answered otherwise with a reason, or
/// has nothing here to be compared with: what no assertion claimed fails.
final class EveryReferenceTests: XCTestCase {
  /// Runs tests of another class within this one, so that their assertions claim here.
  private func run<T: XCTestCase>(_ type: T.Type, _ tests: ((T) throws -> Void)...) throws {
    let suite = type.init(name: "references", testClosure: { _ in })
    for test in tests { try test(suite) }
  }

  private func walk(_ file: String, compared: Int, line: UInt = #line) throws {
    let places = try Reference(file: file).leaves.map(\.place)
    walk(file, places, compared: compared, line: line)
  }

  private func walk(columns file: String, compared: Int, line: UInt = #line) throws {
    let rows = try Rows("reference/" + file)
    walk(file, rows.names.map(rows.place), compared: compared, line: line)
  }

  private func walk(_ file: String, _ places: [String], compared: Int, line: UInt) {
    let unclaimed = places.filter { Claims.way(of: $0) == nil }
    XCTAssertEqual(
      unclaimed, [], "\(file): \(unclaimed.count) of \(places.count) values are in no test",
      line: line)
    XCTAssertEqual(
      places.count { Claims.way(of: $0) == .compared }, compared, "\(file): values compared",
      line: line)
  }

  /// The files of the folder are these, and no other: a new one has to be walked too.
  func testEveryFileIsWalked() throws {
    let files = try Places.sharedFiles("data/reference")
    let walked = try String(contentsOfFile: #filePath, encoding: .utf8)
    let elsewhere = ["scales_scored.csv", "swemwbs_conversion.csv"]
    for file in files where !file.hasPrefix("pairs_") && !elsewhere.contains(file) {
      XCTAssertTrue(walked.contains("\"\(file)\""), "\(file) is in no test")
    }
    // Compared by IndicatorsTests, against the questionnaires' own files.
    let scoring = try String(
      contentsOfFile: Places.root + "/Tests/IndicatorsTests/InstrumentScoringTests.swift",
      encoding: .utf8)
    for file in elsewhere { XCTAssertTrue(scoring.contains(file), "\(file) is in no test") }
  }

  /// What is otherwise here, or not here at all, is told to readers with its reason.
  func testTheDocumentSaysWhatIsOtherwise() throws {
    let text = try String(contentsOfFile: Places.root + "/docs/statistics.md", encoding: .utf8)
    let titles =
      Claims.Otherwise.allCases.map(\.rawValue) + Claims.Apart.allCases.map(\.rawValue)
    for title in titles {
      XCTAssertTrue(text.contains("| \(title) |"), "docs/statistics.md does not say: \(title)")
    }
  }

  func testDavis() throws {
    try run(
      DavisTests.self, { try $0.testTheTwoModeNetwork() },
      { try $0.testConcentrationAndDiversityOfBothModes() },
      { try $0.testEveryMeasureAtEveryThreshold() }, { try $0.testEachPersonAndEachTie() },
      { try $0.testTheLorenzCurveAndEachEvent() })
    try walk("davis_networkx.json", compared: 291)
    try walk("davis_R.json", compared: 161)
    try walk(columns: "davis_person.csv", compared: 18)
    try walk(columns: "davis_ties.csv", compared: 4)
    try walk(columns: "davis_lorenz.csv", compared: 2)
    try walk(columns: "davis_event.csv", compared: 6)
  }

  func testEdges() throws {
    try run(ConcentrationTests.self, { try $0.testEdgesEqualPeersOrAreUndefined() })
    try run(NetworkTests.self, { try $0.testSmallGraphs() })
    try walk("edges_inequality.json", compared: 180)
    try walk("edges_networks.json", compared: 357)
  }

  func testTestsOfR() throws {
    try run(
      ChangeTests.self, { try $0.testChangeEqualsR() }, { try $0.testWilcoxonEqualsR() },
      { try $0.testMcNemarEqualsR() }, { try $0.testBenjaminiHochbergEqualsR() },
      { try $0.testBCaIntervalsEqualSciPy() }, { try $0.testBootstrapOnTheEdge() })
    try run(
      IntervalTests.self, { try $0.testSharesOfSimpleSamplesEqualR() },
      { try $0.testDifferencesOfTwoSharesEqualNewcombe() },
      { try $0.testSharesOfDesignsEqualR() })
    for file in try Places.sharedFiles("data/reference") where file.hasPrefix("pairs_") {
      try walk(columns: file, compared: 0)
    }
    try walk("tests_R.json", compared: 793)
    try walk("ciprop_formulas.json", compared: 63)
  }

  func testSurveys() throws {
    try run(
      SurveyTests.self, { try $0.testWeightsOnly() }, { try $0.testDomains() },
      { try $0.testStrataWithASingleCluster() }, { try $0.testChangeBetweenWaves() },
      { try $0.testTheChangeOfStackedWaves() },
      { try $0.testFinitePopulationOfSchools() }, { try $0.testEstimatesOnTheEdge() })
    try run(
      WeightingTests.self, { try $0.testRakingTheSocialSurveyEqualsR() },
      { try $0.testRakingLeedsEqualsR() }, { try $0.testRakingMeetsItsMarginsOrSaysWhyNot() })
    try walk("survey_estimates.json", compared: 250)
    try walk("weighting.json", compared: 176)
    try walk(columns: "weights_cakemap.csv", compared: 5)
  }

  func testTime() throws {
    try run(
      TimeTests.self, { try $0.testKaplanMeierOfMontanaEqualsR() },
      { try $0.testTheLogRankTestEqualsR() }, { try $0.testSurvivalOnTheEdge() },
      { try $0.testCohortsOfMontanaEqualTheReference() })
    try walk("survival_R.json", compared: 157)
    try walk(columns: "km_montana_R.csv", compared: 8)
    try walk(columns: "retention_montana_month.csv", compared: 3)
    try walk(columns: "retention_montana_month_pooled.csv", compared: 3)
  }

  func testScales() throws {
    try run(
      ScaleTests.self, { try $0.testReliabilityEqualsPsych() },
      { try $0.testReliabilityOnTheEdge() }, { try $0.testScoresSummedUp() })
    try walk("scales_R.json", compared: 189)
  }

  func testSocialReturn() throws {
    try run(SocialReturnTests.self, { try $0.testEveryCase() }, { try $0.testEachLine() })
    try walk("sroi.json", compared: 182)
    try walk(columns: "sroi_lines.csv", compared: 8)
  }

  func testPublishedFigures() throws {
    try run(PublishedTests.self, { try $0.testFiguresAsTheyWerePrinted() })
    try walk("published_anchors.json", compared: 70)
  }
}
