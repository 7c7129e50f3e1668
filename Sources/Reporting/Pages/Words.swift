import Diagnostics
import Disclosure

/// The words of the pages, in both languages, in one place.
struct Words: Sendable {
  let language: Language
  private var fr: Bool { language == .fr }

  init(_ language: Language) { self.language = language }

  /// The mark between a term and what explains it, with the space that French wants.
  var colon: String { fr ? "\u{A0}: " : ": " }
  var all: String { fr ? "Ensemble des résidences" : "All residences" }
  var allIndicators: String { fr ? "Tous les indicateurs" : "All indicators" }
  var allOfAxis: String { fr ? "Tous les indicateurs de cet axe" : "All indicators of this axis" }
  var filter: String { fr ? "Filtrer la page" : "Filter the page" }
  var search: String { fr ? "Rechercher un indicateur" : "Find an indicator" }
  var axis: String { fr ? "Axe" : "Axis" }
  var allAxes: String { fr ? "Tous" : "All" }
  var allResidences: String { fr ? "Toutes" : "All" }
  var allPeriods: String { fr ? "Toutes" : "All" }
  var reset: String { fr ? "Réinitialiser" : "Reset" }
  var oneFound: String { fr ? "indicateur trouvé" : "indicator found" }
  var manyFound: String { fr ? "indicateurs trouvés" : "indicators found" }
  var goal: String { fr ? "Objectif" : "Target" }
  var goalMark: String {
    fr ? "trait court et épais (orange en couleurs)." : "short thick stroke (orange in colour)."
  }
  var atLeast: String { fr ? "au moins " : "at least " }
  var atMost: String { fr ? "au plus " : "at most " }
  func reached(_ goal: String, _ isReached: Bool?) -> String {
    let text = fr ? "objectif (\(goal))" : "target (\(goal))"
    guard let isReached else { return text }
    return text
      + (fr ? (isReached ? " atteint" : " non atteint") : (isReached ? " reached" : " not reached"))
  }
  var indicator: String { fr ? "Indicateur" : "Indicator" }
  var more: String { fr ? "toutes les coupes et années" : "every cut and year" }
  var course: String { fr ? "Cours" : "Course" }
  var spread: String { fr ? "Résidences" : "Residences" }
  var fewCases: String {
    let n = UnitText.fewest
    return fr
      ? "moins de \(n) cas, à ne pas interpréter." : "fewer than \(n) cases, not to be interpreted."
  }
  var inEach: String { fr ? "Dans chaque résidence" : "In each residence" }
  var besides: String { fr ? "Mesures voisines" : "Related measures" }
  var byResidence: String { fr ? "Par résidence" : "By residence" }
  var overTime: String { fr ? "D’une année à l’autre" : "Over the years" }
  var allShort: String { fr ? "Ensemble" : "All" }
  var unknownValue: String { fr ? "Inconnu" : "Unknown" }
  var residence: String { fr ? "Résidence" : "Residence" }
  var value: String { fr ? "Valeur" : "Value" }
  var overYear: String { fr ? "Évolution" : "Change" }
  var ratio: String { fr ? "Calcul" : "Worked out as" }
  var interval: String { fr ? "Intervalle à 95\u{A0}%" : "95% interval" }
  var respondents: String { fr ? "Répondants" : "Respondents" }
  var periodHead: String { fr ? "Période" : "Period" }
  var keyFigures: String { fr ? "L’essentiel" : "Key figures" }
  var comparison: String { fr ? "Les résidences côte à côte" : "Residences side by side" }
  var missing: String { fr ? "Ce qui manque" : "What is missing" }
  var quality: String { fr ? "Qualité des données" : "Quality of the data" }
  var method: String { fr ? "Comment lire et vérifier" : "How to read and check" }
  var downloads: String { fr ? "Données à télécharger" : "Data to download" }
  var census: String {
    fr ? "relevé complet, sans intervalle" : "complete records, no interval"
  }
  var assumed: String { fr ? "selon les hypothèses" : "depending on assumptions" }
  var survey: String { fr ? "enquête par échantillon" : "sample survey" }
  var noFigure: String {
    fr
      ? "Rien n’est encore mesuré ici pour cet axe." : "Nothing is measured here yet for this axis."
  }
  var noValue: String { fr ? "aucune valeur à donner" : "no value to give" }
  var absent: String { fr ? "Sans valeur à donner ici" : "No value to give here" }
  var points: String { fr ? "Point" : "Point" }
  var whoMeetsWhom: String { fr ? "Qui croise qui" : "Who meets whom" }
  func pair(_ a: String, _ b: String) -> String { fr ? "\(a) et \(b)" : "\(a) and \(b)" }
  func within(_ a: String) -> String { fr ? "\(a) entre eux" : "\(a) among themselves" }
  var shade: String { fr ? "Teinte" : "Shade" }
  func shades(_ most: String) -> String {
    fr
      ? "plus elle est marquée, plus le nombre est grand (par cinquièmes de \(most))."
      : "the stronger, the greater the number (by fifths of \(most))."
  }
  var bothWays: String {
    fr
      ? "Chaque paire compte une fois\u{A0}; la table est symétrique."
      : "Each pair counts once; the table is symmetric."
  }
  func across(_ share: String) -> String {
    fr ? "\(share) entre groupes différents" : "\(share) between different groups"
  }
  func most(_ value: String, _ what: String) -> String {
    fr ? "le plus\u{A0}: \(what) (\(value))" : "most: \(what) (\(value))"
  }
  var reading: String { fr ? "Lecture" : "Reading" }
  var order: String { fr ? "Ordre" : "Order" }
  var byValue: String {
    fr
      ? "de la plus grande valeur à la plus petite, sans valeur à la fin."
      : "from the greatest value to the least, those without one at the end."
  }
  var partlySure: String {
    fr
      ? "de la plus grande valeur à la plus petite\u{A0}; il n’est sûr qu’entre deux intervalles qui ne "
        + "se recouvrent pas."
      : "from the greatest value to the least; it is sure only between intervals that do not overlap."
  }
  var noRanking: String {
    fr
      ? "de la plus grande valeur à la plus petite, mais les intervalles se recouvrent\u{A0}: pas de "
        + "classement sûr."
      : "from the greatest value to the least, but the intervals overlap: no sure ranking."
  }
  var part: String { fr ? "Part" : "Share" }
  var chart: String { fr ? "Graphique" : "Chart" }
  var equality: String { fr ? "égalité" : "equality" }
  var equalityTerm: String { fr ? "Tirets" : "Dashes" }
  var equalityNote: String {
    fr
      ? "égalité. Plus la courbe s’en éloigne, plus quelques-uns font l’essentiel."
      : "equality. The further the curve is from it, the more a few do most."
  }
  func forWhom(_ value: String, _ whom: String) -> String {
    fr ? "\(value) pour \(whom)" : "\(value) for \(whom)"
  }
  func after(_ value: String, _ time: String) -> String {
    fr ? "\(value) après \(time)" : "\(value) after \(time)"
  }
  func mostOften(_ name: String) -> String {
    fr ? "le plus souvent \(name)" : "most often \(name)"
  }
  /// A title inside a sentence.
  func inside(_ title: String) -> String {
    // A title that begins with initials keeps them.
    title.dropFirst().first?.isUppercase == true
      ? title : title.prefix(1).lowercased() + title.dropFirst()
  }
  var formula: String { fr ? "Formule" : "Formula" }
  var counted: String { fr ? "Ce qui est compté" : "What is counted" }
  var definition: String { fr ? "Définition" : "Definition" }
  var source: String { fr ? "Source" : "Source" }
  var addition: String { fr ? "Addition" : "Adding up" }
  var wave: String { fr ? "Enquête" : "Survey" }

