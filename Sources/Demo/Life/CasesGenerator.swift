import Periods
import Statistics

/// Pathways to a job, and interviews with a few residents at each survey wave.
struct CasesGenerator {
  private static let themes = [
    "neighbours", "home", "isolation", "say", "safety", "health", "work",
  ]
  private static let rights = ["aspa", "apl", "prime_activite", "css", "energy", "apa", "rsa"]

  private let scene: Scene
  private var random: SplitMix
  private(set) var cases: [DemoCase] = []
  private(set) var interviews: [DemoInterview] = []

  init(_ scene: Scene) {
    self.scene = scene
    random = scene.stream("cases")
  }

  mutating func run() {
    var taken: Set<Int> = []
    for year in scene.plan.years {
      for _ in 0..<(4 + random.below(4)) { begin(year, &taken) }
    }
    random = scene.stream("interviews")
    for year in Set([scene.plan.years.lowerBound, scene.plan.years.upperBound]).sorted() {
      talk(year)
    }
  }

  private mutating func begin(_ year: Int, _ taken: inout Set<Int>) {
    let day = scene.openDay(year, 1...11, &random)
    let young = scene.residents(18...45, on: day).filter { !taken.contains($0) }
    guard !young.isEmpty else { return }
    let who = random.pick(young)
    taken.insert(who)
    let age = year - scene.folk[who].born
    let level = ["none", "3", "4", "5", "6", "7"][random.weighted([12, 20, 24, 16, 18, 10])]
    let isGraduate = level == "6" || level == "7"
    let interview =
      random.chance(0.74) ? scene.within(day.advanced(by: random.within(12...95))) : nil
    let hired = interview.flatMap { scene.within($0.advanced(by: random.within(5...90))) }
    let job = random.chance(0.62) ? hired : nil
    /// In work after so many months; unknown when that is still to come, or was not asked.
    func state(_ days: Int) -> Bool? {
      guard scene.within(day.advanced(by: days)) != nil, !random.chance(0.06) else { return nil }
      return job.map { $0.number <= day.number + Int32(days) } ?? false
    }
    let atThree = state(91), atSix = state(182)
    let left = scene.within(day.advanced(by: random.within(100...420)))
    let exit = random.chance(0.9) ? left : nil
    let classes = ["durable", "transition", "positive", "other", "neutral"]
    let weights = job != nil ? [52, 34, 8, 4, 2] : [0, 0, 28, 62, 10]
    let kind = classes[random.weighted(weights)]
    cases.append(
      DemoCase(
        key: "\(scene.site.code)-E\(Text.padded(cases.count + 1, 2))", residence: scene.key,
        person: scene.folk[who].person,
        programme: isGraduate ? "Pack emploi-logement (fictif)" : "Coup de pouce emploi",
        eligible: isGraduate || !random.chance(0.15), level: level,
        tenantsChild: age < 28 && random.chance(0.6), start: day, interview: interview, job: job,
        atThree: atThree, atSix: atSix, exit: exit, exitClass: exit == nil ? nil : kind))
  }

  private mutating func talk(_ year: Int) {
    let after = year > scene.plan.years.lowerBound
    let day = Calendar.day(year, 11, 20)
    var people = scene.residents(18...90, on: day)
    for number in 1...12 where !people.isEmpty {
      let who = people.remove(at: random.below(people.count))
      let date = day.advanced(by: random.within(0...8))
      guard scene.folk[who].stay(on: date) != nil else { continue }
      let code = "E\(year)-\(Text.padded(number, 2))"
      func add(
        _ theme: String, _ tone: String, right: String? = nil, eligible: String? = nil,
        receives: Bool? = nil, reason: String? = nil
      ) {
        interviews.append(
          DemoInterview(
            residence: scene.key, date: date, number: code, person: scene.folk[who].person,
            theme: theme, tone: tone, right: right, eligible: eligible, receives: receives,
            nonTakeUp: reason))
      }
      let tones = ["positive", "mixed", "negative"]
      var themes = Self.themes
      for _ in 0..<random.within(2...4) {
        let theme = themes.remove(at: random.below(themes.count))
        add(theme, tones[random.weighted(after ? [46, 32, 22] : [34, 36, 30])])
      }
      var rights = Self.rights
      for _ in 0..<random.within(1...2) {
        let right = rights.remove(at: random.below(rights.count))
        let eligible = ["yes", "presumed", "no"][random.weighted([22, 38, 40])]
        let receives = eligible != "no" && random.chance(after ? 0.68 : 0.58)
        let reasons = ["unknown_right", "not_offered", "not_claimed", "not_received"]
        let reason = reasons[random.weighted([40, 14, 28, 18])]
        add(
          "rights", tones[random.weighted([25, 40, 35])], right: right, eligible: eligible,
          receives: receives, reason: eligible == "no" || receives ? nil : reason)
      }
    }
  }
}
