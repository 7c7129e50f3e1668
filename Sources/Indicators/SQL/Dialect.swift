package import Diagnostics
import Periods

/// An SQL dialect: what differs between engines, and nothing else.
package struct Dialect: Sendable {
  /// Its name on the command line.
  package let name: String
  /// A number as double precision.
  let double: @Sendable (String) -> String
  /// The whole days from the second date to the first.
  let days: @Sendable (_ later: String, _ earlier: String) -> String
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
  let dates: @Sendable (String) -> String
  /// A date literal.
  let date: @Sendable (Day) -> String
  /// The greatest whole number not above a number that is not negative.
  let floor: @Sendable (String) -> String
  /// The lesser and the greater of two values that are not null.
  let least: @Sendable (String, String) -> String
  let greatest: @Sendable (String, String) -> String

  /// SQLite 3.35 or later: dates are text `YYYY-MM-DD`.
  package static let sqlite = Dialect(
    name: "sqlite", double: { "CAST(\($0) AS REAL)" },
    days: { "CAST(julianday(\($0)) - julianday(\($1)) AS INTEGER)" },
    dayBefore: { "date(\($0), '-1 day')" }, year: { "CAST(substr(\($0), 1, 4) AS INTEGER)" },
    month: { "CAST(substr(\($0), 6, 2) AS INTEGER)" },
    monthStart: { "date(\($0), 'start of month')" },
    monthEnd: { "date(\($0), 'start of month', '+1 month', '-1 day')" },
    words: { "CAST(\($0) AS TEXT)" },
    dates: { $0 }, date: { "'\($0.iso)'" },
    floor: { "CAST(\($0) AS INTEGER)" }, least: { "min(\($0), \($1))" },
    greatest: { "max(\($0), \($1))" })

  /// DuckDB: dates are dates.
  package static let duckdb = Dialect(
    name: "duckdb", double: { "CAST(\($0) AS DOUBLE)" },
    days: { "date_diff('day', \($1), \($0))" },
    dayBefore: { "CAST(\($0) - INTERVAL 1 DAY AS DATE)" }, year: { "year(\($0))" },
    month: { "month(\($0))" },
    monthStart: { "CAST(date_trunc('month', \($0)) AS DATE)" },
    monthEnd: { "last_day(\($0))" }, words: { "CAST(\($0) AS VARCHAR)" },
    dates: { "CAST(\($0) AS DATE)" }, date: { "DATE '\($0.iso)'" }, floor: { "floor(\($0))" },
    least: { "least(\($0), \($1))" }, greatest: { "greatest(\($0), \($1))" })

  /// Every dialect.
  package static let all = [sqlite, duckdb]

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

  /// A date as a whole number of days, from one that comes before all.
  func ordinal(_ date: String) -> String {
    days(date, self.date(.first))
  }

  /// A name quoted as an identifier.
  func name(_ word: String) -> String {
    "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A text literal.
  func text(_ value: String) -> String {
    "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }

  /// A number literal that reads back the same.
  func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? double(String(Int64(value))) : double("\(value)")
  }
}
