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
  }

  private let project: ProjectFolder
  private let language: Language
  private let model: Model
  private let files: InboxFiles
  private let lock: InboxLock
  private let interval: Double
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
      each(line(file, said, "waiting", .done))
    }
    return worst
  }

  /// Waits until the next look.
  package func pause() { usleep(UInt32(clamping: Int(interval * 1_000_000))) }

  private func take(
    _ ready: [(file: InboxFiles.Dropped, stamp: InboxFiles.Stamp)], each: (Line) -> Void
  ) throws(Failure) -> ExitStatus {
    var worst = ExitStatus.done
    var lines: [Line] = []
    for one in ready {
      if isOwnRejects(one.file) {
        kept[one.file] = one.stamp
        continue
      }
      let line = try bring(one.file, one.stamp)
      worst = max(worst, line.status)
      lines.append(line)
      each(line)
    }
    if lines.count > 1 { try summarise(lines) }
    return worst
  }

  /// A file of rows to correct, as it was laid here: it waits for its corrections.
  private func isOwnRejects(_ file: InboxFiles.Dropped) -> Bool {
    guard files.rejects(of: file) == files.path(file),
      let bytes = FileManager.default.contents(atPath: files.path(file))
    else { return false }
    let folder = project.privateFolder + "/rejets"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { FileManager.default.contents(atPath: folder + "/" + $0) == bytes }
  }

  private func bring(
    _ file: InboxFiles.Dropped, _ stamp: InboxFiles.Stamp
  ) throws(Failure) -> Line {
    let path = files.path(file)
    if let known = try importHolding(path) {
      let said = Phrase(
        fr: "déjà entrée (import \(known)) : rien n’a changé",
        en: "came in already (import \(known)): nothing changed")
      try lay([], beside: file, notice: said)
      finish(file, stamp)
      return line(file, said, "unchanged", .done)
    }
    var reports: [ImportUseCase.FileReport] = []
    let importing = try ImportUseCase(
      project: project, language: language,
      options: ImportUseCase.Options(residence: residence(of: file), keepsDetails: true))
    let status = importing.run([path]) { reports.append($0) }
    let isDone = reports.contains { $0.details != nil }
    let isUncorrected = reports.contains { report in
      guard case .unchanged? = report.details?.effect else { return false }
      return report.details?.receipt.correctsRejectsOf != nil && report.status == .rowsSetAside
    }
    let rejects = isDone && !isUncorrected ? reports.compactMap { $0.details?.rejectsPath } : []
    let rejectsText = rejects.first.flatMap { FileManager.default.contents(atPath: $0) }
    let laid = files.rejects(of: file)
    try lay(
      reports, beside: file,
      corrections: rejectsText == nil && !isUncorrected ? nil : SafeWriting.name(of: laid))
    let mode = files.mode(of: file)
    if isDone, !isUncorrected {
      finish(file, stamp)
    } else {
      kept[file] = stamp
    }
    if let rejectsText {
      try SafeWriting.write(Array(rejectsText), to: laid, force: true, isPrivate: true)
      files.share(laid, mode)
    }
    return line(file, said(reports), isDone ? "done" : "kept", status)
  }

  /// The import in force that a file's very bytes made, under whatever name.
  private func importHolding(_ path: String) throws(Failure) -> Int? {
    guard Store.exists(in: project.path), let digest = sha256Hex(path: path)?.digest else {
      return nil
    }
    let store = try Store.open(in: project.path, model: model, forWriting: false)
    return try store.imports().last { $0.fileDigest == digest && $0.state == .active }?.id
  }

  /// The residence that a subfolder is named after; none when the project knows no such one.
  private func residence(of file: InboxFiles.Dropped) throws(Failure) -> String? {
    guard let name = file.subfolder, Store.exists(in: project.path) else { return nil }
    let store = try Store.open(in: project.path, model: model, forWriting: false)
    return try ImportChecks(store: store, model: model).residences()?.key(of: name)
  }

  private func finish(_ file: InboxFiles.Dropped, _ stamp: InboxFiles.Stamp) {
    let day = String(Date.now.formatted(.iso8601).prefix(10))
    // A file that cannot be moved is not tried over and over.
    if (try? files.finish(file, day: day)) == nil { kept[file] = stamp }
    seen[file] = nil
  }

  // MARK: - What is laid beside

  private func lay(
    _ reports: [ImportUseCase.FileReport], beside file: InboxFiles.Dropped,
    notice: Phrase? = nil, corrections: String? = nil
  ) throws(Failure) {
    let page = ReceiptPage(
      file: file.relative, reports: reports, model: model, language: language, notice: notice,
      corrections: corrections)
    let path = files.receipt(of: file)
    try SafeWriting.write(
      page.text(sheetAt: files.path(file)), to: path, force: true, isPrivate: true)
    files.share(path, files.mode(of: file))
  }

  /// One page for all files of a look, with links to their receipts.
  private func summarise(_ lines: [Line]) throws(Failure) {
    let path = files.folder + "/" + InboxFiles.summary
    let rows = lines.map { line -> Markup in
      "<tr><th scope=\"row\">\(line.file)</th><td>\(line.said[language])</td></tr>"
    }
    let title = language == .fr ? "Récépissé de \(lines.count) feuilles" : "\(lines.count) sheets"
    let text = Page(
      language: language, title: title, summary: title, styles: [ReceiptStyle.rules],
      header: "<h1>\(title)</h1>",
      main: """
        <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
        <table class="problems"><caption>\(title)</caption><tbody>\(rows)</tbody></table></div>
        """,
      footer: "<p>lien</p>"
    ).text
    try SafeWriting.write(text, to: path, force: true, isPrivate: true)
    files.share(path, files.mode(ofPath: files.folder))
  }

  private func said(_ reports: [ImportUseCase.FileReport]) -> Phrase {
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

  private func line(
    _ file: InboxFiles.Dropped, _ said: Phrase, _ outcome: String, _ status: ExitStatus
  ) -> Line {
    Line(
      file: file.relative, said: said,
      json: JSONText.object([
        ("file", JSONText.string(file.relative)), ("outcome", JSONText.string(outcome)),
        ("status", "\(status.rawValue)"), ("message", JSONText.string(said[language])),
      ]), status: status)
  }
}
