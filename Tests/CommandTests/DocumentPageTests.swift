import Demo
import Foundation
import TestSupport
import XCTest

/// The documents of the demo, made and printed once for all tests of a run.
final class SampleDocuments: Sendable {
  /// The folder of each report: `annual-internal`, `residence-public`…
  let folder: String

  private static let made = Result { try SampleDocuments() }

  /// The documents; skipped where there is no browser to print them.
  static func shared() throws -> SampleDocuments { try made.get() }

  static func chromium() throws -> String {
    let named = ProcessInfo.processInfo.environment["LIEN_TEST_CHROMIUM"].map { [$0] } ?? []
    guard
      let path = (named + ["/usr/bin/chromium", "/usr/bin/chromium-browser"])
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { throw XCTSkip("Chromium is not installed") }
    return path
  }

  private init() throws {
    let project = try SampleProject.shared()
    folder = (project.folder as NSString).deletingLastPathComponent + "/documents"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for report in ["annual", "residence"] {
      for audience in ["internal", "public"] {
        let run = try Program.run(
          [
            "report", report, "--audience", audience, "--pdf", "--out", "\(report)-\(audience)",
          ], in: folder,
          environment: [
            "LIEN_PROJECT": project.path, "LIEN_BROWSER": try SampleDocuments.chromium(),
          ])
        guard run.status == 0 else { throw TestProject.Failed(what: run.errors) }
        // Nothing to say but the audit: every document fits the sheets that it is made for.
        guard !run.errors.contains("feuilles au lieu de") else {
          throw TestProject.Failed(what: run.errors)
        }
      }
    }
  }
}

/// The documents for print of the demo: what stands in them, and on paper.
final class DocumentPageTests: XCTestCase {
  /// A word of a printed sheet, with its place in points from the upper left corner.
  private struct Word {
    var text: String
    var left: Double, top: Double, right: Double, bottom: Double
  }

