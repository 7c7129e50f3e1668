import Diagnostics
import Disclosure

/// The words of documents, in both languages.
extension Words {
  /// A text in the language of the page, with the spaces that French wants.
  func say(_ french: String, _ english: String) -> String {
    language == .fr ? Typography.french(french) : english
  }

  var contents: String { say("Sommaire", "Contents") }
  var page: String { say("Page ", "Page ") }
  var pageOf: String { say(" sur ", " of ") }
  var fingerprint: String { say("empreinte", "fingerprint") }
  var madeUp: String { say("données fictives", "made-up data") }
  var level: String { say("Nature", "Kind") }
  var base: String { "Base" }
  var earlier: String { say("Avant", "Before") }
  var city: String { say("Commune", "City") }
  var residences: String { say("Résidences", "Residences") }
  var indicators: String { say("Indicateurs", "Indicators") }
  var code: String { "Code" }
  var methodHead: String { say("Méthode", "Method") }
  var parameters: String { say("Paramètres", "Parameters") }
  var unknownHead: String { say("Inconnus", "Unknown") }
  var frameworksHead: String { say("Index des référentiels", "Index of frameworks") }
  var dataNote: String { say("Données", "Data") }
  var signsHead: String { say("Signes", "Signs") }
  var filesHead: String { say("Fichiers joints", "Files") }
  var forMachines: String {
    say("toutes les valeurs, pour les logiciels", "all values, for software")
  }
  var forExcel: String { say("les mêmes, pour Excel", "the same, for a French Excel") }

  func table(_ n: Int) -> String { say("Tableau", "Table") + "\u{A0}\(n)" }

  func isReached(_ yes: Bool) -> String {
    yes ? say("atteint", "reached") : say("non atteint", "not reached")
  }

  func oneEach(_ count: Int) -> String {
    say(
      "Un document par résidence, à imprimer pour son comité : \(count) résidences.",
      "One document a residence, to print for its committee: \(count) residences.")
  }

  func reader(_ audience: Audience) -> String {
    switch audience {
    case .internal: say("usage interne, ne pas diffuser", "internal use, do not pass on")
    case .partner: say("pour les partenaires", "for partners")
    case .public: say("pour le public", "for the public")
    }
  }

  /// The levels of the chain of effects, in order.
  var levels: [(name: String, title: String, meaning: String)] {
    [
      ("input", say("Moyens", "Means"), say("Ce qui a été mis en œuvre.", "What was put in.")),
      (
        "output", say("Actions", "Actions"),
        say(
          "Ce qui a été fait et fréquenté, sans dire ce qui en résulte.",
          "What was done and attended, without saying what came of it.")
      ),
      (
        "outcome", say("Effets", "Effects"),
        say(
          "Ce qui a changé pour les habitants, ou par eux.",
          "What changed for residents, or by them.")
      ),
      (
        "context", say("Contexte", "Context"),
        say(
          "Ce qui entoure l’action, sans en venir.",
          "What surrounds the action and does not come of it.")
      ),
    ]
  }

  /// The level under which one of a definition is told.
  func levelName(_ level: String) -> String {
    levels.contains { $0.name == level } ? level : "context"
  }

  /// The level of one indicator.
  func levelOfOne(_ level: String) -> String {
    switch levelName(level) {
    case "input": say("Moyen", "Means")
    case "output": "Action"
    case "outcome": say("Effet", "Effect")
    default: say("Contexte", "Context")
    }
  }

  /// What kind of figure an indicator is, in two words: for its line in the annex.
  func kind(isSurvey: Bool, isRange: Bool) -> String {
    isRange
      ? say("fourchette d’hypothèses", "range of assumptions")
      : isSurvey ? say("enquête", "sample survey") : say("relevé complet", "complete records")
  }

  /// How an indicator adds up, in few words: for its line in the annex.
  func shortAdditivity(_ kind: String) -> String {
    switch kind {
    case "additive": say("s’additionne", "adds up")
    case "stock":
      say(
        "s’additionne entre résidences, pas dans le temps", "adds up over residences, not in time")
    default: say("ne s’additionne pas", "does not add up")
    }
  }

  /// What the words of the annex mean.
  var annexKey: [(String, String)] {
    [
      (
        say("Relevé complet", "Complete records"),
        say(
          "toutes les feuilles, sans échantillon : pas d’intervalle, mais des inconnus, comptés à part.",
          "all sheets, no sample: no interval, but unknowns, counted apart.")
      ),
      (
        say("Enquête", "Sample survey"),
        say(
          "des répondants pour tous : intervalle à 95 % ; une évolution qui tient dans sa marge n’est pas affirmée (≈).",
          "respondents for all: 95% interval; a change within its margin is not asserted (≈).")
      ),
      (
        say("Fourchette d’hypothèses", "Range of assumptions"),
        say(
          "ce que les hypothèses permettent, d’un bout à l’autre, jamais un seul chiffre.",
          "what assumptions leave, from end to end, never one figure.")
      ),
      (
        say("Ne s’additionne pas", "Does not add up"),
        say(
          "chaque total est recalculé sur les lignes d’origine : une personne y compte une seule fois.",
          "each total is computed again from the rows: a person counts once.")
      ),
    ]
  }

  func framework(_ name: String) -> String {
    switch name {
    case "sdg":
      say("ODD, objectifs de développement durable", "SDG, Sustainable Development Goals")
    case "esrs": say("ESRS, normes européennes de durabilité", "ESRS, European standards")
    case "gri": "GRI, Global Reporting Initiative"
    case "iris": "IRIS+"
    case let other where other.hasPrefix("eurho"): "EURHO-GR"
    default: name.uppercased()
    }
  }

  /// A code of a framework: « 16, cible 7 » of the target 16.7 of the United Nations.
  func code(_ code: String, of framework: String) -> String {
    let parts = code.split(separator: ".").map(String.init)
    guard framework == "sdg", parts.count > 1 else { return code }
    let target = parts[0] + ", " + say("cible", "target") + "\u{A0}" + parts[1]
    guard parts.count > 2 else { return target }
    return target + ", " + say("indicateur", "indicator") + "\u{A0}" + parts[2]
  }

  /// Every sign of the tables, and what it says.
  var allSigns: [(String, String)] {
    [CellStatus.withheld, .notKnownEnough, .noData].map {
      (Sign.text($0, language), Sign.meaning($0, language) + ".")
    }
      + [
        (UnitText.handfulSign, fewCases),
        (
          "▲ ▼ =",
          say(
            "plus, moins ou autant que la période d’avant.",
            "more, less or as much as the period before.")
        ),
        (
          "≈",
          say(
            "écart que le hasard de l’enquête peut expliquer.",
            "a difference that chance may explain.")
        ),
        ("±", say("marge de l’évolution à 95 %.", "margin of the change at 95%.")),
      ]
  }
}
