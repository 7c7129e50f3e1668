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
      return description(of: preview)
    }
  }

  /// What was read, without any cell but headings.
  private static func description(of preview: Preview) -> String {
    let asides = preview.asides.map { aside in
      JSONText.object([
        ("kind", JSONText.string(aside.kind.rawValue)),
        ("first_line", "\(aside.lines.lowerBound)"), ("last_line", "\(aside.lines.upperBound)"),
      ])
    }
    return JSONText.object([
      ("file", JSONText.string(preview.name)),
      ("encoding", JSONText.string(preview.encoding.rawValue)),
      ("delimiter", JSONText.string(preview.dialect.delimiterName)),
      ("quote", JSONText.string(preview.dialect.quoteName)),
      ("escape", JSONText.string(preview.dialect.escapeName)),
      ("header", preview.header.isEmpty ? "false" : "true"),
      ("headings", list(preview.header.map(JSONText.string))),
      ("columns", "\(preview.width)"),
      ("rows", "\(preview.rowCount)"),
      ("flags", JSONText.string(preview.flags)),
      ("set_aside", list(asides)),
      ("broken_lines", list(preview.brokenLines.map(String.init))),
      ("mended_lines", list(preview.mendedLines.map(String.init))),
      ("uneven_lines", list(preview.unevenLines.map(String.init))),
    ]) + "\n"
  }

  private static func list(_ items: [String]) -> String {
    "[" + items.joined(separator: ", ") + "]"
  }
}
