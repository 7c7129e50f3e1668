package import Periods

/// An organisation that works with residences.
package struct DemoPartner: Sendable, Hashable {
  /// Its name, which is its key; values of the model's lists.
  package let key: String, kind: String, commune: String, seat: String
  /// The residence it works with; nil for several.
  package let residence: String?
  /// Hundreds of metres.
  package let distance: Int
  /// The first month, and the month in which it ended.
  package let first: Day, ended: Day?
}

/// A further partner of a session.
package struct DemoDelivery: Sendable, Hashable {
  /// Session, partner, and the part taken.
  package let session: String, partner: String, part: String
  /// Minutes of the partner's people.
  package let minutes: Int?
}

/// A space that a residence shares.
package struct DemoSpace: Sendable, Hashable {
  /// Key, residence, name and kind.
  package let key: String, residence: String, name: String, kind: String
  /// Square metres, people, hours a week.
  package let area: Int, capacity: Int, weeklyHours: Int
  /// The first day.
  package let from: Day
}

/// A use of a space; an end that is not after the start is on the next day.
package struct DemoBooking: Sendable, Hashable {
  /// The space's key, and the day.
  package let space: String, date: Day
  /// Minutes after midnight.
  package let start: Int, end: Int
  /// What for, and by whom.
  package let use: String, bookedBy: String
  /// The partner, and the session of the programme.
  package let organisation: String?, session: String?
  /// Nil when nobody noted it.
  package let withAnimator: Bool?, people: Int?
  /// `held` or `cancelled`.
  package let status: String
}

/// An attempt to reach a dwelling.
package struct DemoContact: Sendable, Hashable {
  /// Where, when, and which dwelling.
  package let residence: String, date: Day, minute: Int, dwelling: String
  /// Which attempt of this outing's round it was.
  package let attempt: Int
  /// Who spoke; nil when nobody did or nobody noted it.
  package let person: String?
  /// Values of the model's lists.
  package let slot: String, place: String, channel: String, actor: String
  /// Whether anybody of the dwelling spoke with the team, and what came of it.
  package let reached: Bool, outcome: String?
  /// The partner to whom the person was referred.
  package let referredTo: String?
}

/// A project that somebody proposed.
package struct DemoProject: Sendable, Hashable {
  /// Key, residence, title; values of the model's lists.
  package let key: String, residence: String, title: String, theme: String, axis: String
  /// Who had the idea, and the resident who leads it.
  package let proposedBy: String, lead: String?
  /// Its steps; nil for one not taken.
  package let proposed: Day, supported: Day?, started: Day?, delivered: Day?, ended: Day?
  /// What was seen on the day of the check.
  package let active: Bool?, checked: Day?, ledBy: String?
  /// Rungs of Arnstein's ladder, and how many residents rated.
  package let rungOperator: Int?, rungResidents: Int?, raters: Int?
  /// Euros granted.
  package let budget: Int?
}

/// A need that was expressed.
package struct DemoNeed: Sendable, Hashable {
  /// Key and residence.
  package let key: String, residence: String, logged: Day
  /// Values of the model's lists; who said it, when noted.
  package let theme: String, source: String, person: String?, situation: String?
  /// Its words.
  package let words: String
  /// What was done, and when the person was told.
  package let acted: Day?, actionKind: String?, told: Day?
}

/// A pathway to a job.
package struct DemoCase: Sendable, Hashable {
  /// Key, residence, person, programme.
  package let key: String, residence: String, person: String, programme: String
  /// Whether the person meets the programme's conditions.
  package let eligible: Bool, level: String, tenantsChild: Bool
  /// Its steps; nil for one not taken yet.
  package let start: Day, interview: Day?, job: Day?
  /// In work after 3 and 6 months; nil when not known yet.
  package let atThree: Bool?, atSix: Bool?
  /// The exit, and its official class.
  package let exit: Day?, exitClass: String?
}

/// A favour between neighbours.
package struct DemoFavour: Sendable, Hashable {
  /// Where, when, which of that day, what.
  package let residence: String, date: Day, number: Int, kind: String
  /// Who; nil when nobody noted it.
  package let giver: String?, receiver: String?
  /// How long; what it saved, in cents.
  package let minutes: Int?, cents: Int?
}