  /// The words of each sheet of a PDF.
  private func sheets(_ pdf: String) throws -> [(width: Double, height: Double, words: [Word])] {
    let program = "/usr/bin/pdftotext"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw XCTSkip("poppler-utils is not installed")
    }
    let run = try Program.run(
      ["-bbox", pdf, "-"], in: NSTemporaryDirectory(), executable: program)
    assertStatus(run, 0)
    var out: [(width: Double, height: Double, words: [Word])] = []
    for line in run.output.split(separator: "\n") {
      if let page = line.firstMatch(of: /<page width="([0-9.]+)" height="([0-9.]+)"/) {
        out.append((Double(page.1) ?? 0, Double(page.2) ?? 0, []))
      } else if let word = line.firstMatch(
        of: /xMin="([0-9.-]+)" yMin="([0-9.-]+)" xMax="([0-9.-]+)" yMax="([0-9.-]+)">(.*)<\/word/)
      {
        out[out.count - 1].words.append(
          Word(
            text: String(word.5), left: Double(word.1) ?? 0, top: Double(word.2) ?? 0,
            right: Double(word.3) ?? 0, bottom: Double(word.4) ?? 0))
      }
    }
    return out
  }

  /// Running heads and numbers on every sheet, nothing beyond the margins, no sheet nearly empty.
  private func assertPrinted(
    _ pdf: String, head: String, foot: String, file: StaticString = #filePath, line: UInt = #line
  ) throws -> [String] {
    let sheets = try sheets(pdf)
    let name = (pdf as NSString).lastPathComponent
    let bodies = sheets.enumerated().map { i, sheet -> String in
      let what = "\(name), sheet \(i + 1)"
      XCTAssertEqual(sheet.width, 595, accuracy: 1, what, file: file, line: line)
      XCTAssertEqual(sheet.height, 842, accuracy: 1, what, file: file, line: line)
      func text(_ words: [Word]) -> String { words.map(\.text).joined(separator: " ") }
      let top = text(sheet.words.filter { $0.bottom < 38 })
      let bottom = text(sheet.words.filter { $0.top > sheet.height - 40 })
      XCTAssertTrue(top.contains(head) && top.hasSuffix("2024"), "\(what): \(top)")
      XCTAssertTrue(bottom.contains(foot), "\(what): \(bottom)", file: file, line: line)
      XCTAssertTrue(
        bottom.contains("Page \(i + 1) sur \(sheets.count)"), "\(what): \(bottom)", file: file,
        line: line)
      let body = sheet.words.filter { $0.bottom >= 38 && $0.top <= sheet.height - 40 }
      // 15 mm are 42.5 points.
      for word in body where word.left < 40 || word.right > sheet.width - 40 {
        XCTFail("\(what): « \(word.text) » at \(word.left)–\(word.right)", file: file, line: line)
      }
      XCTAssertGreaterThan(
        text(body).filter(\.isLetter).count, 400, what, file: file, line: line)
      return text(body)
    }
    return bodies
  }

  func testTheAnnualReportPrintsWithASummaryOnOneSheet() throws {
    let folder = try SampleDocuments.shared().folder
    for (audience, foot) in [
      ("internal", "usage interne, ne pas diffuser"), ("public", "pour le public"),
    ] {
      let pdf = "\(folder)/annual-\(audience)/annual-2024.pdf"
      let bodies = try assertPrinted(
        pdf, head: "Rapport annuel du lien social", foot: "\(foot) · données fictives · empreinte :"
      )
      XCTAssertLessThanOrEqual(bodies.count, 24)
      for word in ["L’essentiel", "Ce qui a changé", "Ce qui manque", "En hausse depuis 2023"] {
        assertContains(bodies[0], word)
      }
      XCTAssertTrue(bodies[1].hasPrefix("1. Les résidences côte à côte"), bodies[1])
      // An axis begins a sheet, and so does the annex.
      for part in [
        "2. Qualité de vie et cohésion", "3. Vitalité économique", "4. Transition écologique",
        "5. Innovation sociale", "8. Comment lire et vérifier", "9. Index des référentiels",
      ] { XCTAssertEqual(bodies.filter { $0.hasPrefix(part) }.count, 1, "\(audience): \(part)") }
      let info = try Program.run([pdf], in: folder, executable: "/usr/bin/pdfinfo").output
      assertContains(info, "(A4)")
      XCTAssertNotNil(info.firstMatch(of: /Tagged: +yes/))
      let bytes = try XCTUnwrap(FileManager.default.contents(atPath: pdf))
      XCTAssertNotNil(bytes.range(of: Data("/Outlines".utf8)))
    }
  }

  /// No figure is cut: all words between its heading and its notes stand on one sheet.
  func testNoFigureOfTheAnnualReportIsCut() throws {
    let folder = try SampleDocuments.shared().folder
    let html = try String(
      contentsOfFile: "\(folder)/annual-internal/annual-2024.html", encoding: .utf8)
    let bodies = try sheets("\(folder)/annual-internal/annual-2024.pdf").map { sheet in
      sheet.words.map(\.text).joined(separator: " ")
    }
    var seen = 0
    for figure in html.matches(of: /(?s)<figure id="([^"]*)".*?<\/figure>/) {
      let number = try XCTUnwrap(figure.0.firstMatch(of: /Figure\u{A0}([0-9]+)/)?.1)
      let rows = figure.0.matches(of: /<th scope="row">([^<]*)/).map { plain(String($0.1)) }
      let own = bodies.filter { $0.contains("Figure \(number) –") }
      XCTAssertEqual(own.count, 1, "Figure \(number)")
      for row in rows {
        // A name may be broken over lines: its last word is enough.
        let last = try XCTUnwrap(row.split(separator: " ").last)
        XCTAssertTrue(own.first?.contains(last) ?? false, "Figure \(number): \(row)")
      }
      seen += 1
    }
    XCTAssertGreaterThanOrEqual(seen, 10)
  }

  private func plain(_ html: String) -> String {
    html.replacingOccurrences(of: "[\\s\u{A0}\u{202F}]+", with: " ", options: .regularExpression)
      .replacingOccurrences(of: "&#39;", with: "'")
      .replacingOccurrences(of: "&amp;", with: "&")
  }

  func testEachResidenceHasTwoSheets() throws {
    let folder = try SampleDocuments.shared().folder
    for audience in ["internal", "public"] {
      for residence in Known.data.residences {
        let name = residence.name.replacingOccurrences(
          of: "[\u{A0}\u{202F}]", with: " ", options: .regularExpression)
        let bodies = try assertPrinted(
          "\(folder)/residence-\(audience)/residence-2024-\(residence.key).pdf", head: name,
          foot: "données fictives · empreinte :")
        XCTAssertEqual(bodies.count, 2, residence.key)
        let all = bodies.joined(separator: " ")
        for word in [
          "L’essentiel", "Ensemble", "Figure 1 –", "Figure 4 –", "Tableau 1 – Effets",
          "Intervalle à 95 %", "n = ", "Ce qui manque", "SHA-256",
        ] { assertContains(all, word) }
      }
    }
  }

  /// The same data give the same bytes, and one residence's document is that of all.
  func testDocumentsAreMadeAgainByteForByte() throws {
    let documents = try SampleDocuments.shared()
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    for (report, more, audience) in [
      ("annual", [], "public"), ("residence", ["--residence", "tilleuls"], "public"),
      ("residence", ["--residence", "moulin"], "internal"),
    ] {
      let run = try Program.run(
        ["report", report, "--audience", audience, "--out", "\(report)-\(audience)"] + more,
        in: workdir.path, environment: ["LIEN_PROJECT": project.path])
      assertStatus(run, 0)
      let folder = "\(workdir.path)/\(report)-\(audience)"
      XCTAssertTrue(run.output.hasSuffix(".html\n"), run.output)
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".html") || $0.hasSuffix(".csv") }
      XCTAssertEqual(names.filter { $0.hasSuffix(".html") }.count, 1)
      for name in names {
        XCTAssertEqual(
          FileManager.default.contents(atPath: folder + "/" + name),
          FileManager.default.contents(atPath: "\(documents.folder)/\(report)-\(audience)/\(name)"),
          name)
      }
    }
  }

  /// Reports are one release after the other: what the public reads in one is what it reads in
  /// another.
  func testFiguresOfDocumentsAreThoseOfTheDashboard() throws {
    struct Key: Hashable {
      var cells: [String]
    }
    func rows(_ path: String) throws -> [Key: String] {
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      let head = try XCTUnwrap(lines.first)
      let value = try XCTUnwrap(head.firstIndex(of: "value"))
      var out: [Key: String] = [:]
      for line in lines.dropFirst() {
        // Cuts by name, those that the row has: files have different columns.
        let cuts = zip(head, line).prefix(value).dropFirst(4).filter { $1 != "_na" }
          .map { "\($0)=\($1)" }
        out[Key(cells: Array(line.prefix(4)) + cuts)] = line[value]
      }
      return out
    }
    let documents = try SampleDocuments.shared()
    let dashboard = try rows(SampleProject.shared().folder + "/public/data/dashboard.csv")
    for name in ["annual-public/data/annual.csv", "residence-public/data/residence-2024.csv"] {
      let own = try rows(documents.folder + "/" + name)
      XCTAssertGreaterThan(own.count, 500)
      for (key, value) in own {
        XCTAssertEqual(dashboard[key], value, "\(name): \(key.cells)")
      }
    }
  }

  func testAResidenceIsNamedAsItsKeyAndOnlyWhereThereIsADocumentAResidence() throws {
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    func report(_ arguments: String...) throws -> Program.Run {
      try Program.run(
        ["report"] + arguments + ["--out", "site"], in: workdir.path,
        environment: ["LIEN_PROJECT": project.path])
    }
    let unknown = try report("residence", "--residence", "tileuls")
    assertStatus(unknown, 2)
    assertContains(unknown.errors, "résidence inconnue : « tileuls »")
    assertContains(unknown.errors, "vouliez-vous dire « tilleuls » ?")
    for name in ["annual", "dashboard"] {
      let all = try report(name, "--residence", "tilleuls")
      assertStatus(all, 2)
      assertContains(all.errors, "--residence n’y va pas")
    }
    XCTAssertFalse(FileManager.default.fileExists(atPath: workdir.path + "/site"))
  }

  /// A document that outgrows its sheets is made all the same, and its producer is told.
  func testADocumentThatTakesMoreSheetsIsTold() throws {
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    try FileManager.default.copyItem(atPath: project.path, toPath: workdir.path + "/projet")
    let path = workdir.path + "/projet/reports/residence.json5"
    let layout = try String(contentsOfFile: path, encoding: .utf8)
    try layout.replacingOccurrences(of: "sheets: 2", with: "sheets: 1")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let run = try Program.run(
      ["report", "residence", "--residence", "moulin", "--pdf", "--out", "site"], in: workdir.path,
      environment: [
        "LIEN_PROJECT": workdir.path + "/projet", "LIEN_BROWSER": try SampleDocuments.chromium(),
      ])
    assertStatus(run, 0)
    assertContains(run.errors, "residence-2024-moulin.pdf : 2 feuilles au lieu de 1")
  }
}
