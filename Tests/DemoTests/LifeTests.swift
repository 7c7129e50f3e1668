import Demo
import Foundation
import Periods
import TestSupport
import XCTest

/// What the sample says of the residences beside their programme: consistent with the register and
/// the sessions, and as varied as the indicators need.
final class LifeTests: XCTestCase {
  private var data: DemoData { DemoDataTests.data }
  private var life: DemoLife { DemoDataTests.data.life }
  private var first: Day? { Day(year: 2022, month: 1, day: 1) }
  private var last: Day? { Day(year: 2024, month: 12, day: 31) }

  private static let stays = Dictionary(
    grouping: DemoDataTests.data.stays.filter { $0.kind == "resident" }, by: \.person)

  private func lives(_ person: String, in residence: String, on day: Day) -> DemoStay? {
    (Self.stays[person] ?? []).first { stay in
      stay.residence == residence && (stay.arrival.map { $0 <= day } ?? true)
        && (stay.departure.map { day < $0 } ?? true)
    }
  }

  private func assertResident(
    _ person: String?, _ residence: String, _ day: Day, _ what: String, line: UInt = #line
  ) {
    guard let person else { return }
    XCTAssertNotNil(lives(person, in: residence, on: day), "\(what): \(person)", line: line)
  }

  func testTheLifeIsTheOneThatIsDocumented() {
    XCTAssertEqual(life.checksum, 14_457_515_220_341_032_592)
    let plan = DemoPlan(residences: 2, years: 2022...2023)
    XCTAssertEqual(DemoData(plan).life.checksum, DemoData(plan).life.checksum)
  }

  /// The older figures of the sample rest on streams of their own.
  func testALifeBesideDoesNotMoveTheProgramme() {
    XCTAssertEqual(data.checksum, 7_356_407_429_604_064_817)
  }

  func testKeysAreUnique() {
    for (name, keys) in [
      ("partners", life.partners.map(\.key)), ("spaces", life.spaces.map(\.key)),
      ("projects", life.projects.map(\.key)), ("needs", life.needs.map(\.key)),
      ("cases", life.cases.map(\.key)), ("outcomes", life.outcomes.map(\.key)),
      ("deliveries", life.deliveries.map { $0.session + $0.partner }),
      (
        "bookings",
        life.bookings.map {
          "\($0.space) \($0.date.iso) \($0.start) \($0.end) \($0.use) \($0.organisation ?? "")"
            + ($0.session ?? "")
        }
      ),
      (
        "contacts",
        life.contacts.map {
          "\($0.date.iso) \($0.minute) \($0.attempt) \($0.dwelling) \($0.person ?? "")"
            + $0.channel
        }
      ),
      (
        "favours",
        life.favours.map {
          "\($0.residence) \($0.date.iso) \($0.kind) \($0.giver ?? "") \($0.receiver ?? "")"
            + " \($0.number)"
        }
      ),
      ("quantities", life.quantities.map { "\($0.residence) \($0.date.iso) \($0.measure)" }),
      (
        "meetings", life.meetings.map { "\($0.residence) \($0.date.iso) \($0.kind) \($0.body)" }
      ),
      (
        "interviews",
        life.interviews.map {
          "\($0.residence) \($0.date.iso) \($0.number) \($0.theme) \($0.right ?? "")"
        }
      ),
      ("months", life.months.map { "\($0.residence) \($0.month.iso)" }),
      ("invitations", life.invitations.map { "\($0.wave) \($0.person) \($0.residence)" }),
      (
        "answers",
        life.answers.map { "\($0.instrument) \($0.wave) \($0.person) \($0.item)" }
      ),
    ] {
      XCTAssertEqual(Set(keys).count, keys.count, name)
      XCTAssertGreaterThan(keys.count, 4, name)
    }
  }

