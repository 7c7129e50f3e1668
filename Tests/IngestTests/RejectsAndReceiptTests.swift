import Columns
import Diagnostics
import Foundation
import Ingest
import XCTest

/// What was set aside goes out, is corrected and comes back; what was understood is told.
final class RejectsAndReceiptTests: IngestCase {
  private let sheet =
    "Séance;Résidence;Date;Activité;Observations\n"
    + "S1;r;25/03/2024;Loto;\nS2;r;31/02/2024;\"Jeux; goûter\";=1+1\nS3;r;30/02/2024\n"
    + "S4;r;32/01/2024;\"a \"\"b\"\"\";deux\n"

  func testARejectsFileRoundTrips() throws {
    let first = try read(sheet)
    XCTAssertEqual(first.rejects.map(\.line), [3, 4, 5])
    let file = RejectsFile.csv(
      rejects: first.rejects, header: first.header, importNumber: 17, dialect: first.dialect)
    XCTAssertTrue(file.hasPrefix("\u{FEFF}lien_import;lien_ligne;lien_colonne;lien_motif;Séance;"))
    XCTAssertTrue(file.contains("=1+1"))
    // Sent back as it is: the same rows are set aside, with their own lines and cells.
    let same = try read(file)
    XCTAssertEqual(same.correctsRejectsOf, 17)
    XCTAssertEqual(same.rejects.map(\.line), first.rejects.map(\.line))
    XCTAssertEqual(same.rejects.map(\.cells), first.rejects.map(\.cells))
    XCTAssertEqual(same.header, first.header)
    // Corrected: the rows come in under their first line numbers.
    let corrected = try read(
      file.replacingOccurrences(of: "31/02/2024", with: "28/02/2024")
        .replacingOccurrences(of: "32/01/2024", with: "31/01/2024"))
    XCTAssertEqual(
      rows(corrected, "activity", ["session", "title", "note"]),
      [["S2", "Jeux; goûter", "=1+1"], ["S4", "a \"b\"", "deux"]])
    XCTAssertEqual(corrected.batches[0].sourceLines, [3, 5])
    XCTAssertEqual(corrected.rejects.map(\.line), [4])
    XCTAssertEqual(corrected.receipt.unreadHeadings.map(\.heading), [])
  }

  func testRejectsOfTwoImportsMayNotBeMixed() throws {
    let first = try read(sheet)
    let one = RejectsFile.csv(
      rejects: first.rejects, header: first.header, importNumber: 1, dialect: first.dialect)
    let two = RejectsFile.csv(
      rejects: first.rejects, header: first.header, importNumber: 2, dialect: first.dialect)
    let mixed = one + two.split(separator: "\r\n").dropFirst().joined(separator: "\r\n")
    let found = failure { _ = try read(mixed) }
    XCTAssertEqual(found?.diagnostics.map(\.code), ["rejects.mixed"])
    XCTAssertEqual(found?.status, .input)
  }

  func testTheReceiptTellsWhatWasUnderstood() throws {
    let reading = try read(sheet, name: "mars.csv")
    let r = reading.receipt
    XCTAssertEqual([r.rowsRead, r.rowsKept, r.rowsSetAside, r.rowsDuplicate], [4, 1, 3, 0])
    XCTAssertEqual(r.tables.map(\.table), ["activity"])
    XCTAssertEqual(r.tables[0].firstDate, "2024-03-25")
    XCTAssertEqual(
      r.tables[0].columns.map(\.heading),
      ["Séance", "Résidence", "Date", "Activité", "Observations"])
    XCTAssertEqual(
      r.tables[0].columns.map(\.column), ["session", "residence", "date", "title", "note"])
    let text = r.text(in: .fr)
    for part in [
      "mars.csv", "4\u{A0}lignes lues", "3\u{A0}mises de côté", "25/03/2024", "--delimiter ';'",
      "ligne 3", "date inexistante", "31/02/2024", "→",
    ] { XCTAssertTrue(text.contains(part), "\(part) in \(text)") }
    XCTAssertTrue(r.text(in: .en).contains("rows read"))
  }

  func testTheReceiptAsJSONHasNoCellValues() throws {
    let reading = try read(sheet)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = String(decoding: try encoder.encode(reading.receipt), as: UTF8.self)
    for value in ["31/02", "30/02", "Jeux", "Loto", "=1+1", "S2"] {
      XCTAssertFalse(json.contains(value), value)
    }
    for key in ["\"rows_read\":4", "\"rows_set_aside\":3", "\"unread_headings\"", "\"first_date\""]
    {
      XCTAssertTrue(json.contains(key), key)
    }
    XCTAssertEqual(
      try JSONDecoder().decode(Receipt.self, from: Data(json.utf8)).rowsSetAside, 3)
  }

  func testALongListOfProblemsIsCut() throws {
    let bad = (0..<50).map { "S\($0);r;31/02/2024" }.joined(separator: "\n")
    let text = try read("Séance;Résidence;Date\n" + bad).receipt.text(in: .fr)
    XCTAssertTrue(text.contains("… et 30 autres"), text)
  }
}
