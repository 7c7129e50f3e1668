import FieldSheets
import Foundation
import Ingest
import TestSupport
import XCTest

/// Sheets that nobody would draw are read all the same, without a crash and in good time.
final class LayoutFuzzTests: FieldSheetCase {
  func testMutatedSheetsAreRead() throws {
    var random = SeededGenerator(seed: 11)
    let texts = [
      "", "x", "Total", "Nom", "Date", "5", "31", "32/13/2024", "janvier", "matin", "J5", "?",
      "du 5 au 7/03", "12 adultes + 5 enfants", "P = présent", "é\u{301}\u{FFFD}", "0,5",
      "99999999999999999999", "-1", "1/2/3/4", "(((", "+", "x+99999999999", "5 et", "=", ":",
      "Famille (9999999999)", "00 00 00 00 00", "d'accord", String(repeating: "9", count: 300),
    ]
    let reader = SheetReader(model: try Self.model.get(), dateOrder: .dayFirst)
    let groups = FieldSheets.numbers.filter { FieldSheets.family(of: $0) != .surveys }
    for round in 0..<300 {
      let group = groups[Int.random(in: 0..<groups.count, using: &random)]
      var all = grids(FieldSheets.sheet(group: group, seed: round % 7))
      for g in all.indices {
        for _ in 0..<Int.random(in: 1...8, using: &random) where !all[g].rows.isEmpty {
          let row = Int.random(in: 0..<all[g].rows.count, using: &random)
          let text = texts[Int.random(in: 0..<texts.count, using: &random)]
          switch Int.random(in: 0..<5, using: &random) {
          case 0: all[g].rows.remove(at: row)
          case 1: all[g].rows.insert(all[g].rows[row], at: row)
          case 2: all[g].rows[row].append(GridCell(text))
          case 3 where !all[g].rows[row].isEmpty:
            let column = Int.random(in: 0..<all[g].rows[row].count, using: &random)
            all[g].rows[row][column] = GridCell(text)
          default: all[g].rows.swapAt(row, 0)
          }
        }
      }
      _ = try reader.read(all)
      _ = all.first.flatMap { SurveyReader.read($0) }
    }
  }

  func testALargeSheetIsReadInGoodTime() throws {
    var grid = CellGrid(fileName: "a.xlsx", sheetName: "Année", rows: [])
    grid.rows.append(
      [GridCell("Nom")]
        + (0..<200).map { i in
          let day = i % 28 + 1
          return GridCell("\(day)/\(i / 28 % 12 + 1)/2024")
        })
    for p in 0..<300 {
      grid.rows.append(
        [GridCell("PERSONNE \(p)")] + (0..<200).map { GridCell(($0 + p) % 3 == 0 ? "x" : "") })
    }
    let start = processorSeconds()
    let reader = SheetReader(model: try Self.model.get())
    XCTAssertEqual(try reader.read([grid]).rows.count, 20_000)
    XCTAssertLessThan(processorSeconds() - start, 30)
  }
}
