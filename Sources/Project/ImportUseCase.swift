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
  }

  private let project: ProjectFolder
  private let model: Model
  private let language: Language
  private let options: Options
  private let intake: IntakeOptions
  private let mappingDigest: String

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
      intake.mapping = try Mapping(named: name, folder: project.mappingsFolder)
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
      let name = SafeWriting.name(of: file)
      progress(Phrase(same: "\(i + 1)/\(files.count) \(name)"))
      let report: FileReport
      do throws(Failure) {
        report = try bring(file, into: store)
      } catch {
        report = failed(error, file: file)
      }
      worst = max(worst, report.status)
      each(report)
    }
    return worst
  }

  private func openStore() throws(Failure) -> Store {
    if Store.exists(in: project.path) || options.isDryRun {
      return try Store.open(in: project.path, model: model, forWriting: !options.isDryRun)
    }
    return try Store.create(in: project.path, model: model)
  }

  private func bring(_ file: String, into store: Store) throws(Failure) -> FileReport {
    let intake = Intake(model: model, options: intake)
    let reading: Reading
    let digest: String
    let byteCount: Int
    // A file is read in parts, twice; standard input can be read but once.
    if file != "-", let found = sha256Hex(path: file) {
      reading = try intake.read(path: file)
      (digest, byteCount) = found
    } else {
      let bytes = try SourceFile.bytes(path: file)
      reading = try intake.read(name: file, bytes: bytes)
      (digest, byteCount) = (sha256Hex(bytes), bytes.count)
    }
    guard reading.receipt.rowsRead > 0 else {
      throw Failure(
        .input, code: "import.no-rows",
        fr: "la feuille n’a que ses en-têtes : aucune ligne à importer",
        en: "the sheet has only its headings: no row to import", at: SourceLocation(file: file))
    }
    let submission = Submission(
      fileName: SafeWriting.name(of: file), fileDigest: digest, byteCount: byteCount,
      source: reading.sourceName, mappingDigest: mappingDigest,
      correctsRejectsOf: reading.correctsRejectsOf, batches: reading.batches,
      rejects: reading.rejects, header: reading.header, receipt: Self.encoded(reading.receipt))
    let effect: ImportEffect
    if options.isDryRun {
      effect = .planned(try store.plan(submission))
    } else {
      switch try store.commit(submission, now: Date.now.formatted(.iso8601)) {
      case .unchanged(let record): effect = .unchanged(record)
      case .landed(let record, let change): effect = .landed(record, change)
      }
    }
    var rejectsPath: String?
    if let record = effect.record, !reading.rejects.isEmpty {
      rejectsPath = try writeRejects(of: reading, of: record, file: file)
    }
    let status: ExitStatus = reading.rejects.isEmpty ? .done : .rowsSetAside
    return FileReport(
      file: file, receipt: Shown.text(reading.receipt.text(in: language)),
      summary: effect.summary(
        model: model, setAside: reading.rejects.count, rejectsPath: rejectsPath),
      diagnostics: [],
      json: effect.json(
        file: file, receipt: submission.receipt, setAside: reading.rejects.count,
        rejectsPath: rejectsPath, status: status),
      status: status)
  }

  /// Writes the rows set aside, after the commit: they are in the store, and can be written again
  /// (`lien imports show N --rejects FILE`).
  private func writeRejects(of reading: Reading, of record: ImportRecord, file: String)
    throws(Failure) -> String
  {
    let text = RejectsFile.csv(
      rejects: reading.rejects, header: reading.header, importNumber: record.id,
      dialect: reading.dialect)
    if let path = options.rejectsFile {
      try SafeWriting.write(text, to: path, force: options.force, isPrivate: true)
      return path
    }
    let folder = project.privateFolder + "/rejets"
    try SafeWriting.makeFolder(folder, isPrivate: true)
    var name = SafeWriting.name(of: file)
    if name.lowercased().hasSuffix(".csv") { name = String(name.dropLast(4)) }
    let path = "\(folder)/\(record.id)-\(Slug.make(name)).csv"
    // Its name is this import's own: only the same rows can be there.
    try SafeWriting.write(text, to: path, force: true, isPrivate: true)
    return path
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

  private static func encoded(_ receipt: Receipt) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(receipt)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
