import Columns
import Model

extension ColumnDeclaration {
  /// How the column is held in memory.
  enum Storage { case text, integer, decimal, day }

  var storage: Storage {
    switch kind {
    case .key, .link, .text, .code: .text
    case .integer, .time, .boolean: .integer
    case .decimal: .decimal
    case .date: .day
    }
  }

  /// Whether its cells live in the identity file only. Keys and links are not private: they are
  /// stored as pseudonyms.
  var isPrivate: Bool { isIdentifying && kind != .key && kind != .link }

  /// A column without values.
  func missing(rows: Int, lexicon: Lexicon = Lexicon()) -> Column {
    switch storage {
    case .text:
      .text(codes: [Int32](repeating: Column.missingCode, count: rows), lexicon)
    case .integer: .integer([Int64](repeating: Column.missingInteger, count: rows))
    case .decimal: .decimal([Double](repeating: .nan, count: rows))
    case .day: .day([Int32](repeating: Column.missingDay, count: rows))
    }
  }

  /// Whether a column in memory is held as this one is.
  func fits(_ column: Column) -> Bool {
    switch (storage, column) {
    case (.text, .text), (.integer, .integer), (.decimal, .decimal), (.day, .day): true
    default: false
    }
  }
}

extension TableDeclaration {
  /// The columns of `lien.sqlite`.
  var storedColumns: [ColumnDeclaration] { columns.filter { !$0.isPrivate } }

  /// The columns of the identity file.
  var privateColumns: [ColumnDeclaration] { columns.filter(\.isPrivate) }

  /// One part of a scope: a column, or the year of one.
  struct ScopePart {
    var column: String
    var isYear: Bool
  }

  var scopeParts: [ScopePart] {
    scope.map {
      $0.hasSuffix(".year")
        ? ScopePart(column: String($0.dropLast(5)), isYear: true)
        : ScopePart(column: $0, isYear: false)
    }
  }
}
