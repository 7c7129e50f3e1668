import Diagnostics

/// Why a file is not read, before it is known to a user by its name.
struct Refusal: Error {
  var code: String
  var message: Phrase
  var remedy: Phrase

  init(_ code: String, fr: String, en: String, remedy: Phrase = Refusal.saveAgain) {
    self.code = code
    message = Phrase(fr: fr, en: en)
    self.remedy = remedy
  }

  /// The same, as users are told it.
  func failure(_ name: String) -> Failure {
    Failure(
      .input, code: code, fr: message.fr, en: message.en, remedy: remedy,
      at: SourceLocation(file: name))
  }

  static let saveAgain = Phrase(
    fr: "ouvrez-le dans Excel ou LibreOffice, « Enregistrer sous » au format .xlsx, puis réessayez "
      + "avec ce nouveau fichier",
    en: "open it in Excel or LibreOffice, save it as .xlsx, then try again with that new file")

  static let sendAgain = Phrase(
    fr: "demandez à qui l’a envoyé une nouvelle copie, ou ouvrez-le dans Excel ou LibreOffice et "
      + "enregistrez-le au format .xlsx",
    en: "ask whoever sent it for another copy, or open it in Excel or LibreOffice and save it "
      + "as .xlsx")

  static func damaged(_ detail: Phrase) -> Refusal {
    Refusal(
      "workbook.damaged", fr: "classeur endommagé : \(detail.fr)",
      en: "damaged workbook: \(detail.en)", remedy: sendAgain)
  }

  static func damaged(fr: String, en: String) -> Refusal { damaged(Phrase(fr: fr, en: en)) }

  static func hostile(fr: String, en: String) -> Refusal {
    Refusal(
      "workbook.hostile", fr: "classeur refusé par prudence : \(fr)",
      en: "workbook refused as a precaution: \(en)", remedy: sendAgain)
  }

  static func tooLarge(fr: String, en: String) -> Refusal {
    Refusal(
      "workbook.too-large", fr: "classeur trop grand : \(fr)", en: "workbook too large: \(en)",
      remedy: Phrase(
        fr: "répartissez-le sur plusieurs fichiers, ou enregistrez chaque feuille en CSV",
        en: "split it into several files, or save each sheet as CSV"))
  }

  static let protected = Refusal(
    "workbook.protected", fr: "classeur protégé par mot de passe",
    en: "workbook protected by a password",
    remedy: Phrase(
      fr: "ouvrez-le avec son mot de passe et enregistrez-en une copie sans protection "
        + "(« Enregistrer sous », sans mot de passe)",
      en: "open it with its password and save a copy without protection"))
}

/// Bounds on what a file may make the program do. Ordinary workbooks stay far below them.
enum Bound {
  /// Files in an archive.
  static let entries = 20_000
  /// Bytes of one part, inflated.
  static let partBytes = 1 << 30
  /// Bytes of all parts read, inflated.
  static let totalBytes = 2 << 30
  /// A part of more than `ratioFrom` bytes may be at most `ratio` times what it takes in the file.
  static let ratio = 250
  static let ratioFrom = 8 << 20
  /// Elements inside one another.
  static let depth = 256
  /// Bytes of one tag with its attributes.
  static let tokenBytes = 4 << 20
  /// Bytes of the text of one cell.
  static let textBytes = 4 << 20
  /// Sheets of a workbook.
  static let sheets = 4_000
  /// Rows and columns of a sheet: Excel's.
  static let rows = 1_048_576
  static let columns = 16_384
  /// Cells that hold something, in one workbook.
  static let cells = 40_000_000
  /// Cells that a file makes by saying "the same again".
  static let repeatedCells = 4_000_000
  /// Bytes of the texts of a sheet: places in them are kept in 32 bits.
  static let arenaBytes = 1 << 30
}
