import Foundation
import Statistics
import TestSupport
import XCTest

/// A value of a reference file, which peers computed. It knows its place, so that what compares it
/// can claim it: see `Claims`.
struct Reference {
  let value: Any?
  /// The file, then the keys that lead here.
  let place: String

  private init(_ value: Any?, place: String) {
    self.value = value
    self.place = place
  }

  /// A file of the shared collection's reference values.
  init(file name: String) throws {
    let path = try Places.shared("data/reference/" + name)
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    value = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
    place = name
  }

  subscript(key: String) -> Reference {
    Reference((value as? [String: Any])?[key], place: place + "/" + key)
  }
  subscript(index: Int) -> Reference {
    let list = value as? [Any] ?? []
    return Reference(index < list.count ? list[index] : nil, place: "\(place)/\(index)")
  }
  var keys: [String] { ((value as? [String: Any])?.keys.sorted()) ?? [] }
  var list: [Reference] { (value as? [Any] ?? []).indices.map { self[$0] } }
  var text: String? { value as? String }
  var isNull: Bool { value is NSNull }
  /// The number; nil for null and for what is none.
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var numbers: [Double] { list.map { $0.number ?? .nan } }
  var count: Int { Int(number ?? -1) }

  /// The values that stand under this one, or itself.
  var leaves: [Reference] {
    if value is [String: Any] { return keys.flatMap { self[$0].leaves } }
    if value is [Any] { return list.flatMap(\.leaves) }
    return value == nil ? [] : [self]
  }

  /// What the peers were given, and a test gives to this project's code in turn.
  var given: Reference {
    Claims.claim(self, as: .given)
    return self
  }
}

/// The rows of a CSV of the shared collection, by heading; empty cells are not known.
struct Rows {
  let names: [String]
  let cells: [[String]]
  let file: String

  init(_ file: String) throws {
    self.file = file.split(separator: "/").last.map(String.init) ?? file
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

  /// The place of a column among what the tests claim.
  func place(_ name: String) -> String { file + "/" + name }

  /// These columns say which row it is, or are given to this project's code.
  func given(_ names: String...) { Claims.claim(names.map(place), as: .given) }

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

/// The same as the reference, which is claimed.
func assertSame(
  _ got: @autoclosure () throws -> Double, _ expected: Reference,
  within tolerance: Double = 1e-9, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  Claims.claim(expected, as: .compared)
  assertSame(
    try got(), expected.number, within: tolerance, what.isEmpty ? expected.place : what,
    line: line, file: file)
}

/// The same number of people or things.
func assertSame(
  _ got: Int, _ expected: Reference, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  Claims.claim(expected, as: .compared)
  XCTAssertEqual(
    Double(got), expected.number, what.isEmpty ? expected.place : what, file: file, line: line)
}

/// The same word or name.
func assertSame(
  _ got: String, _ expected: Reference, line: UInt = #line, file: StaticString = #filePath
) {
  Claims.claim(expected, as: .compared)
  XCTAssertEqual(got, expected.text, expected.place, file: file, line: line)
}

/// The same numbers, one by one.
func assertSame(
  _ got: [Double], _ expected: Reference, within tolerance: Double = 1e-9, line: UInt = #line,
  file: StaticString = #filePath
) {
  let values = expected.list.isEmpty ? expected.leaves : expected.list
  XCTAssertEqual(got.count, values.count, expected.place, file: file, line: line)
  for (got, value) in zip(got, values) {
    assertSame(got, value, within: tolerance, line: line, file: file)
  }
}

/// The same, or undefined where the reference has no number: null, a word, or an error in its
/// place.
func assertSame(
  _ got: @autoclosure () throws -> Double, orUndefined expected: Reference,
  within tolerance: Double = 1e-9, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  if expected.number != nil {
    assertSame(try got(), expected, within: tolerance, what, line: line, file: file)
  } else {
    assertUndefined(try got(), where: expected, what, line: line, file: file)
  }
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

/// Undefined here, where the peer has no number, or says why not.
func assertUndefined(
  _ got: @autoclosure () throws -> Double, where expected: Reference, _ what: String = "",
  line: UInt = #line, file: StaticString = #filePath
) {
  XCTAssertNil(expected.number, expected.place, file: file, line: line)
  Claims.claim(expected, as: .compared)
  XCTAssertThrowsError(try got(), expected.place, file: file, line: line) { error in
    XCTAssertTrue(error is Undefined, "\(expected.place): \(error)", file: file, line: line)
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

/// Both bounds the same as those of the reference, two in a list or one by one.
func assertSame(
  _ got: @autoclosure () throws -> (Double, Double), _ expected: [Reference],
  within tolerance: Double = 1e-9, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  for bound in expected { Claims.claim(bound, as: .compared) }
  XCTAssertEqual(expected.count, 2, what, file: file, line: line)
  assertSame(
    try got(), expected.map { $0.number ?? .nan }, within: tolerance,
    what.isEmpty ? expected.first?.place ?? "" : what, line: line, file: file)
}

func assertSame(
  _ got: @autoclosure () throws -> (Double, Double), _ expected: Reference,
  within tolerance: Double = 1e-9, _ what: String = "", line: UInt = #line,
  file: StaticString = #filePath
) {
  assertSame(try got(), expected.list, within: tolerance, what, line: line, file: file)
}

/// A whole column the same; where a cell is empty there must be no number.
func assertSame(
  _ got: [Double], _ rows: Rows, _ name: String, within tolerance: Double = 1e-9,
  line: UInt = #line, file: StaticString = #filePath
) {
  XCTAssertTrue(rows.names.contains(name), rows.place(name), file: file, line: line)
  Claims.claim([rows.place(name)], as: .compared)
  let expected = rows.numbers(name)
  XCTAssertEqual(got.count, expected.count, rows.place(name), file: file, line: line)
  for (row, (got, value)) in zip(got, expected).enumerated() where !(got.isNaN && value.isNaN) {
    XCTAssertEqual(
      got, value, accuracy: tolerance * max(1, abs(value)), "\(rows.place(name)) \(row + 2)",
      file: file, line: line)
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
