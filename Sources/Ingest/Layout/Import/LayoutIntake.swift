import Columns
import Diagnostics
import Model

/// Brings the sheets that people lay out by hand into the way of plain lists.
struct LayoutIntake {
  let vocabularies: Vocabularies
  let options: IntakeOptions

  private var model: Model { vocabularies.model }
  private static let long = 2000

  /// What a sheet says, when it is laid out in a way that a list's headings do not tell; nil for a
  /// plain list, and for what is no sheet of presences.
  ///
  /// - Throws: `Failure` with status `usage` for dates with two readings.
  func understand(
    _ sheet: OpenedSheet, _ grids: [CellGrid], plan: Planner.Candidate?
  ) throws(Failure) -> SheetReading? {
    if let table = options.table, table != "attendance", table != "activity" { return nil }
    guard options.mapping == nil, sheet.correctsRejectsOf == nil,
      !grids.isEmpty
    else { return nil }
    // Nobody lays out thousands of rows by hand: such a sheet, when its headings have a plan, is a
    // list.
    let isLong = sheet.grid.recordCount > LayoutIntake.long
    if isLong, plan != nil, (try? Headings(sheet.header).refuseGrid()) != nil { return nil }
    let reader = SheetReader(
      words: vocabularies.headingWords, dateOrder: options.dateOrder,
      residences: options.knownResidences)
    let reading: SheetReading
    do throws(Failure) {
      reading = try options.memo.layout(of: grids) { () throws(Failure) in try reader.read(grids) }
    } catch {
      // Any other table is read by its columns, each with its own order.
      let isOther = plan.map { $0.table.name != "attendance" && $0.table.name != "activity" }
      if isOther == true, (try? Headings(sheet.header).refuseGrid()) != nil { return nil }
      throw error
    }
    guard reading.isAttendance else {
      if reading.isTemplate { throw LayoutIntake.blank(sheet.name) }
      return nil
    }
    guard let plan else {
      try refuseFewMarks(reading, sheet.name)
      return reading
    }
    let isPresences = plan.table.name == "attendance" || plan.table.name == "activity"
    let looksLikeGrid = (try? Headings(sheet.header).refuseGrid()) == nil
    // `Nom, Prénom, Émargement` is a register to its headings, and a session to its title.
    let isSignedList = reading.hasContextDay && reading.hasMarkColumn
    // Dates, or the days of a month that the title says.
    let days = sheet.header.count { Int($0).map { (1...31).contains($0) } ?? false }
    let isGrid = reading.forms.contains { $0 != Table.Form.list.rawValue } && !reading.rows.isEmpty
    let hasDate = Headings(sheet.header).dateCount > 0 || days >= 2 || isGrid
    guard isPresences || hasDate || isSignedList else { return nil }
    if reading.forms.contains(where: { $0 != Table.Form.list.rawValue }) {
      // A list that names its sessions may have a heading that is a date.
      return plan.table.name == "attendance" && !looksLikeGrid ? nil : reading
    }
    // Rows with an unclosed quote or too few cells are for the reading by columns to set aside.
    guard sheet.grid.broken.isEmpty, sheet.damage.isEmpty else { return nil }
    if reading.hasContextDay { return reading }
    switch plan.table.name {
    case "attendance": return reading.isComposite ? reading : nil
    case "activity":
      // An identifier of sessions is a list's own.
      let key = plan.table.keyColumn?.name ?? ""
      if plan.used.values.contains(plan.table.name + "." + key) { return nil }
      return reading.isComposite
        || reading.rows.contains { $0.headcount == nil || $0.group != nil } ? reading : nil
    default: return nil
    }
  }

