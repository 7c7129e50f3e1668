import Demo
import Foundation
import Periods
import XCTest

final class DemoDataTests: XCTestCase {
  /// Generated once for all tests: it is the same every time, as the first test shows.
  static let data = DemoData()
  static let totals = data.knownTotals()
  static let sheets = data.sheets()

  private var data: DemoData { Self.data }

  private func total(_ measure: KnownMeasure, _ residence: String, _ year: Int) -> KnownTotal? {
    Self.totals.first { $0.measure == measure && $0.residence == residence && $0.year == year }
  }

  // MARK: The same plan gives the same data

  func testTheSamePlanGivesTheSameBytes() {
    let plan = DemoPlan(residences: 2, years: 2022...2023)
    let one = DemoData(plan), two = DemoData(plan)
    XCTAssertEqual(one.checksum, two.checksum)
    XCTAssertEqual(one.sheets().map(\.bytes), two.sheets().map(\.bytes))
    XCTAssertEqual(one.knownTotalsJSON(), two.knownTotalsJSON())
    XCTAssertNotEqual(
      one.checksum, DemoData(DemoPlan(seed: 1, residences: 2, years: 2022...2023)).checksum)
  }

  /// The sample is a public contract: figures quoted from it must not move by accident.
  /// A deliberate change of the generator changes this number, and the change log says so.
  func testTheSampleIsTheOneThatIsDocumented() {
    XCTAssertEqual(data.checksum, 7_356_407_429_604_064_817)
  }

  func testAResidenceDoesNotDependOnHowManyThereAre() {
    let two = DemoData(DemoPlan(residences: 2))
    XCTAssertEqual(
      two.sessions, data.sessions.filter { ["tilleuls", "orangerie"].contains($0.residence) })
  }

  func testTheScaleMultipliesDwellings() {
    let half = DemoData(DemoPlan(residences: 1, years: 2022...2022, scale: 0.5))
    XCTAssertEqual(half.dwellings.count, 36)
    XCTAssertEqual(half.residences.first?.dwellings, 36)
  }

  // MARK: It says that it is invented

  func testEveryResidenceIsMarkedFictional() {
    XCTAssertEqual(data.residences.count, 8)
    for residence in data.residences {
      XCTAssertTrue(residence.name.hasSuffix("(fictif)"), residence.name)
      XCTAssertTrue(residence.city.hasSuffix("(fictif)"), residence.city)
      XCTAssertTrue((48...96).contains(residence.dwellings))
    }
    for partner in Set(data.sessions.compactMap(\.partner) + data.entries.compactMap(\.bearer)) {
      XCTAssertTrue(partner.hasSuffix("(fictif)"), partner)
    }
  }

  // MARK: The register

