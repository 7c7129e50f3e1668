import Periods
import XCTest

@testable import Indicators

/// Figures of the sample for the quality of its surveys and for social value, in one residence in
/// 2024: looked at, and kept.
enum SurveyFigures {
  /// Value and ends, by definition.
  private static let expected: [(id: String, value: Double, low: Double?, high: Double?)] = [
    ("taux-reponse", 0.72, nil, nil),
    ("taux-reponse-menages", 0.866666667, nil, nil),
    ("representativite", 0.523677863, nil, nil),
    ("representativite-ages", 0.157696278, nil, nil),
    ("representativite-ajustee", 0.636762357, nil, nil),
    ("representativite-pcs", 0.130658034, nil, nil),
    ("representativite-residences", 0.0, nil, nil),
    ("representativite-sexes", 0.0870288801, nil, nil),
    ("dissemblance-repondants-ages", 0.0487625582, nil, nil),
    ("dissemblance-repondants-pcs", 0.0856187291, nil, nil),
    ("dissemblance-repondants-residences", 0.0, nil, nil),
    ("dissemblance-repondants-sexes", 0.0808625337, nil, nil),
    ("ecart-quota", 0.0, nil, nil),
    ("appartenance-brute", 0.692307692, 0.613946963, 0.760955772),
    ("appartenance-redressee", 0.642766955, 0.573490092, 0.706549166),
    ("confiance-redressee", 5.98954118, 5.78684803, 6.19223434),
    ("poids-maximal", 3.44155844, nil, nil),
    ("taille-efficace", 44.0849218, nil, nil),
    ("ecart-gardes-perdus", -0.143678161, nil, nil),
    ("panel-garde", 0.828571429, nil, nil),
    ("panel-departs", 0.166666667, nil, nil),
    ("sroi", 1.31371333, 0.215643374, 2.64820752),
    ("sroi-mesuree", 0.161534958, nil, nil),
    ("sroi-supposee", 0.0107025476, nil, nil),
    ("valeur-sociale", 39844.545, 7148.415, 74384.5),
    ("valeur-bien-etre", 3600.0, 1462.5, 6750.0),
    ("seuil-sans-projet", 0.331261917, 0.0, 0.633692818),
    ("sroi-sensibilite-autres", 1.31371333, 1.05230426, 1.48798603),
    ("sroi-sensibilite-deplacement", 1.31371333, 1.18006792, 1.33645407),
    ("sroi-sensibilite-erosion", 1.31371333, 1.2400054, 1.38742125),
    ("sroi-sensibilite-quantites", 1.31371333, 0.689394334, 1.35261695),
    ("sroi-sensibilite-sans-projet", 1.31371333, 1.08941026, 1.4632487),
    ("sroi-sensibilite-taux", 1.31371333, 1.27921309, 1.34996624),
    ("sroi-sensibilite-valeurs", 1.31371333, 0.751693764, 1.82423729),
  ]

  /// Compares the sample's figures.
  static func assertFigures(_ evaluator: Evaluator, _ catalogue: Catalogue) throws {
    for (id, value, low, high) in expected {
      let table = try evaluator.compute(
        try XCTUnwrap(catalogue.find(id).first), periods: [Period("2024")])
      let row = try XCTUnwrap(table.rows.first { $0.residence == "passerelle" })
      for (number, got) in [
        (value, row.estimate.value), (low, row.estimate.low), (high, row.estimate.high),
      ] {
        guard let number else {
          XCTAssertNil(got, id)
          continue
        }
        XCTAssertEqual(got ?? .nan, number, accuracy: 1e-7 * max(1, abs(number)), id)
      }
    }
  }
}
