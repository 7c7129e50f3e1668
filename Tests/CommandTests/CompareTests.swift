import Foundation
import TestSupport
import XCTest

/// `lien compare`: why a number changed.
final class CompareTests: XCTestCase {
  private struct Change: Decodable {
    var indicator: String, residence: String
    var before: String?, register: String?, corrected: String?, new: String?, after: String?
    var numerator: String?, denominator: String?

    func number(_ path: KeyPath<Change, String?>) -> Double {
      Double(self[keyPath: path] ?? "") ?? .nan
    }
  }
  private struct Listing: Decodable { var rows: [Change] }

  private func changes(_ run: Program.Run) throws -> [Change] {
    assertStatus(run, 0)
    return try JSONDecoder().decode([Listing].self, from: Data(run.output.utf8)).flatMap(\.rows)
  }

  func testAChangeIsSplitIntoRegisterCorrectionsAndNewData() throws {
    let project = try TestProject()
    func take(_ name: String, _ text: String) throws {
      try project.sheet(name, text)
      assertStatus(try project.lien("import", name), 0)
    }
    try take("residences.csv", "residence,name\nlilas,Les Lilas\n")
    try take(
      "registre.csv",
      "resident,residence,dwelling,arrival\nA,lilas,1,2020-01-01\nB,lilas,2,2020-01-01\n"
        + "C,lilas,3,2020-01-01\nD,lilas,4,2020-01-01\n")
    try take("seances.csv", "session,residence,date\nS1,lilas,2024-02-01\nS2,lilas,2024-03-01\n")
    try take("fevrier.csv", "session,resident\nS1,A\nS1,B\n")
    // 5 is the correction, 6 more people on the register, 7 another sheet.
    try take("fevrier2.csv", "session,resident\nS1,A\n")
    try take(
      "arrivees.csv",
      "resident,residence,dwelling,arrival\nA,lilas,1,2020-01-01\nB,lilas,2,2020-01-01\n"
        + "C,lilas,3,2020-01-01\nD,lilas,4,2020-01-01\nE,lilas,5,2020-01-01\n")
    try take("mars.csv", "session,resident\nS2,C\nS2,D\nS2,E\n")
    let rows = try changes(
      project.lien("compare", "@4", "@", "taux-participation", "--period", "2024", "--json"))
    let row = try XCTUnwrap(rows.first { $0.residence == "lilas" })
    XCTAssertEqual(row.number(\.before), 2.0 / 4, accuracy: 1e-9)
    XCTAssertEqual(row.number(\.register), 2.0 / 5 - 2.0 / 4, accuracy: 1e-9)
    XCTAssertEqual(row.number(\.corrected), 1.0 / 5 - 2.0 / 5, accuracy: 1e-9)
    XCTAssertEqual(row.number(\.new), 4.0 / 5 - 1.0 / 5, accuracy: 1e-9)
    XCTAssertEqual(row.number(\.after), 4.0 / 5, accuracy: 1e-9)
    let shown = try project.lien("compare", "@4", "@", "PAR-04", "--period", "2024")
    assertStatus(shown, 0)
    XCTAssertTrue(shown.output.contains("1 imports du registre, 1 corrections, 1 nouveaux"))
    // Without indicators, what did not change is not shown.
    let all = try changes(project.lien("compare", "@6", "@", "--period", "2024", "--json"))
    XCTAssertFalse(all.isEmpty)
    XCTAssertTrue(all.allSatisfy { $0.before != $0.after })
  }

  func testTwoPeriodsShareTheirChangeBetweenNumeratorAndDenominator() throws {
    let project = try SampleProject.shared()
    let rows = try changes(
      project.lien("compare", "2023", "2024", "cout-par-menage", "PAR-04", "--json"))
    XCTAssertEqual(rows.count, 18)
    for row in rows {
      XCTAssertEqual(
        row.number(\.before) + row.number(\.numerator) + row.number(\.denominator),
        row.number(\.after), accuracy: 1e-6)
    }
  }

  func testSidesThatCannotBeComparedAreRefused() throws {
    let project = try SampleProject.shared()
    for sides in [
      ["@1", "2024"], ["@9999", "@"], ["@3", "@2"], ["@x", "@"], ["jamais", "2024"],
    ] {
      let run = try project.lien("compare", sides[0], sides[1], "PAR-01")
      XCTAssertEqual(run.status, 2, run.errors)
    }
  }
}
