import Columns
import Diagnostics
import Disclosure
import Model
import Periods
import Reporting

/// What a report shows beside values: targets and dated events, from their tables.
extension Workspace {
  /// The targets of whole residences; those of a part (a cut) are left out.
  func goals() throws(Failure) -> [ReportGoal] {
    guard model["target"] != nil else { return [] }
    let table = try load(
      "target", ["indicator", "residence", "period", "cut", "value", "low", "high"])
    var goals: [ReportGoal] = []
    for row in 0..<table.rowCount {
      func text(_ column: String) -> String? { table[column]?.text(at: row) }
      func number(_ column: String) -> Double? { text(column).flatMap(Double.init) }
      guard let indicator = text("indicator"), text("cut") == nil,
        let period = text("period").flatMap({ try? Period($0) }),
        let goal = ReportGoal(
          indicator: indicator, residence: text("residence"), period: period,
          value: number("value"), low: number("low"), high: number("high"))
      else { continue }
      goals.append(goal)
    }
    return goals
  }

  /// The events to show, oldest first. Their titles are somebody's words: beyond internal use the
  /// kind and the day alone are told.
  func events(for audience: Audience) throws(Failure) -> [ReportEvent] {
    guard let annotation = model["annotation"] else { return [] }
    let table = try load("annotation", ["residence", "date", "until", "kind", "title"])
    let kinds = Dictionary(
      (annotation["kind"]?.values ?? []).map { ($0.value, $0.label) }
    ) { first, _ in first }
    var events: [ReportEvent] = []
    for row in 0..<table.rowCount {
      func text(_ column: String) -> String? { table[column]?.text(at: row) }
      guard let first = text("date").flatMap({ Day(iso: $0) }) else { continue }
      let kind = text("kind") ?? "other"
      events.append(
        ReportEvent(
          residence: text("residence"), first: first,
          last: text("until").flatMap { Day(iso: $0) }, kind: kinds[kind] ?? Phrase(same: kind),
          title: audience == .internal ? text("title") : nil))
    }
    return events.sorted { ($0.first, $0.kind.fr) < ($1.first, $1.kind.fr) }
  }
}
