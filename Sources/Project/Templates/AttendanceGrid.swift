import Columns
package import Diagnostics
import FoundationEssentials
import HTML
import Ingest
import Model
import Periods
import Persistence
import Workbooks

/// A month's attendance sheet of a residence, ready to print or to fill in: the people of the
/// register by the month's sessions. It names people.
package struct AttendanceGrid {
  /// A column of the grid.
  struct Session {
    var day: Day
    var title: String
  }

  private let project: ProjectFolder
  private let model: Model
  private let key: String
  private let name: String
  private let month: Day
  /// People in the order of the sheet.
  let people: [String]
  let sessions: [Session]

  /// Blank lines for people who are not on the list.
  private static let blankLines = 8

  /// What the store knows of a residence and a month (`2024-03`).
  ///
  /// - Throws: `Failure` with status `usage` for an unknown residence or what is no month.
  package init(project: ProjectFolder, residence: String, month: String) throws(Failure) {
    self.project = project
    guard let first = Day(iso: month + "-01") else {
      throw Failure(
        .usage, code: "template.month", fr: "ce n’est pas un mois", en: "this is no month",
        remedy: Phrase(fr: "écrivez --month 2024-03", en: "write --month 2024-03"))
    }
    self.month = first
    let workspace = try Workspace(project)
    model = workspace.model
    let known = try ImportChecks(store: workspace.store, model: model).names(of: "residence")
    guard let key = known?.key(of: residence) else {
      let all = (known?.keys.sorted() ?? []).prefix(10).joined(separator: ", ")
      throw Failure(
        .usage, code: "residence.unknown", fr: "résidence inconnue : « \(residence) »",
        en: "unknown residence: “\(residence)”",
        remedy: Phrase(fr: "résidences connues : \(all)", en: "known residences: \(all)"))
    }
    self.key = key
    let label = try workspace.residences().first { $0.key == key }?.name ?? key
    // A name that two residences share would not come back as this one.
    name = known?.key(of: label) == key ? label : key
    let last = first.advanced(by: Day.length(ofMonth: first.civil.month, year: first.year) - 1)
    people = try Self.people(workspace, key, first, last)
    sessions = try Self.sessions(workspace, key, first, last)
  }

  /// The people of the register whose stay meets the month: by name, or by identifier where two
  /// bear one name or a name is not known.
  private static func people(
    _ workspace: Workspace, _ residence: String, _ first: Day, _ last: Day
  ) throws(Failure) -> [String] {
    let columns = ["resident", "residence", "kind", "arrival", "departure"]
    let table = try workspace.load("resident", columns)
    let names = try shownNames(workspace.store)
    var out: Set<String> = []
    for row in 0..<table.rowCount where table["residence"]?.text(at: row) == residence {
      let arrival = table["arrival"]?.text(at: row).flatMap { Day(iso: $0) }
      let departure = table["departure"]?.text(at: row).flatMap { Day(iso: $0) }
      guard arrival.map({ $0 <= last }) ?? true, departure.map({ $0 > first }) ?? true,
        let person = table["resident"]?.text(at: row), let name = names[person]
      else { continue }
      out.insert(name)
    }
    return out.sorted { (Fold.key($0), $0) < (Fold.key($1), $1) }
  }

  /// What a person is called on the sheet, by pseudonym.
  private static func shownNames(_ store: Store) throws(Failure) -> [String: String] {
    var shown = try store.identities(domain: "resident")
    var full: [String: String] = [:]
    for row in try store.rowsWithNames("resident", columns: ["resident", "surname", "given_name"]) {
      guard let person = row["resident"], let surname = row["surname"] else { continue }
      full[person] = [surname, row["given_name"]].compactMap { $0 }.joined(separator: " ")
    }
    let bearers = Dictionary(grouping: full.keys) { Fold.key(full[$0] ?? "") }
    for (person, name) in full where bearers[Fold.key(name)]?.count == 1 { shown[person] = name }
    return shown
  }

  /// The month's sessions; without any, the weekdays that the three months before had most often,
  /// or else every Wednesday.
  private static func sessions(
    _ workspace: Workspace, _ residence: String, _ first: Day, _ last: Day
  ) throws(Failure) -> [Session] {
    let table = try workspace.load("activity", ["residence", "date", "start", "title", "status"])
    var found: Set<[String]> = []
    var weekdays: [Int: Int] = [:]
    for row in 0..<table.rowCount where table["residence"]?.text(at: row) == residence {
      guard let day = table["date"]?.text(at: row).flatMap({ Day(iso: $0) }),
        table["status"]?.text(at: row) != "cancelled"
      else { continue }
      if first <= day, day <= last {
        let title = table["title"]?.text(at: row) ?? ""
        found.insert([day.iso, table["start"]?.text(at: row) ?? "", title])
      } else if first.advanced(by: -92) <= day, day < first {
        weekdays[weekday(day), default: 0] += 1
      }
    }
    if !found.isEmpty {
      return found.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { one in
        Day(iso: one[0]).map { Session(day: $0, title: one[2]) }
      }
    }
    let usual = weekdays.filter { $0.value >= 3 }.keys
    let days = usual.isEmpty ? [3] : Set(usual)
    return (0...Int(last.number - first.number)).map { first.advanced(by: $0) }
      .filter { days.contains(weekday($0)) }.map { Session(day: $0, title: "") }
  }

  /// 1 for Monday to 7 for Sunday.
  static func weekday(_ day: Day) -> Int { ((Int(day.number) + 3) % 7 + 7) % 7 + 1 }

  // MARK: - The workbook

  private typealias Cell = WorkbookWriter.Cell
  private typealias Look = WorkbookWriter.Look

  /// The workbook's bytes: a sheet a title of activity, since a date says one session there.
  ///
  /// - Throws: `Failure` when a workbook cannot hold it.
  package func bytes(language: Language) throws(Failure) -> [UInt8] {
    var titles: [String] = []
    for session in sessions where !titles.contains(session.title) { titles.append(session.title) }
    return try WorkbookWriter.bytes(of: titles.map { sheet($0, language) })
  }

  private func sheet(_ title: String, _ language: Language) -> WorkbookWriter.Sheet {
    let days = Set(sessions.filter { $0.title == title }.map(\.day)).sorted()
    let isFrench = language == .fr
    let (head, edge) = (Look(isBold: true), Look(hasBorder: true))
    let box = Look(hasBorder: true, isCentred: true)
    let top = Look(isBold: true, fill: "E8EBF4", hasBorder: true, isCentred: true)
    var sheet = WorkbookWriter.Sheet(
      name: title.isEmpty ? (isFrench ? "Présences" : "Attendance") : title)
    sheet.rows = [
      [Cell(isFrench ? "Feuille de présence" : "Attendance sheet", look: head)],
      [Cell(isFrench ? "Résidence :" : "Residence:", look: head), Cell(name)],
    ]
    if !title.isEmpty {
      sheet.rows.append([Cell(isFrench ? "Activité :" : "Activity:", look: head), Cell(title)])
    }
    let months = [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre",
    ]
    let when =
      isFrench ? "\(months[month.civil.month - 1]) \(month.year)" : month.iso.prefix(7).description
    sheet.rows += [[Cell(isFrench ? "Mois :" : "Month:", look: head), Cell(when)], []]
    sheet.rows.append(
      [Cell(isFrench ? "Nom et prénom" : "Name", look: top)]
        + days.map { Cell(.date($0), look: top) })
    sheet.frozenRows = sheet.rows.count
    sheet.frozenColumns = 1
    let first = sheet.rows.count
    let blanks = [String](repeating: "", count: AttendanceGrid.blankLines)
    for person in people + blanks {
      sheet.rows.append([Cell(person, look: edge)] + days.map { _ in Cell("", look: box) })
    }
    let marks = self.marks
    if !days.isEmpty {
      sheet.choices = [
        WorkbookWriter.Choices(
          range: CellRange(
            firstRow: first, firstColumn: 1, lastRow: sheet.rows.count - 1,
            lastColumn: days.count), texts: marks.map(\.mark))
      ]
    }
    let legend = marks.map { "\($0.mark) = \($0.label[language].lowercased())" }
    sheet.rows += [
      [], [Cell((isFrench ? "Légende : " : "Legend: ") + legend.joined(separator: ", "))],
    ]
    sheet.widths = [0: 32]
    for column in 0..<days.count { sheet.widths[column + 1] = 12 }
    sheet.isLandscape = true
    return sheet
  }

  /// A mark for each status: the shortest of the model's words for it.
  private var marks: [(mark: String, label: Phrase)] {
    (model["attendance"]?["status"]?.values ?? []).map { value in
      let words = value.synonyms.filter { $0.contains(where: \.isLetter) }
      let mark = words.min { $0.count < $1.count } ?? value.label.fr
      return (mark.count == 1 && mark != "x" ? mark.uppercased() : mark, value.label)
    }
  }

  /// Writes the workbook for its owner alone: to a path, else to the private folder.
  ///
  /// - Throws: `Failure` with status `usage` when it exists and `force` is false.
  package func write(to path: String?, language: Language, force: Bool) throws(Failure) -> String {
    let bytes = try bytes(language: language)
    var target = path
    if target == nil {
      let folder = project.privateFolder + "/modeles"
      try SafeWriting.makeFolder(folder, isPrivate: true)
      target = "\(folder)/presences-\(Slug.make(key))-\(month.iso.prefix(7)).xlsx"
    }
    let place = target ?? ""
    try SafeWriting.write(bytes, to: place, force: force, isPrivate: true)
    return place
  }
}
