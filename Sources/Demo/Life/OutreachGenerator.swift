import Periods
import Statistics

/// Going to people: two rounds a year from door to door, welcome visits, and invitations to people
/// who had never come. Some homes open their doors, some never do, some are never visited.
struct OutreachGenerator {
  private let scene: Scene
  private let partners: [DemoPartner]
  private var random: SplitMix
  private(set) var contacts: [DemoContact] = []
  /// How readily each dwelling opens, and whether rounds pass it by.
  private var openness: [String: Double] = [:]
  private var passedBy: Set<String> = []

  private static let slots = ["morning", "afternoon", "evening", "weekend"]
  private static let hours = ["morning": 10, "afternoon": 15, "evening": 18, "weekend": 11]
  private static let success = [
    "morning": 0.6, "afternoon": 0.75, "evening": 1.15, "weekend": 1.25,
  ]

  init(_ scene: Scene, partners: [DemoPartner]) {
    self.scene = scene
    self.partners = partners.filter { $0.residence == scene.key }
    random = scene.stream("outreach")
    for dwelling in scene.dwellings {
      let draw = random.unit()
      openness[dwelling.key] = draw < 0.12 ? 0.02 : 0.18 + 0.55 * random.unit()
      if random.chance(0.07) { passedBy.insert(dwelling.key) }
    }
  }

  mutating func run() {
    for year in scene.plan.years {
      for month in [3, 10] { round(year, month) }
    }
    welcome()
    invite()
    contacts.sort {
      ($0.date, $0.minute, $0.dwelling, $0.attempt) < ($1.date, $1.minute, $1.dwelling, $1.attempt)
    }
  }

  /// Up to five outings of three hours; whoever was reached is not visited again, and those whom
  /// an outing did not come to are the first of the next.
  private mutating func round(_ year: Int, _ month: Int) {
    var left = scene.dwellings.map(\.key).filter { _ in random.chance(0.78) }
      .filter { !passedBy.contains($0) }
    var tries: [String: Int] = [:]
    var day = Calendar.day(year, month, random.within(2...6))
    let actors = ["association", "pair", "animator", "landlord"]
    for _ in 1...5 where !left.isEmpty {
      let slot = Self.slots[random.weighted([20, 30, 35, 15])]
      while (Calendar.weekday(day) >= 5) != (slot == "weekend") { day = day.advanced(by: 1) }
      let actor = actors[random.weighted([30, 30, 25, 15])]
      let homes = scene.homes(on: day)
      let start = (Self.hours[slot] ?? 10) * 60
      var minute = start
      var missed: [String] = [], waiting: [String] = []
      for dwelling in left {
        guard let home = homes[dwelling] else { continue }
        guard minute < start + 180 else {
          waiting.append(dwelling)
          continue
        }
        minute += random.within(2...9)
        tries[dwelling, default: 0] += 1
        let chance =
          (openness[dwelling] ?? 0.3) * (Self.success[slot] ?? 1) * (actor == "pair" ? 1.2 : 1)
        let reached = random.chance(min(0.95, chance))
        visit(dwelling, home, day, minute, tries[dwelling] ?? 1, slot, actor, reached)
        if !reached { missed.append(dwelling) }
      }
      left = waiting + missed
      day = day.advanced(by: random.within(2...5))
    }
  }

  private mutating func visit(
    _ dwelling: String, _ home: [Int], _ day: Day, _ minute: Int, _ attempt: Int, _ slot: String,
    _ actor: String, _ reached: Bool
  ) {
    let adults = home.filter { day.year - scene.folk[$0].born >= 16 }
    let met = reached && !adults.isEmpty && !random.chance(0.15) ? random.pick(adults) : nil
    let outcomes = ["invited", "informed", "need", "referred", "callback", "refused", "none"]
    let outcome = reached ? outcomes[random.weighted([34, 28, 12, 6, 5, 9, 6])] : nil
    let open = partners.filter { $0.first <= day && ($0.ended.map { day < $0 } ?? true) }
    contacts.append(
      DemoContact(
        residence: scene.key, date: day, minute: minute, dwelling: dwelling, attempt: attempt,
        person: met.map { scene.folk[$0].person }, slot: slot,
        place: random.chance(0.9) ? "door" : "hall", channel: "door_to_door", actor: actor,
        reached: reached, outcome: outcome,
        referredTo: outcome == "referred" && !open.isEmpty ? random.pick(open).key : nil))
  }

  /// Those who moved in are visited within three weeks, most of them.
  private mutating func welcome() {
    var seen: Set<String> = []
    for person in scene.folk {
      for stay in person.stays {
        guard let arrival = stay.arrival, let dwelling = stay.dwelling, arrival >= scene.first,
          scene.last.number - arrival.number > 25, seen.insert(stay.household ?? "").inserted,
          random.chance(0.7)
        else { continue }
        let day = arrival.advanced(by: random.within(3...20))
        guard let home = scene.homes(on: day)[dwelling] else { continue }
        let slot = random.pick(["afternoon", "evening"])
        let minute = (Self.hours[slot] ?? 10) * 60 + random.within(0...80)
        let actor = random.pick(["caretaker", "animator"])
        visit(dwelling, home, day, minute, 1, slot, actor, random.chance(0.75))
      }
    }
  }

  /// Some of those who first came in the plan's time had been called or met a few weeks before.
  private mutating func invite() {
    var dates: [String: Day] = [:]
    for session in scene.sessions where session.status == "held" {
      dates[session.key] = session.date
    }
    var came: [String: Day] = [:]
    for row in scene.attendances where row.status == "present" {
      guard let person = row.person, let day = dates[row.session] else { continue }
      came[person] = min(came[person] ?? day, day)
    }
    for person in scene.folk where person.kind == "resident" {
      guard let first = came[person.person], random.chance(0.3) else { continue }
      let day = first.advanced(by: -random.within(4...60))
      guard day >= scene.first, let dwelling = person.stay(on: day)?.dwelling,
        day.year - person.born >= 16
      else { continue }
      let channel = random.pick(["phone", "meeting", "message"])
      contacts.append(
        DemoContact(
          residence: scene.key, date: day, minute: 600 + random.within(0...500),
          dwelling: dwelling, attempt: 1, person: person.person, slot: "afternoon",
          place: channel == "meeting" ? "outdoors" : "remote", channel: channel,
          actor: "animator", reached: true, outcome: "invited", referredTo: nil))
    }
  }
}
