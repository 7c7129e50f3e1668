import XCTest

@testable import Ingest

/// Rows, headings and ends of lists written in another way than their file.
final class OddRowTests: XCTestCase {
  private func csv(_ text: String) throws -> String {
    try Preview(name: "f.csv", bytes: Array(text.utf8)).csv()
  }

  private let body = "2024-03-05,Loto,12\n2024-03-06,Yoga,8\n2024-03-07,Jardin,15\n"

  func testHeadingsSeparatedInAnotherWayStillHeadTheColumns() throws {
    XCTAssertEqual(try csv("Date;Atelier;Effectif\n" + body), "Date,Atelier,Effectif\n" + body)
  }

  func testAnEmptyHeadingTooManyIsDropped() throws {
    XCTAssertEqual(try csv("Date,,Atelier,Effectif\n" + body), "Date,Atelier,Effectif\n" + body)
  }

  func testRowNumbersWithoutAHeadingKeepTheirColumn() throws {
    XCTAssertEqual(
      try csv("\"a\",\"b\"\n\"1\",21,6\n\"2\",22.8,4\n\"3\",18.1,6\n"),
      ",a,b\n1,21,6\n2,22.8,4\n3,18.1,6\n")
  }

  func testARowBetweenApostrophesLosesThem() throws {
    XCTAssertEqual(
      try csv("Date,Atelier,Effectif\n" + body + "'2024-03-08','Chant','9'\n"),
      "Date,Atelier,Effectif\n" + body + "2024-03-08,Chant,9\n")
  }

  func testABlankLineAfterTheFirstRowLosesNothing() throws {
    let (first, rest) = ("2024-03-04,Chant,9\n", body)
    XCTAssertEqual(
      try csv("Date,Atelier,Effectif\n" + first + "\n" + rest),
      "Date,Atelier,Effectif\n" + first + rest)
  }

  func testDoubledDelimitersSeparateOnce() throws {
    let doubled = ("Date,Atelier,Effectif\n" + body).replacingOccurrences(of: ",", with: "\t\t")
    XCTAssertEqual(try csv(doubled), "Date,Atelier,Effectif\n" + body)
  }

  func testYearsBelowGroupsAreHeadings() throws {
    XCTAssertEqual(
      try csv("Lieu;Hommes;;Femmes;\n;2020;2021;2020;2021\nA;1;2;3;4\nB;5;6;7;8\n"),
      "Lieu,Hommes 2020,2021,Femmes 2020,2021\nA,1,2,3,4\nB,5,6,7,8\n")
  }

  func testTotalsAtTheEndAreKnownFromNamesAndActivities() {
    for text in ["Total", "TOTAL présents", "S/Total", "Nb de participants", "Moyenne :"] {
      XCTAssertTrue(TotalRows.isLabel(text), text)
    }
    for text in ["Totalement zen", "Atelier total", "Paul Total", "Total look pour la fête du 3"] {
      XCTAssertFalse(TotalRows.isLabel(text), text)
    }
  }

  func testTotalsAreSetAsideOfAListToImportAndShownInAPreview() throws {
    let text = "date,titre,effectif\n" + body + "Total,,35\n"
    let sheet = try OpenedSheet(
      name: "f.csv", bytes: Array(text.utf8), options: IntakeOptions())
    XCTAssertEqual(sheet.asides.map(\.kind), [.totals])
    XCTAssertEqual(sheet.asides.map(\.lines), [5...5])
    XCTAssertEqual(sheet.grid.recordCount, 4)
    XCTAssertTrue(sheet.assumptions.contains { $0.isWarning })
    XCTAssertTrue(try csv(text).hasSuffix("Total,,35\n"))
  }
}
