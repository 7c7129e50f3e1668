import Diagnostics
import FieldSheets
import Foundation
import Ingest
import Model
import Periods
import TestSupport
import XCTest

/// What the tests of understanding share: a fixture read, and compared with what it says.
class FieldSheetCase: IngestCase {
  static let reader: Result<Model, any Error> = IngestCase.model

  /// The sheets of a fixture as the reader takes them.
  func grids(_ sheet: FieldSheet) -> [CellGrid] {
    sheet.grids.map { grid in
      var out = CellGrid(
        fileName: sheet.fileName, sheetName: grid.name,
        rows: grid.rows.map { $0.map { GridCell($0.text, kind($0.kind)) } })
      out.merges = grid.merges.map {
        GridRange(top: $0.top, left: $0.left, bottom: $0.bottom, right: $0.right)
      }
      out.hiddenRows = grid.hiddenRows
      out.hiddenColumns = grid.hiddenColumns
      out.comments = grid.comments.map { CellGrid.Comment(row: $0.row, column: $0.column) }
      return out
    }
  }

  private func kind(_ kind: FieldKind) -> GridKind {
    switch kind {
    case .blank: .blank
    case .text: .text
    case .number: .number
    case .percent: .percent
    case .date: .date
    case .dateTime: .dateTime
    case .time: .time
    case .duration: .duration
    case .boolean: .boolean
    case .error: .error
    }
  }

  /// How a reading differs from a fixture's expectations; nil when it does not.
  func difference(_ sheet: FieldSheet) throws -> String? {
    let reader = SheetReader(model: try Self.model.get())
    let reading: SheetReading
    do {
      reading = try reader.read(grids(sheet))
      if let code = sheet.failure { return "not refused: \(code)" }
    } catch let failure {
      let codes = failure.diagnostics.map(\.code)
      guard let code = sheet.failure, codes == [code] else { return "refused: \(codes)" }
      guard let order = sheet.dateOrder.flatMap(DateOrder.init(rawValue:)) else { return nil }
      let told = SheetReader(model: try Self.model.get(), dateOrder: order)
      return try compare(told.read(grids(sheet)), sheet)
    }
    return compare(reading, sheet)
  }

  func compare(_ reading: SheetReading, _ sheet: FieldSheet) -> String? {
    var out: [String] = []
    func list(_ what: String, _ found: [String], _ expected: [String]) {
      var (found, expected) = (found.sorted(), expected.sorted())
      let (a, b) = (found, expected)
      for x in a { if let i = expected.firstIndex(of: x) { expected.remove(at: i) } }
      for x in b { if let i = found.firstIndex(of: x) { found.remove(at: i) } }
      if !expected.isEmpty {
        out.append("missing \(what):\n    " + expected.prefix(5).joined(separator: "\n    "))
      }
      if !found.isEmpty {
        out.append("surplus \(what):\n    " + found.prefix(5).joined(separator: "\n    "))
      }
    }
    list("rows", reading.rows.map(text), sheet.rows.map(text))
    list(
      "problems", reading.problems.map { "\($0.place) \($0.code) \($0.verdict.rawValue)" },
      sheet.problems.map { "\($0.cell) \($0.code) \($0.verdict.rawValue)" })
    if reading.residence != sheet.residence {
      out.append("residence \(reading.residence ?? "–") for \(sheet.residence ?? "–")")
    }
    return out.isEmpty ? nil : out.joined(separator: "\n  ")
  }

  private func text(_ row: TidyRow) -> String {
    join(
      row.source, Day(number: row.day).iso, row.title, row.start, row.presentMinutes ?? row.minutes,
      row.person, row.flat, row.headcount, row.status.rawValue, row.role, row.amount)
  }

  private func text(_ row: FieldRow) -> String {
    join(
      row.source, row.date, row.title, row.start, row.minutes, row.person, row.flat, row.headcount,
      row.status, row.role, row.amount)
  }

  private func join(
    _ source: String, _ date: String, _ title: String, _ start: Int?, _ minutes: Int?,
    _ person: String?, _ flat: String?, _ count: Int?, _ status: String, _ role: String,
    _ amount: Double?
  ) -> String {
    let parts: [String?] = [
      source, date, title.isEmpty ? nil : Fold.key(title), start.map { "at \($0)" },
      minutes.map { "for \($0)" }, person, count == nil ? flat : nil, count.map { "(\($0))" },
      status, role, amount.map { "\($0) €" },
    ]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }
}
