import Model

/// How the rows of a sheet become rows of one table.
struct Emit {
  var table: TableDeclaration
  var columns: [PlannedColumn]
  /// Rows that the emit is about: the cell's folded text is one of these.
  var when: [(field: Int, values: Set<String>)] = []
  /// Rows whose number in this field is above zero.
  var positive: Int?
  /// Rows with something in this field.
  var filled: Int?
  /// Rows with nothing in any of these fields.
  var unfilled: [Int] = []
  /// Whether many rows of the sheet speak of one row of the table.
  var isDistinct = false

  /// The fields that it reads.
  var fields: Set<Int> { Set(columns.flatMap(\.source.fields)) }
}

/// A column of the model and where its values come from.
struct PlannedColumn {
  var declaration: ColumnDeclaration
  var source: CellSource
}

/// Where a value comes from.
indirect enum CellSource {
  case cell(CellReading)
  case constant(String)
  /// An identifier made of other values, folded and joined by `|`.
  case joined([PlannedColumn])

  /// The first cell it reads.
  var field: Int? { fields.first }
}

/// How a cell is read.
struct CellReading {
  /// What a number of milliseconds or seconds since 1970 is in local time.
  struct Epoch {
    var unitsPerSecond: Int64
    var zone: TimeZoneRule
    /// The field with the offset from UTC, in the same unit.
    var offsetField: Int?
  }

  var field: Int
  /// The value of an empty cell.
  var fallback: String?
  /// The model's value for each folded text.
  var values: [String: String]?
  var epoch: Epoch?
  var prefix = ""
}

/// The identifying parts of a `key_from`; all of them when none identifies.
func decisiveParts(_ columns: [ColumnDeclaration]) -> [ColumnDeclaration] {
  let identifying = columns.filter(\.isIdentifying)
  return identifying.isEmpty ? columns : identifying
}
