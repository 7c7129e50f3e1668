import Diagnostics

/// What SQL cannot say.
enum BeyondSQL: Sendable, Hashable {
  case network(NetworkMeasure)
  case ends
  case paired
  case survey
  case valuation

  /// The reason, after the name of the indicator.
  var reason: Phrase {
    switch self {
    case .network(let measure):
      Phrase(
        fr: "il mesure un réseau entier (\(measure.rawValue)), ce que SQL ne sait pas dire",
        en: "it measures a whole network (\(measure.rawValue)), which SQL cannot say")
    case .ends:
      Phrase(
        fr: "il compte des paires selon leurs deux personnes, ce que la requête ne sait pas dire",
        en: "it counts pairs by both their people, which the query cannot say")
    case .paired:
      Phrase(
        fr: "il demande une loi de probabilité (Student, Wilcoxon…), que SQL ne connaît pas",
        en: "it needs a probability distribution (Student, Wilcoxon…), which SQL does not know")
    case .survey:
      Phrase(
        fr: "il ajuste des poids ou des chances de réponse pas à pas, ce que SQL ne sait pas dire",
        en: "it fits weights or chances of answering step by step, which SQL cannot say")
    case .valuation:
      Phrase(
        fr: "il refait le calcul pour chaque hypothèse, ce que SQL ne sait pas dire",
        en: "it computes again for each assumption, which SQL cannot say")
    }
  }

  /// What it is, in a few words.
  var name: Phrase {
    switch self {
    case .network: Phrase(fr: "mesure de réseau", en: "network measure")
    case .ends: Phrase(fr: "paires selon leurs deux bouts", en: "pairs by both their ends")
    case .paired: Phrase(fr: "taille ou test d’une évolution", en: "size or test of a change")
    case .survey: Phrase(fr: "calage ou propension", en: "raking or propensity")
    case .valuation: Phrase(fr: "valeur avec ses hypothèses", en: "value with its assumptions")
    }
  }
}
