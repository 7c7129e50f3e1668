import Periods
import Statistics

/// The spaces of a residence and their diary: the sessions, and what residents and partners do
/// there on their own.
struct SpacesGenerator {
  private let scene: Scene
  private let partners: [DemoPartner]
  private var random: SplitMix
  private(set) var spaces: [DemoSpace] = []
  private(set) var bookings: [DemoBooking] = []

  init(_ scene: Scene, partners: [DemoPartner]) {
    self.scene = scene
    self.partners = partners
    random = scene.stream("spaces")
  }

  private var room: String { scene.site.code + "-SALLE" }
  private var office: String { scene.site.code + "-BUREAU" }
  private var garden: String? { scene.residence.gardenArea > 0 ? scene.site.code + "-JARDIN" : nil }
  private var terrace: String? {
    scene.residence.terraceArea > 0 ? scene.site.code + "-TERRASSE" : nil
  }

  mutating func run() {
    let residence = scene.residence
    func add(_ key: String?, _ name: String, _ kind: String, _ area: Int, _ hours: Int) {
      guard let key else { return }
      spaces.append(
        DemoSpace(
          key: key, residence: residence.key, name: name, kind: kind, area: area,
          capacity: max(4, area / 2), weeklyHours: hours, from: residence.delivered))
    }
    add(room, "Salle commune", "room", residence.roomArea, 77)
    add(office, "Bureau de permanence", "office", 12, 35)
    add(garden, "Jardin", "garden", residence.gardenArea, 84)
    add(terrace, "Terrasse", "terrace", residence.terraceArea, 84)
    for session in scene.sessions { book(session) }
    for year in scene.plan.years { others(year) }
    bookings.sort { ($0.date, $0.space, $0.start, $0.use) < ($1.date, $1.space, $1.start, $1.use) }
  }

  /// A session, with the time to set up and to tidy; outings take place elsewhere.
  private mutating func book(_ session: DemoSession) {
    if session.title == "Sortie culturelle" { return }
    let isOutdoors = session.minutes == 240
    let space = session.theme == "jardin" || isOutdoors ? garden ?? terrace ?? room : room
    let accompanied: Bool? =
      switch session.ledBy {
      case "animator", "co_led": true
      case "partner": random.chance(0.3)
      default: random.chance(0.05) ? nil : false
      }
    let by =
      session.ledBy == "resident"
      ? "resident" : session.ledBy == "partner" ? "partner" : "animator"
    bookings.append(
      DemoBooking(
        space: space, date: session.date, start: session.start - 15,
        end: session.start + session.minutes + 15, use: "session", bookedBy: by,
        organisation: session.partner, session: session.key, withAnimator: accompanied,
        people: nil, status: session.status))
  }

  /// Card clubs, parties, loans and advice sessions: more of them each year.
  private mutating func others(_ year: Int) {
    let growth = Double(year - scene.plan.years.lowerBound)
    let own = 0.35 + 0.12 * growth + Double(scene.site.autonomy) / 60
    let mine = partners.filter { $0.residence == scene.key && $0.kind != "company" }
    var day = Calendar.day(year, 1, 1)
    while day.year == year {
      let weekday = Calendar.weekday(day)
      let isOpen = !Calendar.isClosed(day)
      if weekday == 2, isOpen, random.chance(own) {
        add(
          room, day, 840, 840 + random.within(4...8) * 30, "residents", "resident", people: 4...14)
      }
      if weekday == 6, isOpen, random.chance(own / 2) {
        add(room, day, 900, 1080, "residents", "resident", people: 5...16)
      }
      if weekday == 5, random.chance(0.18) {
        // Some go on after midnight.
        let end = (1080 + random.within(4...15) * 30) % 1440
        add(room, day, 1080, end, "family", "resident", people: 12...45)
      }
      if weekday == 0, isOpen, random.chance(0.45) {
        add(office, day, 540, 720, "service", "partner", partner: "Centre d’action sociale", mine)
      }
      if weekday == 3, isOpen, random.chance(0.3) {
        // Beside the meal's tidying, most weeks: the two overlap.
        add(room, day, 870, 990, "loan", "partner", partner: "Amicale", mine, people: 6...20)
      }
      if weekday == 1, isOpen, day.civil.day <= 7, random.chance(0.6) {
        add(room, day, 1140, 1260, "meeting", "landlord", people: 8...30)
      }
      day = day.advanced(by: 1)
    }
  }

  private mutating func add(
    _ space: String, _ day: Day, _ start: Int, _ end: Int, _ use: String, _ by: String,
    partner: String? = nil, _ mine: [DemoPartner] = [], people: ClosedRange<Int>? = nil
  ) {
    let organisation = partner.flatMap { name in
      mine.first { found in
        found.key.hasPrefix(name) && found.first <= day
          && (found.ended.map { day < $0 } ?? true)
      }
    }
    if partner != nil, organisation == nil { return }
    let isNoted = people != nil && random.chance(0.7)
    let count = people.map { random.within($0) }
    bookings.append(
      DemoBooking(
        space: space, date: day, start: start, end: end, use: use, bookedBy: by,
        organisation: organisation?.key, session: nil,
        withAnimator: use == "meeting" ? true : random.chance(0.06) ? nil : false,
        people: isNoted ? count : nil, status: random.chance(0.04) ? "cancelled" : "held"))
  }
}
