import Foundation
import TestSupport
import XCTest

/// The proof on other engines (`scripts/prove`) is itself tried: it tells what is different.
final class ProofTests: XCTestCase {
  private let proof = Places.root + "/Tests/Engines/proof.py"

  func testEveryChangedCellIsTold() throws {
    let run = try Program.run(
      [proof, "--self-check"], in: NSTemporaryDirectory(), executable: Python.path())
    assertStatus(run, 0)
  }

  /// On a small project all is equal but a query that counts one too many, and one that the engine
  /// refuses. SQLite answers hundreds of queries in seconds.
  func testABrokenQueryIsDifferent() throws {
    let python = try Python.path()
    let project = try TestProject()
    let folder = Places.root + "/seeds/mimosas"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where name.hasSuffix(".csv") {
      _ = try project.lien("import", folder + "/" + name)
    }
    let work = project.workdir.path + "/preuve"
    let whole = try Program.run(
      [
        proof, Places.release ?? Places.built("lien"), project.path, "--period", "2025",
        "--engines", "sqlite", "--work", work,
      ], in: project.workdir.path, environment: ["LIEN_HOME": Places.root], executable: python)
    if whole.output.contains("skipped") { throw XCTSkip(whole.output) }
    assertStatus(whole, 0)
    assertContains(whole.output, " 0 different")

    func spoil(_ name: String, _ part: String, _ other: String) throws {
      let path = "\(work)/sqlite/requetes/\(name).sql"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      XCTAssertTrue(text.contains(part), name)
      try text.replacingOccurrences(of: part, with: other)
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
    try spoil("presences", "COUNT(*) AS scanned", "COUNT(*) + 1 AS scanned")
    try spoil("participants", "SELECT", "SELEKT")
    struct Report: Decodable { var different: [String: String] }
    let broken = try Program.run(
      [proof, "--ask", "sqlite", "--work", work], in: project.workdir.path, executable: python)
    let report = try JSONDecoder().decode(Report.self, from: Data(broken.output.utf8))
    XCTAssertEqual(report.different.count, 2, "\(report.different)")
    assertContains(report.different["presences 1"] ?? "", "scanned")
    assertContains(report.different["participants"] ?? "", "SELEKT")
  }
}
