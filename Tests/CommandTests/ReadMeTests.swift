import Foundation
import TestSupport
import XCTest

/// The README shows what the program prints.
final class ReadMeTests: XCTestCase {
  func testTheImportShownIsTheOneThatIsPrinted() throws {
    let project = try TestProject()
    try FileManager.default.createSymbolicLink(
      atPath: project.workdir.path + "/seeds", withDestinationPath: Places.root + "/seeds")
    let command = "lien import seeds/mimosas/presences.csv --project projet"
    let readMe = try String(contentsOfFile: Places.root + "/README.md", encoding: .utf8)
    let after = try XCTUnwrap(readMe.components(separatedBy: "    $ \(command)\n").last)
    let shown = after.components(separatedBy: "\n").prefix { !$0.isEmpty }.map(plain)
    XCTAssertGreaterThan(shown.count, 8)
    let run = try Program.run(
      command.components(separatedBy: " ").dropFirst().map { $0 }, in: project.workdir.path,
      environment: ["LIEN_HOME": Places.root])
    assertStatus(run, 3)
    let printed = run.output.components(separatedBy: "\n").map(plain).filter { !$0.isEmpty }
    XCTAssertEqual(shown.count, printed.count, run.output)
    for (a, b) in zip(shown, printed) {
      // A line that is cut in the README ends so.
      let isSame = a.hasSuffix(", …") ? b.hasPrefix(a.dropLast()) : a == b
      XCTAssertTrue(isSame, "« \(a) »\n« \(b) »")
    }
  }

  /// A line without its indent, with plain spaces.
  private func plain(_ line: String) -> String {
    line.replacingOccurrences(of: "[\u{A0}\u{202F}]", with: " ", options: .regularExpression)
      .trimmingCharacters(in: .whitespaces)
  }
}
