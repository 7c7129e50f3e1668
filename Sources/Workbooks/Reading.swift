package import Diagnostics

extension Workbook {
  /// Whether these bytes are for `Workbook` to read or to refuse: a ZIP archive, an old Office
  /// document, an OpenDocument or Excel XML file, a page with a table. Decided by the content.
  package static func isWorkbook(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  /// Reads a workbook from the bytes of its file; `name` is for messages.
  ///
  /// - Throws: `Failure` with status `input` when it is none, protected, damaged or hostile.
  package init(bytes: [UInt8], name: String) throws(Failure) {
    do throws(Refusal) {
      let archive = try ZipArchive(bytes)
      guard let workbook = try XLSXReader(archive)?.read() else {
        throw Refusal("workbook.none", fr: "aucun classeur", en: "no workbook")
      }
      self = workbook
    } catch {
      throw error.failure(name)
    }
  }
}
