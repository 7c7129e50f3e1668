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
    let page = FolderPage(
      entries: lines.map { line in
        let receipt = files.receipt(of: InboxFiles.Dropped(relative: line.file)).relative
        return FolderPage.Entry(
          file: line.file, receipt: FileLink(below: receipt), said: line.said,
          isDone: line.status == .done)
      }, sum: sum.text(model: model, language: language), language: language)
    let path = files.folder + "/" + InboxFiles.summary
    try SafeWriting.write(page.text, to: path, force: true, isPrivate: true)
    files.share(path, files.mode(ofPath: files.folder))
  }
}
