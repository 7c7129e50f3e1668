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
    var pdf: [String]
    var filter: Filter
  }

  /// What is wrong with `Pages/bad.html`.
  private static let faults = [
    "1.1 a chart without a name", "1.1 a drawing of no role", "1.6 a chart without a description",
    "1.6 a figure without its table", "1.9 a figure without a caption", "3.1 no value is written",
    "3.3 a mark of", "dark: 3.3", "5.4 a table without a title", "5.6 a row without a head",
    "5.6 no heads of columns", "5.7 no scope", "6.1 a link without words", "6.1 two links alike",
    "8.1 no doctype", "8.2 id twice", "8.3 no language", "8.5 title", "9.1 from h0 to h3",
    "9.1 0 first headings", "9.2 not one header", "9.2 not one main", "9.2 not one footer",
    "9.3 a list of other things", "10.7 focus not seen", "12.6 a nav without a name",
    "12.7 no skip link", "12.8 a tabindex", "12.8 the keyboard does not follow",
    "12.9 the keyboard does not leave", "320 px: DIV", "zoom: DIV", "text twice as large: DIV",
    "spaced text: DIV", "spaced text: cut", "paper: DIV", "without script", "request: https",
    "axe serious link-name",
  ]

  func testNothingKeepsAReaderFromThePages() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let python = environment["LIEN_TEST_PYTHON"],
      let browser = environment["LIEN_TEST_CHROMIUM"]
    else { throw XCTSkip("LIEN_TEST_PYTHON and LIEN_TEST_CHROMIUM name no programs") }
    let workdir = try Workdir()
    let check = try Program.run(
      ["-c", "import playwright, axe_playwright_python, pypdf"], in: workdir.path,
      executable: python)
    guard check.status == 0 else {
      throw XCTSkip("Playwright, axe-core and pypdf are not installed")
    }

    let folder = try SampleProject.shared().folder
    let kinds = [
      "index.html", "indicateurs.html", "residence-tilleuls.html", "indicateur-participants.html",
      "indicateur-solitude-ucla-seuil.html", "indicateur-sroi.html",
    ]
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".html") }.sorted().map { folder + "/" + $0 }
    let bad = Places.root + "/Tests/CommandTests/Pages/bad.html"
    let prints = try SampleDocuments.shared().folder
    let documents = [
      "annual-internal/annual-2024.html", "annual-public/annual-2024.html",
      "residence-internal/residence-2024-tilleuls.html", "residence-public/index.html",
    ].map { prints + "/" + $0 }
    let rest = try FileManager.default.subpathsOfDirectory(atPath: prints)
      .filter { $0.hasSuffix(".html") }.sorted().map { prints + "/" + $0 }
    let papers = ["annual-public/annual-2024.pdf", "residence-public/residence-2024-moulin.pdf"]
      .map { prints + "/" + $0 }
    let plan = Plan(
      whole: kinds.map { folder + "/interne/" + $0 }
        + kinds.prefix(2).map { folder + "/public/" + $0 } + documents + [bad],
      quick: all + rest, pdf: [try printed(workdir)] + papers,
      filter: Plan.Filter(
        page: folder + "/interne/indicateurs.html", words: "evolution ucla", rows: 1))
    try JSONEncoder().encode(plan).write(to: URL(fileURLWithPath: workdir.path + "/plan.json"))
    let run = try Program.run(
      [Places.root + "/Tests/CommandTests/Pages/audit.py", browser, "plan.json"],
      in: workdir.path, executable: python)
    assertStatus(run, 0)
    var found = try JSONDecoder().decode([String: [String]].self, from: Data(run.output.utf8))
    // A page that fails everything: the audit sees each fault.
    let faults = try XCTUnwrap(found.removeValue(forKey: bad))
    for fault in Self.faults {
      XCTAssertTrue(faults.contains { $0.contains(fault) }, "not seen: \(fault)")
    }
    XCTAssertEqual(found.count, all.count + rest.count + papers.count + 2)
    for (page, findings) in found.sorted(by: { $0.key < $1.key }) {
      XCTAssertEqual(findings, [], page)
    }
  }

  /// The index as `--pdf` prints it.
  private func printed(_ workdir: Workdir) throws -> String {
    let run = try Program.run(
      [
        "report", "dashboard", "--period", "2024", "--audience", "public", "--out", "site", "--pdf",
      ],
      in: workdir.path,
      environment: [
        "LIEN_PROJECT": SampleProject.shared().path,
        "LIEN_BROWSER": ProcessInfo.processInfo.environment["LIEN_TEST_CHROMIUM"] ?? "",
      ])
    assertStatus(run, 0)
    return workdir.path + "/site/index.pdf"
  }
}
