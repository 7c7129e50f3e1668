import Periods

/// One figure that the sample is known to have.
package struct KnownTotal: Sendable, Hashable {
  /// What was counted: a case of `KnownMeasure`.
  package let measure: KnownMeasure
  /// The residence's key, or `_total` for all together.
  package let residence: String
  /// The calendar year.
  package let year: Int
  /// The value; nil when undefined (nobody to count over).
  package let value: Double?
  /// The two sides of a ratio, share or mean.
  package let numerator: Double?, denominator: Double?
}

/// What the known totals measure. The year is the period; a person's age is the year minus the
/// birth year; bands are 0-17, 18-34, 35-59, 60+.
///
/// **Attendance that counts**: status `present`, role `participant`, `lead`, `co_lead` or
/// `volunteer`, at a session that was held. A headcount row stands for that many attendances and
/// for no participant. **Participant**: a person with at least one attendance that counts.
/// A participant's home and dwelling are those of the stay [arrival, departure) that holds the
/// session's date; neighbours, staff and partners have rows without dates, which always hold.
package enum KnownMeasure: String, Sendable, CaseIterable {
  /// Attendances that count, headcounts included (PAR-04).
  case attendances
  /// Distinct participants, those whom the register does not know included (PAR-03).
  case participants
  /// Sessions held.
  case sessions
  /// Sum over attendances that count, headcounts included, of the session's minutes ÷ 60 (PAR-05).
  case participantHours = "participant_hours"
  /// Attendances ÷ sessions held (PAR-06).
  case meanAttendance = "mean_attendance"
  /// Median over the sessions held of their attendances, headcounts included, zeros too.
  case medianAttendance = "median_attendance"
  /// Dwellings with at least one resident on at least one day of the year.
  case dwellingsOccupied = "dwellings_occupied"
  /// Distinct dwellings of the residents who participated, as of each session's date.
  case dwellingsReached = "dwellings_reached"
  /// Dwellings reached ÷ dwellings occupied (PAR-01).
  case householdReach = "household_reach"
  /// Resident-days ÷ days of the year.
  case meanPopulation = "mean_population"
  /// Distinct participants who attended at least once as residents.
  case residentParticipants = "resident_participants"
  /// Resident participants ÷ mean population (PAR-02).
  case residentReach = "resident_reach"
  /// Distinct participants who attended at least once under another quality than resident.
  case nonResidentParticipants = "non_resident_participants"
  /// Non-resident participants ÷ participants whom the register knows (PAR-07).
  case nonResidentShare = "non_resident_share"
  /// Participants whom the register does not know.
  case unknownParticipants = "unknown_participants"
  /// Attendances that count and name a person ÷ participants (REG-01, mean).
  case meanSessions = "mean_sessions_per_participant"
  /// Median over participants of their attendances that count (REG-01, median).
  case medianSessions = "median_sessions_per_participant"
  /// Share of regulars (REG-02). Numerator: participants who attended in as many calendar months
  /// as were available to them, or more. A month is available to a person who was resident on at
  /// least one day of it, in a residence that held at least one session in it. Denominator:
  /// participants with at least one available month.
  case regulars
  /// Gini over participants of their attendances: Σ|xi − xj| ÷ (2 n² mean).
  case gini
  /// Adjusted Gini (CON-01) over the people who were resident on at least one day, those who
  /// never came included: max(n/c, 1)(G − 1) + 1 with n people and c attendances as residents.
  case giniAdjustedResidents = "gini_adjusted_residents"
  /// Adjusted Gini (CON-01) over the dwellings that were occupied on at least one day.
  case giniAdjustedDwellings = "gini_adjusted_dwellings"
  /// Attendances of the ⌈n/10⌉ most frequent of n participants ÷ all that name a person (CON-02).
  case topTenthShare = "top_tenth_share"
  /// Blau's index 1 − Σp² over the age bands of participants whose band is known (MIX-03).
  case blauAgeBands = "blau_age_bands"
  /// (share of women among resident participants) ÷ (share of women in the resident-days), each
  /// among those whose sex is known (MIX-04).
  case representationWomen = "representation_women"
  /// The same for people of 60 and over, among those whose birth year is known (MIX-04).
  case representationSeniors = "representation_60"
  /// Sessions held that were led (`resident`) or co-led (`co_led`) by residents ÷ sessions held
  /// (EMP-01).
  case residentLed = "resident_led"
  /// Expenses of the ledger, in euros.
  case expenses
  /// Expenses ÷ participants (COS-01).
  case costPerParticipant = "cost_per_participant"
  /// Direct cost of the sessions held, in euros.
  case directCost = "direct_cost"
  /// Σwy ÷ Σw over the answers to the item `appartenance` of the wave of that year, skipped
  /// answers left out; no row in a year without a wave.
  case belonging
}

extension DemoData {
  /// The figures of every residence and year, and of all residences together (`_total`), counted
  /// straight from the list of events.
  ///
  /// Plain and slow on purpose: this is what everything else is checked against.
  package func knownTotals() -> [KnownTotal] {
    let events = Recount(self)
    var out: [KnownTotal] = []
    for residence in [nil] + residences.map({ Optional($0.key) }) {
      for year in plan.years { out += events.totals(of: residence, in: year) }
    }
    return out
  }

  /// The known totals as JSON: a list of objects, one a line, in a fixed order.
  package func knownTotalsJSON() -> String {
    func number(_ value: Double?) -> String {
      guard let value else { return "null" }
      return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
    let rows = knownTotals().map { total in
      "  {\"measure\": \"\(total.measure.rawValue)\", \"residence\": \"\(total.residence)\", "
        + "\"year\": \(total.year), \"value\": \(number(total.value)), "
        + "\"numerator\": \(number(total.numerator)), "
        + "\"denominator\": \(number(total.denominator))}"
    }
    return "[\n" + rows.joined(separator: ",\n") + "\n]\n"
  }
}
