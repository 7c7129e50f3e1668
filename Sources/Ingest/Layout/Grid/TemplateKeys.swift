import Periods

/// What a sheet that `lien template` wrote carries beside what is seen: which session each column
/// is, and which person each line. So it comes back without a question, whatever the names look
/// like and however many sessions share a day and a title.
///
/// It stands in hidden rows and columns, known by labels that nobody types. A column's identifier
/// holds once, and a person's as long as the line still has the name that was printed.
struct TemplateKeys {
  /// A session that was printed.
  struct Session: Equatable {
    var key: String
    /// The day that was printed.
    var day: Int32?
    /// How many marks and counts were printed in its column.
    var marks: Int
  }

  /// A line that was printed.
  enum Line: Equatable {
    case person(key: String, name: String)
    /// Counts of people without names, of a group.
    case counts(group: String)
  }

  private(set) var sessions: [Int: Session] = [:]
  private(set) var lines: [Int: Line] = [:]
  /// The title and the hour above each column.
  private(set) var titles: [Int: String] = [:]
  private(set) var starts: [Int: Int] = [:]
  /// The sheet without all this.
  private(set) var grid: CellGrid
  /// Whether the sheet is one of a template.
  private(set) var isTemplate = false

  /// The rows among which labels are looked for.
  private static let top = 60

  init(_ grid: CellGrid) {
    self.grid = grid
    var rows: [TemplateLabel: Int] = [:]
    var columns: [TemplateLabel: Int] = [:]
    for (row, cells) in grid.rows.prefix(TemplateKeys.top).enumerated() {
      for (column, cell) in cells.enumerated() where cell.text.hasPrefix("lien:") {
        guard let label = TemplateLabel(rawValue: cell.text) else { continue }
        (rows[label], columns[label]) = (row, column)
      }
    }
    guard let people = columns[.people], let names = columns[.names], let head = rows[.people]
    else { return }
    isTemplate = true
    let first = max(people, names) + 1
    func texts(_ label: TemplateLabel) -> [Int: String] {
      guard let row = rows[label] else { return [:] }
      var out: [Int: String] = [:]
      for column in first..<max(first, grid.rows[row].count) {
        let text = SheetCells.tidy(grid.rows[row][column].text)
        if !text.isEmpty { out[column] = text }
      }
      return out
    }
    // The word beside titles and hours stands where the names are.
    titles = texts(.titles).filter { $0.key > first }
    starts = texts(.starts).filter { $0.key > first }.compactMapValues { TimeText.span($0)?.start }
    let (days, marks) = (texts(.days), texts(.marks))
    sessions = texts(.sessions).reduce(into: [:]) { out, one in
      out[one.key] = Session(
        key: one.value, day: days[one.key].flatMap(TemplateKeys.day),
        marks: marks[one.key].flatMap { SheetCells.integer($0) } ?? 0)
    }
    readLines(below: head, people, names)
    strip([.sessions, .days, .marks, .titles, .starts].compactMap { rows[$0] }, [people, names])
  }

  private static func day(_ text: String) -> Int32? {
    switch HeadingDate(text) {
    case .day(let number): number
    case .numbers(let d, let m, let year?, _):
      Day(year: Int(year), month: Int(m), day: Int(d))?.number
    default: nil
    }
  }

  private mutating func readLines(below head: Int, _ people: Int, _ names: Int) {
    for row in (head + 1)..<max(head + 1, grid.rows.count) {
      let cells = grid.rows[row]
      guard people < cells.count, names < cells.count else { continue }
      let key = SheetCells.tidy(cells[people].text)
      let name = SheetCells.tidy(cells[names].text)
      if key == TemplateLabel.help.rawValue {
        grid.rows[row] = []
      } else if key == TemplateLabel.counts.rawValue {
        lines[row] = .counts(group: name)
        // What stands beside the numbers is for who fills them in.
        let seen = max(people, names) + 1
        if seen < cells.count { grid.rows[row][seen] = GridCell() }
      } else if !key.isEmpty, !name.isEmpty {
        lines[row] = .person(key: key, name: name)
      }
    }
  }

  private mutating func strip(_ rows: [Int], _ columns: [Int]) {
    for row in rows { grid.rows[row] = [] }
    for row in grid.rows.indices {
      for column in columns where column < grid.rows[row].count {
        grid.rows[row][column] = GridCell()
      }
    }
    // What is hidden in a template is its own.
    grid.hiddenRows.subtract(rows)
    grid.hiddenRows.subtract(
      lines.keys.filter { if case .counts? = lines[$0] { true } else { false } })
    grid.hiddenColumns.subtract(columns)
  }

  /// The identifiers of the columns of a table: each holds once, for the column that still has the
  /// day that was printed, else for the first. Another column that has it is a copy, made for a
  /// session of its own.
  func keys(of columns: [(column: Int, day: Int32?)]) -> [Int: Session] {
    var out: [Int: Session] = [:]
    var taken: Set<String> = []
    for isExact in [true, false] {
      for (column, day) in columns {
        guard let session = sessions[column], !isExact || session.day == day,
          taken.insert(session.key).inserted
        else { continue }
        out[column] = session
      }
    }
    return out
  }
}

/// The labels of what a template hides. They are no words of any language.
package enum TemplateLabel: String, Sendable {
  /// A row of identifiers of sessions; of the days printed; of the number of marks printed.
  case sessions = "lien:seances"
  /// The days that were printed.
  case days = "lien:dates"
  /// How many marks were printed.
  case marks = "lien:marques"
  /// A row, seen, of titles of sessions.
  case titles = "lien:titres"
  /// A row, seen, of hours.
  case starts = "lien:heures"
  /// The row of dates, and the column of identifiers of people.
  case people = "lien:personnes"
  /// The column of the names that were printed.
  case names = "lien:noms"
  /// In the column of people: a line of counts, of the group that stands under names.
  case counts = "lien:effectif"
  /// The first cell of a sheet that explains the others.
  case help = "lien:aide"
}
