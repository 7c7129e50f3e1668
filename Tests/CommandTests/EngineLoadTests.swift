import Foundation
import TestSupport
import XCTest

/// The load files of an export in parts, run by real engines: the tables are those of the plain
/// export, value by value. An engine that is not installed is skipped, and said.
final class EngineLoadTests: XCTestCase {
  func testSQLite() throws { try check("sqlite") }
  func testDuckDB() throws { try check("duckdb") }
  func testPostgreSQL() throws { try check("postgresql") }
  func testClickHouse() throws { try check("clickhouse") }
  func testSpark() throws { try check("spark") }

  private struct Report: Decodable {
    var tables: Int
    var rows: Int
    var differences: [String]
  }

  private func check(_ engine: String) throws {
    let python = try Python.path()
    let folders = try Exports.shared()
    // Spark takes minutes to compare the demo: of it, the small project of all that is odd.
    let isSlow = engine == "spark"
    let pairs = isSlow ? Array(folders.pairs.prefix(2)) : folders.pairs
    let run = try Program.run(
      [Places.root + "/Tests/Engines/engines.py", "compare", engine] + pairs,
      in: NSTemporaryDirectory(), executable: python)
    if run.status == 77 { throw XCTSkip("\(engine): \(run.output)") }
    let reports = try run.output.split(separator: "\n").filter { $0.hasPrefix("{") }.map {
      try JSONDecoder().decode(Report.self, from: Data($0.utf8))
    }
    XCTAssertEqual(reports.count, pairs.count / 2, run.errors)
    for report in reports { XCTAssertEqual(report.differences, [], engine) }
    assertStatus(run, 0)
    XCTAssertEqual(reports.first?.rows, NastyProject.rowCount)
    if isSlow { return }
    XCTAssertGreaterThan(reports.last?.rows ?? 0, 100_000)
    XCTAssertGreaterThan(reports.last?.tables ?? 0, 40)
  }
}

/// An export of a nasty project and one of the demo, both in parts and plain, made once.
private final class Exports: Sendable {
  let workdir: String
  let pairs: [String]

  private static let made = Result { try Exports() }

  static func shared() throws -> Exports { try made.get() }

  private init() throws {
    let nasty = try NastyProject.make()
    let demo = try SampleProject.shared()
    // Beside the demo, which goes when the process ends.
    workdir = demo.folder + "/exports"
    try FileManager.default.createDirectory(atPath: workdir, withIntermediateDirectories: true)
    var pairs: [String] = []
    for (name, project) in [("nasty", nasty.path), ("demo", demo.path)] {
      for (form, options) in [("parts", ["--partitioned"]), ("plain", [])] {
        let run = try Program.run(
          ["export", "\(workdir)/\(name)-\(form)", "--restricted"] + options, in: workdir,
          environment: ["LIEN_PROJECT": project, "LIEN_HOME": Places.root])
        guard run.status == 0 else { throw TestProject.Failed(what: run.errors) }
        pairs.append("\(workdir)/\(name)-\(form)")
      }
    }
    self.pairs = pairs
    // What no sheet can say, but a file can: an empty text beside missing ones, a line that is no
    // end of data, blanks at the ends.
    let odd = ["VIDE": "\"\"", "BLANCS": "\"  x  \""]
    for path in try FileManager.default.subpathsOfDirectory(atPath: workdir)
    where path.hasPrefix("nasty") && path.contains("annotation") && path.hasSuffix(".csv") {
      var text = try String(contentsOfFile: workdir + "/" + path, encoding: .utf8)
      for (word, cell) in odd { text = text.replacing(",\(word),", with: ",\(cell),") }
      try text.write(toFile: workdir + "/" + path, atomically: true, encoding: .utf8)
    }
  }
}