  /// Refuses a sheet most of whose cells are no marks: whatever else it says, it is not of presences.
  private func refuseFewMarks(_ reading: SheetReading, _ file: String) throws(Failure) {
    let unknown = reading.problems.filter { $0.code == "mark.unknown" }
    guard unknown.count >= 8, unknown.count > reading.rows.count else { return }
    let cells = unknown.prefix(4).map(\.place).joined(separator: ", ")
    throw Failure(
      .usage, code: "sheet.few-marks",
      fr: "lue comme une feuille de présence, mais la plupart des cellules ne sont pas des marques "
        + "(\(cells)…)",
      en: "read as a sheet of presences, but most cells are no marks (\(cells)…)",
      remedy: Phrase(
        fr: "si c’en est une, ajoutez une légende (« V = présent ») ; sinon dites la table avec "
          + "--table, ou une correspondance avec --mapping",
        en: "if it is one, add a legend (“V = present”); if not, say its table with --table, or a "
          + "mapping with --mapping"),
      at: SourceLocation(file: file))
  }

  /// Reads the tidy rows as any list, with what was set aside beside them.
  ///
  /// - Throws: `Failure` with status `usage` when the residence is not known.
  func read(_ understood: SheetReading, of sheet: OpenedSheet) throws(Failure) -> Reading {
    let place = try SheetResidence(of: understood, options, file: sheet.name)
    let residence = place?.key
    let tidy = TidySheet(
      understood, model: model, residence: residence, keepsFlats: options.people != nil)
    if residence == nil, !understood.saysResidence {
      throw Failure(
        .usage, code: "residence.missing",
        fr: "ni le titre, ni une colonne ne disent la résidence de cette feuille",
        en: "neither the title nor a column says the residence of this sheet",
        remedy: Phrase(fr: "dites-la avec --residence", en: "say it with --residence"),
        at: SourceLocation(file: sheet.name))
    }
    let grid = Grid(rows: [tidy.header] + tidy.records, lines: [0] + tidy.lines)
    let list = sheet.replaced(grid: grid, header: tidy.header)
    let headings = Headings(tidy.header)
    let planner = Planner(
      vocabularies: vocabularies, headings: headings,
      residence: residence)
    let plan = try planner.plan(table: "attendance")
    var emits = plan.emits
    options.people?.takeAsTheyAre(tidy.personKeys)
    let open = openRows(tidy, list, emits)
    if let last = emits.indices.last,
      let field = tidy.field(model, "attendance", "status")
    {
      // A session that did not take place is a row of sessions only.
      emits[last].when = [(field, TidySheet.statuses(model))]
    }
    var run = IntakeRun(sheet: list, options: optionsOfTidyRows)
    run.read(emits, clues: options.people?.clueFields(headings, emits, vocabularies) ?? [])
    let names = [("attendance", "resident"), ("resident", "surname"), ("resident", "given_name")]
      .compactMap { tidy.field(model, $0.0, $0.1) }
    let own = zip(run.rejectedRecords, run.rejects()).map { record, reject in
      // The headings are record 0.
      Located(
        reject: reject, place: tidy.place(ofRecord: record - 1, reject.heading, model),
        cell: reject.reason.code.hasPrefix("person.") ? reject.text(of: names) : nil)
    }
    let refused = tidy.refused.map { cells, row in
      Located(
        reject: reject(cells, row, sheet.name), place: row.place,
        cell: row.code.hasPrefix("date.") ? row.dateText : row.markText ?? row.countText)
    }
    let located = (own + refused).sorted { $0.reject.line < $1.reject.line }
    let rejects = located.map(\.reject)
    var receipt = Receipt(
      sheet: list, headings: headings, run: run.summary, emits: emits, candidate: plan,
      mapping: nil, model: model, rejects: rejects)
    receipt.locate(located, in: understood)
    receipt.rowsSetAside += refused.count
    receipt.rowsRead += refused.count
    receipt.unreadHeadings = receipt.unreadHeadings.filter { one in
      understood.extraHeadings.contains { $0 == one.heading }
    }
    for i in receipt.tables.indices { receipt.tables[i].columns = [] }
    receipt.settled = ["table": "attendance"]
    receipt.settled?["residence"] = residence
    // The rows that were made here hold no doubt of their own; those of the sheet are told.
    receipt.assumptions =
      sheet.assumptions + LayoutRemarks(reading: understood).assumptions()
      + (place?.remarks ?? [])
    return Reading(
      batches: run.tables.map { batch(of: $0, tidy, grid.lines) }, rejects: rejects,
      header: tidy.header, receipt: receipt, sourceName: "", correctsRejectsOf: nil,
      dialect: sheet.dialect, open: run.openRows().map(\.row) + open)
  }

