import Periods
import TestSupport
import XCTest

@testable import Indicators
@testable import Statistics

/// Surveys asked in formulas, on samples small enough to be worked out by hand.
final class SurveyLanguageTests: XCTestCase {
  /// `people` live in a; those of `answers` answered, with a value or without.
  private func world(
    people: Int, sex: (Int) -> String = { $0 % 2 == 0 ? "f" : "m" },
    answers: [(person: Int, wave: String, value: String)]
  ) throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"]])
    try source.add(
      "resident", ["resident", "residence", "kind", "arrival", "sex", "birth_year"],
      (0..<people).map { ["p\($0)", "a", "resident", "2020-01-01", sex($0), "1970"] })
    try source.add(
      "response",
      ["instrument", "wave", "date", "residence", "respondent", "item", "value", "weight"],
      answers.map { ["e", $0.wave, "2024-05-01", "a", "p\($0.person)", "q", $0.value, "1"] })
    return source
  }

  private let share =
    #"weighted_share(response.value >= 3 where response.item = "q", weight: response.weight"#
  private let population = ", population: population(resident, end))"

  private func answers(_ count: Int, holding: Int, wave: String = "1")
    -> [(person: Int, wave: String, value: String)]
  {
    (0..<count).map { ($0, wave, $0 < holding ? "4" : "1") }
  }

  // MARK: Intervals

  /// One in twenty asked: as if of an endless population; more: √(1 − n/N).
  func testTheFinitePopulationCountsFromOneInTwenty() throws {
    for (people, factor) in [(200, 1.0), (199, (1 - 10.0 / 199).squareRoot()), (10, 0)] {
      let source = try world(people: people, answers: answers(10, holding: 4))
      let plain = try estimate(share + ")", source)
      let finite = try estimate(share + population, source)
      let error = try XCTUnwrap(plain.standardError)
      XCTAssertEqual(error, (0.24 / 9).squareRoot(), accuracy: 1e-12)
      XCTAssertEqual(try XCTUnwrap(finite.standardError), error * factor, accuracy: 1e-12)
      XCTAssertEqual(finite.value, 0.4)
      let survey = try estimate(
        #"survey_share(response.value >= 3 where response.item = "q", weight: response.weight"#
          + population, source)
      XCTAssertEqual(
        try XCTUnwrap(survey.standardError), error * factor, accuracy: 1e-12, "\(people)")
    }
  }

  /// At 0 and 1 the linearised error is 0: the interval is that of the number of answers.
  func testNobodyAndEverybodyHaveAnExactInterval() throws {
    for holding in [0, 10] {
      let source = try world(people: 40, answers: answers(10, holding: holding))
      let bounds = try Interval.clopperPearson(holding, of: 10)
      for formula in [share + population, share + ")"] {
        let got = try estimate(formula, source)
        XCTAssertEqual(got.value, Double(holding) / 10)
        XCTAssertEqual(got.low ?? .nan, bounds.0, accuracy: 1e-12)
        XCTAssertEqual(got.high ?? .nan, bounds.1, accuracy: 1e-12)
      }
    }
    let alone = try estimate(
      share + ")", try world(people: 9, answers: answers(1, holding: 1)))
    XCTAssertEqual(alone.low ?? .nan, 0.025, accuracy: 1e-12)
    XCTAssertEqual(alone.high, 1)
  }

  /// A wave is no part of the register: each is a sample of the same population, however asked.
  func testAWaveDoesNotDivideThePopulation() throws {
    let source = try world(
      people: 40,
      answers: answers(10, holding: 4) + answers(20, holding: 5, wave: "2"))
    for (wave, n) in [("1", 10.0), ("2", 20.0)] {
      let factor = (1 - n / 40).squareRoot()
      let p = wave == "1" ? 0.4 : 0.25
      let error = (p * (1 - p) / (n - 1)).squareRoot() * factor
      let cut = try estimate(share + population, source, cuts: [("wave", wave)])
      XCTAssertEqual(try XCTUnwrap(cut.standardError), error, accuracy: 1e-12)
      let filter = try estimate(share + population, source, filter: "wave = \"\(wave)\"")
      XCTAssertEqual(try XCTUnwrap(filter.standardError), error, accuracy: 1e-12)
    }
    // What people are divides both: of the first wave, five of twenty women answered.
    let women = try estimate(
      share + population, source, filter: "wave = \"1\" and sex = \"f\"")
    XCTAssertEqual(
      try XCTUnwrap(women.standardError),
      (0.24 / 4 * (1 - 5.0 / 20)).squareRoot(), accuracy: 1e-12)
  }

  // MARK: Raking

  private let raked = #"where response.item = "q", margin: response.respondent.sex = resident.sex"#

  /// Three women and one man answered, of five and five: a man weighs three women.
  func testRakingToTheRegister() throws {
    let source = try world(
      people: 10,
      answers: [(0, "1", "4"), (2, "1", "1"), (4, "1", "1"), (1, "1", "4")])
    let got = try estimate("survey_share(response.value >= 3 \(raked)\(population)", source)
    XCTAssertEqual(got.value ?? .nan, 0.5 / 3 + 0.5, accuracy: 1e-12)
    XCTAssertEqual(got.denominator ?? .nan, 10, accuracy: 1e-9)
    XCTAssertEqual(got.persons, 4)
    let size = try estimate("survey_size(response \(raked)\(population)", source)
    XCTAssertEqual(size.value ?? .nan, 100 / (3 * (25.0 / 9) + 25), accuracy: 1e-9)
    let most = try estimate("survey_greatest_weight(response \(raked)\(population)", source)
    XCTAssertEqual(most.value ?? .nan, 2, accuracy: 1e-9)
    // By sex: a domain of the one sample; within it all weigh the same.
    let women = try estimate(
      "survey_share(response.value >= 3 \(raked)\(population)", source, cuts: [("sex", "f")])
    XCTAssertEqual(women.value ?? .nan, 1.0 / 3, accuracy: 1e-12)
    XCTAssertEqual(women.denominator ?? .nan, 5, accuracy: 1e-9)
  }

  func testWeightsOverTheCapAreRefusedOrTrimmed() throws {
    let source = try world(
      people: 10,
      answers: [(0, "1", "4"), (2, "1", "1"), (4, "1", "1"), (1, "1", "4")])
    let head = "survey_share(response.value >= 3 \(raked)"
    let refused = try estimate("\(head), cap: 1.5\(population)", source)
    XCTAssertNil(refused.value)
    XCTAssertEqual(refused.reason, .heavyWeights)
    XCTAssertNotNil(try estimate("\(head), cap: 2\(population)", source).value)
    let trimmed = try estimate("\(head), cap: 1.5, over: trim\(population)", source)
    // 1.5 for the man; the half taken off him is shared by the three: 2.5/3 each.
    XCTAssertEqual(trimmed.value ?? .nan, (2.5 / 3 + 1.5) / 4, accuracy: 1e-12)
  }

  func testClassesWithoutRespondents() throws {
    let women: [(person: Int, wave: String, value: String)] = [
      (0, "1", "4"), (2, "1", "1"), (4, "1", "1"),
    ]
    let source = try world(people: 10, answers: women)
    let head = "survey_mean(response.value \(raked)"
    let refused = try estimate(head + population, source)
    XCTAssertNil(refused.value)
    XCTAssertEqual(refused.reason, .emptyClass)
    let aside = try estimate("\(head), empty: aside\(population)", source)
    XCTAssertEqual(aside.value ?? .nan, 2, accuracy: 1e-12)
    XCTAssertEqual(aside.denominator ?? .nan, 10, accuracy: 1e-9)
    // Of some nothing is known: no class of its own is missed, and one that answered is kept.
    func sex(_ person: Int) -> String { person < 6 ? "f" : person < 10 ? "m" : "" }
    let unknown = try world(people: 12, sex: sex, answers: women + [(7, "1", "4")])
    XCTAssertEqual(
      try estimate(head + population, unknown).value ?? .nan, 2.8, accuracy: 1e-12)
    let met = try world(
      people: 12, sex: sex, answers: women + [(7, "1", "4"), (11, "1", "1")])
    XCTAssertEqual(
      try estimate(head + population, met).value ?? .nan, 2.5, accuracy: 1e-12)
    // A respondent of a class that the register does not have.
    let gone = try world(people: 10, sex: { _ in "f" }, answers: women)
    var other = gone
    try other.add(
      "response", ["instrument", "wave", "date", "residence", "respondent", "item", "value"],
      [
        ["e", "1", "2024-05-01", "a", "p0", "q", "1"],
        ["e", "1", "2024-05-01", "a", "x", "q", "1"],
      ])
    XCTAssertEqual(try estimate(head + population, other).reason, .emptyClass)
  }

  // MARK: Representativeness

  /// One variable: propensities are its shares. Four of five women answered, two of five men.
  func testTheIndicatorOfOneVariable() throws {
    var source = try world(people: 10, answers: [])
    var asked = (0..<10).map { p -> [String] in
      let did = p % 2 == 0 ? p < 8 : p < 4
      return ["e", "1", "2024-05-01", "a", "p\(p)", did ? "answered" : "refused"]
    }
    asked.append(["e", "1", "2024-05-01", "a", "p3", "ineligible"])
    asked.append(["e", "1", "2024-05-01", "a", "p5", ""])
    try source.add(
      "panel", ["instrument", "wave", "invited", "residence", "respondent", "outcome"], asked)
    let head =
      #"r_indicator(panel.outcome = "answered" where panel.outcome != "ineligible", by: panel.respondent.sex"#
    let got = try estimate(head + ")", source)
    XCTAssertEqual(got.value ?? .nan, 1 - 2 * (10 * 0.04 / 9.0).squareRoot(), accuracy: 1e-9)
    XCTAssertEqual(got.unknown, 1)
    let partial = try estimate(head + ", partial: panel.respondent.sex)", source)
    XCTAssertEqual(partial.value ?? .nan, 0.2, accuracy: 1e-12)
    let none = try estimate(head + ")", source, period: "2023")
    XCTAssertNil(none.value)
  }

  // MARK: What is written wrong

  func testWhatIsWrittenWrongIsSaid() throws {
    let model = try MemorySource.repositoryModel()
    let mean = #"survey_mean(response.value where response.item = "q""#
    for (formula, word) in [
      (mean + ", margin: response.respondent.sex = resident.sex)", "population:"),
      (
        mean + ", margin: response.respondent.sex, population: population(resident, end))",
        "margin:"
      ),
      (
        mean
          + ", margin: response.respondent.sex = resident.pcs, population: population(resident, end))",
        "même catégorie"
      ),
      (mean + ", cap: 5)", "calage"),
      (
        mean
          + ", margin: response.respondent.sex = resident.sex, cap: 1, population: population(resident, end))",
        "cap:"
      ),
      ("survey_size(response.value)", "table"),
      (#"r_indicator(panel.outcome = "answered")"#, "by:"),
      ("social_return(outcome, rate: 0.035)", "inputs:"),
      ("social_return(ledger, inputs: sum(ledger.amount), rate: 0.035)", "colonne"),
      ("social_return(outcome, inputs: count(ledger), rate: 0.035)", "somme"),
      ("social_value(outcome, vary: deadweigth)", "deadweight"),
      ("evidenced_share(outcome, rate: 0.035)", "when:"),
    ] {
      XCTAssertThrowsError(try indicator(formula, model: model), formula) { error in
        XCTAssertTrue("\(error)".contains(word), "\(formula): \(error)")
      }
    }
  }

  /// SQL is not written for what it cannot say: it says so.
  func testSQLSaysThatItCannot() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    for (id, word) in [
      ("taille-efficace", "poids"), ("representativite", "chances"), ("sroi", "hypothèse"),
    ] {
      let indicator = try XCTUnwrap(catalogue.find(id).first)
      XCTAssertFalse(indicator.hasSQL)
      XCTAssertThrowsError(
        try SQLWriter.statement(
          indicator, periods: [Period("2024")], model: model, dialect: .sqlite)
      ) { XCTAssertTrue("\($0)".contains(word), "\($0)") }
    }
    XCTAssertTrue(try XCTUnwrap(catalogue.find("taux-reponse").first).hasSQL)
  }
}
