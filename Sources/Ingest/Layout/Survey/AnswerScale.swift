/// Ordered wordings of answers that questionnaires share: `Jamais`, `Parfois`, `Souvent`.
///
/// A question's answers are of a scale when they are all its wordings and no other. Then no wording
/// is left that could stand between two of them and shift the codes, unless a longer scale is known
/// that has them all: that one must be out of the question by the number of answers.
struct AnswerScale: Sendable {
  /// The folded wordings from the least to the most; several for one step where they are the same.
  let steps: [Set<String>]
  /// The code of each wording: 1 for the least.
  let codes: [String: Int]

  private init(_ text: String) {
    steps = text.split(separator: "<").map { step in
      Set(step.split(separator: "|").map { AnswerScale.fold(String($0)) })
    }
    var codes: [String: Int] = [:]
    for (i, step) in steps.enumerated() { for word in step { codes[word] = i + 1 } }
    self.codes = codes
  }

  /// The scale that some answers, with how often each was given, are of for certain; nil for none.
  static func of(_ answers: [(text: String, count: Int)]) -> AnswerScale? {
    var counts: [String: Int] = [:]
    for answer in answers { counts[fold(answer.text), default: 0] += answer.count }
    let given = Set(counts.keys)
    guard given.count >= 3 else { return nil }
    let able = all.filter { scale in given.allSatisfy { scale.codes[$0] != nil } }
    guard let full = able.first(where: { $0.isFull(given) }) else { return nil }
    let total = counts.values.reduce(0, +)
    let longer = able.filter { $0.steps.count > full.steps.count }
    // Of five answers a step, hardly any leave a step of a longer scale empty.
    guard longer.allSatisfy({ total >= AnswerScale.enough * $0.steps.count }) else { return nil }
    return full
  }

  private static let enough = 5

  /// The code of an answer.
  func code(of text: String) -> Int? { codes[AnswerScale.fold(text)] }

  private func isFull(_ given: Set<String>) -> Bool {
    // Two wordings of one step would be two steps of another scale.
    steps.allSatisfy { $0.intersection(given).count == 1 }
  }

  /// Folded, whatever the gender: `satisfait(e)`, `satisfaite`, `satisfait·e`.
  private static func fold(_ text: String) -> String {
    Fold.key(text).split(separator: " ").compactMap { word in
      if ["e", "es", "s"].contains(word) { return nil }
      return forms[String(word)] ?? String(word)
    }.joined(separator: " ")
  }

  private static let forms = [
    "satisfaite": "satisfait", "satisfaits": "satisfait", "satisfaites": "satisfait",
    "insatisfaite": "insatisfait", "insatisfaits": "insatisfait", "mauvaise": "mauvais",
    "bonne": "bon", "moyenne": "moyen", "attachee": "attache", "attaches": "attache",
    "interessee": "interesse",
  ]

  /// The scales, from the least to the most.
  private static let all: [AnswerScale] = [
    // Agreement.
    "pas du tout d'accord|pas d'accord du tout < plutôt pas d'accord|peu d'accord|plutôt en désaccord"
      + " < plutôt d'accord|assez d'accord < tout à fait d'accord",
    "pas du tout d'accord|pas d'accord du tout < plutôt pas d'accord|plutôt en désaccord"
      + " < ni d'accord ni pas d'accord|ni d'accord ni en désaccord|neutre"
      + " < plutôt d'accord < tout à fait d'accord",
    "pas du tout d'accord < pas d'accord < d'accord < tout à fait d'accord",
    "pas du tout d'accord < pas d'accord < ni d'accord ni pas d'accord|ni d'accord ni en désaccord"
      + "|neutre < d'accord < tout à fait d'accord",
    "strongly disagree < disagree < agree < strongly agree",
    "strongly disagree < disagree < neither agree nor disagree|neutral|neither < agree"
      + " < strongly agree",
    "strongly disagree < somewhat disagree|tend to disagree|slightly disagree"
      + " < somewhat agree|tend to agree|slightly agree < strongly agree",
    "strongly disagree < somewhat disagree|tend to disagree|slightly disagree"
      + " < neither agree nor disagree|neutral|neither"
      + " < somewhat agree|tend to agree|slightly agree < strongly agree",
    "definitely disagree < tend to disagree < tend to agree < definitely agree",
    "definitely disagree < tend to disagree < neither agree nor disagree < tend to agree"
      + " < definitely agree",
    // Yes and no by degrees.
    "non pas du tout|pas du tout < plutôt non|non plutôt pas|plutôt pas < plutôt oui|oui plutôt|plutôt"
      + " < oui tout à fait|tout à fait",
    // Frequency.
    "jamais < parfois < souvent",
    "jamais < parfois < souvent < toujours",
    "jamais < rarement < parfois < souvent",
    "jamais < rarement < parfois|de temps en temps < souvent < toujours",
    "jamais < rarement < parfois|de temps en temps < souvent < très souvent",
    "jamais < parfois < souvent < très souvent",
    "never < sometimes < often",
    "never < sometimes < often < always",
    "never < rarely < sometimes < often",
    "never < rarely < sometimes < often < always",
    "never < rarely < sometimes < often < very often",
    "hardly ever|hardly ever or never < some of the time < often",
    // Satisfaction.
    "pas du tout satisfait < plutôt pas satisfait|peu satisfait|pas très satisfait"
      + " < plutôt satisfait|assez satisfait|satisfait < très satisfait|tout à fait satisfait",
    "pas du tout satisfait|très insatisfait < plutôt pas satisfait|plutôt insatisfait|insatisfait"
      + "|peu satisfait < ni satisfait ni insatisfait|neutre|moyennement satisfait"
      + " < plutôt satisfait|satisfait < très satisfait|tout à fait satisfait",
    "très insatisfait < plutôt insatisfait|insatisfait < plutôt satisfait|satisfait"
      + " < très satisfait",
    "very dissatisfied < dissatisfied|fairly dissatisfied|somewhat dissatisfied"
      + " < satisfied|fairly satisfied|somewhat satisfied < very satisfied",
    "very dissatisfied < dissatisfied|fairly dissatisfied|somewhat dissatisfied"
      + " < neither satisfied nor dissatisfied|neutral"
      + " < satisfied|fairly satisfied|somewhat satisfied < very satisfied",
    // Degree.
    "pas du tout < un peu < beaucoup",
    "pas du tout < un peu < assez < beaucoup",
    "pas du tout < peu|un peu < assez < très",
    "pas du tout < un peu < moyennement < beaucoup < énormément",
    "not at all < a little < a lot",
    "not at all < a little < somewhat < a lot",
    "not at all < slightly < moderately < very < extremely",
    "pas du tout attaché < peu attaché|pas très attaché|plutôt pas attaché"
      + " < assez attaché|plutôt attaché < très attaché",
    "not at all strongly < not very strongly < fairly strongly < very strongly",
    // Quality.
    "très mauvais < mauvais|plutôt mauvais < bon|plutôt bon < très bon",
    "très mauvais < mauvais|plutôt mauvais < moyen|correct|ni bon ni mauvais < bon|plutôt bon"
      + " < très bon",
    "mauvais < moyen < bon < très bon",
    "very poor|very bad < poor|bad < fair|average < good < very good",
    "poor < fair < good < very good < excellent",
  ].map { AnswerScale($0) }
}
