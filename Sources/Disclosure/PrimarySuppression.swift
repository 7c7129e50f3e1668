import Indicators

/// Which cells are withheld for what they say by themselves.
///
/// Cells that protect other cells (secondary suppression) are not chosen here.
struct PrimarySuppression {
  private let policy: ReleasePolicy
  private let definition: IndicatorDefinition
  /// Quantiles, extremes, concentration and network measures rest on single persons: they are
  /// public only on at least twice the threshold.
  private let needsTwice: Bool

  init(policy: ReleasePolicy, definition: IndicatorDefinition) {
    self.policy = policy
    self.definition = definition
    needsTwice =
      policy.audience == .public
      && !definition.functions.isDisjoint(with: PrimarySuppression.singled)
  }

  /// What stands in the cell.
  ///
  /// A cell of few persons is `S` before anything else is said of it: that too little was known
  /// of a group of three, or that its median is undefined, tells of the three.
  /// `isTold` is whether the cell tells something of each of many: all of a group, or a sum that
  /// one party makes nearly alone.
  func status(of estimate: Estimate, isTold: Bool = false) -> CellStatus {
    if estimate.scanned <= 0 { return .noData }
    if isTelling(estimate, isTold) { return .withheld }
    if estimate.knownShare < definition.minimumKnownShare { return .notKnownEnough }
    guard let value = estimate.value, value.isFinite else { return .noData }
    return .given
  }

  private func isTelling(_ estimate: Estimate, _ isTold: Bool) -> Bool {
    // What holds for everybody of a group says it of each of them.
    if policy.protects && (estimate.holdsForAll || isTold) { return true }
    if let persons = estimate.persons, policy.isSmall(persons, times: needsTwice ? 2 : 1) {
      return true
    }
    // Either side of a ratio, those for whom a condition holds and those for whom it does not:
    // a share gives all these counts away. What is counted follows from the formula, never from
    // a label in its file.
    return estimate.smallestGroup.map { policy.isSmall($0) } ?? false
  }

  /// Functions of the language whose value can be one person's own.
  private static let singled: Set<String> = [
    "median", "quantile", "weighted_median", "weighted_quantile", "min", "max", "gini",
    "adjusted_gini", "top_share", "least_share", "ties",
    "tied", "tie_weight", "met", "network", "survival_median", "survival_quantile", "km_median",
    "km_quantile",
  ]
}
