import Periods

extension Dialect {
  /// SQLite 3.35 or later: dates are text `YYYY-MM-DD`.
  package static let sqlite = Dialect(
    name: "sqlite", double: { "CAST(\($0) AS REAL)" }, days: julianDays,
    ordinal: { julianDays($0, "'0001-01-01'") },
    dayBefore: { "date(\($0), '-1 day')" }, year: { "CAST(substr(\($0), 1, 4) AS INTEGER)" },
    month: { "CAST(substr(\($0), 6, 2) AS INTEGER)" },
    monthStart: { "date(\($0), 'start of month')" },
    monthEnd: { "date(\($0), 'start of month', '+1 month', '-1 day')" },
    words: { "CAST(\($0) AS TEXT)" }, date: { "'\($0.iso)'" },
    floor: { "CAST(\($0) AS INTEGER)" }, least: { "min(\($0), \($1))" },
    greatest: { "max(\($0), \($1))" }, noNumber: "NULL", noText: "NULL", noDate: "NULL")

  private static func julianDays(_ later: String, _ earlier: String) -> String {
    "CAST(julianday(\(later)) - julianday(\(earlier)) AS INTEGER)"
  }
}
