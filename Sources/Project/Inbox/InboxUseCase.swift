package import Diagnostics
import FoundationEssentials
import Glibc
import HTML
import Ingest
import Model
import Persistence

/// `lien inbox`: what is dropped in a folder is imported, its receipt laid beside it, and the
/// sheet moved to the day's folder when it is done.
package final class InboxUseCase {
  /// What became of one file.
  package struct Line: Sendable {
    /// The file, under the folder.
    package let file: String
    /// What became of it, in a sentence without any cell.
    package let said: Phrase
    /// As JSON, without any cell.
    package let json: String
    /// The exit code that the file alone would give.
    package let status: ExitStatus
    /// What it adds to the sum of a look.
    let sum: ImportSum
  }

  let project: ProjectFolder
  let language: Language
  let model: Model
  let files: InboxFiles
  private let lock: InboxLock
  private let interval: Double
  private let importing: ImportUseCase
  /// What a look is at.
  package let meter = ImportMeter()
  /// What the last look that took several files did, in a sentence; nil when there was none.
  package private(set) var lastSum: Phrase?
  /// Files that stay where they are, as they stood: not tried again until they change.
  private var kept: [InboxFiles.Dropped: InboxFiles.Stamp] = [:]
  /// How files stood at the look before.
  private var seen: [InboxFiles.Dropped: InboxFiles.Stamp] = [:]

  /// Takes the folder for this process; `interval` is the seconds between two looks.
  ///
  /// - Throws: `Failure` when it is none, or another process has it.
  package init(
    project: ProjectFolder, folder: String, interval: Double, language: Language
  ) throws(Failure) {
    guard SafeWriting.isFolder(folder) else {
      throw Failure(
        .input, code: "inbox.no-folder", fr: "ce dossier n’existe pas", en: "no such folder",
        at: SourceLocation(file: folder))
    }
    self.project = project
    self.language = language
    self.interval = interval
    model = try project.model()
    importing = try ImportUseCase(
      project: project, language: language,
      options: ImportUseCase.Options(leavesBooks: true, keepsDetails: true),
      model: model)
    files = InboxFiles(folder: folder)
    lock = try InboxLock(folder: folder)
  }

  /// One look for `--watch`: takes the files that stand as they stood at the look before.
  package func look(each: (Line) -> Void) throws(Failure) -> ExitStatus {
    let now = files.dropped()
    let ready = now.filter { seen[$0.file] == $0.stamp && kept[$0.file] != $0.stamp }
    seen = Dictionary(uniqueKeysWithValues: now.map { ($0.file, $0.stamp) })
    return try take(ready, each: each)
  }

  /// Everything that is there, once: two looks, an interval apart.
  package func once(each: (Line) -> Void) throws(Failure) -> ExitStatus {
    _ = try look { _ in }
    guard !seen.isEmpty else { return .done }
    pause()
    let before = seen
    let worst = try look(each: each)
    for file in seen.keys.sorted(by: { $0.relative < $1.relative })
    where before[file] != seen[file] && kept[file] == nil {
      let said = Phrase(
        fr: "encore en cours de copie : au prochain passage", en: "still being copied: next time")
      each(line(file, said, .waiting, .done))
    }
    return worst
  }

  /// Waits until the next look.
  package func pause() { usleep(UInt32(clamping: Int(interval * 1_000_000))) }

  private func take(
    _ ready: [(file: InboxFiles.Dropped, stamp: InboxFiles.Stamp)], each: (Line) -> Void
  ) throws(Failure) -> ExitStatus {
    let waiting = ready.filter { one in
      let isOurs = isAsItWasLaid(one.file)
      if isOurs { kept[one.file] = one.stamp }
      return !isOurs
    }
    guard !waiting.isEmpty else { return .done }
    let store = try importing.openStore()
    var worst = ExitStatus.done
    var lines: [Line] = []
    for (i, one) in waiting.enumerated() {
      meter.begin("\(i + 1)/\(waiting.count) " + Escaping.terminal(one.file.relative))
      defer { meter.end() }
      guard let line = try bring(one.file, one.stamp, into: store) else { continue }
      worst = max(worst, line.status)
      lines.append(line)
      each(line)
    }
    _ = try Forgetting.expireByItself(importing.project)
    if lines.count > 1 {
      var sum = ImportSum()
      for line in lines { sum.add(line.sum) }
      let (fr, en) = (
        sum.text(model: model, language: .fr), sum.text(model: model, language: .en)
      )
      lastSum = Phrase(
        fr: "\(lines.count) fichiers. \(fr) (\(InboxFiles.summary))",
        en: "\(lines.count) files. \(en) (\(InboxFiles.summary))")
      try summarise(lines, sum)
    }
    return worst
  }

  /// Whether a file is one of rows to correct that nobody touched since it was laid here.
  private func isAsItWasLaid(_ file: InboxFiles.Dropped) -> Bool {
    InboxFiles.kind(of: file).kind == .rejects
      && RejectFiles(project: project).owner(ofFileAt: files.path(file)) != nil
  }

  private func bring(
    _ file: InboxFiles.Dropped, _ stamp: InboxFiles.Stamp, into store: Store
  ) throws(Failure) -> Line? {
    if InboxFiles.kind(of: file).kind == .names { return try confirm(file, stamp) }
    let path = files.path(file)
    if let digest = sha256Hex(path: path)?.digest,
      let known = try store.activeImport(ofFile: digest)
    {
      let said = Phrase(
        fr: "déjà entrée (import \(known)) : rien n’a changé",
        en: "came in already (import \(known)): nothing changed")
      try lay(Page(notice: said), beside: file)
      finish(file, stamp)
      return line(file, said, .unchanged, .done)
    }
    var reports: [ImportUseCase.FileReport] = []
    importing.with(residence: try residence(of: file, store), meter: meter)
      .run(path, into: store) { reports.append($0) }
    // Whatever its name is by now.
    if reports.contains(where: { $0.diagnostics.first?.code == NamesFile.failureCode }) {
      return try confirm(file, stamp)
    }
    let status = reports.map(\.status).max() ?? .done
    let isDone = reports.contains { $0.details != nil }
    let isUncorrected = reports.contains { report in
      guard case .unchanged? = report.details?.effect else { return false }
      return report.details?.receipt.correctsRejectsOf != nil && report.status == .rowsSetAside
    }
    guard isDone, !isUncorrected else {
      var page = Page(reports: reports)
      if isUncorrected { page.corrections = SafeWriting.name(of: file.relative) }
      try lay(page, beside: file)
      keep(file, stamp)
      return line(file, said(reports), isDone ? .done : .kept, status, ImportSum(reports))
    }
    let mode = files.mode(of: file)
    let rejects = reports.lazy.compactMap { $0.details?.left.rejects }.first
    let names = reports.compactMap(\.details).flatMap(\.left.names)
    try lay(
      Page(
        reports: reports,
        corrections: rejects.map { _ in SafeWriting.name(of: files.rejects(of: file).relative) },
        names: names.isEmpty ? nil : SafeWriting.name(of: files.names(of: file).relative)),
      beside: file)
    finish(file, stamp)
    removeReplaced(of: file, reports)
    if let rejects { try lay(rejectsAt: rejects, as: files.rejects(of: file), mode) }
    if !names.isEmpty { try lay(names: names, as: files.names(of: file), mode) }
    return line(file, said(reports), .done, status, ImportSum(reports))
  }

  /// The residence that a subfolder is named after; none when the project knows no such one.
  private func residence(
    of file: InboxFiles.Dropped, _ store: Store
  ) throws(Failure) -> String? {
    guard let name = file.subfolder else { return nil }
    return try ImportChecks(store: store, model: model).names(of: "residence")?
      .key(of: name)
  }

  /// Takes away the rows to correct of a sheet that a corrected version of it has replaced.
  private func removeReplaced(
    of file: InboxFiles.Dropped, _ reports: [ImportUseCase.FileReport]
  ) {
    let replaced = reports.compactMap { $0.details?.effect.change }.flatMap(\.corrects)
    let laid = files.rejects(of: file)
    let rejects = RejectFiles(project: project)
    guard let owner = rejects.owner(ofFileAt: files.path(laid)), replaced.contains(owner) else {
      return
    }
    files.remove(laid)
    rejects.remove(of: owner)
  }

  /// Leaves a file where it is, not to be tried again until it changes.
  func keep(_ file: InboxFiles.Dropped, _ stamp: InboxFiles.Stamp) { kept[file] = stamp }

  /// Moves a file to the day's folder.
  func finish(_ file: InboxFiles.Dropped, _ stamp: InboxFiles.Stamp) {
    let day = String(Date.now.formatted(.iso8601).prefix(10))
    // A file that cannot be moved is not tried over and over.
    if (try? files.finish(file, day: day)) == nil { kept[file] = stamp }
    seen[file] = nil
  }

  // MARK: - What is told

  /// What became of a file, for programs.
  enum FileOutcome: String {
    case waiting, unchanged, done, kept, decided
  }

  func line(
    _ file: InboxFiles.Dropped, _ said: Phrase, _ outcome: FileOutcome, _ status: ExitStatus,
    _ sum: ImportSum = ImportSum()
  ) -> Line {
    Line(
      file: file.relative, said: said,
      json: JSONText.object([
        ("file", JSONText.string(file.relative)), ("outcome", JSONText.string(outcome.rawValue)),
        ("status", "\(status.rawValue)"), ("message", JSONText.string(said[language])),
      ]), status: status, sum: sum)
  }

  func said(_ reports: [ImportUseCase.FileReport]) -> Phrase {
    let all = reports.compactMap { report -> Phrase? in
      if let details = report.details {
        return details.effect.summary(
          model: model, setAside: details.receipt.rowsSetAside, rejectsPath: nil)
      }
      return report.diagnostics.first?.message
    }
    return Phrase(
      fr: all.map { $0.fr.replacing("\n", with: " ") }.joined(separator: " "),
      en: all.map { $0.en.replacing("\n", with: " ") }.joined(separator: " "))
  }
}
