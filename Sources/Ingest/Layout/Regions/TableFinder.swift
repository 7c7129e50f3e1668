/// Finds the tables of a sheet: where headings stand, and what they are headings of.
///
/// Every row is judged by what its cells are (dates, months, known headings, names) and by what
/// stands below; no position is taken for granted. A header in the middle of a sheet begins a new
/// table: a second one below, or the same one again after a page break.
struct TableFinder {
  let cells: SheetCells
  private let signs: [RowSigns]
  private let words: HeadingWords

  /// Takes the cells without headers that come again after a page break: the table goes on.
  init(_ cells: SheetCells, _ words: HeadingWords) {
    var signs = (0..<cells.height).map { RowSigns(cells, $0, words) }
    let repeated = TableFinder.repeatedHeaders(cells, signs)
    self.cells = repeated.isEmpty ? cells : cells.blanking(rows: repeated)
    for row in repeated { signs[row] = RowSigns(self.cells, row, words) }
    self.signs = signs
    self.words = words
  }

  /// The rows that say again, word for word, what an earlier row of headings said.
  private static func repeatedHeaders(_ cells: SheetCells, _ signs: [RowSigns]) -> Set<Int> {
    var seen = Set<[String]>()
    var above: [Int: [String]] = [:]
    var out = Set<Int>()
    for row in 0..<cells.height {
      let s = signs[row]
      let words = cells.folds(row: row)
      if s.supportsDates { above[row] = words }
      guard s.namesPeople || s.namesDates, s.filled.count >= 2,
        s.telling + s.dates.count + s.numbers.count >= 2
      else { continue }
      if !seen.insert(words).inserted {
        out.insert(row)
        // Its row of months or days.
        if let months = above[row - 1],
          above.contains(where: { $0.key < row - 1 && $0.value == months })
        {
          out.insert(row - 1)
        }
      }
    }
    return out
  }

  /// The tables from top to bottom, left to right.
  func tables() -> [Table] {
    var bands: [(rows: ClosedRange<Int>, form: Table.Form)] = []
    var row = 0
    while row < cells.height {
      guard let form = form(of: row, after: bands.last?.rows.upperBound ?? -1) else {
        row += 1
        continue
      }
      let rows = band(around: row, after: bands.last?.rows.upperBound ?? -1, form)
      bands.append((rows, form))
      row = rows.upperBound + 1
    }
    // A lone `Participants` is a heading only where there is no other.
    if bands.contains(where: { signs[$0.rows.lowerBound].filled.count > 1 }) {
      bands.removeAll { $0.rows.count == 1 && signs[$0.rows.lowerBound].filled.count == 1 }
    }
    var out: [Table] = []
    let titles = bands.count > 1 ? bands.map { titleRow(above: $0.rows.lowerBound) } : [nil]
    for (i, band) in bands.enumerated() {
      let isLast = i + 1 == bands.count
      let end = isLast ? cells.height : titles[i + 1] ?? bands[i + 1].rows.lowerBound
      let body = (band.rows.upperBound + 1)..<max(end, band.rows.upperBound + 1)
      for var table in BlockCutter(cells: cells, signs: signs).tables(band.rows, body, band.form) {
        table.titleRow = titles[i]
        out.append(table)
      }
    }
    return out
  }

  /// The line of one cell right above a row of headings, when it stands apart from what is above
  /// it: by a blank line, or by a row of totals.
  private func titleRow(above header: Int) -> Int? {
    var row = header - 1
    if row > 0, signs[row].filled.isEmpty { row -= 1 }
    guard row >= 0, signs[row].filled.count == 1, let column = signs[row].filled.first,
      cells.text(row, column).contains(where: \.isLetter)
    else { return nil }
    let fold = cells.fold(row, column)
    guard !HeadingWords.isTotal(fold), !HeadingWords.isMean(fold), !Footer.isFooter(fold),
      !cells.isLegend(row)
    else { return nil }
    guard row > 0 else { return row }
    let above = signs[row - 1]
    let isSum = above.filled.first.map { HeadingWords.isTotal(cells.fold(row - 1, $0)) } ?? true
    return isSum ? row : nil
  }

  // MARK: - Rows of headings

  /// What a row is the header of; nil for any other row.
  private func form(of row: Int, after last: Int) -> Table.Form? {
    let s = signs[row]
    guard s.filled.count >= 2 || (s.telling == 1 && s.namesPeople && isFirst(row)) else {
      return nil
    }
    let supported = isSupported(row, after: last)
    if s.namesPeople, !s.months.isEmpty, isRowOfDays(row + 1) { return .grid }
    if s.namesPeople || s.roles.values.contains(.number) {
      if s.dates.count >= 1, s.others.count <= s.dates.count + 2, !hasDatesBelow(row) {
        return .grid
      }
      if s.parts.count >= 2 || (s.numbers.count >= 2 && s.others.isEmpty) { return .grid }
      if s.weekdays.count >= 2, s.dates.isEmpty, s.others.isEmpty, !supported { return .grid }
      if s.numbers.count == 1, s.others.isEmpty, supported { return .grid }
    }
    if s.dates.count >= 2, !hasDatesBelow(row), s.others.count <= 2 { return .grid }
    if s.numbers.count >= 2, supported, s.others.count <= 1 { return .grid }
    if let column = dateColumn(below: row), isTransposed(row, column) { return .transposed }
    let isAboutSomething = s.namesPeople || s.namesDates
    if isAboutSomething, s.telling >= 2, s.dates.isEmpty { return .list }
    if s.namesPeople, s.telling == 1, isFirst(row), s.dates.isEmpty { return .list }
    return nil
  }

