import Periods
import Workbooks
import XCTest

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