  func testStaysOfAPersonDoNotOverlap() {
    for (person, stays) in Dictionary(grouping: data.stays, by: \.person) {
      let sorted = stays.filter { $0.kind == "resident" }
        .sorted { ($0.arrival?.number ?? 0) < ($1.arrival?.number ?? 0) }
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        guard let end = a.departure, let start = b.arrival else {
          XCTFail("\(person) has a stay without an end before another")
          continue
        }
        XCTAssertLessThanOrEqual(end, start, person)
      }
      for stay in sorted {
        if let start = stay.arrival, let end = stay.departure { XCTAssertLessThan(start, end) }
        XCTAssertNotNil(stay.arrival)
        XCTAssertNotNil(stay.dwelling)
        XCTAssertNotNil(stay.household)
      }
    }
  }

  func testADwellingHoldsOneHouseholdAtATime() {
    for (dwelling, stays) in Dictionary(grouping: data.stays, by: \.dwelling) where dwelling != nil
    {
      var spans: [String: (first: Int32, last: Int32)] = [:]
      for stay in stays {
        let household = stay.household ?? ""
        let first = stay.arrival?.number ?? .min, last = stay.departure?.number ?? .max
        let old = spans[household] ?? (first, last)
        spans[household] = (min(old.first, first), max(old.last, last))
      }
      let sorted = spans.values.sorted { $0.first < $1.first }
      for (a, b) in zip(sorted, sorted.dropFirst()) { XCTAssertLessThanOrEqual(a.last, b.first) }
    }
  }

  func testPeopleComeGoAndComeBack() {
    let residents = data.stays.filter { $0.kind == "resident" }
    let grouped = Dictionary(grouping: residents, by: \.person)
    let back = grouped.values.filter { $0.count > 1 && Set($0.map(\.residence)).count == 1 }
    let moved = grouped.values.filter { Set($0.map(\.residence)).count > 1 }
    XCTAssertGreaterThanOrEqual(back.count, 5)
    XCTAssertGreaterThanOrEqual(moved.count, 2)
    for residence in data.residences {
      for year in data.plan.years {
        let mine = residents.filter { $0.residence == residence.key }
        XCTAssertTrue(mine.contains { $0.arrival?.year == year }, "\(residence.key) \(year)")
        XCTAssertTrue(mine.contains { $0.departure?.year == year }, "\(residence.key) \(year)")
      }
    }
    let unborn = data.people.filter { $0.birthYear == nil }.count
    let unsexed = data.people.filter { $0.sex == nil }.count
    XCTAssertTrue((1...6).contains(unborn * 100 / data.people.count), "\(unborn)")
    XCTAssertTrue((1...6).contains(unsexed * 100 / data.people.count), "\(unsexed)")
  }

  func testIdentifiersAreUnique() {
    for (name, keys) in [
      ("people", data.people.map(\.key)), ("dwellings", data.dwellings.map(\.key)),
      ("households", data.households.map(\.key)), ("sessions", data.sessions.map(\.key)),
      ("entries", data.entries.map(\.key)),
      ("stays", data.stays.map { "\($0.person) \($0.arrival?.iso ?? "")" }),
      ("answers", data.answers.map { "\($0.wave) \($0.person) \($0.item)" }),
      (
        "attendances",
        data.attendances.map { "\($0.session) \($0.person ?? "") \($0.group ?? "")" }
      ),
    ] {
      XCTAssertEqual(Set(keys).count, keys.count, name)
    }
  }

  // MARK: The programme

  func testEveryResidenceHasAllThemesBandsLeadersAndVisitors() {
    let sessions = Dictionary(uniqueKeysWithValues: data.sessions.map { ($0.key, $0) })
    let people = Dictionary(uniqueKeysWithValues: data.people.map { ($0.key, $0) })
    let kinds = Dictionary(grouping: data.stays, by: \.person).mapValues { $0.map(\.kind) }
    for residence in data.residences {
      for year in data.plan.years {
        let mine = data.sessions.filter { $0.residence == residence.key && $0.date.year == year }
        let held = mine.filter { $0.status == "held" }
        XCTAssertEqual(Set(held.map(\.theme)).count, 10, residence.key)
        XCTAssertEqual(Set(held.map(\.axis)).count, 4, residence.key)
        XCTAssertEqual(
          Set(held.map(\.ledBy)), ["resident", "co_led", "partner", "animator"], residence.key)
        XCTAssertTrue((3...30).contains(mine.count - held.count), residence.key)
        XCTAssertTrue(held.allSatisfy { $0.date.civil.month != 8 }, "closed in August")
        let rows = data.attendances.filter {
          sessions[$0.session]?.residence == residence.key
            && sessions[$0.session]?.date.year == year
        }
        let bands = rows.compactMap { people[$0.person ?? ""]?.birthYear }.map { born in
          [18, 35, 60].filter { year - born >= $0 }.count
        }
        XCTAssertEqual(Set(bands), [0, 1, 2, 3], residence.key)
        XCTAssertEqual(
          Set(rows.map(\.role)),
          ["participant", "lead", "co_lead", "volunteer", "staff", "partner"], residence.key)
        XCTAssertEqual(Set(rows.map(\.status)), ["present", "absent", "excused"], residence.key)
        XCTAssertTrue(rows.contains { $0.headcount != nil && $0.person == nil })
        XCTAssertTrue(rows.contains { kinds[$0.person ?? ""] == ["neighbour"] })
        XCTAssertTrue(rows.contains { $0.person.map { people[$0] == nil } ?? false })
      }
    }
    XCTAssertTrue(
      data.attendances.contains {
        $0.status == "present" && sessions[$0.session]?.status == "cancelled"
      }, "somebody signed before a session was called off")
  }

  func testOnlyResidentsOfTheDayAttendAsResidents() {
    let sessions = Dictionary(uniqueKeysWithValues: data.sessions.map { ($0.key, $0) })
    let stays = Dictionary(grouping: data.stays, by: \.person)
    for row in data.attendances {
      guard let person = row.person, let mine = stays[person], let session = sessions[row.session]
      else { continue }
      let holds = mine.contains { stay in
        stay.residence == session.residence
          && (stay.arrival.map { $0 <= session.date } ?? true)
          && (stay.departure.map { session.date < $0 } ?? true)
      }
      XCTAssertTrue(holds, "\(person) at \(row.session)")
    }
  }

  func testALeadIsSignedInWhereResidentsLead() {
    let roles = Dictionary(grouping: data.attendances, by: \.session)
      .mapValues { Set($0.map(\.role)) }
    for session in data.sessions where session.status == "held" {
      let signed = roles[session.key] ?? []
      XCTAssertEqual(signed.contains("lead"), session.ledBy == "resident", session.key)
      XCTAssertEqual(signed.contains("co_lead"), session.ledBy == "co_led", session.key)
    }
  }

  func testResidentsLeadMoreEveryYear() throws {
    for (a, b) in [(2022, 2023), (2023, 2024)] {
      let before = try XCTUnwrap(total(.residentLed, "_total", a)?.value)
      let after = try XCTUnwrap(total(.residentLed, "_total", b)?.value)
      XCTAssertGreaterThan(after, before + 0.03)
    }
  }

  func testAFewComeOftenAndManySeldom() throws {
    for residence in data.residences {
      let median = try XCTUnwrap(total(.medianSessions, residence.key, 2024)?.value)
      let mean = try XCTUnwrap(total(.meanSessions, residence.key, 2024)?.value)
      let top = try XCTUnwrap(total(.topTenthShare, residence.key, 2024)?.value)
      XCTAssertGreaterThan(mean, 1.8 * median, residence.key)
      XCTAssertGreaterThan(top, 0.35, residence.key)
    }
  }

  // MARK: The survey

  func testBothWavesReachEveryResidence() {
    let scales: [String: ClosedRange<Int>] = ["appartenance": 1...4, "confiance": 0...10]
    for residence in data.residences {
      for wave in ["2022", "2024"] {
        let mine = data.answers.filter { $0.residence == residence.key && $0.wave == wave }
        XCTAssertGreaterThanOrEqual(Set(mine.map(\.person)).count, 25, "\(residence.key) \(wave)")
        XCTAssertEqual(Set(mine.map(\.item)).count, 12)
        XCTAssertTrue(mine.contains { $0.value == nil })
        XCTAssertTrue(mine.allSatisfy { $0.weightHundredths > 0 })
        for answer in mine {
          guard let value = answer.value else { continue }
          XCTAssertTrue((scales[answer.item] ?? 0...10).contains(value), answer.item)
        }
      }
    }
    XCTAssertFalse(data.answers.contains { $0.wave == "2023" })
  }

  // MARK: What can be published

  /// k = 11, and 2k for concentration: every headline stands, some cut cells do not.
  func testThresholdsWithholdSomeCutsAndNoHeadline() throws {
    for residence in data.residences {
      for year in data.plan.years {
        for measure in KnownMeasure.allCases where measure != .belonging || year != 2023 {
          let found = total(measure, residence.key, year)
          XCTAssertNotNil(found?.value, "\(measure.rawValue) \(residence.key) \(year)")
        }
        let participants = try XCTUnwrap(total(.residentParticipants, residence.key, year)?.value)
        let outsiders = try XCTUnwrap(total(.nonResidentParticipants, residence.key, year)?.value)
        XCTAssertGreaterThanOrEqual(participants, 22, residence.key)
        XCTAssertGreaterThanOrEqual(outsiders, 11, residence.key)
      }
    }
    let sessions = Dictionary(uniqueKeysWithValues: data.sessions.map { ($0.key, $0) })
    let types = Dictionary(uniqueKeysWithValues: data.dwellings.map { ($0.key, $0.type) })
    var cells: [String: Set<String>] = [:]
    for row in data.attendances {
      guard let person = row.person, let session = sessions[row.session],
        session.date.year == 2024,
        let home = data.stays.first(where: { $0.person == person })?.dwelling
      else { continue }
      cells["\(session.residence) \(types[home] ?? "")", default: []].insert(person)
    }
    let small = cells.values.filter { $0.count < 11 }.count
    XCTAssertGreaterThan(small, 2)
    XCTAssertGreaterThan(cells.count - small, 15)
  }
}
