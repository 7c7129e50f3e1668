import Diagnostics
import HTML
import Ingest
import Model
import Periods
import Persistence
import Reporting

/// What came in, in a few figures, and what it changed.
struct ReceiptSummary {
  let details: [ReceiptDetails]
  let model: Model
  let words: ReceiptWords

  private var sessions: [SessionCount] { details.flatMap(\.counts) }

  // MARK: - Figures

  /// A figure: its name, its value, what more there is to say.
  private struct Figure {
    var name: String
    var value: String
    var note = ""
  }

  func markup() -> Markup {
    let cards = figures().map { figure -> Markup in
      let note: Markup = figure.note.isEmpty ? "" : "<dd class=\"note\">\(figure.note)</dd>"
      return "<div><dt>\(figure.name)</dt><dd>\(figure.value)</dd>\(note)</div>"
    }
    return "<dl class=\"figures\">\(cards)</dl>\n" + changes()
  }

  private func figures() -> [Figure] {
    var out: [Figure] = []
    let held = sessions.filter { !$0.isCancelled }
    if !sessions.isEmpty {
      let cancelled = sessions.count - held.count
      out.append(
        Figure(
          name: words.say("Séances", "Sessions"), value: words.number(held.count),
          note: cancelled == 0
            ? ""
            : words.count(
              cancelled, ("séance annulée", "séances annulées"), ("cancelled", "cancelled"))))
      out.append(presences(held))
    }
    for table in details.flatMap(\.receipt.tables)
    where sessions.isEmpty || table.table != "attendance" && table.table != "activity" {
      out.append(
        Figure(name: words.say(table.label), value: words.number(table.rows)))
    }
    if let people = people() { out.append(people) }
    let unnamed = held.reduce(0) { $0 + $1.unnamed }
    if unnamed > 0 {
      out.append(
        Figure(
          name: words.say("Comptées sans nom", "Counted without a name"),
          value: words.number(unnamed)))
    }
    let aside = details.reduce(0) { $0 + $1.receipt.rowsSetAside }
    out.append(
      Figure(
        name: words.say("Mises de côté", "Set aside"), value: words.number(aside),
        note: aside == 0
          ? ""
          : words.say(
            aside > 1 ? "lignes qui attendent" : "ligne qui attend",
            aside > 1 ? "rows that wait" : "row that waits")))
    return out
  }

  private func presences(_ held: [SessionCount]) -> Figure {
    let absent = held.reduce(0) { $0 + $1.absent }
    let excused = held.reduce(0) { $0 + $1.excused }
    var notes: [String] = []
    if absent > 0 {
      notes.append(words.count(absent, ("absent", "absents"), ("absent", "absent")))
    }
    if excused > 0 {
      notes.append(words.count(excused, ("excusé", "excusés"), ("excused", "excused")))
    }
    return Figure(
      name: words.say("Présences", "Attendances"),
      value: words.number(held.reduce(0) { $0 + $1.present }),
      note: notes.isEmpty ? "" : words.say("et ", "and ") + notes.joined(separator: ", "))
  }

  private func people() -> Figure? {
    let all = details.compactMap(\.receipt.people)
    guard !all.isEmpty else { return nil }
    let known = all.reduce(0) { $0 + $1.known }
    let new = all.reduce(0) { $0 + $1.new }
    let unsure = all.reduce(0) { $0 + $1.unsure }
    var notes: [String] = []
    if new > 0 {
      notes.append(
        words.count(new, ("nouveau nom", "nouveaux noms"), ("new name", "new names")))
    }
    if unsure > 0 {
      notes.append(
        words.count(unsure, ("nom à vérifier", "noms à vérifier"), ("unsure", "unsure")))
    }
    return Figure(
      name: words.say("Personnes connues", "People known"), value: words.number(known),
      note: notes.isEmpty ? "" : words.say("et ", "and ") + notes.joined(separator: ", "))
  }

  // MARK: - Changes

