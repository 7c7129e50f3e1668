package import Diagnostics
package import Model
import Periods

/// Understands the sheets of a file: where names, dates and marks stand, and what they say.
///
/// The principle: the axis of dates and the axis of names are found by what cells are, over the
/// whole sheet (`TableFinder`); one order of day and month is decided for all the file; a sheet's
/// own legend goes before common marks. What cannot be settled is told with its cell, or asked
/// about, never guessed.
package struct SheetReader: Sendable {
  private let words: HeadingWords
  private let dateOrder: DateOrder?
  private let places: PlaceWords

  /// Makes a reader that knows the model's headings and a project's residences; `dateOrder` is
  /// the user's own word.
  package init(model: Model, dateOrder: DateOrder? = nil, residences: KnownNames? = nil) {
    self.init(words: HeadingWords(model), dateOrder: dateOrder, residences: residences)
  }

  init(words: HeadingWords, dateOrder: DateOrder?, residences: KnownNames?) {
    self.words = words
    self.dateOrder = dateOrder
    places = PlaceWords(residences)
  }

  /// Reads the sheets of one file together.
  ///
  /// - Throws: `Failure` with status `usage` for dates with two readings, `input` for columns with
  ///   two meanings.
  package func read(_ grids: [CellGrid]) throws(Failure) -> SheetReading {
    let sheets = grids.map { given in
      let keys = TemplateKeys(given)
      let grid = keys.grid
      let finder = TableFinder(SheetCells(grid), words)
      let (cells, tables) = (finder.cells, finder.tables())
      let top = tables.map(\.header.lowerBound).min() ?? 0
      return Sheet(
        cells: cells, tables: tables, keys: keys,
        title: SheetTitle(
          cells, above: top, isOneOfSeveral: grids.count > 1, places: places))
    }
    for sheet in sheets {
      for table in sheet.tables where table.form == .list {
        try refuseTwins(table, sheet.cells)
      }
    }
    var hint = PeriodHint()
    for sheet in sheets { hint = hint.or(sheet.title.hint) }
    let order: DateOrder
    if let dateOrder {
      order = dateOrder
    } else {
      order = try DateResolver.order(
        of: sheets.flatMap(\.dates), hint: hint, file: grids.first?.fileName ?? "")
    }
    var out = ReadingBuilder()
    for sheet in sheets { read(sheet, DateResolver(order: order), &out) }
    return out.reading
  }

  /// Refuses a list with two columns of names, of dates or of counts under the same heading.
  private func refuseTwins(_ table: Table, _ cells: SheetCells) throws(Failure) {
    for role in [ColumnRole.name, .surname, .givenName, .date, .count] {
      let columns = table.columns(role)
      guard let first = columns.first else { continue }
      let heading = cells.fold(table.header.upperBound, first)
      for twin in columns.dropFirst() where cells.fold(table.header.upperBound, twin) == heading {
        let row = table.body.first { row in
          !cells.isBlank(row, twin) && cells.text(row, twin) != cells.text(row, first)
        }
        guard let row else { continue }
        let grid = cells.grid
        throw Headings.twins(
          first, twin,
          at: SourceLocation(
            file: grid.fileName, sheet: grid.sheetName, line: Int(grid.line(row)),
            column: twin + 1))
      }
    }
  }

  /// A sheet with its tables.
  private struct Sheet {
    var cells: SheetCells
    var tables: [Table]
    var keys: TemplateKeys
    var title: SheetTitle

    /// All headings that are dates.
    var dates: [HeadingDate] {
      var out = tables.flatMap { table -> [HeadingDate] in
        switch table.form {
        case .grid: return table.sessions.filter { $0.column == $0.dateColumn }.map(\.date)
        case .transposed: return table.body.compactMap { cells.dayOrDate($0, table.dateColumn) }
        case .list:
          guard let column = table.column(.date) else { return [] }
          return table.body.compactMap { cells.dayOrDate($0, column) }
        }
      }
      if let day = title.hint.day { out.append(day) }
      return out
    }
  }

  private func read(_ sheet: Sheet, _ resolver: DateResolver, _ out: inout ReadingBuilder) {
    let cells = sheet.cells
    let legend = Legend(cells)
    let marks = MarkWords(legend: legend.meanings)
    let hint = sheet.title.hint
    if hint.year ?? hint.season != nil, sheet.dates.contains(where: \.lacksYear) {
      out.reading.usesYearOfTitle = true
    }
    out.reading.residence = out.reading.residence ?? sheet.title.residence
    if let key = sheet.title.residenceKey { out.reading.residenceKeys.insert(key) }
    if sheet.keys.isTemplate { out.reading.isTemplate = true }
    let own = sheet.tables.compactMap { title(of: $0, sheet).activity }
    let said = own.isEmpty ? [sheet.title.activity].compactMap { $0 } : own
    // A template has each activity above its column; its file's name is none.
    for one in said where !sheet.keys.isTemplate && !out.reading.activities.contains(one) {
      out.reading.activities.append(one)
    }
    if !cells.grid.hiddenRows.isEmpty || !cells.grid.hiddenColumns.isEmpty {
      out.reading.hasHidden = true
    }
    for comment in cells.grid.comments {
      out.tell(cells, comment.row, comment.column, "cell.comment", .doubtful)
    }
    var context = SheetSession()
    context.title = sheet.keys.isTemplate ? "" : sheet.title.activity ?? ""
    context.start = sheet.title.start
    context.minutes = sheet.title.minutes
    tell(sheet, legend, &out)
    tellOtherYear(sheet, &out)
    for table in sheet.tables {
      out.reading.forms.append(table.form.rawValue)
      var (sheet, context) = (sheet, context)
      let own = title(of: table, sheet)
      context.title = own.activity ?? context.title
      sheet.title.narrow(own.hint)
      switch table.form {
      case .grid:
        GridTableReader(
          cells: cells, table: table, words: marks,
          sessions: sessions(of: table, sheet, context, resolver), lines: sheet.keys.lines
        ).read(into: &out)
      case .transposed:
        TransposedTableReader(
          cells: cells, table: table, words: marks,
          sessions: rows(of: table, sheet, context, resolver, column: table.dateColumn)
        ).read(into: &out)
      case .list: list(table, sheet, context, marks, resolver, &out)
      }
    }
  }

  /// What the line above one of several tables says.
  private func title(
    of table: Table, _ sheet: Sheet
  ) -> (activity: String?, hint: PeriodHint) {
    guard let row = table.titleRow,
      let column = (0..<sheet.cells.width).first(where: { !sheet.cells.isBlank(row, $0) })
    else { return (nil, PeriodHint()) }
    return SheetTitle.line(sheet.cells.text(row, column), places: places)
  }

  private func list(
    _ table: Table, _ sheet: Sheet, _ context: SheetSession, _ marks: MarkWords,
    _ resolver: DateResolver, _ out: inout ReadingBuilder
  ) {
    var context = context
    if table.column(.date) == nil {
      guard let day = sheet.title.hint.day else { return }
      apply(resolver.resolve([(day, PeriodHint())], hint: sheet.title.hint)[0], to: &context)
      guard context.fault == nil else { return }
      out.reading.hasContextDay = true
      out.reading.hasMarkColumn = table.column(.mark) != nil || table.column(.signature) != nil
    }
    var days: [Int: ResolvedDate] = [:]
    if let column = table.column(.date) {
      let rows = table.body.filter { sheet.cells.dayOrDate($0, column) != nil }
      let dates = rows.compactMap { row in
        sheet.cells.dayOrDate(row, column).map { ($0, PeriodHint()) }
      }
      let found = resolver.resolve(dates, hint: sheet.title.hint)
      for (row, day) in zip(rows, found) { days[row] = day }
    }
    ListTableReader(cells: sheet.cells, table: table, words: marks, context: context, days: days)
      .read(into: &out)
    if sheet.tables.count == 1 { keepOthers(table, sheet.cells, &out) }
  }

  /// The columns of a list that are not of presences, for the model's own headings to settle.
  private func keepOthers(_ table: Table, _ cells: SheetCells, _ out: inout ReadingBuilder) {
    let columns = (0..<cells.width).filter { column in
      guard !cells.isBlank(table.header.upperBound, column) else { return false }
      switch table.roles[column] {
      case nil, .residence, .note, .role, .other: return true
      default: return false
      }
    }
    guard out.reading.extraHeadings.isEmpty, !columns.isEmpty else { return }
    out.reading.extraHeadings = columns.map { cells.text(table.header.upperBound, $0) }
    for row in table.body where !cells.isBlank(row: row, table.columns) {
      out.reading.extraValues[cells.grid.line(row)] = columns.map { cells.text(row, $0) }
    }
  }

  private func apply(_ found: ResolvedDate, to session: inout SheetSession) {
    switch found {
    case .day(let day): session.days = [day]
    case .days(let all): session.days = all
    case .refused(let fault): session.fault = fault
    }
  }

  private func sessions(
    of table: Table, _ sheet: Sheet, _ context: SheetSession, _ resolver: DateResolver
  ) -> [SheetSession] {
    let found = resolver.resolve(
      table.sessions.map { ($0.date, $0.month) }, hint: sheet.title.hint)
    let keys = sheet.keys.keys(
      of: zip(table.sessions, found).map { column, date in
        if case .day(let day) = date { (column.column, day) } else { (column.column, nil) }
      })
    return zip(table.sessions, found).map { column, date in
      var out = context
      out.printed = keys[column.column]
      if let start = sheet.keys.starts[column.column] { out.start = start }
      out.text = sheet.cells.text(column.dateRow, column.dateColumn)
      out.place = sheet.cells.grid.place(column.dateRow, column.dateColumn)
      out.part = column.part
      if let title = sheet.keys.titles[column.column] ?? column.title { out.title = title }
      apply(date, to: &out)
      out.isCancelled = isCancelled(out.text)
      return out
    }
  }

  private func rows(
    of table: Table, _ sheet: Sheet, _ context: SheetSession, _ resolver: DateResolver,
    column: Int
  ) -> [Int: SheetSession] {
    let rows = table.body.filter { sheet.cells.dayOrDate($0, column) != nil }
    let dates = rows.compactMap { row in
      sheet.cells.dayOrDate(row, column).map { ($0, PeriodHint()) }
    }
    let found = resolver.resolve(dates, hint: sheet.title.hint)
    var out: [Int: SheetSession] = [:]
    for (row, date) in zip(rows, found) {
      var session = context
      session.text = sheet.cells.text(row, column)
      session.place = sheet.cells.grid.place(row, column)
      if let title = table.column(.title).map({ sheet.cells.text(row, $0) }), !title.isEmpty {
        session.title = title
      }
      apply(date, to: &session)
      session.isCancelled = isCancelled(session.text)
      out[row] = session
    }
    return out
  }

  /// `12/03 (annulé)`.
  private func isCancelled(_ heading: String) -> Bool {
    guard let bracket = heading.firstIndex(of: "(") else { return false }
    let inside = heading[heading.index(after: bracket)...].prefix { $0 != ")" }
    return MarkWords().read(String(inside), person: "").meaning == .cancelled
  }

  /// Tells when the dates of a sheet are all of another year than its title: typed in another year,
  /// a day and a month become a date of that one, which the program does not show.
  private func tellOtherYear(_ sheet: Sheet, _ out: inout ReadingBuilder) {
    guard let year = sheet.title.hint.year, sheet.title.hint.season == nil else { return }
    func own(_ date: HeadingDate) -> Int? {
      switch date {
      case .day(let number): Day(number: number).civil.year
      case .numbers(_, _, let year, _): year.map(Int.init)
      default: nil
      }
    }
    let years = sheet.dates.compactMap(own)
    guard !years.isEmpty, years.allSatisfy({ abs($0 - year) > 1 }) else { return }
    for table in sheet.tables {
      var cell: (row: Int, column: Int)?
      switch table.form {
      case .grid: cell = table.sessions.first.map { ($0.dateRow, $0.dateColumn) }
      case .transposed, .list:
        let column = table.form == .list ? table.column(.date) : table.dateColumn
        cell = column.flatMap { column in
          table.body.first { sheet.cells.date($0, column) != nil }.map { ($0, column) }
        }
      }
      if let cell { out.tell(sheet.cells, cell.row, cell.column, "date.other-year", .doubtful) }
    }
  }

  /// Notes the parts of the sheet.
  private func tell(_ sheet: Sheet, _ legend: Legend, _ out: inout ReadingBuilder) {
    let name = sheet.cells.grid.sheetName
    func add(_ kind: SheetRegion.Kind, _ range: GridRange) {
      out.reading.regions.append(SheetRegion(kind: kind, sheet: name, range: range))
    }
    let right = max(sheet.cells.width - 1, 0)
    if let first = sheet.title.rows.first, let last = sheet.title.rows.last, !sheet.tables.isEmpty {
      add(.title, GridRange(top: first, left: 0, bottom: last, right: right))
    }
    for table in sheet.tables {
      let (left, last) = (table.columns.lowerBound, max(table.columns.upperBound - 1, 0))
      add(
        .header,
        GridRange(
          top: table.header.lowerBound, left: left, bottom: table.header.upperBound, right: last))
      let bottom = table.body.last { !sheet.cells.isBlank(row: $0, table.columns) }
      if let bottom {
        add(
          .body, GridRange(top: table.body.lowerBound, left: left, bottom: bottom, right: last))
      }
    }
    for cell in legend.cells {
      add(
        .legend,
        GridRange(top: cell.row, left: cell.column, bottom: cell.row, right: cell.column))
    }
  }
}
