import Columns
import Diagnostics
import Foundation
import Periods
import TestSupport
import Workbooks
import XCTest

@testable import Ingest
@testable import Model
@testable import Project

/// A blank workbook of any table comes back, filled in, as that table and without a question.
final class TemplateWorkbookTests: XCTestCase {
  private func model() throws -> Model { try Model(folder: Places.root + "/indicators/model") }

  private func template(_ table: String) throws -> Template {
    try Template(table: table, project: nil, home: { () throws(Failure) in Places.root })
  }

  /// What a person might write in a column.
  private func value(_ column: ColumnDeclaration, _ language: Language) -> WorkbookWriter.Value {
    switch column.kind {
    case .key, .link: .text("K-1")
    case .text: .text("Quelques mots")
    case .code: .text(column.values.last?.label[language] ?? "")
    case .integer: .number(column.minimum ?? 3)
    case .decimal: .number((column.minimum ?? 0) + 0.5)
    case .date: Day(year: 2024, month: 3, day: 5).map { .date($0) } ?? .empty
    case .time: .text("14:30")
    case .boolean: .text(language == .fr ? "oui" : "yes")
    }
  }

  func testEveryTableFilledInComesBackAsItself() throws {
    let model = try model()
    XCTAssertGreaterThan(model.tables.count, 10)
    for table in model.tables {
      for language in [Language.fr, .en] {
        var sheets = try template(table.name).sheets(language)
        sheets[0].rows.append(
          table.columns.map { column in
            // A person or a headcount, not both.
            let isCount = column.name == table.multiplicity
            return WorkbookWriter.Cell(isCount ? .empty : value(column, language))
          })
        let readings = try Intake(model: model).readAll(
          name: "modele.xlsx", bytes: WorkbookWriter.bytes(of: sheets))
        XCTAssertEqual(readings.map { $0.batches.map(\.table) }, [[table.name]], table.name)
        let reading = try XCTUnwrap(readings.first)
        XCTAssertEqual(reading.rejects.map(\.reason.message.fr), [], table.name)
        XCTAssertEqual(reading.batches.first?.rowCount, 1, table.name)
        XCTAssertEqual(reading.receipt.unreadHeadings.map(\.heading), [], table.name)
        XCTAssertEqual(
          reading.receipt.assumptions.filter(\.isWarning).map(\.message.fr), [], table.name)
        for column in table.columns where column.name != table.multiplicity {
          let read = reading.batches.first?.columns[column.name]?.text(at: 0)
          XCTAssertNotNil(read, "\(table.name).\(column.name)")
        }
      }
    }
  }

  func testListsOfAnyLengthAreDroppedDown() throws {
    let sheets = try template("resident").sheets(.fr)
    let columns = try model().table(named: "resident").columns
    for (i, column) in columns.enumerated() {
      let choices = sheets[0].choices.first { $0.range.firstColumn == i }
      guard !column.values.isEmpty else {
        XCTAssertNil(choices, column.name)
        continue
      }
      let labels = column.values.map(\.label.fr)
      switch try XCTUnwrap(choices, column.name).source {
      case .texts(let texts): XCTAssertEqual(texts, labels)
      case .cells(let range, let sheet):
        XCTAssertEqual(sheet, 1)
        let cells = (range.firstRow...range.lastRow).map {
          sheets[1].rows[$0][range.firstColumn].value
        }
        XCTAssertEqual(cells, labels.map { .text($0) })
        XCTAssertEqual(range.firstColumn, range.lastColumn)
      }
    }
    // « Artisans, commerçants… » holds a comma: the format cannot hold it beside the cells.
    XCTAssertTrue(
      sheets[0].choices.contains { if case .cells = $0.source { true } else { false } })
  }

  func testABlankOneIsNotMistakenForRows() throws {
    let bytes = try template("activity").workbook(language: .fr)
    let readings = try Intake(model: model()).readAll(name: "modele.xlsx", bytes: bytes)
    XCTAssertEqual(readings.map(\.receipt.rowsRead), [0])
    let workbook = try Workbook(bytes: bytes, name: "modele.xlsx")
    XCTAssertEqual(workbook.sheets.map(\.name), ["Séances", "Mode d’emploi"])
    XCTAssertTrue(workbook.sheets[1].isHidden(row: 0))
    XCTAssertEqual(workbook.sheets[1].text(row: 1, column: 0), "Séances")
  }
}
