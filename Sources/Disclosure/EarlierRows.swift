import Indicators
import Periods

/// A row that readers hold from an earlier release.
package struct EarlierRow: Sendable, Hashable {
  /// The indicator with the numbers set for its parameters, the period by name, and the residence.
  package let indicator: String, period: String, residence: String
  /// Each cut with its value, `cut=value`, by name of the cut; without totals.
  package let cuts: [String]
  /// The value that was given; nil when it was withheld.
  package let value: Double?

  /// Makes a row.
  package init(
    indicator: String, period: String, residence: String, cuts: [String], value: Double?
  ) {
    self.indicator = indicator
    self.period = period
    self.residence = residence
    self.cuts = cuts
    self.value = value
  }
}

/// The rows of a release that stood in earlier ones.
struct EarlierRows {
  /// Those whose value readers hold.
  private(set) var known = Set<ReleaseSystem.Place>()
  /// Those that were withheld and stay so: a mask that moves from one release to the next gives
  /// both away.
  private(set) var kept = Set<ReleaseSystem.Place>()

  init(_ earlier: [EarlierRow], tables: [IndicatorTable]) {
    guard !earlier.isEmpty else { return }
    var values: [EarlierRow: [Double?]] = [:]
    for row in earlier { values[row.withoutValue, default: []].append(row.value) }
    for (t, table) in tables.enumerated() {
      let order = table.cuts.indices.sorted { table.cuts[$0] < table.cuts[$1] }
      for (r, row) in table.rows.enumerated() {
        let key = EarlierRow(
          indicator: table.definition.fullID, period: row.period.name, residence: row.residence,
          cuts: order.filter { row.cuts[$0] != totalMark }
            .map { "\(table.cuts[$0])=\(row.cuts[$0])" }, value: nil)
        guard let held = values[key] else { continue }
        let place = ReleaseSystem.Place(table: t, row: r)
        if let value = row.estimate.value,
          held.contains(where: { $0.map { same($0, value) } ?? false })
        {
          known.insert(place)
        } else if held.contains(where: { $0 == nil }) {
          kept.insert(place)
        }
      }
    }
  }

  /// Whether each row that is given or withheld stood in earlier releases as it is.
  func holdsAll(_ status: [[CellStatus]]) -> Bool {
    guard !known.isEmpty || !kept.isEmpty else { return false }
    for (t, rows) in status.enumerated() {
      for (r, status) in rows.enumerated() where status == .given || status == .withheld {
        let place = ReleaseSystem.Place(table: t, row: r)
        if !known.contains(place) && !kept.contains(place) { return false }
        if status == .withheld && known.contains(place) { return false }
      }
    }
    return true
  }

  /// Data that were corrected since make another number, which readers do not hold.
  private func same(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(a)) }
}

extension EarlierRow {
  fileprivate var withoutValue: EarlierRow {
    EarlierRow(
      indicator: indicator, period: period, residence: residence, cuts: cuts, value: nil)
  }
}
