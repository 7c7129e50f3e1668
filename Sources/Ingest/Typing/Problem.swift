import Diagnostics
import Model

/// One thing wrong with one row of a sheet.
struct Problem {
  /// The record in the grid.
  var record: Int32
  /// The field at fault, counted from the row's first; nil when the whole row is.
  var column: Int?
  var reason: Diagnostic
}

/// What is wrong with a cell, in words; never with the cell's value.
enum Fault {
  static func missing(_ column: ColumnDeclaration) -> Diagnostic {
    Diagnostic(
      code: "cell.missing",
      Phrase(
        fr: "« \(column.label.fr) » est obligatoire et la cellule est vide",
        en: "“\(column.label.en)” is required and the cell is empty"),
      remedy: Phrase(fr: "complétez la cellule", en: "fill the cell in"))
  }

  static let impossibleDate = Diagnostic(
    code: "cell.date-impossible",
    Phrase(fr: "date inexistante", en: "there is no such date"),
    remedy: Phrase(
      fr: "écrivez un jour du calendrier, comme 28/02/2024",
      en: "write a day of the calendar, such as 2024-02-28"))

  static let monthFirstDate = Diagnostic(
    code: "cell.date-impossible",
    Phrase(
      fr: "date inexistante en lisant le jour d’abord",
      en: "there is no such date, day first"),
    remedy: Phrase(
      fr: "écrivez le jour d’abord, comme 28/02/2024 ; si toutes les dates sont mois/jour, "
        + "importez avec --date-order mdy",
      en: "write a day of the calendar, such as 2024-02-28; if all dates are month first, "
        + "import with --date-order mdy"))

  static let dateWithoutYear = Diagnostic(
    code: "cell.date-without-year",
    Phrase(fr: "date sans année", en: "date without a year"),
    remedy: Phrase(fr: "ajoutez l’année, comme 05/03/2024", en: "add the year, as in 2024-03-05"))

  static let implausibleDate = Diagnostic(
    code: "cell.date-implausible",
    Phrase(fr: "année invraisemblable dans la date", en: "implausible year in the date"),
    remedy: Phrase(
      fr: "vérifiez l’année, comme 05/03/2024", en: "check the year, as in 2024-03-05"))

  static let unreadableDate = Diagnostic(
    code: "cell.date-unreadable",
    Phrase(fr: "une date est attendue, autre chose a été trouvé", en: "a date is expected"),
    remedy: Phrase(
      fr: "écrivez-la comme 05/03/2024 ou 5 mars 2024", en: "write it as 2024-03-05"))

  static let unreadableMonth = Diagnostic(
    code: "cell.month-unreadable",
    Phrase(fr: "un mois est attendu, autre chose a été trouvé", en: "a month is expected"),
    remedy: Phrase(
      fr: "écrivez-le comme mars 2024 ou 03/2024", en: "write it as 2024-03"))

  static let unreadableTime = Diagnostic(
    code: "cell.time-unreadable",
    Phrase(fr: "une heure est attendue, autre chose a été trouvé", en: "a time is expected"),
    remedy: Phrase(fr: "écrivez-la comme 14h30 ou 14:30", en: "write it as 14:30"))

  static let unreadableNumber = Diagnostic(
    code: "cell.number-unreadable",
    Phrase(fr: "un nombre est attendu, autre chose a été trouvé", en: "a number is expected"),
    remedy: Phrase(
      fr: "écrivez-le en chiffres, comme 12 ou 12,50", en: "write it in digits, such as 12 or 12.50"
    ))

  static let shortYear = Diagnostic(
    code: "cell.year-short",
    Phrase(
      fr: "année sur deux chiffres : de quel siècle ?", en: "a year of two digits: which century?"),
    remedy: Phrase(
      fr: "écrivez l’année en quatre chiffres, comme 1958", en: "write all four digits, as in 1958")
  )

  static let doubtfulNumber = Diagnostic(
    code: "cell.number-doubtful",
    Phrase(
      fr: "nombre à deux lectures (virgule ou point : décimales ou milliers ?)",
      en: "number with two readings (comma or dot: decimals or thousands?)"),
    remedy: Phrase(
      fr: "écrivez toute la colonne avec la même virgule décimale",
      en: "write the whole column with one decimal mark"))

  static let notWhole = Diagnostic(
    code: "cell.number-not-whole",
    Phrase(
      fr: "un nombre entier est attendu, un nombre à décimales a été trouvé",
      en: "a whole number is expected, a fraction was found"),
    remedy: Phrase(fr: "arrondissez ou corrigez", en: "round or correct it"))

