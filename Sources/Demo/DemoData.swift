package import Periods

/// A fictional residence.
package struct DemoResidence: Sendable, Hashable {
  /// Its key, name and city; the last two say that they are fictional.
  package let key: String, name: String, city: String
  /// The day on which it was handed over.
  package let delivered: Day
  /// Number of dwellings; areas in square metres.
  package let dwellings: Int, roomArea: Int, gardenArea: Int, terraceArea: Int
}

/// A dwelling of a residence.
package struct DemoDwelling: Sendable, Hashable {
  /// Key, residence, type (`T1` to `T5+`) and staircase.
  package let key: String, residence: String, type: String, staircase: String
  /// The floor, 0 for the ground floor.
  package let floor: Int
  /// For whom it is meant: `seniors`, `families`, `youth` or `none`.
  package let earmark: String
}

/// A household; one that moves between residences is a new household.
package struct DemoHousehold: Sendable, Hashable {
  /// Key, residence, and type: `single`, `couple`, `family`, `single_parent` or `other`.
  package let key: String, residence: String, type: String
}

/// A person, as the register knows them.
package struct DemoPerson: Sendable, Hashable {
  /// Key and names, which identify.
  package let key: String, surname: String, givenName: String
  /// Nil where the register does not say.
  package let birthYear: Int?, sex: String?, pcs: String?
}

/// A row of the register: a stay [arrival, departure) of a resident, or a person from outside,
/// whose row has no dates.
package struct DemoStay: Sendable, Hashable {
  /// Whose stay, and where.
  package let person: String, residence: String
  /// `resident`, `neighbour`, `staff` or `partner`.
  package let kind: String
  /// For a resident: household and dwelling.
  package let household: String?, dwelling: String?
  /// The first day; nil for people from outside.
  package let arrival: Day?
  /// The first day that is no longer in the stay; nil while it lasts.
  package internal(set) var departure: Day?
}

/// One activity at one date.
package struct DemoSession: Sendable, Hashable {
  /// Key and residence.
  package let key: String, residence: String
  /// The day.
  package let date: Day
  /// Minutes after midnight, and duration.
  package let start: Int, minutes: Int
  /// Title, and the values of the lists `theme`, `axis` and `leadership`.
  package let title: String, theme: String, axis: String, ledBy: String
  /// The partner who led it.
  package let partner: String?
  /// `held` or `cancelled`.
  package let status: String
  /// The direct cost in cents; 0 when cancelled.
  package let costCents: Int
}

/// A person at a session, or a headcount of unnamed people.
package struct DemoAttendance: Sendable, Hashable {
  /// The session's key.
  package let session: String
  /// The person; nil for a headcount.
  package let person: String?
  /// How many unnamed people, and which group they are.
  package let headcount: Int?, group: String?
  /// `present`, `absent` or `excused`; a value of the model's roles.
  package let status: String, role: String
}

/// An answer to one item of a survey wave; without a value, the person skipped it.
package struct DemoAnswer: Sendable, Hashable {
  /// Questionnaire and wave (a year).
  package let instrument: String, wave: String
  /// The day of the answer.
  package let date: Day
  /// Where, who, and the item answered.
  package let residence: String, person: String, item: String
  /// The answer; nil when skipped.
  package let value: Int?
  /// The survey weight in hundredths.
  package let weightHundredths: Int
}

/// An entry of the accounts.
package struct DemoEntry: Sendable, Hashable {
  /// Key and residence.
  package let key: String, residence: String
  /// The day.
  package let date: Day
  /// `budget`, `expense` or `funding`.
  package let kind: String
  /// What it was for.
  package let label: String
  /// The amount in cents.
  package let cents: Int
  /// Theme and axis, when it has one; who bears it; who decided it.
  package let theme: String?, axis: String?, bearer: String?, decidedBy: String?
}

/// All events of the sample, from which both its sheets and its known totals are made.
///
/// Everything in it is invented: residences, cities, people and figures.
package struct DemoData: Sendable {
  /// What was asked for.
  package let plan: DemoPlan
  /// Residences. Like every list here, in a fixed order.
  package internal(set) var residences: [DemoResidence] = []
  /// Dwellings.
  package internal(set) var dwellings: [DemoDwelling] = []
  /// Households, also those that left.
  package internal(set) var households: [DemoHousehold] = []
  /// Everybody in the register.
  package internal(set) var people: [DemoPerson] = []
  /// The register.
  package internal(set) var stays: [DemoStay] = []
  /// Sessions, held and cancelled.
  package internal(set) var sessions: [DemoSession] = []
  /// Attendance, all statuses and roles.
  package internal(set) var attendances: [DemoAttendance] = []
  /// Survey answers.
  package internal(set) var answers: [DemoAnswer] = []
  /// The accounts.
  package internal(set) var entries: [DemoEntry] = []
  /// The life of the residences beside sessions, attendance and accounts.
  package internal(set) var life = DemoLife()

  /// Generates the data of a plan.
  ///
  /// - Complexity: O(sessions × people of a residence); the sample takes well under a second
  ///   when optimised.
  package init(_ plan: DemoPlan = DemoPlan()) {
    self.plan = plan
    var register = RegisterGenerator(plan)
    for index in 0..<plan.residences { register.settle(Sites.all[index], index: index) }
    residences = register.residences
    dwellings = register.dwellings
    households = register.households
    people = register.people
    stays = register.stays
    var known: [String: DemoPerson] = [:]
    for person in people { known[person.key] = person }
    for (index, residence) in residences.enumerated() {
      let folk = register.folk(of: residence.key)
      var programme = ProgrammeGenerator(plan, residence, index: index, folk: folk)
      programme.run()
      sessions += programme.sessions
      attendances += programme.attendances
      var survey = SurveyGenerator(plan, residence, index: index, folk: folk)
      let answered = survey.run(participants: programme.regularity)
      answers += answered
      var accounts = AccountsGenerator(plan, residence, sessions: programme.sessions)
      let entered = accounts.run()
      entries += entered
      life.add(
        Scene(
          plan: plan, residence: residence, index: index, folk: folk,
          dwellings: dwellings.filter { $0.residence == residence.key },
          sessions: programme.sessions, attendances: programme.attendances,
          regularity: programme.regularity), entries: entered, survey: answered, people: known)
    }
    life.addShared(plan)
  }

  /// A checksum of all events, in order: two equal ones were made by the same rules.
  package var checksum: UInt64 {
    var text = ""
    func add(_ parts: Any?...) {
      for part in parts { text += part.map { "\($0)|" } ?? "|" }
      text += "\n"
    }
    for r in residences { add(r.key, r.name, r.city, r.delivered.iso, r.dwellings) }
    for d in dwellings { add(d.key, d.residence, d.type, d.staircase, d.floor, d.earmark) }
    for h in households { add(h.key, h.residence, h.type) }
    for p in people { add(p.key, p.surname, p.givenName, p.birthYear, p.sex, p.pcs) }
    for s in stays {
      add(
        s.person, s.residence, s.kind, s.household, s.dwelling, s.arrival?.iso, s.departure?.iso)
    }
    for s in sessions {
      add(s.key, s.date.iso, s.start, s.minutes, s.title, s.theme, s.axis, s.ledBy)
      add(s.partner, s.status, s.costCents)
    }
    for a in attendances { add(a.session, a.person, a.headcount, a.group, a.status, a.role) }
    for a in answers { add(a.wave, a.date.iso, a.person, a.item, a.value, a.weightHundredths) }
    for e in entries { add(e.key, e.date.iso, e.kind, e.label, e.cents, e.theme, e.bearer) }
    return Digest.of(text.utf8)
  }
}
