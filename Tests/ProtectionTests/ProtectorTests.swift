import Foundation
import Protection
import TestSupport
import XCTest

final class ProtectorTests: XCTestCase {
  /// The shares that must stay published; the best known tool withholds 92 of 216 and leaves 38 of
  /// them too narrow for a reader who knows that zeros are never withheld.
  func testTheTablesOfReferenceKeepTheirShare() throws {
    for (name, most) in [("full_2d.csv", 19), ("full_3d.csv", 100), ("full_4d.csv", 925)] {
      let table = try CountTable.read(name, threshold: 5, width: 5)
      let protection = try Protector(table.system).protect()
      XCTAssertLessThanOrEqual(protection.withheld.count, most, name)
      XCTAssertTrue(
        protection.proof.holds(in: table.system, withheld: Set(protection.withheld.keys)), name)
      let small = table.values.indices.filter { table.values[$0] > 0 && table.values[$0] < 5 }
      XCTAssertEqual(
        Set(protection.withheld.filter { $0.value == .primary }.keys), Set(small), name)
    }
  }

  func testTheSameSystemGivesTheSameChoice() throws {
    let table = try CountTable.read("full_2d.csv", threshold: 5, width: 5)
    let first = try Protector(table.system).protect()
    for _ in 0..<3 {
      XCTAssertEqual(try Protector(table.system).protect().withheld, first.withheld)
    }
  }

  /// On small tables, all whole-number tables that a reader may think of are tried out.
  func testNoReaderOfARandomTableComesCloserThanTheWidth() throws {
    var random = SeededGenerator(seed: 7)
    var withheld = 0
    var refused = 0
    for round in 0..<60 {
      let (rows, columns) = (2, Int.random(in: 2...3, using: &random))
      let inner = (0..<rows * columns).map { _ in Int.random(in: 0...6, using: &random) }
      let table = try CountTable.grid(inner, columns: columns, threshold: 3, width: 3)
      do {
        let protection = try Protector(table.system).protect()
        let hidden = Set(protection.withheld.keys)
        withheld += hidden.count
        let ranges = table.ranges(hidden: hidden, most: 9)
        for i in hidden where table.values[i] > 0 {
          let range = try XCTUnwrap(ranges[i])
          XCTAssertGreaterThanOrEqual(
            range.upperBound - range.lowerBound, 3, "\(round) \(inner) \(i)")
          XCTAssertTrue(range.contains(Int(table.values[i])))
        }
        for i in hidden where table.values[i] == 1 {
          let seen = table.ranges(hidden: hidden, most: 9, fixed: i)
          for j in hidden where table.system.mustHide(j, from: i) {
            let range = try XCTUnwrap(seen[j])
            XCTAssertLessThan(range.lowerBound, range.upperBound, "\(round) \(inner) \(i) \(j)")
          }
        }
      } catch ProtectionError.unprotected {
        refused += 1
      }
    }
    XCTAssertGreaterThan(withheld, 150)
    XCTAssertLessThan(refused, 12)
  }

  func testLinkedTablesAreProtectedTogether() throws {
    // The same six persons stand in a table by age and in one by floor; each alone would be safe.
    let unknowns = [3, 9, 12, 20, 4, 8, 12, 20].map { value in
      Unknown(value: Double(value), lower: 1, isSensitive: value < 5, width: 5, isSmall: value < 5)
    }
    let total = Unknown(value: 44, lower: 1, width: 5)
    let system = try CellSystem(
      unknowns + [total], [.total(8, of: [0, 1, 2, 3]), .total(8, of: [4, 5, 6, 7])])
    let protection = try Protector(system).protect()
    for group in [Array(0...3), Array(4...7)] {
      // Either two parts, or a part and the total that they share.
      XCTAssertGreaterThanOrEqual(
        (group + [8]).filter { protection.withheld[$0] != nil }.count, 2)
    }
    XCTAssertTrue(protection.proof.holds(in: system, withheld: Set(protection.withheld.keys)))
  }

