/// What one aggregate gives for one group, in whichever executor.
struct Cell: Sendable, Hashable {
  var value: Double?
  var numerator: Double?
  var denominator: Double?
  /// Units whose part could not be known, and units whose part was.
  var unknown = 0.0
  var known = 0.0
  /// Distinct persons behind the value; nil when it is not about persons.
  var persons: Int?
  /// For a weighted share: how many answers there are, and for how many the condition holds.
  var answers: Int?
  var holding: Int?
  /// For samples: degrees of freedom of the interval, effective size, standard error.
  var degrees: Double?
  var effectiveSize: Double?
  var standardError: Double?
}

extension Aggregate {
  /// The cell of a group without any row.
  var emptyCell: Cell {
    switch self {
    case .rows(.count, _), .rows(.distinct, _), .rows(.sum, _), .population, .ties,
      .perKey(.count, _, _, _), .perKey(.sum, _, _, _):
      Cell(value: 0, numerator: 0)
    default: Cell()
    }
  }
}
