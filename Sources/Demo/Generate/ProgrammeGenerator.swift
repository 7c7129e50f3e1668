import Periods
import Statistics

/// The sessions of a residence and who came: a few leaders, many occasional visitors.
struct ProgrammeGenerator {
  private(set) var sessions: [DemoSession] = []
  private(set) var attendances: [DemoAttendance] = []
  /// How often each person came, by position in the folk.
  private(set) var regularity: [Int]

  private let plan: DemoPlan
  private let residence: DemoResidence
  private let site: Site
  private let index: Int
  private let folk: [Folk]
  /// How readily each person comes, before theme and year: heavy-tailed, nought for some.
  private var eagerness: [Double]
  private var leaders: [Int] = []
  private var random: SplitMix

  init(_ plan: DemoPlan, _ residence: DemoResidence, index: Int, folk: [Folk]) {
    self.plan = plan
    self.residence = residence
    self.index = index
    self.folk = folk
    site = Sites.all[index]
    random = SplitMix(seed: plan.seed, "programme/" + residence.key)
    regularity = Array(repeating: 0, count: folk.count)
    eagerness = []
    appoint()
  }

  /// Decides how eager people are and who the leaders are.
  private mutating func appoint() {
    var homely: [String: Bool] = [:]
    for person in folk {
      let draw = random.pareto(cap: 11)
      var eager = draw * draw / 2
      if person.kind == "resident" {
        // Some homes never come, whoever lives there.
        let home = person.stays.first?.household ?? ""
        let stays = homely[home] ?? random.chance(0.24)
        homely[home] = stays
        if stays || random.chance(0.2) { eager = 0 }
      } else if person.kind != "neighbour" {
        eager = 0
      }
      eagerness.append(eager)
    }
    let middle = Calendar.day(plan.years.lowerBound, 1, 1)
    let settled = folk.indices.filter { i in
      let age = plan.years.lowerBound - folk[i].born
      return (25...78).contains(age) && folk[i].stay(on: middle)?.departure == nil
        && folk[i].stay(on: middle) != nil
    }
    for _ in 0..<min(settled.count, 5 + random.below(3)) {
      let i = settled[random.below(settled.count)]
      if !leaders.contains(i) { leaders.append(i) }
      eagerness[i] = max(eagerness[i], 45)
    }
  }

  /// Runs the programme day by day.
  mutating func run() {
    for year in plan.years {
      var number = 0
      var saturdays: [Int: Int] = [:]
      var day = Calendar.day(year, 1, 1)
      while day.year == year {
        var slots = Slots.all.filter { $0.falls(on: day) }
        if Calendar.weekday(day) == 5 {
          let month = day.civil.month
          saturdays[month, default: 0] += 1
          for feast in Slots.outdoors
          where feast.month == month && feast.saturday == saturdays[month] {
            slots = [Slots.outdoor(feast.title)]
          }
        }
        for slot in slots {
          number += 1
          hold(slot, on: day, number: number)
        }
        day = day.advanced(by: 1)
      }
    }
  }

