import Diagnostics
import Disclosure
import Periods

/// Targets beside values.
extension FigureMaker {
  /// The target of a place and period; those of a part (a cut) are not told of the whole.
  func goal(_ draft: Draft, _ place: String, _ period: Period) -> ReportGoal? {
    draft.figure.only == nil ? goal(of: draft.cells, place, period) : nil
  }

  /// The target of an indicator at a place in a period.
  func goal(of cells: Cells, _ place: String, _ period: Period) -> ReportGoal? {
    // A range of assumptions is held against nothing.
    guard !cells.unit.isRange else { return nil }
    let residence = place == "_total" ? nil : place
    return facts.goals.first { goal in
      goal.residence == residence && goal.period.first == period.first
        && goal.period.last == period.last
        && [cells.heading.id, cells.heading.catalogue].contains(goal.indicator)
    }
  }

  /// « 65 % », « 10 % – 20 % », « au moins 10 % ».
  func told(_ goal: ReportGoal, _ unit: UnitText) -> String {
    switch (goal.low, goal.high) {
    case (let low?, let high?) where low == high: unit.cell(low)
    case (let low?, let high?): "\(unit.cell(low)) – \(unit.cell(high))"
    case (let low?, nil): words.atLeast + unit.cell(low)
    case (nil, let high?): words.atMost + unit.cell(high)
    case (nil, nil): ""
    }
  }

  /// Whether a value reaches its target; nil when nobody says which way is better.
  func isReached(_ goal: ReportGoal, by value: Double, direction: String) -> Bool? {
    if let low = goal.low, let high = goal.high, low == high {
      switch direction {
      case "up": return value >= low
      case "down": return value <= low
      default: return nil
      }
    }
    return value >= goal.low ?? value && value <= goal.high ?? value
  }

  /// How targets are drawn, when any is.
  func goalNote(_ entries: [Entry], _ unit: UnitText) -> (term: String, text: String)? {
    entries.contains { $0.goal != nil } ? (words.goal, words.goalMark) : nil
  }
}
