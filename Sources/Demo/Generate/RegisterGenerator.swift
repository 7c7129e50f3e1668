import Periods
import Statistics

/// What the generator knows of a person beyond the register: nothing of it is written out.
struct Folk {
  let person: String
  /// The true year of birth and sex, also where the register has neither.
  let born: Int
  let sex: String
  let kind: String
  /// Stays in the residence; empty for people from outside.
  var stays: [DemoStay]

  /// The stay on a day.
  func stay(on day: Day) -> DemoStay? {
    stays.first { stay in
      guard let arrival = stay.arrival, arrival <= day else { return false }
      return stay.departure.map { day < $0 } ?? true
    }
  }
}

/// Fills the residences: dwellings, households one after the other, people who come, go, are
/// born and come back.
struct RegisterGenerator {
  private(set) var residences: [DemoResidence] = []
  private(set) var dwellings: [DemoDwelling] = []
  private(set) var households: [DemoHousehold] = []
  private(set) var people: [DemoPerson] = []
  private(set) var stays: [DemoStay] = []

  /// A household that leaves for the next residence.
  private struct Mover {
    var type: String
    var members: [Int]
    var day: Day
  }

  private let plan: DemoPlan
  private let opening: Day, horizon: Day
  private var born: [Int] = []
  private var sexes: [String] = []
  private var movers: [Mover] = []

  init(_ plan: DemoPlan) {
    self.plan = plan
    opening = Calendar.day(plan.years.lowerBound - 1, 1, 1)
    horizon = Calendar.day(plan.years.upperBound, 12, 31)
  }

  /// Everybody tied to a residence, in the order of the register.
  func folk(of residence: String) -> [Folk] {
    var order: [String] = []
    var mine: [String: Folk] = [:]
    var index: [String: Int] = [:]
    for (i, person) in people.enumerated() { index[person.key] = i }
    for stay in stays where stay.residence == residence {
      let i = index[stay.person] ?? 0
      if mine[stay.person] == nil {
        order.append(stay.person)
        mine[stay.person] = Folk(
          person: stay.person, born: born[i], sex: sexes[i], kind: stay.kind, stays: [])
      }
      if stay.kind == "resident" { mine[stay.person]?.stays.append(stay) }
    }
    return order.compactMap { mine[$0] }
  }

  /// Builds a residence and fills it until the end of the plan.
  mutating func settle(_ site: Site, index: Int) {
    var random = SplitMix(seed: plan.seed, "register/" + site.key)
    let count = max(8, Int(Double(site.dwellings) * plan.scale))
    let delivered = Calendar.day(site.delivered.year, site.delivered.month, 1)
    residences.append(
      DemoResidence(
        key: site.key, name: site.name, city: site.city, delivered: delivered, dwellings: count,
        roomArea: site.room, gardenArea: site.garden, terraceArea: site.terrace))
    var leaving = movers.filter { $0.day > opening }
    movers = []
    for n in 0..<count {
      let dwelling = dwelling(n, of: count, site, &random)
      dwellings.append(dwelling)
      var day = delivered.advanced(by: random.below(120))
      while day <= horizon {
        day = tenancy(dwelling, from: day, site, &leaving, &random)
      }
    }
    outsiders(site, &random)
  }

  private func dwelling(_ n: Int, of count: Int, _ site: Site, _ random: inout SplitMix)
    -> DemoDwelling
  {
    let letters = ["A", "B", "C", "D"]
    let perStair = (count + site.staircases - 1) / site.staircases
    let stair = letters[n / perStair]
    let place = n % perStair
    let type = ["T1", "T2", "T3", "T4", "T5+"][random.weighted([8, 33, 35, 18, 6])]
    let earmarks: [String] =
      switch type {
      case "T1": ["youth", "none", "seniors"]
      case "T2": ["seniors", "seniors", "none", "youth"]
      case "T3": ["none", "families", "none"]
      default: ["families"]
      }
    return DemoDwelling(
      key: "\(site.code)-\(stair)\(Text.padded(place + 1, 2))", residence: site.key, type: type,
      staircase: stair, floor: place / 4, earmark: random.pick(earmarks))
  }

