import Foundation
import TestSupport
import XCTest

/// The public release of the demo, as a reader with a computer sees it.
final class ReleaseAttackTests: XCTestCase {
  /// The attacker knows nothing of the program: published files in, intervals out.
  func testNoWithheldCountIsKnownToLessThanTheThreshold() throws {
    guard let python = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] else {
      throw XCTSkip("LIEN_TEST_PYTHON names no Python with scipy; scripts/test sets it")
    }
    let project = try SampleProject.shared()
    // A later release of an earlier year, by another command: readers lay the two side by side.
    let later = project.folder + "/plus-tard.csv"
    let run = try project.lien(
      "compute", "participants", "taux-participation", "--by", "age_band", "--period", "2023",
      "--audience", "public", "--format", "csv")
    XCTAssertEqual(run.status, 0, run.errors)
    try run.output.write(toFile: later, atomically: true, encoding: .utf8)
    let attack = try Program.run(
      [
        Places.root + "/Tests/CommandTests/attack_release.py", "11",
        project.folder + "/interne/data/dashboard.csv",
        project.folder + "/public/data/dashboard.csv", later,
      ], in: project.folder, executable: python)
    XCTAssertEqual(attack.status, 0, attack.output + attack.errors)
    XCTAssertTrue(attack.output.contains(" attacked, 0 known to less than 11"), attack.output)
  }

  /// Withholding everything is no answer.
  func testMostCellsThatReachTheThresholdArePublished() throws {
    let project = try SampleProject.shared()
    let inside = try rows(project.folder + "/interne/data/dashboard.csv")
    let outside = try rows(project.folder + "/public/data/dashboard.csv")
    var reaching = 0
    var given = 0
    for (key, cell) in inside where cell.status == "V" && cell.persons.map({ $0 >= 11 }) ?? true {
      reaching += 1
      if outside[key]?.status == "V" { given += 1 }
    }
    XCTAssertGreaterThan(reaching, 10_000)
    XCTAssertGreaterThan(Double(given) / Double(reaching), 0.8)
  }

  private func rows(_ path: String) throws -> [String: (status: String, persons: Int?)] {
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let head = try XCTUnwrap(lines.first)
    let value = try XCTUnwrap(head.firstIndex(of: "value"))
    let persons = try XCTUnwrap(head.firstIndex(of: "persons"))
    let status = try XCTUnwrap(head.firstIndex(of: "status"))
    return Dictionary(
      lines.dropFirst().map {
        ($0.prefix(value).joined(separator: ","), ($0[status], Int($0[persons])))
      }, uniquingKeysWith: { a, _ in a })
  }
}
