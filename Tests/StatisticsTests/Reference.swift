import Foundation
import Statistics
import TestSupport
import XCTest

/// A value of a reference file, which peers computed.
struct Reference {
  let value: Any?

  init(_ value: Any?) { self.value = value }

  /// A file of the shared collection's reference values.
  init(file name: String) throws {
    let path = try Places.shared("data/reference/" + name)
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    value = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
  }

  subscript(key: String) -> Reference { Reference((value as? [String: Any])?[key]) }
  subscript(index: Int) -> Reference {
    let list = value as? [Any] ?? []
    return Reference(index < list.count ? list[index] : nil)
  }
  var keys: [String] { ((value as? [String: Any])?.keys.sorted()) ?? [] }
  var list: [Reference] { (value as? [Any] ?? []).map(Reference.init) }
  var text: String? { value as? String }
  var isNull: Bool { value is NSNull }
  /// The number; nil for null and for what is none.
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var numbers: [Double] { list.map { $0.number ?? .nan } }
  var count: Int { Int(number ?? -1) }
}

/// The rows of a CSV of the shared collection, by heading; empty cells are not known.
struct Rows {
  let names: [String]
  let cells: [[String]]

  init(_ file: String) throws {
    let text = try String(contentsOfFile: Places.shared("data/" + file), encoding: .utf8)
    var lines = text.split(separator: "\n").map { line in
      Rows.split(line)
    }
    names = lines.removeFirst()
    cells = lines
  }

  private static func split(_ line: Substring) -> [String] {
    if !line.contains("\"") {
      return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var out = [""]
    var isQuoted = false
    for c in line {
      if c == "\"" {
        isQuoted.toggle()
      } else if c == ",", !isQuoted {
        out.append("")
      } else {
        out[out.count - 1].append(c)
      }
    }
    return out
  }

  /// A column as text.
  func texts(_ name: String) -> [String] {
    guard let i = names.firstIndex(of: name) else { return [] }
    return cells.map { i < $0.count ? $0[i] : "" }
  }

  /// A column as numbers, NaN where there is none.
  func numbers(_ name: String) -> [Double] { texts(name).map { Double($0) ?? .nan } }

  /// A column as codes from 0, in alphabetical order; below 0 where there is nothing.
  func codes(_ name: String) -> (codes: [Int32], names: [String]) { Rows.codes(texts(name)) }

  static func codes(_ texts: [String]) -> (codes: [Int32], names: [String]) {
    let names = Set(texts).subtracting([""]).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    return (texts.map { numbers[$0] ?? -1 }, names)
  }
}

/// The same to 1e-9 of the greater of 1 and the value, as the project agrees.
func assertSame(
  _ got: @autoclosure () throws -> Double, _ expected: Double?, within tolerance: Double = 1e-9,
  _ what: String = "", line: UInt = #line, file: StaticString = #filePath
) {
  guard let expected else {
    XCTFail("\(what): no reference value", file: file, line: line)
    return
  }
  XCTAssertEqual(
    try got(), expected, accuracy: tolerance * max(1, abs(expected)), what, file: file, line: line)
}

/// The same, or undefined where the reference has no number.
func assertSame(
  _ got: @autoclosure () throws -> Double, orUndefined expected: Double?,
  within tolerance: Double = 1e-9, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  if let expected {
    assertSame(try got(), expected, within: tolerance, what, line: line, file: file)
  } else {
    XCTAssertThrowsError(try got(), what, file: file, line: line) { error in
      XCTAssertTrue(error is Undefined, "\(what): \(error)", file: file, line: line)
    }
  }
}

/// Both bounds the same.
func assertSame(
  _ got: @autoclosure () throws -> (Double, Double), _ expected: [Double],
  within tolerance: Double = 1e-9, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  do {
    let (low, high) = try got()
    assertSame(low, expected.first, within: tolerance, what + " low", line: line, file: file)
    assertSame(high, expected.last, within: tolerance, what + " high", line: line, file: file)
  } catch {
    XCTFail("\(what): \(error) in place of \(expected)", file: file, line: line)
  }
}

/// Undefined, and for this reason.
func assertUndefined<T>(
  _ reason: Undefined, _ got: @autoclosure () throws -> T, _ what: String = "",
  line: UInt = #line, file: StaticString = #filePath
) {
  XCTAssertThrowsError(try got(), what, file: file, line: line) { error in
    XCTAssertEqual(error as? Undefined, reason, what, file: file, line: line)
  }
}
