import Diagnostics

/// What a file is, by its first bytes, among what this module reads or refuses.
enum FileNature {
  case zip, ole, openDocument, xml2003, html, lock

  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6]) {
      self = .zip
    } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .ole
    } else if Self.isLock(bytes) {
      self = .lock
    } else {
      let head = Self.head(bytes)
      guard head.utf8.first == 0x3C else { return nil }
      if head.contains("urn:schemas-microsoft-com:office:spreadsheet"),
        head.contains("<workbook") || head.contains(":workbook")
      {
        self = head.hasPrefix("<html") ? .html : .xml2003
      } else if head.contains("office:document"), head.contains("opendocument") {
        self = .openDocument
      } else if Self.isPage(head) {
        self = .html
      } else {
        return nil
      }
    }
  }

  /// The beginning of a text, in lower case and ASCII, without what may come before it.
  private static func head(_ bytes: [UInt8]) -> String {
    let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    var out: [UInt8] = []
    for byte in bytes.prefix(isWide ? 32_768 : 16_384) where byte > 0 && byte < 0x80 {
      if out.isEmpty, byte <= 0x20 { continue }
      out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isPage(_ head: String) -> Bool {
    let starts = [
      "<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<center",
      "<tr", "<thead", "<tbody",
    ]
    if starts.contains(where: head.hasPrefix) { return true }
    return head.hasPrefix("<?xml") || head.hasPrefix("<!--")
      ? head.contains("<html") || head.contains("<table") : false
  }

  /// Office's lock file: the length of a name, the name, and again in UTF-16.
  private static func isLock(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 165 || bytes.count == 162, (1...54).contains(bytes[0]) else {
      return false
    }
    return bytes[55] == bytes[0] && bytes[56] == 0 || bytes[54] == bytes[0] && bytes[55] == 0
  }

  static let noSpreadsheet = Refusal(
    "workbook.none", fr: "ce document n’est pas un classeur (texte ou présentation ?)",
    en: "this document is no workbook (a text, a presentation?)",
    remedy: Phrase(
      fr: "donnez un classeur .xlsx ou .ods, ou un fichier CSV",
      en: "name an .xlsx or .ods workbook, or a CSV file"))

  /// Why an archive without a workbook is not read.
  static func refusal(ofArchive names: [String]) -> Refusal {
    if names.contains(where: { $0.hasPrefix("Index/") && $0.hasSuffix(".iwa") }) {
      return Refusal(
        "workbook.numbers", fr: "document Numbers (Apple), qui n’est pas lu",
        en: "a Numbers document, which is not read",
        remedy: Phrase(
          fr: "dans Numbers : Fichier, Exporter vers, Excel, puis donnez ce fichier .xlsx",
          en: "in Numbers: File, Export To, Excel, then name that .xlsx file"))
    }
    if names.contains("encrypted-package") { return .protected }
    let office = ["word/", "ppt/", "content.xml", "mimetype"]
    if names.contains(where: { name in office.contains { name.hasPrefix($0) } }) {
      return noSpreadsheet
    }
    return Refusal(
      "workbook.none", fr: "archive ZIP qui ne contient pas de classeur",
      en: "a ZIP archive that holds no workbook",
      remedy: Phrase(
        fr:
          "si c’est un dossier comprimé, décompressez-le, puis donnez les fichiers qu’il contient",
        en: "if it is a compressed folder, unpack it, then name the files in it"))
  }

  /// Why an old Office document is not read: its streams are named in UTF-16.
  static func refusal(ofOLE bytes: [UInt8]) -> Refusal {
    func holds(_ word: String) -> Bool {
      let wide: [UInt8] = word.utf8.flatMap { [$0, 0] as [UInt8] }
      guard let first = wide.first else { return false }
      var at = bytes.startIndex
      while let next = bytes[at...].firstIndex(of: first) {
        if bytes[next...].starts(with: wide) { return true }
        at = next + 1
      }
      return false
    }
    if holds("EncryptedPackage") || holds("EncryptionInfo") { return .protected }
    if holds("Workbook") || holds("Book") {
      return Refusal(
        "workbook.xls", fr: "classeur de l’ancien format Excel (.xls, 97-2003), qui n’est pas lu",
        en: "a workbook in the old Excel format (.xls, 97-2003), which is not read")
    }
    return Refusal(
      "workbook.ole",
      fr:
        "ancien document Office, ou classeur protégé par mot de passe : ni l’un ni l’autre n’est lu",
      en: "an old Office document, or a workbook protected by a password: neither is read",
      remedy: Phrase(
        fr:
          "ouvrez-le dans Excel ou LibreOffice (avec son mot de passe) et enregistrez-en une copie "
          + ".xlsx sans mot de passe",
        en: "open it in Excel or LibreOffice (with its password) and save a copy as .xlsx without "
          + "a password"))
  }
}
