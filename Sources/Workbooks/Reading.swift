package import Diagnostics

extension Workbook {
  /// Whether these bytes are for `Workbook` to read or to refuse: a ZIP archive, an old Office
  /// document, an OpenDocument or Excel XML file, a page with a table, the lock file that Office
  /// leaves beside an open document. Decided by the content.
  package static func isWorkbook(_ bytes: [UInt8]) -> Bool { FileNature(bytes) != nil }

  /// Whether a file's name promises a workbook that only its own format can be (`.xlsx`, `.ods`):
  /// when its content is none, it is damaged, or not what it says.
  package static func promisesWorkbook(_ name: String) -> Bool {
    let suffixes = [".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".ots", ".fods"]
    let lower = name.lowercased()
    return suffixes.contains { lower.hasSuffix($0) }
  }

  /// Reads a workbook from the bytes of its file; `name` is for messages.
  ///
  /// - Throws: `Failure` with status `input` when it is none, protected, damaged or hostile.
  package init(bytes: [UInt8], name: String) throws(Failure) {
    do throws(Refusal) {
      self = try Self.read(bytes)
    } catch {
      throw error.failure(name)
    }
    for i in sheets.indices { sheets[i].rank = i + 1 }
    for sheet in sheets where !sheet.uncomputed.isEmpty {
      warnings.append(Self.uncomputed(sheet))
    }
  }

  private static func read(_ bytes: [UInt8]) throws(Refusal) -> Workbook {
    switch FileNature(bytes) {
    case .zip:
      let archive = try ZipArchive(bytes)
      if let workbook = try ODFReader.read(archive) { return workbook }
      if let workbook = try XLSXReader(archive)?.read() { return workbook }
      throw FileNature.refusal(ofArchive: archive.names)
    case .ole: throw FileNature.refusal(ofOLE: bytes)
    case .openDocument:
      if let workbook = try ODFReader.readFlat(bytes) { return workbook }
      throw FileNature.noSpreadsheet
    case .xml2003: return try XML2003Reader.read(bytes)
    case .html: return try HTMLReader.read(bytes)
    case .lock:
      throw Refusal(
        "workbook.lock",
        fr: "ce n’est pas le classeur mais le témoin (« ~$ ») d’un classeur ouvert",
        en: "not the workbook but the lock file (“~$”) of an open one",
        remedy: Phrase(
          fr: "fermez le classeur dans Excel ou LibreOffice, puis donnez le fichier sans « ~$ »",
          en: "close the workbook, then name the file without “~$”"))
    case nil:
      if bytes.isEmpty {
        throw Refusal("workbook.empty", fr: "fichier vide", en: "empty file")
      }
      throw Refusal(
        "workbook.none", fr: "ce n’est pas un classeur, malgré son nom, ou il est endommagé",
        en: "not a workbook, whatever its name, or a damaged one", remedy: Refusal.sendAgain)
    }
  }

  private static func uncomputed(_ sheet: WorkbookSheet) -> Diagnostic {
    let first = sheet.uncomputed[0]
    let name = CellName.text(row: first.row, column: first.column)
    let count = sheet.uncomputed.count
    let more = count > 1
    return Diagnostic(
      .warning, code: "workbook.uncomputed",
      Phrase(
        fr: "\(count) formule\(more ? "s" : "") sans résultat enregistré : lue\(more ? "s" : "") "
          + "comme vide\(more ? "s" : "") (\(more ? "à partir de " : "")\(name))",
        en: "\(count) formula\(more ? "s" : "") without a stored result, read as empty "
          + "(\(more ? "from " : "")\(name))"),
      remedy: Phrase(
        fr:
          "ouvrez le classeur dans Excel ou LibreOffice et enregistrez-le : les résultats y seront",
        en: "open the workbook in Excel or LibreOffice and save it: the results will be there"),
      at: SourceLocation(file: sheet.name))
  }
}
