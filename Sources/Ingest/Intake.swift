package import Columns
package import Diagnostics
package import Model
import Workbooks

/// What the user settles about a file; all else is found out from the file itself.
package struct IntakeOptions: Sendable {
  /// The table that the file is of.
  package var table: String?
  /// The residence of rows that do not say theirs.
  package var residence: String?
  /// How a foreign export becomes rows of the model.
  package var mapping: Mapping?
  /// What is known of surveys: the questions' names and the values of their answers.
  package var surveys: [SurveyMapping] = []
  /// The answers that known questionnaires offer; others are refused.
  package var offered: OfferedAnswers?
  /// The one of them that the user names.
  package var survey: SurveyMapping?
  /// What separates two cells: the delimiter of a dialect, which may be several bytes.
  package var separation: Dialect?
  /// The byte around cells; 0 for none.
  package var quote: UInt8?
  /// The byte that takes its meaning from the one after it; 0 for doubled quotes.
  package var escape: UInt8?
  /// Whether the first row of the table is one of headings.
  package var hasHeader: Bool?
  /// Lines above the table, passed over.
  package var skipRows = 0
  /// How bytes stand for characters.
  package var encoding: TextEncoding?
  /// The decimal mark of all numbers.
  package var decimal: DecimalMark?
  /// The order of day and month in all dates.
  package var dateOrder: DateOrder?
  /// What the rows of tables that others link to are called, by table.
  package var names: [String: KnownNames] = [:]
  /// The residences that rows of the store are of, where the project has no list of residences.
  package var usedResidences: KnownNames?
  /// Whom the names of people mean, where a project has a register.
  package var people: PeopleNames?
  /// Counts what has been read of a large file.
  package var progress: ReadingProgress?
  /// What a file that is read twice is known to hold.
  package var memo = ReadingMemo()
  /// The sheets of a workbook that are read, by rank from 1 or by name; all when there are none.
  package var sheets: [String] = []

  /// The same options, with what an earlier sheet was taken by where they say nothing.
  func completed(by taken: TakenForm) -> IntakeOptions {
    var out = self
    out.mapping = mapping ?? taken.mapping
    // The word of a mapping is all that a mapped sheet needs.
    out.table = table ?? (out.mapping == nil ? taken.table : nil)
    out.residence = residence ?? taken.residence
    out.decimal = decimal ?? taken.decimal
    out.dateOrder = dateOrder ?? taken.dateOrder
    return out
  }

  /// The residences of the project, by key and name.
  var knownResidences: KnownNames? { names["residence"] ?? usedResidences }

  /// Makes options; what is nil is found out.
  package init(
    table: String? = nil, residence: String? = nil, mapping: Mapping? = nil,
    delimiter: UInt8? = nil, quote: UInt8? = nil, encoding: TextEncoding? = nil,
    decimal: DecimalMark? = nil, dateOrder: DateOrder? = nil
  ) {
    self.table = table
    self.residence = residence
    self.mapping = mapping
    separation = delimiter.map { Dialect(delimiter: $0) }
    self.quote = quote
    self.encoding = encoding
    self.decimal = decimal
    self.dateOrder = dateOrder
  }
}

/// How the sheet of an import was taken: its rejects are read the same way.
package struct TakenForm: Sendable {
  /// As the options of that name.
  package var table: String?
  /// As the options of that name.
  package var residence: String?
  /// As the options of that name.
  package var mapping: Mapping?
  /// As the options of that name.
  package var decimal: DecimalMark?
  /// As the options of that name.
  package var dateOrder: DateOrder?

  /// Makes a form; what is nil is found out again.
  package init(
    table: String? = nil, residence: String? = nil, mapping: Mapping? = nil,
    decimal: DecimalMark? = nil, dateOrder: DateOrder? = nil
  ) {
    self.table = table
    self.residence = residence
    self.mapping = mapping
    self.decimal = decimal
    self.dateOrder = dateOrder
  }
}

