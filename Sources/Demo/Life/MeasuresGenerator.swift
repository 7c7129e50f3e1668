import Periods
import Statistics

/// Weighings, meters, the landlord's months, steering meetings.
struct MeasuresGenerator {
  /// The share of a year's heating in each month.
  private static let cold = [19, 16, 13, 8, 2, 0, 0, 0, 1, 8, 14, 19]
  private static let bodies: [(body: String, college: String, seats: Int, comes: Double)] = [
    ("Bailleur (fictif)", "landlord", 2, 0.97), ("Opérateur (fictif)", "operator", 2, 0.98),
    ("Conseil des habitants", "residents", 3, 0.86), ("Commune (fictif)", "commune", 2, 0.68),
    ("Centre d’action sociale", "commune", 1, 0.6),
    ("Caisse d’allocations familiales", "state", 1, 0.45),
    ("Associations partenaires", "partner", 2, 0.72),
  ]

  private let scene: Scene
  private var random: SplitMix
  private(set) var quantities: [DemoQuantity] = []
  private(set) var months: [DemoMonth] = []
  private(set) var meetings: [DemoMeeting] = []

  init(_ scene: Scene) {
    self.scene = scene
    random = scene.stream("measures")
  }

  mutating func run() {
    for year in scene.plan.years { measure(year) }
    random = scene.stream("landlord")
    for year in scene.plan.years { follow(year) }
    random = scene.stream("meetings")
    for year in scene.plan.years { meet(year) }
  }

  private mutating func measure(_ year: Int) {
    let homes = scene.residence.dwellings
    let area = homes * 55
    let growth = year - scene.plan.years.lowerBound
    /// What was used, against the base year: a few hundredths less each year.
    func share() -> Int { max(70, 99 - 2 * growth - random.below(5)) }
    for month in 1...12 {
      let first = Calendar.day(year, month, 1)
      let last = Calendar.day(year, month, Day.length(ofMonth: month, year: year))
      func meter(_ measure: String, _ base: Int, _ unit: String) {
        quantities.append(
          DemoQuantity(
            residence: scene.key, date: first, until: last, measure: measure,
            tenths: base * share() / 10, unit: unit, reference: base * 10,
            baseYear: scene.plan.years.lowerBound - 1, area: area))
      }
      meter("electricity", homes * (14 + random.below(4)), "kWh")
      if Self.cold[month - 1] > 0 { meter("heating", area * Self.cold[month - 1] * 9 / 10, "kWh") }
      meter("water", homes * (8 + random.below(2)), "m3")
      if scene.residence.gardenArea > 0, (3...11).contains(month) {
        weigh("compost", first, last, 250 + 60 * growth + random.below(300))
      }
    }
    for month in [5, 11] {
      let day = scene.openDay(year, month...month, &random)
      let collected = 1400 + 250 * growth + random.below(1600)
      weigh("collected", day, day, collected)
      weigh("given", day, day, collected * (46 + 4 * min(growth, 5) + random.below(14)) / 100)
      weigh("recycled", day, day, collected * (15 + random.below(12)) / 100)
    }
    if scene.residence.gardenArea > 0 {
      let share = min(75, 18 + 7 * growth + random.below(12))
      quantities.append(
        DemoQuantity(
          residence: scene.key, date: Calendar.day(year, 4, 1), until: Calendar.day(year, 10, 31),
          measure: "cultivated", tenths: scene.residence.gardenArea * share / 10, unit: "m2",
          reference: nil, baseYear: nil, area: scene.residence.gardenArea))
    }
  }

  private mutating func weigh(_ measure: String, _ first: Day, _ last: Day, _ tenths: Int) {
    quantities.append(
      DemoQuantity(
        residence: scene.key, date: first, until: last, measure: measure, tenths: tenths,
        unit: "kg", reference: nil, baseYear: nil, area: nil))
  }

  private mutating func follow(_ year: Int) {
    let homes = scene.residence.dwellings
    let growth = year - scene.plan.years.lowerBound
    for month in 1...12 {
      let first = Calendar.day(year, month, 1)
      let last = Calendar.day(year, month, Day.length(ofMonth: month, year: year))
      let lived = scene.homes(on: last)
      let left = scene.folk.flatMap(\.stays).filter { stay in
        guard let departure = stay.departure, departure >= first, departure <= last else {
          return false
        }
        return stay.dwelling.map { lived[$0] == nil } ?? false
      }
      let incidents = (0..<homes / 12).count { _ in
        random.chance(max(0.05, 0.34 - 0.05 * Double(growth)))
      }
      let late = homes * (4 + random.below(5)) / 100
      let reference = homes * (14_200 + 150 * growth)
      let blocked = 2 + random.below(5)
      months.append(
        DemoMonth(
          residence: scene.key, month: first, dwellings: homes, incidents: incidents,
          complaints: random.below(homes / 8 + 1), vacant: homes - lived.count,
          departures: Set(left.compactMap(\.household)).count,
          arrears: late * (38_000 + random.below(300) * 100), inArrears: late,
          rent: homes * (61_000 + 900 * growth),
          charges: reference * (97 - 2 * growth + random.below(4)) / 100, reference: reference,
          transfers: blocked + 1 + random.below(4), blocked: blocked,
          unblocked: random.below(blocked) / 2))
    }
  }

  private mutating func meet(_ year: Int) {
    for (kind, months) in [("steering", [6, 12]), ("technical", [3, 10]), ("review", [11])] {
      for month in months {
        let day = scene.openDay(year, month...month, &random)
        for body in Self.bodies {
          let present = random.chance(body.comes)
          meetings.append(
            DemoMeeting(
              residence: scene.key, date: day, kind: kind, body: body.body, college: body.college,
              present: present, seats: body.seats,
              seatsPresent: present ? random.within(1...body.seats) : 0))
        }
      }
    }
  }
}
