import Workbooks
import XCTest

/// Files named `.xls` that are pages or XML.
final class MarkupTests: XCTestCase {
  func testTablesOfAPage() throws {
    let page = """
      <html><head><style>td { color: red }</style></head><body><p>Titre</p><table>
      <tr><th colspan=2>Nom &amp; pr&eacute;nom<th>&Acirc;ge</tr>
      <tr><td rowspan="2">A<br>B</td><td>x</td><td>7</td>
      <tr><td>y</td><td>&#233;&nbsp;</td></tr></table><table><tr><td>2</td></tr></table>
      """
    let workbook = try Workbook(bytes: Array(page.utf8), name: "essai.xls")
    XCTAssertEqual(workbook.format, .html)
    XCTAssertEqual(
      workbook.sheets[0].grid,
      [["Nom & prénom", "", "Âge"], ["A\nB", "x", "7"], ["", "y", "é"]])
    XCTAssertEqual(workbook.sheets[0].merges.map(\.name), ["A1:B1", "A2:A3"])
    XCTAssertEqual(workbook.sheets[1].grid, [["2"]])
  }

  func testXMLSpreadsheet2003() throws {
    let file = """
      <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
        xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="d">
        <NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="F"><Table>
        <Row ss:Index="2"><Cell ss:Index="2"><Data ss:Type="String">Zoé</Data></Cell>
        <Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell>
        <Cell><Data ss:Type="Number">1.50</Data></Cell></Row></Table></Worksheet></Workbook>
      """
    let workbook = try Workbook(bytes: Array(file.utf8), name: "essai.xls")
    XCTAssertEqual(workbook.format, .spreadsheetML)
    XCTAssertEqual(
      workbook.sheets[0].grid, [["", "", "", ""], ["", "Zoé", "2024-03-01", "1.5"]])
  }

  func testWhatIsNoWorkbookIsLeftToOthers() {
    for text in ["nom;date\nZoé;1", "", "<?xml version=\"1.0\"?><rss/>", "a < b\n"] {
      XCTAssertFalse(Workbook.isWorkbook(Array(text.utf8)), text)
    }
  }
}
