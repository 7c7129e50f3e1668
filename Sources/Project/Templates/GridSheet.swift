import Diagnostics
import Ingest
import Model
import Periods
import Reporting
import Workbooks

/// The sheet of a month's grid: what is seen and printed, and what it needs to come back without a
/// question, which is hidden (`TemplateLabel`).
struct GridSheet {
  let contents: GridContents
  let residence: String
  let model: Model
  let language: Language

  private typealias Cell = WorkbookWriter.Cell
  private typealias Look = WorkbookWriter.Look

  /// Lines for people who are not on the list.
  private static let blankLines = 10
  /// The columns before the sessions: identifiers, names printed, names.
  private static let before = 3
  /// Sessions that fit on a page beside the names.
  private static let mostOnPage = 10

  private func say(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }

  private let bold = Look(isBold: true, isMiddle: true)
  private let label = Look(isBold: true, fill: "E8EBF4", hasBorder: true, isMiddle: true)
  private let edge = Look(hasBorder: true, isMiddle: true)
  private let box = Look(hasBorder: true, isCentred: true, isMiddle: true)
  private var top: Look {
    Look(
      isBold: true, fill: "E8EBF4", hasBorder: true, wraps: true, isCentred: true, isMiddle: true,
      dayFormat: language == .fr ? "dd/mm/yyyy" : "yyyy-mm-dd")
  }

  /// The sheet.
  func sheet() -> WorkbookWriter.Sheet {
    var sheet = WorkbookWriter.Sheet(name: say("Présences", "Attendance"))
    head(&sheet)
    columns(&sheet)
    let body = sheet.rows.count
    sheet.frozenRows = body
    sheet.frozenColumns = GridSheet.before
    people(&sheet)
    drop(&sheet, body)
    counts(&sheet)
    print(&sheet, body)
    return sheet
  }

  /// The month in words.
  private var month: String {
    Period.step(.month, containing: contents.first).map { NumberText(language).period($0) } ?? ""
  }

  // MARK: - Above the names

  private func head(_ sheet: inout WorkbookWriter.Sheet) {
    func line(_ text: String, _ look: Look = Look()) -> [Cell] {
      [Cell(""), Cell(""), Cell(text, look: look)]
    }
    let legend = marks.map { "\($0.mark) = \($0.label[language].lowercased())" }
    sheet.rows = [
      line(say("Feuille de présence", "Attendance sheet"), bold),
      line(say("Résidence : ", "Residence: ") + residence),
      line(say("Mois : ", "Month: ") + month),
      line(say("Légende : ", "Legend: ") + legend.joined(separator: ", ")),
    ]
  }

  private func columns(_ sheet: inout WorkbookWriter.Sheet) {
    let sessions = contents.sessions
    func row(_ name: TemplateLabel, _ seen: String, _ cells: [Cell]) -> [Cell] {
      [Cell(name.rawValue), Cell(""), Cell(seen, look: label)] + cells
    }
    func hide(_ cells: [Cell]) {
      sheet.hiddenRows.insert(sheet.rows.count)
      sheet.rows.append(cells)
    }
    hide(row(.sessions, "", sessions.map { Cell($0.key ?? "") }))
    hide(row(.days, "", sessions.map { Cell($0.key == nil ? "" : $0.day.iso) }))
    hide(row(.marks, "", sessions.indices.map { Cell(.number(Double(known($0)))) }))
    sheet.rows.append(
      row(.titles, say("Activité", "Activity"), sessions.map { Cell($0.title, look: top) }))
    let longest = sessions.map(\.title.count).max() ?? 0
    sheet.heights[sheet.rows.count - 1] = 15 * Double(min(5, max(1, (longest + 7) / 8))) + 3
    if sessions.contains(where: { $0.start != nil || $0.key == nil }) {
      sheet.rows.append(
        row(
          .starts, say("Heure", "Time"), sessions.map { Cell($0.start.map(time) ?? "", look: top) })
      )
    }
    sheet.rows.append(
      [Cell(TemplateLabel.people.rawValue), Cell(TemplateLabel.names.rawValue)]
        + [Cell(say("Nom et prénom", "Name"), look: label)]
        + sessions.map { Cell(.date($0.day), look: top) })
    sheet.hiddenColumns = [0, 1]
  }

