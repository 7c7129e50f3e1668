import Foundation
import TestSupport
import XCTest

/// The page that tells how to add a programme, followed to the letter: its files, its sheet and its
/// commands are those of the page.
final class AddProgrammeTests: XCTestCase {
  /// The indented block after a mark.
  private func block(after mark: String, in page: String) throws -> String {
    let rest = try XCTUnwrap(
      page.range(of: mark).map { page[$0.upperBound...] }, "\(mark) is not on the page")
    let lines = rest.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let block = lines.drop { $0.isEmpty }.prefix { $0.hasPrefix("    ") }
    return block.map { $0.dropFirst(4) }.joined(separator: "\n") + "\n"
  }

  func testTheStepsOfThePage() throws {
    let all = try String(contentsOfFile: Places.root + "/docs/programmes.md", encoding: .utf8)
    let page = String(try XCTUnwrap(all.components(separatedBy: "## Ajouter un programme\n").last))
    let work = try Workdir()
    var commands: [[String]] = page.matches(of: /\n    \$ lien ([^\n]+)/).map {
      String($0.1).components(separatedBy: " ")
    }
    XCTAssertEqual(commands.count, 5)
    func run(_ arguments: [String]) throws -> Program.Run {
      let run = try Program.run(
        arguments, in: work.path,
        environment: ["LIEN_HOME": Places.root, "LIEN_PROJECT": work.path + "/droits"])
      assertStatus(run, 0)
      return run
    }
    _ = try run(commands.removeFirst())
    for file in [
      "indicators/model/permanence.json5", "indicators/definitions/droits/droits-ouverts.json5",
      "reports/droits.json5",
    ] {
      try work.write("droits/" + file, try block(after: "Fichier `\(file)` :", in: page))
    }
    try work.write("permanences.csv", try block(after: "celle-ci, `permanences.csv`", in: page))
    _ = try run(["template", "permanence"])
    assertContains(try run(commands.removeFirst()).output, "Droits ouverts\u{A0}» → opened")
    _ = try run(commands.removeFirst())
    let computed = try run(commands.removeFirst() + ["--format", "csv"]).output
    // 6 rights of 15 people; 5 of 11 for housing, 1 of 4 for health.
    for value in ["_total,_total,0.4,", "_total,housing,0.454545454545454", "_total,health,0.25,"] {
      assertContains(computed, value)
    }
    let report = try run(commands.removeFirst()).output.split(separator: "\n").last
    let made = try String(contentsOfFile: String(try XCTUnwrap(report)), encoding: .utf8)
    assertContains(made, "Permanences d’accès aux droits")
    XCTAssertTrue(commands.isEmpty)
  }

  /// No requirement without a table or a page, a test, and only indicators and reports that exist.
  func testTheTableOfRequirementsHasNoEmptyCellAndNamesWhatExists() throws {
    let page = try String(contentsOfFile: Places.root + "/docs/programmes.md", encoding: .utf8)
    let list = try Program.run(
      ["indicators", "--json"], in: NSTemporaryDirectory(), environment: ["LIEN_HOME": Places.root])
    struct Known: Decodable { var id: String }
    let ids = Set(
      try JSONDecoder().decode([Known].self, from: Data(list.output.utf8)).map(\.id))
    func names(_ folder: String) throws -> Set<String> {
      Set(
        try FileManager.default.contentsOfDirectory(atPath: Places.root + "/" + folder)
          .map { String($0.prefix { $0 != "." }) })
    }
    let (tables, reports) = (try names("indicators/model"), try names("reports"))
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
      .filter { $0.first != "exigence" }
    XCTAssertGreaterThan(rows.count, 55)
    func quoted(_ cell: String) -> [String] { cell.matches(of: /`([^`]+)`/).map { String($0.1) } }
    for row in rows {
      XCTAssertEqual(row.count, 5, row.joined(separator: " | "))
      guard row.count == 5 else { continue }
      XCTAssertFalse(row.contains(""), row[0])
      XCTAssertFalse(row[4] == "–", "\(row[0]) has no test")
      for table in quoted(row[1]) { XCTAssertTrue(tables.contains(table), "\(row[0]): \(table)") }
      for id in quoted(row[2]) where !id.hasSuffix("…") && !id.hasPrefix("20") {
        XCTAssertTrue(ids.contains(id) || id == "comparison", "\(row[0]): \(id)")
      }
      for report in quoted(row[3]) {
        XCTAssertTrue(reports.contains(report), "\(row[0]): \(report)")
      }
    }
  }
}
