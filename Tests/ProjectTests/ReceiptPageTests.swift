import Diagnostics
import Foundation
import Periods
import Persistence
import TestSupport
import Workbooks
import XCTest

@testable import Ingest
@testable import Project

/// The page of a receipt marks the right cells of the sheet, and says what to do about each.
final class ReceiptPageTests: ReceiptCase {
  func testEachProblemIsMarkedOnItsCell() throws {
    let html = try page(
      """
      Atelier : Jardin;;;
      ;;;
      Nom;05/03/2024;12/03/2024;19/03/2024
      Adèle Martin;x;bof;
      Bruno Petit;?;x;x
      M. et Mme Roux;x;;
      Total;2;1;5

      """)
    XCTAssertEqual(
      marks(html),
      [
        "C4": Drawn(kind: "wrong", text: "bof"), "B5": Drawn(kind: "wrong", text: "?"),
        "A6": Drawn(kind: "doubt", text: "M. et Mme Roux"), "D7": Drawn(kind: "doubt", text: "5"),
      ])
    let table = findings(html)
    XCTAssertEqual(
      table.map { $0[0] }, ["⚠\u{A0}1 C4", "⚠\u{A0}2 B5", "?\u{A0}3 A6", "?\u{A0}4 D7"])
    XCTAssertEqual(Array(table[0][1...2]), ["bof", "marque inconnue"])
    XCTAssertTrue(table[0][3].hasPrefix("écrivez présent, absent ou excusé\u{202F};"), table[0][3])
    XCTAssertTrue(html.contains("2\u{A0}points à corriger et 2\u{A0}points à vérifier"))
    assertLinks(html)
  }

  func testADateThatDoesNotExistIsMarkedOnceOnItsHeading() throws {
    let html = try page(
      "Nom;05/03/2024;30/02/2024\nAdèle Martin;x;x\nBruno Petit;x;x\nChloé Roux;;x\n")
    XCTAssertEqual(marks(html), ["C1": Drawn(kind: "wrong", text: "30/02/2024")])
    let table = findings(html)
    XCTAssertEqual(table.count, 1)
    XCTAssertEqual(table[0][1...2], ["30/02/2024", "date inexistante 3\u{A0}fois"])
  }

  func testRowsOfAListAreCountedAsTheSpreadsheetProgramCountsThem() throws {
    // Row 2 stands on two lines of the file.
    let html = try page(
      """
      Date;Activité;Personne;Présence;Observations
      05/03/2024;Jardin;Adèle;Présent;"sur deux
      lignes"

      05/03/2024;Jardin;Bruno;peut-être;
      32/03/2024;Loto;Chloé;Présent;

      """)
    XCTAssertEqual(
      marks(html),
      [
        "D4": Drawn(kind: "wrong", text: "peut-être"),
        "A5": Drawn(kind: "wrong", text: "32/03/2024"),
      ])
    XCTAssertEqual(findings(html).map { $0[0] }, ["⚠\u{A0}1 D4 Présence", "⚠\u{A0}2 A5 Date"])
    assertLinks(html)
  }

