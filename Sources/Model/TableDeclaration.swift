public import Diagnostics

/// A table as its model file declares it.
public struct TableDeclaration: Sendable {
  /// The span of time for which a row holds: [from, to).
  public struct Validity: Sendable, Decodable {
    /// The date column of the first day.
    public let from: String
    /// The date column of the first day that is no longer in the span.
    public let to: String
  }

  /// Its name, in formulas and on the command line.
  public let name: String
  /// How a page names it.
  public let label: Phrase
  /// What a row is.
  public let description: Phrase
  /// Its columns, in the order of templates and exports.
  public let columns: [ColumnDeclaration]
  /// The columns that together tell two rows apart.
  public let key: [String]
  /// What a corrected sheet replaces: all rows that agree with one of its own on these columns
  /// (or on the year of a date, written `date.year`).
  public let scope: [String]
  /// The path to the date that places a row in a period.
  public let date: String?
  /// The path to the residence of a row.
  public let residence: String?
  /// The path to the person behind a row, if rows are about people.
  public let person: String?
  /// The path to the other side of a row about money: who is paid, or who pays. A sum that one of
  /// them makes nearly alone would give away what they are paid.
  public let contributor: String?
  /// The whole-number column that says how many a row stands for (missing: one).
  public let multiplicity: String?
  /// The rows that count: column (or path) to allowed values. Other rows are kept, and counted only when a
  /// formula names the column itself.
  public let countsWhen: [(column: String, values: [String])]
  /// The columns that say what a row is about (the question that an answer answers): a condition on
  /// them alone chooses rows, and the others are no part of what is known.
  public let about: [String]
  /// For tables whose rows hold for a span of time.
  public let validity: Validity?
  /// Whether its keys are replaced by random pseudonyms in the store.
  public let isPseudonymous: Bool
  /// When a sheet has no key column: the columns whose values make the key.
  public let keyFrom: [String]
  /// Cuts of an indicator over this table: name of the cut to path.
  public let dimensions: [String: String]
  /// Columns computed from others.
  public let derived: [DerivedDeclaration]
  /// The column by which sheets may say a row in place of its key; `name`, unless told otherwise.
  public let namedBy: String?
  /// Why and how long a sensitive table is kept.
  public let retention: Retention?

  /// A column by name.
  public subscript(column: String) -> ColumnDeclaration? {
    columns.first { $0.name == column }
  }

  /// The column that holds the table's own key; nil when the key is made of several columns.
  public var keyColumn: ColumnDeclaration? { columns.first { $0.kind == .key } }
}

/// All tables, read from a folder of model files.
public struct Model: Sendable {
  /// Tables in the order of their files.
  public let tables: [TableDeclaration]
  private let positions: [String: Int]

  /// Makes a model of given tables.
  package init(tables: [TableDeclaration]) {
    self.tables = tables
    positions = Dictionary(
      uniqueKeysWithValues: tables.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// A table by name.
  public subscript(table: String) -> TableDeclaration? { positions[table].map { tables[$0] } }

  /// A table that a command names.
  ///
  /// - Throws: `Failure` with status `usage` and the nearest name when there is none.
  public func table(named name: String) throws(Failure) -> TableDeclaration {
    if let table = self[name] { return table }
    let near = Suggestion.nearest(to: name, among: tables.map(\.name))
    let all = tables.map(\.name).joined(separator: ", ")
    throw Failure(
      .usage, code: "model.unknown-table", fr: "table inconnue : « \(name) »",
      en: "unknown table: “\(name)”",
      remedy: near.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      } ?? Phrase(fr: "tables connues : \(all)", en: "known tables: \(all)"))
  }

  /// Whether a path of columns from a table touches data that never leave internal use.
  public func isRestricted(path: String, from table: String) -> Bool {
    guard var here = self[table] else { return false }
    if here.retention?.isRestricted ?? false { return true }
    for part in path.split(separator: ".").map(String.init) {
      guard let column = here[part] else { return false }
      if column.retention?.isRestricted ?? false { return true }
      guard column.kind == .link, let next = column.target.flatMap({ self[$0] }) else {
        return false
      }
      here = next
      if here.retention?.isRestricted ?? false { return true }
    }
    return false
  }

  /// Whether codes of a domain stand for people or homes and are pseudonyms in the store.
  public func isPseudonymous(domain: String) -> Bool { self[domain]?.isPseudonymous ?? false }
}
