/// Tells which person of a register a name typed on a sheet means.
///
/// Each person is as likely as the name would be typed so by that person; against them stands
/// anybody else, as likely as such a name is common. The answer is sure when one person holds
/// nearly all of the likelihood, far ahead of the next, and nothing speaks against.
package struct Matcher: Sendable {
  /// The register.
  package let register: Register
  /// The year of the sheets, against which ages are read; nil to leave ages aside.
  package var year: Int?
  private var memo = PartMemo()

  /// The share of mentions that mean nobody of the register, before anything is known.
  private static let strangers = 0.15
  /// The likelihood that a sure answer needs; how far the next must be behind.
  private static let sureness = 0.92
  /// What a form needs that has a letter only of the given name or of the surname.
  private static let surenessOfInitials = 0.94
  /// What a form needs that leaves one out, or is a name of its own.
  private static let surenessOfBareForms = 0.97
  private static let margin = 40.0
  /// Below so much likelihood for all candidates together, a mention is of somebody new.
  private static let doubt = 0.1

  /// Makes a matcher.
  package init(register: Register, year: Int? = nil) {
    self.register = register
    self.year = year
  }

  /// What other cells of a row say of the person named.
  package struct Clues: Sendable {
    /// The sex.
    package var sex: Sex?
    /// The flat.
    package var flat: String?
    /// The telephone.
    package var phone: String?
    /// The age in years.
    package var age: Int?
    /// The year of birth.
    package var birthYear: Int?

    /// No clues.
    package init() {}
  }

  /// Who a cell names.
  package mutating func answer(to text: String, clues: Clues = Clues()) -> Answer {
    var mention = MentionReader.mention(text)
    mention.sex = mention.sex ?? clues.sex
    if let flat = clues.flat { mention.flats += Clue.flats(flat) }
    mention.phone = mention.phone ?? clues.phone.flatMap(Clue.phone)
    mention.age = mention.age ?? clues.age
    mention.birthYear = mention.birthYear ?? clues.birthYear
    switch mention.kind {
    case .nobody:
      return Answer(
        status: .unsure, reason: .nobodyNamed, candidates: [], hasCompany: mention.hasCompany)
    case .several:
      return severalPeople(mention)
    case .outsider:
      var out = mention.words.count < 2 ? nil : answer(person: mention)
      guard let found = out, found.score > 0.5 else {
        return Answer(status: .new, reason: .outsider, candidates: [])
      }
      out = Answer(status: .unsure, reason: .outsiderOfThatName, candidates: found.candidates)
      return out ?? found
    case .person:
      var out = answer(person: mention)
      out.hasCompany = mention.hasCompany
      return out
    }
  }

  private mutating func severalPeople(_ mention: Mention) -> Answer {
    var candidates: [Answer.Candidate] = []
    for one in mention.people where !one.words.isEmpty {
      for found in answer(person: one).candidates
      where !candidates.contains(where: { $0.person == found.person }) {
        candidates.append(found)
      }
    }
    return Answer(
      status: .unsure, reason: .severalPeople, candidates: Array(candidates.prefix(8)),
      peopleNamed: max(2, mention.people.count))
  }

  private mutating func answer(person mention: Mention) -> Answer {
    var scoring = Scoring()
    for variant in Scoring.variants(mention) { scoring.add(variant, register, &memo) }
    weighClues(mention, &scoring)
    weighRelatives(mention, &scoring)
    return decide(mention, scoring)
  }

  // MARK: - Clues

  private func weighClues(_ mention: Mention, _ scoring: inout Scoring) {
    if mention.hasTitle, let year {
      scoring.weigh(
        { one in
          if let born = register.people[one.person].birthYear, year - born < 15 {
            one.clues *= 0.03
          }
        }, elsewhere: 0.9)
    }
    if let phone = mention.phone {
      scoring.weigh(
        { one in
          guard let theirs = register.phones[one.person] else { return one.clues *= 0.02 }
          // People have several numbers: another one says little.
          one.clues *= theirs == phone ? 0.9 : 0.01
        }, elsewhere: 0.02)
    }
    let flats = Set(mention.flats.map(Clue.plain))
    if !flats.isEmpty {
      let all = flats.union([mention.flats.map(Clue.plain).joined()])
      // Signs that are nobody's flat are no flat, unless they are written as those of this house.
      let isFlat =
        register.everyFlat.contains { !all.isDisjoint(with: $0) }
        || all.contains { Clue.shape($0).map(register.flatShapes.contains) ?? false }
      if isFlat {
        scoring.weigh(
          { one in
            let theirs = register.everyFlat[one.person]
            if theirs.isEmpty { return one.clues *= 0.05 }
            let agrees = !all.isDisjoint(with: theirs)
            one.clues *= agrees ? 0.9 : 0.005
            if !agrees { one.objection = .flatDiffers }
          }, elsewhere: 0.05)
      }
    }
    let born = mention.birthYear ?? mention.age.flatMap { age in year.map { $0 - age } }
    if let born {
      let slack = mention.birthYear == nil ? 2 : 0
      scoring.weigh(
        { one in
          guard let theirs = register.people[one.person].birthYear else { return one.clues *= 0.05 }
          let agrees = abs(theirs - born) <= slack
          one.clues *= agrees ? 0.9 : 0.005
          if !agrees { one.objection = .ageDiffers }
        }, elsewhere: 0.06)
    }
  }

  /// « Léo (fils de Sarah) »: somebody who lives with a Sarah, or bears her surname.
  private mutating func weighRelatives(_ mention: Mention, _ scoring: inout Scoring) {
    guard !mention.relativeOf.isEmpty else { return }
    var anchor = Mention()
    anchor.words = mention.relativeOf
    var anchors = Scoring()
    for variant in Scoring.variants(anchor) { anchors.add(variant, register, &memo) }
    let named = anchors.suspects.values.filter {
      ($0.given <= .slip && $0.surname <= .absent) || ($0.surname <= .slip && $0.given == .absent)
    }.sorted { ($0.likelihood, $1.person) > ($1.likelihood, $0.person) }.prefix(30)
    scoring.weigh(
      { one in
        let others = named.filter { $0.person != one.person }
        if others.contains(where: { register.shareHome(one.person, $0.person) }) {
          one.clues *= 0.9
          one.isRelated = true
        } else if others.contains(where: { register.shareSurname(one.person, $0.person) }) {
          one.clues *= 0.4
        } else {
          one.clues *= 0.01
        }
      }, elsewhere: 0.05)
  }

  // MARK: - Decision

  private func decide(_ mention: Mention, _ scoring: Scoring) -> Answer {
    let prior = (1 - Self.strangers) / Double(max(register.people.count, 1))
    let others = Self.strangers * scoring.elsewhere
    var ranked = scoring.suspects.values.map { ($0, prior * $0.likelihood * $0.clues) }
    ranked.sort { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.person < $1.0.person }
    let total = ranked.reduce(others) { $0 + $1.1 }
    guard let best = ranked.first, total > 0, best.1 > 0 else {
      return Answer(status: .new, reason: .noMatch, candidates: [])
    }
    let shares = ranked.map { ($0.0, $0.1 / total) }
    let candidates = shares.prefix(8).filter { $0.1 >= 0.01 }
      .map { Answer.Candidate(person: $0.0.person, score: $0.1) }
    func answer(_ status: Answer.Status, _ reason: Answer.Reason) -> Answer {
      Answer(status: status, reason: reason, candidates: candidates)
    }
    let (suspect, share) = shares[0]
    let known = shares.reduce(0) { $0 + $1.1 }
    if known < Self.doubt {
      return answer(.new, scoring.knowsSurname ? .givenDiffers : .noMatch)
    }
    let next = shares.count > 1 ? shares[1].1 : 0
    if share >= needed(for: suspect), share >= Self.margin * next {
      if let reason = objection(to: suspect, mention) { return answer(.unsure, reason) }
      return answer(.sure, grounds(for: suspect, mention, hasRival: isRivalled(suspect, shares)))
    }
    return answer(.unsure, doubt(suspect, next: shares.count > 1 ? shares[1] : nil))
  }

  /// The likelihood that a sure answer needs.
  private func needed(for one: Suspect) -> Double {
    if one.isAnotherName { return Self.surenessOfBareForms }
    if one.isRelated { return Self.sureness }
    return switch max(one.given, one.surname) {
    case .absent, .different: Self.surenessOfBareForms
    case .initial: Self.surenessOfInitials
    default: Self.sureness
    }
  }

  /// Whether somebody else's name agrees as well, so that a clue decided.
  private func isRivalled(_ best: Suspect, _ all: [(Suspect, Double)]) -> Bool {
    all.dropFirst().contains { $0.0.given == best.given && $0.0.surname == best.surname }
  }

  /// What speaks against a sure answer whatever its likelihood.
  private func objection(to one: Suspect, _ mention: Mention) -> Answer.Reason? {
    if let objection = one.objection { return objection }
    if one.isAnotherName, one.given == .slip || one.surname == .slip { return .anotherName }
    switch (one.given, one.surname) {
    case (.different, _), (_, .different): return .notCloseEnough
    case (_, .absent): return one.isRelated && one.given <= .short ? nil : .givenOnly
    case (.absent, let surname):
      return mention.hasTitle && surname == .exact ? nil : .surnameOnly
    case (.initial, let surname): return surname <= .spelling ? nil : .severalPossible
    case (let given, .initial): return given == .exact ? nil : .severalPossible
    default: return nil
    }
  }

  private func grounds(
    for one: Suspect, _ mention: Mention, hasRival: Bool
  ) -> Answer.Reason {
    if one.isRelated, one.surname == .absent { return .relative }
    if hasRival { return .clue }
    switch max(one.given, one.surname) {
    case .exact: return .exact
    case .spelling: return .spelling
    case .short: return .shortForm
    case .part: return .partOfName
    case .slip: return .slip
    case .initial: return .initial
    case .absent, .different: return .titleAndSurname
    }
  }

  private func doubt(_ best: Suspect, next: (Suspect, Double)?) -> Answer.Reason {
    if let objection = best.objection { return objection }
    if best.surname == .absent { return .givenOnly }
    if best.given == .absent { return .surnameOnly }
    if let next, next.1 > 0.01 {
      return next.0.given == best.given && next.0.surname == best.surname && best.given <= .short
        ? .homonyms : .severalPossible
    }
    return .notCloseEnough
  }
}