  func testTextOfCellsIsNeverMarkup() throws {
    let hostile = [
      "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "' onmouseover='x",
      "</td></tr></table><h1>x</h1>", "</title></style>", "<!-- ", "]]>", "javascript:alert(1)",
      "&amp;&#60;b&#62;", "=HYPERLINK(\"http://x.test\")", "\u{202E}envers\u{7}",
    ]
    let rows = hostile.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
    let html = try page(
      "Nom;05/03/2024;12/03/2024\n" + rows.map { "\($0);\($0);x\n" }.joined())
    let body = try XCTUnwrap(html.range(of: "<body>").map { html[$0.upperBound...] })
    for tag in ["<script", "<svg", "<b>", "<!--", "onload=alert(1)>", "' onmouseover"] {
      XCTAssertFalse(body.contains(tag), tag)
    }
    XCTAssertEqual(body.matches(of: /<h1/).count, 1)
    XCTAssertEqual(html.matches(of: /<\/title>/).count, 1)
    XCTAssertFalse(html.contains("\u{202E}"))
    XCTAssertFalse(html.contains("\u{7}"))
    XCTAssertEqual(marks(html)["B2"]?.text, "&lt;script&gt;alert(1)&lt;/script&gt;")
    XCTAssertEqual(marks(html).count, hostile.count)
    XCTAssertNil(html.firstMatch(of: /(href|src)="(?!#|data:text\/csv)/))
    assertLinks(html)
  }

  func testTheTableToDownloadIsNoFormula() throws {
    let html = try page("Nom;05/03/2024\nAdèle Martin;=A1&B1\nBruno Petit;@SOMME(1)\n")
    let link = try XCTUnwrap(
      html.firstMatch(of: /href="data:text\/csv;charset=utf-8,([^"]*)" download="a-corriger.csv"/))
    let text = try XCTUnwrap(String(link.1).removingPercentEncoding)
    XCTAssertTrue(link.1.hasPrefix("%EF%BB%BF"))
    let rows = text.split(separator: "\r\n").map { $0.split(separator: ";").prefix(3) }
    XCTAssertEqual(
      rows,
      [
        ["Où", "Trouvé", "Ce qui ne va pas"], ["B2", "'=A1&B1", "marque inconnue"],
        ["B3", "'@SOMME(1)", "marque inconnue"],
      ])
  }

  func testEachSheetOfAWorkbookHasItsOwnMarks() throws {
    func sheet(_ name: String, _ month: Int, _ rows: [[String]]) -> WorkbookWriter.Sheet {
      var out = WorkbookWriter.Sheet(name: name)
      let days = [5, 12].compactMap { Day(year: 2024, month: month, day: $0) }
      out.rows =
        [[WorkbookWriter.Cell("Nom")] + days.map { WorkbookWriter.Cell(.date($0)) }]
        + rows.map { $0.map { WorkbookWriter.Cell($0) } }
      return out
    }
    let bytes = try WorkbookWriter.bytes(of: [
      sheet("Mars", 3, [["Adèle Martin", "x", "bof"], ["Bruno Petit", "x", ""]]),
      sheet("Avril", 4, [["Adèle Martin", "x", "x"]]),
      sheet("Mai", 5, [["Adèle Martin", "x", "x"], ["Bruno Petit", "", "zut"]]),
    ])
    let path = try folder.write("classeur.xlsx", data: Data(bytes))
    let html = try page(of: path)
    XCTAssertEqual(
      marks(html),
      ["Mars!C2": Drawn(kind: "wrong", text: "bof"), "Mai!C3": Drawn(kind: "wrong", text: "zut")])
    XCTAssertEqual(findings(html).map { $0[0] }, ["⚠\u{A0}1 Mars!C2", "⚠\u{A0}2 Mai!C3"])
    XCTAssertFalse(html.contains("Feuille «\u{A0}Avril\u{A0}»"), "nothing to see there")
    XCTAssertTrue(html.contains("<td>05/03/2024</td>"), "a day as the reader writes it")
    XCTAssertNil(html.firstMatch(of: />[^<]*\d{4}-\d{2}-\d{2}/))
    assertLinks(html)
  }

  func testWhatIsHiddenIsShownAndSaid() throws {
    var sheet = WorkbookWriter.Sheet(name: "Mars")
    sheet.rows = [
      [WorkbookWriter.Cell("Nom")]
        + [5, 12].compactMap { Day(year: 2024, month: 3, day: $0) }.map {
          WorkbookWriter.Cell(.date($0))
        }
    ]
    sheet.rows += [
      ["Adèle Martin", "x", "x"], ["Bruno Petit", "bof"], ["Chloé Roux", "x", "zut"],
    ]
    .map { $0.map { WorkbookWriter.Cell($0) } }
    sheet.hiddenRows = [2]
    sheet.hiddenColumns = [2]
    let path = try folder.write(
      "masquee.xlsx", data: Data(WorkbookWriter.bytes(of: [sheet])))
    let html = try page(of: path)
    XCTAssertEqual(
      marks(html),
      ["Mars!B3": Drawn(kind: "wrong", text: "bof"), "Mars!C4": Drawn(kind: "wrong", text: "zut")])
    XCTAssertNotNil(html.firstMatch(of: /<th scope="row">3 <small>masquée<\/small>/))
    XCTAssertNotNil(html.firstMatch(of: /<th scope="col">C <small>masquée<\/small>/))
    XCTAssertTrue(html.contains("masquées ont été lues comme les autres"))
  }

  func testALargeSheetIsShownAroundItsProblems() throws {
    var text = "Date;Activité;Personne;Présence\n"
    for i in 0..<300 {
      text += "05/03/2024;Gym \(i);Personne \(i);\([60, 61, 200].contains(i) ? "bof" : "x")\n"
    }
    let html = try page(text)
    XCTAssertEqual(Set(marks(html).keys), ["D62", "D63", "D202"])
    for row in [1, 61, 64, 201, 203] {
      XCTAssertTrue(html.contains("<th scope=\"row\">\(row)</th>"), "\(row)")
    }
    XCTAssertFalse(html.contains("<th scope=\"row\">100</th>"))
    XCTAssertTrue(html.contains("59\u{A0}lignes sans problème"))
    XCTAssertTrue(html.contains("(extrait)"))
    XCTAssertLessThan(html.utf8.count, 60_000)
  }

  func testAWideGridKeepsItsNamesAndDatesInSight() throws {
    let days = (1...31).map { String(format: "%02d/10/2024", $0) }
    var text = "Résidence : X\n\nNom;" + days.joined(separator: ";") + "\n"
    for i in 0..<60 {
      let cells = days.indices.map { i == 50 && $0 == 24 ? "zut" : "x" }
      text += "Personne \(i);" + cells.joined(separator: ";") + "\n"
    }
    let html = try page(text)
    XCTAssertEqual(marks(html), ["Z54": Drawn(kind: "wrong", text: "zut")])
    for cell in ["<td>Personne 50</td>", "<td>25/10/2024</td>", "<th scope=\"col\">Z</th>"] {
      XCTAssertTrue(html.contains(cell), cell)
    }
    XCTAssertFalse(html.contains("<td>15/10/2024</td>"))
  }

  func testASheetWithNothingWrongIsThankedForAndNotShown() throws {
    let html = try page("Atelier : Couture;\nNom;06/03/2024\nAdèle Martin;x\n")
    XCTAssertTrue(html.contains("Essai à blanc\u{A0}: rien n’a été changé"))
    XCTAssertFalse(html.contains("<table class=\"sheet\">"))
    XCTAssertFalse(html.contains("À corriger"))
    assertLinks(html)
  }

  func testThePageSaysThatItIsPrivateWhenItWasMadeAndOfWhat() throws {
    let html = try page("Nom;05/03/2024\nAdèle Martin;bof\n")
    XCTAssertTrue(html.contains("ne la transmettez pas"))
    XCTAssertNotNil(html.firstMatch(of: /<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d">/))
    XCTAssertNotNil(html.firstMatch(of: /SHA-256\u{A0}: <code>[0-9a-f]{64}<\/code>/))
    XCTAssertTrue(html.contains("default-src 'none'"))
  }

  func testThePageSpeaksEnglishToo() throws {
    let html = try page("Nom;05/03/2024\nAdèle Martin;bof\n", language: .en)
    XCTAssertTrue(html.contains("1 point to correct"))
    XCTAssertTrue(html.contains("unknown mark"))
    XCTAssertEqual(Set(marks(html).keys), ["B2"])
    XCTAssertFalse(html.contains("À corriger"))
  }

  func testAFileThatCannotBeReadAgainHasAPageAllTheSame() throws {
    let path = try folder.write("feuille.csv", "Nom;05/03/2024\nAdèle Martin;bof\n")
    let model = try Self.model.get()
    let reading = try Intake(model: model, options: IntakeOptions(residence: "tilleuls")).read(
      path: path)
    let report = ImportUseCase.FileReport(
      file: path, receipt: nil, summary: nil, diagnostics: [], json: "{}", status: .done,
      details: ReceiptDetails(receipt: reading.receipt, effect: .planned(Change())))
    let page = ReceiptPage(file: path, reports: [report], model: model, language: .fr)
    for gone in ["-", folder.path + "/nulle-part.csv"] {
      let html = page.text(sheetAt: gone)
      XCTAssertEqual(findings(html).map { $0[0] }, ["⚠\u{A0}1 B2"])
      XCTAssertFalse(html.contains("<table class=\"sheet\">"))
      assertLinks(html)
    }
  }
}
