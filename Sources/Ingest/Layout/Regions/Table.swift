/// A column of marks: the session that its heading says.
struct SessionColumn {
  var column: Int
  /// The cell with the date.
  var dateRow: Int
  var dateColumn: Int
  var date: HeadingDate
  /// What a row of months above adds.
  var month = PeriodHint()
  /// `matin`, `après-midi`.
  var part: String?
  var title: String?
}

/// A table of a sheet: some headings and the rows below them.
struct Table {
  enum Form: String {
    /// Names in rows, sessions in columns.
    case grid
    /// Sessions in rows, names in columns.
    case transposed
    /// One row a fact, or a person of one session.
    case list
  }

  var form: Form
  var header: ClosedRange<Int>
  var body: Range<Int>
  var columns: Range<Int>
  var roles: [Int: ColumnRole] = [:]
  var sessions: [SessionColumn] = []
  /// Names in the headings, of a transposed table.
  var names: [Int] = []
  /// The column of dates of a transposed table.
  var dateColumn = 0
  /// The line above one of several tables that says what it is about.
  var titleRow: Int?

  func columns(_ role: ColumnRole) -> [Int] {
    roles.filter { $0.value == role }.keys.sorted()
  }

  func column(_ role: ColumnRole) -> Int? { columns(role).first }
}
