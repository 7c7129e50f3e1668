import Diagnostics
import Disclosure
import Periods
import Persistence
import Reporting

/// What moved since an edition was frozen, cell by cell, and why.
struct EditionChanges {
  /// An indicator of which something moved.
  private struct Moved {
    var heading: ReleasedHeading
    /// The version and formula in the edition, when they are others now.
    var before: ReleasedHeading?
    var cells = 0, all = 0
    /// The value of all residences in the period: in the edition, and now.
    var total: (before: ReleasedRow?, now: ReleasedRow?)
  }

  private let record: EditionRecord
  private let frozen: ReportUseCase.Made
  private let language: Language
  private var moved: [Moved] = []
  /// Indicators that are in one of the two only.
  private var gone: [String] = [], new: [String] = []

  init(
    record: EditionRecord, frozen: ReportUseCase.Made, now: ReportUseCase.Made, language: Language
  ) {
    self.record = record
    self.frozen = frozen
    self.language = language
    let (then, now) = (Series.all(frozen.release.tables), Series.all(now.release.tables))
    let today = Dictionary(now.map { ($0.key, $0) }) { first, _ in first }
    let known = Set(then.map(\.key))
    var places: [String: Int] = [:]
    for series in then {
      let id = series.heading.fullID
      guard let other = today[series.key] else {
        if !gone.contains(id) { gone.append(id) }
        continue
      }
      let changed = series.changed(to: other)
      let isOther =
        series.heading.version != other.heading.version
        || series.heading.formula != other.heading.formula
      if changed == 0, !isOther { continue }
      let place = places[id] ?? moved.count
      if place == moved.count {
        places[id] = place
        moved.append(
          Moved(
            heading: other.heading, before: isOther ? series.heading : nil, total: (nil, nil)))
      }
      moved[place].cells += changed
      moved[place].all += Set(series.rows.keys).union(other.rows.keys).count
      let whole = [frozen.facts.period.name, "_total"]
      if series.rows[whole] != nil || other.rows[whole] != nil {
        moved[place].total = (series.rows[whole], other.rows[whole])
      }
    }
    for series in now where !known.contains(series.key) {
      if !new.contains(series.heading.fullID) { new.append(series.heading.fullID) }
    }
  }

  /// The cells of one indicator by the same cuts, of all its periods: a report may ask for years and
  /// months apart.
  private struct Series {
    let key: String
    let heading: ReleasedHeading
    /// By period, residence and values of the cuts.
    var rows: [[String]: ReleasedRow] = [:]

    /// Those of a release, in the order in which they are first met.
    static func all(_ tables: [ReleasedTable]) -> [Series] {
      var out: [Series] = []
      var places: [String: Int] = [:]
      for table in tables {
        let key = table.heading.fullID + "\u{0}" + table.cuts.joined(separator: ";")
        let place = places[key] ?? out.count
        if place == out.count {
          places[key] = place
          out.append(Series(key: key, heading: table.heading))
        }
        for row in table.rows {
          out[place].rows[[row.period.name, row.residence] + row.cuts] = row
        }
      }
      return out
    }

    /// How many cells differ: in what stands there, or by more than rounding.
    func changed(to other: Series) -> Int {
      Set(rows.keys).union(other.rows.keys).count { key in
        let (x, y) = (rows[key], other.rows[key])
        if x?.status != y?.status { return true }
        guard let v = x?.value, let w = y?.value else {
          return (x?.value == nil) != (y?.value == nil)
        }
        return abs(v - w) > 1e-9 * max(1, abs(v))
      }
    }
  }

  private func word(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }

