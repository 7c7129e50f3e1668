extension Dialect {
  /// PostgreSQL 15 or later; text columns compare by code points (`COLLATE "C"`).
  package static let postgresql = Dialect(
    name: "postgresql", double: { "CAST(\($0) AS double precision)" }, days: { "(\($0) - \($1))" },
    ordinal: { "(\($0) - DATE '0001-01-01')" }, dayBefore: { "(\($0) - 1)" },
    year: { "CAST(EXTRACT(YEAR FROM \($0)) AS integer)" },
    month: { "CAST(EXTRACT(MONTH FROM \($0)) AS integer)" },
    monthStart: { "CAST(date_trunc('month', \($0)) AS date)" },
    monthEnd: {
      "CAST(date_trunc('month', \($0)) + INTERVAL '1 month' - INTERVAL '1 day' AS date)"
    },
    words: { "CAST(\($0) AS text)" }, noNumber: "CAST(NULL AS double precision)",
    noText: "CAST(NULL AS text)", noDate: "CAST(NULL AS date)")
}
