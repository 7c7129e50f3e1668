import Diagnostics
import Foundation
import Model
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// Every mistake in a formula is told with its column, what was expected and, where there is
/// one, the nearest right word.
final class FormulaErrorTests: XCTestCase {
  private func failure(_ formula: String, file: StaticString = #filePath, line: UInt = #line)
    throws -> Diagnostic
  {
    let model = try MemorySource.repositoryModel()
    do {
      _ = try indicator(formula, model: model)
    } catch let failure as Failure {
      return try XCTUnwrap(failure.diagnostics.first)
    }
    XCTFail("no error for \(formula)", file: file, line: line)
    return Diagnostic(code: "", Phrase(same: ""))
  }

  func testMistakesAreToldWithTheirColumn() throws {
    let cases: [(String, String, Int)] = [
      ("count(atendance)", "formula.unknown-table", 7),
      ("distinct(attendance.residnt)", "formula.unknown-name", 10),
      ("cuont(attendance)", "formula.unknown-function", 1),
      ("count(attendance", "formula.syntax", 17),
      ("count(attendance) count(activity)", "formula.syntax", 19),
      ("share(activity.led_by = \"habitant\")", "formula.value", 25),
      ("sum(activity.theme)", "formula.type", 5),
      ("count(attendance where activity.theme = \"jardin\")", "formula.other-table", 24),
      ("gini(attendance.resident)", "formula.arguments", 1),
      ("mean(resident.surname per attendance.resident)", "formula.identifying", 6),
      ("distinct(resident.surname)", "formula.identifying", 10),
      ("population(attendance, average)", "formula.register", 12),
      ("population(resident, moyenne)", "formula.mode", 22),
      ("count(attendance) >= 3", "formula.type", 19),
      ("3 + 4", "formula.constant", 1),
      ("share(count(attendance) per attendance.resident)", "formula.type", 7),
      ("count(attendance where attendance.session.date > \"2024-13-01\")", "formula.date", 50),
      ("top_share(count(attendance) per attendance.resident, 3)", "formula.arguments", 1),
      ("ties(attendance.resident per attendance.session, meetings: 3)", "formula.label", 60),
      ("count(attendance where attendance.session.theme = 'jardin)", "formula.string", 51),
      ("count(attendance # 3)", "formula.character", 18),
      ("weighted_mean(response.value)", "formula.arguments", 1),
      ("all(3)", "formula.arguments", 1),
      ("count(attendance.resident)", "formula.arguments", 7),
      ("count(need where days(need.logged, need.theme) > 3)", "formula.type", 36),
      ("count(need where days(need.logged) > 3)", "formula.arguments", 18),
      ("count(need where need.logged < period.stop)", "formula.period", 32),
      ("count(need where need.logged < period.end + 3)", "formula.type", 32),
      ("sum(days_present(attendance))", "formula.register", 18),
      (
        "count(contact where known(first_date(dwelling per contact.dwelling)))",
        "formula.arguments", 38
      ),
      ("count(contact where known(first_date(attendance)))", "formula.arguments", 38),
      (
        "count(contact where known(date_before(favour per contact.resident)))", "formula.ambiguous",
        39
      ),
      (
        "count(contact where known(first_date(attendance where attendance.resident.age > 60 per contact.resident)))",
        "formula.period", 79
      ),
      (
        "count(contact where known(date_after(need per contact.resident, by: need.residence)))",
        "formula.type", 69
      ),
      ("before(population(resident, average))", "formula.window", 8),
      ("last_period(so_far(count(attendance)))", "formula.window", 13),
      ("before(count(resident))", "formula.date", 8),
      ("before(3)", "formula.arguments", 1),
      ("share(count(favour) > 0 per resident)", "formula.ambiguous", 7),
      ("share(count(activity) > 0 per resident)", "formula.path", 7),
      ("share(count(favour per favour.residence) > 0 per resident)", "formula.type", 24),
      (
        "share(count(attendance) = 0 per dwelling among population(resident.dwelling, average))",
        "formula.average", 59
      ),
      (
        "share(count(attendance) = 0 per dwelling among population(resident, any))",
        "formula.among",
        48
      ),
      ("share(count(activity) + (count(activity) > 0) > 1 per activity)", "formula.type", 42),
      ("survival(attendance.resident, at: 365)", "formula.arguments", 1),
      ("survival(attendance.resident, lapse: 90)", "formula.arguments", 1),
      ("survival_median(attendance.resident, lapse: 90, at: 3)", "formula.label", 53),
      (
        "survival(attendance.resident, lapse: 90, at: 3, register: dwelling)", "formula.register",
        59
      ),
      (
        "survival(attendance.resident, lapse: 90, at: 3, closed_from: closure.first)",
        "formula.arguments", 62
      ),
      ("survival(resident.resident, lapse: 90, at: 3)", "formula.date", 1),
      ("km(count(attendance) per attendance.resident, at: 3)", "formula.arguments", 1),
      (
        "km_median(count(attendance) per attendance.resident, event: count(attendance))",
        "formula.type", 61
      ),
      ("union_hours(booking.start, booking.end)", "formula.arguments", 1),
      ("share_of_weeks(resident)", "formula.arguments", 16),
      ("iqv(activity.theme, classes: 1)", "formula.arguments", 30),
      ("least_share(count(attendance) per attendance.resident, 2)", "formula.arguments", 1),
      (
        "dissimilarity(attendance.resident.sex per attendance.resident, resident.age_band)",
        "formula.type", 64
      ),
      (
        "dissimilarity(attendance.resident.sex per attendance.resident, resident.sex, throughout)",
        "formula.mode", 78
      ),
    ]
    for (formula, code, column) in cases {
      let found = try failure(formula)
      XCTAssertEqual(found.code, code, formula)
      XCTAssertEqual(found.location?.column, column, formula)
      XCTAssertFalse(found.message.fr.isEmpty)
    }
  }

  func testTheNearestRightWordIsOffered() throws {
    XCTAssertEqual(
      try failure("distinct(attendance.residnt)").remedy?.fr, "vouliez-vous dire « resident » ?")
    XCTAssertEqual(
      try failure("cuont(attendance)").remedy?.en, "did you mean “count”?")
    let values = try failure("share(activity.led_by = \"habitant\")").remedy
    XCTAssertTrue(try XCTUnwrap(values).fr.contains("resident, co_led, animator, partner"))
  }

  func testDeepNestingIsRefusedNotFollowed() throws {
    let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
    XCTAssertEqual(try failure(deep).code, "formula.depth")
    let minus = String(repeating: "-", count: 5000) + "1"
    XCTAssertEqual(try failure(minus).code, "formula.depth")
  }

  /// Random cuts and shuffles of a right formula are read or refused; nothing traps.
  func testMangledFormulasNeverTrap() throws {
    let model = try MemorySource.repositoryModel()
    let whole = Array(
      "share(distinct(attendance.session.date.week where known(date_before(need per attendance.resident))) / months_open(resident, activity) >= 1 and not before(count(contact where days(contact.date, period.end) > 9)) > 0 per resident among population(resident, throughout))"
    )
    var g = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      var text = whole
      for _ in 0..<Int.random(in: 1...6, using: &g) {
        let i = Int.random(in: 0..<text.count, using: &g)
        switch Int.random(in: 0..<3, using: &g) {
        case 0: text.remove(at: i)
        case 1: text.swapAt(i, Int.random(in: 0..<text.count, using: &g))
        default: text.insert(whole[Int.random(in: 0..<whole.count, using: &g)], at: i)
        }
      }
      do {
        _ = try indicator(String(text), model: model)
      } catch let failure as Failure {
        XCTAssertNotNil(failure.diagnostics.first?.location?.column)
      }
    }
  }