  func testEverythingHappensInTheTimeOfThePlan() throws {
    let first = try XCTUnwrap(first), last = try XCTUnwrap(last)
    let days =
      life.contacts.map(\.date) + life.projects.map(\.proposed) + life.needs.map(\.logged)
      + life.needs.compactMap(\.acted) + life.needs.compactMap(\.told) + life.cases.map(\.start)
      + life.cases.compactMap(\.exit) + life.favours.map(\.date) + life.bookings.map(\.date)
      + life.quantities.map(\.date) + life.meetings.map(\.date) + life.interviews.map(\.date)
      + life.months.map(\.month) + life.projects.compactMap(\.ended)
    XCTAssertTrue(days.allSatisfy { first <= $0 && $0 <= last })
  }

  // MARK: Outreach

  func testOutreachGoesToHomesThatAreLivedIn() {
    var homes: [String: [DemoStay]] = [:]
    for stays in Self.stays.values {
      for stay in stays { homes[stay.dwelling ?? "", default: []].append(stay) }
    }
    for contact in life.contacts {
      let isLivedIn = (homes[contact.dwelling] ?? []).contains { stay in
        (stay.arrival.map { $0 <= contact.date } ?? true)
          && (stay.departure.map { contact.date < $0 } ?? true)
      }
      XCTAssertTrue(isLivedIn, "\(contact.dwelling) on \(contact.date.iso)")
      assertResident(contact.person, contact.residence, contact.date, "contact")
      XCTAssertTrue(contact.reached || contact.person == nil && contact.outcome == nil)
      XCTAssertTrue((8 * 60..<22 * 60).contains(contact.minute))
    }
  }

  func testSomeHomesAreNeverVisitedAndSomeNeverOpen() {
    for residence in data.residences {
      let all = Set(data.dwellings.filter { $0.residence == residence.key }.map(\.key))
      let mine = life.contacts.filter { $0.residence == residence.key }
      let tried = Set(mine.map(\.dwelling))
      let reached = Set(mine.filter(\.reached).map(\.dwelling))
      XCTAssertLessThan(tried.count, all.count, residence.key)
      XCTAssertLessThan(reached.count, tried.count, residence.key)
      XCTAssertGreaterThan(reached.count * 2, all.count, residence.key)
    }
    let bySlot = Dictionary(grouping: life.contacts, by: \.slot).mapValues { rows in
      Double(rows.count { $0.reached }) / Double(rows.count)
    }
    XCTAssertLessThan(bySlot["morning"] ?? 1, bySlot["evening"] ?? 0)
    XCTAssertTrue(life.contacts.contains { $0.attempt >= 3 })
  }

  func testSomePeopleFirstCameAfterAContact() {
    var dates: [String: Day] = [:]
    for session in data.sessions where session.status == "held" {
      dates[session.key] = session.date
    }
    var came: [String: Day] = [:]
    for row in data.attendances where row.status == "present" {
      guard let person = row.person, let day = dates[row.session] else { continue }
      came[person] = min(came[person] ?? day, day)
    }
    let met = Dictionary(grouping: life.contacts.filter { $0.person != nil }) { $0.person ?? "" }
    var within = 0, never = 0
    for (person, contacts) in met {
      let contacted = contacts.map(\.date).min()
      guard let contacted else { continue }
      guard let first = came[person] else {
        never += 1
        continue
      }
      if contacted < first, first.number - contacted.number <= 90 { within += 1 }
    }
    XCTAssertGreaterThan(within, 40)
    XCTAssertGreaterThan(never, 40)
  }

  // MARK: Spaces

  func testTheDiaryHoldsEverySessionThatTookPlaceThere() {
    let booked = Set(life.bookings.compactMap(\.session))
    for session in data.sessions where session.title != "Sortie culturelle" {
      XCTAssertTrue(booked.contains(session.key), session.key)
    }
    let spaces = Set(life.spaces.map(\.key))
    XCTAssertTrue(life.bookings.allSatisfy { spaces.contains($0.space) })
  }

