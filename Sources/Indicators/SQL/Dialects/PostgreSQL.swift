extension Dialect {
  /// PostgreSQL 15 or later; text columns compare by code points (`COLLATE "C"`).
  ///
  /// It takes a step for a row or two where there are hundreds of thousands: nested loops are
  /// switched off, since on such steps they take hours, and memory is given to join and group by
  /// hashes. Compiling takes longer than most queries. These are settings of a session, which
  /// anyone may make who may read.
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
    noText: "CAST(NULL AS text)", noDate: "CAST(NULL AS date)",
    settings: "SET enable_nestloop = off;\nSET jit = off;\nSET work_mem = '256MB'")
}
