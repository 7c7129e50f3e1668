import Columns
import Diagnostics
import Ingest
import Model
import Persistence

extension ImportUseCase {
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
      file, SheetContent(bytes: bytes, digest: "", byteCount: bytes.count, isText: true), checks,
      checks.names())
  }

  /// Reads a sheet, with residences by key or name, stays compared with those of the store, and
  /// people by what the register and earlier decisions say of their names.
  func read(
    _ file: String, _ content: SheetContent, _ checks: ImportChecks,
    _ names: [String: KnownNames]
  ) throws(Failure) -> Understood {
    var intake = self.intake
    intake.names = names
    if let residences = names["residence"] {
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
        intake.memo = ReadingMemo(isOn: true)
      }
    }
    var out = Understood(readings: try read(file, content, checks, names, intake))
    guard let people = intake.people, !out.readings.isEmpty else { return out }
    let questions = people.questions
    if !questions.isEmpty {
      let year = out.readings.lazy.flatMap(\.receipt.tables).compactMap(\.lastDate).first
        .flatMap { Int($0.prefix(4)) }
      if var answers = try PeopleAnswers(
        checks.store, model, year: year, language: language, memo: registerMemo)
      {
        people.answer(answers.answers(to: questions, quiet: people.quietQuestions))
        out.readings = try read(file, content, checks, names, intake)
        out.doubts = answers.doubts
        guard let named = out.readings.indices.last else { return out }
        out.readings[named].receipt.assumptions += answers.remarks
        if !answers.used.isEmpty {
          for i in out.readings.indices {
            out.readings[i].receipt.settled = (out.readings[i].receipt.settled ?? [:]).merging(
              ["decisions": answers.used.map { "\($0.id)" }.joined(separator: ",")]
            ) { _, new in new }
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
    _ file: String, _ content: SheetContent, _ checks: ImportChecks, _ names: [String: KnownNames],
    _ given: IntakeOptions
  ) throws(Failure) -> [Reading] {
    var intake = given
    let progress = ReadingProgress()
    intake.progress = progress
    meter.read(progress, bytes: content.byteCount)
    let reader = self.reader.with(intake)
    func recalling(_ id: Int) throws(Failure) -> TakenForm? {
      let record = try checks.store.imports().first { $0.id == id }
      var taken = record.flatMap { WaitingRows.takenForm(of: $0, project) }
      if let said = taken?.residence {
        taken?.residence = names["residence"]?.key(of: said) ?? said
      }
      return taken
    }
    func objecting(_ batch: TableBatch, _ isCorrection: Bool) throws(Failure) -> [Int: Diagnostic] {
      try checks.overlaps(in: batch, isCorrection: isCorrection)
    }
    let readings: [Reading]
    if content.bytes == nil, options.sheets.isEmpty,
      let clean = try reader.readClean(path: file, objecting: objecting)
    {
      readings = [clean]
    } else {
      meter.review()
      let bytes: [UInt8]
      if let known = content.bytes {
        bytes = known
      } else {
        bytes = try SourceFile.bytes(path: file)
      }
      readings = try reader.readAll(
        name: file, bytes: bytes, areText: content.isText, objecting: objecting,
        recalling: recalling)
    }
    if let residence = options.residence, let residences = names["residence"],
      residences.key(of: residence) == nil,
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
}
