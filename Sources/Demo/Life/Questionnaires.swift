/// The scales that the sample asks, item by item, named and coded as their instrument files name
/// and code them (`indicators/instruments`), and a few single questions of its own.
struct Questionnaire {
  /// What a person's answers to an item depend on most.
  enum Trait { case company, wellbeing, neighbourhood, say }

  struct Question {
    let key: String
    let scale: ClosedRange<Int>
    /// The mean answer of the first wave, in the item's own codes.
    let mean: Double
    /// How far answers follow the trait, in codes for one unit of it; negative where a high code
    /// means little of it.
    let slope: Double
    /// A code that says that the question does not apply, and how often.
    var apart: (code: Int, share: Double)?
  }

  let key: String
  let trait: Trait
  let questions: [Question]

  /// The short form of a scale asked in full: its items' answers are those of the same questions.
  static let nci8: [(item: String, of: String)] = [
    ("scopngbha", "nci2"), ("scopngbhb", "nci4"), ("scopngbhc", "nci7"), ("scopngbhd", "nci11"),
    ("scopngbhe", "nci12"), ("scopngbhf", "nci13"), ("scopngbhg", "nci14"),
    ("scopngbhh", "nci17"),
  ]

  /// Items that are all on one scale; they differ a little in how easily they are agreed with.
  private static func items(
    _ keys: [String], _ scale: ClosedRange<Int>, _ mean: Double, _ slope: Double,
    reversed: Set<String> = []
  ) -> [Question] {
    keys.enumerated().map { n, key in
      let isReversed = reversed.contains(key)
      let middle = Double(scale.lowerBound + scale.upperBound)
      let own = Double((n * 7) % 5 - 2) * 0.03 * Double(scale.count - 1)
      return Question(
        key: key, scale: scale, mean: (isReversed ? middle - mean : mean) + own,
        slope: isReversed ? -slope : slope)
    }
  }

  private static func numbered(_ stem: String, _ count: Int) -> [String] {
    (1...count).map { stem + String($0) }
  }

  static let all: [Questionnaire] = [
    Questionnaire(
      key: "ucla3", trait: .company, questions: items(numbered("ucla", 3), 1...3, 1.55, -0.5)),
    Questionnaire(
      key: "solitude_directe", trait: .company, questions: items(["seul"], 1...5, 3.7, 1.0)),
    Questionnaire(
      key: "djg6", trait: .company,
      questions: items(["lone3", "lone9", "lone10"], 1...3, 1.4, -0.5)
        + items(["lone4", "lone7", "lone8"], 1...3, 2.5, 0.5)),
    Questionnaire(
      key: "who5", trait: .wellbeing, questions: items(numbered("who", 5), 0...5, 3.0, 0.9)),
    Questionnaire(
      key: "swemwbs", trait: .wellbeing, questions: items(numbered("sw", 7), 1...5, 3.4, 0.6)),
    Questionnaire(
      key: "ons4", trait: .wellbeing,
      questions: items(["satisfaction", "sens", "bonheur"], 0...10, 7.1, 1.5)
        + items(["anxiete"], 0...10, 3.6, -1.6)),
    // One is “strongly agree”: a low mean is cohesion.
    Questionnaire(
      key: "nci18", trait: .neighbourhood,
      questions: items(
        numbered("nci", 18), 1...5, 2.65, -0.65, reversed: ["nci5", "nci15"])),
    Questionnaire(
      key: "bscs", trait: .neighbourhood, questions: items(numbered("bscs", 8), 1...5, 3.3, 0.65)),
    Questionnaire(
      key: "efficacite_collective", trait: .neighbourhood,
      questions: items(numbered("ce", 10), 1...5, 3.2, 0.6, reversed: ["ce9", "ce10"])),
    Questionnaire(
      key: "lsns6", trait: .company,
      questions: items(
        numbered("famille", 3) + numbered("amis", 3) + numbered("voisins", 6), 0...5, 2.5, 0.8)),
    Questionnaire(
      key: "isolement", trait: .company,
      questions: [
        Question(key: "voir_famille", scale: 1...6, mean: 3.6, slope: 1.1, apart: (0, 0.05)),
        Question(key: "voir_amis", scale: 1...6, mean: 3.5, slope: 1.2, apart: (0, 0.07)),
        Question(key: "voir_voisins", scale: 1...6, mean: 3.4, slope: 1.2),
        Question(key: "voir_collegues", scale: 1...6, mean: 3.6, slope: 1.0, apart: (0, 0.45)),
        Question(key: "voir_association", scale: 1...6, mean: 2.9, slope: 1.2, apart: (0, 0.4)),
        Question(key: "joindre_famille", scale: 1...6, mean: 4.4, slope: 1.0, apart: (0, 0.05)),
        Question(key: "joindre_entourage", scale: 1...6, mean: 4.0, slope: 1.1),
      ]),
    // Single questions, invented for the sample: see docs/donnees-exemple.md for their codes.
    Questionnaire(
      key: "cohesion", trait: .neighbourhood,
      questions: [
        Question(key: "parler_voisins", scale: 1...6, mean: 3.6, slope: 1.2),
        Question(key: "services_echanges", scale: 1...4, mean: 2.4, slope: 0.6),
        Question(key: "confiance_voisins", scale: 0...10, mean: 5.9, slope: 1.6),
        Question(key: "confiance_gens", scale: 0...10, mean: 5.2, slope: 1.2),
        Question(key: "entente_origines", scale: 1...4, mean: 2.8, slope: 0.5, apart: (5, 0.06)),
        Question(key: "entente_ages", scale: 1...4, mean: 2.9, slope: 0.5, apart: (5, 0.03)),
        Question(key: "insecurite_residence", scale: 1...4, mean: 3.3, slope: 0.5),
        Question(key: "insecurite_quartier", scale: 1...4, mean: 2.9, slope: 0.5),
      ]),
    Questionnaire(
      key: "influence", trait: .say,
      questions: items(["mot_a_dire", "peut_influer"], 1...5, 2.9, 0.8)),
  ]
}