  func text(_ project: ProjectFolder, _ workspace: Workspace) throws(Failure) -> String {
    var out = word(
      "Édition « \(record.name) » de « \(record.report) » (\(record.audience)), figée le \(record.madeAt.prefix(10)), comparée à ce que donneraient les données et définitions d’aujourd’hui.\n",
      "Edition “\(record.name)” of “\(record.report)” (\(record.audience)), frozen on \(record.madeAt.prefix(10)), beside what today’s data and definitions would give.\n"
    )
    if moved.isEmpty, gone.isEmpty, new.isEmpty {
      return out
        + word("Aucun chiffre n’a bougé.\n", "No figure has moved.\n")
    }
    out += "\n" + word("Ce qui a bougé\n", "What moved\n")
    for one in moved { out += "  - " + line(one) + "\n" }
    if !gone.isEmpty {
      out += word("  - n’existe plus : ", "  - no longer there: ")
      out += gone.joined(separator: ", ") + "\n"
    }
    if !new.isEmpty {
      out += word("  - nouveau : ", "  - new: ") + new.joined(separator: ", ") + "\n"
    }
    out += "\n" + word("Pourquoi\n", "Why\n")
    for reason in try reasons(workspace) { out += "  - " + reason + "\n" }
    return out + (try decomposed(project))
  }

  private func line(_ one: Moved) -> String {
    func told(_ row: ReleasedRow?) -> String {
      guard let row else { return "–" }
      return row.value.map { FigureText.text($0, unit: one.heading.unit, language) }
        ?? row.status.rawValue
    }
    var out = "\(one.heading.title[language]) (\(one.heading.id)) : "
    out += word(
      "\(one.cells) case\(one.cells > 1 ? "s" : "") sur \(one.all)",
      "\(one.cells) of \(one.all) cell\(one.all == 1 ? "" : "s")")
    if one.total.before != nil || one.total.now != nil {
      out += word(" ; ensemble : ", "; all: ")
      out += told(one.total.before) + " → " + told(one.total.now)
    }
    if let before = one.before {
      out += word(
        " ; définition : version \(before.version) → \(one.heading.version)",
        "; definition: version \(before.version) → \(one.heading.version)")
    }
    return out
  }

  /// What changed around the figures.
  private func reasons(_ workspace: Workspace) throws(Failure) -> [String] {
    var out: [String] = []
    let changed = moved.filter { $0.before != nil }
    if !changed.isEmpty {
      out.append(
        word("définitions changées : ", "definitions changed: ")
          + changed.map(\.heading.id).joined(separator: ", "))
    }
    let since = try workspace.store.imports().filter { $0.id > record.lastImport }
    if !since.isEmpty {
      let undone = since.count { $0.state == .undone }
      out.append(
        word(
          "imports depuis : \(since.map { "\($0.id)" }.joined(separator: ", "))",
          "imports since: \(since.map { "\($0.id)" }.joined(separator: ", "))")
          + (undone > 0 ? word(" (dont \(undone) défaits)", " (\(undone) undone)") : ""))
    }
    let erased = try workspace.store.erasures(since: record.madeAt)
    if erased.forgotten > 0 || erased.expiries > 0 {
      out.append(
        word(
          "effacements depuis : \(erased.forgotten) personne\(erased.forgotten > 1 ? "s" : "") oubliée\(erased.forgotten > 1 ? "s" : ""), \(erased.expiries) passage\(erased.expiries > 1 ? "s" : "") de « people expire »",
          "erased since: \(erased.forgotten) forgotten, \(erased.expiries) run\(erased.expiries == 1 ? "" : "s") of “people expire”"
        ))
    }
    if record.program != Version.current {
      out.append(
        word(
          "programme : lien \(record.program) → \(Version.current)",
          "program: lien \(record.program) → \(Version.current)"))
    }
    if out.isEmpty {
      out.append(
        word(
          "un import d’avant l’édition a été défait, ou une diffusion plus récente masque d’autres cases",
          "an import of before the edition was undone, or a later release withholds other cells"))
    }
    return out
  }

  /// The change of each indicator that is counted as before, by cause.
  private func decomposed(_ project: ProjectFolder) throws(Failure) -> String {
    let same = Set(
      moved.filter { $0.before == nil && $0.heading.fullID == $0.heading.id }.map(\.heading.id))
    let last = try Workspace(project).store.imports().map(\.id).max() ?? 0
    guard !same.isEmpty, record.lastImport < last, record.audience == Audience.internal.rawValue
    else { return "" }
    let text = try CompareUseCase(project: project, language: language).run(
      CompareUseCase.Question(
        sides: ("@\(record.lastImport)", "@"), indicators: same.sorted(),
        period: frozen.facts.period.name, residences: []), format: "table")
    return "\n" + text
  }
}