/// A measured amount.
package struct DemoQuantity: Sendable, Hashable {
  /// Where, from when to when (both included).
  package let residence: String, date: Day, until: Day
  /// What, in tenths of its unit.
  package let measure: String, tenths: Int, unit: String
  /// The same months of the base year, in tenths; the area concerned.
  package let reference: Int?, baseYear: Int?, area: Int?
}

/// A body invited to a steering meeting.
package struct DemoMeeting: Sendable, Hashable {
  /// The meeting.
  package let residence: String, date: Day, kind: String
  /// The body and its college.
  package let body: String, college: String
  /// Whether it was represented; its seats and how many came.
  package let present: Bool, seats: Int, seatsPresent: Int
}

/// A theme of an interview.
package struct DemoInterview: Sendable, Hashable {
  /// The interview.
  package let residence: String, date: Day, number: String, person: String
  /// Values of the model's lists.
  package let theme: String, tone: String
  /// For a right: which, whether the person may claim it, receives it, and why not.
  package let right: String?, eligible: String?, receives: Bool?, nonTakeUp: String?
}

/// What a landlord's tools say of a residence for a month.
package struct DemoMonth: Sendable, Hashable {
  /// The residence and the month's first day.
  package let residence: String, month: Day
  /// Counts.
  package let dwellings: Int, incidents: Int, complaints: Int, vacant: Int, departures: Int
  /// Amounts in cents; households in arrears.
  package let arrears: Int, inArrears: Int, rent: Int, charges: Int, reference: Int
  /// Transfers asked for, blocked, unblocked.
  package let transfers: Int, blocked: Int, unblocked: Int
}

/// A person invited to a survey wave.
package struct DemoInvitation: Sendable, Hashable {
  /// The wave (a year), where, who.
  package let wave: String, residence: String, person: String
  /// When, how, and how often again.
  package let invited: Day, mode: String, reminders: Int
  /// What came of it, and the stratum drawn from.
  package let outcome: String, stratum: String
}

/// A known total to rake to.
package struct DemoMargin: Sendable, Hashable {
  /// The wave, and the residence; nil for all together.
  package let wave: String, residence: String?
  /// Variable, category, and how many persons of the population.
  package let variable: String, category: String, population: Int
  /// The day of the count.
  package let asOf: Day
}

/// A financial proxy, invented.
package struct DemoProxy: Sendable, Hashable {
  /// Key, title, kind, unit, evidence.
  package let key: String, title: String, kind: String, unit: String, evidence: String
  /// Euros.
  package let value: Int, low: Int, high: Int
  /// The year of the prices.
  package let year: Int
}

/// A change to be valued, invented.
package struct DemoOutcome: Sendable, Hashable {
  /// Key, residence, year.
  package let key: String, residence: String, year: Int
  /// For whom, what, measured by, in which unit, valued by.
  package let stakeholder: String, title: String, unit: String, proxy: String
  /// How many, and the range.
  package let quantity: Int, quantityLow: Int, quantityHigh: Int
  /// Hundredths: deadweight, displacement, attribution, drop-off.
  package let deadweight: Int, displacement: Int, attribution: Int, dropOff: Int
  /// Years, evidence, and the indicator that measures it, where one does.
  package let years: Int, evidence: String, indicator: String
}

/// What the register adds to a stay: the priority group that the person belongs to.
package struct DemoPriority: Sendable, Hashable {
  /// The stay: person and arrival.
  package let person: String, arrival: Day
  /// A value of the model's list, and the day it was noted.
  package let kind: String, since: Day
}

/// The time that somebody gave to a session.
package struct DemoVolunteering: Sendable, Hashable {
  /// Session and person.
  package let session: String, person: String
  /// Hundredths of an hour, preparation included.
  package let hundredths: Int
}

/// An entry of the accounts that is neither spent nor received yet: an instalment of a contract, or
/// the budget that residents decide on.
package struct DemoInstalment: Sendable, Hashable {
  /// Key, residence, the day of the entry.
  package let key: String, residence: String, date: Day
  /// `instalment` or `budget`, what for, and the amount in cents.
  package let kind: String, label: String, cents: Int
  /// When it is due, was invoiced, was paid.
  package let due: Day?, invoiced: Day?, paid: Day?
}
