import Diagnostics
import Model

extension Aggregate {
  /// An estimate from a sample, with its design, and weights that may be raked to known totals.
  struct Survey: Sendable, Hashable {
    /// What is given of the sample.
    enum Gives: Sendable, Hashable {
      /// The weighted mean of a number.
      case mean(RowExpression)
      /// The weighted share for which a condition holds.
      case share(RowExpression)
      /// How many people of equal weight would tell as much (Kish).
      case effectiveSize
      /// The greatest weight, the mean weight being 1.
      case greatestWeight
    }

    var gives: Gives
    var scan: Scan
    /// The weights that the sample was drawn with; 1 each without.
    var weight: RowExpression?
    var stratum: RowExpression?
    var cluster: RowExpression?
    /// The finite population that the sample stands for.
    var population: Population?
    /// The totals that weights are made to meet.
    var margins: [Margin] = []
    /// The most that a weight may be, the mean weight being 1.
    var cap: Double?
    /// Whether weights over the most are trimmed rather than refused.
    var isTrimmed = false
    /// Whether classes of a margin without any respondent are left out rather than refused.
    var leavesEmpty = false
    /// Whether margins with different totals are all scaled to the last one's.
    var totalsAsLast = false

    /// A class of each respondent, and how many people each class holds in the population.
    struct Margin: Sendable, Hashable {
      var own: RowExpression
      var known: Known
    }

    /// Where the people of each class are known from.
    enum Known: Sendable, Hashable {
      /// Counted in the population's register, by this class.
      case register(RowExpression)
      /// Written down in a table: amounts by class.
      case amounts(RowExpression, by: RowExpression, Scan)
    }
  }

  /// How well those who answered stand for those who were asked.
  struct Response: Sendable, Hashable {
    /// What is given.
    enum Gives: Sendable, Hashable {
      case indicator, adjusted
      /// How much of the spread lies between the classes of one variable.
      case partial(Int)
    }

    var gives: Gives
    /// Those who were asked.
    var scan: Scan
    /// Whether they answered.
    var answered: RowExpression
    /// What is known of all who were asked.
    var variables: [RowExpression]
  }
}

extension Aggregate.Survey {
  /// The table of a sample or, for a share, its condition and its table: what is estimated.
  var value: RowExpression? {
    switch gives {
    case .mean(let e), .share(let e): e
    case .effectiveSize, .greatestWeight: nil
    }
  }

  /// Whether the value is a share.
  var isShare: Bool { if case .share = gives { true } else { false } }

  /// The rows of known totals: the register's, the tables'.
  var knownScans: [Scan] {
    (population.map { [$0.scan] } ?? [])
      + margins.compactMap { if case .amounts(_, _, let scan) = $0.known { scan } else { nil } }
  }

  /// Every row expression that takes part.
  var expressions: [RowExpression] {
    var out = [value, weight, stratum, cluster].compactMap { $0 } + scan.expressions
    if let population { out += population.expressions }
    for margin in margins {
      out.append(margin.own)
      switch margin.known {
      case .register(let category): out.append(category)
      case .amounts(let amount, let category, let scan):
        out += [amount, category] + scan.expressions
      }
    }
    return out
  }

  /// The same with every scan changed, those of known totals in their own way.
  func mapScans(
    _ change: (Scan) throws(FormulaError) -> Scan,
    known: (Scan) throws(FormulaError) -> Scan
  ) throws(FormulaError) -> Self {
    var out = self
    out.scan = try change(scan)
    if let population { out.population?.scan = try known(population.scan) }
    for (i, margin) in margins.enumerated() {
      if case .amounts(let amount, let category, let scan) = margin.known {
        out.margins[i].known = .amounts(amount, by: category, try known(scan))
      }
    }
    return out
  }
}

extension Aggregate {
  /// Scans of what a sample stands for. A cut that they do not have is one of the survey's own
  /// (a wave, a way of asking): it does not divide the population.
  var knownScans: [Scan] {
    switch self {
    case .weighted(let weighted): weighted.population.map { [$0.scan] } ?? []
    case .survey(let survey): survey.knownScans
    default: []
    }
  }

  /// The scans that must know a cut asked for.
  var cutScans: [Scan] {
    let known = knownScans
    return scans.filter { !known.contains($0) }
  }
}
