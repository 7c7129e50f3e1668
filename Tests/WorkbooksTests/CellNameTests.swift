import Workbooks
import XCTest

/// Names of cells.
final class CellNameTests: XCTestCase {
  func testCellsAreNamedAsSpreadsheetsNameThem() {
    let names = [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
    for (row, column, name) in names {
      XCTAssertEqual(CellName.text(row: row, column: column), name)
    }
    let range = CellRange(firstRow: 1, firstColumn: 2, lastRow: 3, lastColumn: 4)
    XCTAssertEqual(range.name, "C2:E4")
  }
}
