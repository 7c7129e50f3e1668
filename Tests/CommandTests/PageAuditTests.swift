import Foundation
import TestSupport
import XCTest

/// The demo's pages under a browser's eye: widths, spaced text, a dark screen, paper, no script, the
/// keyboard, and axe-core, by the program beside (`Pages/audit.py`).
final class PageAuditTests: XCTestCase {
  private struct Plan: Encodable {
    struct Filter: Encodable {
      var page: String
      var words: String
      var rows: Int
    }
    var whole: [String]
    var quick: [String]
    var filter: Filter
  }

  func testNothingKeepsAReaderFromThePages() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let python = environment["LIEN_TEST_PYTHON"],
      let browser = environment["LIEN_TEST_CHROMIUM"]
    else { throw XCTSkip("LIEN_TEST_PYTHON and LIEN_TEST_CHROMIUM name no programs") }
    let workdir = try Workdir()
    let check = try Program.run(
      ["-c", "import playwright, axe_playwright_python"], in: workdir.path, executable: python)
    guard check.status == 0 else { throw XCTSkip("Playwright and axe-core are not installed") }

    let folder = try SampleProject.shared().folder
    let kinds = [
      "index.html", "indicateurs.html", "residence-tilleuls.html", "indicateur-participants.html",
      "indicateur-solitude-ucla-seuil.html", "indicateur-sroi.html",
    ]
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".html") }.sorted().map { folder + "/" + $0 }
    let prints = try SampleDocuments.shared().folder
    let documents = [
      "annual-internal/annual-2024.html", "annual-public/annual-2024.html",
      "residence-internal/residence-2024-tilleuls.html", "residence-public/index.html",
    ].map { prints + "/" + $0 }
    let rest = try FileManager.default.subpathsOfDirectory(atPath: prints)
      .filter { $0.hasSuffix(".html") }.sorted().map { prints + "/" + $0 }
    let plan = Plan(
      whole: kinds.map { folder + "/interne/" + $0 }
        + kinds.prefix(2).map { folder + "/public/" + $0 } + documents,
      quick: all + rest,
      filter: Plan.Filter(
        page: folder + "/interne/indicateurs.html", words: "evolution ucla", rows: 1))
    try JSONEncoder().encode(plan).write(to: URL(fileURLWithPath: workdir.path + "/plan.json"))
    let run = try Program.run(
      [Places.root + "/Tests/CommandTests/Pages/audit.py", browser, "plan.json"],
      in: workdir.path, executable: python)
    assertStatus(run, 0)
    let found = try JSONDecoder().decode([String: [String]].self, from: Data(run.output.utf8))
    XCTAssertEqual(found.count, all.count + rest.count + 1)
    for (page, findings) in found.sorted(by: { $0.key < $1.key }) {
      XCTAssertEqual(findings, [], page)
    }
  }
}
