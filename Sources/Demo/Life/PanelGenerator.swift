import Periods
import Statistics

/// Who was invited to each wave, what came of it, the totals to rake to, and the answers to the
/// scales by those who answered the first questionnaire.
struct PanelGenerator {
  /// What a person is like, as far as answers show it.
  private struct Mood {
    var company = 0.0, wellbeing = 0.0, neighbourhood = 0.0, say = 0.0

    subscript(trait: Questionnaire.Trait) -> Double {
      switch trait {
      case .company: company
      case .wellbeing: wellbeing
      case .neighbourhood: neighbourhood
      case .say: say
      }
    }
  }

  private let scene: Scene
  private var random: SplitMix
  private(set) var invitations: [DemoInvitation] = []
  private(set) var margins: [DemoMargin] = []
  private(set) var answers: [DemoAnswer] = []

  init(_ scene: Scene) {
    self.scene = scene
    random = scene.stream("panel")
  }

  /// `first` are the answers to the first questionnaire, `people` everybody of the register.
  mutating func run(first: [DemoAnswer], people: [String: DemoPerson]) {
    var waves: [String: [String: DemoAnswer]] = [:]
    for answer in first { waves[answer.wave, default: [:]][answer.person] = answer }
    var quitters: [String: Set<String>] = [:]
    for wave in waves.keys.sorted() {
      guard let year = Int(wave), let asked = waves[wave] else { continue }
      quitters[wave] = invite(wave, year, asked, people)
    }
    random = scene.stream("scales")
    let moods = scene.folk.indices.map { mood($0) }
    let local = random.unit() * 0.3 - 0.15
    for (n, wave) in waves.keys.sorted().enumerated() {
      for (i, person) in scene.folk.enumerated() {
        guard let model = waves[wave]?[person.person] else { continue }
        answer(
          model, moods[i], gain: 0.22 * Double(n) + local,
          quits: quitters[wave]?.contains(person.person) == true)
      }
    }
  }

  /// A number around 0, mostly between −2 and 2: the sum of twelve uniform ones, less six.
  private mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + random.unit() } }

  private mutating func mood(_ i: Int) -> Mood {
    let own = normal()
    let comes = scene.regularity[i] > 5 ? 0.3 : 0
    return Mood(
      company: own + comes, wellbeing: own * 0.5 + normal() * 0.85,
      neighbourhood: own * 0.4 + normal() * 0.9 + comes, say: own * 0.3 + normal() * 0.95 + comes)
  }

  // MARK: - Panel

  /// Everybody of sixteen and over who lived there on the first of November. Returns those who
  /// stopped half way.
  private mutating func invite(
    _ wave: String, _ year: Int, _ asked: [String: DemoAnswer], _ people: [String: DemoPerson]
  ) -> Set<String> {
    let day = Calendar.day(year, 11, 1)
    var population: [String: [String: Int]] = [:]
    var total = 0
    var quitters: Set<String> = []
    for person in scene.folk where year - person.born >= 16 {
      let answered = asked[person.person] != nil
      guard answered || person.stay(on: day) != nil else { continue }
      let band = year - person.born < 35 ? "16-34" : year - person.born < 60 ? "35-59" : "60+"
      let quits = random.chance(0.05)
      if answered, quits { quitters.insert(person.person) }
      let missed = ["not_reached", "refused", "ineligible"][random.weighted([70, 24, 6])]
      let modes = ["paper", "online", "face_to_face", "phone"]
      let older = band == "60+"
      invitations.append(
        DemoInvitation(
          wave: wave, residence: scene.key, person: person.person, invited: day,
          mode: modes[random.weighted(older ? [55, 8, 27, 10] : [30, 48, 16, 6])],
          reminders: answered ? random.below(2) : random.within(1...3),
          outcome: answered ? (quits ? "partial" : "answered") : missed, stratum: band))
      if person.stay(on: day) == nil { continue }
      total += 1
      let known = people[person.person]
      func count(_ variable: String, _ category: String?) {
        population[variable, default: [:]][category ?? "_unknown", default: 0] += 1
      }
      count("age_band", known?.birthYear.map { Self.band(year - $0) })
      count("sex", known?.sex)
      count("pcs", known?.pcs)
    }
    margins.append(
      DemoMargin(
        wave: wave, residence: nil, variable: "residence", category: scene.key,
        population: total, asOf: day))
    for variable in population.keys.sorted() {
      for (category, count) in (population[variable] ?? [:]).sorted(by: { $0.key < $1.key }) {
        margins.append(
          DemoMargin(
            wave: wave, residence: scene.key, variable: variable, category: category,
            population: count, asOf: day))
      }
    }
    return quitters
  }

  private static func band(_ age: Int) -> String {
    age < 18 ? "0-17" : age < 35 ? "18-34" : age < 60 ? "35-59" : "60+"
  }

  // MARK: - Scales

  private mutating func answer(_ model: DemoAnswer, _ mood: Mood, gain: Double, quits: Bool) {
    // Some are careful, some leave items out.
    let skips = random.chance(0.12) ? 0.06 : 0.006
    let change = normal() * 0.35 + gain
    for (n, form) in Questionnaire.all.enumerated() {
      let isLeft = quits && n * 2 >= Questionnaire.all.count
      for item in form.questions {
        let noise = normal() * 0.75
        let level = item.mean + item.slope * (mood[form.trait] + change + noise)
        let value = min(
          max(Int((level + 0.5).rounded(.down)), item.scale.lowerBound), item.scale.upperBound)
        let isSkipped = random.chance(skips)
        let isApart = random.chance(item.apart?.share ?? 0)
        let said: Int? = isSkipped || isLeft ? nil : isApart ? item.apart?.code : value
        add(form.key, item.key, said, model)
        if let short = Questionnaire.nci8.first(where: { $0.of == item.key }) {
          add("nci8", short.item, said, model)
        }
      }
    }
  }

  private mutating func add(
    _ instrument: String, _ item: String, _ value: Int?, _ model: DemoAnswer
  ) {
    answers.append(
      DemoAnswer(
        instrument: instrument, wave: model.wave, date: model.date, residence: scene.key,
        person: model.person, item: item, value: value, weightHundredths: model.weightHundredths))
  }
}
