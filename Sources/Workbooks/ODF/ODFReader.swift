/// Reads OpenDocument spreadsheets, zipped or as one XML file.
enum ODFReader {
  /// The sheets of an archive; nil when it holds no OpenDocument spreadsheet.
  static func read(_ archive: ZipArchive) throws(Refusal) -> Workbook? {
    guard let content = archive["content.xml"] else { return nil }
    if let manifest = archive["META-INF/manifest.xml"] {
      let parser = try XMLParser(ManifestHandler(), allowsDoctype: true)
      try archive.read(manifest) { (piece) throws(Refusal) in try parser.feed(piece) }
      try parser.finish()
    }
    let handler = ODFHandler()
    for entry in [archive["styles.xml"], content].compactMap(\.self) {
      let parser = try XMLParser(handler, allowsDoctype: true)
      try archive.read(entry) { (piece) throws(Refusal) in try parser.feed(piece) }
      try parser.finish()
    }
    return workbook(handler, .ods)
  }

  /// The sheets of a flat file; nil when it is no OpenDocument spreadsheet.
  static func readFlat(_ bytes: [UInt8]) throws(Refusal) -> Workbook? {
    let handler = ODFHandler()
    try XMLParser.parse(bytes, handler)
    return workbook(handler, .fods)
  }

  private static func workbook(_ handler: ODFHandler, _ format: WorkbookFormat) -> Workbook? {
    guard handler.isSpreadsheet else { return nil }
    return Workbook(
      format: format, sheets: handler.sheets, usesDate1904: handler.usesDate1904)
  }
}

/// Stops at the first part that a manifest says is encrypted.
private final class ManifestHandler: XMLHandler {
  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    if name == .encryptionData { throw .protected }
  }
}
