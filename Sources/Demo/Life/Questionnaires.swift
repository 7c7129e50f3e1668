/// The scales that the sample's second questionnaire asks, item by item, coded as their instrument
/// files code them (`indicators/instruments`).
struct Questionnaire {
  /// What a person's answers to an item depend on most.
  enum Trait { case company, wellbeing, neighbourhood, say }

  struct Question {
    let key: String
    let scale: ClosedRange<Int>
    /// The mean answer of the first wave, in the item's own codes.
    let mean: Double
    /// How far answers follow the trait, in steps of the scale for one unit of it; negative where
    /// a high code means little of it.
    let slope: Double
  }

  let key: String
  let trait: Trait
  let questions: [Question]

  private init(_ key: String, _ trait: Trait, _ questions: [Question]) {
    self.key = key
    self.trait = trait
    self.questions = questions
  }

  /// Items that are numbered, all on one scale.
  private static func numbered(
    _ stem: String, _ count: Int, _ scale: ClosedRange<Int>, _ mean: Double, _ slope: Double,
    reversed: Set<Int> = [], from first: Int = 1
  ) -> [Question] {
    (first..<(first + count)).map { n in
      let isReversed = reversed.contains(n)
      let middle = Double(scale.lowerBound + scale.upperBound)
      // Items of one scale differ a little in how easily they are agreed with.
      let own = Double((n * 7) % 5 - 2) * 0.06 * Double(scale.count - 1) / 2
      return Question(
        key: "\(stem)_\(n)", scale: scale, mean: (isReversed ? middle - mean : mean) + own,
        slope: isReversed ? -slope : slope)
    }
  }

  static let all: [Questionnaire] = [
    Questionnaire("ucla3", .company, numbered("ucla3", 3, 1...3, 1.55, -0.5)),
    Questionnaire(
      "loneliness_direct", .company,
      [Question(key: "loneliness_direct_1", scale: 1...5, mean: 2.3, slope: -0.9)]),
    Questionnaire(
      "djg6", .company,
      numbered("djg6", 3, 1...3, 1.5, -0.5) + numbered("djg6", 3, 1...3, 2.35, 0.5, from: 4)),
    Questionnaire("who5", .wellbeing, numbered("who5", 5, 0...5, 3.0, 0.9)),
    Questionnaire("swemwbs", .wellbeing, numbered("swemwbs", 7, 1...5, 3.4, 0.6)),
    Questionnaire(
      "ons4", .wellbeing,
      [
        Question(key: "ons4_1", scale: 0...10, mean: 7.1, slope: 1.5),
        Question(key: "ons4_2", scale: 0...10, mean: 7.3, slope: 1.4),
        Question(key: "ons4_3", scale: 0...10, mean: 7.0, slope: 1.6),
        Question(key: "ons4_4", scale: 0...10, mean: 3.4, slope: -1.6),
      ]),
    Questionnaire("nci18", .neighbourhood, numbered("nci18", 18, 1...5, 3.3, 0.65)),
    Questionnaire("bscs", .neighbourhood, numbered("bscs", 8, 1...5, 3.3, 0.65)),
    Questionnaire(
      "collective_efficacy", .neighbourhood,
      numbered("collective_efficacy", 10, 1...5, 3.2, 0.6, reversed: [9, 10])),
    Questionnaire("lsns6", .company, numbered("lsns6", 6, 0...5, 2.7, 0.8)),
    Questionnaire("lsns_neighbours", .company, numbered("lsns_neighbours", 6, 0...5, 2.0, 0.8)),
    Questionnaire(
      "relational_isolation", .company,
      ["family", "friends", "neighbours", "colleagues", "associations"].flatMap { network in
        ["met", "remote"].map { way in
          Question(key: "\(network)_\(way)", scale: 1...6, mean: 3.6, slope: 1.0)
        }
      }),
    Questionnaire(
      "cohesion", .neighbourhood,
      [
        Question(key: "chat", scale: 1...6, mean: 4.1, slope: 1.0),
        Question(key: "favours", scale: 1...4, mean: 2.3, slope: 0.6),
        Question(key: "trust_neighbours", scale: 0...10, mean: 5.9, slope: 1.6),
        Question(key: "trust_people", scale: 0...10, mean: 5.2, slope: 1.2),
        Question(key: "get_on_backgrounds", scale: 1...4, mean: 2.8, slope: 0.5),
        Question(key: "get_on_ages", scale: 1...4, mean: 2.9, slope: 0.5),
        Question(key: "unsafe_residence", scale: 1...4, mean: 3.2, slope: 0.5),
        Question(key: "unsafe_area", scale: 1...4, mean: 2.9, slope: 0.5),
      ]),
    Questionnaire(
      "say", .say,
      [
        Question(key: "has_say", scale: 1...5, mean: 2.9, slope: 0.8),
        Question(key: "can_influence", scale: 1...5, mean: 2.7, slope: 0.8),
      ]),
  ]
}