  var fictional: String {
    fr
      ? "Données fictives. Résidences, habitants et chiffres sont inventés pour la démonstration."
      : "Made-up data. Residences, residents and figures are invented for demonstration."
  }

  func audience(_ audience: Audience, threshold: Int) -> String {
    switch (audience, fr) {
    case (.internal, true):
      "Usage interne\u{A0}: les petits effectifs sont visibles et peuvent désigner quelqu’un. "
        + "Ne pas diffuser."
    case (.internal, false):
      "Internal use: small groups are visible and may single someone out. Do not pass on."
    case (let other, true):
      (other == .partner ? "Pour les partenaires\u{A0}: " : "Pour le public\u{A0}: ")
        + "les cellules de moins de \(threshold) personnes sont retirées, et celles qui "
        + "permettraient de les recalculer (secret statistique, vérifié avant écriture)."
    case (let other, false):
      (other == .partner ? "For partners: " : "For the public: ")
        + "cells of fewer than \(threshold) people are withheld, and those from which they could "
        + "be worked out (statistical confidentiality, checked before writing)."
    }
  }

  func additivity(_ kind: String) -> String {
    switch (kind, fr) {
    case ("additive", true):
      "S’additionne d’un mois, d’une séance ou d’une résidence à l’autre."
    case ("additive", false): "Adds up over months, sessions and residences."
    case ("stock", true):
      "S’additionne d’une résidence à l’autre, pas d’une période à l’autre."
    case ("stock", false): "Adds up over residences, not over periods."
    case (_, true):
      "Ne s’additionne pas\u{A0}: chaque total est recalculé sur les lignes d’origine, "
        + "si bien qu’une personne y compte une seule fois."
    case (_, false):
      "Does not add up: each total is computed again from the rows, so that a person counts once."
    }
  }

  func since(_ period: String) -> String { fr ? "depuis \(period)" : "since \(period)" }
  func unknowns(_ n: String, _ what: Phrase) -> String { n + " " + what[fr ? .fr : .en] }
  func outOf(_ a: String, _ b: String) -> String { fr ? "\(a) sur \(b)" : "\(a) of \(b)" }
  func figure(_ n: Int) -> String { "Figure\u{A0}\(n)" }
  func fromTo(_ a: String, _ b: String) -> String { fr ? "de \(a) à \(b)" : "from \(a) to \(b)" }
  func days(_ a: String, _ b: String) -> String { fr ? "du \(a) au \(b)" : "\(a) to \(b)" }
  func previousMark(_ period: String, ring: Bool) -> String {
    if ring { return fr ? "Anneau\u{A0}: \(period)." : "Ring: \(period)." }
    return fr ? "Trait vertical\u{A0}: \(period)." : "Vertical tick: \(period)."
  }
  func size(_ bytes: Int) -> String {
    let kilo = max(1, (bytes + 500) / 1000)
    return fr ? "\(kilo)\u{A0}ko" : "\(kilo)\u{A0}kB"
  }
}
