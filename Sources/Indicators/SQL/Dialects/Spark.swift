extension Dialect {
  /// Spark SQL 3.5 or later, with ANSI mode or without. Its plan repeats a step for each mention:
  /// where a program runs the queries, steps are views, which it can cut the plan at.
  package static let spark = Dialect(
    name: "spark", days: { "datediff(\($0), \($1))" },
    ordinal: { "datediff(\($0), DATE '0001-01-01')" }, dayBefore: { "date_sub(\($0), 1)" },
    year: { "year(\($0))" }, month: { "month(\($0))" }, monthStart: { "trunc(\($0), 'MM')" },
    monthEnd: { "last_day(\($0))" }, words: { "CAST(\($0) AS STRING)" },
    noNumber: "CAST(NULL AS DOUBLE)", noText: "CAST(NULL AS STRING)",
    noDate: "CAST(NULL AS DATE)",
    table: { "CREATE OR REPLACE TEMPORARY VIEW \($0) AS\n\($1)" }, quote: "`", escapes: true)
}
