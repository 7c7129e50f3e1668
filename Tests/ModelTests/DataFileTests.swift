import DataFiles
import Diagnostics
import TestSupport
import XCTest

final class DataFileTests: XCTestCase {
  private struct Note: Decodable, Equatable {
    var title: String
    var size: Double?
    var tags: [String]?
  }

  private static let shape = Shape.object(
    ["title": .scalar, "size": .scalar, "tags": .list(.scalar), "more": .map(.any)],
    required: ["title"])

  private func problems(_ text: String) -> [Diagnostic] {
    do {
      _ = try DataFile(name: "note.json5", text: text, shape: Self.shape)
      return []
    } catch {
      XCTAssertEqual(error.status, .failed)
      return error.diagnostics
    }
  }

  /// text, code, place
  func testWhatIsWrongIsToldWithLineAndColumn() {
    let facts: [(String, String, String)] = [
      ("{title: \"a\",\n sise: 1}", "data.unknown-key", "2:2"),
      ("{title: \"a\",\n  title: \"b\"}", "data.syntax", "2:3"),
      ("\n{size: 1}", "data.missing-key", "2:1"),
      ("{title: \"a\"", "data.syntax", "1:12"),
      ("{title \"a\"}", "data.syntax", "1:8"),
      ("{title: \"a\" size: 1}", "data.syntax", "1:13"),
      ("{title: }", "data.syntax", "1:9"),
      ("{title: \"a}", "data.syntax", "1:9"),
      ("{title: \"a\",\n tags: \"x\"}", "data.kind", "2:8"),
      ("{title: [\"a\"]}", "data.kind", "1:9"),
      ("[1, 2]", "data.kind", "1:1"),
      ("{title: \"a\"} {", "data.syntax", "1:14"),
      ("/* never closed", "data.syntax", "1:1"),
      ("", "data.syntax", "1:1"),
      ("é{", "data.kind", "1:1"),
    ]
    for (text, code, place) in facts {
      let first = problems(text).first
      XCTAssertEqual(first?.code, code, text)
      XCTAssertEqual(first?.location?.text, "note.json5:" + place, text)
    }
  }

  func testAnUnknownKeyGetsTheNearestKnownOne() {
    XCTAssertEqual(
      problems("{title: 1, tgas: []}").first?.remedy?.fr, "vouliez-vous dire « tags » ?")
  }

  func testEveryUnknownKeyIsTold() {
    XCTAssertEqual(problems("{title: 1, a1: 1, b2: 2}").map(\.code).count, 2)
  }

  func testKeysOfAMapAreTheAuthorsOwn() {
    XCTAssertEqual(problems("{title: 1, more: {anything: [1, {at: \"all\"}], 'x y': 2}}"), [])
  }

  func testDuplicateKeysAreRefusedAtAnyDepth() {
    let first = problems("{title: 1, more: {a: {b: 1,\n b: 2}}}").first
    XCTAssertEqual(first?.location?.text, "note.json5:2:2")
  }

  func testJSON5IsRead() throws {
    let text = """
      // a comment
      {
        'title': 'l’été', /* another */
        size: +.5,
        tags: ["a", "b",],
      }
      """
    let file = try DataFile(name: "note.json5", text: text, shape: Self.shape)
    XCTAssertEqual(
      try file.decode(Note.self), Note(title: "l’été", size: 0.5, tags: ["a", "b"]))
    XCTAssertEqual(file.location(of: "tags.1").text, "note.json5:5:15")
    XCTAssertEqual(file.location(of: "nowhere").text, "note.json5")
  }

  func testAValueOfTheWrongTypeIsToldWhereItStands() throws {
    let file = try DataFile(
      name: "note.json5", text: "{title: \"a\",\n size: \"big\"}", shape: Self.shape)
    XCTAssertThrowsError(try file.decode(Note.self)) { error in
      let first = (error as? Failure)?.diagnostics.first
      XCTAssertEqual(first?.code, "data.value")
      XCTAssertEqual(first?.location?.text, "note.json5:2:8")
    }
  }

  func testDeepNestingIsRefusedAndDoesNotCrash() {
    let deep = String(repeating: "[", count: 100_000)
    XCTAssertEqual(problems("{title: 1, more: {a: \(deep)").first?.code, "data.syntax")
  }

  func testAnyBytesAreReadOrRefused() {
    var random = SeededGenerator(seed: 5)
    let pieces = ["{", "}", "[", "]", ":", ",", "\"", "'", "a", "title", "\\", "\n", "/", "*", "é"]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<30, using: &random))
        .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      for problem in problems(text) {
        let line = problem.location?.line ?? 0
        XCTAssertTrue((1...lines).contains(line), text)
      }
    }
  }

  func testAMissingFileIsMissingInput() {
    XCTAssertThrowsError(try DataFile(path: "/nowhere/at/all.json5", shape: .any)) { error in
      XCTAssertEqual((error as? Failure)?.status, .input)
    }
  }
}
