import Columns
import Diagnostics
import Foundation
import Ingest
import Model
import Periods
import TestSupport
import Workbooks
import XCTest

/// Plain tables of workbooks become the rows that the same tables become as CSV.
final class WorkbookImportTests: IngestCase {
  private func readAll(
    _ bytes: [UInt8], _ options: IntakeOptions = IntakeOptions(), name: String = "essai.xlsx"
  ) throws -> [Reading] {
    try Intake(model: Self.model.get(), options: options).readAll(name: name, bytes: bytes)
  }

  private func workbook(_ sheets: [(String, [[WorkbookWriter.Value]])]) throws -> [UInt8] {
    try WorkbookWriter.bytes(
      of: sheets.map { name, rows in
        var sheet = WorkbookWriter.Sheet(name: name)
        sheet.rows = rows.map { $0.map { WorkbookWriter.Cell($0) } }
        return sheet
      })
  }

  private func day(_ iso: String) throws -> WorkbookWriter.Value {
    .date(try XCTUnwrap(Day(iso: iso[...])))
  }

  private let columns = ["session", "resident", "status", "minutes"]

  func testFilesOfSpreadsheetProgramsGiveTheRowsOfTheirCSV() throws {
    let csv = """
      Activité;Date;Nom;Prénom;Présence;Durée de présence
      Loto;05/03/2024;Petit;Zoé;présent;75
      Loto;05/03/2024;Nguyen;Anh;absent;
      Loto;32/03/2024;Diallo;Awa;présent;2
      Couture;02/04/2024;Petit;Zoé;présent;1250
      Couture;02/04/2024;Diallo;Awa;bof;45
      """
    let options = IntakeOptions(residence: "Lilas")
    let expected = try read(csv, options)
    for name in ["presences.xlsx", "presences.ods"] {
      let path = Places.root + "/Tests/Fixtures/workbooks/" + name
      let all = try readAll(
        Array(Data(contentsOf: URL(fileURLWithPath: path))), options, name: name)
      XCTAssertEqual(all.count, 1)
      let reading = all[0]
      for (table, columns) in [
        ("attendance", columns), ("activity", ["session", "date", "title"]),
      ] {
        XCTAssertEqual(rows(reading, table, columns), rows(expected, table, columns), name)
      }
      XCTAssertEqual(reading.rejects.map(\.reason.code), expected.rejects.map(\.reason.code))
      XCTAssertEqual(reading.rejects.map(\.heading), expected.rejects.map(\.heading))
      XCTAssertEqual(
        reading.rejects.map { $0.reason.location?.cell }, ["Mars 2024!B6", "Avril 2024!E3"])
      XCTAssertEqual(reading.receipt.problems.map(\.line), [6, 3])
      let codes = reading.receipt.assumptions.map(\.code)
      for code in ["sheet.hidden-sheet", "sheet.hidden-rows", "sheet.not-read"] {
        XCTAssert(codes.contains(code), code)
      }
      XCTAssertFalse(codes.contains("date.day-first"), "dates of a workbook are certain")
      XCTAssertEqual(reading.receipt.sheets, ["Mars 2024", "Avril 2024"])
      XCTAssertNil(reading.receipt.withoutHeadings.sheets)
      XCTAssertEqual(reading.receipt.withoutHeadings.problems.map(\.place), ["B6", "E3"])
    }
  }

  func testNumbersHaveAPointUnlessTextsHaveCommas() throws {
    let header = ["Écriture", "Résidence", "Date", "Nature", "Montant"].map {
      WorkbookWriter.Value.text($0)
    }
    func amounts(_ values: [WorkbookWriter.Value]) throws -> [String?] {
      let rows = try values.enumerated().map { i, value in
        [.text("E\(i)"), .text("Lilas"), try day("2024-03-05"), .text("dépense"), value]
      }
      let all = try readAll(workbook([("Journal", [header] + rows)]))
      XCTAssertEqual(all[0].receipt.assumptions.filter(\.isWarning).map(\.code), [])
      return self.values(all[0], "ledger", "amount")
    }
    XCTAssertEqual(try amounts([.number(1.125), .number(2.25)]), ["1.125", "2.25"])
    XCTAssertEqual(try amounts([.text("12,50"), .text("3,10")]), ["12.5", "3.1"])
  }

  func testSheetsOfTwoTablesAreTwoReadings() throws {
    let sessions: [[WorkbookWriter.Value]] = [
      ["Séance", "Résidence", "Date", "Titre"].map { .text($0) },
      [.text("S1"), .text("Lilas"), try day("2024-03-05"), .text("Loto")],
    ]
    let presences: [[WorkbookWriter.Value]] = [
      [.text("Séance"), .text("Participant"), .text("Présence")],
      [.text("S1"), .text("Zoé"), .text("x")], [.text("S1"), .text("Ali"), .text("a")],
    ]
    let all = try readAll(workbook([("Présences", presences), ("Séances", sessions)]))
    XCTAssertEqual(all.map { $0.batches.map(\.table) }, [["attendance"], ["activity"]])
    XCTAssertEqual(
      rows(all[0], "attendance", ["session", "resident", "status"]),
      [["S1", "Zoé", "present"], ["S1", "Ali", "absent"]])
  }

  func testCorrectedRejectsOfAWorkbookComeBack() throws {
    let header: [WorkbookWriter.Value] = ["Séance", "Participant", "Présence"].map { .text($0) }
    let first = try readAll(
      workbook([
        ("A", [header, [.text("S1"), .text("Zoé"), .text("bof")]]),
        ("B", [header, [.text("S2"), .text("Ali"), .text("bof")]]),
      ]))[0]
    XCTAssertEqual(Set(first.rejects.map(\.line)).count, 2, "lines of two sheets are not mixed up")
    let csv = RejectsFile.csv(
      rejects: first.rejects, header: first.header, importNumber: 7, dialect: first.dialect)
    XCTAssert(csv.contains("B!C2 : "))
    let back = try read(csv.replacingOccurrences(of: ";bof", with: ";x"))
    XCTAssertEqual(back.correctsRejectsOf, 7)
    XCTAssertEqual(back.batches[0].sourceLines.map(Int.init), first.rejects.map(\.line))
    XCTAssertEqual(
      rows(back, "attendance", ["session", "resident"]), [["S1", "Zoé"], ["S2", "Ali"]])
  }

  func testAWorkbookWithoutATableSaysWhy() throws {
    let nothing = try workbook([("Vide", [])])
    XCTAssertEqual(failure { _ = try readAll(nothing) }?.diagnostics[0].code, "file.empty")
    let notes = try workbook([("Notes", [[.text("à faire"), .text("bientôt")]])])
    let refused = failure { _ = try readAll(notes) }
    XCTAssertEqual(refused?.diagnostics[0].code, "table.unknown-headings")
    XCTAssertEqual(refused?.diagnostics[0].location?.sheet, "Notes")
  }
}
