/// What one aggregate gives for one group, in whichever executor. A table may have hundreds of
/// thousands: numbers are kept plain, NaN or the least for none.
struct Cell: Sendable {
  private var plainValue = Double.nan
  private var plainNumerator = Double.nan
  private var plainDenominator = Double.nan
  /// Units whose part could not be known, and units whose part was.
  var unknown = 0.0
  var known = 0.0
  private var plainDegrees = Double.nan
  private var plainSize = Double.nan
  private var plainError = Double.nan
  private var plainPersons = Int32.min
  private var plainAnswers = Int32.min
  private var plainHolding = Int32.min
  private var plainLow = Double.nan
  private var plainHigh = Double.nan
  /// Why there is no value; 0 for none given.
  private var plainReason: UInt8 = 0

  init(
    value: Double? = nil, numerator: Double? = nil, denominator: Double? = nil,
    unknown: Double = 0, known: Double = 0, persons: Int? = nil, degrees: Double? = nil,
    effectiveSize: Double? = nil, standardError: Double? = nil, reason: Reason? = nil
  ) {
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    self.unknown = unknown
    self.known = known
    self.persons = persons
    self.degrees = degrees
    self.effectiveSize = effectiveSize
    self.standardError = standardError
    self.reason = reason
  }

  var value: Double? {
    get { plainValue.known }
    set { plainValue = newValue ?? .nan }
  }
  var numerator: Double? {
    get { plainNumerator.known }
    set { plainNumerator = newValue ?? .nan }
  }
  var denominator: Double? {
    get { plainDenominator.known }
    set { plainDenominator = newValue ?? .nan }
  }
  /// Distinct persons behind the value; nil when it is not about persons.
  var persons: Int? {
    get { plainPersons < 0 ? nil : Int(plainPersons) }
    set { plainPersons = newValue.map { Int32(clamping: $0) } ?? .min }
  }
  /// How many people (of a weighted share: answers) the value is about, and how many of them it
  /// tells apart: those for whom its condition holds, the most present ones.
  var answers: Int? {
    get { plainAnswers < 0 ? nil : Int(plainAnswers) }
    set { plainAnswers = newValue.map { Int32(clamping: $0) } ?? .min }
  }
  var holding: Int? {
    get { plainHolding < 0 ? nil : Int(plainHolding) }
    set { plainHolding = newValue.map { Int32(clamping: $0) } ?? .min }
  }
  /// Why there is no value.
  var reason: Reason? {
    get { Reason(rawValue: plainReason) }
    set { plainReason = newValue?.rawValue ?? 0 }
  }
  /// The ends between which the value lies, where they do not follow from its standard error.
  var low: Double? {
    get { plainLow.known }
    set { plainLow = newValue ?? .nan }
  }
  var high: Double? {
    get { plainHigh.known }
    set { plainHigh = newValue ?? .nan }
  }
  /// For samples: degrees of freedom of the interval, effective size, standard error.
  var degrees: Double? {
    get { plainDegrees.known }
    set { plainDegrees = newValue ?? .nan }
  }
  var effectiveSize: Double? {
    get { plainSize.known }
    set { plainSize = newValue ?? .nan }
  }
  var standardError: Double? {
    get { plainError.known }
    set { plainError = newValue ?? .nan }
  }
}

extension Double {
  /// Nil for NaN.
  var known: Double? { isNaN ? nil : self }
}

extension Aggregate {
  /// The cell of a group without any row.
  var emptyCell: Cell {
    switch self {
    case .ties(let ties) where ties.isNew: Cell()
    case .rows(.count, _), .rows(.distinct, _), .rows(.sum, _), .population, .ties, .met, .hours:
      Cell(value: 0, numerator: 0)
    case .perKey(let perKey) where perKey.outer == .count || perKey.outer == .sum:
      Cell(value: 0, numerator: 0)
    case .network(let network) where network.measure.isCount: Cell(value: 0, numerator: 0)
    case .network: Cell(reason: .nobody)
    case .survey, .response: Cell(reason: .nobody)
    case .valuation: Cell(reason: .nothingToValue)
    default: Cell()
    }
  }
}
