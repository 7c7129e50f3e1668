import Diagnostics
import Workbooks
import XCTest

/// What XLSX files hold, read as spreadsheets show it.
final class XLSXTests: XCTestCase {
  private func value(_ raw: String, _ format: String, is1904: Bool = false) throws -> String {
    let bytes = Made.xlsx(
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>\(raw)</v></c></row>", formats: [format],
      workbook: is1904 ? "<workbookPr date1904=\"1\"/>" : "")
    let sheet = try sheet(bytes)
    return sheet.text(row: 0, column: 0) + " "
      + (sheet.kind(row: 0, column: 0).map { "\($0)" } ?? "")
  }

  func testNumbersUnderFormats() throws {
    let facts: [(String, String, String)] = [
      ("45352", "14", "2024-03-01 date"), ("45352", "dd/mm/yyyy", "2024-03-01 date"),
      ("45352.770833333336", "22", "2024-03-01T18:30 dateTime"),
      ("45352", "[$-40C]dddd d mmmm yyyy;@", "2024-03-01 date"),
      ("45352", "\"le\" d \"du mois\"", "2024-03-01 date"),
      ("45352.75", "14", "2024-03-01T18:00 dateTime"), ("0.75", "20", "18:00 time"),
      ("0.75", "h:mm AM/PM", "18:00 time"), ("0.7709", "21", "18:30:05.76 time"),
      ("1.125", "[h]:mm", "27:00 duration"), ("10.632060185185186", "46", "255:10:10 duration"),
      ("1.125", "h:mm", "27:00 duration"), ("-0.5", "[h]:mm", "-12:00 duration"),
      ("0.85", "9", "85% percent"), ("0.125", "0.00%", "12.50% percent"),
      ("0.1251", "0%", "12.51% percent"), ("12.5", "#,##0.00 \"jours\"", "12.5 number"),
      ("12.5", "#,##0.00 [$€-40C]", "12.5 number"), ("3", "0;[Red]-0", "3 number"),
      ("3", "[>=2]0%;d/m/yyyy", "300% percent"), ("1", "[>=2]0%;d/m/yyyy", "1900-01-01 date"),
      ("45352", "General", "45352 number"), ("45352", "0.00E+00", "45352 number"),
      ("1", "14", "1900-01-01 date"), ("61", "14", "1900-03-01 date"),
      ("99999999", "14", "99999999 number"), ("5", "mmm-yy", "1900-01-05 date"),
      ("45352", "yyyy\\-mm\\-dd", "2024-03-01 date"), ("45352", "31", "2024-03-01 date"),
      ("0.5", "mm:ss", "12:00:00 time"), ("7", "\"mois\" 0", "7 number"),
    ]
    for (raw, format, expected) in facts {
      XCTAssertEqual(try value(raw, format), expected, "\(raw) as \(format)")
    }
    XCTAssertEqual(try value("0", "14", is1904: true), "1904-01-01 date")
    XCTAssertEqual(try value("43890", "14", is1904: true), "2024-03-01 date")
  }

  func testNumbersAreShownWithFifteenDigits() throws {
    let facts = [
      ("0.30000000000000004", "0.3"), ("0.29999999999999999", "0.3"), ("1.0", "1"), ("-0", "0"),
      ("1E3", "1000"), ("1.5E-3", "0.0015"), ("1e-400", "0"), ("00042", "42"), (".5", "0.5"),
      ("123456789012345678", "123456789012346000"), ("-12.50", "-12.5"), ("1e300", "1E+300"),
      ("9.9999999999999999", "10"), ("1E-12", "1E-12"),
    ]
    for (raw, expected) in facts {
      XCTAssertEqual(try value(raw, "0"), expected + " number", raw)
    }
    for raw in ["1e999", "NaN", "abc"] { XCTAssertEqual(try value(raw, "14"), raw + " text") }
  }

