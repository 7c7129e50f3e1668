import Workbooks
import XCTest

/// What OpenDocument files hold, read as spreadsheets show it.
final class OpenDocumentTests: XCTestCase {
  private let styles = """
    <number:time-style style:name="N1" number:truncate-on-overflow="false"><number:hours/>\
    <number:minutes/></number:time-style>
    <number:date-style style:name="N2"><number:day/><number:month/><number:year/></number:date-style>
    <number:percentage-style style:name="N3"><number:number number:decimal-places="1"/>\
    </number:percentage-style>
    <style:style style:name="d" style:family="table-cell" style:data-style-name="N1"/>
    <style:style style:name="j" style:family="table-cell" style:data-style-name="N2"/>
    <style:style style:name="p" style:family="table-cell" style:data-style-name="N3"/>
    <style:style style:name="k" style:family="table-cell" style:parent-style-name="j"/>
    <style:style style:name="h" style:family="table"><style:table-properties table:display="false"/>\
    </style:style>
    """

  private func cell(_ attributes: String, _ text: String = "") -> String {
    "<table:table-cell \(attributes)>\(text.isEmpty ? "" : "<text:p>\(text)</text:p>")"
      + "</table:table-cell>"
  }

  func testValuesOfAllTypes() throws {
    let facts: [(String, String, String, CellKind)] = [
      ("office:value-type=\"float\" office:value=\"1234.5\"", "1 234,50", "1234.5", .number),
      ("office:value-type=\"currency\" office:value=\"12\"", "12,00 €", "12", .number),
      ("office:value-type=\"percentage\" office:value=\"0.85\"", "85 %", "85%", .percent),
      (
        "office:value-type=\"percentage\" office:value=\"0.85\" table:style-name=\"p\"", "85,0 %",
        "85.0%", .percent
      ),
      ("office:value-type=\"date\" office:date-value=\"2024-03-01\"", "", "2024-03-01", .date),
      (
        "office:value-type=\"date\" office:date-value=\"2024-03-01\" table:style-name=\"k\"",
        "1 mars", "2024-03-01", .date
      ),
      (
        "office:value-type=\"date\" office:date-value=\"2024-03-01T18:30:00\"", "",
        "2024-03-01T18:30:00", .dateTime
      ),
      ("office:value-type=\"time\" office:time-value=\"PT18H30M00S\"", "", "18:30:00", .time),
      (
        "office:value-type=\"time\" office:time-value=\"PT27H30M00S\" table:style-name=\"d\"", "",
        "27:30", .duration
      ),
      ("office:value-type=\"boolean\" office:boolean-value=\"true\"", "VRAI", "TRUE", .boolean),
      ("office:value-type=\"string\"", "Zoé", "Zoé", .text),
      ("office:value-type=\"string\" office:string-value=\"Zoé\"", "", "Zoé", .text),
      (
        "table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\"", "#DIV/0!",
        "#DIV/0!", .error
      ),
    ]
    let row = facts.map { cell($0.0, $0.1) }.joined()
    let read = try sheet(
      Made.fods(
        "<table:table table:name=\"F\"><table:table-row>\(row)</table:table-row></table:table>",
        styles: styles))
    for (i, fact) in facts.enumerated() {
      XCTAssertEqual(read.text(row: 0, column: i), fact.2, fact.0)
      XCTAssertEqual(read.kind(row: 0, column: i), fact.3, fact.0)
    }
  }

  func testRepeatedCellsAndRows() throws {
    let tables = """
      <table:table table:name="F"><table:table-row table:number-rows-repeated="2">
      \(cell("office:value-type=\"string\" table:number-columns-repeated=\"2\"", "x"))
      <table:table-cell table:number-columns-repeated="16382"/></table:table-row>
      <table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>
      </table:table>
      """
    XCTAssertEqual(try sheet(Made.fods(tables)).grid, [["x", "x"], ["x", "x"]])
    let bomb = """
      <table:table table:name="F"><table:table-row table:number-rows-repeated="1048576">
      \(cell("office:value-type=\"string\" table:number-columns-repeated=\"16384\"", "x"))
      </table:table-row></table:table>
      """
    assertRefused(Made.fods(bomb), "workbook.too-large")
  }

  func testTextsWithSpansSpacesAndNotes() throws {
    let text = """
      <table:table table:name="F"><table:table-row><table:table-cell office:value-type="string">
        <office:annotation><text:p>à voir</text:p></office:annotation>
        <text:p>un<text:s text:c="3"/><text:span>deux</text:span><text:line-break/>trois
        quatre
        </text:p>
        <text:p>cinq</text:p>
      </table:table-cell></table:table-row></table:table>
      """
    let read = try sheet(Made.fods(text))
    XCTAssertEqual(read.grid, [["un   deux\ntrois quatre\ncinq"]])
    XCTAssertEqual(read.comments, [CellComment(row: 0, column: 0, text: "à voir")])
  }

  func testHiddenSheetsRowsAndSpans() throws {
    let tables = """
      <table:table table:name="A" table:style-name="h"><table:table-row table:visibility="filter">
      \(cell("table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"", "x"))
      <table:covered-table-cell/></table:table-row></table:table><table:table table:name="B"/>
      """
    let workbook = try Workbook(bytes: Made.fods(tables, styles: styles), name: "essai")
    XCTAssertEqual(workbook.sheets.map(\.name), ["A", "B"])
    XCTAssertEqual(workbook.sheets.map(\.isHidden), [true, false])
    XCTAssertEqual(workbook.sheets[0].hiddenRows, [0..<1])
    XCTAssertEqual(workbook.sheets[0].merges.map(\.name), ["A1:B1"])
  }

  func testZippedWithoutMimetypeAndEncrypted() throws {
    let content = Made.fods("<table:table table:name=\"F\"/>")
    let plain = Made.zip([("content.xml", content)])
    XCTAssertEqual(try Workbook(bytes: plain, name: "essai").format, .ods)
    let manifest =
      "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry>"
      + "<m:encryption-data/></m:file-entry></m:manifest>"
    assertRefused(
      Made.zip([("META-INF/manifest.xml", Array(manifest.utf8)), ("content.xml", [1, 2, 3])]),
      "workbook.protected")
  }
}
