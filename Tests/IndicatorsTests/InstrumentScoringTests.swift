import Foundation
import Model
import Statistics
import TestSupport
import XCTest

@testable import Indicators

/// Scores by the questionnaires' own files, against those that PSPP 1.6.2 and R computed with the
/// manuals' syntax: 519 people, 11 scores.
final class InstrumentScoringTests: XCTestCase {
  private func instruments() throws -> Instruments {
    try Instruments(folder: Places.root + "/indicators/instruments")
  }

  private func rule(_ instrument: String, _ scale: String) throws -> ScoringRule {
    ScoringRule(try XCTUnwrap(instruments()[instrument]?.scale(scale), scale))
  }

  private func table(_ path: String) throws -> [String: [Double]] {
    let text = try String(contentsOfFile: Places.shared("data/" + path), encoding: .utf8)
    let lines = text.replacingOccurrences(of: "\"", with: "").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    var out: [String: [Double]] = [:]
    for (c, name) in lines[0].enumerated() {
      out[String(name)] = lines.dropFirst().map { c < $0.count ? Double($0[c]) ?? .nan : .nan }
    }
    return out
  }

  func testAllScoresOfTheReference() throws {
    let items = try table("survey/scale_items.csv")
    let expected = try table("reference/scales_scored.csv")
    let instruments = try instruments()
    XCTAssertEqual(items["id"], expected["id"])
    XCTAssertEqual(items["id"]?.count, 519)
    var compared = 0
    var names: Set<String> = []
    func compare(_ name: String, _ values: [Double]) throws {
      names.insert(name)
      let reference = try XCTUnwrap(expected[name], name)
      for (i, (got, known)) in zip(values, reference).enumerated() {
        XCTAssertEqual(got.isNaN, known.isNaN, "\(name), row \(i + 2)")
        if !known.isNaN { XCTAssertEqual(got, known, accuracy: 1e-9, "\(name), row \(i + 2)") }
        compared += 1
      }
    }
    for (instrument, scale, cutoffs) in [
      ("ucla3", "ucla", [("uclalonely", ["lonely"])]),
      ("djg6", "lones", [("lonescat", ["not_lonely", "moderate", "severe"])]),
      ("djg6", "lonesocs", []), ("djg6", "loneemos", []), ("who5", "whoraw", []),
      ("who5", "who5pct", [("wholow", ["low"])]), ("swemwbs", "swraw", []),
      ("swemwbs", "swmetric", []),
    ] as [(String, String, [(String, [String])])] {
      let declared = try XCTUnwrap(instruments[instrument]?.scale(scale))
      let scores = try ScoringRule(declared).scores(
        declared.items.map { try XCTUnwrap(items[$0.name], $0.name) })
      try compare(scale, scores)
      for (name, bands) in cutoffs {
        // One band: met or not; several: which.
        try compare(
          name,
          scores.map { score in
            if score.isNaN { return .nan }
            let met = declared.cutoffs(of: score).map(\.name)
            if bands.count == 1 { return met.contains(bands[0]) ? 1 : 0 }
            return bands.firstIndex(where: met.contains).map(Double.init) ?? .nan
          })
      }
    }
    XCTAssertEqual(compared, 519 * 11)
    XCTAssertEqual(names.union(["id", "wave"]), Set(expected.keys), "every column of the file")
  }

  /// The conversion of SWEMWBS that its users publish, row by row.
  func testTheConversionTableIsThatOfTheReference() throws {
    let rows = try table("reference/swemwbs_conversion.csv")
    let (raw, metric) = (try XCTUnwrap(rows["raw"]), try XCTUnwrap(rows["m"]))
    XCTAssertEqual(Set(rows.keys), ["raw", "m"])
    XCTAssertEqual(raw, (7...35).map(Double.init))
    let rule = try rule("swemwbs", "swmetric")
    for (sum, expected) in zip(raw, metric) {
      // Seven answers of 1 to 5 that add up to it.
      let answers = (0..<7).map { Double((Int(sum) + $0) / 7) }
      XCTAssertEqual(answers.reduce(0, +), sum)
      XCTAssertEqual(try rule.score(answers), expected, accuracy: 1e-9, "\(sum)")
    }
  }