  func testUsesOverlapAndSomeGoOnAfterMidnight() {
    XCTAssertTrue(life.bookings.contains { $0.end <= $0.start })
    for residence in data.residences {
      let mine = Set(life.spaces.filter { $0.residence == residence.key }.map(\.key))
      XCTAssertTrue(mine.count >= 2, residence.key)
      var overlaps = 0, total = 0, union = 0
      let held = life.bookings.filter { mine.contains($0.space) && $0.status == "held" }
      for (_, day) in Dictionary(grouping: held, by: { $0.space + $0.date.iso }) {
        let spans = day.map { (from: $0.start, to: $0.end > $0.start ? $0.end : $0.end + 1440) }
          .sorted { $0.from < $1.from }
        var reached = Int.min
        for span in spans {
          if span.from < reached { overlaps += 1 }
          total += span.to - span.from
          union += max(0, span.to - max(span.from, reached))
          reached = max(reached, span.to)
        }
      }
      XCTAssertGreaterThan(overlaps, 10, residence.key)
      XCTAssertLessThan(union, total, residence.key)
      XCTAssertTrue(held.contains { $0.withAnimator == true })
      XCTAssertTrue(held.contains { $0.withAnimator == false })
      XCTAssertTrue(held.contains { $0.withAnimator == nil })
    }
  }

  func testPartnersOfSessionsAreKnownAndComeAndGo() {
    let names = Set(life.partners.map(\.key))
    let used =
      data.sessions.compactMap(\.partner) + life.deliveries.map(\.partner)
      + life.bookings.compactMap(\.organisation) + life.contacts.compactMap(\.referredTo)
    XCTAssertTrue(Set(used).isSubset(of: names))
    XCTAssertTrue(names.allSatisfy { $0.hasSuffix("(fictif)") })
    XCTAssertTrue(life.partners.contains { $0.ended != nil })
    XCTAssertTrue(life.partners.contains { $0.first.year >= 2022 })
    XCTAssertEqual(
      Set(life.partners.map(\.seat)), ["commune", "nearby", "department", "elsewhere"])
  }

  // MARK: Projects, needs, pathways, favours

  func testProjectsTakeTheirStepsInOrder() {
    for project in life.projects {
      let steps = [project.supported, project.started, project.delivered]
      XCTAssertEqual(steps.drop { $0 != nil }.contains { $0 != nil }, false, project.key)
      let days = [project.proposed] + steps.compactMap { $0 }
      XCTAssertEqual(days, days.sorted(), project.key)
      if let ended = project.ended, let started = project.started {
        XCTAssertLessThan(started, ended, project.key)
        XCTAssertEqual(project.active, false)
      }
      XCTAssertEqual(project.active == nil, project.started == nil, project.key)
      assertResident(project.lead, project.residence, project.proposed, project.key)
      for rung in [project.rungOperator, project.rungResidents].compactMap({ $0 }) {
        XCTAssertTrue((1...8).contains(rung))
      }
    }
    for residence in data.residences {
      let mine = life.projects.filter { $0.residence == residence.key }
      XCTAssertTrue(mine.contains { $0.supported == nil }, residence.key)
      XCTAssertTrue(mine.contains { $0.active == true && $0.ledBy == "resident" }, residence.key)
      XCTAssertTrue(mine.contains { $0.ended != nil }, residence.key)
      for year in 2022...2024 {
        let granted = mine.filter { $0.proposed.year == year }.compactMap(\.budget).reduce(0, +)
        XCTAssertLessThanOrEqual(granted, 5000, residence.key)
      }
    }
  }

  func testNeedsAreAnsweredSoonLateOrNever() {
    for need in life.needs {
      assertResident(need.person, need.residence, need.logged, need.key)
      if let acted = need.acted { XCTAssertLessThan(need.logged, acted, need.key) }
      if let told = need.told, let acted = need.acted { XCTAssertLessThanOrEqual(acted, told) }
      XCTAssertEqual(need.acted == nil, need.actionKind == nil)
    }
    for residence in data.residences {
      let waits = life.needs.filter { $0.residence == residence.key }.map { need in
        need.acted.map { $0.number - need.logged.number }
      }
      XCTAssertTrue(waits.contains { $0.map { $0 <= 90 } ?? false }, residence.key)
      XCTAssertTrue(waits.contains { $0.map { $0 > 90 } ?? false }, residence.key)
      XCTAssertTrue(waits.contains { $0 == nil }, residence.key)
    }
  }