  /// One household's stay, written down when it touches the plan; returns when the next begins.
  private mutating func tenancy(
    _ dwelling: DemoDwelling, from day: Day, _ site: Site, _ leaving: inout [Mover],
    _ random: inout SplitMix
  ) -> Day {
    var months = 0
    while !random.chance(1.0 / 115), months < 600 { months += 1 }
    let end = day.advanced(by: 45 + months * 30 + random.below(30))
    // Mostly a few weeks between two households; now and then works keep a dwelling empty.
    let empty = random.chance(0.06) ? 400 + random.below(300) : 15 + random.below(60)
    let next = end.advanced(by: empty)
    if end <= opening { return next }

    var members: [Int] = []
    var type = ""
    if let i = leaving.firstIndex(where: { $0.day <= day && day.number - $0.day.number < 250 }) {
      let mover = leaving.remove(at: i)
      (type, members) = (mover.type, mover.members)
    } else {
      (type, members) = household(dwelling.type, on: day, site, &random)
    }
    let household = DemoHousehold(
      key: "M\(Text.padded(households.count + 1, 4))", residence: site.key, type: type)
    households.append(household)
    let departure = end <= horizon ? end : nil
    for member in members {
      let spells = spells(
        of: member, canLeave: members.count > 1, from: day, to: departure, &random)
      for spell in spells {
        stays.append(
          DemoStay(
            person: people[member].key, residence: site.key, kind: "resident",
            household: household.key, dwelling: dwelling.key, arrival: spell.from,
            departure: spell.to))
      }
    }
    birth(in: household, dwelling, type, from: day, to: end, &random)
    let stillThere = members.filter { member in
      stays.contains { $0.person == people[member].key && $0.departure == departure }
    }
    if let departure, departure.year >= plan.years.lowerBound, movers.count < 4,
      stillThere.count == members.count
    {
      movers.append(Mover(type: type, members: members, day: departure))
    }
    return next
  }

  /// When a member lives there: nearly always as long as the household; grown children and a few
  /// others leave before it, and some of them come back.
  private func spells(
    of member: Int, canLeave: Bool, from: Day, to: Day?, _ random: inout SplitMix
  ) -> [(from: Day, to: Day?)] {
    let last = to ?? horizon
    guard canLeave else { return [(from, to)] }
    var year = max(from.year + 1, plan.years.lowerBound)
    while year <= min(last.year, plan.years.upperBound) {
      let age = year - born[member]
      let away = Calendar.day(year, random.within(2...11), random.within(1...28))
      if random.chance(age >= 18 && age <= 25 ? 0.16 : age > 25 ? 0.012 : 0), away > from,
        away < last
      {
        let back = away.advanced(by: random.within(90...330))
        if random.chance(0.35), back < last { return [(from, away), (back, to)] }
        return [(from, away)]
      }
      year += 1
    }
    return [(from, to)]
  }

  private mutating func birth(
    in household: DemoHousehold, _ dwelling: DemoDwelling, _ type: String, from: Day, to: Day,
    _ random: inout SplitMix
  ) {
    guard type == "family" else { return }
    for year in plan.years where random.chance(0.06) {
      let day = Calendar.day(year, random.within(1...12), random.within(1...28))
      if day > from, day < to {
        let baby = person(born: year, &random)
        stays.append(
          DemoStay(
            person: people[baby].key, residence: household.residence, kind: "resident",
            household: household.key, dwelling: dwelling.key, arrival: day,
            departure: to <= horizon ? to : nil))
      }
    }
  }

