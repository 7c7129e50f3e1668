import Periods
import XCTest

@testable import Workbooks

/// What is written comes back.
final class WriterTests: XCTestCase {
  private func sample() throws -> [WorkbookWriter.Sheet] {
    var first = WorkbookWriter.Sheet(name: "Mars [2024]")
    let day = try XCTUnwrap(Day(iso: "2024-03-01"))
    first.rows = [
      [
        WorkbookWriter.Cell("Nom", look: .init(isBold: true, fill: "DDEEFF", hasBorder: true)),
        WorkbookWriter.Cell(.date(day), look: .init(isCentred: true)),
        WorkbookWriter.Cell("Remarque", comment: "à <voir> & revoir"),
      ],
      [
        WorkbookWriter.Cell("  Zoé \"O’Neil\" <&>\n_x0041_ \u{7}"),
        WorkbookWriter.Cell(.number(1.5)),
        WorkbookWriter.Cell(.boolean(true)), WorkbookWriter.Cell(.number(-3)),
      ],
    ]
    first.widths = [0: 30, 2: 12.5]
    first.frozenRows = 1
    first.frozenColumns = 1
    first.merges = [CellRange(firstRow: 2, firstColumn: 0, lastRow: 2, lastColumn: 2)]
    first.choices = [
      .init(
        range: CellRange(firstRow: 1, firstColumn: 1, lastRow: 9, lastColumn: 3),
        texts: ["Présent", "Absent", "Excusé"])
    ]
    var second = WorkbookWriter.Sheet(name: "mars -2024-")
    second.isHidden = true
    second.rows = [[WorkbookWriter.Cell("x")]]
    return [first, second]
  }

  func testWhatIsHiddenAndHowItPrintsComesBack() throws {
    var sheet = WorkbookWriter.Sheet(name: "L’été & l'hiver")
    let day = try XCTUnwrap(Day(iso: "2024-03-01"))
    sheet.rows = [
      [WorkbookWriter.Cell("clé")], [WorkbookWriter.Cell("Nom")],
      [WorkbookWriter.Cell(.date(day), look: .init(isMiddle: true, dayFormat: "dd/mm/yyyy"))],
    ]
    sheet.hiddenRows = [0]
    sheet.hiddenColumns = [1]
    sheet.heights = [2: 18]
    var printing = WorkbookWriter.Printing()
    printing.repeatedRows = 0...1
    printing.repeatedColumns = 0...2
    printing.pagesAcross = 3
    printing.foot = "A & B"
    sheet.printing = printing
    let bytes = try WorkbookWriter.bytes(of: [WorkbookWriter.Sheet(name: "Une autre"), sheet])
    let read = try Workbook(bytes: bytes, name: "essai").sheets[1]
    XCTAssertTrue(read.isHidden(row: 0))
    XCTAssertFalse(read.isHidden(row: 1))
    XCTAssertTrue(read.isHidden(column: 1))
    XCTAssertEqual(read.grid[2], ["2024-03-01"])
    // What no reader of ours looks at, as the format spells it (ECMA-376 Part 1, 18.2.5, 18.3.1).
    let part = PrintPart(sheet)
    XCTAssertEqual(
      part?.titles(sheet: 1, name: "L’été & l'hiver"),
      "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">"
        + "'L’été &amp; l''hiver'!$A:$C,'L’été &amp; l''hiver'!$1:$2</definedName>")
    let xml = try XCTUnwrap(part?.xml())
    XCTAssertTrue(xml.contains("fitToWidth=\"3\" fitToHeight=\"0\""), xml)
    XCTAssertTrue(xml.contains("&amp;L&amp;9A &amp;&amp; B&amp;R"), xml)
  }

  func testSheetsComeBackAsTheyWereWritten() throws {
    let workbook = try Workbook(bytes: WorkbookWriter.bytes(of: sample()), name: "essai")
    XCTAssertEqual(workbook.sheets.map(\.name), ["Mars -2024-", "mars -2024- (2)"])
    XCTAssertEqual(workbook.sheets.map(\.isHidden), [false, true])
    let sheet = workbook.sheets[0]
    XCTAssertEqual(
      sheet.grid,
      [
        ["Nom", "2024-03-01", "Remarque", ""],
        ["  Zoé \"O’Neil\" <&>\n_x0041_ \u{7}", "1.5", "TRUE", "-3"],
      ])
    XCTAssertEqual(sheet.kinds, [.text, .date, .text, .text, .number, .boolean, .number])
    XCTAssertEqual(sheet.merges.map(\.name), ["A3:C3"])
    XCTAssertEqual(sheet.comments, [CellComment(row: 0, column: 2, text: "à <voir> & revoir")])
  }

  func testTheSameSheetsGiveTheSameBytes() throws {
    XCTAssertEqual(
      try WorkbookWriter.bytes(of: sample()), try WorkbookWriter.bytes(of: sample()))
  }
}