/// What was read from a file: typed rows, rows set aside, and the receipt that tells both.
package struct Reading: Sendable {
  /// Rows by table; a table that others link to comes before them.
  package var batches: [TableBatch]
  /// Rows set aside, in the order of the file.
  package var rejects: [Reject]
  /// The headings of the sheet.
  package var header: [String]
  /// What was understood.
  package var receipt: Receipt
  /// The id of the mapping; empty for the model's own headings.
  package var sourceName: String
  /// The import whose rejects this file corrects.
  package var correctsRejectsOf: Int?
  /// How the file separates and quotes, for its rejects file.
  package var dialect: Dialect
  /// The questions of a survey's export and the values of their answers, to complete.
  package var codebook: SurveyCodebook?

  /// Whether it is an export of a survey, whose respondents are in no register.
  package var isSurvey: Bool { codebook != nil }
  /// The rows set aside, as far as they can be read.
  package var open: [OpenRow] = []
  /// Of corrected rejects: the lines of the first sheet that the file has.
  package var linesRead: [Int32] = []
}

/// Reads sheets of text by the model's headings or a mapping.
///
/// The steps, each in its own file: bytes to text (`TextEncoding`), text to cells (`Scanner`),
/// headings to columns (`Planner`, `Mapping`), cells to values a column at a time
/// (`ColumnTyping`), rows against each other (`StagedTable`).
package struct Intake: Sendable {
  private let vocabularies: Vocabularies
  private var model: Model { vocabularies.model }
  private var options: IntakeOptions

  /// Makes an intake.
  package init(model: Model, options: IntakeOptions = IntakeOptions()) {
    vocabularies = Vocabularies(model)
    self.options = options
  }

  /// The same intake with other options: what it knows of the model is worked out once.
  package func with(_ options: IntakeOptions) -> Intake {
    var out = self
    out.options = options
    return out
  }

  /// Reads a file, or standard input for `-`.
  ///
  /// - Throws: `Failure`: `input` for what is no sheet of text, `usage` when its table or a
  ///   needed column cannot be told.
  package func read(path: String) throws(Failure) -> Reading {
    if path != "-", let reading = try readClean(path: path) { return reading }
    return try read(name: path, bytes: SourceFile.bytes(path: path))
  }

  /// Reads a large file in windows, on all threads; nil for a small one, and for a sheet that
  /// needs the careful reader. `objecting` is that of `read(name:bytes:objecting:)`.
  ///
  /// - Throws: what `objecting` throws.
  package func readClean(
    path: String,
    objecting: (TableBatch, Bool) throws(Failure) -> [Int: Diagnostic] = {
      (_, _) throws(Failure) in [:]
    }
  ) throws(Failure) -> Reading? {
    guard let source = ByteSource(path: path), source.size >= Intake.large,
      let reading = CleanReading(vocabularies: vocabularies, options: options).read(
        name: path, source)
    else { return nil }
    for batch in reading.batches where model[batch.table]?.validity != nil {
      if try !objecting(batch, false).isEmpty { return nil }
    }
    return reading
  }

  /// Files above this size are worth several threads.
  private static let large = 1 << 15

  /// Reads bytes in memory in windows of the given size on some threads; nil when the sheet needs
  /// the careful reader.
  package func readClean(
    name: String, bytes: [UInt8], windowSize: Int, threads: Int
  ) -> Reading? {
    CleanReading(
      vocabularies: vocabularies, options: options, windowSize: windowSize, threads: threads
    ).read(name: name, ByteSource(bytes))
  }

  /// Reads bytes in memory. `objecting` sees the rows of tables that hold for a span of time, and
  /// says which to set aside and why, by row; the flag tells corrected rejects. `recalling` says
  /// how the sheet of an import was taken, for its rejects.
  ///
  /// - Throws: as `read(path:)`, and what `objecting` and `recalling` throw.
  package func read(
    name: String, bytes: [UInt8],
    objecting: (TableBatch, Bool) throws(Failure) -> [Int: Diagnostic] = {
      (_, _) throws(Failure) in [:]
    },
    recalling: (Int) throws(Failure) -> TakenForm? = { (_) throws(Failure) in nil }
  ) throws(Failure) -> Reading {
    let sheet = try options.memo.text { () throws(Failure) in
      try OpenedSheet(name: name, bytes: bytes, options: options, known: vocabularies.words)
    }
    let cells = sheet.whole.cellGrid(fileName: name)
    return try read(sheet, cells.map { [$0] } ?? [], objecting, recalling)
  }

  /// Reads bytes in memory, of text or of a workbook: a reading for each table that the sheets of
  /// a workbook are of, or one for all of them when they are laid out by hand; one for a file of
  /// text. Bytes that `areText` are no workbook, whatever the name says.
  ///
  /// - Throws: as `read(name:bytes:objecting:)`.
  package func readAll(
    name: String, bytes: [UInt8], areText: Bool = false,
    objecting: (TableBatch, Bool) throws(Failure) -> [Int: Diagnostic] = {
      (_, _) throws(Failure) in [:]
    },
    recalling: (Int) throws(Failure) -> TakenForm? = { (_) throws(Failure) in nil }
  ) throws(Failure) -> [Reading] {
    guard !areText, Workbook.isWorkbook(bytes) || Workbook.promisesWorkbook(name) else {
      guard options.sheets.isEmpty else { throw Self.noWorkbook(name) }
      return [try read(name: name, bytes: bytes, objecting: objecting, recalling: recalling)]
    }
    let workbook = try options.memo.workbook { () throws(Failure) in
      try Workbook(bytes: bytes, name: name).keeping(options.sheets, file: name).withoutHelp
    }
    if let reading = try laidOut(workbook, name: name, size: bytes.count) { return [reading] }
    var out: [Reading] = []
    for sheet in try WorkbookTables(vocabularies: vocabularies, options: options).open(
      workbook, name: name, size: bytes.count)
    {
      var certain = options
      // Cells that are numbers have a point; only texts could have a comma.
      if sheet.hasPoints { certain.decimal = .dot }
      out.append(try with(certain).read(sheet, [], objecting, recalling))
    }
    return out
  }

  private static func noWorkbook(_ name: String) -> Failure {
    Failure(
      .usage, code: "sheet.no-workbook",
      fr: "--sheet choisit une feuille d’un classeur, et ce fichier n’en est pas un",
      en: "--sheet chooses a sheet of a workbook, and this file is none",
      remedy: Phrase(fr: "retirez --sheet", en: "leave --sheet out"),
      at: SourceLocation(file: name))
  }

  /// Reads a workbook whose sheets are laid out by hand, all together; nil for lists.
  private func laidOut(
    _ workbook: Workbook, name: String, size: Int
  ) throws(Failure) -> Reading? {
    let grids = workbook.sheets.compactMap { CellGrid($0, fileName: name) }
    guard grids.count == workbook.sheets.count(where: { $0.cellCount > 0 }) else { return nil }
    return try readLaidOut(name: name, size: size, format: workbook.format.rawValue, grids: grids)
  }

  /// Reads the sheets of a workbook of some bytes that are laid out by hand; nil for lists.
  ///
  /// - Throws: as `read(path:)`.
  package func readLaidOut(
    name: String, size: Int, format: String, grids: [CellGrid]
  ) throws(Failure) -> Reading? {
    let filled = grids.filter { grid in
      grid.rows.contains { row in row.contains { !$0.text.isEmpty } }
    }
    guard options.mapping == nil, let first = filled.first else { return nil }
    // Whether the first sheet is a list is asked of its table, without the title above it.
    var sheet = try OpenedSheet(name: name, size: size, format: format, cells: first).tableAlone(
      known: vocabularies.words, hasHeader: options.hasHeader)
    try sheet.takeCorrections()
    do throws(Failure) {
      return try laidOut(sheet, filled)
    } catch {
      throw error.located(in: name)
    }
  }

  private func read(
    _ opened: OpenedSheet, _ grids: [CellGrid],
    _ objecting: (TableBatch, Bool) throws(Failure) -> [Int: Diagnostic],
    _ recalling: (Int) throws(Failure) -> TakenForm?
  ) throws(Failure) -> Reading {
    var sheet = opened
    try sheet.takeCorrections()
    if let number = sheet.correctsRejectsOf, let taken = try recalling(number) {
      return try with(options.completed(by: taken)).read(sheet, [], objecting)
    }
    return try read(sheet, grids, objecting)
  }

  private func read(
    _ sheet: OpenedSheet, _ grids: [CellGrid],
    _ objecting: (TableBatch, Bool) throws(Failure) -> [Int: Diagnostic]
  ) throws(Failure) -> Reading {
    let name = sheet.name
    let headings = Headings(sheet.header)
    var emits: [Emit]
    var candidate: Planner.Candidate?
    var place: SheetResidence?
    do throws(Failure) {
      if let mapping = options.mapping {
        emits = try mapping.emits(headings, model: model, residence: options.residence)
      } else {
        if let reading = try laidOut(sheet.withoutRemarks, grids) { return reading }
        try headings.refuseGrid()
        place = SheetResidence(
          ofList: headings, lines: sheet.linesAbove, options, file: sheet.name)
        let planner = Planner(
          vocabularies: vocabularies, headings: headings,
          residence: place?.key ?? options.residence, isAssumed: options.residence == nil)
        let plan = try planner.plan(table: options.table)
        emits = plan.emits
        candidate = plan
        try headings.refuseTwins(sheet, read: emits.reduce([]) { $0.union($1.fields) })
      }
    } catch {
      throw error.located(in: name)
    }
    var run = IntakeRun(sheet: sheet, options: options)
    let clues = options.people?.clueFields(headings, emits, vocabularies) ?? []
    run.read(emits, clues: clues)
    try run.setAside(objecting)
    let rejects = run.rejects()
    var receipt = Receipt(
      sheet: sheet, headings: headings, run: run.summary, emits: emits, candidate: candidate,
      mapping: options.mapping, model: model, rejects: rejects)
    receipt.unreadHeadings.removeAll { one in clues.contains { $0.field + 1 == one.position } }
    receipt.assumptions += SheetResidence.remarks(of: place, emits, options)
    return Reading(
      batches: run.tables.map { $0.batch(lines: sheet.grid.lines) }, rejects: rejects,
      header: sheet.header, receipt: receipt, sourceName: options.mapping?.id ?? "",
      correctsRejectsOf: sheet.correctsRejectsOf, dialect: sheet.dialect,
      open: run.openRows().map(\.row),
      linesRead: sheet.correctsRejectsOf == nil ? [] : run.linesRead)
  }
}

