import Columns
import Diagnostics

/// Puts the two halves of the rows set aside together: reasons from the main file, cells and
/// headings from the identity file.
struct RejectReader {
  let main: Connection
  let identities: IdentityFile?

  func rejects(of record: ImportRecord) throws(Failure) -> (header: [String], rejects: [Reject]) {
    var header: [String] = []
    var cells: [Int: (heading: String?, sheet: String?, cells: [String])] = [:]
    if let file = identities?.file {
      header = IdentityFile.texts(
        try file.text("SELECT header FROM landing WHERE import = \(record.id)") ?? "[]")
      let rows = try file.prepare(
        """
        SELECT r.ordinal, r.heading, r.sheet, r.cells FROM reject r
        JOIN landing l ON l.id = r.landing WHERE l.import = \(record.id)
        """)
      while try rows.step() {
        cells[Int(rows.integer(0))] = (
          rows.optionalText(1), rows.optionalText(2), IdentityFile.texts(rows.text(3))
        )
      }
    }
    var rejects: [Reject] = []
    let rows = try main.prepare(
      """
      SELECT ordinal, line, column_number, severity, code, fr, en, remedy_fr, remedy_en
      FROM reject WHERE import = \(record.id) ORDER BY ordinal
      """)
    while try rows.step() {
      let secret = cells[Int(rows.integer(0))]
      let line = Int(rows.integer(1))
      var remedy: Phrase?
      if let fr = rows.optionalText(7), let en = rows.optionalText(8) {
        remedy = Phrase(fr: fr, en: en)
      }
      let place = record.fileName.map {
        SourceLocation(
          file: $0, sheet: secret?.sheet,
          line: secret?.sheet == nil ? line : SheetLine.row(of: line),
          column: rows.isNull(2) ? nil : Int(rows.integer(2)))
      }
      rejects.append(
        Reject(
          line: line, heading: secret?.heading,
          reason: Diagnostic(
            Diagnostic.Severity(rawValue: rows.text(3)) ?? .error, code: rows.text(4),
            Phrase(fr: rows.text(5), en: rows.text(6)), remedy: remedy, at: place),
          cells: secret?.cells ?? []))
    }
    return (header, rejects)
  }

  /// Writes the half that the main file keeps.
  static func write(
    _ rejects: [Reject], of id: Int, into main: Connection
  ) throws(Failure) {
    let insert = try main.prepare("INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (i, reject) in rejects.enumerated() {
      let reason = reject.reason
      try insert.run([
        SQLValue(id), SQLValue(i), SQLValue(reject.line), SQLValue(reason.location?.column),
        .text(reason.severity.rawValue), .text(reason.code), .text(reason.message.fr),
        .text(reason.message.en), SQLValue(reason.remedy?.fr), SQLValue(reason.remedy?.en),
      ])
    }
  }
}