  func testPathwaysLeadFromInterviewToJobToExit() {
    for one in life.cases {
      assertResident(one.person, one.residence, one.start, one.key)
      let days = [one.start] + [one.interview, one.job].compactMap { $0 }
      XCTAssertEqual(days, days.sorted(), one.key)
      XCTAssertEqual(one.exit == nil, one.exitClass == nil)
      if one.atThree == true { XCTAssertNotEqual(one.atSix, false, one.key) }
      if one.exitClass == "durable" { XCTAssertNotNil(one.job, one.key) }
    }
    XCTAssertEqual(
      Set(life.cases.compactMap(\.exitClass)),
      ["durable", "transition", "positive", "other", "neutral"])
    XCTAssertTrue(life.cases.contains { $0.exit == nil })
    XCTAssertTrue(life.cases.contains { $0.atThree == nil })
  }

  func testNobodyDoesThemselvesAFavour() {
    for favour in life.favours {
      assertResident(favour.giver, favour.residence, favour.date, "giver")
      assertResident(favour.receiver, favour.residence, favour.date, "receiver")
      if let giver = favour.giver { XCTAssertNotEqual(giver, favour.receiver) }
    }
    XCTAssertTrue(life.favours.contains { $0.giver == nil })
    XCTAssertTrue(life.favours.contains { $0.receiver == nil })
  }

  // MARK: Measures

  func testWhatIsGivenAgainWasCollected() {
    for (place, rows) in Dictionary(
      grouping: life.quantities.filter { ["collected", "given", "recycled"].contains($0.measure) },
      by: { $0.residence + $0.date.iso })
    {
      func sum(_ measure: String) -> Int {
        rows.filter { $0.measure == measure }.reduce(0) { $0 + $1.tenths }
      }
      XCTAssertLessThanOrEqual(sum("given") + sum("recycled"), sum("collected"), place)
    }
    for residence in data.residences {
      let area = life.quantities.filter {
        $0.residence == residence.key && $0.measure == "cultivated"
      }
      XCTAssertEqual(area.isEmpty, residence.gardenArea == 0, residence.key)
      XCTAssertTrue(area.allSatisfy { $0.tenths <= residence.gardenArea * 10 })
    }
  }

  func testEveryResidenceHasItsMonthsAndItsMeetings() {
    for residence in data.residences {
      let months = life.months.filter { $0.residence == residence.key }
      XCTAssertEqual(months.count, 36)
      XCTAssertTrue(months.allSatisfy { (0...residence.dwellings).contains($0.vacant) })
      XCTAssertGreaterThan(months.reduce(0) { $0 + $1.incidents }, 0)
      let bodies = life.meetings.filter { $0.residence == residence.key }
      XCTAssertTrue(bodies.allSatisfy { $0.present == ($0.seatsPresent > 0) })
      XCTAssertTrue(bodies.allSatisfy { $0.seatsPresent <= $0.seats })
      for year in 2022...2024 {
        let those = bodies.filter { $0.kind == "steering" && $0.date.year == year }
        XCTAssertEqual(Set(those.map(\.date)).count, 2)
      }
    }
  }

  // MARK: The survey

  func testThePanelIsTheAdultsAndSomeAnswerTwice() {
    let answered = Set(data.answers.map { $0.wave + $0.person })
    for invitation in life.invitations {
      XCTAssertEqual(
        answered.contains(invitation.wave + invitation.person),
        ["answered", "partial"].contains(invitation.outcome), invitation.person)
    }
    for residence in data.residences {
      let mine = life.invitations.filter { $0.residence == residence.key }
      let waves = Dictionary(grouping: mine, by: \.wave)
      XCTAssertEqual(Set(waves.keys), ["2022", "2024"])
      for (wave, invited) in waves {
        let share = Double(invited.count { $0.outcome == "answered" }) / Double(invited.count)
        XCTAssertTrue((0.3...0.8).contains(share), "\(residence.key) \(wave): \(share)")
        XCTAssertTrue(invited.contains { $0.outcome == "refused" })
      }
      let first = Set(
        data.answers.filter { $0.residence == residence.key && $0.wave == "2022" }
          .map(\.person))
      let second = Set(
        data.answers.filter { $0.residence == residence.key && $0.wave == "2024" }
          .map(\.person))
      let kept = Double(first.intersection(second).count) / Double(first.count)
      XCTAssertTrue((0.4...0.9).contains(kept), "\(residence.key): \(kept)")
    }
  }

