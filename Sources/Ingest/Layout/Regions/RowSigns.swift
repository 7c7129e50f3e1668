/// What the cells of one row look like, taken as a row of headings.
struct RowSigns {
  private(set) var filled: [Int] = []
  private(set) var dates: [Int] = []
  /// Small whole numbers that may be days.
  private(set) var numbers: [Int] = []
  private(set) var months: [Int: PeriodHint] = [:]
  private(set) var weekdays: [Int] = []
  private(set) var parts: [Int: String] = [:]
  private(set) var roles: [Int: ColumnRole] = [:]
  /// Cells that are none of these.
  private(set) var others: [Int] = []

  init(_ cells: SheetCells, _ row: Int, _ words: HeadingWords) {
    for column in 0..<cells.width where !cells.isBlank(row, column) {
      filled.append(column)
      let fold = cells.fold(row, column)
      let text = cells.text(row, column)
      if cells.date(row, column) != nil {
        dates.append(column)
      } else if let n = cells.integer(row, column), (1...31).contains(n) {
        numbers.append(column)
      } else if let part = RowSigns.part(fold) {
        parts[column] = part
      } else if let month = RowSigns.month(text) {
        months[column] = month
      } else if HeadingDate.weekday(fold) != nil {
        weekdays.append(column)
      } else if CountText.group(ofHeading: fold) != nil, RowSigns.counts(cells, below: row, column)
      {
        roles[column] = .group
      } else if let role = words.role(of: fold, text: text) {
        roles[column] = role == .name && RowSigns.marks(cells, below: row, column) ? .other : role
      } else {
        others.append(column)
      }
    }
  }

  /// Whether the cells below one are whole numbers, some of them above one: counts, not marks.
  private static func counts(_ cells: SheetCells, below row: Int, _ column: Int) -> Bool {
    let texts = ((row + 1)..<max(min(row + 13, cells.height), row + 1))
      .map { cells.text($0, column) }.filter { !$0.isEmpty && $0 != "-" }
    let numbers = texts.compactMap { SheetCells.integer($0) }
    return !numbers.isEmpty && numbers.count == texts.count && numbers.contains { $0 > 1 }
  }

  /// Whether the cells below one are marks, all of them: `Inscrit` over `oui` and `non` is nobody.
  private static func marks(_ cells: SheetCells, below row: Int, _ column: Int) -> Bool {
    let texts = ((row + 1)..<max(min(row + 13, cells.height), row + 1))
      .map { cells.text($0, column) }.filter { !$0.isEmpty }
    let words = MarkWords()
    return texts.count >= 2
      && texts.allSatisfy { words.read($0, person: "").isSaid && $0.count <= 8 }
  }

  /// `matin` or `après-midi`.
  static func part(_ fold: String) -> String? {
    switch fold {
    case "matin", "m", "matinee", "mat": "matin"
    case "apres midi", "am", "a m", "apm", "apres m", "pm", "ap midi": "après-midi"
    case "soir", "soiree": "soir"
    default: nil
    }
  }

  /// A month, with or without its year, and nothing else.
  static func month(_ text: String) -> PeriodHint? {
    guard text.utf8.count <= 60 else { return nil }
    let hint = PeriodHint(text)
    return hint.month != nil && hint.rest.isEmpty && hint.day == nil ? hint : nil
  }

  /// Whether it names people.
  var namesPeople: Bool {
    roles.values.contains { $0 == .name || $0 == .surname || $0 == .givenName }
  }

  /// Whether it has a column of days.
  var namesDates: Bool { roles.values.contains(.date) }

  /// The known headings that say what rows are about.
  var telling: Int { roles.values.count { $0 != .total && $0 != .mean && $0 != .number } }

  /// Whether it can stand above or below a row of dates, as its months, days or halves.
  var supportsDates: Bool {
    let signs = months.count + parts.count + dates.count + weekdays.count
    return others.isEmpty && signs > 0 && (months.count + parts.count > 0 || weekdays.count > 1)
  }
}