  private func time(_ minutes: Int) -> String {
    "\(Day.padded(minutes / 60 % 24, 2)):\(Day.padded(minutes % 60, 2))"
  }

  /// How many marks and counts of a session are printed.
  private func known(_ session: Int) -> Int {
    (contents.people + contents.others).count { mark($0.statuses[session]) != "" }
      + contents.counts.count { $0.numbers[session] != nil }
  }

  // MARK: - Names and marks

  private func people(_ sheet: inout WorkbookWriter.Sheet) {
    let places = contents.sessions.indices
    for person in contents.people { sheet.rows.append(line(person)) }
    if !contents.others.isEmpty {
      sheet.rows.append(note(say("Autres personnes", "Other people")))
      for person in contents.others { sheet.rows.append(line(person)) }
    }
    sheet.rows.append(note(say("Visiteurs : écrivez leur nom", "Visitors: write their names")))
    for _ in 0..<GridSheet.blankLines {
      sheet.rows.append(
        [Cell(""), Cell(""), Cell("", look: edge)] + places.map { _ in Cell("", look: box) })
    }
  }

  private func line(_ person: GridContents.Person) -> [Cell] {
    [Cell(person.identifier), Cell(person.name), Cell(person.name, look: edge)]
      + contents.sessions.indices.map { Cell(mark(person.statuses[$0]), look: box) }
  }

  /// A line that says something to who fills the sheet in, and nothing to who reads it.
  private func note(_ text: String) -> [Cell] {
    [Cell(TemplateLabel.help.rawValue), Cell(""), Cell(text, look: bold)]
  }

  private func counts(_ sheet: inout WorkbookWriter.Sheet) {
    sheet.rows.append(
      note(say("Sans nom : combien de personnes", "Without a name: how many people")))
    for group in contents.counts {
      if group.isMade { sheet.hiddenRows.insert(sheet.rows.count) }
      let title = group.group.isEmpty ? say("Personnes sans nom", "Unnamed people") : group.group
      sheet.rows.append(
        [
          Cell(TemplateLabel.counts.rawValue), Cell(group.group), Cell(title, look: edge),
        ]
          + contents.sessions.indices.map { session in
            group.numbers[session].map { Cell(.number(Double($0)), look: box) }
              ?? Cell("", look: box)
          })
    }
  }

  /// A mark for each status: the shortest of the model's words for it.
  private var marks: [(value: String, mark: String, label: Phrase)] {
    (model["attendance"]?["status"]?.values ?? []).map { value in
      let words = value.synonyms.filter { $0.contains(where: \.isLetter) }
      let mark = words.min { $0.count < $1.count } ?? value.label.fr
      return (value.value, mark.count == 1 && mark != "x" ? mark.uppercased() : mark, value.label)
    }
  }

  private func mark(_ status: String?) -> String {
    marks.first { $0.value == status }?.mark ?? ""
  }

  private func drop(_ sheet: inout WorkbookWriter.Sheet, _ body: Int) {
    guard !contents.sessions.isEmpty else { return }
    sheet.choices = [
      WorkbookWriter.Choices(
        range: CellRange(
          firstRow: body, firstColumn: GridSheet.before, lastRow: sheet.rows.count - 1,
          lastColumn: GridSheet.before + contents.sessions.count - 1),
        texts: marks.map(\.mark))
    ]
  }

  // MARK: - On paper

  private func print(_ sheet: inout WorkbookWriter.Sheet, _ body: Int) {
    let count = max(contents.sessions.count, 1)
    let pages = (count + GridSheet.mostOnPage - 1) / GridSheet.mostOnPage
    let onPage = (count + pages - 1) / pages
    sheet.widths = [2: 30]
    for column in 0..<count {
      sheet.widths[GridSheet.before + column] = min(18, 108 / Double(onPage))
    }
    // Room to write by hand.
    for row in body..<sheet.rows.count { sheet.heights[row] = 18 }
    var printing = WorkbookWriter.Printing()
    let head = sheet.rows.indices.prefix(body).first {
      sheet.rows[$0].first?.value == .text(TemplateLabel.titles.rawValue)
    }
    printing.repeatedRows = (head ?? body - 1)...(body - 1)
    printing.repeatedColumns = 0...2
    printing.pagesAcross = pages
    printing.foot =
      "\(residence) – \(month) – " + say("feuille nominative", "this sheet names people")
    sheet.printing = printing
  }
}
