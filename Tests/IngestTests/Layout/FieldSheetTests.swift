import FieldSheets
import Foundation
import XCTest

/// The fixtures themselves: every group in at least three variants, the same from the same seed.
final class FieldSheetTests: XCTestCase {
  func testThereAreFiftyEightGroups() {
    XCTAssertEqual(FieldSheets.numbers, Array(1...58))
  }

  func testASheetIsMadeByItsSeedAlone() {
    for group in FieldSheets.numbers {
      let texts = (0..<4).map { FieldSheets.sheet(group: group, seed: $0).text }
      XCTAssertEqual(texts, (0..<4).map { FieldSheets.sheet(group: group, seed: $0).text })
      XCTAssertEqual(Set(texts).count, 4, "group \(group)")
    }
  }

  func testEverySheetSaysSomething() {
    for group in FieldSheets.numbers {
      for seed in 0..<6 {
        let sheet = FieldSheets.sheet(group: group, seed: seed)
        XCTAssertFalse(
          sheet.rows.isEmpty && sheet.answers.isEmpty && sheet.failure == nil,
          "group \(group), seed \(seed)")
        let places = Set(sheet.rows.map(\.source))
        XCTAssertTrue(places.allSatisfy { $0.contains("!") })
      }
    }
    if ProcessInfo.processInfo.environment["SHOW_FIELD_SHEETS"] != nil {
      for group in FieldSheets.numbers {
        for seed in 0..<3 { print(FieldSheets.sheet(group: group, seed: seed).text) }
      }
    }
  }
}
