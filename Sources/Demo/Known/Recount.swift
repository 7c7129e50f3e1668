import Periods

/// Counts the known totals, one loop after the other.
struct Recount {
  private let data: DemoData
  private var sessions: [String: DemoSession] = [:]
  private var people: [String: DemoPerson] = [:]
  private var stays: [String: [DemoStay]] = [:]

  /// An attendance that counts, with what its session's date says of it.
  private struct Visit {
    let session: DemoSession
    let person: String?
    let heads: Int
    /// The row of the register that holds on that date; nil when the register has none.
    let stay: DemoStay?
  }

  init(_ data: DemoData) {
    self.data = data
    for session in data.sessions { sessions[session.key] = session }
    for person in data.people { people[person.key] = person }
    for stay in data.stays { stays[stay.person, default: []].append(stay) }
  }

  private func visits(of residence: String?, in year: Int) -> [Visit] {
    var out: [Visit] = []
    for row in data.attendances {
      guard let session = sessions[row.session], session.date.year == year else { continue }
      if let residence, session.residence != residence { continue }
      guard row.status == "present", session.status == "held",
        ["participant", "lead", "co_lead", "volunteer"].contains(row.role)
      else { continue }
      let stay = (stays[row.person ?? ""] ?? []).first { holds($0, on: session.date) }
      out.append(Visit(session: session, person: row.person, heads: row.headcount ?? 1, stay: stay))
    }
    return out
  }

  private func holds(_ stay: DemoStay, on day: Day) -> Bool {
    if let arrival = stay.arrival, day < arrival { return false }
    if let departure = stay.departure, day >= departure { return false }
    return true
  }

  /// How many days of a span a stay covers.
  private func days(_ stay: DemoStay, first: Day, last: Day) -> Int {
    var count = 0
    var day = first
    while day <= last {
      if holds(stay, on: day) { count += 1 }
      day = day.advanced(by: 1)
    }
    return count
  }

  private func band(_ person: String, _ year: Int) -> String? {
    guard let born = people[person]?.birthYear else { return nil }
    let age = year - born
    return age < 18 ? "0-17" : age < 35 ? "18-34" : age < 60 ? "35-59" : "60+"
  }

