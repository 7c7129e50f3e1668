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
}
