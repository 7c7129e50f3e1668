import Model

extension Aggregate {
  /// Pairs of people present at the same sessions.
  struct Ties: Sendable, Hashable {
    /// What is given of the pairs.
    enum Gives: Sendable, Hashable {
      /// Their number.
      case pairs
      /// The number of people in them.
      case people
      /// The sum of Newman's weights.
      case weight
    }

    var gives = Gives.pairs
    var scan: Scan
    var person: RowExpression
    var session: RowExpression
    var minimumMeetings = 1
    /// Sessions with more people than this are left out.
    var maximumSize: Int?
    /// Pairs that agree on this at a session are left out of it.
    var notSame: RowExpression?
    /// How the two people of a pair must stand to each other.
    var relation: Relation?
    /// Only pairs that never met before the period.
    var isNew = false
    /// What tells pairs apart by both their people, for the cut `ends`: what a person is, is what
    /// their last row in the group says where it is known.
    var ends: RowExpression?

    /// The cut of pairs by what their two people are.
    static let endsCut = "ends"

    /// The value of that cut for a pair, whichever of the two comes first: `18-34|60+`.
    static func pair(_ a: String, _ b: String) -> String { "\(a)|\(b)" }

    /// Whether counts of pairs by number of meetings are enough.
    var isPlain: Bool { relation == nil && !isNew && gives != .weight && ends == nil }

    /// The rule by which people meet, without what is then asked of the pairs.
    var rule: Ties {
      var out = self
      (out.gives, out.minimumMeetings, out.relation, out.isNew) = (.pairs, 1, nil, false)
      out.ends = nil
      return out
    }
  }

  /// How two people stand to each other. What a person is, is what their last row in the group
  /// says where it is known.
  struct Relation: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case between, within
      /// Numbers that lie so far apart or farther.
      case apart(Double)
    }
    var kind: Kind
    var of: RowExpression
  }

  /// People present at a session with somebody else of a kind.
  struct Meeting: Sendable, Hashable {
    var scan: Scan
    var person: RowExpression
    var session: RowExpression
    /// The rows of those others.
    var others: Scan
  }

  /// A measure of the network of pairs.
  struct Network: Sendable, Hashable {
    /// What ties weigh.
    enum Weight: String, Sendable, CaseIterable { case one, meetings, newman }

    /// What is told of the same network with what people are dealt out again at random.
    enum Chance: String, Sendable, CaseIterable {
      /// The mean of the draws; the value over that mean; the value less that mean, in standard
      /// deviations of the draws.
      case expected, ratio, standardised
      /// The bounds of 95 % of the draws.
      case low, high
      /// How likely chance alone departs as far.
      case p
    }

    /// The random draws.
    struct Draws: Sendable, Hashable {
      var chance: Chance
      var count: Int
      var seed: Int
    }

    var ties: Ties
    /// The people of a register who are in the network whether they came or not.
    var among: Population?
    var measure: NetworkMeasure
    var weight = Weight.one
    /// The groups, or the numbers, that the measure compares.
    var relation: Relation?
    /// The one group that homophily is of.
    var group: String?
    var draws: Draws?
  }
}

/// What is measured of a network.
enum NetworkMeasure: String, Sendable, CaseIterable {
  case people, ties, density
  case meanDegree = "mean_degree"
  case components
  case largestComponent = "largest_component"
  case isolates, connectedness, clustering
  case clusteringConnected = "clustering_connected"
  case transitivity
  case degreeAssortativity = "degree_assortativity"
  case degreeCentralisation = "degree_centralisation"
  case betweennessCentralisation = "betweenness_centralisation"
  case degeneracy
  // Of groups of people.
  case assortativity, modularity, homophily
  case externalInternal = "ei"
  case externalInternalRescaled = "ei_rescaled"
  case crossing = "cross_share"

  /// Whether the measure compares groups.
  var needsGroups: Bool {
    switch self {
    case .assortativity, .modularity, .homophily, .externalInternal, .externalInternalRescaled,
      .crossing:
      true
    default: false
    }
  }

  /// Whether random draws can be made of it: both are the share of ties that cross.
  var canBeDrawn: Bool { self == .externalInternal || self == .crossing }

  /// Whether it is a number of people or of things, zero where there is nobody.
  var isCount: Bool {
    switch self {
    case .people, .ties, .components, .largestComponent, .isolates, .degeneracy: true
    default: false
    }
  }

  /// Whether what ties weigh changes it.
  var isWeighted: Bool { self == .ties || needsGroups && self != .externalInternalRescaled }
}

extension Plan {
  /// What tells pairs apart by both their people, when all that is counted are such pairs.
  var ends: RowExpression? {
    let all = root.used.map { used -> RowExpression? in
      if case .ties(let ties) = aggregates[used.index] { ties.ends } else { nil }
    }
    return all.contains(nil) ? nil : all.first ?? nil
  }

  /// Whether a cut is of pairs by both their people, which no table has.
  func tellsEnds(_ cut: String) -> Bool { cut == Aggregate.Ties.endsCut && ends != nil }

  /// What the formula asks for that SQL cannot say, if anything.
  var beyondSQL: BeyondSQL? {
    for aggregate in aggregates {
      switch aggregate {
      case .network(let network): return .network(network.measure)
      case .ties(let ties) where ties.ends != nil: return .ends
      case .effect: return .paired
      case .survey, .response: return .survey
      case .valuation: return .valuation
      default: break
      }
    }
    return nil
  }
}