  private mutating func household(
    _ dwelling: String, on day: Day, _ site: Site, _ random: inout SplitMix
  ) -> (type: String, members: [Int]) {
    let types = ["single", "couple", "family", "single_parent", "other"]
    let weights: [Int] =
      switch dwelling {
      case "T1": [92, 6, 0, 2, 0]
      case "T2": [52, 28, 0, 18, 2]
      case "T3": [12, 24, 32, 24, 8]
      case "T4": [3, 8, 60, 18, 11]
      default: [0, 3, 80, 5, 12]
      }
    let type = types[random.weighted(weights)]
    let year = day.year
    func adult() -> ClosedRange<Int> {
      let older = max(5, 42 + site.seniorBias)
      return [20...32, 33...59, 60...86][random.weighted([24, 34, older])]
    }
    var members: [Int] = []
    let surname = random.pick(Names.surnames)
    switch type {
    case "single":
      members.append(person(born: year - random.within(adult()), &random))
    case "couple":
      let age = random.within(adult())
      for _ in 0..<2 {
        let own = max(19, age + random.within(-4...4))
        let name = random.chance(0.6) ? surname : random.pick(Names.surnames)
        members.append(person(born: year - own, surname: name, &random))
      }
    case "family", "single_parent":
      let age = random.within(26...47)
      members.append(person(born: year - age, surname: surname, &random))
      if type == "family" {
        let own = max(23, age + random.within(-5...5))
        members.append(person(born: year - own, surname: surname, &random))
      }
      let children = type == "family" ? random.within(1...3) : random.within(1...2)
      for _ in 0..<children {
        let child = random.within(0...min(17, age - 20))
        members.append(person(born: year - child, surname: surname, &random))
      }
    default:
      if random.chance(0.5) {
        let age = random.within(64...85)
        members.append(person(born: year - age, surname: surname, &random))
        members.append(person(born: year - age + 28, surname: surname, &random))
      } else {
        for _ in 0..<random.within(2...3) {
          members.append(person(born: year - random.within(19...29), &random))
        }
      }
    }
    return (type, members)
  }

  /// Adds a person to the register and returns their position.
  private mutating func person(born year: Int, surname: String? = nil, _ random: inout SplitMix)
    -> Int
  {
    let sex = random.chance(0.53) ? "f" : "m"
    let given = random.pick(sex == "f" ? Names.women : Names.men)
    let age = plan.years.lowerBound - year
    let pcs =
      age >= 63
      ? "7"
      : age < 20 ? "8" : ["2", "3", "4", "5", "6", "8"][random.weighted([4, 9, 17, 36, 22, 12])]
    born.append(year)
    sexes.append(sex)
    people.append(
      DemoPerson(
        key: "P\(Text.padded(people.count + 1, 4))",
        surname: surname ?? random.pick(Names.surnames), givenName: given,
        birthYear: random.chance(0.03) ? nil : year, sex: random.chance(0.02) ? nil : sex,
        pcs: random.chance(0.15) ? nil : pcs))
    return people.count - 1
  }

  /// Neighbours, the animator and partners' people: in the register, without a stay.
  private mutating func outsiders(_ site: Site, _ random: inout SplitMix) {
    let year = plan.years.lowerBound
    let ages = [6...17, 18...34, 35...59, 60...82]
    var kinds = [("staff", 1), ("partner", 2)].flatMap { Array(repeating: $0.0, count: $0.1) }
    kinds += Array(repeating: "neighbour", count: 20 + random.below(14))
    for kind in kinds {
      let range = kind == "neighbour" ? ages[random.weighted([22, 14, 26, 38])] : 25...58
      let i = person(born: year - random.within(range), &random)
      stays.append(
        DemoStay(
          person: people[i].key, residence: site.key, kind: kind, household: nil, dwelling: nil,
          arrival: nil, departure: nil))
    }
  }
}

/// Days that are known to exist.
enum Calendar {
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let found = Day(year: year, month: month, day: day) else {
      preconditionFailure("no such day")
    }
    return found
  }

  /// Whether the programme rests: August, and the days around Christmas and New Year.
  static func isClosed(_ day: Day) -> Bool {
    let civil = day.civil
    if civil.month == 8 || (civil.month == 12 && civil.day >= 24) { return true }
    return civil.month == 1 && civil.day <= 2
  }

  /// 0 for Monday to 6 for Sunday: 1 January 1970 was a Thursday.
  static func weekday(_ day: Day) -> Int { Int((day.number % 7 + 7 + 3) % 7) }
}

enum Text {
  static func padded(_ n: Int, _ width: Int) -> String {
    let digits = String(n)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