  func totals(of residence: String?, in year: Int) -> [KnownTotal] {
    var out: [KnownTotal] = []
    func add(_ measure: KnownMeasure, _ value: Double?, over: (Double, Double)? = nil) {
      out.append(
        KnownTotal(
          measure: measure, residence: residence ?? "_total", year: year, value: value,
          numerator: over?.0, denominator: over?.1))
    }
    func ratio(_ measure: KnownMeasure, _ numerator: Double, _ denominator: Double) {
      add(
        measure, denominator == 0 ? nil : numerator / denominator, over: (numerator, denominator))
    }
    let first = Calendar.day(year, 1, 1), last = Calendar.day(year, 12, 31)
    let length = Double(last.number - first.number + 1)
    let visits = visits(of: residence, in: year)
    let held = data.sessions.filter {
      $0.status == "held" && $0.date.year == year && (residence == nil || $0.residence == residence)
    }

    let attendances = Double(visits.reduce(0) { $0 + $1.heads })
    add(.attendances, attendances)
    var frequency: [String: Int] = [:]
    for visit in visits {
      if let person = visit.person { frequency[person, default: 0] += 1 }
    }
    let counts = frequency.values.sorted()
    let named = Double(counts.reduce(0, +))
    let participants = Double(counts.count)
    add(.participants, participants)
    add(.sessions, Double(held.count))
    add(.participantHours, Double(visits.reduce(0) { $0 + $1.heads * $1.session.minutes }) / 60)
    ratio(.meanAttendance, attendances, Double(held.count))
    var sizes: [String: Int] = [:]
    for session in held { sizes[session.key] = 0 }
    for visit in visits { sizes[visit.session.key, default: 0] += visit.heads }
    add(.medianAttendance, median(sizes.values.sorted()))

    // Homes and residents.
    var occupied: Set<String> = []
    var residentDays: [String: Int] = [:]
    for stay in data.stays where stay.kind == "resident" {
      if let residence, stay.residence != residence { continue }
      let covered = days(stay, first: first, last: last)
      if covered == 0 { continue }
      residentDays[stay.person, default: 0] += covered
      if let dwelling = stay.dwelling { occupied.insert(dwelling) }
    }
    let asResidents = visits.filter { $0.stay?.kind == "resident" }
    let reached = Set(asResidents.compactMap { $0.stay?.dwelling })
    let population = Double(residentDays.values.reduce(0, +)) / length
    let residents = Set(asResidents.compactMap(\.person))
    let others = Set(
      visits.filter { $0.stay != nil && $0.stay?.kind != "resident" }.compactMap(\.person))
    let known = Set(visits.filter { $0.stay != nil }.compactMap(\.person))
    add(.dwellingsOccupied, Double(occupied.count))
    add(.dwellingsReached, Double(reached.count))
    ratio(.householdReach, Double(reached.count), Double(occupied.count))
    add(.meanPopulation, population)
    add(.residentParticipants, Double(residents.count))
    ratio(.residentReach, Double(residents.count), population)
    add(.nonResidentParticipants, Double(others.count))
    ratio(.nonResidentShare, Double(others.count), Double(known.count))
    add(.unknownParticipants, Double(frequency.keys.filter { people[$0] == nil }.count))

    // Regularity and concentration.
    ratio(.meanSessions, named, participants)
    add(.medianSessions, median(counts))
    let (regular, able) = regulars(visits, of: residence, in: year)
    ratio(.regulars, Double(regular), Double(able))
    add(.gini, gini(counts))
    var byResident: [String: Int] = [:]
    for person in residentDays.keys { byResident[person] = 0 }
    var byDwelling: [String: Int] = [:]
    for dwelling in occupied { byDwelling[dwelling] = 0 }
    for visit in asResidents {
      if let person = visit.person { byResident[person, default: 0] += 1 }
      if let dwelling = visit.stay?.dwelling { byDwelling[dwelling, default: 0] += 1 }
    }
    add(.giniAdjustedResidents, adjustedGini(byResident.values.sorted()))
    add(.giniAdjustedDwellings, adjustedGini(byDwelling.values.sorted()))
    let top = counts.suffix((counts.count + 9) / 10).reduce(0, +)
    ratio(.topTenthShare, Double(top), named)

    // Mix.
    var bands: [String: Int] = [:]
    for person in frequency.keys {
      if let band = band(person, year) { bands[band, default: 0] += 1 }
    }
    let banded = Double(bands.values.reduce(0, +))
    let squares = bands.values.sorted().reduce(0.0) {
      $0 + (Double($1) / banded) * (Double($1) / banded)
    }
    add(.blauAgeBands, banded == 0 ? nil : 1 - squares)
    func representation(_ measure: KnownMeasure, _ belongs: (String) -> Bool?) {
      let coming = residents.compactMap(belongs)
      var inside = 0, all = 0
      for (person, days) in residentDays {
        guard let yes = belongs(person) else { continue }
        all += days
        if yes { inside += days }
      }
      let part = Double(coming.filter { $0 }.count) / Double(coming.count)
      ratio(measure, part, Double(inside) / Double(all))
    }
    representation(.representationWomen) { person in people[person]?.sex.map { $0 == "f" } }
    representation(.representationSeniors) { person in band(person, year).map { $0 == "60+" } }

    // Power to act, cost, belonging.
    let ownLed = held.filter { $0.ledBy == "resident" || $0.ledBy == "co_led" }.count
    ratio(.residentLed, Double(ownLed), Double(held.count))
    let spent = data.entries.filter {
      $0.kind == "expense" && $0.date.year == year
        && (residence == nil || $0.residence == residence)
    }.reduce(0) { $0 + $1.cents }
    add(.expenses, Double(spent) / 100)
    ratio(.costPerParticipant, Double(spent) / 100, participants)
    add(.directCost, Double(held.reduce(0) { $0 + $1.costCents }) / 100)
    var weighted = 0, weights = 0
    for answer in data.answers
    where answer.item == "appartenance" && answer.wave == String(year)
      && (residence == nil || answer.residence == residence)
    {
      guard let value = answer.value else { continue }
      weighted += answer.weightHundredths * value
      weights += answer.weightHundredths
    }
    if weights > 0 { ratio(.belonging, Double(weighted) / 100, Double(weights) / 100) }
    return out
  }

  private func regulars(_ visits: [Visit], of residence: String?, in year: Int) -> (Int, Int) {
    var attended: [String: Set<Int>] = [:]
    for visit in visits {
      if let person = visit.person {
        attended[person, default: []].insert(visit.session.date.civil.month)
      }
    }
    var open: [String: Set<Int>] = [:]
    for session in data.sessions where session.status == "held" && session.date.year == year {
      open[session.residence, default: []].insert(session.date.civil.month)
    }
    var regular = 0, able = 0
    for (person, months) in attended {
      var available: Set<Int> = []
      for stay in stays[person] ?? [] where stay.kind == "resident" {
        if let residence, stay.residence != residence { continue }
        for month in 1...12 where open[stay.residence]?.contains(month) == true {
          let first = Calendar.day(year, month, 1)
          let last = Calendar.day(year, month, Day.length(ofMonth: month, year: year))
          if days(stay, first: first, last: last) > 0 { available.insert(month) }
        }
      }
      if available.isEmpty { continue }
      able += 1
      if months.count >= available.count { regular += 1 }
    }
    return (regular, able)
  }

  private func median(_ sorted: [Int]) -> Double? {
    if sorted.isEmpty { return nil }
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return Double(sorted[middle]) }
    return Double(sorted[middle - 1] + sorted[middle]) / 2
  }

  private func gini(_ counts: [Int]) -> Double? {
    let n = Double(counts.count)
    let sum = Double(counts.reduce(0, +))
    if sum == 0 { return nil }
    var differences = 0
    for a in counts {
      for b in counts { differences += abs(a - b) }
    }
    return Double(differences) / (2 * n * n * (sum / n))
  }

  private func adjustedGini(_ counts: [Int]) -> Double? {
    guard let gini = gini(counts) else { return nil }
    let n = Double(counts.count)
    let c = Double(counts.reduce(0, +))
    return max(n / c, 1) * (gini - 1) + 1
  }
}
