package import Diagnostics
import Disclosure

/// Values of one indicator with their unit, all with the same number of decimals.
struct UnitText: Sendable, Hashable {
  let numbers: NumberText
  let unit: String
  let decimals: Int
  /// Whether values are told by the ends that their assumptions leave, never as one figure.
  var isRange = false

  /// Chooses the decimals: none for shares and for counts; for other values as many as tell
  /// residences of about eighty homes apart.
  ///
  /// `isPrecise` gives one more, for analysts.
  init(unit: String, values: [Double], language: Language, isPrecise: Bool = false) {
    numbers = NumberText(language)
    self.unit = unit
    let whole = values.allSatisfy { $0 == $0.rounded() }
    let large = values.contains { abs($0) >= 100 }
    // Values of a few hundredths would all look alike.
    let isFaint = values.allSatisfy { abs($0) < 0.1 } && values.contains { $0 != 0 }
    let usual =
      switch unit {
      case "share": isFaint ? 1 : 0
      case "index", "ratio", "m3/m2": isFaint ? 3 : 2
      case "score", "hour/m2", "kWh/m2": 1
      case "EUR", "EUR/person", "EUR/dwelling", "EUR/household", "EUR/month", "EUR/hour", "hour",
        "kg":
        large || whole ? 0 : 1
      default: whole ? 0 : 1
      }
    decimals = isPrecise && (unit == "share" || !whole) ? usual + 1 : usual
  }

  /// The value as in a table: with `%` or `€`, other units without a word.
  func cell(_ x: Double) -> String {
    switch unit {
    case "share": numbers.percent(x, decimals: decimals)
    case let unit where unit.hasPrefix("EUR"): numbers.euros(x, decimals: decimals)
    default: numbers.number(x, decimals: decimals) + symbol
    }
  }

  /// The value of a cell as in a table; nil when it is not given.
  func text(_ row: ReleasedRow?) -> String? {
    guard let row, let value = row.value else { return nil }
    guard isRange, let low = row.low, let high = row.high else {
      return cell(value) + (isHandful(row) ? UnitText.handfulSign : "")
    }
    return "\(cell(low)) – \(cell(high))"
  }

  /// The fewest cases of a share or of a mean that is told without a warning.
  static let fewest = 5
  /// What stands after a share or a mean of fewer cases: only internal readers see any.
  static let handfulSign = "°"

  /// Whether a value is a share or a mean of a handful of cases, of which nothing can be said in
  /// general.
  func isHandful(_ row: ReleasedRow) -> Bool {
    let few = Double(UnitText.fewest)
    switch unit {
    case "share" where row.standardError == nil && row.effectiveSize == nil:
      return row.denominator.map { $0 < few } ?? false
    case "share", "score", "index", "ratio": return row.persons.map { Double($0) < few } ?? false
    default: return false
    }
  }

  /// What stands after the number, for units that have a symbol.
  private var symbol: String {
    switch unit {
    case "hour": "\u{202F}h"
    case "hour/m2": "\u{202F}h/m²"
    case "kg": "\u{202F}kg"
    case "kWh/m2": "\u{202F}kWh/m²"
    case "m3/m2": "\u{202F}m³/m²"
    default: ""
    }
  }

  /// A difference of two values, with its sign; « stable » when it rounds to nothing.
  func change(_ d: Double) -> String {
    let text =
      switch unit {
      case "share":
        numbers.signed(d * 100, decimals: decimals) + "\u{A0}"
          + (numbers.language == .fr
            ? (abs(points(d)) < 2 ? "point" : "points") : (abs(points(d)) == 1 ? "pt" : "pts"))
      case let unit where unit.hasPrefix("EUR"):
        (d > 0 ? "+" : "") + numbers.euros(d, decimals: decimals)
      default: numbers.signed(d, decimals: decimals) + symbol
      }
    let isZero = !text.contains { $0.isNumber && $0 != "0" }
    return isZero ? "stable" : text
  }

