import Columns
import Diagnostics
import Persistence
import TestSupport
import XCTest

/// Values survive being stored, whatever their range.
final class CodingTests: XCTestCase {
  func testEveryValueComesBackAsItWent() throws {
    let p = try Project()
    var random = SeededGenerator(seed: 7)
    let columns: [[Int64]] = [
      [0], [Column.missingInteger], [.max], [.min + 1], [.min + 1, .max],
      [.min + 1, .max, Column.missingInteger], [-1, 0, 1], Array(0..<254), Array(0...254),
      Array(0...255), [0, 65_534], [0, 65_535, Column.missingInteger], [0, 0xffff_fffe],
      [0, 0xffff_ffff], [Column.missingInteger, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
      [Int64](repeating: 1_000_000, count: 500) + [Int64](repeating: -7, count: 500),
      (0..<2_000).map { _ in Int64.random(in: -1_000...1_000, using: &random) },
      (0..<500).map { _ in Int64(bitPattern: random.next()) | 1 },
      // Over several blocks: sorted, in steps, with missing values, each in its own range.
      (0..<3_000).map { Int64($0 / 11) }, (0..<3_000).map { 5_000 - Int64($0 / 2) },
      (0..<2_500).map { Int64($0 % 7) * 30 - 90 },
      (0..<2_500).map { $0 % 13 == 0 ? Column.missingInteger : Int64($0 % 5) * 1_000_000_007 },
      (0..<4_096).map { Int64($0 / 1024) << 40 | Int64.random(in: 0..<200, using: &random) },
      (0..<1_025).map { $0 < 1_024 ? Column.missingInteger : 3 },
      (0..<1_030).map { Int64($0) << 47 },
    ]
    for (i, values) in columns.enumerated() {
      let back = try roundTrip(p, "headcount", .integer(values), "i\(i)")
      guard case .integer(let read) = back else { return XCTFail("integers") }
      XCTAssertEqual(read, values, "case \(i)")
    }
  }

  func testEveryDecimalComesBackAsItWent() throws {
    let p = try Project()
    let columns: [[Double]] = [
      [.nan], [0], [-0.0, 1.5], [1, 2, .nan, 3], [0.1, 1e300, -1e-300], [.infinity, -.infinity],
      [9_007_199_254_740_991, 9_007_199_254_740_992], [.leastNonzeroMagnitude, .nan],
      (0..<1_500).map { Double($0 * 37) / 100 }, [20.95, .nan, -0.0], [1e-5, 0.25],
      (0..<1_000).map { Double($0) / 3 }, (0..<1_000).map { Double($0 % 5) },
    ]
    for (i, values) in columns.enumerated() {
      let back = try roundTrip(p, "value", .decimal(values), "d\(i)", table: "response")
      guard case .decimal(let read) = back else { return XCTFail("decimals") }
      XCTAssertEqual(read.map(\.isNaN), values.map(\.isNaN), "case \(i)")
      XCTAssertEqual(
        read.map { $0.isNaN ? 0 : $0.bitPattern }, values.map { $0.isNaN ? 0 : $0.bitPattern },
        "case \(i)")
    }
  }

  func testTextsOfAnyKindComeBack() throws {
    let p = try Project()
    let texts = [
      "", " ", "é", "日本語", "a\u{0}b", "'; DROP TABLE import; --", "👩‍👩‍👧", "\n\t\"",
      String(repeating: "long ", count: 20_000),
      // Entries that count on from the one before, and some that only seem to.
      "R001-15-098", "R001-15-099", "R001-15-100", "R001-15-101", "R001-15-1010", "a9", "b0", "9",
      "10", "0", "1", "é9", "é10", "99", "00", "1/", "20",
    ]
    let column = Column.text(codes: texts.indices.map { Int32($0) } + [-1], Lexicon(texts))
    let back = try roundTrip(p, "title", column, "t", table: "activity")
    XCTAssertEqual((0...texts.count).map { back.text(at: $0) }, texts.map { $0 } + [nil])
  }

  func testDigestsAreThoseOfTheStandard() {
    // FIPS 180-4, example values.
    XCTAssertEqual(
      sha256Hex(Array("abc".utf8)),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    XCTAssertEqual(
      sha256Hex([UInt8]()),
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let digest = Digest()
    for byte in "abc".utf8 { digest.update([byte]) }
    XCTAssertEqual(digest.finish(), sha256Hex("abc".utf8))
  }

  /// Stores one column of rows of their own scope, and loads it.
  private func roundTrip(
    _ p: Project, _ name: String, _ column: Column, _ scope: String, table: String = "attendance"
  ) throws -> Column {
    let count = column.count
    let keys = (0..<count).map { "\(scope)-\($0)" }
    let key = Column.text(codes: (0..<count).map { Int32($0) }, Lexicon(keys))
    let same = Column.text(codes: [Int32](repeating: 0, count: count), Lexicon([scope]))
    var columns = [name: column]
    switch table {
    case "attendance":
      columns["session"] = same
      columns["group"] = key
    case "response":
      for one in ["instrument", "wave", "respondent"] { columns[one] = same }
      columns["item"] = key
    default: columns["session"] = key
    }
    let batch = TableBatch(
      table: table, columns: columns, sourceLines: (0..<count).map { Int32($0) })
    let outcome = try p.store.commit(p.submission([batch]), now: "")
    guard case .landed(let record, _) = outcome else { throw XCTSkip("unchanged") }
    let loaded = try p.store.table(table, columns: [name])
    _ = try p.store.undo(record.id)
    return try XCTUnwrap(loaded[name])
  }
}
