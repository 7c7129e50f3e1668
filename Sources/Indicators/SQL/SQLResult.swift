import Columns

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
  /// What protects a release, beyond the tidy CSV: rows known and the least known share, rows before
  /// any filter, degrees of freedom, of a sum of money its largest part, and what the numbers tell
  /// of how many people (`Estimate.smallestGroup`, `holdsForAll`, `apart`). Last the reason for
  /// which there is no value: queries do not give it.
  package static let beyond = [
    "known", "known_share", "scanned", "df", "largest", "smallest", "all", "apart", "reason",
  ]

  /// The names of all columns, in their order.
  package var columns: [String] { Self.head + cuts + Self.numbers + Self.beyond }
}

extension SQLResult {
  /// What one row says of its group, in the terms of `Estimate`.
  package struct Numbers: Sendable, Equatable {
    /// The value and the two sides of a division.
    package var value: Double?, numerator: Double?, denominator: Double?
    /// The rows not known and known, and those before any filter.
    package var unknown = 0.0, known = 0.0, scanned = 0.0
    /// The least share of rows known.
    package var knownShare: Double?
    /// The people behind it, the fewest that it tells of, and how many it tells apart.
    package var persons: Int?, smallest: Int?, apart: Int?
    /// Whether it tells that something holds for all of a group.
    package var holdsForAll = false
    /// Of an estimate from a sample.
    package var effectiveSize: Double?, standardError: Double?, degrees: Double?
    /// The ends of its interval.
    package var low: Double?, high: Double?
    /// Of a sum of money its largest part.
    package var largest: Double?
    /// Why there is no value.
    package var reason: Reason?

    /// Reads a row by the names of its columns; what it does not have is not known.
    package init(reason: String, _ number: (String) -> Double?) {
      func whole(_ name: String) -> Int? {
        number(name).flatMap { Int(exactly: $0.rounded()) }
      }
      (value, numerator) = (number("value"), number("numerator"))
      denominator = number("denominator")
      (unknown, known) = (number("unknown") ?? 0, number("known") ?? 0)
      scanned = number("scanned") ?? 1
      knownShare = number("known_share")
      (persons, smallest, apart) = (whole("persons"), whole("smallest"), whole("apart"))
      holdsForAll = number("all") == 1
      (effectiveSize, standardError) = (number("n_eff"), number("se"))
      (degrees, low, high) = (number("df"), number("ci_low"), number("ci_high"))
      largest = number("largest")
      self.reason = Reason.allCases.first { $0.word == reason }
    }
  }

  /// The cells of a row computed on columns: numbers and texts by the names of their columns.
  package static func cells(_ e: Estimate, largest: Double?) -> [String: String] {
    let numbers: [String: Double?] = [
      "value": e.value, "numerator": e.numerator, "denominator": e.denominator,
      "unknown": e.unknown, "persons": e.persons.map(Double.init), "n_eff": e.effectiveSize,
      "se": e.standardError, "ci_low": e.low, "ci_high": e.high, "known": e.known,
      "known_share": e.knownShare, "scanned": e.scanned, "largest": largest,
      "smallest": e.smallestGroup.map(Double.init), "all": e.holdsForAll ? 1 : 0,
      "apart": e.apart.map(Double.init),
    ]
    var cells = numbers.compactMapValues { $0.map(Column.plain) }
    cells["status"] = e.value == nil ? "N" : "V"
    cells["reason"] = e.reason?.word
    return cells
  }
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
    known["note"] = dialect.text("")
    known["reason"] = dialect.text("")
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
