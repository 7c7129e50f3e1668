package import Diagnostics
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads what a user names as input, and tells what cannot be a sheet of text.
package enum SourceFile {
  /// The largest file that is read: positions are kept in 32 bits.
  static let largest = 1 << 31

  /// The bytes of a file, or of standard input for `-`.
  ///
  /// - Throws: `Failure` with status `input` when it is missing, a folder, unreadable or too big.
  package static func bytes(path: String) throws(Failure) -> [UInt8] {
    if path == "-" { return try all(of: 0, name: "-", expecting: 0) }
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw failure(
        "file.missing", path, fr: "fichier introuvable", en: "no such file",
        remedy: Phrase(
          fr: "vérifiez le nom et le dossier", en: "check the name and the folder"))
    }
    if isDirectory {
      throw failure(
        "file.directory", path, fr: "c’est un dossier, pas un fichier",
        en: "this is a folder, not a file",
        remedy: Phrase(
          fr: "nommez les fichiers du dossier un à un", en: "name the files of the folder"))
    }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    if let size, size >= largest { throw tooBig(path) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    return try all(of: descriptor, name: path, expecting: size ?? 0)
  }

  private static func unreadable(_ path: String) -> Failure {
    failure(
      "file.unreadable", path, fr: "fichier illisible (droits d’accès ?)",
      en: "unreadable file (permissions?)",
      remedy: Phrase(fr: "vérifiez que vous pouvez l’ouvrir", en: "check that you can open it"))
  }

  /// Refuses what is not text: empty files, workbooks, images, databases.
  ///
  /// - Throws: `Failure` with status `input`.
  static func check(_ bytes: [UInt8], name: String) throws(Failure) {
    if bytes.count >= largest { throw tooBig(name) }
    let blank: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
    if !bytes.contains(where: { !blank.contains($0) }) {
      throw failure(
        "file.empty", name, fr: "fichier vide", en: "empty file",
        remedy: Phrase(
          fr: "ouvrez-le et vérifiez qu’il contient la feuille attendue",
          en: "open it and check that it holds the expected sheet"))
    }
    for (magic, fr, en) in signatures where bytes.starts(with: magic) {
      throw failure(
        "file.binary", name, fr: "ce n’est pas un fichier CSV : c’est \(fr)",
        en: "this is not a CSV file: it is \(en)",
        remedy: Phrase(
          fr: "depuis le tableur, « Enregistrer sous » au format CSV UTF-8, puis importez ce CSV",
          en: "in the spreadsheet program, save as CSV UTF-8, then import that CSV"))
    }
    if bytes.holds(0), DecodedText.mark(bytes) == nil, DecodedText.utf16Pattern(bytes) == nil,
      DecodedText.withoutNULs(bytes) == nil
    {
      throw failure(
        "file.binary", name, fr: "ce n’est pas un fichier de texte (contenu binaire)",
        en: "this is not a text file (binary content)",
        remedy: Phrase(
          fr: "importez un fichier CSV", en: "import a CSV file"))
    }
  }

  /// How some common files begin that are not sheets of text.
  private static let signatures: [(magic: [UInt8], fr: String, en: String)] = [
    ([0x50, 0x4B, 0x03, 0x04], "un classeur ou une archive ZIP", "a workbook or a ZIP archive"),
    (
      [0xD0, 0xCF, 0x11, 0xE0], "un ancien document Office (.xls)", "an old Office document (.xls)"
    ),
    (Array("%PDF-".utf8), "un document PDF", "a PDF document"),
    (Array("SQLite format 3".utf8), "une base SQLite", "an SQLite database"),
    ([0x89, 0x50, 0x4E, 0x47], "une image PNG", "a PNG image"),
    ([0xFF, 0xD8, 0xFF], "une image JPEG", "a JPEG image"),
    ([0x1F, 0x8B], "une archive compressée", "a compressed archive"),
  ]

  /// The bytes of an open file, held once.
  private static func all(
    of descriptor: Int32, name: String, expecting size: Int
  ) throws(Failure) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if got == 0 { return out }
      if got < 0 {
        if errno == EINTR { continue }
        throw unreadable(name)
      }
      out.append(contentsOf: buffer[0..<got])
      if out.count >= largest { throw tooBig(name) }
    }
  }

  private static func tooBig(_ name: String) -> Failure {
    failure(
      "file.too-big", name, fr: "fichier de plus de 2 Go", en: "file larger than 2 GB",
      remedy: Phrase(
        fr: "découpez-le, par exemple par année", en: "split it, for example by year"))
  }

  private static func failure(
    _ code: String, _ name: String, fr: String, en: String, remedy: Phrase?
  )
    -> Failure
  {
    Failure(.input, code: code, fr: fr, en: en, remedy: remedy, at: SourceLocation(file: name))
  }
}
