import Diagnostics
import Model
import Periods

/// What was understood of a sheet, as the plain list that it might have been: one row a presence,
/// under the model's own headings. From here on it goes the way of any list.
struct TidySheet {
  /// The headings, in French, as a rejects file shows them.
  private(set) var header: [String] = []
  private(set) var records: [[String]] = []
  /// The line or row that each record comes from.
  private(set) var lines: [Int32] = []
  /// The row that each record says.
  private var rows: [TidyRow] = []
  /// What could not be read, in the same columns.
  private(set) var refused: [(cells: [String], row: RefusedRow)] = []
  private let reading: SheetReading
  private let residence: String?
  private var columns: [(Field) -> String] = []
  private var homonyms = Set<String>()

  /// A row to write, with the texts that stand in place of what could not be read.
  private struct Field {
    var row: TidyRow
    var dateText: String?
    var markText: String?
    var countText: String?
    var isCancelled = false
  }

  /// Lists what was read of a sheet of a residence; with `keepsFlats`, with a column of flats for
  /// those who tell people of one name apart.
  init(_ reading: SheetReading, model: Model, residence: String?, keepsFlats: Bool = false) {
    self.reading = reading
    self.residence = residence
    homonyms = TidySheet.homonyms(reading.rows)
    addColumns(model)
    if keepsFlats, (reading.rows + reading.refused.map(\.row)).contains(where: { $0.flat != nil }) {
      add(model, "resident", "dwelling") { $0.isCancelled ? "" : $0.row.flat ?? "" }
    }
    if !reading.extraHeadings.isEmpty { addExtras() }
    // In the order of the sheet: the first of two that say the same is kept.
    let fields =
      reading.rows.map { Field(row: $0) }
      + reading.cancelled.map { Field(row: $0, isCancelled: true) }
    let order = fields.indices.sorted { (fields[$0].row.line, $0) < (fields[$1].row.line, $1) }
    for i in order {
      records.append(columns.map { $0(fields[i]) })
      lines.append(fields[i].row.line)
      rows.append(fields[i].row)
    }
    for one in reading.refused {
      let field = Field(
        row: one.row, dateText: one.dateText, markText: one.markText, countText: one.countText)
      refused.append((columns.map { $0(field) }, one))
    }
  }

  /// The words of a present, absent or excused person, folded: the rows of attendance.
  static func statuses(_ model: Model) -> Set<String> {
    Set(["present", "absent", "excused"].map { Fold.key(word($0, model, "attendance", "status")) })
  }

  /// A value of the model as a person reads it.
  private static func word(
    _ value: String, _ model: Model, _ table: String, _ column: String
  ) -> String {
    model[table]?[column]?.values.first { $0.value == value }?.label.fr ?? value
  }

  /// The place of a column of the model, for conditions on it.
  func field(_ model: Model, _ table: String, _ column: String) -> Int? {
    guard let label = model[table]?[column]?.label.fr else { return nil }
    return header.firstIndex(of: label)
  }

  /// The cell of the sheet that a heading of a record comes from.
  func place(ofRecord record: Int, _ heading: String?, _ model: Model) -> String {
    let row = rows[record]
    let person = [("attendance", "resident"), ("resident", "surname"), ("resident", "given_name")]
    if person.contains(where: { model[$0.0]?[$0.1]?.label.fr == heading }) {
      return row.namePlace ?? row.source
    }
    let isDate = heading == model["activity"]?["date"]?.label.fr
    return isDate ? row.datePlace ?? row.source : row.source
  }

  /// Whether sessions have identifiers of a template.
  var hasKeys: Bool { (reading.rows + reading.cancelled).contains { $0.sessionKey != nil } }

  /// The identifier of a session: that which was printed, else the one that any sheet makes of its
  /// residence, day, hour and title.
  private static func session(_ field: Field, _ residence: String?) -> String {
    if let key = field.row.sessionKey { return key }
    guard let residence, field.row.day != 0 else { return "" }
    let title = Fold.key(field.row.title)
    return
      ([Fold.key(residence), Day(number: field.row.day).iso]
      + [field.row.start.map(time)].compactMap { $0 } + (title.isEmpty ? [] : [title]))
      .joined(separator: "|")
  }

  /// The identifiers of people that a template printed.
  var personKeys: Set<String> { Set(rows.compactMap(\.personKey)) }

  /// Whether a record leaves a cell empty, or has none.
  func isSilent(_ record: Int, _ field: Int?) -> Bool {
    field.map { records[record][$0].isEmpty } ?? true
  }

