import Diagnostics
import Workbooks
import XCTest

/// Workbooks put together byte by byte, so that tests can say exactly what is in them.
enum Made {
  /// A ZIP archive of stored parts. `lie` may change the central record of a part.
  static func zip(
    _ parts: [(String, [UInt8])], lie: (Int, inout [UInt8]) -> Void = { _, _ in }
  ) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for (i, (name, content)) in parts.enumerated() {
      let start = out.count
      var head: [UInt8] = []
      put([20, 0, 0, 0, 0x21], 2, &head)
      put([Int(crc32(content)), content.count, content.count], 4, &head)
      put([name.utf8.count, 0], 2, &head)
      out += [0x50, 0x4B, 3, 4] + head + Array(name.utf8) + content
      var record: [UInt8] = [0x50, 0x4B, 1, 2, 20, 0] + head
      put([0, 0, 0], 2, &record)
      put([0, start], 4, &record)
      record += Array(name.utf8)
      lie(i, &record)
      directory += record
    }
    var end: [UInt8] = [0x50, 0x4B, 5, 6]
    put([0, 0, parts.count, parts.count], 2, &end)
    put([directory.count, out.count], 4, &end)
    put([0], 2, &end)
    return out + directory + end
  }

  private static func put(_ numbers: [Int], _ width: Int, _ out: inout [UInt8]) {
    for number in numbers {
      for i in 0..<width { out.append(UInt8(truncatingIfNeeded: number >> (8 * i))) }
    }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// The parts of a workbook of one sheet.
  static func parts(
    sheet: String, strings: String? = nil, formats: [String] = [], workbook: String = "",
    namespace: String = main, target: String = "worksheets/sheet1.xml"
  ) -> [(String, [UInt8])] {
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    var numFmts = ""
    var xfs = "<xf numFmtId=\"0\"/>"
    for (i, format) in formats.enumerated() {
      if let id = Int(format) {
        xfs += "<xf numFmtId=\"\(id)\"/>"
      } else {
        let code = format.replacingOccurrences(of: "&", with: "&amp;")
          .replacingOccurrences(of: "\"", with: "&quot;")
          .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: ">", with: "&gt;")
        numFmts += "<numFmt numFmtId=\"\(200 + i)\" formatCode=\"\(code)\"/>"
        xfs += "<xf numFmtId=\"\(200 + i)\"/>"
      }
    }
    var out: [(String, String)] = [
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(relations)\"><Relationship Id=\"r1\" "
          + "Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(namespace)\" xmlns:r=\"\(office)\">\(workbook)<sheets>"
          + "<sheet name=\"Feuille\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(relations)\"><Relationship Id=\"r1\" "
          + "Type=\"\(office)/worksheet\" Target=\"\(target)\"/><Relationship Id=\"r2\" "
          + "Type=\"\(office)/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship "
          + "Id=\"r3\" Type=\"\(office)/styles\" Target=\"/xl/styles.xml\"/></Relationships>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(namespace)\"><numFmts>\(numFmts)</numFmts>"
          + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(xfs)</cellXfs></styleSheet>"
      ),
      ("xl/worksheets/sheet1.xml", sheet),
    ]
    if let strings {
      out.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(namespace)\">\(strings)</sst>"))
    }
    return out.map { ($0.0, Array($0.1.utf8)) }
  }

  /// A workbook of one sheet with these rows.
  static func xlsx(
    _ rows: String, strings: String? = nil, formats: [String] = [], workbook: String = "",
    namespace: String = main
  ) -> [UInt8] {
    let sheet =
      "<worksheet xmlns=\"\(namespace)\"><sheetData>\(rows)</sheetData></worksheet>"
    return zip(
      parts(
        sheet: sheet, strings: strings, formats: formats, workbook: workbook,
        namespace: namespace))
  }

  /// A flat OpenDocument file with these tables.
  static func fods(_ tables: String, styles: String = "") -> [UInt8] {
    let spaces = ["office", "table", "text", "style"].map {
      " xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
    }
    return Array(
      ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document\(spaces.joined()) "
        + "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\">"
        + "<office:automatic-styles>\(styles)</office:automatic-styles><office:body>"
        + "<office:spreadsheet>\(tables)</office:spreadsheet></office:body></office:document>")
        .utf8)
  }
}

extension WorkbookSheet {
  /// All rows as texts.
  var grid: [[String]] {
    (0..<rowCount).map { row in (0..<columnCount).map { text(row: row, column: $0) } }
  }
}

extension XCTestCase {
  /// The first sheet of a workbook.
  func sheet(_ bytes: [UInt8]) throws -> WorkbookSheet {
    try XCTUnwrap(Workbook(bytes: bytes, name: "essai").sheets.first)
  }

  /// Fails unless a file is refused as bad input, with a code.
  func assertRefused(
    _ bytes: [UInt8], _ code: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    XCTAssertThrowsError(try Workbook(bytes: bytes, name: "essai"), file: file, line: line) {
      let failure = $0 as? Failure
      XCTAssertEqual(failure?.status, .input, file: file, line: line)
      XCTAssertEqual(failure?.diagnostics.first?.code, code, file: file, line: line)
      XCTAssertNotNil(failure?.diagnostics.first?.remedy, file: file, line: line)
    }
  }
}
