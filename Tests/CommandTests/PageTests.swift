import Demo
import Foundation
import TestSupport
import XCTest

/// The demo's pages, as a real browser shows them.
final class PageTests: XCTestCase {
  private func chromium() throws -> String {
    let named = ProcessInfo.processInfo.environment["LIEN_TEST_CHROMIUM"].map { [$0] } ?? []
    let path = (named + ["/usr/bin/chromium", "/usr/bin/chromium-browser"])
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let path else { throw XCTSkip("Chromium is not installed") }
    return path
  }

  /// The page's document after it was opened, and what the browser complained of.
  private func open(_ path: String) throws -> (dom: String, console: String) {
    let profile = try Workdir()
    let run = try Program.run(
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
        "--disable-background-networking", "--disable-sync", "--user-data-dir=" + profile.path,
        "--enable-logging=stderr", "--v=0", "--dump-dom", "file://" + path,
      ], in: profile.path, executable: try chromium())
    assertStatus(run, 0)
    let console = run.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }
    return (run.output, console.joined(separator: "\n"))
  }

  /// Text without tags, spaces of every kind as one plain space.
  private func words(_ html: String) -> String {
    html.replacingOccurrences(of: "<style[^>]*>.*?</style>", with: " ", options: .regularExpression)
      .replacingOccurrences(of: "<[^>]+>", with: " ", options: .regularExpression)
      .replacingOccurrences(of: "&nbsp;", with: " ")
      .replacingOccurrences(of: "[\\s\u{A0}\u{202F}]+", with: " ", options: .regularExpression)
  }

  /// A whole number as a French page writes it.
  private func french(_ value: Double) -> String {
    let digits = String(Int(value))
    var out = ""
    for (i, c) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out += " " }
      out.append(c)
    }
    return out
  }

  private func known(_ residence: String) throws -> Double {
    let total = Known.totals.first {
      $0.measure == .attendances && $0.residence == residence && $0.year == 2024
    }
    return try XCTUnwrap(total?.value)
  }

  func testTheIndexShowsTheEightResidencesAndAKnownFigure() throws {
    let project = try SampleProject.shared()
    XCTAssertEqual(project.index, project.folder + "/index.html")
    for page in ["/index.html", "/interne/index.html", "/public/index.html"] {
      let (dom, console) = try open(project.folder + page)
      let text = words(dom)
      for residence in Known.data.residences {
        XCTAssertTrue(text.contains(words(residence.name)), "\(residence.name) in \(page)")
      }
      XCTAssertTrue(text.lowercased().contains("fictives"), page)
      XCTAssertEqual(console, "", page)
      if page.contains("interne") { assertContains(text, french(try known("_total"))) }
    }
  }

  func testTheFilterIsOfferedWhereTheScriptRunsAndShowsThePeriodOfThePage() throws {
    let project = try SampleProject.shared()
    let path = project.folder + "/interne/index.html"
    let written = try String(contentsOfFile: path, encoding: .utf8)
    assertContains(written, "<form class=\"filter\" hidden")
    assertContains(written, "<div data-period=\"2023\">")
    // The policy lets the script run: the form is shown, and the earlier years are put away.
    let (dom, console) = try open(path)
    XCTAssertEqual(console, "")
    assertContains(dom, "<form class=\"filter\" aria-label")
    assertContains(dom, "<div data-period=\"2024\">")
    assertContains(dom, "<div data-period=\"2023\" hidden=\"\">")
  }

  func testEachResidenceHasAPageWithAKnownFigure() throws {
    let project = try SampleProject.shared()
    for residence in Known.data.residences {
      let (dom, console) = try open(
        project.folder + "/interne/residence-\(residence.key).html")
      let text = words(dom)
      assertContains(text, words(residence.name))
      assertContains(text, french(try known(residence.key)))
      XCTAssertEqual(console, "")
    }
  }

  func testPagesPrintOnA4WithoutABlankSheet() throws {
    let info = "/usr/bin/pdfinfo"
    guard FileManager.default.isExecutableFile(atPath: info) else {
      throw XCTSkip("poppler-utils is not installed")
    }
    let project = try SampleProject.shared()
    for page in ["/interne/index.html", "/public/residence-tilleuls.html"] {
      let profile = try Workdir()
      let pdf = profile.path + "/page.pdf"
      let print = try Program.run(
        [
          "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
          "--user-data-dir=" + profile.path, "--no-pdf-header-footer", "--print-to-pdf=" + pdf,
          "file://" + project.folder + page,
        ], in: profile.path, executable: try chromium())
      assertStatus(print, 0)
      let facts = try Program.run([pdf], in: profile.path, executable: info).output
      assertContains(facts, "(A4)")
      let pages = try XCTUnwrap(facts.firstMatch(of: /Pages: +(\d+)/).flatMap { Int($0.1) })
      XCTAssertLessThanOrEqual(pages, 20, page)
      for number in 1...pages {
        let text = try Program.run(
          ["-f", "\(number)", "-l", "\(number)", pdf, "-"], in: profile.path,
          executable: "/usr/bin/pdftotext"
        ).output
        XCTAssertGreaterThan(text.filter(\.isLetter).count, 100, "\(page), sheet \(number)")
      }
    }
  }

  func testPDFIsMadeByTheBrowserThatIsThereAndMissedWithAClearWord() throws {
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    let order = ["report", "dashboard", "--period", "2024", "--out", "site", "--pdf"]
    let without = try Program.run(
      order, in: workdir.path, environment: ["LIEN_PROJECT": project.path, "PATH": workdir.path])
    assertStatus(without, 1)
    assertContains(without.errors, "--pdf demande Chromium, qui n’est pas installé")
    XCTAssertFalse(FileManager.default.fileExists(atPath: workdir.path + "/site"))
    let with = try Program.run(
      order, in: workdir.path,
      environment: ["LIEN_PROJECT": project.path, "LIEN_BROWSER": try chromium()])
    assertStatus(with, 0)
    let made = try FileManager.default.contentsOfDirectory(atPath: workdir.path + "/site")
      .filter { $0.hasSuffix(".pdf") }
    XCTAssertEqual(made.count, 2 + Known.data.residences.count)
    for name in made {
      let start = FileManager.default.contents(atPath: workdir.path + "/site/" + name)?.prefix(5)
      XCTAssertEqual(start, Data("%PDF-".utf8), name)
    }
    // They are lien's own files: the next report replaces them without being forced.
    let again = try Program.run(
      Array(order.dropLast()), in: workdir.path, environment: ["LIEN_PROJECT": project.path])
    assertStatus(again, 0)
    XCTAssertFalse(FileManager.default.fileExists(atPath: workdir.path + "/site/index.pdf"))
  }

  func testPagesFetchNothingAndRunNothingButTheFilter() throws {
    let project = try SampleProject.shared()
    let pages = try FileManager.default.subpathsOfDirectory(atPath: project.folder)
      .filter { $0.hasSuffix(".html") }
    XCTAssertGreaterThan(pages.count, 1 + 2 * 100)
    for page in pages {
      let html = try String(contentsOfFile: project.folder + "/" + page, encoding: .utf8)
      assertContains(html, "default-src 'none'")
      // One script at most: the filter, which the policy names by its hash.
      XCTAssertLessThanOrEqual(html.lowercased().components(separatedBy: "<script").count, 2, page)
      let fetched = "(src|srcset|poster|data)=\"(?!data:)|@import|url\\((?!data:|#)|<link|<iframe"
      XCTAssertNil(html.range(of: fetched, options: .regularExpression), page)
      XCTAssertNil(
        html.range(of: "href=\"(https?:)?//", options: .regularExpression), page)
    }
  }

  func testLinksBetweenPagesLeadSomewhere() throws {
    let project = try SampleProject.shared()
    let pages = try FileManager.default.subpathsOfDirectory(atPath: project.folder)
      .filter { $0.hasSuffix(".html") }
    for page in pages {
      let html = try String(contentsOfFile: project.folder + "/" + page, encoding: .utf8)
      let folder = (project.folder + "/" + page as NSString).deletingLastPathComponent
      for match in html.matches(of: /href="([^"#]+)/) {
        let target = folder + "/" + match.1
        XCTAssertTrue(FileManager.default.fileExists(atPath: target), "\(page): \(match.1)")
      }
    }
  }

  func testTheSameDataGiveTheSamePagesInEitherLanguage() throws {
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    for language in ["fr", "en"] {
      var made: [[String: Data]] = []
      // A year is enough for the second language: the pages differ in their words alone.
      let period = language == "fr" ? [] : ["--period", "2024"]
      for round in ["a", "b"] {
        let folder = workdir.path + "/\(language)-\(round)"
        let run = try Program.run(
          [
            "report", "dashboard", "--audience", "public", "--out", folder, "--lang", language,
          ] + period, in: workdir.path, environment: ["LIEN_PROJECT": project.path])
        assertStatus(run, 0)
        XCTAssertEqual(run.output, folder + "/index.html\n")
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
          files[name] = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
        }
        made.append(files)
      }
      XCTAssertEqual(made[0], made[1], language)
      let index = String(decoding: made[0]["index.html"] ?? Data(), as: UTF8.self)
      assertContains(index, "lang=\"\(language)\"")
    }
  }

  func testAReportNeverOverwritesWhatIsNotItsOwn() throws {
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    try workdir.write("site/index.html", "mine")
    try workdir.write("site/CNAME", "example.org")
    func report(_ more: String...) throws -> Program.Run {
      try Program.run(
        ["report", "dashboard", "--out", "site", "--period", "2024"] + more, in: workdir.path,
        environment: ["LIEN_PROJECT": project.path])
    }
    assertStatus(try report(), 2)
    XCTAssertEqual(
      try String(contentsOfFile: workdir.path + "/site/index.html", encoding: .utf8), "mine")
    assertStatus(try report("--force"), 0)
    XCTAssertEqual(
      try String(contentsOfFile: workdir.path + "/site/CNAME", encoding: .utf8), "example.org")
    // Once only lien's files are there, no force is needed, and stale pages go.
    try FileManager.default.removeItem(atPath: workdir.path + "/site/CNAME")
    assertStatus(try report(), 0)
  }
}
