import Periods

/// One column of a table. Every storage marks a missing value inside the value's own range, so
/// that a loop reads one array.
///
/// Invariants: a code is `Column.missingCode` or a position in the lexicon; a missing integer is
/// `Column.missingInteger`, a missing day `Column.missingDay`, a missing decimal NaN, and no
/// present value is any of these.
package enum Column: Sendable {
  /// Dense codes into a lexicon.
  case text(codes: [Int32], Lexicon)
  /// Whole numbers. Truth values are 0 and 1; a time of day is minutes after midnight.
  case integer([Int64])
  /// Numbers.
  case decimal([Double])
  /// Days since 1970-01-01.
  case day([Int32])

  /// The code of a missing text.
  package static let missingCode: Int32 = -1
  /// The number that stands for a missing whole number.
  package static let missingInteger = Int64.min
  /// The number that stands for a missing day.
  package static let missingDay = Int32.min

  /// The number of rows.
  package var count: Int {
    switch self {
    case .text(let codes, _): codes.count
    case .integer(let values): values.count
    case .decimal(let values): values.count
    case .day(let values): values.count
    }
  }

  /// The value of one row as text for a person or a CSV cell; nil when missing. Not for loops
  /// that matter.
  package func text(at row: Int) -> String? {
    switch self {
    case .text(let codes, let lexicon):
      codes[row] == Column.missingCode ? nil : lexicon[Int(codes[row])]
    case .integer(let values):
      values[row] == Column.missingInteger ? nil : String(values[row])
    case .decimal(let values):
      values[row].isNaN ? nil : Column.plain(values[row])
    case .day(let values):
      values[row] == Column.missingDay ? nil : Day(number: values[row]).iso
    }
  }

  /// A number in the shortest form that reads back the same, without an exponent or `.0`.
  package static func plain(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  /// The rows named by `rows`, in that order.
  package func gathered(_ rows: [Int32]) -> Column {
    switch self {
    case .text(let codes, let lexicon): .text(codes: rows.map { codes[Int($0)] }, lexicon)
    case .integer(let values): .integer(rows.map { values[Int($0)] })
    case .decimal(let values): .decimal(rows.map { values[Int($0)] })
    case .day(let values): .day(rows.map { values[Int($0)] })
    }
  }
}

/// A table in memory: the columns that were asked for, all of one length.
package struct Table: Sendable {
  /// Its name in the model.
  package let name: String
  /// The number of rows.
  package let rowCount: Int
  /// Columns by name in the model.
  package private(set) var columns: [String: Column]

  /// Makes a table; every column has `rowCount` rows.
  package init(name: String, rowCount: Int, columns: [String: Column]) {
    for (column, values) in columns {
      precondition(values.count == rowCount, "\(name).\(column) must have \(rowCount) rows")
    }
    self.name = name
    self.rowCount = rowCount
    self.columns = columns
  }

  /// A column that was asked for.
  package subscript(column: String) -> Column? { columns[column] }
}

/// Where the tables of a computation come from: a store, or memory in tests.
///
/// Columns of one link domain share one lexicon: equal codes mean the same entity, across tables.
package protocol TableSource {
  /// Loads the named columns of a table; a table without rows is empty, never absent.
  ///
  /// - Throws: `Failure` when the store cannot be read.
  func table(_ name: String, columns: [String]) throws -> Table

  /// Those of some columns that are known to have no value at all, so that loading them is waste.
  ///
  /// - Throws: `Failure` when the store cannot be read.
  func columnsWithoutValues(_ name: String, among columns: [String]) throws -> Set<String>
}

extension TableSource {
  /// None is known.
  package func columnsWithoutValues(_ name: String, among columns: [String]) throws -> Set<String> {
    []
  }
}
