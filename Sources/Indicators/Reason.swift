package import Diagnostics
import Statistics

/// Why there is no value where there is data.
package enum Reason: UInt8, Sendable, Hashable, CaseIterable {
  /// Nobody, or nothing, to measure.
  case nobody = 1
  /// Too few people for the measure.
  case tooFew
  /// Nobody is tied to anybody.
  case noTies
  /// All whom the measure compares are of one group.
  case oneGroup
  /// All are alike, where the measure rests on how they differ.
  case noVariation
  /// What the value would be divided by is zero.
  case zeroDenominator
  /// Nothing was written down before the period.
  case noHistory
  /// Nobody has answered both waves, or too few have.
  case noEarlierWave
  case tooFewPairs
  /// A class that weights must meet has no respondent, or one of a class has no target.
  case emptyClass
  /// Weights cannot meet their margins: totals differ, or no weights do.
  case marginsNotMet
  /// A weight became larger than it may be.
  case heavyWeights
  /// No change to value.
  case nothingToValue
  /// A valuation without a range of what it rests on.
  case noRange
  /// Even if nothing had happened anyway, less comes out than was put in.
  case neverPays
  /// Any other reason.
  case other
  /// The results that were read do not have it.
  case notGiven

  /// The reason that a statistic gives.
  init(_ undefined: Undefined) {
    self =
      switch undefined {
      case .nothingObserved: .nobody
      case .nobodyInClass, .noTargetForClass: .emptyClass
      case .marginTotalsDiffer, .marginsNotMet: .marginsNotMet
      case .weightTooLarge: .heavyWeights
      case .tooFew: .tooFew
      case .noTies: .noTies
      case .oneGroup: .oneGroup
      case .noVariation, .nothingChanged: .noVariation
      case .zeroTotal: .zeroDenominator
      default: .other
      }
  }

  /// The reason as one word, for a file.
  package var word: String { "\(self)" }

  /// The reason in words.
  package var text: Phrase {
    switch self {
    case .nobody: Phrase(fr: "sans objet : personne à mesurer", en: "undefined: nobody to measure")
    case .tooFew: Phrase(fr: "sans objet : trop peu de personnes", en: "undefined: too few people")
    case .noTies: Phrase(fr: "sans objet : aucun lien", en: "undefined: no tie")
    case .oneGroup: Phrase(fr: "sans objet : un seul groupe", en: "undefined: one group only")
    case .noVariation:
      Phrase(fr: "sans objet : aucune différence entre eux", en: "undefined: all are alike")
    case .zeroDenominator:
      Phrase(fr: "sans objet : dénominateur nul", en: "undefined: the denominator is zero")
    case .noHistory:
      Phrase(
        fr: "sans objet : aucune présence avant la période",
        en: "undefined: no attendance before the period")
    case .noEarlierWave:
      Phrase(
        fr: "sans objet : personne n’a répondu à une vague précédente",
        en: "undefined: nobody has answered an earlier wave")
    case .tooFewPairs:
      Phrase(
        fr: "sans objet : trop peu de personnes ont répondu aux deux vagues",
        en: "undefined: too few people have answered both waves")
    case .emptyClass:
      Phrase(
        fr: "sans objet : une modalité du calage n’a pas de répondant, ou pas d’effectif connu",
        en: "undefined: a class of the raking has no respondent, or no known total")
    case .marginsNotMet:
      Phrase(
        fr: "sans objet : aucun poids ne respecte toutes les marges du calage",
        en: "undefined: no weights meet all margins of the raking")
    case .heavyWeights:
      Phrase(
        fr: "sans objet : après calage, un répondant pèserait plus que le plafond",
        en: "undefined: after raking, one respondent would weigh more than the cap")
    case .nothingToValue:
      Phrase(
        fr: "sans objet : aucun changement de la période à valoriser avec ces valeurs de référence",
        en: "undefined: no change of the period to value with these proxies")
    case .noRange:
      Phrase(
        fr: "sans objet : aucune hypothèse basse ni haute : pas de valeur sociale sans fourchette",
        en: "undefined: no low or high assumption, and no social value without a range")
    case .neverPays:
      Phrase(
        fr: "sans objet : même sans effet d’aubaine, il coûte plus qu’il n’apporte",
        en: "undefined: even without deadweight it costs more than it brings")
    case .other: Phrase(fr: "sans objet", en: "undefined")
    case .notGiven:
      Phrase(fr: "absent des résultats lus", en: "not in the results that were read")
    }
  }
}
