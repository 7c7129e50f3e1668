public import Diagnostics
public import Periods

/// Who reads a release.
public enum Audience: String, Sendable, CaseIterable, Codable {
  case `internal`, partner, `public`
}

/// What stands in a cell of a release. The codes are those of the CSV contract.
public enum CellStatus: String, Sendable, Codable {
  /// A value is given.
  case given = "V"
  /// Withheld, whatever the reason.
  case withheld = "S"
  /// Not enough known values.
  case notKnownEnough = "I"
  /// No data, or not applicable.
  case noData = "N"
}

/// One cell of a release. Numbers exist only when the status is `given`.
public struct ReleasedRow: Sendable, Codable {
  /// The period.
  public let period: Period
  /// The residence's key, or `_total`.
  public let residence: String
  /// The value of each cut, in the table's order; `_total`, `_unknown`.
  public let cuts: [String]
  /// What stands in the cell.
  public let status: CellStatus
  /// The value, and the numbers beside it.
  public let value: Double?, numerator: Double?, denominator: Double?, unknown: Double?
  /// The distinct persons behind the value.
  public let persons: Int?
  /// Effective sample size, standard error, 95 % interval.
  public let effectiveSize: Double?, standardError: Double?, low: Double?, high: Double?
  /// A remark for the reader, in the language of the release; empty when there is none.
  public let note: String
}

/// What an indicator is, for those who read its values.
public struct ReleasedHeading: Sendable, Codable {
  /// Identifier, catalogue code and version of the definition, the numbers that the project sets
  /// being part of the version (`1+age=18`).
  public let id: String, catalogue: String, version: String
  /// Title, what one unit stands for, and method note.
  public let title: Phrase, counts: Phrase, method: Phrase
  /// What one unit of the unknown stands for, in words of the plural.
  public let unknowns: Phrase
  /// Unit, dimension and axis, as in the definition.
  public let unit: String, dimension: String, axis: String
  /// `additive`, `stock` or `non_additive`; `up`, `down` or `none`; `output`, `outcome`…
  public let additivity: String, direction: String, level: String
  /// The identifier with the numbers set for its parameters, which tells tables of one definition
  /// apart: `part-du-noyau+part=0.2`.
  public let fullID: String
  /// The numbers of the formula by name, set or not.
  public let settings: [String: Double]
  /// Formula, its numbers with their names, and recognised source.
  public let formula: String, parameters: Phrase, source: String
  /// Whether the value rests on a sample.
  public let isSurvey: Bool
  /// The cuts that a release may use, and the day from which the version holds, `YYYY-MM-DD`.
  public let cuts: [String], validFrom: String
  /// Below this share of known units the value is withheld as not known enough, 0 to 1.
  public let minimumKnownShare: Double
  /// Its codes in reporting frameworks: framework to code.
  public let frameworks: [String: String]
}

/// A table that one audience may be given. Only this module can make one, so that nothing
/// reaches a page or a file without passing disclosure control.
public struct ReleasedTable: Sendable {
  /// What was computed.
  public let heading: ReleasedHeading
  /// Who may read it.
  public let audience: Audience
  /// The names of the cuts.
  public let cuts: [String]
  /// Cells in the order of the indicator table.
  public let rows: [ReleasedRow]

  init(heading: ReleasedHeading, audience: Audience, cuts: [String], rows: [ReleasedRow]) {
    self.heading = heading
    self.audience = audience
    self.cuts = cuts
    self.rows = rows
  }

  /// A part of the release: what may be read whole may be read in part.
  package func only(residences wanted: Set<String>) -> ReleasedTable {
    ReleasedTable(
      heading: heading, audience: audience, cuts: cuts,
      rows: rows.filter { wanted.contains($0.residence) })
  }

  /// The cell of a period, residence and cut values (all `_total` when `cuts` is nil).
  public func row(period: String, residence: String, cuts wanted: [String]? = nil) -> ReleasedRow? {
    let wanted = wanted ?? cuts.map { _ in "_total" }
    return rows.first {
      $0.residence == residence && $0.period.name == period && $0.cuts == wanted
    }
  }
}