  static let unreadableBoolean = Diagnostic(
    code: "cell.boolean-unreadable",
    Phrase(fr: "oui ou non est attendu, autre chose a été trouvé", en: "yes or no is expected"),
    remedy: Phrase(fr: "écrivez oui ou non", en: "write yes or no"))

  static let unreadableInstant = Diagnostic(
    code: "cell.instant-unreadable",
    Phrase(
      fr: "un instant en nombre de secondes ou de millisecondes est attendu",
      en: "an instant as a number of seconds or milliseconds is expected"),
    remedy: Phrase(
      fr: "vérifiez la cellule ou la correspondance", en: "check the cell or the mapping"))

  static func outside(_ column: ColumnDeclaration) -> Diagnostic {
    let low = column.minimum.map { ("au moins \(plain($0, .fr))", "at least \(plain($0, .en))") }
    let high = column.maximum.map { ("au plus \(plain($0, .fr))", "at most \(plain($0, .en))") }
    let bounds = [low, high].compactMap { $0 }
    return Diagnostic(
      code: "cell.number-outside",
      Phrase(
        fr: "nombre hors des bornes : " + bounds.map(\.0).joined(separator: ", "),
        en: "number out of bounds: " + bounds.map(\.1).joined(separator: ", ")),
      remedy: Phrase(fr: "corrigez le nombre", en: "correct the number"))
  }

  static func unknownCode(_ column: ColumnDeclaration) -> Diagnostic {
    Diagnostic(
      code: "cell.code-unknown",
      Phrase(
        fr: "valeur inconnue pour « \(column.label.fr) »",
        en: "unknown value for “\(column.label.en)”"),
      remedy: Phrase(
        fr: "valeurs admises : " + column.values.map(\.label.fr).joined(separator: ", "),
        en: "allowed values: " + column.values.map(\.label.en).joined(separator: ", ")))
  }

  static func unmapped(_ column: ColumnDeclaration, known: [String]) -> Diagnostic {
    let list = known.sorted().joined(separator: ", ")
    return Diagnostic(
      code: "cell.value-unmapped",
      Phrase(
        fr: "valeur que la correspondance ne prévoit pas pour « \(column.label.fr) »",
        en: "value that the mapping does not provide for “\(column.label.en)”"),
      remedy: Phrase(fr: "valeurs prévues : \(list)", en: "provided values: \(list)"))
  }

  static func tooFewCells(_ found: Int, of expected: Int) -> Diagnostic {
    Diagnostic(
      code: "row.too-short",
      Phrase(
        fr: "ligne trop courte : \(found) cellule\(found > 1 ? "s" : "") au lieu de \(expected)",
        en: "row too short: \(found) cell\(found > 1 ? "s" : "") instead of \(expected)"),
      remedy: Phrase(
        fr: "complétez la ligne ; laissez vides les cellules inconnues",
        en: "complete the row; leave unknown cells empty"))
  }

  static func tooManyCells(_ found: Int, of expected: Int) -> Diagnostic {
    Diagnostic(
      code: "row.too-long",
      Phrase(
        fr: "ligne trop longue : \(found) cellules au lieu de \(expected)",
        en: "row too long: \(found) cells instead of \(expected)"),
      remedy: Phrase(
        fr: "retirez le séparateur en trop ou mettez le texte entre guillemets",
        en: "remove the extra delimiter or quote the text"))
  }

  static func noText(at byte: Int) -> Diagnostic {
    Diagnostic(
      code: "row.no-text",
      Phrase(
        fr: "des octets qui ne sont d’aucun texte (à l’octet \(byte) du fichier)",
        en: "bytes that are of no text (at byte \(byte) of the file)"),
      remedy: Phrase(
        fr: "retapez la ligne, ou demandez le fichier d’origine",
        en: "type the row again, or ask for the original file"))
  }

  static let unclosedQuote = Diagnostic(
    code: "row.unclosed-quote",
    Phrase(fr: "guillemet ouvert et jamais fermé", en: "a quote is opened and never closed"),
    remedy: Phrase(
      fr: "fermez le guillemet ou retirez-le", en: "close the quote or remove it"))

  private static func plain(_ value: Double, _ language: Language) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    let text = "\(value)"
    return language == .fr ? text.replacing(".", with: ",") : text
  }
}
