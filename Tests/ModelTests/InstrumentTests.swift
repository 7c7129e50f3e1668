import Diagnostics
import Foundation
import Model
import TestSupport
import XCTest

/// The questionnaires of the repository, and what is said of a broken one.
final class InstrumentTests: XCTestCase {
  private static let folder = Places.root + "/indicators/instruments"

  func testEveryInstrumentOfTheCatalogueIsThere() throws {
    let instruments = try Instruments(folder: Self.folder)
    XCTAssertEqual(
      instruments.all.map(\.catalogue), (1...12).map { String(format: "SC-%02d", $0) })
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    XCTAssertEqual(Set(files), Set(instruments.all.map { $0.name + ".json5" }))
  }

  /// Items, points and ranges as the catalogue states them.
  func testRangesAndItems() throws {
    let instruments = try Instruments(folder: Self.folder)
    for (name, items, scale, low, high) in [
      ("ucla3", 3, "ucla", 3, 9), ("solitude_directe", 1, "seul", 1, 5),
      ("djg6", 6, "lones", 0, 6), ("djg6", 6, "loneemos", 0, 3), ("djg6", 6, "lonesocs", 0, 3),
      ("who5", 5, "who5pct", 0, 100), ("swemwbs", 7, "swraw", 7, 35),
      ("swemwbs", 7, "swmetric", 7, 35), ("ons4", 4, "anxiete", 0, 10),
      ("nci18", 18, "nci18", 1, 5),
      ("nci8", 8, "nci8", 1, 5), ("bscs", 8, "bscs", 1, 5), ("bscs", 8, "bscs_influence", 1, 5),
      ("efficacite_collective", 10, "efficacite", 10, 50),
      ("efficacite_collective", 10, "cohesion", 5, 25), ("lsns6", 12, "lsns6", 0, 30),
      ("lsns6", 12, "lsns_amis", 0, 15), ("lsns6", 12, "lsns_voisins", 0, 30),
      ("isolement", 7, "isolement_insee", 0, 6), ("isolement", 7, "isolement_credoc", 0, 5),
    ] as [(String, Int, String, Double, Double)] {
      let instrument = try XCTUnwrap(instruments[name], name)
      XCTAssertEqual(instrument.items.count, items, name)
      XCTAssertEqual(try XCTUnwrap(instrument.scale(scale), scale).range, low...high, scale)
    }
    let swemwbs = try XCTUnwrap(instruments["swemwbs"]?.scale("swmetric"))
    XCTAssertEqual(swemwbs.table.count, 29)
    for (a, b) in zip(swemwbs.table, swemwbs.table.dropFirst()) {
      XCTAssertLessThan(a.score, b.score)
    }
    // Only two questions point against cohesion, and they are not turned.
    let nci = try XCTUnwrap(instruments["nci18"]?.scale("nci18"))
    XCTAssertEqual(nci.items.filter { $0.points[1] == 1 }.map(\.name), ["nci5", "nci15"])
    XCTAssertEqual(instruments["djg6"]?.scale("lones")?.requirements.map(\.answered), [5])
  }

  /// What may not be printed is not there, and nothing is called official that was not checked.
  func testWordingIsPrintedOnlyWhereItMayBe() throws {
    let instruments = try Instruments(folder: Self.folder)
    for instrument in instruments.all {
      XCTAssertFalse(instrument.licence.fr.isEmpty, instrument.name)
      XCTAssertNotEqual(instrument.translation, .official, instrument.name)
      for item in instrument.items {
        XCTAssertEqual(
          item.wording[.fr] == nil, instrument.translation == .none, "\(instrument.name)")
        XCTAssertEqual(item.wording[.en] == nil, instrument.name == "swemwbs", item.name)
        XCTAssertFalse(item.label.fr.isEmpty)
      }
    }
    let swemwbs = try XCTUnwrap(instruments["swemwbs"])
    XCTAssertTrue(try XCTUnwrap(swemwbs.copyright).contains("all rights reserved"))
  }

  func testCutoffs() throws {
    let instruments = try Instruments(folder: Self.folder)
    func names(_ instrument: String, _ scale: String, _ score: Double) -> [String] {
      instruments[instrument]?.scale(scale)?.cutoffs(of: score).map(\.name) ?? ["?"]
    }
    XCTAssertEqual(names("ucla3", "ucla", 5), [])
    XCTAssertEqual(names("ucla3", "ucla", 6), ["lonely"])
    XCTAssertEqual(names("djg6", "lones", 4), ["moderate"])
    XCTAssertEqual(names("who5", "who5pct", 48), ["low"])
    XCTAssertEqual(names("who5", "who5pct", 28), ["low", "very_low"])
    XCTAssertEqual(names("who5", "who5pct", 52), [])
    XCTAssertEqual(names("lsns6", "lsns6", 11), ["at_risk"])
    XCTAssertEqual(names("lsns6", "lsns6", 12), [])
    XCTAssertEqual(names("ons4", "anxiete", 6), ["high"])
    // Every score of a scale with bands has one.
    for scale in ["satisfaction", "sens", "bonheur", "anxiete"] {
      for mark in 0...10 { XCTAssertEqual(names("ons4", scale, Double(mark)).count, 1) }
    }
    for mark in 0...6 { XCTAssertEqual(names("djg6", "lones", Double(mark)).count, 1) }
  }

