import Diagnostics
import Ingest

/// How a sheet is written, as far as the user says so; the rest is found out from the file.
package struct SheetForm: Sendable {
  /// The character between two cells, or `tab`.
  package var delimiter: String?
  /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`.
  package var encoding: String?
  /// `comma` or `dot`.
  package var decimal: String?
  /// `dmy` or `mdy`.
  package var dates: String?

  /// Makes a form; what is nil is found out.
  package init(
    delimiter: String? = nil, encoding: String? = nil, decimal: String? = nil,
    dates: String? = nil
  ) {
    self.delimiter = delimiter
    self.encoding = encoding
    self.decimal = decimal
    self.dates = dates
  }

  /// As intake takes it.
  ///
  /// - Throws: `Failure` with status `usage` for a delimiter or an encoding that does not exist.
  func options() throws(Failure) -> IntakeOptions {
    var out = IntakeOptions()
    if let delimiter {
      guard let byte = Dialect.delimiter(named: delimiter) else {
        throw unknown("--delimiter", delimiter, ", ; tab |")
      }
      out.delimiter = byte
    }
    if let encoding {
      guard let known = TextEncoding(named: encoding) else {
        throw unknown(
          "--encoding", encoding, TextEncoding.allCases.map(\.rawValue).joined(separator: " "))
      }
      out.encoding = known
    }
    out.decimal = decimal.flatMap(DecimalMark.init)
    out.dateOrder = dates.flatMap(DateOrder.init)
    return out
  }

  private func unknown(_ option: String, _ value: String, _ known: String) -> Failure {
    Failure(
      .usage, code: "usage.not-a-choice", fr: "« \(value) » n’est pas un choix de \(option)",
      en: "“\(value)” is not a choice of \(option)",
      remedy: Phrase(fr: "choix : \(known)", en: "choices: \(known)"))
  }
}
