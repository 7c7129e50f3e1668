package import Diagnostics

/// Whether values of an indicator may be added up. Values are never added: this says what a
/// reader may do with them.
package enum Additivity: String, Sendable, Decodable {
  /// Adds over sessions, time and residences.
  case additive
  /// Adds over residences, not over time.
  case stock
  /// Recomputed from rows at each level.
  case nonAdditive = "non_additive"
}

/// An indicator as its definition file states it.
package struct IndicatorDefinition: Sendable {
  /// Its name on the command line and in CSV files.
  package let id: String
  /// Its code in the catalogue, such as `PAR-01`.
  package let catalogue: String
  /// The version of the definition.
  package let version: Int
  /// The day from which this version holds, `YYYY-MM-DD`.
  package let validFrom: String
  /// Its title.
  package let title: Phrase
  /// The part of the catalogue it belongs to: `participation`, `regularity`…
  package let dimension: String
  /// The axis it is shown under: a value of the list `axis`.
  package let axis: String
  /// `output`, `outcome`, `input` or `context`.
  package let level: String
  /// The unit of the value: `share` (0 to 1, shown in per cent), `person`, `EUR`, `index`…
  package let unit: String
  /// The units that a definition may have.
  package static let units = [
    "share", "person", "attendance", "session", "hour", "day", "dwelling", "pair", "project",
    "partner", "attempt", "household", "measure_month", "person_day", "statement", "alert",
    "criterion", "renewal", "site", "landlord", "cohort", "favour", "mention", "EUR", "EUR/person",
    "EUR/dwelling",
    "EUR/household", "EUR/month", "EUR/hour", "hour/m2", "kg", "kWh/m2", "m3/m2", "index", "ratio",
    "score",
  ]
  /// What one unit of the value stands for, in words: persons, dwellings, attendances…
  package let counts: Phrase
  /// What one unit of the unknown stands for, in words of the plural; nil for plain "unknown".
  package let unknowns: Phrase?
  /// Whether values may be added up.
  package let additivity: Additivity
  /// The formula, as written.
  package let formula: String
  /// The numbers that the formula calls by name (`$seuil`): thresholds, bands, caps.
  package let parameters: [String: Parameter]
  /// Where the formula begins.
  package let formulaLocation: SourceLocation
  /// The cuts that a release may use.
  package let cuts: [String]
  /// Those of them that tell of data which never leave internal use, as the model says; known once
  /// the definition is checked against it.
  package var restrictedCuts: Set<String> = []
  /// `up`, `down` or `none`: whether more is better.
  package let direction: String
  /// Below this share of known units the value is withheld as not known enough, 0 to 1.
  package let minimumKnownShare: Double
  /// What the reader of a report should know about the method.
  package let note: Phrase
  /// The recognised source of the definition.
  package let source: String
  /// Codes in reporting frameworks: framework to code.
  package let frameworks: [String: String]
  /// Whether the value rests on a survey (a sample) rather than on all sessions (a census).
  package let isSurvey: Bool

  /// Makes a definition.
  package init(
    id: String, catalogue: String, version: Int,
    validFrom: String, title: Phrase, dimension: String,
    axis: String, level: String, unit: String,
    counts: Phrase, additivity: Additivity, formula: String,
    formulaLocation: SourceLocation, cuts: [String], direction: String,
    minimumKnownShare: Double, note: Phrase, source: String,
    frameworks: [String: String], isSurvey: Bool, unknowns: Phrase? = nil,
    parameters: [String: Parameter] = [:]
  ) {
    self.id = id
    self.catalogue = catalogue
    self.version = version
    self.validFrom = validFrom
    self.title = title
    self.dimension = dimension
    self.axis = axis
    self.level = level
    self.unit = unit
    self.counts = counts
    self.additivity = additivity
    self.formula = formula
    self.formulaLocation = formulaLocation
    self.cuts = cuts
    self.direction = direction
    self.minimumKnownShare = minimumKnownShare
    self.note = note
    self.source = source
    self.frameworks = frameworks
    self.isSurvey = isSurvey
    self.unknowns = unknowns
    self.parameters = parameters
  }
}

/// A computed value with all that a reader needs to judge it.
package struct Estimate: Sendable, Hashable {
  /// The value; nil when undefined (a zero denominator, nobody to average over).
  package var value: Double?
  /// The two sides of a ratio, share or mean; a count is its own numerator.
  package var numerator: Double?, denominator: Double?
  /// Units whose part in the value could not be known.
  package var unknown: Double
  /// Units whose part was known.
  package var known: Double
  /// The distinct persons behind the value; nil when it is not about persons.
  package var persons: Int?
  /// Effective sample size, standard error, and the 95 % interval, for samples.
  package var effectiveSize: Double?, standardError: Double?, low: Double?, high: Double?
  /// The share of known units in the least known of the aggregates behind the value, 0 to 1;
  /// nil when it follows from `known` and `unknown`.
  package var leastKnownShare: Double?
  /// The smallest count of persons, above none, that the numbers of this estimate tell: of
  /// either side of a ratio, of those for whom a condition holds, of those for whom it does not.
  package var smallestGroup: Int?
  /// How many of the persons the value tells apart from the others: those for whom its condition
  /// holds, the most present ones, those who had dropped out by a day. Values of one definition
  /// under several numbers of a parameter tell the differences too.
  package var apart: Int?
  /// Whether the numbers tell that something holds for everybody of a group of persons: that says
  /// it of each of them.
  package var holdsForAll = false
  /// Why there is no value, where that is known.
  package var reason: Reason?
  /// Rows of the residence in the period before any filter or cut: none means "no data".
  package var scanned: Double

  /// Makes an estimate.
  package init(
    value: Double?, numerator: Double? = nil, denominator: Double? = nil, unknown: Double = 0,
    known: Double = 0, persons: Int? = nil, effectiveSize: Double? = nil,
    standardError: Double? = nil, low: Double? = nil, high: Double? = nil, scanned: Double = 1
  ) {
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    self.unknown = unknown
    self.known = known
    self.persons = persons
    self.effectiveSize = effectiveSize
    self.standardError = standardError
    self.low = low
    self.high = high
    self.scanned = scanned
    smallestGroup = persons.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The share of known units, 0 to 1; 1 when nothing was asked.
  package var knownShare: Double {
    leastKnownShare ?? (known + unknown > 0 ? known / (known + unknown) : 1)
  }
}
