import Diagnostics

/// What SQL cannot say.
enum BeyondSQL: Sendable, Hashable {
  case network(NetworkMeasure)
  case paired

  /// The reason, after the name of the indicator.
  var reason: Phrase {
    switch self {
    case .network(let measure):
      Phrase(
        fr: "il mesure un réseau entier (\(measure.rawValue)), ce que SQL ne sait pas dire",
        en: "it measures a whole network (\(measure.rawValue)), which SQL cannot say")
    case .paired:
      Phrase(
        fr: "il demande une loi de probabilité (Student, Wilcoxon…), que SQL ne connaît pas",
        en: "it needs a probability distribution (Student, Wilcoxon…), which SQL does not know")
    }
  }

  /// What it is, in a few words.
  var name: Phrase {
    switch self {
    case .network: Phrase(fr: "mesure de réseau", en: "network measure")
    case .paired: Phrase(fr: "taille ou test d’une évolution", en: "size or test of a change")
    }
  }
}
