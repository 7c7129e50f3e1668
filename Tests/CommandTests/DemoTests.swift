import Demo
import Foundation
import TestSupport
import XCTest

/// What the generator knows of its own events, made once: it is slow when not optimised.
enum Known {
  static let data = DemoData()
  static let totals = data.knownTotals()
}

/// The demo: its figures are those of the generator's own list of events.
final class DemoTests: XCTestCase {
  /// One value as `lien compute` gives it.
  private struct Row: Decodable {
    var indicator: String
    var period: String
    var residence: String
    var value: Double?
    var numerator: Double?
    var denominator: Double?
    var status: String
  }

  private func compute(_ arguments: [String]) throws -> [Row] {
    let project = try SampleProject.shared()
    let run = try Program.run(
      ["compute"] + arguments + ["--json"], in: project.folder,
      environment: ["LIEN_PROJECT": project.path])
    assertStatus(run, 0)
    return try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
  }

  /// The indicator that measures each known total; one value of a cut, where it is one.
  private let indicators: [(measure: KnownMeasure, id: String)] = [
    (.attendances, "presences"), (.participants, "participants"), (.sessions, "seances"),
    (.participantHours, "heures-participant"), (.meanAttendance, "frequentation-moyenne"),
    (.householdReach, "menages-touches"), (.residentReach, "taux-participation"),
    (.nonResidentShare, "ouverture-quartier"),
    (.meanSessions, "seances-par-participant-moyenne"),
    (.medianSessions, "seances-par-participant"), (.regulars, "reguliers"),
    (.gini, "gini-participants"), (.giniAdjustedResidents, "gini-ajuste"),
    (.topTenthShare, "part-du-noyau"), (.blauAgeBands, "diversite-ages-brute"),
    (.residentLed, "seances-portees"), (.expenses, "depenses"),
    (.costPerParticipant, "cout-par-participant"),
  ]

  private func assertAgree(_ a: Double?, _ b: Double?, _ what: String) {
    guard let a, let b else {
      XCTAssertEqual(
        a == nil, b == nil, "\(what): \(String(describing: a)), \(String(describing: b))")
      return
    }
    XCTAssertLessThanOrEqual(abs(a - b), 1e-9 * max(1, abs(a)), "\(what): \(a), \(b)")
  }

  func testKnownTotalsAreWhatComputeGivesForEveryResidenceAndYear() throws {
    let known = Known.totals
    let years = Set(known.map(\.year)).sorted()
    let rows = try compute(
      indicators.map(\.id) + ["--by", "year", "--period", "\(years[0])..\(years[years.count - 1])"])
    let found = Dictionary(
      uniqueKeysWithValues: rows.map { ("\($0.indicator) \($0.period) \($0.residence)", $0) })
    for (measure, id) in indicators {
      let totals = known.filter { $0.measure == measure }
      XCTAssertEqual(totals.count, 9 * years.count, measure.rawValue)
      for total in totals {
        let what = "\(id) \(total.year) \(total.residence)"
        guard let row = found[what] else {
          XCTFail("\(what) has no row")
          continue
        }
        assertAgree(total.value, row.value, what)
        if total.denominator != nil, row.denominator != nil, measure != .topTenthShare {
          assertAgree(total.denominator, row.denominator, what + " (denominator)")
        }
      }
    }
  }

  /// (P_g ÷ P) ÷ (N_g ÷ N), each side among those whose sex, or age, is known.
  func testRepresentationIsThatOfTheKnownTotals() throws {
    struct CutRow: Decodable {
      var period: String
      var residence: String
      var sex: String?
      var age_band: String?
      var value: Double?
      var unknown: Double?
      var denominator: Double?
    }
    let project = try SampleProject.shared()
    let years = Set(Known.totals.map(\.year)).sorted()
    for (cut, group, measure) in [
      ("sex", "f", KnownMeasure.representationWomen), ("age_band", "60+", .representationSeniors),
    ] {
      let run = try Program.run(
        [
          "compute", "representation", "--by", "year,\(cut)", "--period",
          "\(years[0])..\(years[years.count - 1])", "--json",
        ], in: project.folder, environment: ["LIEN_PROJECT": project.path])
      assertStatus(run, 0)
      let rows = try JSONDecoder().decode([CutRow].self, from: Data(run.output.utf8))
      var compared = 0
      for row in rows where (row.sex ?? row.age_band) == group {
        let known = Known.totals.first {
          $0.measure == measure && String($0.year) == row.period && $0.residence == row.residence
        }
        let what = "representation \(row.period) \(row.residence) \(group)"
        assertAgree(known?.value, row.value, what)
        assertAgree(known?.denominator, row.denominator, what + " (denominator)")
        compared += 1
      }
      XCTAssertEqual(compared, 9 * years.count)
      XCTAssertTrue(rows.contains { ($0.sex ?? $0.age_band) == group && ($0.unknown ?? 0) > 0 })
      for row in rows where (row.sex ?? row.age_band) == "_unknown" { XCTAssertNil(row.value) }
    }
  }