  func testMarginsOfAWaveHaveOneTotal() {
    for residence in data.residences {
      for wave in ["2022", "2024"] {
        let mine = life.margins.filter { $0.residence == residence.key && $0.wave == wave }
        let totals = Dictionary(grouping: mine, by: \.variable).mapValues { rows in
          rows.reduce(0) { $0 + $1.population }
        }
        XCTAssertEqual(Set(totals.keys), ["age_band", "sex", "pcs"])
        let all = life.margins.first {
          $0.residence == nil && $0.wave == wave && $0.category == residence.key
        }
        XCTAssertEqual(Set(totals.values), [all?.population ?? -1], residence.key)
      }
    }
  }

  private struct Instrument: Decodable {
    struct Answer: Decodable { var code: Double }
    struct Item: Decodable { var item: String, answers: String }
    var instrument: String, answers: [String: [Answer]], items: [Item]
  }

  func testEveryInstrumentIsAskedInItsOwnCodes() throws {
    var said: [String: Set<Double>] = [:]
    for answer in life.answers {
      let key = answer.instrument + "." + answer.item
      if let value = answer.value { said[key, default: []].insert(Double(value)) }
    }
    let folder = Places.root + "/indicators/instruments"
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json5") }
    XCTAssertGreaterThanOrEqual(files.count, 12)
    for file in files {
      let url = URL(fileURLWithPath: folder + "/" + file)
      let instrument = try decoder.decode(Instrument.self, from: Data(contentsOf: url))
      for item in instrument.items {
        let key = instrument.instrument + "." + item.item
        let codes = Set((instrument.answers[item.answers] ?? []).map(\.code))
        let found = try XCTUnwrap(said[key], "\(key) is not asked")
        XCTAssertTrue(found.isSubset(of: codes), "\(key): \(found.subtracting(codes))")
        // Answers differ: most codes are given by somebody.
        XCTAssertGreaterThanOrEqual(found.count * 3, codes.count * 2, key)
      }
    }
  }

  /// The mean correlation of items with one another, by instrument: people answer with a mind.
  func testItemsOfAScaleGoTogether() {
    var answers: [String: [String: [String: Double]]] = [:]
    for answer in life.answers where answer.wave == "2022" {
      guard let value = answer.value else { continue }
      answers[answer.instrument, default: [:]][answer.item, default: [:]][answer.person] =
        Double(value)
    }
    for instrument in ["who5", "swemwbs", "bscs"] {
      let items = (answers[instrument] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      XCTAssertGreaterThanOrEqual(items.count, 5, instrument)
      let r = correlation(items[0], items[1])
      XCTAssertTrue((0.3...0.9).contains(r), "\(instrument): \(r)")
    }
    XCTAssertTrue(life.answers.contains { $0.value == nil })
  }

  private func correlation(_ x: [String: Double], _ y: [String: Double]) -> Double {
    let both = x.keys.filter { y[$0] != nil }
    let a = both.map { x[$0] ?? 0 }, b = both.map { y[$0] ?? 0 }
    let n = Double(both.count)
    let ma = a.reduce(0, +) / n, mb = b.reduce(0, +) / n
    let covariance = zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) }
    let va = a.reduce(0) { $0 + ($1 - ma) * ($1 - ma) }
    let vb = b.reduce(0) { $0 + ($1 - mb) * ($1 - mb) }
    return covariance / (va * vb).squareRoot()
  }
}