  /// Never the conversion of a mean: R's own warning, in numbers.
  func testSwemwbsIsConvertedPersonByPerson() throws {
    let items = try table("survey/scale_items.csv")
    let columns = try (1...7).map { try XCTUnwrap(items["sw\($0)"]) }
    let scores = try rule("swemwbs", "swmetric").scores(columns)
    let wave = try XCTUnwrap(items["wave"])
    let ids = try XCTUnwrap(items["id"])
    let kept = scores.indices.filter { wave[$0] == 1 && ids[$0] <= 240 && !scores[$0].isNaN }
    XCTAssertEqual(
      kept.reduce(0) { $0 + scores[$1] } / Double(kept.count), 19.6586341463415, accuracy: 1e-9)
  }

  func testAnswersThatNoQuestionOffersAreRefused() throws {
    // WHO-5 coded from 1: the largest is no answer.
    XCTAssertThrowsError(try rule("who5", "who5pct").score([6, 5, 4, 3, 2])) { error in
      XCTAssertEqual(error as? Undefined, .outOfRange(0))
    }
    XCTAssertThrowsError(try rule("ucla3", "ucla").score([1, 2, 0]))
    XCTAssertThrowsError(try rule("lsns6", "lsns6").score([0, 1, 2, 3, 4, 6]))
  }

  /// Worked by hand from the catalogue's rules.
  func testScalesWithoutAReference() throws {
    let none = Double.nan
    // Full agreement (1) everywhere: 16 items turn to 5, two stay 1.
    XCTAssertEqual(
      try rule("nci18", "nci18").score([Double](repeating: 1, count: 18)), (16 * 5 + 2) / 18.0,
      accuracy: 1e-12)
    XCTAssertThrowsError(
      try rule("nci18", "nci18").score([none] + [Double](repeating: 1, count: 17)))
    // Understanding Society: a b c d e f g h; f is the only item of its domain.
    let nci8 = try rule("nci8", "nci8")
    XCTAssertEqual(try nci8.score([1, 2, 1, 2, 3, 2, 2, 1]), 4.3, "34/8 = 4.25")
    XCTAssertEqual(try nci8.score([none, none, none, 2, 3, 2, 2, 1]), 4.0)
    XCTAssertThrowsError(try nci8.score([1, 2, 1, 2, 3, none, 2, 1]))
    XCTAssertThrowsError(try nci8.score([none, none, 1, 2, none, 2, 2, 1]))
    let bscs = try rule("bscs", "bscs")
    XCTAssertEqual(try bscs.score([5, none, 4, 4, none, 2, 3, none]), 18.0 / 5)
    XCTAssertThrowsError(try bscs.score([none, none, 4, 4, 5, 2, 3, 3]))
    XCTAssertEqual(try rule("bscs", "bscs_influence").score([none, 2]), 2)
    let efficacy = try rule("efficacite_collective", "efficacite")
    XCTAssertEqual(try efficacy.score([5, 5, 5, 5, 5, 5, 5, 5, 1, 1]), 50)
    XCTAssertEqual(try efficacy.score([1, 1, 1, 1, 1, 1, 1, 1, 5, 5]), 10)
    XCTAssertEqual(try rule("lsns6", "lsns6").score([5, 5, 5, 5, 5, 5]), 30)
    XCTAssertEqual(try rule("lsns6", "lsns_voisins").score([1, 0, 2, 3, 4, 5]), 15)
    XCTAssertThrowsError(try rule("lsns6", "lsns_amis").score([1, none, 2]))
    // About once a month is isolation for Insee, not for Crédoc; unknown in one network: unknown.
    XCTAssertEqual(try rule("isolement", "isolement_insee").score([3, 3, 0, 1, 3, 3]), 0)
    XCTAssertEqual(try rule("isolement", "isolement_credoc").score([3, 2, 0, 1, 2]), 1)
    XCTAssertEqual(try rule("isolement", "isolement_credoc").score([2, 2, 0, 1, 2]), 0)
    XCTAssertThrowsError(try rule("isolement", "isolement_credoc").score([6, 6, none, 6, 6]))
    XCTAssertEqual(try rule("ons4", "anxiete").score([7]), 7)
    XCTAssertThrowsError(try rule("ons4", "anxiete").score([none]))
  }
}