  func testEveryIndicatorHasAValueForAtLeastOneResidence() throws {
    let project = try SampleProject.shared()
    struct Definition: Decodable {
      var id: String
      var catalogue: String
    }
    let list = try project.lien("indicators", "--json")
    assertStatus(list, 0)
    let definitions = try JSONDecoder().decode([Definition].self, from: Data(list.output.utf8))
    XCTAssertGreaterThan(definitions.count, 16)
    let rows = try compute(definitions.map(\.id) + ["--by", "year", "--period", "2022..2024"])
    let given = Set(rows.filter { $0.residence != "_total" && $0.status == "V" }.map(\.indicator))
    // What the residences of the sample do not do, the examples drawn from documents show.
    let rest = Set(definitions.map(\.id)).subtracting(given)
    let shown = try ExampleProjectTests.given(of: rest.sorted())
    XCTAssertEqual(rest.subtracting(shown).sorted(), [])
    // What the issue asks for at least.
    let codes = Set(definitions.map(\.catalogue))
    for code in [
      "PAR-01", "PAR-02", "PAR-03", "PAR-04", "PAR-05", "PAR-06", "PAR-07", "REG-01", "REG-02",
      "CON-01", "CON-02", "MIX-03", "MIX-04", "EMP-01", "COS-01",
    ] {
      XCTAssertTrue(codes.contains(code), code)
    }
  }

  func testNothingOfTheSheetsIsSetAside() throws {
    let project = try SampleProject.shared()
    struct Import: Decodable { var set_aside: Int }
    let list = try project.lien("imports", "--json")
    let imports = try JSONDecoder().decode([Import].self, from: Data(list.output.utf8))
    XCTAssertEqual(imports.count, Known.data.sheets().count)
    XCTAssertEqual(imports.map(\.set_aside).reduce(0, +), 0)
  }

  func testADemoIsNeverWrittenOverSomethingElse() throws {
    let workdir = try Workdir()
    try workdir.write("a/mine.txt", "mine")
    let run = try Program.run(
      ["demo", "a", "--force"], in: workdir.path, environment: ["LIEN_HOME": Places.root])
    assertStatus(run, 2)
    XCTAssertEqual(
      try String(contentsOfFile: workdir.path + "/a/mine.txt", encoding: .utf8), "mine")
  }

  func testReleasesForThePublicWithholdSmallNumbersAndConditions() throws {
    let project = try SampleProject.shared()
    let run = try project.lien(
      "compute", "participants", "--period", "2024-01", "--by", "age_band", "--audience", "public",
      "--format", "csv")
    assertStatus(run, 0)
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try XCTUnwrap(rows.first)
    let value = try XCTUnwrap(header.firstIndex(of: "value"))
    let persons = try XCTUnwrap(header.firstIndex(of: "persons"))
    let status = try XCTUnwrap(header.firstIndex(of: "status"))
    XCTAssertTrue(rows.contains { $0[status] == "S" })
    for row in rows.dropFirst() {
      if row[status] == "S" { XCTAssertEqual(row[value] + row[persons], "") }
      if row[status] == "V", let n = Int(row[persons]) { XCTAssertTrue(n == 0 || n >= 11) }
    }
    let filtered = try project.lien(
      "compute", "PAR-03", "--where", "sex = \"f\"", "--audience", "public")
    assertStatus(filtered, 4)
    let undeclared = try project.lien(
      "compute", "PAR-03", "--by", "staircase", "--audience", "partner")
    assertStatus(undeclared, 4)
  }

  func testFormatsAreTheContract() throws {
    let project = try SampleProject.shared()
    let csv = try project.lien("compute", "PAR-02", "--period", "2024", "--format", "csv")
    XCTAssertTrue(
      csv.output.hasPrefix(
        "indicator,version,period,residence,value,unit,numerator,denominator,unknown,persons,"
          + "n_eff,se,ci_low,ci_high,status,note\ntaux-participation,1,2024,_total,0."), csv.output)
    XCTAssertFalse(csv.output.contains("\r"))
    let excel = try project.lien("compute", "PAR-02", "--period", "2024", "--excel-fr")
    XCTAssertTrue(excel.output.hasPrefix("\u{FEFF}indicator;version;"))
    assertContains(excel.output, "\r\n")
    assertContains(excel.output, ";0,")
    let english = try project.lien("compute", "PAR-02", "--period", "2024", "--lang", "en")
    assertContains(english.output, "denominator")
    let table = try project.lien("compute", "PAR-02", "--period", "2024")
    assertContains(table.output, "dénominateur")
    // Cuts and steps together.
    let steps = try project.lien(
      "compute", "PAR-04", "--period", "2024", "--by", "quarter,theme", "--format", "csv")
    assertContains(steps.output, "presences,1,2024-Q3,_total,jardin,")
    assertContains(steps.output, "presences,1,2024-Q3,_total,_total,")
  }

  func testTheUsualPeriodIsTheLastWholeYear() throws {
    let project = try SampleProject.shared()
    let run = try project.lien("compute", "PAR-04", "--format", "csv")
    assertContains(run.output, "presences,1,2024,_total,")
  }

  func testWrongQuestionsAreUsageErrorsWithASuggestion() throws {
    let project = try SampleProject.shared()
    for (arguments, suggestion) in [
      (["compute", "PAR-3"], "PAR-03"), (["compute", "presence"], "presences"),
      (["compute", "PAR-03", "--by", "agee_band"], "age_band"),
      (["compute", "PAR-03", "--period", "2024-13"], "2024-Q2"),
      (["compute", "PAR-03", "--residence", "tileuls"], "tilleuls"),
      (["compute", "PAR-03", "--where", "sexe = \"f\""], "sex"),
      (["report", "dashbord"], "dashboard"),
    ] {
      let run = try Program.run(
        arguments, in: project.folder, environment: ["LIEN_PROJECT": project.path])
      assertStatus(run, 2)
      XCTAssertEqual(run.output, "")
      assertContains(run.errors, suggestion)
    }
  }
}
