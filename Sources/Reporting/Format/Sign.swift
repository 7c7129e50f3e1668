import Diagnostics
import Disclosure

/// What stands in the place of a number that is not given: never 0, never nothing.
enum Sign {
  /// The sign: `s` withheld, `nd` not known enough, `–` no data.
  static func text(_ status: CellStatus, _ language: Language) -> String {
    switch status {
    case .given: ""
    case .withheld: "s"
    case .notKnownEnough: language == .fr ? "nd" : "n/k"
    case .noData: "–"
    }
  }

  /// The sign in words.
  static func meaning(_ status: CellStatus, _ language: Language) -> String {
    let fr = language == .fr
    return switch status {
    case .given: fr ? "donnée" : "given"
    case .withheld: fr ? "secret statistique" : "withheld"
    case .notKnownEnough: fr ? "trop de valeurs inconnues" : "too many unknown values"
    case .noData: fr ? "pas de donnée ou sans objet" : "no data or not applicable"
    }
  }

  /// The sign and its meaning, for a legend.
  static func legend(_ status: CellStatus, _ language: Language) -> String {
    text(status, language) + (language == .fr ? "\u{A0}: " : ": ") + meaning(status, language)
  }
}