extension Intake {
  /// Reads an export of a survey program, or a sheet laid out by hand, from all its lines; nil for
  /// a plain list.
  private func laidOut(_ sheet: OpenedSheet, _ grids: [CellGrid]) throws(Failure) -> Reading? {
    let headings = Headings(sheet.header)
    let place = SheetResidence(ofList: headings, lines: sheet.linesAbove, options, file: sheet.name)
    let planner = Planner(
      vocabularies: vocabularies, headings: headings, residence: place?.key ?? options.residence,
      isAssumed: options.residence == nil)
    let plan = try? planner.plan(table: options.table)
    let survey = SurveyIntake(vocabularies: vocabularies, options: options)
    if let reading = try survey.read(sheet, grids, plan: plan) {
      return reading
    }
    let layout = LayoutIntake(vocabularies: vocabularies, options: options)
    guard let understood = try layout.understand(sheet, grids, plan: plan) else { return nil }
    var reading = try layout.read(understood, of: sheet)
    if sheet.format != nil { reading.receipt.sheets = grids.compactMap(\.sheetName) }
    return reading
  }
}

extension Failure {
  /// Names the file in diagnostics that name none.
  fileprivate func located(in file: String) -> Failure {
    var out = self
    for i in out.diagnostics.indices where out.diagnostics[i].location == nil {
      out.diagnostics[i].location = SourceLocation(file: file)
    }
    return out
  }
}