  // MARK: Broken files

  private static let good = """
    {
      instrument: "x", catalogue: "SC-99", version: 1,
      title: {fr: "X", en: "X"}, description: {fr: "X.", en: "X."},
      source: "S", licence: {fr: "L", en: "L"}, translation: "none",
      answers: {
        yes: [{code: 0}, {code: 1}],
      },
      items: [
        {item: "a", answers: "yes", label: {fr: "A", en: "A"}},
        {item: "b", answers: "yes", label: {fr: "B", en: "B"}},
      ],
      scales: [
        {
          scale: "s", title: {fr: "S", en: "S"},
          items: ["a", "b"], total: "sum", better: "higher",
          cutoffs: [{cutoff: "c", at_least: 1, label: {fr: "C", en: "C"}}],
        },
      ],
    }
    """

  private func failure(_ text: String) throws -> Failure? {
    let work = try Workdir()
    try work.write("x.json5", text)
    do {
      _ = try Instruments(folder: work.path)
      return nil
    } catch let failure {
      return failure
    }
  }

  func testABrokenInstrumentIsToldWithLineAndColumn() throws {
    XCTAssertNil(try failure(Self.good))
    for (from, to, code, place) in [
      ("version: 1", "versoin: 1", "data.unknown-key", "2:40"),
      ("total: \"sum\"", "total: \"median\"", "data.value", "15:33"),
      ("translation: \"none\"", "translation: \"perhaps\"", "data.value", "4:58"),
      ("yes: [{code: 0}, {code: 1}]", "yes: [{code: 0}, {code: 0}]", "instrument.value", "6:22"),
      ("yes: [{code: 0}, {code: 1}]", "yes: [{code: 0}]", "instrument.value", "6:10"),
      ("item: \"b\"", "item: \"a\"", "instrument.value", "10:12"),
      (
        "item: \"b\", answers: \"yes\"", "item: \"b\", answers: \"yse\"", "instrument.value",
        "10:26"
      ),
      (
        "item: \"b\", answers: \"yes\"", "item: \"b\", wording: {fr: \"B ?\"}, answers: \"yes\"",
        "instrument.value", "10:31"
      ),
      ("items: [\"a\", \"b\"]", "items: [\"a\", \"d\"]", "instrument.value", "15:20"),
      ("items: [\"a\", \"b\"]", "items: [\"a\", \"a\"]", "instrument.value", "15:20"),
      ("items: [\"a\", \"b\"]", "items: []", "instrument.value", "15:14"),
      ("total: \"sum\"", "total: \"sum\", answered: 3", "instrument.value", "15:50"),
      ("total: \"sum\"", "total: \"sum\", reversed: [\"c\"]", "instrument.value", "15:51"),
      ("total: \"sum\"", "total: \"sum\", factor: 0", "instrument.value", "15:48"),
      ("total: \"sum\"", "total: \"sum\", decimals: 9", "instrument.value", "15:50"),
      (
        "total: \"sum\"", "total: \"sum\", each: [{items: [\"a\"], answered: 2}]",
        "instrument.value", "15:72"
      ),
      (
        "total: \"sum\"", "total: \"sum\", points: [{items: [\"a\"], codes: {\"0\": 1, \"2\": 0}}]",
        "instrument.value", "15:71"
      ),
      (
        "total: \"sum\"", "total: \"sum\", points: [{items: [\"a\"], codes: {\"o\": 1, \"1\": 0}}]",
        "instrument.value", "15:77"
      ),
      (
        "total: \"sum\"", "total: \"sum\", table: [{total: 0, score: 1}, {total: 1, score: 2}]",
        "instrument.value", "15:47"
      ),
      ("at_least: 1", "at_least: 3", "instrument.value", "16:17"),
      ("at_least: 1, ", "", "instrument.value", "16:17"),
    ] {
      XCTAssertTrue(Self.good.contains(from), from)
      let found = try XCTUnwrap(
        failure(Self.good.replacingOccurrences(of: from, with: to)), to)
      let first = try XCTUnwrap(found.diagnostics.first)
      XCTAssertEqual(first.code, code, to)
      XCTAssertEqual(
        first.location?.text.components(separatedBy: "x.json5:").last, place,
        "\(to): \(first.message.en)")
      XCTAssertEqual(found.status, .failed)
    }
  }

  func testANameIsDeclaredOnceAndANearNameIsOffered() throws {
    let work = try Workdir()
    try work.write("x.json5", Self.good)
    try work.write("y.json5", Self.good)
    XCTAssertThrowsError(try Instruments(folder: work.path)) { error in
      let first = (error as? Failure)?.diagnostics.first
      XCTAssertEqual(first?.code, "instrument.duplicate")
      XCTAssertEqual(first?.location?.file, work.path + "/y.json5")
    }
    let near = try failure(
      Self.good.replacingOccurrences(of: "answers: \"yes\"", with: "answers: \"yse\""))
    XCTAssertEqual(near?.diagnostics.first?.remedy?.fr, "vouliez-vous dire « yes » ?")
    XCTAssertEqual(try Instruments(folder: work.path + "/nothing").all.count, 0)
  }
}
