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

    /// Makes options.
    package init(
      table: String? = nil, residence: String? = nil, mapping: String? = nil,
      isDryRun: Bool = false, rejectsFile: String? = nil, force: Bool = false,
      form: SheetForm = SheetForm()
    ) {
      self.table = table
      self.residence = residence
      self.mapping = mapping
      self.isDryRun = isDryRun
      self.rejectsFile = rejectsFile
      self.force = force
      self.form = form
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
  private let model: Model
  let language: Language
  let options: Options
  private let intake: IntakeOptions
  private let mappingDigest: String
  /// What the import is at.
  package let meter = ImportMeter()

  /// Reads the project's model, and the mapping when one is named.
  ///
  /// - Throws: `Failure`: `usage` for an unknown table or mapping.
  package init(project: ProjectFolder, language: Language, options: Options) throws(Failure) {
    self.project = project
    self.language = language
    self.options = options
    model = try project.model()
    if let table = options.table { _ = try model.table(named: table) }
    var intake = try options.form.options()
    intake.table = options.table
    intake.residence = options.residence
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
    self.intake = intake
    if let path = options.rejectsFile, path != "-", !options.force, SafeWriting.exists(path) {
      throw SafeWriting.alreadyThere(path)
    }
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
      func tell(_ report: FileReport) {
        worst = max(worst, report.status)
        each(report)
      }
      do throws(Failure) {
        try bring(file, into: store, tell)
      } catch {
        tell(failed(error, file: file))
      }
    }
    return worst
  }

  /// Writes the receipt of a file as a page for its owner alone.
  package func writeReceipt(
    of file: String, _ reports: [FileReport], to path: String, force: Bool
  ) throws(Failure) {
    let page = ReceiptPage(
      file: file, reports: reports, model: model, language: language,
      corrections: reports.lazy.compactMap { $0.details?.rejectsPath }.first)
    try SafeWriting.write(page.text(sheetAt: file), to: path, force: force, isPrivate: true)
  }

  private func openStore() throws(Failure) -> Store {
    if Store.exists(in: project.path) || options.isDryRun {
      return try Store.open(in: project.path, model: model, forWriting: !options.isDryRun)
    }
    return try Store.create(in: project.path, model: model)
  }

  /// A sheet's digest and size, and its bytes where it can be read but once.
  private struct SheetContent {
    var bytes: [UInt8]?
    var digest: String
    var byteCount: Int
    /// Whether it is rows of a sheet as text, whatever the sheet's name promises.
    var isRows = false
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
        bytes: bytes, digest: sha256Hex(bytes), byteCount: bytes.count, isRows: true),
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
    let residences = try checks.residences()
    let understood = try read(file, content, checks, residences)
    let all = understood.readings
    let readings = all.filter { $0.receipt.rowsRead > 0 }
    guard !readings.isEmpty else { throw Self.noRows(file) }
    for reading in readings {
      var part = content
      if all.count > 1 {
        let tables = reading.receipt.tables.map(\.table).joined(separator: " ")
        part.digest = sha256Hex(Array((content.digest + " " + tables).utf8))
      }
      tell(
        try bring(reading, understood.doubts, of: file, part, into: store, checks, residences))
    }
  }

  private func bring(
    _ read: Reading, _ doubts: [PeopleAnswers.Doubt], of file: String,
    _ content: SheetContent, into store: Store, _ checks: ImportChecks, _ residences: KnownNames?
  ) throws(Failure) -> FileReport {
    var reading = read
    meter.store(rows: reading.receipt.rowsRead)
    settle(&reading)
    let codebook = Codebooks(project: project).settle(&reading)
    try checks.refuseOtherWave(reading, file: file)
    reading.receipt.assumptions += try checks.remarks(on: reading, residences: residences)
    let held = try checks.staysInForce(reading.batches)
    let effect = try land(file, content, reading, store)
    var warnings: [Diagnostic] = []
    if let change = effect.change,
      let loss = ImportChecks.loss(change, of: held, importNumber: effect.record?.id)
    {
      warnings.append(loss)
    }
    if !options.isDryRun { try codebook?.write() }
    let rejectsPath = try settleRejects(reading, doubts, effect, file: file, store: store)
    let status: ExitStatus = reading.rejects.isEmpty ? .done : .rowsSetAside
    return FileReport(
      file: file, receipt: Shown.text(reading.receipt.text(in: language)),
      summary: effect.summary(
        model: model, setAside: reading.rejects.count, rejectsPath: rejectsPath),
      diagnostics: warnings,
      json: effect.json(
        file: file, receipt: Self.encoded(reading.receipt.withoutHeadings),
        setAside: reading.rejects.count, rejectsPath: rejectsPath, status: status,
        warnings: warnings.map(\.code)),
      status: status,
      details: ReceiptDetails(
        receipt: reading.receipt, effect: effect, rejectsPath: rejectsPath))
  }

  /// Keeps with the receipt how the sheet was taken, so that rows set aside can be taken again.
  private func settle(_ reading: inout Reading) {
    var settled = reading.receipt.settled ?? [:]
    settled["table"] = options.table
    settled["residence"] = options.residence
    settled["decimal"] = options.form.decimal
    settled["dates"] =
      options.form.dates
      ?? (reading.receipt.assumptions.contains { $0.code == "date.month-first" } ? "mdy" : nil)
    if !settled.isEmpty { reading.receipt.settled = settled }
    guard reading.correctsRejectsOf != nil else { return }
    let lines = reading.batches.flatMap { $0.sourceLines.map(Int.init) }
    reading.receipt.linesTaken = Set(lines + reading.rejects.map(\.line)).sorted()
  }

  /// A sheet as it is read, and the names on it that wait for a decision.
  struct Understood {
    /// One for each table of a workbook.
    var readings: [Reading]
    var doubts: [PeopleAnswers.Doubt] = []
  }

  /// Reads rows that were set aside, changing nothing.
  func understand(_ file: String, text: String, _ store: Store) throws(Failure) -> Understood {
    let bytes = Array(text.utf8)
    let checks = ImportChecks(store: store, model: model)
    return try read(
      file, SheetContent(bytes: bytes, digest: "", byteCount: bytes.count, isRows: true), checks,
      checks.residences())
  }

  /// Reads a sheet, with residences by key or name, stays compared with those of the store, and
  /// people by what the register and earlier decisions say of their names.
  private func read(
    _ file: String, _ content: SheetContent, _ checks: ImportChecks, _ residences: KnownNames?
  ) throws(Failure) -> Understood {
    var intake = self.intake
    if let residences {
      intake.names["residence"] = residences
      intake.residence = options.residence.map { residences.key(of: $0) ?? $0 }
    } else {
      intake.usedResidences = try checks.usedResidences()
    }
    if let table = PeopleRegister.table(of: model) {
      let keys = try PeopleRegister.keys(of: table, checks.store)
      if !keys.isEmpty {
        intake.people = PeopleNames(
          table: table.name, keys: keys, residence: intake.residence,
          places: try checks.residencesOfSessions())
      }
    }
    var out = Understood(readings: try read(file, content, checks, residences, intake))
    guard let people = intake.people, !out.readings.isEmpty else { return out }
    let questions = people.questions
    if !questions.isEmpty {
      let year = out.readings.lazy.flatMap(\.receipt.tables).compactMap(\.lastDate).first
        .flatMap { Int($0.prefix(4)) }
      if var answers = try PeopleAnswers(checks.store, model, year: year, language: language) {
        people.answer(answers.answers(to: questions))
        out.readings = try read(file, content, checks, residences, intake)
        out.doubts = answers.doubts
        guard let named = out.readings.indices.last else { return out }
        out.readings[named].receipt.assumptions += answers.remarks
        if !answers.used.isEmpty {
          for i in out.readings.indices {
            out.readings[i].receipt.settled = [
              "decisions": answers.used.map { "\($0.id)" }.joined(separator: ",")
            ]
          }
        }
      }
    }
    let counts = people.counts
    if counts.known + counts.new + counts.unsure > 0, let named = out.readings.indices.last {
      out.readings[named].receipt.people = Receipt.PeopleCount(
        known: counts.known, new: counts.new, unsure: counts.unsure)
    }
    return out
  }

  private func read(
    _ file: String, _ content: SheetContent, _ checks: ImportChecks, _ residences: KnownNames?,
    _ given: IntakeOptions
  ) throws(Failure) -> [Reading] {
    var intake = given
    let progress = ReadingProgress()
    intake.progress = progress
    meter.read(progress, bytes: content.byteCount)
    let reader = Intake(model: model, options: intake)
    func objecting(_ batch: TableBatch, _ isCorrection: Bool) throws(Failure) -> [Int: Diagnostic] {
      try checks.overlaps(in: batch, isCorrection: isCorrection)
    }
    let readings: [Reading]
    if content.bytes == nil, let clean = try reader.readClean(path: file, objecting: objecting) {
      readings = [clean]
    } else {
      meter.review()
      let bytes: [UInt8]
      if let known = content.bytes {
        bytes = known
      } else {
        bytes = try SourceFile.bytes(path: file)
      }
      readings =
        content.isRows
        ? [try reader.read(name: file, bytes: bytes, objecting: objecting)]
        : try reader.readAll(name: file, bytes: bytes, objecting: objecting)
    }
    if let residence = options.residence, let residences, residences.key(of: residence) == nil,
      !readings.contains(where: { $0.batches.contains { $0.table == "residence" } })
    {
      let all = residences.keys.sorted().prefix(10).joined(separator: ", ")
      throw Failure(
        .usage, code: "residence.unknown", fr: "résidence inconnue : « \(residence) »",
        en: "unknown residence: “\(residence)”",
        remedy: residences.nearest(to: residence).map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        } ?? Phrase(fr: "résidences connues : \(all)", en: "known residences: \(all)"))
    }
    return readings
  }

  private func land(
    _ file: String, _ content: SheetContent, _ reading: Reading, _ store: Store
  ) throws(Failure) -> ImportEffect {
    // Rejects that come back as they went, or as wrong as before, say nothing new.
    if let parent = reading.correctsRejectsOf, reading.batches.allSatisfy({ $0.rowCount == 0 }),
      let record = try store.imports().first(where: { $0.id == parent && $0.state == .active })
    {
      return .unchanged(record)
    }
    let submission = Submission(
      fileName: SafeWriting.name(of: file), fileDigest: content.digest,
      byteCount: content.byteCount,
      source: reading.sourceName, mappingDigest: mappingDigest,
      correctsRejectsOf: reading.correctsRejectsOf, batches: reading.batches,
      rejects: reading.rejects, header: reading.header, receipt: Self.encoded(reading.receipt))
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
