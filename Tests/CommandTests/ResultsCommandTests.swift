import Foundation
import TestSupport
import XCTest

/// `lien compute --format results` and `lien report --from`: figures computed elsewhere, or by
/// residence on several machines, make the same pages.
final class ResultsCommandTests: XCTestCase {
  private static let period = "2023-09..2024-08"

  /// A CSV by the names of its columns.
  private func read(_ path: String) throws -> (header: [String], rows: [[String: String]]) {
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let header = try XCTUnwrap(lines.first).map(String.init)
    return (
      header,
      lines.dropFirst().filter { $0.count == header.count }.map {
        Dictionary(uniqueKeysWithValues: zip(header, $0.map(String.init)))
      }
    )
  }

  func testAReportFromResultsHasTheTablesOfTheReportFromTheStore() throws {
    let project = try SampleProject.shared()
    assertStatus(
      try project.lien(
        "compute", "--all", "--format", "results", "--restricted", "--period", Self.period,
        "--out", "all.csv"), 0)
    let own = try project.lien("report", "residence", "--period", Self.period, "--out", "own")
    assertStatus(own, 0)
    let from = try project.lien(
      "report", "residence", "--period", Self.period, "--from", "all.csv", "--out", "from")
    assertStatus(from, 0)
    XCTAssertFalse(from.errors.contains("absents de ces résultats"), from.errors)
    let (a, b) = (project.folder + "/own/data", project.folder + "/from/data")
    let name = try XCTUnwrap(
      FileManager.default.contentsOfDirectory(atPath: a).first { $0.hasPrefix("residence") })
    XCTAssertEqual(
      try String(contentsOfFile: a + "/" + name, encoding: .utf8),
      try String(contentsOfFile: b + "/" + name, encoding: .utf8))
    let page = try String(contentsOfFile: project.folder + "/from/index.html", encoding: .utf8)
    XCTAssertTrue(page.contains("all.csv"), "the page says where its figures were read")

    // For others the gate has all that it needs, and withholds the same.
    for (folder, source) in [("pub-own", []), ("pub-from", ["--from", "all.csv"])] {
      let ledger = project.path + "/diffusions"
      try? FileManager.default.removeItem(atPath: ledger)
      let run = try Program.run(
        ["report", "residence", "--period", Self.period, "--audience", "public", "--out", folder]
          + source, in: project.folder, environment: ["LIEN_PROJECT": project.path])
      assertStatus(run, 0)
      try? FileManager.default.removeItem(atPath: ledger)
    }
    let released = try String(
      contentsOfFile: project.folder + "/pub-own/data/" + name, encoding: .utf8)
    XCTAssertTrue(released.contains(",S,"))
    XCTAssertEqual(
      released,
      try String(contentsOfFile: project.folder + "/pub-from/data/" + name, encoding: .utf8))

    // The plain columns alone do not say what would protect a release.
    assertStatus(
      try project.lien(
        "compute", "participants", "--period", Self.period, "--format", "csv", "--out", "tidy.csv"),
      0)
    let refused = try project.lien(
      "report", "residence", "--period", Self.period, "--from", "tidy.csv", "--audience", "partner",
      "--out", "refused")
    assertStatus(refused, 4)
    assertContains(refused.errors, "smallest")
    let inside = try project.lien(
      "report", "residence", "--period", Self.period, "--from", "tidy.csv", "--out", "inside")
    assertStatus(inside, 0)
    assertContains(inside.errors, "absents de ces résultats, donc sans valeur")
  }

