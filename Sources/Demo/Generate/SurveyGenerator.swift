import Periods
import Statistics

/// One item of the sample's questionnaire, invented for it.
struct Item {
  let key: String
  let scale: ClosedRange<Int>
  /// The mean answer of the first wave, and its change by the last, in steps of the scale.
  let mean: Double, gain: Double
  /// The share that skips the item.
  let skipped: Double
}

/// Two survey waves, in November of the first and of the last year.
struct SurveyGenerator {
  static let instrument = "lien-social"
  static let items: [Item] = [
    Item(key: "appartenance", scale: 1...4, mean: 2.7, gain: 0.25, skipped: 0.03),
    Item(key: "confiance", scale: 0...10, mean: 5.6, gain: 0.5, skipped: 0.05),
    Item(key: "q03", scale: 1...5, mean: 3.2, gain: 0.3, skipped: 0.02),
    Item(key: "q04", scale: 1...5, mean: 3.5, gain: 0.2, skipped: 0.02),
    Item(key: "q05", scale: 1...5, mean: 2.8, gain: 0.35, skipped: 0.04),
    Item(key: "q06", scale: 0...10, mean: 6.4, gain: 0.3, skipped: 0.03),
    Item(key: "q07", scale: 1...5, mean: 2.5, gain: -0.2, skipped: 0.1),
    Item(key: "q08", scale: 0...10, mean: 6.9, gain: 0.2, skipped: 0.02),
    Item(key: "q09", scale: 1...5, mean: 3.0, gain: 0.3, skipped: 0.05),
    Item(key: "q10", scale: 1...5, mean: 3.7, gain: 0.1, skipped: 0.02),
    Item(key: "q11", scale: 0...10, mean: 5.2, gain: 0.6, skipped: 0.06),
    Item(key: "q12", scale: 1...5, mean: 3.4, gain: 0.15, skipped: 0.03),
  ]

  private let plan: DemoPlan
  private let residence: DemoResidence
  private let folk: [Folk]
  private var random: SplitMix

  init(_ plan: DemoPlan, _ residence: DemoResidence, index: Int, folk: [Folk]) {
    self.plan = plan
    self.residence = residence
    self.folk = folk
    random = SplitMix(seed: plan.seed, "survey/" + residence.key)
  }

  /// The answers of all waves; `participants` says how often each of the folk came.
  mutating func run(participants: [Int]) -> [DemoAnswer] {
    var out: [DemoAnswer] = []
    let mood = folk.indices.map { i in
      random.unit() + random.unit() + random.unit() - 1.5 + (participants[i] > 5 ? 0.25 : 0)
    }
    let local = random.unit() * 0.4 - 0.2
    var before: Set<Int> = []
    let waves = Set([plan.years.lowerBound, plan.years.upperBound]).sorted()
    for (n, year) in waves.enumerated() {
      let span = waves.count > 1 ? Double(n) : 0
      var answered: [(who: Int, band: Int, day: Day)] = []
      var population = [0, 0, 0]
      for (i, person) in folk.enumerated() {
        let age = year - person.born
        let day = Calendar.day(year, 11, random.within(4...27))
        guard age >= 16, person.stay(on: day) != nil else { continue }
        let band = age < 35 ? 0 : age < 60 ? 1 : 2
        population[band] += 1
        var chance = [0.4, 0.5, 0.64][band] + (participants[i] > 5 ? 0.08 : 0)
        if before.contains(i) { chance = 0.78 }
        if random.chance(chance) { answered.append((i, band, day)) }
      }
      before = Set(answered.map(\.who))
      // Weights restore the age structure, and sum to about the number of answers.
      var counts = [0, 0, 0]
      for a in answered { counts[a.band] += 1 }
      let total = population.reduce(0, +)
      for a in answered {
        let weight = population[a.band] * answered.count * 100 / max(1, total * counts[a.band])
        for item in Self.items {
          let noise = random.unit() + random.unit() - 1
          let steps = Double(item.scale.count) / 5
          let level = item.mean + item.gain * span + (mood[a.who] + noise + local) * steps
          let value = min(
            max(Int((level + 0.5).rounded(.down)), item.scale.lowerBound),
            item.scale.upperBound)
          out.append(
            DemoAnswer(
              instrument: Self.instrument, wave: String(year), date: a.day,
              residence: residence.key, person: folk[a.who].person, item: item.key,
              value: random.chance(item.skipped) ? nil : value,
              weightHundredths: max(1, weight)))
        }
      }
    }
    return out
  }
}
