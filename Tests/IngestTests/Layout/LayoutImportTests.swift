import Columns
import Diagnostics
import FieldSheets
import Foundation
import Ingest
import XCTest

/// Sheets laid out by hand come in as the rows of sessions and presences.
final class LayoutImportTests: FieldSheetCase {
  private let residence = IntakeOptions(residence: "tilleuls")

  func testLinesOfTextWithTooFewOrTooManyCellsAreTold() throws {
    let reading = try read(
      "nom,date\nAnne Petit,05/03/2024\nAli Kaya\nAwa Diallo,06/03/2024,en plus\n", residence)
    XCTAssertEqual(reading.receipt.rowsKept, 3)
    let told = reading.receipt.assumptions.filter { $0.code.hasPrefix("row.too-") }
    XCTAssertEqual(told.map(\.code), ["row.too-short", "row.too-long"])
    XCTAssertTrue(told[0].message.fr.contains("B3") && told[1].message.fr.contains("C4"))
  }

  func testAGridMakesSessionsAndPresences() throws {
    let text = """
      Feuille de présence;;;
      Atelier : Jardin;;;
      Nom;05/03/2024;12/03/2024;19/03/2024
      Marie Dupont;x;;a
      Ali Kaya;x;x;exc.
      Total;2;1;0
      """
    let reading = try read(text, residence)
    XCTAssertEqual(
      rows(reading, "activity", ["session", "date", "title", "status"]),
      [
        ["tilleuls|2024-03-05|jardin", "2024-03-05", "Jardin", "held"],
        ["tilleuls|2024-03-19|jardin", "2024-03-19", "Jardin", "held"],
        ["tilleuls|2024-03-12|jardin", "2024-03-12", "Jardin", "held"],
      ])
    XCTAssertEqual(
      rows(reading, "attendance", ["session", "resident", "status"]),
      [
        ["tilleuls|2024-03-05|jardin", "Marie Dupont", "present"],
        ["tilleuls|2024-03-19|jardin", "Marie Dupont", "absent"],
        ["tilleuls|2024-03-05|jardin", "Ali Kaya", "present"],
        ["tilleuls|2024-03-12|jardin", "Ali Kaya", "present"],
        ["tilleuls|2024-03-19|jardin", "Ali Kaya", "excused"],
      ])
    XCTAssertEqual(reading.rejects.count, 0)
    XCTAssertEqual(reading.receipt.rowsKept, 5)
    XCTAssertTrue(reading.receipt.text(in: .fr).contains("grille noms × dates"))
  }

  func testWhatCannotBeReadIsSetAsideWithItsCell() throws {
    let text = """
      Nom;05/03/2024;30/02/2024
      Marie Dupont;bof;x
      Ali Kaya;x;
      """
    let reading = try read(text, residence)
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["mark.unknown", "date.impossible"])
    XCTAssertEqual(reading.rejects.map(\.heading), ["B2", "C2"])
    XCTAssertEqual(reading.receipt.rowsSetAside, 2)
    XCTAssertEqual(values(reading, "attendance", "resident"), ["Ali Kaya"])
    // Corrected and imported again, as any list.
    let rejects = RejectsFile.csv(
      rejects: reading.rejects, header: reading.header, importNumber: 3,
      dialect: reading.dialect)
    let corrected = rejects.replacingOccurrences(of: "bof", with: "présent")
      .replacingOccurrences(of: "30/02/2024", with: "20/02/2024")
    let again = try read(corrected, residence)
    XCTAssertEqual(again.correctsRejectsOf, 3)
    XCTAssertEqual(
      rows(again, "attendance", ["session", "resident", "status"]),
      [
        ["tilleuls|2024-03-05", "Marie Dupont", "present"],
        ["tilleuls|2024-02-20", "Marie Dupont", "present"],
      ])
  }

  func testACancelledSessionHasNobody() throws {
    let reading = try read("Nom;05/03/2024;12/03/2024\nMarie;x;annulé\nAli;x;\n", residence)
    XCTAssertEqual(
      rows(reading, "activity", ["date", "status"]),
      [["2024-03-12", "cancelled"], ["2024-03-05", "held"]])
    XCTAssertEqual(values(reading, "attendance", "resident"), ["Marie", "Ali"])
  }

  func testAPlainListIsReadByItsHeadingsAsBefore() throws {
    let text =
      "Date;Activité;Participants;Thème\n05/03/2024;Jardin;Marie;\n05/03/2024;Jardin;Ali;\n"
    let reading = try read(text, residence)
    XCTAssertEqual(reading.header, ["Date", "Activité", "Participants", "Thème"])
  }

  func testAllSheetsOfPresencesFlowIntoTheImport() throws {
    for group in FieldSheets.numbers
    where ![.files, .surveys].contains(FieldSheets.family(of: group)) && group != 8 {
      for seed in 0..<3 {
        let sheet = FieldSheets.sheet(group: group, seed: seed)
        let text = sheet.grids[0].rows.map { row in
          row.map { "\"" + $0.text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
            .joined(separator: ";")
        }.joined(separator: "\n")
        var options = residence
        options.dateOrder = sheet.dateOrder.flatMap(DateOrder.init(rawValue:))
        guard let reading = try? read(text, options, name: sheet.fileName) else {
          XCTFail("group \(group), seed \(seed) is refused\n\(text)")
          continue
        }
        let batch = reading.batches.first { $0.table == "attendance" }
        XCTAssertEqual(
          batch?.rowCount ?? 0, sheet.rows.count, "group \(group), seed \(seed)\n\(sheet.text)")
      }
    }
  }

  func testAGridOfOneSessionIsNoOtherTable() throws {
    let reading = try read("Nom;5/3/24\nMarie;x\n", residence)
    XCTAssertEqual(reading.batches.map(\.table), ["activity", "attendance"])
  }
}