  /// How far a difference may be off, after « ± »; nil when it rounds to nothing.
  func margin(_ d: Double) -> String? {
    isStable(d) ? nil : "±\u{A0}" + change(abs(d)).drop { $0 == "+" }
  }

  /// A difference of shares in points, rounded as it is shown.
  private func points(_ d: Double) -> Double {
    let scale = decimals == 0 ? 1.0 : 10
    return (d * 100 * scale).rounded() / scale
  }

  /// Whether a difference is seen at the decimals shown.
  func isStable(_ d: Double) -> Bool { change(d) == "stable" }

  /// The value with its unit in words, for a sentence: `12 personnes`, `46 %`.
  func sentence(_ x: Double) -> String {
    guard let word = UnitText.words[unit] else { return cell(x) }
    let one = numbers.isSingular(x)
    let noun =
      numbers.language == .fr
      ? (one ? word.one.fr : word.many.fr) : (one ? word.one.en : word.many.en)
    return cell(x) + "\u{A0}" + noun
  }

  /// Nouns of the units that are counted.
  private static let words: [String: (one: Phrase, many: Phrase)] = [
    "person": (Phrase(fr: "personne", en: "person"), Phrase(fr: "personnes", en: "people")),
    "attendance": (
      Phrase(fr: "présence", en: "attendance"), Phrase(fr: "présences", en: "attendances")
    ),
    "session": (Phrase(fr: "séance", en: "session"), Phrase(fr: "séances", en: "sessions")),
    "dwelling": (Phrase(fr: "logement", en: "dwelling"), Phrase(fr: "logements", en: "dwellings")),
    "household": (Phrase(fr: "ménage", en: "household"), Phrase(fr: "ménages", en: "households")),
    "pair": (Phrase(fr: "paire", en: "pair"), Phrase(fr: "paires", en: "pairs")),
    "day": (Phrase(fr: "jour", en: "day"), Phrase(fr: "jours", en: "days")),
    "project": (Phrase(fr: "projet", en: "project"), Phrase(fr: "projets", en: "projects")),
    "partner": (Phrase(fr: "partenaire", en: "partner"), Phrase(fr: "partenaires", en: "partners")),
    "attempt": (Phrase(fr: "tentative", en: "attempt"), Phrase(fr: "tentatives", en: "attempts")),
    "measure_month": (
      Phrase(fr: "mois-mesure", en: "measure-month"),
      Phrase(fr: "mois-mesures", en: "measure-months")
    ),
    "person_day": (
      Phrase(fr: "jour-personne", en: "person-day"),
      Phrase(fr: "jours-personnes", en: "person-days")
    ),
    "statement": (Phrase(fr: "relevé", en: "statement"), Phrase(fr: "relevés", en: "statements")),
    "alert": (Phrase(fr: "alerte", en: "alert"), Phrase(fr: "alertes", en: "alerts")),
    "favour": (Phrase(fr: "service", en: "favour"), Phrase(fr: "services", en: "favours")),
    "mention": (Phrase(fr: "mention", en: "mention"), Phrase(fr: "mentions", en: "mentions")),
    "criterion": (Phrase(fr: "critère", en: "criterion"), Phrase(fr: "critères", en: "criteria")),
    "renewal": (
      Phrase(fr: "renouvellement", en: "renewal"), Phrase(fr: "renouvellements", en: "renewals")
    ),
    "site": (Phrase(fr: "site", en: "site"), Phrase(fr: "sites", en: "sites")),
    "landlord": (Phrase(fr: "bailleur", en: "landlord"), Phrase(fr: "bailleurs", en: "landlords")),
    "cohort": (Phrase(fr: "promotion", en: "cohort"), Phrase(fr: "promotions", en: "cohorts")),
  ]
}

/// One value of an indicator in a line of text.
package enum FigureText {
  /// The value with its unit, one decimal more than a page gives.
  package static func text(_ x: Double, unit: String, _ language: Language) -> String {
    UnitText(unit: unit, values: [x], language: language, isPrecise: true).cell(x)
  }
}