  private func changes() -> Markup {
    let rows = details.compactMap(\.effect.change).flatMap(\.tables).filter { !$0.isNothing }
      .map { change -> Markup in
        let label = words.say(model[change.table]?.label ?? Phrase(same: change.table))
        return "<li>\(label)\(words.say(" : ", ": "))\(parts(change))</li>"
      }
    let isPlanned = details.contains { if case .planned = $0.effect { true } else { false } }
    guard !rows.isEmpty else {
      let isNothing = details.contains { $0.effect.change != nil }
      return isNothing ? "<p>\(words.say("Aucune ligne ne change.", "No row changes."))</p>\n" : ""
    }
    let lead =
      isPlanned
      ? words.say("Ce qui changerait", "What would change")
      : words.say("Ce qui a changé", "What changed")
    let corrected = Set(details.flatMap { $0.effect.change?.corrects ?? [] }).sorted()
    let list = corrected.map { "\($0)" }.joined(separator: ", ")
    let note: Markup =
      corrected.isEmpty
      ? ""
      : "<p>\(words.say("Elle corrige l’import \(list).", "It corrects import \(list)."))</p>"
    return "<h3>\(lead)</h3><ul class=\"changes\">\(rows)</ul>\(note)\n"
  }

  private func parts(_ change: TableChange) -> String {
    var out: [String] = []
    if change.added > 0 {
      out.append(
        words.count(
          change.added, ("ligne ajoutée", "lignes ajoutées"), ("row added", "rows added")))
    }
    if change.changed > 0 {
      out.append(words.count(change.changed, ("modifiée", "modifiées"), ("changed", "changed")))
    }
    if change.removed > 0 {
      out.append(words.count(change.removed, ("retirée", "retirées"), ("removed", "removed")))
    }
    return out.joined(separator: ", ")
  }

  // MARK: - Sessions

  private static let mostSessions = 60

  /// The sessions one by one, to be compared with the sheet; nil when there are none.
  func sessionTable() -> (markup: Markup, csv: String)? {
    let all = sessions
    guard !all.isEmpty else { return nil }
    let columns: [(title: String, value: (SessionCount) -> Int)] = [
      (words.say("Présents", "Present"), { $0.present }),
      (words.say("Absents", "Absent"), { $0.absent }),
      (words.say("Excusés", "Excused"), { $0.excused }),
      (words.say("Sans nom", "Unnamed"), { $0.unnamed }),
    ].enumerated().filter { i, column in i == 0 || all.contains { column.1($0) > 0 } }
      .map(\.element)
    let title = words.say("Séances lues", "Sessions read")
    let heads = [words.say("Séance", "Session")] + columns.map(\.title)
    let rows = all.prefix(ReceiptSummary.mostSessions).map { one -> Markup in
      let cells = columns.map { "<td>\(words.number($0.value(one)))</td>" as Markup }
      return "<tr><th scope=\"row\">\(name(one))</th>\(cells)</tr>"
    }
    let left = all.count - rows.count
    let more: Markup =
      left > 0
      ? "<p>\(words.say("… et \(left) autres, dans le fichier CSV.", "… and \(left) more, in the CSV file."))</p>"
      : ""
    let headings = heads.map { "<th scope=\"col\">\($0)</th>" as Markup }
    let markup: Markup = """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
      <table class="sessions"><caption>\(words.say("Ce que la feuille dit de chaque séance", "What the sheet says of each session"))</caption>\
      <thead><tr>\(headings)</tr></thead><tbody>\(rows)</tbody></table></div>\(more)

      """
    let csv = ExcelTable.csv(
      [heads] + all.map { one in [name(one)] + columns.map { "\($0.value(one))" } })
    return (markup, csv)
  }

  private func name(_ one: SessionCount) -> String {
    var parts: [String] = []
    if let day = one.day { parts.append(words.date(day)) }
    if let start = one.start { parts.append(words.time(start)) }
    if !one.title.isEmpty { parts.append(one.title) }
    if parts.isEmpty { parts.append(one.key) }
    if one.isCancelled { parts.append(words.say("annulée", "cancelled")) }
    return parts.joined(separator: ", ")
  }
}