  /// What could not be read, as far as it can be: read as rows of their own.
  private func openRows(
    _ tidy: TidySheet, _ list: OpenedSheet, _ emits: [Emit]
  ) -> [OpenRow] {
    if tidy.refused.isEmpty { return [] }
    let grid = Grid(
      rows: [tidy.header] + tidy.refused.map(\.cells), lines: [0] + tidy.refused.map(\.row.row.line)
    )
    var run = IntakeRun(
      sheet: list.replaced(grid: grid, header: tidy.header), options: optionsOfTidyRows,
      asksQuietly: true)
    run.read(emits)
    let group = model["attendance"]?["group"]?.name
    return run.openRows(ofAll: true).map { record, row in
      var row = row
      // People without a name are counted by their cell, which may be another by now.
      if tidy.refused[Int(record) - 1].row.row.person == nil, let group, row.table == "attendance" {
        row.values[group] = .unknown
      }
      return row
    }
  }

  private static func blank(_ file: String) -> Failure {
    Failure(
      .input, code: "template.blank",
      fr: "cette feuille de présence ne porte encore aucune marque : rien à importer",
      en: "this attendance sheet has no mark yet: nothing to import",
      remedy: Phrase(
        fr: "marquez les présents (x), puis redonnez-la ; rien n’a été changé",
        en: "mark who was there (x), then give it again; nothing was changed"),
      at: SourceLocation(file: file))
  }

  /// The rows of a table; what a sheet laid out by hand has no word for is left unsaid.
  private func batch(of staged: StagedTable, _ tidy: TidySheet, _ lines: [Int32]) -> TableBatch {
    var out = staged.batch(lines: lines)
    for column in staged.table.columns {
      guard ["role", "minutes", "note", "cost"].contains(column.name),
        let values = out.columns[column.name]
      else { continue }
      let field = tidy.header.firstIndex(of: column.label.fr)
      let flags = staged.keptRecords.enumerated().map { row, record in
        // The headings are record 0.
        tidy.isSilent(Int(record) - 1, field)
          && (column.defaultValue != nil || values.text(at: row) == nil)
      }
      if flags.contains(true) { out.unsaid[column.name] = flags }
    }
    return out
  }

  /// What was set aside, and its cell.
  struct Located {
    var reject: Reject
    var place: String
    /// What stands there, when no column of the list holds it.
    var cell: String?
  }

  /// Dates are ISO and numbers have a dot, whatever the sheet had.
  private var optionsOfTidyRows: IntakeOptions {
    var out = options
    out.decimal = .dot
    out.dateOrder = .dayFirst
    return out
  }

  private func reject(_ cells: [String], _ row: RefusedRow, _ file: String) -> Reject {
    var reason = LayoutFault.diagnostic(row.code)
    if let other = row.other {
      let sheet = other.sheet.map { (" de la feuille n°\u{A0}\($0)", " of sheet no. \($0)") }
      reason.message = Phrase(
        fr: reason.message.fr + ", cellule \(other.cell)" + (sheet?.0 ?? ""),
        en: reason.message.en + ", cell \(other.cell)" + (sheet?.1 ?? ""))
    }
    reason.location = SourceLocation(file: file, line: Int(row.row.line))
    return Reject(
      line: Int(row.row.line), heading: row.row.source, reason: reason, cells: cells)
  }
}

extension SheetReading {
  /// Whether a column of a list says the residence.
  var saysResidence: Bool {
    extraHeadings.contains { Fold.key($0).hasPrefix("residence") || Fold.key($0) == "site" }
  }

  /// Whether cells say more than columns read one by one would tell: two groups in one count,
  /// two dates in one cell, a year that stands in the title.
  var isComposite: Bool {
    usesYearOfTitle || hasWrittenQuantities || splitsCells
      || problems.contains { $0.code == "date.several" }
      || rows.contains { $0.headcount != nil && $0.isOfSeveralGroups }
  }
}

extension Reject {
  /// The texts of some of its cells.
  fileprivate func text(of fields: [Int]) -> String {
    fields.filter { $0 < cells.count }.map { cells[$0] }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
