import Columns
import Model
import Periods

/// For each person, the months of a period in which a stay of theirs met a month with a session
/// held in the stay's residence.
struct OpenMonths: Sendable {
  /// For each period: its first month, the number of months, and for each residence slot and
  /// month whether a session was held.
  private struct Held: Sendable {
    var period: Period
    var first: Int
    var months: Int
    var isOpen: [Bool]
  }

  private let held: [Held]
  private let residences: Reader<Int32>
  private let keys: [CodeReader]
  private let from: [Int32]
  private let to: [Int32]

  init(_ executor: AggregateExecutor, _ inner: InnerAggregate, _ sessions: Scan) {
    let frame = executor.frame
    let engine = executor.engine
    let register = inner.scan.table
    residences = engine.residenceSlots(register)
    keys = frame.codes(inner.key, register, periods: executor.periods)
    (from, to) = frame.validity(register)
    let strip = engine.strip(sessions)
    let slots = engine.residenceSlots(sessions.table)
    let filter = executor.filter(sessions)
    let days = engine.path(engine.model[sessions.table]?.date, of: sessions.table)
      .flatMap(frame.days)
    let width = engine.residenceLabels.count
    held = executor.periods.enumerated().map { p, period in
      let first = Step.month.index(of: period.first)
      let months = Step.month.index(of: period.last) - first + 1
      var out = Held(
        period: period, first: first, months: months,
        isOpen: [Bool](repeating: false, count: width * months))
      guard let days else { return out }
      for i in strip.starts[p * strip.residences]..<strip.starts[(p + 1) * strip.residences] {
        let row = Int(strip.rows[i])
        if let filter, filter[p][row] != 1 { continue }
        if slots[row] < 2 || days[row] == Column.missingDay { continue }
        let month = Step.month.index(of: Day(number: days[row])) - first
        out.isOpen[Int(slots[row]) * months + month] = true
      }
      return out
    }
  }

  /// The number of codes of persons.
  var size: Int { keys.map(\.size).max() ?? 0 }

  /// The months of each pair; NaN for none.
  func values(_ stays: Members, period: Int, pairs: borrowing Stamps, count: Int) -> [Double] {
    let held = held[period]
    let codes = keys[period].codes
    var seen = [Bool](repeating: false, count: count * held.months)
    var out = [Double](repeating: 0, count: count)
    for i in stays.rows.indices where stays.takes(i) {
      let row = Int(stays.rows[i])
      let code = codes[row]
      let slot = Int(residences[row])
      if code < 0 || slot < 2 { continue }
      let pair = pairs.find(code)
      if pair < 0 { continue }
      let first = max(from[row], held.period.first.number)
      let last = min(to[row] - 1, held.period.last.number)
      if first > last { continue }
      let a = Step.month.index(of: Day(number: first)) - held.first
      let b = Step.month.index(of: Day(number: last)) - held.first
      for month in a...b
      where held.isOpen[slot * held.months + month] && !seen[pair * held.months + month] {
        seen[pair * held.months + month] = true
        out[pair] += 1
      }
    }
    return out.map { $0 == 0 ? .nan : $0 }
  }
}
