import Columns
import Diagnostics
import Ingest
import Model
import Periods
import Persistence

/// What an import changes, session by session.
struct SessionChanges: Sendable {
  /// One session.
  struct Session: Sendable {
    /// Its day, as `YYYY-MM-DD`; nil when nothing says it.
    var day: String?
    /// The activity; for the screen only.
    var title: String?
    /// Whether the session was not there.
    var isNew = false
    /// Whether its date, its title or another of its own facts changes.
    var isChanged = false
    /// Rows of presences.
    var added = 0, removed = 0, changed = 0, held = 0
  }

  private(set) var sessions: [Session] = []
  /// Presences that stay though the sheet does not state them.
  private(set) var held = 0

  /// The most sessions that a page or a receipt lists.
  static let mostShown = 20

  /// Gathers what a change says of the sessions of a sheet; nothing where there are none.
  init(_ change: Change, of reading: Reading, in store: Store, _ model: Model) throws(Failure) {
    guard let (table, key) = SessionChanges.table(of: model) else { return }
    var places: [String: Int] = [:]
    func place(_ scope: ScopeChange, _ into: inout [Session]) -> Int {
      let text = scope.scope.first ?? ""
      if let known = places[text] { return known }
      places[text] = into.count
      into.append(Session())
      return into.count - 1
    }
    for one in change.tables {
      guard let declaration = model[one.table], declaration.scope.count == 1,
        let scope = declaration[declaration.scope[0]],
        one.table == table.name || scope.target == table.name
      else { continue }
      held += one.table == table.name ? 0 : one.held
      for part in one.scopes {
        let i = place(part, &sessions)
        if one.table == table.name {
          sessions[i].isNew = part.added > 0
          sessions[i].isChanged = part.changed > 0
        } else {
          sessions[i].added += part.added
          sessions[i].removed += part.removed
          sessions[i].changed += part.changed
          sessions[i].held += part.held
        }
      }
    }
    guard !sessions.isEmpty else { return }
    let known = try store.table(
      table.name, columns: [key, table.date, "title"].compactMap { $0 }.filter { table[$0] != nil })
    let own = reading.batches.first { $0.table == table.name }
    for (columns, count) in [
      (known.columns, known.rowCount), (own?.columns ?? [:], own?.rowCount ?? 0),
    ] {
      for row in 0..<count {
        guard let text = columns[key]?.text(at: row), let i = places[text] else { continue }
        sessions[i].day = table.date.flatMap { columns[$0]?.text(at: row) } ?? sessions[i].day
        sessions[i].title = columns["title"]?.text(at: row) ?? sessions[i].title
      }
    }
    sessions.sort { ($0.day ?? "", $0.title ?? "") < ($1.day ?? "", $1.title ?? "") }
  }

  /// The table of sessions: that which presences link to; and its key.
  static func table(of model: Model) -> (TableDeclaration, key: String)? {
    for presences in model.tables where presences.multiplicity != nil {
      for name in presences.scope {
        guard let target = presences[name]?.target.flatMap({ model[$0] }), target.date != nil,
          let key = target.keyColumn
        else { continue }
        return (target, key.name)
      }
    }
    return nil
  }

  // MARK: - Forms

  /// A line a session, with what is done about those that are held.
  func text(_ language: Language) -> String {
    guard !sessions.isEmpty else { return "" }
    let fr = language == .fr
    var out = fr ? "Par séance\u{A0}:\n" : "By session:\n"
    for session in sessions.prefix(Self.mostShown) {
      out += "  " + session.name(language) + (fr ? "\u{A0}: " : ": ")
      out += session.told(language).joined(separator: ", ") + "\n"
    }
    let more = sessions.count - Self.mostShown
    if more > 0 { out += fr ? "  … et \(more) de plus\n" : "  … and \(more) more\n" }
    if let reason = reason(language) { out += "  → " + reason + "\n" }
    return out
  }

  /// Why presences are held; nil when none is.
  func reason(_ language: Language) -> String? {
    guard held > 0 else { return nil }
    return language == .fr
      ? "gardées\u{A0}: des lignes mises de côté en parlent peut-être ; corrigez ces lignes"
      : "held: rows that were set aside may speak of them; correct these rows"
  }

  /// As a JSON array, without cells but the day.
  var json: String {
    let list = sessions.map { one in
      JSONText.object([
        ("date", one.day.map(JSONText.string) ?? "null"), ("new", one.isNew ? "true" : "false"),
        ("session_changed", one.isChanged ? "true" : "false"), ("added", "\(one.added)"),
        ("removed", "\(one.removed)"), ("changed", "\(one.changed)"), ("held", "\(one.held)"),
      ])
    }
    return "[" + list.joined(separator: ", ") + "]"
  }
}

extension SessionChanges.Session {
  /// The day and the activity.
  func name(_ language: Language) -> String {
    let parts = (day ?? "").split(separator: "-")
    let date =
      language == .fr && parts.count == 3 ? "\(parts[2])/\(parts[1])/\(parts[0])" : day ?? ""
    let all = [date, title ?? ""].filter { !$0.isEmpty }
    if all.isEmpty { return language == .fr ? "séance sans date" : "session without a date" }
    return all.joined(separator: " ")
  }

  /// What becomes of it, in a few words each.
  func told(_ language: Language) -> [String] {
    let fr = language == .fr
    var out: [String] = []
    if isNew { out.append(fr ? "nouvelle séance" : "new session") }
    if isChanged { out.append(fr ? "séance modifiée" : "session changed") }
    func count(_ n: Int, _ sign: String) {
      guard n > 0 else { return }
      out.append("\(sign)\(n) " + (fr ? (n > 1 ? "présences" : "présence") : "present"))
    }
    count(added, "+")
    count(removed, "−")
    if changed > 0 {
      out.append(fr ? "\(changed) modifiée\(changed > 1 ? "s" : "")" : "\(changed) changed")
    }
    if held > 0 { out.append(fr ? "\(held) gardée\(held > 1 ? "s" : "")" : "\(held) held") }
    return out
  }
}
