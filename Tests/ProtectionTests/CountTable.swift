import Foundation
import Protection
import TestSupport
import XCTest

/// A table of counts with all its totals, as a system of unknowns.
struct CountTable {
  let dimensions: [String]
  let keys: [[String]]
  let values: [Double]
  let system: CellSystem
  let relations: [Relation]

  /// A file of `Cases`.
  static func read(_ name: String, threshold: Double, width: Double) throws -> CountTable {
    let path = Places.root + "/Tests/ProtectionTests/Cases/" + name
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let head = try XCTUnwrap(rows.first)
    let count = head.count - 2
    return try CountTable(
      dimensions: Array(head.prefix(count)), keys: rows.dropFirst().map { Array($0.prefix(count)) },
      values: rows.dropFirst().map { try XCTUnwrap(Double($0[count])) }, threshold: threshold,
      width: width)
  }

  init(
    dimensions: [String], keys: [[String]], values: [Double], threshold: Double, width: Double
  ) throws {
    self.dimensions = dimensions
    self.keys = keys
    self.values = values
    let place = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($0.element, $0.offset) })
    var relations: [Relation] = []
    for (i, key) in keys.enumerated() {
      for d in dimensions.indices where key[d] == "Total" {
        let parts = keys.indices.filter { j in
          keys[j][d] != "Total" && key.indices.allSatisfy { $0 == d || keys[j][$0] == key[$0] }
        }
        if !parts.isEmpty, place[key] == i { relations.append(.total(i, of: parts)) }
      }
    }
    self.relations = relations
    system = try CellSystem(
      values.map { v in
        let isSmall = v > 0 && v < threshold
        return Unknown(
          value: v, lower: v == 0 ? 0 : 1, isSensitive: isSmall, width: v == 0 ? 0 : width,
          isReserve: v == 0, isOnePerson: v == 1, isSmall: isSmall)
      }, relations)
  }

  /// What readers get, with the true values for the audit. Rows that only repeat the one of the
  /// same single person, and zeros that are withheld, are left out.
  func published(_ protection: Protection) -> String {
    var out = (dimensions + ["value", "status", "true"]).joined(separator: ",") + "\n"
    for (i, key) in keys.enumerated() {
      let value = String(Int(values[i]))
      if protection.withheld[i] == nil {
        out += (key + [value, "published", value]).joined(separator: ",") + "\n"
      } else if values[i] > 0 && !system.repeats.contains(i) {
        out += (key + ["", "suppressed", value]).joined(separator: ",") + "\n"
      }
    }
    return out
  }
}