  func testAFilterThatCannotApplyToOneSideIsAnErrorNeverDropped() throws {
    let source = try World.make(seed: 5, model: MemorySource.repositoryModel())
    let question = try indicator(
      "count(attendance) / population(resident, average)", model: source.model)
    XCTAssertThrowsError(
      try Evaluator(model: source.model, source: source).compute(
        question, filter: "theme = \"jardin\"", periods: [Period("2024")])
    ) { error in
      let failure = error as? Failure
      XCTAssertEqual(failure?.status, .usage)
      XCTAssertEqual(failure?.diagnostics.first?.code, "formula.unknown-cut")
    }
    XCTAssertThrowsError(
      try Evaluator(model: source.model, source: source).compute(
        question, cuts: ["theme"], periods: [Period("2024")])
    ) { XCTAssertEqual(($0 as? Failure)?.diagnostics.first?.code, "cut.unknown") }
  }

  func testADefinitionFileTellsFileLineAndColumn() throws {
    let work = try Workdir()
    let good = try String(
      contentsOfFile: Places.root + "/indicators/definitions/participation/presences.json5",
      encoding: .utf8)
    let broken = good.replacingOccurrences(
      of: "count(attendance)", with: "count(attendance where attendance.rôle = \"lead\")")
    let quoted = broken.replacingOccurrences(
      of: "formula: \"count(attendance where attendance.rôle = \"lead\")\"",
      with: "formula: 'count(attendance where attendance.rôle = \"lead\")'")
    let path = try work.write("d/essai.json5", quoted)
    XCTAssertThrowsError(
      try Catalogue(folder: work.path + "/d", model: MemorySource.repositoryModel())
    ) { error in
      let diagnostic = (error as? Failure)?.diagnostics.first
      XCTAssertEqual(diagnostic?.code, "formula.unknown-name")
      XCTAssertEqual(diagnostic?.location?.file, path)
      let lines = quoted.split(separator: "\n", omittingEmptySubsequences: false)
      let line = lines.firstIndex { $0.contains("formula:") }.map { $0 + 1 }
      XCTAssertEqual(diagnostic?.location?.line, line)
      // The column of « attendance.rôle » in the file, not in the formula.
      let text = lines[(line ?? 1) - 1]
      let at = text.range(of: "attendance.rôle").map {
        text.distance(from: text.startIndex, to: $0.lowerBound) + 1
      }
      XCTAssertEqual(diagnostic?.location?.column, at)
    }
  }
}
