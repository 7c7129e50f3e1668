import Foundation
import TestSupport
import XCTest

/// `lien compute ID --rows` and what `lien indicators explain` says of a project's data.
final class RowsTests: XCTestCase {
  private func csv(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { $0.components(separatedBy: ",") }
  }

  func testTheRowsBehindACountAreAsManyAsItCounts() throws {
    let project = try SampleProject.shared()
    for id in ["presences", "seances", "depenses"] {
      let value = try project.lien(
        "compute", id, "--period", "2024", "--residence", "tilleuls", "--format", "csv")
      assertStatus(value, 0)
      let table = csv(value.output)
      let row = try XCTUnwrap(table.first { $0[3] == "tilleuls" })
      let column = try XCTUnwrap(table[0].firstIndex(of: "value"))
      let listed = try project.lien(
        "compute", id, "--period", "2024", "--residence", "tilleuls", "--rows", "--format", "csv",
        "--lang", "en")
      assertStatus(listed, 0)
      let rows = csv(listed.output)
      let counted = try XCTUnwrap(rows[0].firstIndex(of: "counted"))
      let taken = rows.dropFirst().filter { $0[counted] == "yes" }
      XCTAssertTrue(taken.allSatisfy { $0[1] == "tilleuls" && Int($0[0]) != nil })
      let weights = rows[0].firstIndex(of: "headcount")
      let amounts = rows[0].firstIndex(of: "ledger.amount")
      let sum = taken.reduce(0.0) { total, cells in
        total
          + (amounts.map { Double(cells[$0]) ?? 0 } ?? weights.map { Double(cells[$0]) ?? 0 } ?? 1)
      }
      XCTAssertEqual(sum, try XCTUnwrap(Double(row[column])), accuracy: 1e-6, id)
    }
  }

  func testAConditionNarrowsTheRows() throws {
    let project = try SampleProject.shared()
    let run = try project.lien(
      "compute", "presences", "--period", "2024", "--where", "theme = \"jardin\"", "--rows",
      "--json", "--lang", "en")
    assertStatus(run, 0)
    struct Listing: Decodable { var title: String; var rows: [[String: String?]] }
    let listings = try JSONDecoder().decode([Listing].self, from: Data(run.output.utf8))
    let rows = try XCTUnwrap(listings.first).rows
    XCTAssertGreaterThan(rows.count, 50)
    let sum = rows.filter { $0["counted"] == "yes" }
      .reduce(0.0) { $0 + (Double(($1["headcount"] ?? nil) ?? "1") ?? 0) }
    let value = try project.lien(
      "compute", "presences", "--period", "2024", "--where", "theme = \"jardin\"", "--json")
    struct Value: Decodable { var residence: String; var value: Double? }
    let total = try JSONDecoder().decode([Value].self, from: Data(value.output.utf8))
      .first { $0.residence == "_total" }
    XCTAssertEqual(sum, try XCTUnwrap(total?.value))
  }

  /// A report's rows are refused to others before anything is written, and its JSON names what was.
  func testRowsOfAReportAreInternalAndItsJSONNamesItsFiles() throws {
    let project = try NastyProject.make()
    for audience in ["partner", "public"] {
      let run = try project.lien(
        "report", "dashboard", "--period", "2023", "--audience", audience, "--rows", "--out",
        "refused")
      assertStatus(run, 4)
      assertContains(run.errors, "--rows montre des lignes de personnes")
      XCTAssertFalse(FileManager.default.fileExists(atPath: project.workdir.path + "/refused"))
    }
    let run = try project.lien(
      "report", "dashboard", "--period", "2023", "--rows", "--out", "pages", "--json")
    assertStatus(run, 0)
    struct Said: Decodable {
      var report: String, audience: String, period: String, folder: String, index: String
      var fingerprint: String, edition: String?, kept_share: Double?, files: [String]
    }
    let said = try JSONDecoder().decode(Said.self, from: Data(run.output.utf8))
    XCTAssertEqual([said.report, said.audience, said.period], ["dashboard", "internal", "2023"])
    XCTAssertEqual([said.folder, said.index], ["pages", "pages/index.html"])
    XCTAssertEqual(said.fingerprint.count, 64)
    XCTAssertNil(said.edition)
    XCTAssertNil(said.kept_share)
    XCTAssertTrue(said.files.contains("rows/presences.csv"), "\(said.files)")
    for file in said.files {
      XCTAssertTrue(
        FileManager.default.fileExists(atPath: project.workdir.path + "/pages/" + file), file)
    }
  }

  func testRowsAreForTheInternalAudienceAndShowNoName() throws {
    let project = try SampleProject.shared()
    assertStatus(
      try project.lien("compute", "PAR-01", "--rows", "--audience", "public", "--period", "2024"), 4
    )
    assertStatus(
      try project.lien("compute", "PAR-01", "--rows", "--by", "sex", "--period", "2024"), 2)
    let run = try project.lien("compute", "PAR-03", "--rows", "--period", "2024-03")
    assertStatus(run, 0)
    XCTAssertFalse(run.output.contains("surname"))
  }

  func testAnExplanationSaysWhatTheProjectLacks() throws {
    let project = try SampleProject.shared()
    let full = try project.lien("indicators", "explain", "MIX-03")
    assertStatus(full, 0)
    XCTAssertTrue(full.output.contains("Dans ce projet"), full.output)
    XCTAssertTrue(full.output.contains("inconnu dans"), full.output)
    XCTAssertFalse(full.output.contains("Ce qui manque"), full.output)
    let empty = try TestProject()
    let run = try empty.lien("indicators", "explain", "COS-01")
    assertStatus(run, 0)
    XCTAssertTrue(run.output.contains("Ce qui manque"), run.output)
    XCTAssertTrue(run.output.contains("lien template ledger"), run.output)
  }

  func testThePageOfTheCatalogueIsCurrent() throws {
    let run = try Program.run(
      ["indicators", "markdown"], in: NSTemporaryDirectory(),
      environment: ["LIEN_HOME": Places.root])
    assertStatus(run, 0)
    XCTAssertEqual(
      try String(contentsOfFile: Places.root + "/docs/indicateurs.md", encoding: .utf8), run.output,
      "run: lien indicators markdown > docs/indicateurs.md")
  }
}