  private func isFirst(_ row: Int) -> Bool {
    (0..<row).allSatisfy { signs[$0].filled.count <= 2 && signs[$0].telling == 0 }
      && row + 1 < cells.height && !signs[row + 1].filled.isEmpty
  }

  /// Whether the columns of a row's dates go on as dates: then it is a row of a list.
  private func hasDatesBelow(_ row: Int) -> Bool {
    let below = (row + 1)..<min(row + 6, cells.height)
    let going = signs[row].dates.count { column in
      let filled = below.filter { !cells.isBlank($0, column) }
      let dates = filled.count { cells.date($0, column) != nil }
      return dates > 0 && dates * 2 >= filled.count
    }
    return going * 2 >= signs[row].dates.count && going > 0
  }

  private func isSupported(_ row: Int, after last: Int) -> Bool {
    (row - 1 > last && signs[row - 1].supportsDates)
      || (row + 1 < cells.height && signs[row + 1].supportsDates)
  }

  /// The column whose cells below a row are dates.
  private func dateColumn(below row: Int) -> Int? {
    let below = (row + 1)..<min(row + 9, cells.height)
    guard !below.isEmpty else { return nil }
    return (0..<min(cells.width, 4)).first { column in
      let isNamed = signs[row].roles[column] == .date
      let dates = below.count {
        (isNamed ? cells.dayOrDate($0, column) : cells.date($0, column)) != nil
      }
      let filled = below.count { !cells.isBlank($0, column) }
      let enough = dates >= 2 || (dates == 1 && isNamed)
      return enough && dates * 2 >= filled
        && (isNamed || cells.isBlank(row, column))
    }
  }

  /// Names beside a date's heading, marks below them.
  private func isTransposed(_ row: Int, _ column: Int) -> Bool {
    let names = signs[row].others.filter { $0 != column }
    // Only what is said of sessions may stand among the names.
    let ofSessions: Set<ColumnRole> = [
      .date, .title, .start, .minutes, .number, .total, .mean, .note,
    ]
    guard names.count >= 2, signs[row].dates.isEmpty,
      signs[row].roles.allSatisfy({ $0.key == column || ofSessions.contains($0.value) })
    else { return false }
    let people = names.filter { !words.isKnown(cells.fold(row, $0)) }
    guard people.count >= 2, people.count * 2 > names.count else { return false }
    // Marks are short.
    var (short, all) = (0, 0)
    for r in (row + 1)..<min(row + 12, cells.height) {
      for c in names where !cells.isBlank(r, c) {
        all += 1
        if cells.text(r, c).count <= 10 { short += 1 }
      }
    }
    return short * 4 >= all * 3
  }

  /// The rows around a header row that belong to it: months above, halves of days below.
  private func band(around row: Int, after last: Int, _ form: Table.Form) -> ClosedRange<Int> {
    guard form == .grid else { return row...row }
    var (top, bottom) = (row, row)
    while top - 1 > last, signs[top - 1].supportsDates || isDateRowAbove(top) { top -= 1 }
    while bottom + 1 < cells.height, row + 2 >= bottom + 1,
      signs[bottom + 1].supportsDates
        || isNameRowBelow(bottom, row)
        || (bottom == row && !signs[row].months.isEmpty && isRowOfDays(bottom + 1))
    {
      bottom += 1
    }
    return top...bottom
  }

  /// Days alone, below the names of their months.
  private func isRowOfDays(_ row: Int) -> Bool {
    row < cells.height && !signs[row].numbers.isEmpty && signs[row].others.isEmpty
      && signs[row].roles.isEmpty && signs[row].dates.isEmpty
  }

  /// A row of dates above one of halves.
  private func isDateRowAbove(_ row: Int) -> Bool {
    let above = signs[row - 1]
    return !signs[row].parts.isEmpty && above.others.isEmpty && !above.dates.isEmpty
  }

  /// The name's heading on the row below the dates, perhaps with titles of sessions.
  private func isNameRowBelow(_ bottom: Int, _ row: Int) -> Bool {
    guard bottom == row, !signs[row].namesPeople else { return false }
    let below = signs[bottom + 1]
    return below.namesPeople && below.dates.isEmpty && below.numbers.isEmpty
  }
}
