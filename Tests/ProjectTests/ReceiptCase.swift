import Columns
import Diagnostics
import Foundation
import Persistence
import TestSupport
import XCTest

@testable import Ingest
@testable import Model
@testable import Project

/// What the tests of receipts share: a sheet read by the project's own model, its page, and the
/// sheet that the page draws.
class ReceiptCase: XCTestCase {
  static let model: Result<Model, any Error> = Result {
    try Model(folder: Places.root + "/indicators/model")
  }
  private(set) var folder: Workdir!

  override func setUpWithError() throws { folder = try Workdir() }

  /// The page of a file's receipt, as of a dry run.
  func page(
    of path: String, _ options: IntakeOptions = IntakeOptions(residence: "tilleuls"),
    language: Language = .fr
  ) throws -> String {
    let model = try Self.model.get()
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    let readings = try Intake(model: model, options: options).readAll(name: path, bytes: bytes)
    let reports = readings.map { reading in
      ImportUseCase.FileReport(
        file: path, receipt: nil, summary: nil, diagnostics: [], json: "{}", status: .done,
        details: ReceiptDetails(
          receipt: reading.receipt,
          effect: .planned(
            Change(
              tables: reading.batches.map {
                var change = TableChange(table: $0.table)
                change.added = $0.rowCount
                return change
              }))))
    }
    return ReceiptPage(file: path, reports: reports, model: model, language: language)
      .text(sheetAt: path)
  }

  /// The page of the receipt of a sheet of text.
  func page(_ text: String, language: Language = .fr) throws -> String {
    try page(of: folder.write("feuille.csv", text), language: language)
  }

  /// The cells that a page marks, by sheet and name: `Mai!B6`, or `B6` where sheets have no name.
  func marks(_ html: String) -> [String: Drawn] {
    var out: [String: Drawn] = [:]
    for table in html.matches(
      of: /(?s)<table class="sheet"><caption>(.*?)<\/caption>(.*?)<\/table>/)
    {
      let name = table.1.firstMatch(of: /«\u{A0}(.*?)\u{A0}»/).map { String($0.1) + "!" } ?? ""
      let rows = table.2.split(separator: "<tr")
      let letters = table.2.matches(of: /<th scope="col"[^>]*>([A-Z]+|…)/).map { String($0.1) }
      for row in rows.dropFirst() {
        guard let number = row.firstMatch(of: /<th scope="row">(\d+)/)?.1 else { continue }
        let cells = row.matches(of: /(?s)<td(?: class="(\w+)")?>(.*?)<\/td>/)
        for (i, cell) in cells.enumerated() where cell.1 == "wrong" || cell.1 == "doubt" {
          let text = cell.2.firstMatch(of: /(?s)<mark>(.*?)<\/mark>/).map { String($0.1) }
          out[name + letters[i] + number] = Drawn(kind: String(cell.1 ?? ""), text: text ?? "")
        }
      }
    }
    return out
  }

  /// A marked cell.
  struct Drawn: Equatable {
    var kind: String
    var text: String
  }

  /// The rows of the table of findings: place, what was found, what is wrong, what to do.
  func findings(_ html: String) -> [[String]] {
    html.matches(of: /(?s)<tr id="p\d+">(.*?)<\/tr>/).map { row in
      row.1.matches(of: /(?s)<t[hd][^>]*>(.*?)<\/t[hd]>/).map { cell in
        String(cell.1).replacing(/<[^>]+>/, with: " ").replacing(/[ ]+/, with: " ")
          .trimmingCharacters(in: .whitespaces)
      }
    }
  }

  /// Asserts that every link within a page leads somewhere, and no two places bear one name.
  func assertLinks(_ html: String, file: StaticString = #filePath, line: UInt = #line) {
    let places = html.matches(of: /[ ]id="([^"]+)"/).map { String($0.1) }
    XCTAssertEqual(places.count, Set(places).count, "two of one name", file: file, line: line)
    for link in html.matches(of: /href="#([^"]+)"/) {
      XCTAssertTrue(places.contains(String(link.1)), "#\(link.1)", file: file, line: line)
    }
  }
}