  private mutating func hold(_ slot: Slot, on day: Day, number: Int) {
    let key = "\(site.code)-\(day.year)-\(Text.padded(number, 3))"
    let cancelled = random.chance(0.04)
    let outdoors = slot.size > 40
    let here = leaders.filter { folk[$0].stay(on: day) != nil }
    var led = leadership(slot, on: day)
    if here.isEmpty, led == "resident" || led == "co_led" { led = "animator" }

    var present = cancelled ? [] : comers(slot, on: day)
    var roles: [Int: String] = [:]
    if led == "resident" || led == "co_led" {
      let lead = here[random.below(here.count)]
      roles[lead] = led == "resident" ? "lead" : "co_lead"
      if !cancelled, !present.contains(lead) { present.append(lead) }
    }
    if ["cuisine", "fete", "jardin"].contains(slot.theme) {
      for i in present where roles[i] == nil && day.year - folk[i].born >= 16 {
        if random.chance(0.1) { roles[i] = "volunteer" }
      }
    }
    // Somebody signed before the session was called off.
    if cancelled, random.chance(0.3) { present = Array(comers(slot, on: day).prefix(2)) }

    let spread = 75 + random.below(51)
    let cost = (slot.cost * spread / 100 + slot.each * present.count) / 50 * 50
    sessions.append(
      DemoSession(
        key: key, residence: residence.key, date: day, start: slot.start, minutes: slot.minutes,
        title: slot.title, theme: slot.theme, axis: slot.axis, ledBy: led,
        partner: led == "partner" ? Slots.partners[slot.theme] : nil,
        status: cancelled ? "cancelled" : "held", costCents: cancelled ? 0 : cost))

    func add(_ person: String?, _ status: String, _ role: String, _ count: (Int, String)? = nil) {
      attendances.append(
        DemoAttendance(
          session: key, person: person, headcount: count?.0, group: count?.1, status: status,
          role: role))
    }
    for i in present {
      add(folk[i].person, "present", roles[i] ?? "participant")
      if !cancelled { regularity[i] += 1 }
    }
    if cancelled { return }
    // A visitor whom the register does not know; some of them come again.
    if random.chance(0.03) {
      add("X\(index + 1)\(Text.padded(random.below(30), 2))", "present", "participant")
    }
    for i in missing(slot, on: day, present: present) {
      add(folk[i].person, random.chance(0.6) ? "absent" : "excused", "participant")
    }
    for (i, person) in folk.enumerated() {
      let paid =
        person.kind == "staff"
        ? led == "animator" || led == "co_led" : person.kind == "partner" && led == "partner"
      if paid, random.chance(0.5) { add(folk[i].person, "present", person.kind) }
    }
    if outdoors {
      add(nil, "present", "participant", (10 + random.below(26), "enfants du quartier"))
      add(nil, "present", "participant", (8 + random.below(33), "passants"))
    }
  }

  /// Who leads: residents more often each year.
  private mutating func leadership(_ slot: Slot, on day: Day) -> String {
    let age = min(day.year - plan.years.lowerBound, 6)
    let own = 12 + 5 * age + site.autonomy
    let shared = 14 + 5 * age
    let partner = Slots.partners[slot.theme] == nil ? 0 : 18
    let animator = max(12, 100 - own - shared - partner)
    let who = ["resident", "co_led", "partner", "animator"]
    return who[random.weighted([max(3, own), shared, partner, animator])]
  }

  /// Who comes: each person by their eagerness and the theme's appeal at their age; then the
  /// families of those who came.
  private mutating func comers(_ slot: Slot, on day: Day) -> [Int] {
    var weights = Array(repeating: 0.0, count: folk.count)
    var total = 0.0
    let appeal = Slots.appeal[slot.theme] ?? [1, 1, 1, 1]
    for (i, person) in folk.enumerated() where eagerness[i] > 0 {
      if person.kind == "resident", person.stay(on: day) == nil { continue }
      let age = day.year - person.born
      if age < 3 { continue }
      let band = age < 18 ? 0 : age < 35 ? 1 : age < 60 ? 2 : 3
      // Large events draw those who seldom come: the square root flattens eagerness.
      let eager = slot.size > 15 ? eagerness[i].squareRoot() * 3 : eagerness[i]
      weights[i] = eager * appeal[band]
      total += weights[i]
    }
    if total == 0 { return [] }
    let year = min(Double(day.year - plan.years.lowerBound), 6)
    let crowd = Double(residence.dwellings) / 70
    let size = slot.size * site.liveliness * (0.88 + 0.1 * year) * (0.55 + 0.45 * crowd)
    let scale = size / total
    var present: [Int] = []
    for i in folk.indices where weights[i] > 0 && random.chance(min(0.88, weights[i] * scale)) {
      present.append(i)
    }
    guard slot.together else { return present }
    let homes = Set(present.compactMap { folk[$0].stay(on: day)?.household })
    for (i, person) in folk.enumerated() where weights[i] > 0 && !present.contains(i) {
      guard let home = person.stay(on: day)?.household, homes.contains(home) else { continue }
      if random.chance(0.3) { present.append(i) }
    }
    return present.sorted()
  }

  /// Regulars who had enrolled and did not come.
  private mutating func missing(_ slot: Slot, on day: Day, present: [Int]) -> [Int] {
    guard ["sante", "numerique", "culture", "emploi"].contains(slot.theme) else { return [] }
    var out: [Int] = []
    for _ in 0..<random.below(3) {
      let i = random.below(folk.count)
      if eagerness[i] > 2, folk[i].stay(on: day) != nil, !present.contains(i), !out.contains(i) {
        out.append(i)
      }
    }
    return out
  }
}
