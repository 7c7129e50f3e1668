/// The columns in which queries give what they found when the rows of several indicators are put
/// together: those of the tidy CSV, then what the disclosure gate needs beyond them.
///
/// Intervals are left empty, and the sign tells values from their absence only: both are the gate's
/// and are made when the rows are read (`SQLAnswer`).
package struct SQLResult: Sendable {
  /// The columns of cuts, over all indicators: `_na` where an indicator has no such cut.
  package let cuts: [String]

  /// Makes the columns.
  package init(cuts: [String]) { self.cuts = cuts }

  /// The columns before those of the cuts.
  package static let head = ["indicator", "version", "period", "residence"]
  /// The columns after those of the cuts.
  package static let numbers = [
    "value", "unit", "numerator", "denominator", "unknown", "persons", "n_eff", "se", "ci_low",
    "ci_high", "status", "note",
  ]
  /// What protects a release, beyond the tidy CSV: rows known, rows before any filter, degrees of
  /// freedom, and of a sum of money its largest part.
  package static let beyond = ["known", "scanned", "df", "largest"]

  /// The names of all columns, in their order.
  package var columns: [String] { Self.head + cuts + Self.numbers + Self.beyond }
}

extension SQLWriter {
  /// What a row gives, as expressions with their names.
  func columns(_ result: SQLResult, _ numbers: [(sql: String, name: String)]) -> [String] {
    let d = question.indicator.definition
    var known = Dictionary(numbers.map { ($0.name, $0.sql) }) { first, _ in first }
    for (i, cut) in question.cuts.enumerated() { known[cut] = "g.g\(i + 1)" }
    known["indicator"] = dialect.text(d.id)
    known["version"] = dialect.text(d.fullVersion)
    known["period"] = "period.name"
    known["residence"] = "g.g0"
    known["unit"] = dialect.text(d.unit)
    let value = known["value"] ?? dialect.noNumber
    known["status"] = "CASE WHEN \(value) IS NULL THEN 'N' ELSE 'V' END"
    known["note"] = "''"
    known["largest"] =
      question.indicator.largestPart(in: question.model) == nil
      ? dialect.noNumber : "largest.value"
    let absent = Set(["ci_low", "ci_high"])
    return result.columns.map { name in
      let missing = absent.contains(name) ? dialect.noNumber : dialect.text(notApplicableMark)
      return "\(known[name] ?? missing) AS \(dialect.name(name))"
    }
  }
}
