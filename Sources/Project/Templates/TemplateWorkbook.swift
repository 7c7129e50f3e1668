package import Diagnostics
import Ingest
import Model
import Reporting
import Workbooks

extension Template {
  /// A workbook with the headings of a table, drop-down lists for what is of a list, and a sheet
  /// that explains each column, which import passes over.
  ///
  /// - Throws: `Failure` when a workbook cannot hold it.
  package func workbook(language: Language) throws(Failure) -> [UInt8] {
    try WorkbookWriter.bytes(of: sheets(language))
  }

  /// Writes the workbook to a file.
  ///
  /// - Throws: `Failure` with status `usage` when it exists and `force` is false.
  package func writeWorkbook(to path: String, language: Language, force: Bool) throws(Failure) {
    try SafeWriting.write(workbook(language: language), to: path, force: force)
  }

  /// The rows that drop-down lists reach.
  private static let lines = 1000

  /// The sheet to fill in, then the one that explains it.
  func sheets(_ language: Language) -> [WorkbookWriter.Sheet] {
    let help = TemplateHelp(
      table: table, guide: guide(language: language, withValues: false), language: language)
    var sheet = WorkbookWriter.Sheet(name: table.label[language])
    sheet.rows = [
      table.columns.enumerated().map { i, column in
        WorkbookWriter.Cell(
          column.label[language],
          look: WorkbookWriter.Look(
            isBold: true, fill: column.isRequired ? TemplateHelp.strong : TemplateHelp.soft,
            hasBorder: true, wraps: true),
          comment: help.guide[i].1)
      }
    ]
    sheet.frozenRows = 1
    sheet.isLandscape = true
    for (i, column) in table.columns.enumerated() {
      sheet.widths[i] = Double(min(40, max(12, column.label[language].count + 2)))
      let range = CellRange(firstRow: 1, firstColumn: i, lastRow: Template.lines, lastColumn: i)
      let texts = TemplateHelp.values(of: column, language)
      if let choices = WorkbookWriter.Choices(range: range, fitting: texts) {
        sheet.choices.append(choices)
      } else if let list = help.list(of: i) {
        // What the format cannot hold beside the cells stands on the sheet that explains.
        sheet.choices.append(WorkbookWriter.Choices(range: range, cells: list, sheet: 1))
      }
    }
    return [sheet, help.sheet()]
  }
}

/// The sheet of a table's template that says what each column expects.
struct TemplateHelp {
  let table: TableDeclaration
  /// Each column's heading, and what it expects.
  let guide: [(String, String)]
  let language: Language

  /// The colours of headings: of columns that must be filled in, and of others.
  static let strong = "F6D9A8", soft = "E8EBF4"

  private typealias Cell = WorkbookWriter.Cell
  private typealias Look = WorkbookWriter.Look

  private func say(_ fr: String, _ en: String) -> String {
    language == .fr ? Typography.french(fr) : en
  }

  /// What a column takes, when that is a list.
  static func values(of column: ColumnDeclaration, _ language: Language) -> [String] {
    if column.kind == .boolean { return language == .fr ? ["oui", "non"] : ["yes", "no"] }
    return column.values.map { $0.label[language] }
  }

  /// The rows above the explanations.
  private static let top = 6
  /// The column where the lists of values begin.
  private static let lists = 4

  /// Where the values of a column stand; nil when it has none.
  func list(of column: Int) -> CellRange? {
    let all = table.columns.indices.filter { !Self.values(of: table.columns[$0], language).isEmpty }
    guard let place = all.firstIndex(of: column) else { return nil }
    let count = Self.values(of: table.columns[column], language).count
    let at = TemplateHelp.lists + place
    return CellRange(
      firstRow: TemplateHelp.top, firstColumn: at, lastRow: TemplateHelp.top + count - 1,
      lastColumn: at)
  }

  func sheet() -> WorkbookWriter.Sheet {
    var sheet = WorkbookWriter.Sheet(name: say("Mode d’emploi", "How to fill it in"))
    let bold = Look(isBold: true)
    let head = Look(isBold: true, fill: TemplateHelp.soft, hasBorder: true, wraps: true)
    let cell = Look(hasBorder: true, wraps: true)
    let label = table.label[language]
    sheet.rows = [
      [Cell(TemplateLabel.help.rawValue)],
      [Cell(label, look: bold)],
      [
        Cell(
          say(
            "Une ligne par fait, sous les intitulés de l’autre feuille. Laissez vide ce que vous ne savez pas.",
            "A row a fact, under the headings of the other sheet. Leave empty what you do not know."
          ))
      ],
      [
        Cell(
          say(
            "Intitulés en orange : à remplir. Les listes déroulantes donnent les valeurs admises. "
              + "Cette page-ci n’est pas importée.",
            "Orange headings: to be filled in. Drop-down lists give the allowed values. This page is "
              + "not imported."))
      ],
      [],
    ]
    let all = table.columns.indices.filter { !Self.values(of: table.columns[$0], language).isEmpty }
    sheet.rows.append(
      [
        say("Colonne", "Column"), say("À remplir", "Needed"),
        say("Ce qui est attendu", "What is expected"), "",
      ]
      .map { Cell($0, look: $0.isEmpty ? Look() : head) }
        + all.map {
          Cell(say("Valeurs : ", "Values: ") + table.columns[$0].label[language], look: head)
        })
    let values = all.map { Self.values(of: table.columns[$0], language) }
    let count = max(table.columns.count, values.map(\.count).max() ?? 0)
    for row in 0..<count {
      var cells = [Cell](repeating: Cell(""), count: TemplateHelp.lists)
      if row < table.columns.count {
        let needed = table.columns[row].isRequired ? say("oui", "yes") : ""
        cells = [guide[row].0, needed, guide[row].1].map { Cell($0, look: cell) } + [Cell("")]
      }
      sheet.rows.append(
        cells + values.map { $0.indices.contains(row) ? Cell($0[row], look: cell) : Cell("") })
    }
    sheet.hiddenRows = [0]
    sheet.widths = [0: 30, 1: 10, 2: 60, 3: 3]
    for i in all.indices { sheet.widths[TemplateHelp.lists + i] = 30 }
    sheet.isLandscape = true
    return sheet
  }
}