  func testResidencesComputedApartMakeTheWhole() throws {
    let project = try SampleProject.shared()
    assertStatus(
      try project.lien("export", "parts", "--partitioned", "--restricted"), 0)
    func compute(_ out: String, _ more: String...) throws -> Program.Run {
      try Program.run(
        [
          "compute", "--all", "--without-sql", "--format", "results", "--restricted", "--period",
          Self.period, "--out", out,
        ] + more, in: project.folder, environment: ["LIEN_PROJECT": project.path])
    }
    assertStatus(try compute("whole.csv"), 0)
    let whole = try read(project.folder + "/whole.csv")
    let residences = Set(whole.rows.compactMap { $0["residence"] }).subtracting(["_total"])
    XCTAssertGreaterThan(residences.count, 5)
    let half = Array(residences.sorted().prefix(3)).joined(separator: ",")
    let rest = Array(residences.sorted().dropFirst(3)).joined(separator: ",")
    let one = try compute("one.csv", "--export", "parts", "--residence", half)
    assertStatus(one, 0)
    assertContains(one.errors, "non calculé par résidence")
    assertStatus(try compute("two.csv", "--export", "parts", "--residence", rest), 0)
    let parts = try ["one", "two"].flatMap { try read("\(project.folder)/\($0).csv").rows }
    func key(_ row: [String: String]) -> String {
      whole.header.prefix { $0 != "value" }.filter { row[$0] != "_na" && row[$0] != "_total" }
        .map { "\($0)=\(row[$0] ?? "")" }.joined(separator: " ")
    }
    let expected = Dictionary(
      whole.rows.filter { $0["residence"] != "_total" }.map { (key($0), $0) }
    ) { first, _ in first }
    var compared = 0
    for row in parts {
      XCTAssertNotEqual(row["residence"], "_total")
      // A group that other residences have is an empty one there.
      guard let same = expected[key(row)] else { return XCTFail(key(row)) }
      for name in ["value", "numerator", "unknown", "persons", "ci_low", "ci_high", "smallest"] {
        let (a, b) = (Double(same[name] ?? ""), Double(row[name] ?? ""))
        if let a, let b {
          XCTAssertEqual(a, b, accuracy: 1e-9 * max(1, abs(a)), "\(name) \(key(row))")
        } else {
          XCTAssertEqual(a, b, "\(name) \(key(row))")
        }
      }
      compared += 1
    }
    XCTAssertGreaterThan(compared, 500)
    // Of a folder that is no export.
    let none = try compute("none.csv", "--export", "rapports")
    assertStatus(none, 5)
    assertContains(none.errors, "lien export DOSSIER --partitioned")
  }

  func testWhatCannotBeReadIsToldWithItsLine() throws {
    let project = try SampleProject.shared()
    let head = "indicator,version,period,residence,value,status"
    func report(_ name: String, _ text: String) throws -> Program.Run {
      try text.write(toFile: project.folder + "/" + name, atomically: true, encoding: .utf8)
      return try project.lien(
        "report", "residence", "--period", Self.period, "--from", name, "--out", "bad")
    }
    let columns = try report("columns.csv", "indicator,value\nparticipants,3\n")
    assertStatus(columns, 5)
    assertContains(columns.errors, "colonnes absentes : version, period, residence, status")
    let number = try report("number.csv", head + "\nparticipants,1,2024,_total,NaN,V\n")
    assertStatus(number, 5)
    assertContains(number.errors, "number.csv")
    assertContains(number.errors, "« NaN » n’est pas un nombre")
    let twice = try report(
      "twice.csv", head + "\nparticipants,1,2024,_total,3,V\nparticipants,1,2024,_total,4,V\n")
    assertStatus(twice, 5)
    assertContains(twice.errors, "ne viennent pas des mêmes données")
    let width = try report("width.csv", head + "\nparticipants,1,2024\n")
    assertStatus(width, 5)
    assertContains(width.errors, "3 cellules")
    let other = try report("other.csv", head + "\nparticipants,0.1,\(Self.period),_total,3,V\n")
    assertStatus(other, 0)
    assertContains(other.errors, "une autre version de leur définition")
    assertContains(other.errors, "participants (0.1 ≠")
    // Options that mean nothing together.
    assertStatus(
      try project.lien("report", "residence", "--from", "other.csv", "--edition", "2024"), 2)
    assertStatus(try project.lien("compute", "participants", "--without-sql"), 2)
    assertStatus(
      try project.lien("compute", "participants", "--format", "results", "--audience", "public"), 2)
    assertStatus(try project.lien("compute"), 2)
  }
}
