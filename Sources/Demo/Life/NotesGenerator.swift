import Periods
import Statistics

/// What an office adds to rows that it has already: priority groups in the register, hours given,
/// the project of an expense, the instalments of the contract.
struct NotesGenerator {
  private let scene: Scene
  private(set) var priorities: [DemoPriority] = []
  private(set) var instalments: [DemoInstalment] = []
  private(set) var projectOf: [String: String] = [:]
  private(set) var volunteering: [DemoVolunteering] = []

  init(_ scene: Scene) { self.scene = scene }

  mutating func run(entries: [DemoEntry], projects: [DemoProject]) {
    flag()
    give()
    var random = scene.stream("instalments")
    for year in scene.plan.years { pay(year, &random) }
    for entry in entries where entry.decidedBy == "resident" && entry.kind == "expense" {
      let open = projects.filter { project in
        guard let supported = project.supported, project.proposedBy == "resident" else {
          return false
        }
        return supported <= entry.date && (project.ended.map { entry.date < $0 } ?? true)
      }
      if !open.isEmpty { projectOf[entry.key] = random.pick(open).key }
    }
  }

  private mutating func flag() {
    var random = scene.stream("priorities")
    // Who lives with whom, household by household.
    var members: [String: [Int]] = [:]
    for (i, person) in scene.folk.enumerated() {
      for home in Set(person.stays.compactMap(\.household)) { members[home, default: []].append(i) }
    }
    for (i, person) in scene.folk.enumerated() {
      for stay in person.stays {
        guard let arrival = stay.arrival else { continue }
        let noted = max(arrival, scene.first).advanced(by: random.within(5...500))
        let age = noted.year - person.born
        let home = members[stay.household ?? ""] ?? []
        let adults = home.filter { noted.year - scene.folk[$0].born >= 18 }
        let hasChild = home.contains { noted.year - scene.folk[$0].born < 18 }
        let draw = random.unit()
        let kind: String? =
          if age < 18 {
            nil
          } else if age >= 70 && adults.count == 1 {
            draw < 0.8 ? "isolated_senior" : nil
          } else if adults == [i] && hasChild {
            draw < 0.6 ? "single_parent" : nil
          } else if age < 62 && draw < 0.08 {
            "job_seeker"
          } else if draw < 0.13 {
            "low_income"
          } else if age >= 60 && draw < 0.2 {
            "disability"
          } else {
            nil
          }
        guard let kind, noted <= scene.last, stay.departure.map({ noted < $0 }) ?? true else {
          continue
        }
        priorities.append(
          DemoPriority(person: person.person, arrival: arrival, kind: kind, since: noted))
      }
    }
  }

  /// The time given is noted for most of those who lead, and for some of those who help.
  private mutating func give() {
    var random = scene.stream("volunteering")
    var minutes: [String: Int] = [:]
    for session in scene.sessions where session.status == "held" {
      minutes[session.key] = session.minutes
    }
    for row in scene.attendances {
      guard let person = row.person, let length = minutes[row.session],
        ["lead", "co_lead", "volunteer"].contains(row.role)
      else { continue }
      let extra = row.role == "volunteer" ? random.within(0...3) : random.within(2...10)
      guard random.chance(row.role == "volunteer" ? 0.5 : 0.8) else { continue }
      volunteering.append(
        DemoVolunteering(
          session: row.session, person: person, hundredths: length * 100 / 60 + extra * 25))
    }
  }

  /// Two halves of the landlord's contract a year, before tax; the last one is not paid yet.
  private mutating func pay(_ year: Int, _ random: inout SplitMix) {
    let budget = Calendar.day(year, 1, 15)
    instalments.append(
      DemoInstalment(
        key: "\(scene.key)-\(year)-H", residence: scene.key, date: budget, kind: "budget",
        label: "Budget des habitants", cents: 500_000, due: nil, invoiced: nil, paid: nil))
    for (half, month) in [(1, 3), (2, 9)] {
      let due = Calendar.day(year, month, Day.length(ofMonth: month, year: year))
      let invoiced = due.advanced(by: random.within(-20...12))
      let paid = invoiced.advanced(by: random.within(18...75))
      let isLast = year == scene.plan.years.upperBound && half == 2
      instalments.append(
        DemoInstalment(
          key: "\(scene.key)-\(year)-E\(half)", residence: scene.key, date: due,
          kind: "instalment", label: "Convention, échéance \(half)", cents: 1_500_000, due: due,
          invoiced: invoiced, paid: isLast ? nil : paid))
    }
  }
}
