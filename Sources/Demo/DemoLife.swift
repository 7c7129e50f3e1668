import Periods

/// What happens in the residences beside sessions, attendance, survey and accounts: drawn from
/// streams of its own, so that the older figures of the sample do not move.
package struct DemoLife: Sendable {
  /// Organisations. Like every list here, in a fixed order.
  package internal(set) var partners: [DemoPartner] = []
  /// Further partners of sessions.
  package internal(set) var deliveries: [DemoDelivery] = []
  /// Shared spaces and their diary.
  package internal(set) var spaces: [DemoSpace] = []
  /// Every use of them.
  package internal(set) var bookings: [DemoBooking] = []
  /// Outreach.
  package internal(set) var contacts: [DemoContact] = []
  /// Projects.
  package internal(set) var projects: [DemoProject] = []
  /// Needs.
  package internal(set) var needs: [DemoNeed] = []
  /// Favours.
  package internal(set) var favours: [DemoFavour] = []
  /// Pathways to a job.
  package internal(set) var cases: [DemoCase] = []
  /// Themes of interviews.
  package internal(set) var interviews: [DemoInterview] = []
  /// Measured amounts.
  package internal(set) var quantities: [DemoQuantity] = []
  /// The landlord's months.
  package internal(set) var months: [DemoMonth] = []
  /// Bodies invited to steering meetings.
  package internal(set) var meetings: [DemoMeeting] = []
  /// Priority groups, by stay.
  package internal(set) var priorities: [DemoPriority] = []
  /// Instalments of contracts and the residents' budget: more entries of the accounts.
  package internal(set) var instalments: [DemoInstalment] = []
  /// The project that an expense was for, by entry.
  package internal(set) var projectOf: [String: String] = [:]
  /// Quarters of an hour given by those who led or helped, by position in the attendance.
  package internal(set) var volunteering: [DemoVolunteering] = []
  /// Who was invited to the survey waves, and the totals to rake to.
  package internal(set) var invitations: [DemoInvitation] = []
  /// Known totals, wave by wave.
  package internal(set) var margins: [DemoMargin] = []
  /// Answers to the scales.
  package internal(set) var answers: [DemoAnswer] = []
  /// Proxies and outcomes.
  package internal(set) var proxies: [DemoProxy] = []
  /// What changed, to be valued.
  package internal(set) var outcomes: [DemoOutcome] = []

  mutating func add(
    _ scene: Scene, entries: [DemoEntry], survey: [DemoAnswer], people: [String: DemoPerson]
  ) {
    var organisations = PartnersGenerator(scene)
    organisations.run()
    partners += organisations.partners
    deliveries += organisations.deliveries
    var places = SpacesGenerator(scene, partners: organisations.partners)
    places.run()
    spaces += places.spaces
    bookings += places.bookings
    var outreach = OutreachGenerator(scene, partners: organisations.partners)
    outreach.run()
    contacts += outreach.contacts
    var ideas = ProjectsGenerator(scene)
    ideas.run()
    projects += ideas.projects
    var neighbours = NeedsGenerator(scene)
    neighbours.run()
    needs += neighbours.needs
    favours += neighbours.favours
    var pathways = CasesGenerator(scene)
    pathways.run()
    cases += pathways.cases
    interviews += pathways.interviews
    var measures = MeasuresGenerator(scene)
    measures.run()
    quantities += measures.quantities
    months += measures.months
    meetings += measures.meetings
    outcomes += ValuesGenerator.outcomes(
      scene, favours: neighbours.favours, cases: pathways.cases, quantities: measures.quantities)
    var panel = PanelGenerator(scene)
    panel.run(first: survey, people: people)
    invitations += panel.invitations
    margins += panel.margins
    answers += panel.answers
    var notes = NotesGenerator(scene)
    notes.run(entries: entries, projects: ideas.projects)
    priorities += notes.priorities
    instalments += notes.instalments
    projectOf.merge(notes.projectOf) { first, _ in first }
    volunteering += notes.volunteering
  }

  mutating func addShared(_ plan: DemoPlan) {
    partners = PartnersGenerator.shared(plan) + partners
    proxies = ValuesGenerator.proxies(plan)
  }

  /// A checksum of all of it, in order, as `DemoData` has one.
  package var checksum: UInt64 {
    var text = ""
    func add(_ rows: [some Hashable]) { for row in rows { text += "\(row)\n" } }
    add(partners)
    add(deliveries)
    add(spaces)
    add(bookings)
    add(contacts)
    add(projects)
    add(needs)
    add(favours)
    add(cases)
    add(interviews)
    add(quantities)
    add(months)
    add(meetings)
    add(priorities)
    add(instalments)
    add(volunteering)
    add(invitations)
    add(margins)
    add(proxies)
    add(outcomes)
    for (entry, project) in projectOf.sorted(by: { $0.key < $1.key }) {
      text += entry + project + "\n"
    }
    for a in answers {
      text += "\(a.wave)|\(a.date.number)|\(a.person)|\(a.item)|\(a.value ?? -1)\n"
    }
    return Digest.of(text.utf8)
  }
}
