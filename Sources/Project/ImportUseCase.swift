import Columns
package import Diagnostics
import FoundationEssentials
import HTML
import Ingest
import Model
import Persistence

/// `lien import`: each sheet read, understood, landed whole or not at all.
package struct ImportUseCase {
  /// How sheets are to be taken.
  package struct Options: Sendable {
    /// The table, when headings do not tell.
    package var table: String?
    /// The residence of all rows.
    package var residence: String?
    /// A mapping file, or the name of one of the project's.
    package var mapping: String?
    /// Whether only to say what would change.
    package var isDryRun: Bool
    /// Where rejected rows go; nil for the project's private folder.
    package var rejectsFile: String?
    /// Leave to overwrite the rejects file.
    package var force: Bool
    /// What is told of the file instead of being found out.
    package var form: SheetForm
    /// The sheets of a workbook that are read, by rank or by name; all when there are none.
    package var sheets: [String]
    /// Whether rows to correct are left as a workbook, and names to decide on as another: for
    /// people who have the folder alone.
    package var leavesBooks: Bool
    /// Whether a page of the receipt will be asked for.
    package var keepsDetails: Bool

    /// Makes options.
    package init(
      table: String? = nil, residence: String? = nil, mapping: String? = nil,
      isDryRun: Bool = false, rejectsFile: String? = nil, force: Bool = false,
      form: SheetForm = SheetForm(), sheets: [String] = [], leavesBooks: Bool = false,
      keepsDetails: Bool = false
    ) {
      self.table = table
      self.residence = residence
      self.mapping = mapping
      self.isDryRun = isDryRun
      self.rejectsFile = rejectsFile
      self.force = force
      self.form = form
      self.sheets = sheets
      self.leavesBooks = leavesBooks
      self.keepsDetails = keepsDetails
    }
  }

  /// What became of one file.
  package struct FileReport: Sendable {
    /// The file as the user named it.
    package let file: String
    /// What was understood, with cells of rejected rows: for the terminal. Nil when nothing was.
    package let receipt: String?
    /// What changed, in a sentence or two. Nil when nothing could.
    package let summary: Phrase?
    /// What went wrong.
    package let diagnostics: [Diagnostic]
    /// All of it as a JSON object, without cells.
    package let json: String
    /// The exit code that the file alone would give.
    package let status: ExitStatus
    /// What a page of the receipt shows; nil when nothing was understood.
    var details: ReceiptDetails?
  }

  let project: ProjectFolder
  let model: Model
  let language: Language
  let options: Options
  let intake: IntakeOptions
  private let mappingDigest: String
  /// Reads sheets: what it knows of the model is worked out once for all of them.
  let reader: Intake
  /// What is known of the register, from one sheet to the next.
  let registerMemo: RegisterMemo
  /// What the import is at.
  package let meter: ImportMeter

  /// Reads the project's model, and the mapping when one is named.
  ///
  /// - Throws: `Failure`: `usage` for an unknown table or mapping.
  package init(project: ProjectFolder, language: Language, options: Options) throws(Failure) {
    try self.init(
      project: project, language: language, options: options, model: project.model())
  }

  /// Takes the project's model as it was read.
  init(
    project: ProjectFolder, language: Language, options: Options, model: Model
  ) throws(Failure) {
    self.project = project
    self.language = language
    self.options = options
    self.model = model
    if let table = options.table { _ = try model.table(named: table) }
    var intake = try options.form.options()
    intake.table = options.table
    intake.residence = options.residence
    intake.sheets = options.sheets
    mappingDigest = ""
    if let name = options.mapping {
      let mapping = try Mapping(named: name, folder: project.mappingsFolder)
      if let survey = mapping.survey {
        intake.survey = survey
      } else {
        intake.mapping = mapping
      }
    } else {
      intake.surveys = try Mapping.surveys(in: project.mappingsFolder)
    }
    intake.offered = OfferedAnswers(try Instruments(folder: project.instrumentsFolder))
    self.intake = intake
    reader = Intake(model: model, options: intake)
    registerMemo = RegisterMemo()
    meter = ImportMeter()
    if let path = options.rejectsFile, path != "-", !options.force, SafeWriting.exists(path) {
      throw SafeWriting.alreadyThere(path)
    }
  }

  /// The same with another residence for rows that do not say theirs, and what it is at told by
  /// another meter.
  func with(residence: String?, meter: ImportMeter) -> ImportUseCase {
    ImportUseCase(self, residence: residence, meter: meter)
  }

  private init(_ other: ImportUseCase, residence: String?, meter: ImportMeter) {
    (project, model, language) = (other.project, other.model, other.language)
    (reader, mappingDigest) = (other.reader, other.mappingDigest)
    registerMemo = other.registerMemo
    var options = other.options
    options.residence = residence
    self.options = options
    var intake = other.intake
    intake.residence = residence
    self.intake = intake
    self.meter = meter
  }

  /// Imports files in order, telling of each as it is done; the most serious status.
  ///
  /// All are tried, except that an interruption of the store (another writer, a full disk) stops
  /// the rest.
  package func run(
    _ files: [String], each: (FileReport) -> Void, progress: (Phrase) -> Void = { _ in }
  ) -> ExitStatus {
    var worst = ExitStatus.done
    let store: Store
    do throws(Failure) {
      store = try openStore()
    } catch {
      each(failed(error, file: files.first ?? "-"))
      return error.status
    }
    for (i, file) in files.enumerated() {
      let name = "\(i + 1)/\(files.count) " + Escaping.terminal(SafeWriting.name(of: file))
      progress(Phrase(same: name))
      meter.begin(name)
      defer { meter.end() }
      run(file, into: store) { report in
        worst = max(worst, report.status)
        each(report)
      }
    }
    return worst
  }

  /// Imports one file into an open store.
  func run(_ file: String, into store: Store, each: (FileReport) -> Void) {
    do throws(Failure) {
      try bring(file, into: store, each)
    } catch {
      each(failed(error, file: file))
    }
  }

  /// Writes the receipt of a file as a page for its owner alone.
  package func writeReceipt(
    of file: String, _ reports: [FileReport], to path: String, force: Bool
  ) throws(Failure) {
    let page = ReceiptPage(
      file: file, reports: reports, model: model, language: language, form: options.form,
      corrections: reports.lazy.compactMap { $0.details?.left.rejects }.first)
    try SafeWriting.write(page.text(sheetAt: file), to: path, force: force, isPrivate: true)
  }

  /// What several imports did together, in a sentence.
  package func text(of sum: ImportSum, language: Language) -> String {
    sum.text(model: model, language: language)
  }

  /// Opens the store of the project, made when it is not there yet.
  func openStore() throws(Failure) -> Store {
    if Store.exists(in: project.path) || options.isDryRun {
      return try Store.open(in: project.path, model: model, forWriting: !options.isDryRun)
    }
    return try Store.create(in: project.path, model: model)
  }

  /// A sheet's digest and size, and its bytes where it can be read but once.
  struct SheetContent {
    var bytes: [UInt8]?
    var digest: String
    var byteCount: Int
    /// Whether it is text, whatever the name of the sheet that it comes from says.
    var isText = false
  }

  /// Imports what a file says of one table, or of several when it is a workbook: an import each.
  private func bring(
    _ file: String, into store: Store, _ tell: (FileReport) -> Void
  ) throws(Failure) {
    // A file is read in parts, twice; standard input can be read but once.
    let content: SheetContent
    if file != "-", let found = sha256Hex(path: file) {
      content = SheetContent(bytes: nil, digest: found.0, byteCount: found.1)
    } else {
      let bytes = try SourceFile.bytes(path: file)
      content = SheetContent(bytes: bytes, digest: sha256Hex(bytes), byteCount: bytes.count)
    }
    try bring(file, content, into: store, tell)
  }

  /// Brings in a sheet that is in memory.
  func bring(_ file: String, text: String, into store: Store) throws(Failure) -> FileReport {
    let bytes = Array(text.utf8)
    var out: FileReport?
    try bring(
      file,
      SheetContent(
        bytes: bytes, digest: sha256Hex(bytes), byteCount: bytes.count, isText: true),
      into: store
    ) { out = $0 }
    guard let out else { throw Self.noRows(file) }
    return out
  }

  private static func noRows(_ file: String) -> Failure {
    Failure(
      .input, code: "import.no-rows",
      fr: "la feuille n’a que ses en-têtes : aucune ligne à importer",
      en: "the sheet has only its headings: no row to import", at: SourceLocation(file: file))
  }

  private func bring(
    _ file: String, _ content: SheetContent, into store: Store, _ tell: (FileReport) -> Void
  ) throws(Failure) {
    let checks = ImportChecks(store: store, model: model)
    let names = try checks.names()
    let understood = try read(file, content, checks, names)
    let all = understood.readings
    let readings = all.filter { $0.receipt.rowsRead > 0 }
    guard !readings.isEmpty else { throw Self.noRows(file) }
    for reading in readings {
      var part = content
      if all.count > 1 || !options.sheets.isEmpty {
        let tables = reading.receipt.tables.map(\.table).joined(separator: " ")
        let names = options.sheets.map { "\u{0}" + $0 }.joined()
        part.digest = sha256Hex(Array((content.digest + " " + tables + names).utf8))
      }
      tell(
        try bring(reading, understood.doubts, of: file, part, into: store, checks, names))
    }
  }

  private func bring(
    _ read: Reading, _ doubts: [PeopleAnswers.Doubt], of file: String,
    _ content: SheetContent, into store: Store, _ checks: ImportChecks,
    _ names: [String: KnownNames]
  ) throws(Failure) -> FileReport {
    var reading = read
    meter.store(rows: reading.receipt.rowsRead)
    try settle(&reading, store)
    let codebook = Codebooks(project: project).settle(&reading)
    try checks.refuseOtherWave(reading, file: file)
    reading.receipt.assumptions += try checks.remarks(on: reading, names: names)
    if let left = try checks.sessionsLeft(by: reading, of: SafeWriting.name(of: file)) {
      reading.receipt.assumptions.append(left)
    }
    let held = try checks.staysInForce(reading.batches)
    let effect = try land(file, content, reading, store)
    var warnings: [Diagnostic] = []
    if let change = effect.change,
      let loss = ImportChecks.loss(change, of: held, importNumber: effect.record?.id)
    {
      warnings.append(loss)
    }
    if let loss = PresenceLoss.warning(effect, model) { warnings.append(loss) }
    if !options.isDryRun { try codebook?.write() }
    let sessions = try sessionChanges(effect, reading, store)
    let left = try settleRejects(reading, doubts, effect, file: file, store: store)
    let status: ExitStatus = reading.rejects.isEmpty ? .done : .rowsSetAside
    return FileReport(
      file: file,
      receipt: Shown.text(
        reading.receipt.text(in: language) + (sessions?.text(language) ?? "")),
      summary: effect.summary(
        model: model, setAside: reading.rejects.count, rejectsPath: left.rejects),
      diagnostics: warnings,
      json: effect.json(
        file: file, receipt: Self.encoded(reading.receipt.withoutHeadings),
        setAside: reading.rejects.count, rejectsPath: left.rejects, status: status,
        warnings: warnings.map(\.code), sessions: sessions),
      status: status,
      details: ReceiptDetails(
        receipt: reading.receipt, effect: effect, sessions: sessions, left: left, doubts: doubts,
        counts: options.keepsDetails ? try SessionCount.all(of: reading, store) : []))
  }

  /// What changes session by session: of a dry run, and of what touches sessions that were there.
  private func sessionChanges(
    _ effect: ImportEffect, _ reading: Reading, _ store: Store
  ) throws(Failure) -> SessionChanges? {
    guard let change = effect.change,
      options.isDryRun || !change.corrects.isEmpty || reading.correctsRejectsOf != nil
        || change.tables.contains(where: { $0.held > 0 })
    else { return nil }
    return try SessionChanges(change, of: reading, in: store, model)
  }

  /// Keeps with the receipt how the sheet was taken, so that rows set aside can be taken again.
  private func settle(_ reading: inout Reading, _ store: Store) throws(Failure) {
    var settled: [String: String] = [:]
    if let parent = reading.correctsRejectsOf {
      let record = try store.imports().first { $0.id == parent }
      settled = record.flatMap(WaitingRows.receipt)?.settled ?? [:]
      settled["decisions"] = nil
      reading.receipt.linesTaken = Set(reading.linesRead.map(Int.init)).sorted()
    }
    settled.merge(reading.receipt.settled ?? [:]) { _, own in own }
    func note(_ name: String, _ value: String?) { if let value { settled[name] = value } }
    note("table", options.table)
    note("residence", options.residence)
    note("decimal", options.form.decimal)
    let isMonthFirst = reading.receipt.assumptions.contains { $0.code == "date.month-first" }
    note("dates", options.form.dates ?? (isMonthFirst ? "mdy" : nil))
    reading.receipt.settled = settled.isEmpty ? nil : settled
  }

  private func land(
    _ file: String, _ content: SheetContent, _ reading: Reading, _ store: Store
  ) throws(Failure) -> ImportEffect {
    // Rejects that come back as they went, or as wrong as before, say nothing new.
    if let parent = reading.correctsRejectsOf, reading.batches.allSatisfy({ $0.rowCount == 0 }),
      Set(reading.linesRead).isSubset(of: reading.rejects.map { Int32(clamping: $0.line) }),
      let record = try store.imports().first(where: { $0.id == parent && $0.state == .active })
    {
      return .unchanged(record)
    }
    let submission = Submission(
      fileName: SafeWriting.name(of: file), fileDigest: content.digest,
      byteCount: content.byteCount,
      source: reading.sourceName, mappingDigest: mappingDigest,
      correctsRejectsOf: reading.correctsRejectsOf, batches: reading.batches,
      rejects: reading.rejects, header: reading.header, open: reading.open,
      settledLines: Set(reading.linesRead.map(Int.init)), receipt: Self.encoded(reading.receipt))
    if options.isDryRun { return .planned(try store.plan(submission)) }
    switch try store.commit(submission, now: Date.now.formatted(.iso8601)) {
    case .unchanged(let record): return .unchanged(record)
    case .landed(let record, let change): return .landed(record, change)
    }
  }

  private func failed(_ failure: Failure, file: String) -> FileReport {
    // A message that does not name the file does not help, when there are several.
    let diagnostics = failure.diagnostics.map { diagnostic -> Diagnostic in
      var named = diagnostic
      if named.location == nil { named.location = SourceLocation(file: file) }
      return named
    }
    return FileReport(
      file: file, receipt: nil, summary: nil, diagnostics: diagnostics,
      json: JSONText.object([
        ("file", JSONText.string(file)), ("status", "\(failure.status.rawValue)"),
        (
          "errors",
          "["
            + diagnostics.map {
              JSONText.object([
                ("code", JSONText.string($0.code)),
                ("message", JSONText.string($0.message[language])),
              ])
            }.joined(separator: ", ") + "]"
        ),
      ]), status: failure.status)
  }

  static func encoded(_ receipt: Receipt) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(receipt)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
