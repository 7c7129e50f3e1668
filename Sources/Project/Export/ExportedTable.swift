import Columns
import Model
import Periods
import Persistence

/// A table as it was written in parts: what a schema and a load file say of it.
struct ExportedTable {
  /// What a column holds, as an engine is told.
  enum Kind: String {
    case text, integer, decimal, date
  }

  /// A column, in the order of the files.
  struct Exported {
    var name: String
    /// What the model says that it is: key, link, code…
    var declared: ColumnKind
    var kind: Kind
    /// Whether a row is without, or may be.
    var isNullable: Bool
    /// Of dates: the first day, as `YYYY-MM-DD`.
    var firstDay: String?
  }

  /// A level of folders.
  enum Partition: String {
    case residence = "lien_residence"
    case year = "lien_year"

    var kind: Kind { self == .year ? .integer : .text }
  }

  var name: String
  var columns: [Exported]
  /// The exported columns that tell rows apart.
  var key: [String]
  var partitions: [Partition]
  var rowCount: Int
  var partCount: Int

  /// Where its files are, for an engine that takes a pattern.
  var pattern: String {
    ([name] + partitions.map { _ in "*" } + [ExportedTable.file]).joined(separator: "/")
  }

  /// The name of the file of a part.
  static let file = "part.csv"

  /// What stands for a residence or a year that is not known: Hive's own word, which engines read
  /// as a missing value.
  static let unknown = "__HIVE_DEFAULT_PARTITION__"

  /// The folder of a part, below the export's.
  func folder(residence: String?, year: Int?) -> String {
    let levels = partitions.map { partition in
      let value =
        partition == .residence ? residence.map(ExportedTable.escaped) : year.map(String.init)
      return "\(partition.rawValue)=\(value ?? ExportedTable.unknown)"
    }
    return ([name] + levels).joined(separator: "/")
  }

  /// A key as a file name: with percent signs, as Hive does. A very long one is cut, and told from
  /// others by its digest.
  static func escaped(_ key: String) -> String {
    if key == unknown { return "%5F" + key.dropFirst() }
    let all = key.map(escaped)
    let whole = all.joined()
    if whole.utf8.count <= 200 { return whole }
    var short = ""
    for piece in all {
      if short.utf8.count + piece.utf8.count > 150 { break }
      short += piece
    }
    return short + "~" + sha256Hex(key.utf8).prefix(32)
  }

  private static func escaped(_ character: Character) -> String {
    var out = ""
    for scalar in character.unicodeScalars {
      let isUnsafe =
        scalar.value < 0x20 || scalar.value == 0x7F
        || "\"#%'*/:=?\\{}[]^<>|~".unicodeScalars.contains(scalar)
      if isUnsafe {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        out += "%" + (digits.count < 2 ? "0" : "") + digits
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension ExportedTable.Exported {
  /// A column as the model declares it and the store holds it.
  init(_ declaration: ColumnDeclaration, _ values: Column?) {
    name = declaration.name
    declared = declaration.kind
    kind =
      switch declaration.kind {
      case .key, .link, .text, .code: .text
      case .integer, .time, .boolean: .integer
      case .decimal: .decimal
      case .date: .date
      }
    isNullable = !declaration.isRequired || (values?.hasMissing ?? true)
    if case .day(let days)? = values {
      firstDay = days.lazy.filter { $0 != Column.missingDay }.min().map { Day(number: $0).iso }
    }
  }
}

extension Column {
  /// Whether a row has no value.
  fileprivate var hasMissing: Bool {
    switch self {
    case .text(let codes, _): codes.contains(Column.missingCode)
    case .integer(let values): values.contains(Column.missingInteger)
    case .decimal(let values): values.contains(where: \.isNaN)
    case .day(let values): values.contains(Column.missingDay)
    }
  }
}
