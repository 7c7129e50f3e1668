import Periods

extension Plan {
  /// An ordinary sheet: people by dates, crosses, a title with residence and month.
  static func ordinary(seed: Int, salt: Int) -> Plan {
    var plan = Plan(seed: seed, salt: salt)
    plan.activity = plan.chance(0.5) ? plan.pick(Words.activities) : nil
    plan.setSessions(count: 3 + plan.below(3))
    plan.setPeople(count: 5 + plan.below(6))
    return plan
  }

  /// Sessions a week apart from some day of 2023 to 2025, in one month when there are few.
  mutating func setSessions(count: Int) {
    let year = 2023 + below(3)
    let month = 1 + below(12)
    let first = 1 + below(7)
    guard let start = Day(year: year, month: month, day: first) else { return }
    sessions = (0..<min(count, 4)).map { PlannedSession(day: start.advanced(by: 7 * $0)) }
    if count > 4 {
      sessions += (4..<count).map { PlannedSession(day: start.advanced(by: 7 * $0 + 7)) }
    }
  }

  /// Sessions on exact days.
  mutating func setSessions(_ days: [(Int, Int, Int)]) {
    sessions = days.compactMap { Day(year: $0.0, month: $0.1, day: $0.2) }
      .map { PlannedSession(day: $0) }
  }

  /// People with different names.
  mutating func setPeople(count: Int) {
    let shift = below(Words.surnames.count)
    let turn = 1 + below(5)
    people = (0..<count).map { i in
      let surname = Words.surnames[(shift + i) % Words.surnames.count]
      let given = Words.givenNames[(shift * 3 + i * turn + i) % Words.givenNames.count]
      return PlannedPerson(surname.uppercased() + " " + given)
    }
  }

  /// Draws the marks that are not set.
  mutating func fill() {
    guard marks.isEmpty else { return }
    marks = people.indices.map { _ in sessions.map { _ in draw() } }
    // Every mark of the style is seen, and every session has someone.
    for (i, mark) in (style.others + style.present).enumerated() where !people.isEmpty {
      let s = i % sessions.count
      marks[(i / sessions.count) % people.count][s] = mark
    }
    for s in sessions.indices where !people.isEmpty {
      let present = people.indices.contains { marks[$0][s].meaning == .present }
      if !present { marks[people.count - 1][s] = style.present[0] }
    }
    for p in people.indices where !marks[p].contains(where: { $0.meaning != .nothing }) {
      marks[p][below(sessions.count)] = style.present[0]
    }
  }

  private mutating func draw() -> PlannedMark {
    if !style.others.isEmpty, chance(style.share) { return pick(style.others) }
    return chance(0.6) ? pick(style.present) : .nothing
  }

  /// The title of a session, as the tidy row has it.
  func title(of session: PlannedSession) -> String {
    let title = session.title ?? activity ?? ""
    guard let shown = session.part else { return title }
    let part = ["matin", "m"].contains(shown.lowercased()) ? "matin" : "après-midi"
    return title.isEmpty ? part : "\(title) (\(part))"
  }
}
