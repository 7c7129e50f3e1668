import Foundation
import Workbooks
import XCTest

/// A workbook in a test: what its sheets hold, and what a person types there.
struct Book {
  private let path: String
  private(set) var sheets: [(name: String, rows: [[String]])]

  /// Reads a file.
  init(_ path: String) throws {
    self.path = path
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    sheets = try Workbook(bytes: Array(bytes), name: path).sheets.map { sheet in
      let rows = (0..<sheet.rowCount).map { row in
        (0..<sheet.columnCount).map { sheet.text(row: row, column: $0) }
      }
      return (sheet.name, rows)
    }
  }

  /// Makes a file of one sheet.
  init(_ path: String, _ name: String, _ rows: [[String]]) {
    self.path = path
    sheets = [(name, rows)]
  }

  /// Adds a sheet.
  mutating func add(_ name: String, _ rows: [[String]]) { sheets.append((name, rows)) }

  /// The rows of the first sheet.
  var rows: [[String]] { sheets[0].rows }

  /// The cells of the first sheet under a heading that begins so.
  func column(_ heading: String) throws -> [String] {
    let place = try XCTUnwrap(rows[0].firstIndex { $0.hasPrefix(heading) }, heading)
    return rows.dropFirst().map { $0[place] }
  }

  /// Types into a cell of the first sheet: the first row that holds a text, under a heading.
  mutating func type(_ text: String, under heading: String, besides cell: String) throws {
    let place = try XCTUnwrap(rows[0].firstIndex { $0.hasPrefix(heading) }, heading)
    let row = try XCTUnwrap(rows.firstIndex { $0.contains(cell) }, cell)
    sheets[0].rows[row][place] = text
  }

  /// Saves it, as another program would: without the looks.
  func save() throws {
    let bytes = try WorkbookWriter.bytes(
      of: sheets.map { name, rows in
        var sheet = WorkbookWriter.Sheet(name: name)
        sheet.rows = rows.map { $0.map { WorkbookWriter.Cell($0) } }
        return sheet
      })
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}