  func testBoundsOfDistinctCountsAreKnownToTheReader() throws {
    // 3 persons in one month, 40 in the other, 41 in both: the 3 lie between 1 and 40, unless the
    // reader also knows that nobody came twice.
    func system(_ isSum: Bool) throws -> CellSystem {
      let values: [Double] = isSum ? [3, 40, 43] : [3, 40, 41]
      let unknowns = values.map {
        Unknown(value: $0, lower: 1, isSensitive: $0 < 5, width: 5, isSmall: $0 < 5)
      }
      return try CellSystem(
        unknowns,
        isSum
          ? [.total(2, of: [0, 1])] : [.most(2, [0, 1]), .most(0, [2]), .most(1, [2])])
    }
    XCTAssertEqual(try Protector(system(false)).protect().withheld.count, 1)
    XCTAssertGreaterThanOrEqual(try Protector(system(true)).protect().withheld.count, 2)
  }

  func testDegenerateSystems() throws {
    let none = try CellSystem([], [])
    XCTAssertTrue(try Protector(none).protect().withheld.isEmpty)
    func cell(_ v: Double, cost: Double? = 1) -> Unknown {
      Unknown(
        value: v, lower: v > 0 ? 1 : 0, isSensitive: v > 0 && v < 5, width: v > 0 ? 5 : 0,
        cost: cost, isReserve: v == 0, isOnePerson: v == 1, isSmall: v > 0 && v < 5)
    }
    // One cell, without any relation: nothing is known of it.
    let one = try CellSystem([cell(3)], [])
    XCTAssertEqual(try Protector(one).protect().withheld, [0: .primary])
    // Zeros only: nothing to withhold.
    let zeros = try CellSystem([cell(0), cell(0), cell(0)], [.total(0, of: [1, 2])])
    XCTAssertTrue(try Protector(zeros).protect().withheld.isEmpty)
    // Everything is small: everything is withheld.
    let small = try CellSystem([cell(4), cell(2), cell(2)], [.total(0, of: [1, 2])])
    XCTAssertEqual(try Protector(small).protect().withheld.count, 3)
    // A total that was published before: the other part must be withheld.
    let known = try CellSystem(
      [cell(30, cost: nil), cell(2), cell(28)], [.total(0, of: [1, 2])])
    XCTAssertEqual(try Protector(known).protect().withheld, [1: .primary, 2: .secondary])
    // Total and the other part were published before: no choice helps.
    let open = try CellSystem(
      [cell(30, cost: nil), cell(2), cell(28, cost: nil)], [.total(0, of: [1, 2])])
    XCTAssertThrowsError(try Protector(open).protect()) {
      XCTAssertEqual($0 as? ProtectionError, .unprotected(unknown: 1))
    }
    // What is said of the numbers does not hold.
    XCTAssertThrowsError(
      try CellSystem([cell(9), cell(3), cell(5)], [.total(0, of: [1, 2])])
    ) { XCTAssertEqual($0 as? ProtectionError, .contradiction(relation: 0)) }
  }

  func testWhoIsAloneInAGroupAndInItsOnlyPartIsOnePerson() throws {
    // One person was met at home, in groups that may overlap: alone in the total, they know that
    // the part is theirs. Nobody else is told by that.
    func one() -> Unknown {
      Unknown(
        value: 1, lower: 1, isSensitive: true, width: 5, cost: 0, isOnePerson: true, isSmall: true)
    }
    let both = try CellSystem([one(), one()], [.most(0, [1]), .most(1, [0])])
    let protection = try Protector(both).protect()
    XCTAssertEqual(protection.withheld.count, 2)
    XCTAssertTrue(protection.proof.holds(in: both, withheld: [0, 1]))
    // Readers who hold the total know of the part as well: that is no longer one person's own.
    var held = both.unknowns
    held[0].cost = nil
    let known = try CellSystem(held, [.most(0, [1]), .most(1, [0])])
    XCTAssertThrowsError(try Protector(known).protect())
  }

