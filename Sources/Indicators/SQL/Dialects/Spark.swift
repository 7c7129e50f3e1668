extension Dialect {
  /// Spark SQL 3.5 or later, with ANSI mode or without.
  package static let spark = Dialect(
    name: "spark", days: { "datediff(\($0), \($1))" },
    ordinal: { "datediff(\($0), DATE '0001-01-01')" }, dayBefore: { "date_sub(\($0), 1)" },
    year: { "year(\($0))" }, month: { "month(\($0))" }, monthStart: { "trunc(\($0), 'MM')" },
    monthEnd: { "last_day(\($0))" }, words: { "CAST(\($0) AS STRING)" },
    noNumber: "CAST(NULL AS DOUBLE)", noText: "CAST(NULL AS STRING)",
    noDate: "CAST(NULL AS DATE)", quote: "`", escapes: true)
}
