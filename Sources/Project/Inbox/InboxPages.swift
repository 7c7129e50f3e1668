import Diagnostics
import HTML
import Ingest

/// What is laid in the folder: receipts, and files to fill in.
extension InboxUseCase {
  /// What the receipt of a file tells.
  struct Page {
    var reports: [ImportUseCase.FileReport] = []
    var notice: Phrase?
    var problems: [Diagnostic] = []
    /// The file of rows to correct.
    var corrections: String?
    /// The file of names to confirm.
    var names: String?
    /// Whether problems are in another sheet than the file.
    var isOfAnotherSheet = false
  }

  /// Lays the receipt of a file beside it.
  func lay(_ page: Page, beside file: InboxFiles.Dropped) throws(Failure) {
    let isOfAnother =
      page.isOfAnotherSheet
      || page.reports.contains { $0.details?.receipt.correctsRejectsOf != nil }
    let receipt = ReceiptPage(
      file: file.relative, reports: page.reports, model: model, language: language,
      notice: page.notice, problems: page.problems, corrections: page.corrections,
      names: page.names)
    try write(
      Array(receipt.text(sheetAt: isOfAnother ? nil : files.path(file)).utf8),
      as: files.receipt(of: file), files.mode(of: file))
  }

  /// Lays the rows to correct.
  func lay(rejectsAt path: String, as file: InboxFiles.Dropped, _ mode: Int) throws(Failure) {
    try write(SourceFile.bytes(path: path), as: file, mode)
  }

  /// Lays the names to confirm.
  func lay(
    names: [PeopleReview.Question], as file: InboxFiles.Dropped, _ mode: Int
  ) throws(Failure) {
    try write(ReviewBook(names).bytes(), as: file, mode)
  }

  private func write(
    _ bytes: [UInt8], as file: InboxFiles.Dropped, _ mode: Int
  ) throws(Failure) {
    let path = files.path(file)
    try SafeWriting.write(bytes, to: path, force: true, isPrivate: true)
    files.share(path, mode)
  }

  /// One page for all files of a look, with links to their receipts.
  func summarise(_ lines: [Line], _ sum: ImportSum) throws(Failure) {
    let rows = lines.map { line -> Markup in
      let receipt = files.receipt(of: InboxFiles.Dropped(relative: line.file)).relative
      let mark: Markup = line.status == .done ? "" : "⚠ "
      return """
        <tr><th scope="row">\(mark)<a href="\(FileLink(below: receipt))">\(line.file)</a></th>\
        <td>\(line.said[language])</td></tr>
        """
    }
    let fr = language == .fr
    let title = fr ? "Récépissé de \(lines.count) fichiers" : "\(lines.count) files"
    let text = HTML.Page(
      language: language, title: title, summary: title, styles: [ReceiptPage.rules],
      header: "<h1>\(title)</h1><p class=\"lead\">\(sum.text(model: model, language: language))</p>",
      main: """
        <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
        <table class="problems"><caption>\(fr ? "Fichier par fichier" : "File by file")</caption>\
        <tbody>\(rows)</tbody></table></div>
        """,
      footer: "<p>lien</p>"
    ).text
    let path = files.folder + "/" + InboxFiles.summary
    try SafeWriting.write(text, to: path, force: true, isPrivate: true)
    files.share(path, files.mode(ofPath: files.folder))
  }
}
