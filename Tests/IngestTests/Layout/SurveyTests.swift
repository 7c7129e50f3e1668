import FieldSheets
import Ingest
import XCTest

/// Exports of surveys are known by their headings and taken apart, a row an answer.
final class SurveyTests: FieldSheetCase {
  func testExportsBecomeARowAnAnswer() throws {
    for group in FieldSheets.numbers where FieldSheets.family(of: group) == .surveys {
      for seed in 0..<8 {
        let sheet = FieldSheets.sheet(group: group, seed: seed)
        let reading = try XCTUnwrap(SurveyReader.read(grids(sheet)[0]), sheet.text)
        XCTAssertEqual(reading.exporter.rawValue, sheet.exporter)
        let found = reading.answers.map {
          "\($0.respondent) \($0.wave) · \($0.item) = \(Fold.key($0.text))"
        }
        let expected = sheet.answers.map {
          "\($0.respondent) \($0.wave) · \($0.item) = \(Fold.key($0.value))"
        }
        let missing = Set(expected).subtracting(found).sorted()
        let surplus = Set(found).subtracting(expected).sorted()
        XCTAssertEqual(missing, [], "group \(group), seed \(seed)")
        XCTAssertEqual(surplus, [], "group \(group), seed \(seed)")
        XCTAssertEqual(found.count, expected.count, "group \(group), seed \(seed)")
        XCTAssertEqual(
          reading.problems.map { "\($0.place) \($0.code)" },
          sheet.problems.map { "\($0.cell) \($0.code)" })
      }
    }
  }

  func testASheetOfPresencesIsNoSurvey() throws {
    for group in FieldSheets.numbers
    where ![.files, .surveys].contains(FieldSheets.family(of: group)) {
      let sheet = FieldSheets.sheet(group: group, seed: 1)
      XCTAssertNil(SurveyReader.read(grids(sheet)[0]), "group \(group)")
    }
  }

  func testTheCodebookTellsKindsAndAnswers() throws {
    let sheet = FieldSheets.sheet(group: 58, seed: 0)
    let reading = try XCTUnwrap(SurveyReader.read(grids(sheet)[0]))
    let kinds = Dictionary(uniqueKeysWithValues: reading.items.map { ($0.code, $0.kind) })
    XCTAssertEqual(kinds["Nombre de visites reçues"], .number)
    XCTAssertEqual(kinds["Je fais confiance à mes voisins"], .words)
    XCTAssertEqual(kinds["Où voyez-vous vos voisins ? : Le hall"], .option)
    XCTAssertEqual(kinds["Avez-vous rendu un service ce mois-ci ?"], .scale)
  }
}
