import Diagnostics
import Ingest
import TestSupport
import XCTest

/// Spoiled files are read as the clean ones, by a score of ten as the Pollock benchmark gives it
/// (Vitagliano et al., VLDB 2023): the file is read; precision, recall and F1 of headings, of
/// rows and of cells.
final class PollutionTests: XCTestCase {
  private func measures<T: Hashable>(_ right: [T], _ found: [T]) -> Double {
    if right.isEmpty { return found.isEmpty ? 3 : 0 }
    var left: [T: Int] = [:]
    for one in right { left[one, default: 0] += 1 }
    var shared = 0.0
    for one in found where left[one, default: 0] > 0 {
      left[one, default: 0] -= 1
      shared += 1
    }
    guard shared > 0 else { return 0 }
    let (precision, recall) = (shared / Double(found.count), shared / Double(right.count))
    return precision + recall + 2 * precision * recall / (precision + recall)
  }

  private func score(_ one: Polluter.Case) -> Double {
    guard let p = try? Preview(name: "x", bytes: Array(one.text.utf8)) else { return 0 }
    let rows = (0..<p.rowCount).map(p.row)
    return 1 + measures(one.header ?? [], p.header) + measures(one.rows, rows)
      + measures(one.rows.flatMap { $0 }, rows.flatMap { $0 })
  }

  private func scores(seed: UInt64, rounds: Int) -> [Polluter.Pollution: Double] {
    var polluter = Polluter(seed: seed)
    var sums: [Polluter.Pollution: Double] = [:]
    for _ in 0..<rounds {
      for pollution in Polluter.Pollution.allCases {
        sums[pollution, default: 0] += score(polluter.next(pollution)) / Double(rounds)
      }
    }
    return sums
  }

  /// The reader was tuned on files of other seeds; this one is for the score alone.
  func testSpoiledFilesAreReadAsTheCleanOnes() {
    let found = scores(seed: 20_260_901, rounds: 12)
    let mean = found.values.reduce(0, +) / Double(found.count)
    let list = found.sorted { $0.value < $1.value }.map { "\($0.key) \($0.value)" }
    print("pollution score:", mean, list.prefix(6))
    XCTAssertGreaterThan(mean, 9.85, "\(list)")
    for pollution in [Polluter.Pollution.none, .semicolon, .tab, .lineFeeds, .carriageReturns] {
      XCTAssertEqual(found[pollution] ?? 0, 10, accuracy: 0.001, "\(pollution)")
    }
  }

  /// Nothing is lost silently: each line of a file is a row, a heading, blank, or listed.
  func testEveryLineIsARowOrListed() throws {
    var polluter = Polluter(seed: 77)
    for round in 0..<6 {
      for pollution in Polluter.Pollution.allCases {
        let text = polluter.next(pollution).text
        let p = try Preview(name: "x", bytes: Array(text.utf8))
        let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let lines = unified.split(separator: "\n", omittingEmptySubsequences: false)
        var told = Set((0..<p.rowCount).map(p.line))
        for aside in p.asides { told.formUnion(aside.lines) }
        let silent = lines.indices.filter { i in
          lines[i].contains { $0.isLetter || $0.isNumber } && !told.contains(i + 1)
        }
        let headings = pollution == .headerOfThreeRows ? 3 : pollution == .headerOfTwoRows ? 2 : 1
        XCTAssertLessThanOrEqual(
          silent.count, p.header.isEmpty ? 0 : headings, "\(round) \(pollution): \(silent)")
      }
    }
  }

  func testTheFlagsPrintedForceTheSameReading() throws {
    var polluter = Polluter(seed: 5)
    for pollution in [Polluter.Pollution.semicolon, .blank, .apostrophes, .backslashes, .noHeader] {
      let bytes = Array(polluter.next(pollution).text.utf8)
      let p = try Preview(name: "x", bytes: bytes)
      var options = IntakeOptions()
      options.separation = Dialect.separation(
        named: p.dialect.delimiterName == " " ? "space" : p.dialect.delimiterName)
      options.quote = p.dialect.quote
      options.escape = p.dialect.escape
      options.encoding = p.encoding
      options.hasHeader = !p.header.isEmpty
      let again = try Preview(name: "x", bytes: bytes, options: options)
      XCTAssertEqual(again.csv(), p.csv(), "\(pollution)")
    }
  }

  func testAFileOfAMillionColumnsIsRefusedAtOnce() {
    let line = [UInt8](repeating: UInt8(ascii: ","), count: 1_000_000)
    XCTAssertThrowsError(try Preview(name: "x", bytes: Array("a".utf8) + line + [0x0A] + line)) {
      XCTAssertEqual(($0 as? Failure)?.diagnostics.first?.code, "file.too-wide")
    }
  }
}
