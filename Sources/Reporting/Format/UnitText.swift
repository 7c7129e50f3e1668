import Diagnostics

/// Values of one indicator with their unit, all with the same number of decimals.
struct UnitText: Sendable, Hashable {
  let numbers: NumberText
  let unit: String
  let decimals: Int

  /// Chooses the decimals: none for shares and for counts; for other values as many as tell
  /// residences of about eighty homes apart.
  ///
  /// `isPrecise` gives one more, for analysts.
  init(unit: String, values: [Double], language: Language, isPrecise: Bool = false) {
    numbers = NumberText(language)
    self.unit = unit
    let whole = values.allSatisfy { $0 == $0.rounded() }
    let large = values.contains { abs($0) >= 100 }
    let usual =
      switch unit {
      case "share": 0
      case "index", "ratio": 2
      case "score": 1
      case "EUR", "EUR/person", "EUR/dwelling", "hour": large || whole ? 0 : 1
      default: whole ? 0 : 1
      }
    decimals = isPrecise && (unit == "share" || !whole) ? usual + 1 : usual
  }

  /// The value as in a table: with `%` or `€`, other units without a word.
  func cell(_ x: Double) -> String {
    switch unit {
    case "share": numbers.percent(x, decimals: decimals)
    case "EUR", "EUR/person", "EUR/dwelling": numbers.euros(x, decimals: decimals)
    case "hour": numbers.number(x, decimals: decimals) + "\u{202F}h"
    default: numbers.number(x, decimals: decimals)
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
      case "EUR", "EUR/person", "EUR/dwelling":
        (d > 0 ? "+" : "") + numbers.euros(d, decimals: decimals)
      case "hour": numbers.signed(d, decimals: decimals) + "\u{202F}h"
      default: numbers.signed(d, decimals: decimals)
      }
    let isZero = !text.contains { $0.isNumber && $0 != "0" }
    return isZero ? "stable" : text
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
  ]
}
