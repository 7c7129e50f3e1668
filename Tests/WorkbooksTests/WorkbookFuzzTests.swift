import Diagnostics
import TestSupport
import Workbooks
import XCTest

/// Workbooks spoiled at random: any answer will do, but an answer, soon and in little memory.
final class WorkbookFuzzTests: XCTestCase {
  private func xlsxParts() -> [(String, [UInt8])] {
    Made.parts(
      sheet: "<worksheet xmlns=\"\(Made.main)\"><dimension ref=\"A1:D4\"/><cols><col min=\"2\" "
        + "max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\" spans=\"1:4\"><c r=\"A1\" t=\"s\" "
        + "s=\"1\"><v>0</v></c><c s=\"2\"><v>45352.5</v></c><c r=\"D1\" t=\"inlineStr\"><is><r><t>un"
        + "</t></r><r><t xml:space=\"preserve\"> deux</t></r></is></c></row><row r=\"2\" hidden=\"1\">"
        + "<c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c r=\"C2\" t=\"str\">"
        + "<f>A1&amp;\"x\"</f><v>Zoé x</v></c><c r=\"D2\" t=\"d\"><v>2024-03-05T14:00:00</v></c></row>"
        + "<row r=\"4\"><c r=\"A4\" s=\"3\"><v>1.5</v></c><c r=\"B4\"><f t=\"shared\" si=\"0\">A4</f>"
        + "</c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>",
      strings: "<si><t>Zoé</t></si><si><r><t>a</t></r><rPh sb=\"0\" eb=\"1\"><t>b</t></rPh></si>",
      formats: ["[h]:mm", "d/m/yyyy h:mm", "[>100]0\" h\";[Red]0.00%;\"zéro\"", "14"],
      workbook: "<workbookPr date1904=\"1\"/>")
  }

  private func odsParts() -> [(String, [UInt8])] {
    [
      ("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8)),
      ("content.xml", flat()),
    ]
  }

  private func flat() -> [UInt8] {
    Made.fods(
      "<table:table table:name=\"F\"><table:table-column table:visibility=\"collapse\" "
        + "table:number-columns-repeated=\"3\"/><table:table-row table:number-rows-repeated=\"2\">"
        + "<table:table-cell office:value-type=\"time\" office:time-value=\"PT27H1M2.5S\"/>"
        + "<table:table-cell table:number-columns-spanned=\"2\"><text:p>x<text:s text:c=\"3\"/></text:p>"
        + "<text:p>y</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
        + "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell "
        + "table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
      styles: "<number:date-style style:name=\"N1\"><number:day/></number:date-style>"
        + "<style:style style:name=\"ce1\" style:data-style-name=\"N1\"/>")
  }

  private let others: [[UInt8]] = [
    Array(
      ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook "
        + "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles><Style ss:ID=\"s1\">"
        + "<NumberFormat ss:Format=\"Short Date\"/></Style></Styles><Worksheet ss:Name=\"F\"><Table>"
        + "<Column ss:Hidden=\"1\" ss:Span=\"2\"/><Row ss:Index=\"2\"><Cell ss:StyleID=\"s1\"><Data "
        + "ss:Type=\"DateTime\">2024-03-05T00:00:00.000</Data></Cell><Cell ss:Index=\"4\" "
        + "ss:MergeAcross=\"1\"><Data ss:Type=\"Number\">1.5</Data></Cell></Row></Table></Worksheet>"
        + "</Workbook>").utf8),
    Array(
      ("<html><meta charset=utf-8><table><tr><th colspan=2>a&eacute;<td rowspan='2'>b</tr><tr><td>c"
        + "<br>d<td><table><tr><td>e</table></tr></table><!-- x --><script>1<2</script>").utf8),
  ]

  /// An answer, or a refusal as bad input.
  private func read(_ bytes: [UInt8]) -> Bool {
    do {
      let workbook = try Workbook(bytes: bytes, name: "essai")
      for sheet in workbook.sheets { for i in 0..<sheet.cellCount { _ = sheet.text(ofCell: i) } }
      return true
    } catch {
      XCTAssertEqual(error.status, .input)
      XCTAssertFalse(error.diagnostics.isEmpty)
      return false
    }
  }

  func testSpoiledFilesAreAnswered() throws {
    var sheet = WorkbookWriter.Sheet(name: "F")
    sheet.rows = [[WorkbookWriter.Cell("a", comment: "n"), WorkbookWriter.Cell(.number(2))]]
    let bases =
      [
        Made.zip(xlsxParts()), try WorkbookWriter.bytes(of: [sheet]), Made.zip(odsParts()), flat(),
      ] + others
    let run = FuzzRun("workbooks", rounds: 600, seed: 4)
    let (_, taken) = run.go { mutator, round in
      mutator.spoiled(bases[round % bases.count], with: bases)
    } read: {
      read($0)
    }
    XCTAssertGreaterThan(taken, 0)
  }

  /// Parts are spoiled, and the archive around them is whole.
  func testSpoiledPartsAreAnswered() {
    let bases = [xlsxParts(), odsParts()]
    let run = FuzzRun("parts", rounds: 600, seed: 41)
    let (made, taken) = run.go { mutator, round in
      var parts = bases[round % bases.count]
      for _ in 0...mutator.number(below: 2) {
        let i = mutator.number(below: parts.count)
        let pieces = parts.map(\.1)
        parts[i].1 = mutator.spoiled(parts[i].1, with: pieces)
      }
      return Made.zip(parts)
    } read: {
      read($0)
    }
    XCTAssertGreaterThan(taken, made / 50)
  }
}
