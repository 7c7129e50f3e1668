import Columns
import Diagnostics
import Ingest
import People
import Periods
import Persistence

/// What a month's attendance sheet of a residence says: its sessions, who may come, and what is
/// known already of who came.
struct GridContents {
  /// A column of the grid.
  struct Session {
    /// The identifier in the store; nil for a day that is only proposed.
    var key: String?
    var day: Day
    /// Minutes after midnight.
    var start: Int?
    var title: String
  }

  /// A line of the grid.
  struct Person {
    /// What sheets call the person.
    var identifier: String
    /// The name as it is printed.
    var name: String
    /// The status known for a session, by its place.
    var statuses: [Int: String] = [:]
  }

  /// People counted without names, of one group.
  struct Counts {
    var group: String
    /// How many at a session, by its place.
    var numbers: [Int: Int] = [:]

    /// Whether the group was made by reading a grid (`enfants (C5)`), not named by anybody.
    var isMade: Bool {
      group.hasSuffix(")") && group.contains(" (")
    }
  }

  let first: Day
  let last: Day
  private(set) var sessions: [Session]
  /// People of the register, by name.
  private(set) var people: [Person] = []
  /// Others who came, by name.
  private(set) var others: [Person] = []
  /// The groups counted, the nameless one first.
  private(set) var counts: [Counts] = [Counts(group: "")]

  /// What the store knows of a residence and the month that a day begins.
  init(_ workspace: Workspace, residence: String, month: Day) throws(Failure) {
    first = month
    last = month.advanced(by: Day.length(ofMonth: month.civil.month, year: month.year) - 1)
    sessions = try GridContents.sessions(workspace, residence, first, last)
    guard let register = try PeopleRegister(workspace.store, workspace.model) else { return }
    var lines: [String: Person] = [:]
    var registered = try stays(workspace, residence)
    let names = GridContents.names(registered, register)
    func line(_ pseudonym: String) -> Person {
      let identifier = register.identifiers[pseudonym] ?? pseudonym
      return lines[pseudonym]
        ?? Person(
          identifier: identifier,
          name: names[pseudonym] ?? register[pseudonym]?.name ?? identifier)
    }
    for pseudonym in registered { lines[pseudonym] = line(pseudonym) }
    try read(workspace) { pseudonym, session, status in
      var known = line(pseudonym)
      known.statuses[session] = status
      lines[pseudonym] = known
    }
    func sorted(_ some: Set<String>) -> [Person] {
      some.compactMap { lines[$0] }.sorted {
        (Fold.key($0.name), $0.identifier) < (Fold.key($1.name), $1.identifier)
      }
    }
    registered.formIntersection(lines.keys)
    people = sorted(registered)
    others = sorted(Set(lines.keys).subtracting(registered))
  }

  // MARK: - Who may come

  /// The people of the register whose stay meets the month, by pseudonym.
  private func stays(
    _ workspace: Workspace, _ residence: String
  ) throws(Failure) -> Set<String> {
    let table = try workspace.load("resident", ["resident", "residence", "arrival", "departure"])
    var out: Set<String> = []
    for row in 0..<table.rowCount where table["residence"]?.text(at: row) == residence {
      let arrival = table["arrival"]?.text(at: row).flatMap { Day(iso: $0) }
      let departure = table["departure"]?.text(at: row).flatMap { Day(iso: $0) }
      guard arrival.map({ $0 <= last }) ?? true, departure.map({ $0 > first }) ?? true,
        let person = table["resident"]?.text(at: row)
      else { continue }
      out.insert(person)
    }
    return out
  }

  /// Names as they are printed: those that several people bear say the flat, or the identifier.
  private static func names(
    _ people: Set<String>, _ register: PeopleRegister
  ) -> [String: String] {
    let known = people.compactMap { register[$0] }
    let bearers = Dictionary(grouping: known) { Fold.key($0.name) }
    var out: [String: String] = [:]
    for same in bearers.values {
      let flats = Set(same.map { $0.card.dwelling ?? "" })
      let areTold = flats.count == same.count && !flats.contains("")
      for person in same {
        let mark = areTold ? person.card.dwelling ?? "" : person.identifier
        out[person.pseudonym] = same.count == 1 ? person.name : "\(person.name) (\(mark))"
      }
    }
    return out
  }

  // MARK: - What is known

  /// Tells of each person and session what is known, and keeps the counts.
  private mutating func read(
    _ workspace: Workspace, _ each: (String, Int, String) -> Void
  ) throws(Failure) {
    var places: [String: Int] = [:]
    for (i, session) in sessions.enumerated() { if let key = session.key { places[key] = i } }
    guard !places.isEmpty else { return }
    let table = try workspace.load(
      "attendance", ["session", "resident", "headcount", "group", "status"])
    guard case .text(let codes, let names)? = table["session"] else { return }
    let isOfMonth = (0..<names.count).map { places[names[$0]] }
    for row in 0..<table.rowCount where codes[row] >= 0 {
      guard let session = isOfMonth[Int(codes[row])] else { continue }
      if let person = table["resident"]?.text(at: row) {
        each(person, session, table["status"]?.text(at: row) ?? "")
      } else if let n = table["headcount"]?.text(at: row).flatMap({ Int($0) }) {
        let group = table["group"]?.text(at: row) ?? ""
        if !counts.contains(where: { $0.group == group }) { counts.append(Counts(group: group)) }
        for i in counts.indices where counts[i].group == group { counts[i].numbers[session] = n }
      }
    }
  }

  // MARK: - Sessions

  /// The month's sessions; without any, the weekdays that the three months before had most often,
  /// or else every Wednesday.
  private static func sessions(
    _ workspace: Workspace, _ residence: String, _ first: Day, _ last: Day
  ) throws(Failure) -> [Session] {
    let table = try workspace.load(
      "activity", ["session", "residence", "date", "start", "title", "status"])
    var found: [Session] = []
    var weekdays: [Int: Int] = [:]
    for row in 0..<table.rowCount where table["residence"]?.text(at: row) == residence {
      guard let day = table["date"]?.text(at: row).flatMap({ Day(iso: $0) }),
        table["status"]?.text(at: row) != "cancelled"
      else { continue }
      if first <= day, day <= last {
        found.append(
          Session(
            key: table["session"]?.text(at: row), day: day,
            start: table["start"]?.text(at: row).flatMap { Int($0) },
            title: table["title"]?.text(at: row) ?? ""))
      } else if first.advanced(by: -92) <= day, day < first {
        weekdays[weekday(day), default: 0] += 1
      }
    }
    if !found.isEmpty {
      return found.sorted {
        ($0.day, $0.start ?? -1, $0.title, $0.key ?? "")
          < ($1.day, $1.start ?? -1, $1.title, $1.key ?? "")
      }
    }
    let usual = weekdays.filter { $0.value >= 3 }.keys
    let days = usual.isEmpty ? [3] : Set(usual)
    return (0...Int(last.number - first.number)).map { first.advanced(by: $0) }
      .filter { days.contains(weekday($0)) }.map { Session(day: $0, title: "") }
  }

  /// 1 for Monday to 7 for Sunday.
  private static func weekday(_ day: Day) -> Int { ((Int(day.number) + 3) % 7 + 7) % 7 + 1 }
}
