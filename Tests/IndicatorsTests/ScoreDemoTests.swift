import Demo
import Foundation
import Model
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// The figures of questionnaires in the sample, as `lien compute` prints them after its sheets are
/// imported; here from the answers themselves.
final class ScoreDemoTests: XCTestCase {
  /// All residences together, and « Le Moulin des Cigales ».
  private static let figures: [String: [Double]] = [
    "bien-etre-mental-faible": [0.275295, 0.185905],
    "bien-etre-mental": [22.189315, 23.018580],
    "bien-etre-oms-faible": [0.268167, 0.196332],
    "bien-etre-oms": [62.574497, 67.418152],
    "cohesion-buckner": [3.579454, 3.659287],
    "cohesion-confiance": [17.058945, 17.452106],
    "cohesion-courte": [3.605244, 3.672139],
    "communaute-attache": [3.639686, 3.695284],
    "communaute-besoins": [3.410198, 3.527789],
    "communaute-influence": [3.478528, 3.539554],
    "communaute-membres": [3.570116, 3.703245],
    "controle-social": [16.936014, 17.314093],
    "efficacite-collective": [33.933052, 34.640492],
    "evolution-appartenance-mieux": [0.318888, 0.253263],
    "evolution-appartenance-moins-bien": [0.107560, 0.088619],
    "evolution-appartenance-paires": [273.000000, 44.000000],
    "evolution-appartenance-taille": [0.349752, 0.275037],
    "evolution-appartenance": [0.214933, 0.164644],
    "evolution-bien-etre-mieux": [0.292727, 0.386581],
    "evolution-bien-etre-moins-bien": [0.121545, 0.116613],
    "evolution-bien-etre-paires": [261.000000, 44.000000],
    "evolution-bien-etre-taille": [0.297272, 0.415646],
    "evolution-bien-etre": [3.612703, 5.060703],
    "evolution-solitude-mieux": [0.154429, 0.084954],
    "evolution-solitude-moins-bien": [0.079829, 0.022803],
    "evolution-solitude-paires": [268.000000, 45.000000],
    "evolution-solitude-taille": [-0.171773, -0.265740],
    "evolution-solitude": [-0.217474, -0.250838],
    "influence-mot": [0.310058, 0.387374],
    "influence-pouvoir": [0.398991, 0.475659],
    "isolement-credoc": [0.045958, 0.031270],
    "isolement-insee": [0.078335, 0.041623],
    "ons-anxiete": [2.767752, 2.335393],
    "ons-bonheur": [7.798942, 8.129615],
    "ons-satisfaction": [6.774853, 7.152813],
    "ons-sens": [7.321870, 7.575947],
    "reseau-isolement": [0.184044, 0.136795],
    "reseau-social": [16.453062, 17.794695],
    "reseau-voisins": [16.787467, 17.903338],
    "sentiment-communaute": [3.524728, 3.613849],
    "solitude-directe": [0.029768, 0.009364],
    "solitude-djg-forte": [0.207690, 0.163348],
    "solitude-djg-moderee": [0.504757, 0.429538],
    "solitude-djg": [2.167489, 1.738450],
    "solitude-emotionnelle": [1.003051, 0.804665],
    "solitude-sociale": [1.176187, 0.952935],
    "solitude-ucla-jamais": [0.361808, 0.473218],
    "solitude-ucla-parfois": [0.413798, 0.339799],
    "solitude-ucla-seuil": [0.224394, 0.186983],
    "solitude-ucla": [4.375163, 4.084088],
  ]

  func testFiguresOfTheSample() throws {
    let data = DemoData()
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], data.residences.map { [$0.key] })
    try source.add(
      "response",
      ["instrument", "wave", "date", "residence", "respondent", "item", "value", "weight"],
      (data.answers + data.life.answers).map { a in
        [
          a.instrument, a.wave, a.date.iso, a.residence, a.person, a.item,
          a.value.map { "\($0)" } ?? "", "\(Double(a.weightHundredths) / 100)",
        ]
      })
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    let evaluator = Evaluator(model: source.model, source: source)
    let codes = ["SC-", "COH-06", "EMP-09"]
    for indicator in catalogue.indicators {
      let d = indicator.definition
      guard codes.contains(where: d.catalogue.hasPrefix) else { continue }
      let known = try XCTUnwrap(Self.figures[d.id], "\(d.id) has no figure")
      let table = try evaluator.compute(indicator, periods: [Period("2024")])
      for (residence, figure) in zip(["_total", "moulin"], known) {
        let row = try XCTUnwrap(table.rows.first { $0.residence == residence })
        let value = try XCTUnwrap(row.estimate.value, "\(d.id) \(residence)")
        XCTAssertEqual(value, figure, accuracy: 1e-6, "\(d.id) \(residence)")
        XCTAssertGreaterThanOrEqual(row.estimate.knownShare, d.minimumKnownShare, d.id)
        // A survey tells its precision; counts and sizes of changes have no interval.
        guard d.unit == "share" || d.unit == "score" else { continue }
        let (low, high) = (row.estimate.low, row.estimate.high)
        XCTAssertLessThan(try XCTUnwrap(low, d.id), value, d.id)
        XCTAssertGreaterThan(try XCTUnwrap(high, d.id), value, d.id)
      }
    }
    XCTAssertEqual(
      Set(
        catalogue.definitions.filter { d in codes.contains(where: d.catalogue.hasPrefix) }.map(\.id)
      ),
      Set(Self.figures.keys))
    let found = Set(catalogue.definitions.map(\.catalogue))
    for code in (1...12).map({ $0 < 10 ? "SC-0\($0)" : "SC-\($0)" }) + ["COH-06", "EMP-09"] {
      XCTAssertTrue(found.contains(code), "\(code) has no definition")
    }
  }
}
