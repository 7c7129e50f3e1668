package import Diagnostics
import Ingest

/// What `lien preview` prints.
package enum PreviewForm: Sendable {
  /// A summary with the first rows.
  case text
  /// The table as plain CSV.
  case csv
  /// A description without cells.
  case json
}

/// `lien preview`: a sheet as it is read, before any meaning.
package enum Previewing {
  /// The preview of a file in a form.
  ///
  /// - Throws: `Failure` with status `input` when it is no sheet of text.
  package static func text(
    of path: String, as form: PreviewForm, sheet: SheetForm, language: Language
  ) throws(Failure) -> String {
    let preview = try Preview(path: path, options: sheet.options())
    switch form {
    case .text: return Shown.text(preview.text(in: language))
    case .csv: return preview.csv()
    case .json:
      return JSONText.object([
        ("file", JSONText.string(preview.name)),
        ("encoding", JSONText.string(preview.encoding.rawValue)),
        ("delimiter", JSONText.string(preview.dialect.delimiterName)),
        ("headings", "[" + preview.header.map(JSONText.string).joined(separator: ", ") + "]"),
        ("rows", "\(preview.rowCount)"),
        ("broken_lines", "\(preview.brokenLines)"),
      ]) + "\n"
    }
  }
}
