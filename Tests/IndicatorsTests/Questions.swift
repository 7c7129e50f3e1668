import Columns
import Diagnostics
import Model
import Periods

@testable import Indicators

/// A formula asked outside any definition file.
func indicator(
  _ formula: String, model: Model, cuts: [String] = [], known: Double = 0,
  instruments: Instruments = .none
) throws -> Indicator {
  try Indicator(
    definition: IndicatorDefinition(
      id: "essai", catalogue: "", version: 1, validFrom: "2026-01-01",
      title: Phrase(same: "essai"), dimension: "", axis: "", level: "output", unit: "",
      counts: Phrase(same: ""), additivity: .nonAdditive, formula: formula,
      formulaLocation: SourceLocation(file: "essai.json5", line: 1, column: 1), cuts: cuts,
      direction: "none", minimumKnownShare: known, note: Phrase(same: ""), source: "",
      frameworks: [:], isSurvey: false), model: model, instruments: instruments)
}

/// The estimate of a formula for one residence (all together by default) and period.
func estimate(
  _ formula: String, _ source: MemorySource, period: String = "2024",
  residence: String = "_total", cuts: [(String, String)] = [], filter: String? = nil
) throws -> Estimate {
  let question = try indicator(formula, model: source.model, cuts: [])
  let table = try Evaluator(model: source.model, source: source).compute(
    question, cuts: cuts.map(\.0), filter: filter, periods: [Period(period)])
  let row = table.rows.first { $0.residence == residence && $0.cuts == cuts.map(\.1) }
  guard let row else { throw MissingRow(residence: residence) }
  return row.estimate
}

struct MissingRow: Error { var residence: String }
