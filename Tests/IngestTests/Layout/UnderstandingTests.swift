import FieldSheets
import Foundation
import XCTest

/// Every group of sheets is understood, alone and two by two.
final class UnderstandingTests: FieldSheetCase {
  private let cells = FieldSheets.numbers.filter {
    ![.files, .surveys].contains(FieldSheets.family(of: $0))
  }

  func testEveryGroupIsUnderstood() throws {
    var failing: [Int: String] = [:]
    for group in cells {
      for seed in 0..<(isThorough ? 40 : 6) {
        let sheet = FieldSheets.sheet(group: group, seed: seed)
        if let difference = try difference(sheet), failing[group] == nil {
          failing[group] = "seed \(seed)\n  \(difference)\n" + (isVerbose ? sheet.text : "")
        }
      }
    }
    for (group, difference) in failing.sorted(by: { $0.key < $1.key }) {
      XCTFail("group \(group), \(FieldSheets.name(of: group)), \(difference)")
    }
  }

  private var isThorough: Bool {
    ProcessInfo.processInfo.environment["ALL_FIELD_SHEETS"] != nil
  }

  private var isVerbose: Bool {
    ProcessInfo.processInfo.environment["SHOW_FIELD_SHEETS"] != nil
  }

  func testPairsOfGroupsAreUnderstood() throws {
    var failing: [String] = []
    var count = 0
    for (i, a) in cells.enumerated() {
      for b in cells[(i + 1)...] where FieldSheets.compose(a, b) {
        for seed in isThorough ? Array(0..<8) : [(a + b) % 3] {
          count += 1
          let sheet = FieldSheets.sheet(groups: [a, b], seed: seed)
          if let difference = try difference(sheet) {
            failing.append(
              "\(a) × \(b), seed \(seed)\n  \(difference)\n" + (isVerbose ? sheet.text : ""))
          }
        }
      }
    }
    print("pairs: \(count), failing \(failing.count)")
    for one in failing.prefix(isVerbose ? 400 : 10) { XCTFail(one) }
  }
}