  func testTextsOfAllKinds() throws {
    let strings =
      "<si><t>Zoé</t></si><si><r><t>gras</t></r><r><t xml:space=\"preserve\"> et non</t></r></si>"
      + "<si><t>課</t><rPh sb=\"0\" eb=\"1\"><t>カ</t></rPh></si><si><t>a_x000D_\nb_x0041_</t></si>"
      + "<si><t/></si>"
    let cells = (0..<5).map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    let more =
      "<c t=\"inlineStr\"><is><t>ici</t></is></c><c t=\"str\"><f>A1</f><v>calculé</v></c>"
      + "<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#DIV/0!</v></c><c t=\"d\"><v>2024-03-01</v></c>"
      + "<c t=\"inlineStr\"><is><t><![CDATA[<a>&b]]></t></is></c>"
    let read = try sheet(Made.xlsx("<row>\(cells)\(more)</row>", strings: strings))
    XCTAssertEqual(
      read.grid,
      [
        [
          "Zoé", "gras et non", "課", "a\nbA", "", "ici", "calculé", "TRUE", "#DIV/0!",
          "2024-03-01", "<a>&b",
        ]
      ])
    XCTAssertEqual(read.kinds[6...], [.boolean, .error, .date, .text])
  }

  func testCellsWithoutReferencesOutOfOrderOrTwice() throws {
    let rows =
      "<row><c><v>1</v></c><c r=\"D1\"><v>4</v></c><c><v>5</v></c></row>"
      + "<row r=\"4\"><c r=\"B4\"><v>9</v></c><c r=\"A4\"><v>8</v></c><c r=\"B4\"><v>7</v></c></row>"
      + "<row r=\"2\"><c r=\"A2\"><v>2</v></c></row>"
    XCTAssertEqual(
      try sheet(Made.xlsx(rows)).grid,
      [
        ["1", "", "", "4", "5"], ["2", "", "", "", ""], ["", "", "", "", ""],
        ["8", "7", "", "", ""],
      ])
  }

  func testFormulasWithoutAResultAreEmptyAndSaid() throws {
    let rows =
      "<row r=\"1\"><c r=\"A1\"><f>1+1</f></c><c r=\"B1\"><f>1+1</f><v>2</v></c>"
      + "<c r=\"C1\" t=\"str\"><f>\"\"</f><v></v></c></row>"
    let workbook = try Workbook(bytes: Made.xlsx(rows), name: "essai")
    XCTAssertEqual(workbook.sheets[0].grid, [["", "2"]])
    XCTAssertEqual(workbook.sheets[0].uncomputed.count, 1)
    XCTAssertEqual(workbook.warnings.map(\.code), ["workbook.uncomputed"])
  }

  func testWhatIsHiddenAndMergedIsSaid() throws {
    let sheetXML =
      "<worksheet xmlns=\"\(Made.main)\"><cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols>"
      + "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"1\">"
      + "<c r=\"C2\"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/>"
      + "</mergeCells></worksheet>"
    let read = try sheet(Made.zip(Made.parts(sheet: sheetXML)))
    XCTAssertEqual(read.hiddenColumns, [1..<3])
    XCTAssertEqual(read.hiddenRows, [1..<2])
    XCTAssertEqual(read.merges.map(\.name), ["A1:B2"])
    XCTAssertEqual(read.text(row: 1, column: 2), "2")
  }

  func testPrefixesStrictNamesAndUTF16() throws {
    let prefixed =
      "<x:worksheet xmlns:x=\"\(Made.main)\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>"
      + "</x:sheetData></x:worksheet>"
    XCTAssertEqual(try sheet(Made.zip(Made.parts(sheet: prefixed))).grid, [["1"]])
    let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    XCTAssertEqual(
      try sheet(Made.xlsx("<row><c><v>1</v></c></row>", namespace: strict)).grid, [["1"]])
    var parts = Made.parts(sheet: "")
    let wide = "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + prefixed
    parts[4].1 = wide.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    XCTAssertEqual(try sheet(Made.zip(parts)).grid, [["1"]])
  }

  func testPartsAreFoundWhateverTheCaseAndSlashesOfTheirNames() throws {
    let parts = Made.parts(
      sheet: "<worksheet xmlns=\"\(Made.main)\"><sheetData><row><c><v>1</v></c></row></sheetData>"
        + "</worksheet>", target: "/xl/Worksheets/Sheet1.xml"
    ).map { ($0.0.replacingOccurrences(of: "/", with: "\\"), $0.1) }
    XCTAssertEqual(try sheet(Made.zip(parts)).grid, [["1"]])
  }
}
