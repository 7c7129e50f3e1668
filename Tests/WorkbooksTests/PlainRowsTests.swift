import Diagnostics
import TestSupport
import Workbooks
import XCTest

/// Rows in plain spelling are read by a scanner, others by the parser of XML: both must tell the
/// same, wherever one hands over to the other.
final class PlainRowsTests: XCTestCase {
  private var dice = Dice(random: SeededGenerator(seed: 11))

  private struct Dice {
    var random: SeededGenerator
    mutating func next(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
  }

  /// What of a sheet readers could disagree on.
  private func facts(_ sheet: WorkbookSheet) -> [String] {
    var out = ["\(sheet.hiddenRows)", "\(sheet.uncomputed)"]
    for row in 0..<sheet.rowCount {
      for i in sheet.cells(inRow: row) {
        out.append("\(row),\(sheet.columns[i]) \(sheet.kinds[i]) \(sheet.text(ofCell: i))")
      }
    }
    return out
  }

  private func sheet(_ rows: String, _ strings: String) throws -> WorkbookSheet {
    let bytes = Made.xlsx(rows, strings: strings, formats: ["14", "0.0%", "[h]:mm"])
    return try Workbook(bytes: bytes, name: "essai.xlsx").sheets[0]
  }

  private func cell(_ column: Int, _ row: Int) -> String {
    let place = dice.next(4) == 0 ? "" : " r=\"\(CellName.text(row: row, column: column))\""
    let head = "<c" + place
    switch dice.next(14) {
    case 0: return head + " t=\"s\"><v>\(dice.next(40))</v></c>"
    case 1: return head + " t=\"inlineStr\"><is><t>Zoé &amp; &#233;t\u{E9} &lt;\(row)</t></is></c>"
    case 2: return head + " t='b'><v>\(dice.next(2))</v></c>"
    case 3: return head + " t=\"str\"><f>A1&amp;\"x\"</f><v>x_x0041_</v></c>"
    case 4: return head + " t=\"e\"><v>#DIV/0!</v></c>"
    case 5: return head + " s=\"1\"><v>\(40_000 + dice.next(9000))</v></c>"
    case 6: return head + " s=\"2\"><v>0.\(dice.next(100_000))</v></c>"
    case 7: return head + " s=\"3\"><v>1.\(dice.next(100_000))</v></c>"
    case 8: return head + "><f>SUM(A1:A2)</f></c>"
    case 9: return head + "><f t=\"shared\" si=\"0\"/><v>\(dice.next(100))</v></c>"
    case 10: return head + "/>"
    case 11: return head + "><v>-0.\(dice.next(1_000_000))0000000000\(dice.next(99))</v></c>"
    case 12: return head + "><v>\(dice.next(1_000_000))E-\(dice.next(20))</v></c>"
    default: return head + "><v/></c>"
    }
  }

  private func rows(_ count: Int) -> [String] {
    (0..<count).map { row in
      let cells = (0..<dice.next(9)).map { cell($0, row) }.joined(separator: "\n")
      let hidden = dice.next(9) == 0 ? " hidden=\"1\"" : ""
      if cells.isEmpty { return "<row r=\"\(row + 1)\"\(hidden)/>" }
      return "<row r=\"\(row + 1)\" spans='1:9'\(hidden)>\(cells)</row>"
    }
  }

  func testScannerAndParserAgree() throws {
    let strings = (0..<40).map { "<si><t>texte &lt;\($0)&gt; é</t></si>" }.joined()
    let runs = "<si><r><t>texte </t></r><r><t>&lt;0&gt; é</t></r></si>"
    let strange = runs + strings.dropFirst("<si><t>texte &lt;0&gt; é</t></si>".count)
    for turn in 0..<20 {
      // Pieces are of 128 KiB: the longer ones are cut within rows.
      let made = rows(turn < 16 ? 40 : 4000)
      let plain = facts(try sheet(made.joined(), strings))
      XCTAssertGreaterThan(plain.count, 20)
      for odd in ["<!-- remarque -->", "<?pi x?>", "<row xmlns:q=\"q\"/>", "<autre/>"] {
        var mixed = made
        // An empty row more moves those that follow without saying their number: none does.
        mixed.insert(odd, at: dice.next(made.count))
        if odd.hasPrefix("<row") { mixed[mixed.count - 1] += "<!-- -->" }
        XCTAssertEqual(facts(try sheet(mixed.joined(), strange)), plain, odd)
      }
    }
  }

  func testTextThatIsNoXMLIsRefused() throws {
    let facts = [
      "<row r=\"1\"><c><v>1</v></c></rox>", "<row r=\"1\"><c><v>&secret;</v></c></row>",
      "<row r=\"1\"><c t=\"str\"><v>\u{1}</v></c></row>", "<row r=\"1\"><c><v>1</c></row>",
      "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "<row r=\"9999999\"/>",
      "<row r=\"1\"><c t=\"s\"><v>7</v></c></row>", "<row r=\"1\"><c><v>1</v></c>",
      "<row r=\"1\"><c t=\"str\"><v>&#xFFFF;</v></c></row>", "<row r=1><c><v>1</v></c></row>",
    ]
    for row in facts {
      XCTAssertThrowsError(try sheet("<row><c><v>1</v></c></row>" + row, "<si><t>a</t></si>"), row)
    }
    // A byte that no UTF-8 has.
    var bytes = Array("<row><c t=\"str\"><v>".utf8) + [0xC0, 0xAF]
    bytes += Array("</v></c></row>".utf8)
    var parts = Made.parts(sheet: "@@@")
    for i in parts.indices where parts[i].0.hasSuffix("sheet1.xml") {
      let halves = String(decoding: parts[i].1, as: UTF8.self).components(separatedBy: "@@@")
      parts[i].1 = Array(halves[0].utf8) + bytes + Array(halves[1].utf8)
    }
    XCTAssertThrowsError(try Workbook(bytes: Made.zip(parts), name: "essai.xlsx"))
  }
}
