import Diagnostics
import Foundation
import TestSupport
import XCTest

@testable import Project

/// Real workbooks of all makes, cell by cell, beside what LibreOffice shows of them.
final class SheetCollectionTests: XCTestCase {
  /// Sheets of which some cells differ: how many, and why.
  private let known: [String: (cells: Int, why: String)] = [
    "errors.xlsx.0": (4, "LibreOffice calculates anew; here a formula has its cached value"),
    "pivots.xlsx.0": (17, "LibreOffice draws pivot tables anew"),
    "pivots.xlsx.1": (38, "LibreOffice draws pivot tables anew"),
    "pivots.xlsx.2": (3, "LibreOffice draws pivot tables anew, in its own words"),
    "pivots.xlsx.3": (4, "LibreOffice draws pivot tables anew, in its own words"),
    "pivots.xlsx.4": (
      10, "a boolean in a cell with the format of a date is shown as a day of 1899"
    ),
    "pivots.xlsx.5": (11, "the same; and 6.4082024991989748 has …897 for its fifteenth digits"),
    "richtext_issue.ods.4": (1, "a boolean in the language of the sheet"),
  ]

  /// A part of it does not match its checksum; what LibreOffice shows of it is empty.
  private let refused: Set<String> = ["issue252.xlsx"]

  func testEveryCellIsThatOfLibreOffice() throws {
    let folder = try Places.shared("data/sheets")
    let answers = try FileManager.default.contentsOfDirectory(atPath: folder + "/expected").sorted()
      .filter { $0.hasSuffix(".csv") }
    XCTAssertGreaterThan(answers.count, 100)
    for answer in answers {
      let name = String(answer.dropLast(4))
      let dot = try XCTUnwrap(name.lastIndex(of: "."))
      let number = try XCTUnwrap(Int(name[name.index(after: dot)...]))
      let path = folder + "/workbooks/" + name[..<dot]
      if refused.contains(String(name[..<dot])) {
        XCTAssertThrowsError(
          try WorkbookPreview(path: path, sheet: "\(number + 1)", isRequired: true), name
        ) { error in
          XCTAssertEqual((error as? Failure)?.diagnostics.map(\.code), ["workbook.damaged"])
        }
        continue
      }
      let preview = try XCTUnwrap(
        WorkbookPreview(path: path, sheet: "\(number + 1)", isRequired: true))
      var text = ""
      preview.write(.grid, in: .fr) { text += $0 }
      let found = Self.rows(text)
      let expected = Self.rows(
        try String(contentsOfFile: folder + "/expected/" + answer, encoding: .utf8))
      var different = 0
      var first = ""
      for i in 0..<max(found.count, expected.count) {
        let (a, b) = (Self.row(found, i), Self.row(expected, i))
        for j in 0..<max(a.count, b.count) {
          let (x, y) = (j < a.count ? a[j] : "", j < b.count ? b[j] : "")
          if Self.isSame(x, y) { continue }
          different += 1
          if first.isEmpty { first = "row \(i + 1), column \(j + 1): \(x) for \(y)" }
        }
      }
      XCTAssertEqual(
        different, known[name]?.cells ?? 0, "\(name): \(first); known: \(known[name]?.why ?? "")")
    }
  }

  /// A date here is ISO 8601, there as the sheet's format has it: then the numbers are the same.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard a.firstMatch(of: /^\d{4}-\d\d-\d\d|^\d\d:\d\d:\d\d/) != nil else { return false }
    func numbers(_ text: String) -> [Int] {
      text.matches(of: /\d+/).compactMap { Int($0.0) }.sorted()
    }
    return numbers(a) == numbers(b)
  }

  private static func row(_ rows: [[String]], _ i: Int) -> [String] {
    i < rows.count ? rows[i] : []
  }

  /// The cells of an RFC 4180 text.
  private static func rows(_ text: String) -> [[String]] {
    var (rows, row, cell): ([[String]], [String], String) = ([], [], "")
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let c = scalars.popFirst() {
      switch c {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        cell.unicodeScalars.append(c)
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\r" where !isQuoted: break
      case "\n" where !isQuoted:
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(c)
      }
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
    return rows
  }
}
