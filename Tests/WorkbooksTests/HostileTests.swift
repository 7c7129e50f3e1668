import Diagnostics
import Foundation
import TestSupport
import Workbooks
import XCTest

/// Files that are damaged, protected or made to harm.
final class HostileTests: XCTestCase {
  private let good = Made.xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")

  func testEntitiesAndDocumentTypesAreRefused() {
    for type in [
      "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">",
      "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
    ] {
      let sheet =
        type + "<worksheet xmlns=\"\(Made.main)\"><sheetData><row><c t=\"str\"><v>&a;</v></c></row>"
        + "</sheetData></worksheet>"
      assertRefused(Made.zip(Made.parts(sheet: sheet)), "workbook.hostile")
    }
  }

  func testArchivesThatLieAreRefused() {
    let parts = Made.parts(sheet: "<worksheet xmlns=\"\(Made.main)\"/>")
    assertRefused(Made.zip(parts + [("../sorti.txt", [1])]), "workbook.hostile")
    assertRefused(Made.zip(parts + [("C:\\sorti.txt", [1])]), "workbook.hostile")
    assertRefused(Made.zip(parts + [parts[1]]), "workbook.hostile")
    // Two entries that are one.
    assertRefused(
      Made.zip(parts + [("double", [])]) { i, record in
        if i == parts.count { record.replaceSubrange(42..<46, with: [0, 0, 0, 0]) }
      }, "workbook.hostile")
    // A size and a checksum that are not those of the part; a part that is encrypted.
    for (field, value, code) in [
      (24, 1, "workbook.damaged"), (16, 0, "workbook.damaged"), (8, 1, "workbook.protected"),
    ] {
      assertRefused(
        Made.zip(parts) { i, record in if i == 1 { record[field] ^= UInt8(value | 1) } }, code)
    }
    for cut in [10, 100, good.count / 2, good.count - 4] {
      assertRefused(Array(good[..<(good.count - cut)]), "workbook.damaged")
    }
  }

  func testLimitsOfDepthPlaceAndTexts() {
    let deep = String(repeating: "<r>", count: 1000)
    assertRefused(Made.zip(Made.parts(sheet: deep)), "workbook.hostile")
    for row in [
      "<row r=\"99999999999999999999\"/>", "<row r=\"0\"/>",
      "<row><c r=\"ZZZZZZ1\"><v>1</v></c></row>", "<row><c r=\"A1048577\"><v>1</v></c></row>",
      "<row><c t=\"s\"><v>4294967295</v></c></row>", "<row><c t=\"s\"><v>-1</v></c></row>",
    ] {
      assertRefused(Made.xlsx(row), "workbook.damaged")
    }
  }

  func testSheetsThatStandElsewhereAreRefused() {
    let sheet = "<worksheet xmlns=\"\(Made.main)\"/>"
    assertRefused(
      Made.zip(Made.parts(sheet: sheet, target: "../../../etc/passwd")), "workbook.hostile")
    assertRefused(
      Made.zip(
        Made.parts(sheet: sheet, target: "http://127.0.0.1:9/s.xml\" TargetMode=\"External")),
      "workbook.hostile")
  }

  func testOtherDocumentsAreNamed() {
    var old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    old += [UInt8](repeating: 0, count: 512)
    func wide(_ word: String) -> [UInt8] { word.utf8.flatMap { [$0, 0] } }
    assertRefused(old + wide("Workbook"), "workbook.xls")
    assertRefused(old + wide("EncryptedPackage"), "workbook.protected")
    assertRefused(Made.zip([("xl/workbook.bin", [1])]), "workbook.xlsb")
    assertRefused(Made.zip([("photo.jpg", [1])]), "workbook.none")
    assertRefused(Made.zip([("Index/Document.iwa", [1])]), "workbook.numbers")
    assertRefused([], "workbook.empty")
    var lock: [UInt8] = [4] + Array("Anne".utf8)
    lock += [UInt8](repeating: 0x20, count: 50) + [4, 0] + wide("Anne")
    lock += [UInt8](repeating: 0, count: 165 - lock.count)
    assertRefused(lock, "workbook.lock")
  }

  func testAFarCellTakesLittle() throws {
    let read = try sheet(Made.xlsx("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"))
    XCTAssertEqual(read.cellCount, 1)
    XCTAssertEqual(read.text(row: 1_048_575, column: 16_383), "1")
  }

  /// Changes bytes of workbooks at random: any answer will do, but an answer.
  /// `LIEN_FUZZ_ROUNDS` makes it longer.
  func testRandomDamageIsAnsweredQuietly() throws {
    let rounds = ProcessInfo.processInfo.environment["LIEN_FUZZ_ROUNDS"].flatMap(Int.init) ?? 1500
    var sheet = WorkbookWriter.Sheet(name: "F")
    sheet.rows = [[WorkbookWriter.Cell("a", comment: "n"), WorkbookWriter.Cell(.number(2))]]
    let bases = [
      Made.xlsx(
        "<row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c><c s=\"2\"><v>45352.5</v></c></row>",
        strings: "<si><t>Zoé</t></si>", formats: ["[h]:mm", "d/m/yyyy h:mm"]),
      try WorkbookWriter.bytes(of: [sheet]),
      Made.fods(
        "<table:table table:name=\"F\"><table:table-row table:number-rows-repeated=\"2\">"
          + "<table:table-cell office:value-type=\"time\" office:time-value=\"PT27H1M2.5S\"/>"
          + "<table:table-cell><text:p>x<text:s/></text:p></table:table-cell></table:table-row>"
          + "</table:table>"),
      Array("<table><tr><td colspan=3>a&eacute;<td rowspan='2'>b</tr><tr><td>c</table>".utf8),
    ]
    var random = SeededGenerator(seed: 4)
    var read = 0
    for round in 0..<rounds {
      var bytes = bases[round % bases.count]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: at)
        default: bytes[at] = [0x30, 0x39, 0xFF, 0x00][Int.random(in: 0..<4, using: &random)]
        }
        if bytes.isEmpty { bytes = [0] }
      }
      do {
        let workbook = try Workbook(bytes: bytes, name: "essai")
        for sheet in workbook.sheets { for i in 0..<sheet.cellCount { _ = sheet.text(ofCell: i) } }
        read += 1
      } catch {
        XCTAssertEqual(error.status, .input)
      }
    }
    XCTAssertGreaterThan(read, 0)
  }
}
