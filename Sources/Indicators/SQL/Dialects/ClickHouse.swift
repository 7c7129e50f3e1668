import Periods

extension Dialect {
  /// ClickHouse 25 or later; dates are `Date32`, columns may be null.
  ///
  /// Its own ways with nulls are set to the standard's: a left join without a match gives null, as
  /// does an aggregate of nothing; a name means the column before the alias. It would compute a
  /// named step again for each mention, a hundred times over: steps are temporary tables.
  package static let clickhouse = Dialect(
    name: "clickhouse", double: { "toFloat64(\($0))" }, whole: { "toInt64(\($0))" },
    days: { "dateDiff('day', \($1), \($0))" }, ordinal: { "(toInt64(toInt32(\($0))) + 719162)" },
    dayBefore: { "subtractDays(\($0), 1)" }, year: { "toInt64(toYear(\($0)))" },
    month: { "toInt64(toMonth(\($0)))" }, monthStart: { "toStartOfMonth(\($0))" },
    monthEnd: { "toLastDayOfMonth(\($0))" }, words: { "toString(\($0))" },
    date: { "toDate32('\($0.iso)')" }, noNumber: "CAST(NULL AS Nullable(Float64))",
    noText: "CAST(NULL AS Nullable(String))", noDate: "CAST(NULL AS Nullable(Date32))",
    values: { name, columns, rows in
      let rows = rows.map { "(" + $0.map(String.init).joined(separator: ", ") + ")" }
      let types = columns.map { $0 + " Int64" }.joined(separator: ", ")
      return (name, "SELECT * FROM values('\(types)', \(rows.joined(separator: ", ")))")
    },
    table: { "CREATE OR REPLACE TEMPORARY TABLE \($0) ENGINE = Memory AS\n\($1)" },
    alwaysInSteps: true,
    settings: """
      SET join_use_nulls = 1, aggregate_functions_null_for_empty = 1, \
      prefer_column_name_to_alias = 1, union_default_mode = 'DISTINCT', \
      enable_extended_results_for_datetime_functions = 1
      """, escapes: true)
}
