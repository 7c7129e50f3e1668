public import Diagnostics

/// What a column holds.
public enum ColumnKind: String, Sendable, Decodable, CaseIterable {
  /// The identifier of a row of this table (of an entity, in a table with several rows an entity).
  case key
  /// The identifier of a row of another table.
  case link
  /// Free text: an identifying column unless declared `open`.
  case text
  /// One of a list of allowed values.
  case code
  /// A whole number.
  case integer
  /// A number.
  case decimal
  /// A calendar day, local to the residence.
  case date
  /// A time of day, in minutes after midnight.
  case time
  /// Yes (1) or no (0).
  case boolean
}

/// One allowed value of a coded column.
public struct AllowedValue: Sendable, Decodable {
  /// The value as stored and as written in a CSV.
  public let value: String
  /// How a page shows it.
  public let label: Phrase
  /// Other words that a sheet may use for it, beside value and labels.
  public let synonyms: [String]

  private enum CodingKeys: String, CodingKey { case value, label, synonyms }

  /// Decodes a value; without synonyms there are none.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    value = try c.decode(String.self, forKey: .value)
    label = try c.decode(Phrase.self, forKey: .label)
    synonyms = try c.decodeIfPresent([String].self, forKey: .synonyms) ?? []
  }
}

/// Why sensitive data are kept, and for how long: what a data-protection officer asks first.
public struct Retention: Sendable {
  /// What the data serve; nothing else may be done with them.
  public let purpose: Phrase
  /// How many months they are kept.
  public let months: Int
  /// The date column from which the months run. A row without that date is not counted down yet.
  public let from: String
  /// Whether the data never leave internal use: neither exported unasked nor cut by beyond it.
  public let isRestricted: Bool
}

/// A column as its model file declares it.
public struct ColumnDeclaration: Sendable {
  /// Its name, in formulas and in CSV exports.
  public let name: String
  /// What it holds.
  public let kind: ColumnKind
  /// The table that a link leads to.
  public let target: String?
  /// What equal values have in common: columns of one domain share codes.
  public let domain: String
  /// Whether a row without a value is set aside.
  public let isRequired: Bool
  /// The unit of a number: `person`, `minute`, `EUR`…
  public let unit: String?
  /// The least and the greatest value allowed.
  public let minimum: Double?, maximum: Double?
  /// The allowed values of a code.
  public let values: [AllowedValue]
  /// What a missing cell means.
  public let defaultValue: String?
  /// How a page and a template head the column.
  public let label: Phrase
  /// Other headings that a sheet may use, beside name and labels.
  public let headings: [String]
  /// What it means, for the data dictionary.
  public let description: Phrase?
  /// Whether it can tell who a person is: kept in the identity file only.
  public let isIdentifying: Bool
  /// In a table with several rows an entity: whether all rows of one entity must agree.
  public let isConstant: Bool
  /// For a date: whether it stands for its month and is kept as the month's first day.
  public let isMonth: Bool
  /// Why and how long a sensitive column is kept; nil when the table says it, or nothing does.
  public let retention: Retention?
}

/// A column computed from another one, declared in the model.
public struct DerivedDeclaration: Sendable, Decodable {
  /// One class of a banding.
  public struct Band: Sendable, Decodable {
    /// The value as stored and as written in a CSV.
    public let value: String
    /// The least value in the class, included.
    public let from: Double
    /// The upper bound of the class, not included; nil for no bound.
    public let below: Double?
    /// How a page shows it.
    public let label: Phrase
  }

  /// Its name in formulas.
  public let name: String
  /// How a page shows it.
  public let label: Phrase
  /// An age: the period's last year minus this column, a year of birth.
  public let ageFrom: String?
  /// A banding of this column (or derived column), by `bands`.
  public let bandsOf: String?
  /// The classes, in order.
  public let bands: [Band]?

  private enum CodingKeys: String, CodingKey {
    case name, label, bands
    case ageFrom = "age_from"
    case bandsOf = "bands_of"
  }
}
