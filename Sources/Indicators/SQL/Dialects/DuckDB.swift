extension Dialect {
  /// DuckDB 1.0 or later. It may have guessed the types of its columns.
  package static let duckdb = Dialect(
    name: "duckdb", days: { "date_diff('day', \($1), \($0))" },
    ordinal: { "date_diff('day', DATE '0001-01-01', \($0))" },
    dayBefore: { "CAST(\($0) - INTERVAL 1 DAY AS DATE)" }, year: { "year(\($0))" },
    month: { "month(\($0))" }, monthStart: { "CAST(date_trunc('month', \($0)) AS DATE)" },
    monthEnd: { "last_day(\($0))" }, words: { "CAST(\($0) AS VARCHAR)" },
    dates: { "CAST(\($0) AS DATE)" }, numbers: { "CAST(\($0) AS DOUBLE)" },
    noNumber: "CAST(NULL AS DOUBLE)", noText: "CAST(NULL AS VARCHAR)",
    noDate: "CAST(NULL AS DATE)")
}
