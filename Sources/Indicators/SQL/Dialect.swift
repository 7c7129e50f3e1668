package import Diagnostics
import Periods

/// An SQL dialect: what differs between engines, and nothing else.
///
/// What is asked of an engine beyond its dialect: whole numbers of 64 bits, double precision,
/// dates, and text compared by its code points.
package struct Dialect: Sendable {
  /// Its name on the command line.
  package let name: String
  /// A number as double precision.
  var double: @Sendable (String) -> String = { "CAST(\($0) AS DOUBLE)" }
  /// A whole number of 64 bits with a sign.
  var whole: @Sendable (String) -> String = { $0 }
  /// The whole days from the second date to the first.
  let days: @Sendable (_ later: String, _ earlier: String) -> String
  /// A date as a whole number of days, from one that comes before all.
  let ordinal: @Sendable (String) -> String
  /// The day before a date.
  let dayBefore: @Sendable (String) -> String
  /// The year of a date, a whole number.
  let year: @Sendable (String) -> String
  /// The month of a date, 1 to 12.
  let month: @Sendable (String) -> String
  /// The first and the last day of the month that holds a date.
  let monthStart: @Sendable (String) -> String
  let monthEnd: @Sendable (String) -> String
  /// A whole number as text.
  let words: @Sendable (String) -> String
  /// A column of dates: an engine that guesses types sees none in an empty one.
  var dates: @Sendable (String) -> String = { $0 }
  /// A column of numbers, for the same reason.
  var numbers: @Sendable (String) -> String = { $0 }
  /// A date literal.
  var date: @Sendable (Day) -> String = { "DATE '\($0.iso)'" }
  /// The greatest whole number not above a number that is not negative.
  var floor: @Sendable (String) -> String = { "floor(\($0))" }
  /// The lesser and the greater of two values that are not null.
  var least: @Sendable (String, String) -> String = { "least(\($0), \($1))" }
  var greatest: @Sendable (String, String) -> String = { "greatest(\($0), \($1))" }
  /// A number, a text and a date that are not known.
  let noNumber: String
  let noText: String
  let noDate: String
  /// A list of rows of whole numbers as a step's name and query.
  var values: @Sendable (_ name: String, _ columns: [String], _ rows: [[Int]]) -> (String, String) =
    { name, columns, rows in
      let rows = rows.map { "(" + $0.map(String.init).joined(separator: ", ") + ")" }
      return (
        "\(name) (\(columns.joined(separator: ", ")))", "VALUES \(rows.joined(separator: ", "))"
      )
    }
  /// A step as a table or view of the session, for an engine that would compute it, or plan it,
  /// again wherever a later step names it; nil where one statement with all steps is as good.
  var table: (@Sendable (_ name: String, _ query: String) -> String)?
  /// Whether a query asked alone is written in steps too.
  var alwaysInSteps = false
  /// Statements of settings of the session, before a query that a program runs: without them the
  /// others would mean something else, or take far longer.
  var settings: String?
  /// The sign around an identifier.
  var quote = "\""
  /// Whether a backslash in a text literal escapes what follows.
  var escapes = false

  /// Every dialect.
  package static let all = [sqlite, duckdb, postgresql, clickhouse, spark]

  /// A dialect that a command names.
  ///
  /// - Throws: `Failure` with status `usage` when there is none of that name.
  package static func named(_ name: String) throws(Failure) -> Dialect {
    if let dialect = all.first(where: { $0.name == name }) { return dialect }
    let names = all.map(\.name).joined(separator: ", ")
    throw Failure(
      .usage, code: "sql.dialect", fr: "dialecte inconnu : « \(name) »",
      en: "unknown dialect: “\(name)”",
      remedy: Phrase(fr: "dialectes : \(names)", en: "dialects: \(names)"))
  }

  /// A name quoted as an identifier.
  func name(_ word: String) -> String { quote + doubled(quote, in: word) + quote }

  /// A text literal.
  func text(_ value: String) -> String {
    "'" + doubled("'", in: escapes ? doubled("\\", in: value) : value) + "'"
  }

  private func doubled(_ sign: String, in text: String) -> String {
    text.split(separator: sign, omittingEmptySubsequences: false).joined(separator: sign + sign)
  }

  /// A number literal that reads back the same.
  func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? double(String(Int64(value))) : double("\(value)")
  }
}