  private mutating func add(
    _ model: Model, _ table: String, _ name: String, _ text: @escaping (Field) -> String
  ) {
    guard let column = model[table]?[name], !header.contains(column.label.fr) else { return }
    header.append(column.label.fr)
    columns.append(text)
  }

  private mutating func addColumns(_ model: Model) {
    func add(_ table: String, _ name: String, _ text: @escaping (Field) -> String) {
      self.add(model, table, name, text)
    }
    if hasKeys {
      let residence = self.residence
      add("attendance", "session") { TidySheet.session($0, residence) }
    }
    add("activity", "date") { $0.dateText ?? ($0.row.day == 0 ? "" : Day(number: $0.row.day).iso) }
    // A column that nobody filled is none: keys are made of the columns that there are.
    let all = reading.rows + reading.cancelled + reading.refused.map(\.row)
    if all.contains(where: { $0.start != nil }) {
      add("activity", "start") { $0.row.start.map(TidySheet.time) ?? "" }
    }
    if all.contains(where: { $0.minutes != nil }) {
      add("activity", "minutes") { $0.row.minutes.map(String.init) ?? "" }
    }
    if all.contains(where: { !$0.title.isEmpty }) {
      add("activity", "title") { $0.row.title }
    }
    if all.contains(where: { $0.amount != nil }) {
      add("activity", "cost") { $0.row.amount.map { "\($0)" } ?? "" }
    }
    if !reading.cancelled.isEmpty {
      let held = TidySheet.word("held", model, "activity", "status")
      let cancelled = TidySheet.word("cancelled", model, "activity", "status")
      add("activity", "status") { $0.isCancelled ? cancelled : held }
    }
    let homonyms = self.homonyms
    if reading.splitsNames, reading.rows.allSatisfy({ $0.person == nil || $0.surname != nil }) {
      add("resident", "surname") { $0.row.surname ?? "" }
      add("resident", "given_name") { field in
        TidySheet.identified(field.row.givenName ?? "", field.row, homonyms)
      }
    } else {
      add("attendance", "resident") { field in
        field.row.personKey
          ?? TidySheet.identified(field.row.person ?? "", field.row, homonyms)
      }
    }
    if reading.rows.contains(where: { $0.headcount != nil })
      || reading.refused.contains(where: { $0.countText != nil })
    {
      add("attendance", "headcount") { $0.countText ?? $0.row.headcount.map(String.init) ?? "" }
      add("attendance", "group") { $0.row.group ?? "" }
    }
    add("attendance", "status") { field in
      if field.isCancelled { return "" }
      if let text = field.markText, field.dateText == nil { return text }
      let status = field.row.status == .late ? "present" : field.row.status.rawValue
      return TidySheet.word(status, model, "attendance", "status")
    }
    if all.contains(where: { $0.role != "participant" }) {
      add("attendance", "role") { field in
        field.isCancelled || field.row.role == "participant"
          ? "" : TidySheet.word(field.row.role, model, "attendance", "role")
      }
    }
    if all.contains(where: { $0.presentMinutes != nil }) {
      add("attendance", "minutes") { $0.row.presentMinutes.map(String.init) ?? "" }
    }
    guard all.contains(where: { $0.status == .late }) else { return }
    add("attendance", "note") { $0.row.status == .late ? "en retard ou en partie" : "" }
  }

  /// The other columns of a list, as they stand.
  private mutating func addExtras() {
    let known = Set(header.map { Fold.key($0) })
    for (i, heading) in reading.extraHeadings.enumerated() where !known.contains(Fold.key(heading))
    {
      let values = reading.extraValues
      header.append(heading)
      columns.append { field in values[field.row.line].map { $0[i] } ?? "" }
    }
  }

  private static func time(_ minutes: Int) -> String {
    "\(Day.padded(minutes / 60 % 24, 2)):\(Day.padded(minutes % 60, 2))"
  }

  /// A name that two people of different flats share says the flat too.
  private static func identified(_ name: String, _ row: TidyRow, _ homonyms: Set<String>) -> String
  {
    guard !name.isEmpty, let person = row.person, let flat = row.flat,
      homonyms.contains(Fold.key(person))
    else { return name }
    return "\(name) (\(flat))"
  }

  private static func homonyms(_ rows: [TidyRow]) -> Set<String> {
    var flats: [String: Set<String>] = [:]
    for row in rows {
      if let person = row.person, let flat = row.flat {
        flats[Fold.key(person), default: []].insert(flat)
      }
    }
    return Set(flats.filter { $0.value.count > 1 }.keys)
  }
}