  func testWhatIsTooNarrowWithAllWithheldIsRefusedAtOnce() throws {
    // Readers hold the total: two parts of at least one make 3.
    func cell(_ value: Double, cost: Double?) -> Unknown {
      Unknown(value: value, lower: 1, isSensitive: cost != nil, width: 5, cost: cost)
    }
    let system = try CellSystem(
      [cell(3, cost: nil), cell(1, cost: 1), cell(2, cost: 1)], [.total(0, of: [1, 2])])
    XCTAssertThrowsError(try Protector(system).protect())
  }

  func testAmountsOfMoneyNeedNotBeWhole() throws {
    let values = [812.40, 45.15, 2_210.05]
    let unknowns =
      [Unknown(value: values.reduce(0, +), isWhole: false, width: 100)]
      + values.map { Unknown(value: $0, isWhole: false, isSensitive: $0 < 100, width: 100) }
    let system = try CellSystem(unknowns, [.total(0, of: [1, 2, 3])])
    let protection = try Protector(system).protect()
    XCTAssertEqual(protection.withheld.count, 2)
    XCTAssertTrue(protection.proof.holds(in: system, withheld: Set(protection.withheld.keys)))
  }
}

extension CountTable {
  /// A table of two dimensions with its totals.
  static func grid(_ inner: [Int], columns: Int, threshold: Double, width: Double) throws
    -> CountTable
  {
    let rows = inner.count / columns
    var keys: [[String]] = []
    var values: [Double] = []
    for r in 0...rows {
      for c in 0...columns {
        keys.append([r == rows ? "Total" : "r\(r)", c == columns ? "Total" : "c\(c)"])
        let sum = (0..<rows * columns).reduce(0) { sum, i in
          (r == rows || i / columns == r) && (c == columns || i % columns == c)
            ? sum + inner[i] : sum
        }
        values.append(Double(sum))
      }
    }
    return try CountTable(
      dimensions: ["row", "column"], keys: keys, values: values, threshold: threshold,
      width: width)
  }

  /// The least and the greatest value of each withheld number in all whole-number tables with no
  /// inner number above `most` that fit what is published. Withheld numbers are not zero, unless
  /// they truly are.
  func ranges(hidden: Set<Int>, most: Int, fixed: Int? = nil) -> [Int: ClosedRange<Int>] {
    let inner = keys.indices.filter { !keys[$0].contains("Total") }
    let totals = keys.indices.filter { keys[$0].contains("Total") }
    var found: [Int: ClosedRange<Int>] = [:]
    var table = [Int](repeating: 0, count: keys.count)
    func fits(_ i: Int, _ value: Int) -> Bool {
      if !hidden.contains(i) || i == fixed { return value == Int(values[i]) }
      return values[i] == 0 || value >= 1
    }
    func belongs(_ i: Int, to total: Int) -> Bool {
      keys[total].indices.allSatisfy {
        keys[total][$0] == "Total" || keys[total][$0] == keys[i][$0]
      }
    }
    let sums = totals.map { total in (total, inner.filter { belongs($0, to: total) }) }
    func fill(_ place: Int) {
      guard place < inner.count else {
        for (total, parts) in sums {
          table[total] = parts.reduce(0) { $0 + table[$1] }
          if !fits(total, table[total]) { return }
        }
        for i in hidden {
          let old = found[i] ?? table[i]...table[i]
          found[i] = min(old.lowerBound, table[i])...max(old.upperBound, table[i])
        }
        return
      }
      let i = inner[place]
      let choices = hidden.contains(i) && i != fixed ? Array(0...most) : [Int(values[i])]
      for value in choices where fits(i, value) {
        table[i] = value
        // A published total that is already passed cannot be met any more.
        let isPassed = sums.contains { total, parts in
          !hidden.contains(total) && belongs(i, to: total)
            && parts.filter { $0 <= i }.reduce(0) { $0 + table[$1] } > Int(values[total])
        }
        if !isPassed { fill(place + 1) }
      }
    }
    fill(0)
    return found
  }
}
