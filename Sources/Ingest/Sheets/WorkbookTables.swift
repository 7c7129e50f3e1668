import Columns
import Diagnostics
import Model
import Workbooks

/// Finds the tables of a workbook: each of its sheets is read, and those of one table make one
/// list, however their columns are ordered.
struct WorkbookTables {
  let vocabularies: Vocabularies
  let options: IntakeOptions

  /// The sheets of one table.
  private struct Group {
    var table: String
    var pages: [SheetPage]
  }

  /// The tables of a workbook; one sheet for each table that it has rows of.
  ///
  /// - Throws: `Failure` when no sheet is of a known table.
  func open(_ workbook: Workbook, name: String, size: Int) throws(Failure) -> [OpenedSheet] {
    var groups: [Group] = []
    // Rows that come back corrected are of the table that they were of.
    var rejects: [SheetPage] = []
    var failures: [(sheet: String, Failure)] = []
    var remarks = workbook.warnings.map { Self.remark($0) }
    for sheet in workbook.sheets where sheet.cellCount > 0 {
      do throws(Failure) {
        guard
          let page = SheetPage(
            sheet, known: vocabularies.words, hasHeader: options.hasHeader)
        else { throw Self.scattered }
        if page.shape.isOwnFile {
          rejects.append(page)
          continue
        }
        let table = try table(of: page, name)
        if let i = groups.firstIndex(where: { $0.table == table }) {
          groups[i].pages.append(page)
        } else {
          groups.append(Group(table: table, pages: [page]))
        }
      } catch {
        failures.append((sheet.name, error))
      }
    }
    let pages = groups.map(\.pages) + rejects.map { [$0] }
    guard !pages.isEmpty else { throw nothing(in: name, failures.first) }
    remarks += failures.map { Self.notRead($0.sheet, $0.1) }
    var out: [OpenedSheet] = []
    for pages in pages {
      out.append(
        try OpenedSheet(
          name: name, size: size, format: workbook.format.rawValue, pages: pages,
          remarks: out.isEmpty ? remarks : []))
    }
    return out
  }

  /// The table of a page, or the word that stands for a mapping's.
  private func table(of page: SheetPage, _ file: String) throws(Failure) -> String {
    let headings = Headings(page.header)
    if let mapping = options.mapping {
      _ = try mapping.emits(headings, model: vocabularies.model, residence: options.residence)
      return ""
    }
    try headings.refuseGrid()
    let place = SheetResidence(
      ofList: headings, lines: page.linesAbove, options, file: file)
    let planner = Planner(
      vocabularies: vocabularies, headings: headings, residence: place?.key ?? options.residence,
      isAssumed: options.residence == nil)
    return try planner.plan(table: options.table).table.name
  }

  // MARK: What is told

  private func nothing(in name: String, _ first: (sheet: String, failure: Failure)?) -> Failure {
    guard let first else {
      return Failure(
        .input, code: "file.empty", fr: "classeur sans aucune cellule remplie",
        en: "workbook without a single filled cell",
        remedy: Phrase(
          fr: "ouvrez-le et vérifiez qu’il contient la feuille attendue",
          en: "open it and check that it holds the expected sheet"),
        at: SourceLocation(file: name))
    }
    var out = first.failure
    for i in out.diagnostics.indices where out.diagnostics[i].location == nil {
      out.diagnostics[i].location = SourceLocation(file: name, sheet: first.sheet)
    }
    return out
  }

  private static let scattered = Failure(
    .input, code: "sheet.scattered", fr: "ses cellules sont trop éloignées les unes des autres",
    en: "its cells are too far apart")

  private static func remark(_ warning: Diagnostic) -> Assumption {
    let message = warning.message
    return Assumption(
      code: warning.code, message: message, isWarning: true,
      shown: warning.location.map { sheet in
        Phrase(
          fr: "feuille « \(sheet.file) » : \(message.fr)",
          en: "sheet “\(sheet.file)”: \(message.en)")
      })
  }

  /// A sheet of something else, beside those that are read: said, so that nothing is lost unseen.
  private static func notRead(_ sheet: String, _ failure: Failure) -> Assumption {
    let why = failure.diagnostics.first?.message ?? Phrase(same: "")
    return Assumption(
      code: "sheet.not-read",
      message: Phrase(
        fr: "une feuille du classeur n’a pas été lue : \(why.fr)",
        en: "a sheet of the workbook was not read: \(why.en)"),
      isWarning: true,
      shown: Phrase(
        fr: "feuille « \(sheet) » non lue : \(why.fr)", en: "sheet “\(sheet)” not read: \(why.en)"))
  }

  /// What of the sheets was hidden, and read.
  static func hidden(_ pages: [SheetPage]) -> [Assumption] {
    func say(
      _ code: String, _ fr: String, _ en: String, _ isHidden: (SheetPage) -> Bool
    ) -> Assumption? {
      let names = pages.filter(isHidden).map(\.name)
      guard !names.isEmpty else { return nil }
      return Assumption(
        code: code, message: Phrase(fr: fr, en: en), isWarning: true,
        shown: Phrase(
          fr: fr + " (« " + names.joined(separator: " », « ") + " »)",
          en: en + " (“" + names.joined(separator: "”, “") + "”)"))
    }
    return [
      say("sheet.hidden-sheet", "feuille masquée, lue comme les autres", "hidden sheet, read") {
        $0.hidden.itself
      },
      say(
        "sheet.hidden-rows", "lignes masquées ou filtrées, lues comme les autres",
        "hidden or filtered rows, read"
      ) { $0.hidden.rows },
      say(
        "sheet.hidden-columns", "colonnes masquées, lues comme les autres", "hidden columns, read"
      ) { $0.hidden.columns },
    ].compactMap { $0 }
  }
}
