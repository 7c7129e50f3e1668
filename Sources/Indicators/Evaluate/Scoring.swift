package import Model
package import Statistics

extension ScoringRule {
  /// The rule of a questionnaire's scale; answers are given in the order of its items.
  package init(_ scale: Instrument.Scale) {
    let total: Total =
      switch scale.total {
      case .sum: .sum
      case .mean: .mean
      case .prorated: .prorated
      }
    self.init(
      items: scale.items.map { Item(points: $0.points) }, total: total,
      requirements: scale.requirements.map { Requirement(items: $0.items, answered: $0.answered) },
      factor: scale.factor, decimals: scale.decimals,
      table: Dictionary(uniqueKeysWithValues: scale.table.map { ($0.total, $0.score) }))
  }
}
