import Diagnostics
import Ingest

/// How a sheet is written, as far as the user says so; the rest is found out from the file.
package struct SheetForm: Sendable {
  /// The sign between two cells, or `tab` or `space`.
  package var delimiter: String?
  /// The sign around cells, or `none`.
  package var quote: String?
  /// The sign before a quote within a cell, or `none` where quotes are doubled.
  package var escape: String?
  /// The name of an encoding.
  package var encoding: String?
  /// Whether the first row of the table is one of headings.
  package var hasHeader: Bool?
  /// The number of lines above the table to pass over.
  package var skipRows: Int
  /// `comma` or `dot`.
  package var decimal: String?
  /// `dmy` or `mdy`.
  package var dates: String?

  /// Makes a form; what is nil is found out.
  package init(
    delimiter: String? = nil, quote: String? = nil, escape: String? = nil,
    encoding: String? = nil, hasHeader: Bool? = nil, skipRows: Int = 0, decimal: String? = nil,
    dates: String? = nil
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.skipRows = skipRows
    self.decimal = decimal
    self.dates = dates
  }

  /// As intake takes it.
  ///
  /// - Throws: `Failure` with status `usage` for a delimiter or an encoding that does not exist.
  func options() throws(Failure) -> IntakeOptions {
    var out = IntakeOptions()
    if let delimiter {
      guard let separation = Dialect.separation(named: delimiter) else {
        throw unknown("--delimiter", delimiter, ", ; tab | space")
      }
      out.separation = separation
    }
    out.quote = try sign("--quote", quote)
    out.escape = try sign("--escape", escape)
    out.hasHeader = hasHeader
    out.skipRows = skipRows
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

  /// A sign that a user names; 0 for none.
  private func sign(_ option: String, _ name: String?) throws(Failure) -> UInt8? {
    guard let name else { return nil }
    if name == "none" { return 0 }
    guard name.utf8.count == 1, let byte = name.utf8.first, byte > 0x20, byte < 0x7F else {
      throw unknown(option, name, "\" ' \\ none")
    }
    return byte
  }

  private func unknown(_ option: String, _ value: String, _ known: String) -> Failure {
    Failure(
      .usage, code: "usage.not-a-choice", fr: "« \(value) » n’est pas un choix de \(option)",
      en: "“\(value)” is not a choice of \(option)",
      remedy: Phrase(fr: "choix : \(known)", en: "choices: \(known)"))
  }
}
