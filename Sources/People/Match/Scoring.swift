/// A person that a mention may mean.
struct Suspect {
  var person: Int
  /// How likely the mention is typed so if this person is meant.
  var likelihood: Double
  var given: Agreement
  var surname: Agreement
  /// The factor of the clues beside the name, and those that speak against.
  var clues = 1.0
  var objection: Answer.Reason?
  var isRelated = false
  /// Whether what would be a slip, or another spelling, is a name of its own.
  var isAnotherName = false
}

/// The likelihoods of a mention under all people of a register, and under anybody else.
struct Scoring {
  private(set) var suspects: [Int: Suspect] = [:]
  /// How likely a mention is typed so by somebody who is not in the register.
  private(set) var elsewhere = 0.0
  /// Whether some known person bears a surname that agrees, with another given name.
  private(set) var knowsSurname = false

  /// A way to read a mention's words.
  struct Variant {
    var words: [NameWord]
    var comma: Int?
    var weight: Double
    var sex: Sex?
    var hasTitle: Bool
  }

  /// Above so many bearers of a given name, their surnames are not gone through one by one.
  private static let mostBearers = 400

  /// The ways to read a mention.
  static func variants(_ mention: Mention) -> [Variant] {
    var out: [Variant] = []
    func add(_ words: [NameWord], comma: Int? = nil, _ weight: Double, title: Bool = false) {
      guard !words.isEmpty, words.count <= 7 else { return }
      out.append(
        Variant(
          words: words, comma: comma, weight: weight, sex: title ? .man : mention.sex,
          hasTitle: title || mention.hasTitle))
    }
    let words = mention.words
    let other = mention.otherSurname
    add(words, comma: mention.comma, 1, title: mention.mayBeginWithTitle)
    if mention.mayBeginWithTitle {
      let m = NameWord(letters: [UInt8(ascii: "m")], hasDot: true)
      add([m] + words, 0.3)
    }
    if !other.isEmpty {
      add(words + other, 0.3)
      if words.count > 1 {
        add(Array(words.dropLast()) + other, 0.7)
        add(Array(words.dropFirst()) + other, 0.7)
      } else {
        add(other, 0.3)
      }
    }
    if !mention.alias.isEmpty {
      add(words + mention.alias, words.count == 1 ? 1 : 0.1)
      if words.count > 1 {
        add(Array(words.dropLast()) + mention.alias, 0.1)
        add(Array(words.dropFirst()) + mention.alias, 0.1)
      }
    }
    if words.count > 2 {
      // A word of a remark may have stayed.
      if words.last?.isTied == false { add(Array(words.dropLast()), 0.002) }
      if !words[1].isTied { add(Array(words.dropFirst()), 0.001) }
    }
    return out
  }

  /// Reads a variant as given name and surname in every way, and adds what each explains.
  mutating func add(_ variant: Variant, _ register: Register, _ memo: inout PartMemo) {
    let words = variant.words
    let hasCapitals =
      words.contains(where: \.isCapitals)
      && !words.allSatisfy { $0.isCapitals || $0.letters.count == 1 }
    for cut in 0...words.count {
      for surnameFirst in [false, true] {
        if surnameFirst, cut == 0 || cut == words.count { continue }
        let head = words[..<cut]
        let tail = words[cut...]
        let (given, surname) = surnameFirst ? (tail, head) : (head, tail)
        if given.count > 4 { continue }
        var weight = variant.weight * 0.5
        if let comma = variant.comma { weight *= surnameFirst && cut == comma ? 2 : 0.1 }
        if hasCapitals {
          let agrees =
            surname.allSatisfy { $0.isCapitals || NameWords.particles.contains($0.text) }
            && !given.contains { $0.isCapitals && $0.letters.count > 3 }
          weight *= agrees ? 1.8 : 0.1
        }
        // A hyphen ties words of one part.
        if cut > 0, cut < words.count, tail.first?.isTied == true { weight *= 0.05 }
        add(
          NamePart(given), NamePart(surname), weight, variant, register, &memo)
      }
    }
  }

  private mutating func add(
    _ given: NamePart, _ surname: NamePart, _ weight: Double, _ variant: Variant,
    _ register: Register, _ memo: inout PartMemo
  ) {
    if variant.hasTitle, given.words.isEmpty, surname.words.isEmpty { return }
    let newGiven = register.commonness.ofGiven(given)
    let newSurname = register.commonness.ofSurname(surname)
    // A title makes a surname alone usual.
    let bare = given.words.isEmpty && variant.hasTitle ? 10.0 : 1
    let anySex = variant.sex == nil ? 1 : 0.5
    elsewhere = max(elsewhere, weight * newGiven * newSurname * bare * anySex)

    let givens = given.words.isEmpty ? [:] : memo.given(given, register)
    let surnames = surname.words.isEmpty ? [:] : memo.surname(surname, register)
    let isKnownGiven = register.commonness.knowsGiven(given)
    let isKnownSurname = register.commonness.knowsSurname(surname)
    func isOther(_ agreement: Agreement) -> Bool { agreement == .slip || agreement == .spelling }
    var seen = Set<Int32>()
    func explain(_ i: Int32, _ g: Likelihood, _ s: Likelihood) {
      let reading = register.readings[Int(i)]
      var g = g
      var s = s
      // Somebody may be known by another name altogether.
      if g.value < 0.0003 * newGiven {
        g = Likelihood(value: 0.0003 * newGiven, agreement: .different)
      }
      if s.value < 0.0003 * newSurname {
        s = Likelihood(value: 0.0003 * newSurname, agreement: .different)
      }
      if g.agreement == .different, s.agreement == .different { return }
      if s.agreement <= .spelling, g.agreement == .different { knowsSurname = true }
      let person = Int(reading.person)
      let (factor, objection) = Self.weight(of: variant.sex, register.sexes[person])
      let value = weight * g.value * s.value * bare * factor
      if value > suspects[person]?.likelihood ?? 0 {
        suspects[person] = Suspect(
          person: person, likelihood: value, given: g.agreement, surname: s.agreement,
          objection: objection,
          isAnotherName: (isOther(g.agreement) && isKnownGiven)
            || (isOther(s.agreement) && isKnownSurname))
      }
    }
    for (id, s) in surnames where s.agreement != .initial {
      for i in register.bySurname[Int(id)] {
        seen.insert(i)
        let g =
          given.words.isEmpty
          ? Likelihood(value: 0.01, agreement: .absent)
          : givens[register.readings[Int(i)].given] ?? .none
        explain(i, g, s)
      }
    }
    for (id, g) in givens {
      let bearers = register.byGiven[Int(id)]
      let isShort = surname.words.isEmpty || surname.initials != nil
      guard isShort || bearers.count <= Self.mostBearers, g.agreement != .initial || isShort else {
        continue
      }
      for i in bearers where !seen.contains(i) {
        let reading = register.readings[Int(i)]
        let s =
          surname.words.isEmpty
          ? Likelihood(value: 0.01, agreement: .absent)
          : surnames[reading.surname] ?? register.surnames.likelihood(surname, reading.surname)
        explain(i, g, s)
      }
    }
    addLongerNames(given, surname, weight, variant, register, &memo)
  }

  /// How well the sex that a title tells goes with a person's.
  private static func weight(
    of told: Sex?, _ known: (sex: Sex?, isCertain: Bool)
  ) -> (Double, Answer.Reason?) {
    guard let told else { return (1, nil) }
    guard let sex = known.sex else { return (0.5, nil) }
    if sex == told { return (0.95, nil) }
    return (known.isCertain ? 0.02 : 0.1, .sexDiffers)
  }

  /// A typed name with a word more than the register has: a second given name, a second surname.
  private mutating func addLongerNames(
    _ given: NamePart, _ surname: NamePart, _ weight: Double, _ variant: Variant,
    _ register: Register, _ memo: inout PartMemo
  ) {
    guard surname.parts.count == 2 || given.words.count == 2 else { return }
    var ways: [(NamePart, NamePart, Double)] = []
    if surname.parts.count == 2, !given.words.isEmpty {
      for (kept, extra) in [(0, 1), (1, 0)] {
        let rest = NamePart([NameWord(letters: surname.parts[extra])])
        ways.append(
          (
            given, NamePart([NameWord(letters: surname.parts[kept])]),
            0.04 * register.commonness.ofSurname(rest)
          ))
      }
    }
    if given.words.count == 2, !surname.words.isEmpty {
      let rest = NamePart([NameWord(letters: given.words[1])])
      ways.append(
        (
          NamePart([NameWord(letters: given.words[0])]), surname,
          (given.isTied ? 0.005 : 0.03) * register.commonness.ofGiven(rest)
        ))
    }
    for (given, surname, share) in ways {
      let givens = memo.given(given, register)
      for (id, s) in memo.surname(surname, register) where s.agreement <= .slip {
        for i in register.bySurname[Int(id)] {
          let reading = register.readings[Int(i)]
          guard let g = givens[reading.given], g.agreement <= .spelling else { continue }
          let person = Int(reading.person)
          let (factor, objection) = Self.weight(of: variant.sex, register.sexes[person])
          let value = weight * share * g.value * s.value * factor
          if value > suspects[person]?.likelihood ?? 0 {
            suspects[person] = Suspect(
              person: person, likelihood: value, given: max(g.agreement, .part),
              surname: max(s.agreement, .part), objection: objection)
          }
        }
      }
    }
  }

  /// Applies what is known beside the names.
  mutating func weigh(_ body: (inout Suspect) -> Void, elsewhere factor: Double) {
    for key in suspects.keys {
      if var one = suspects[key] {
        body(&one)
        suspects[key] = one
      }
    }
    elsewhere *= factor
  }
}

/// Answers of the indexes, kept: sheets say the same names again and again.
struct PartMemo: Sendable {
  private var givens: [NamePart: [Int32: Likelihood]] = [:]
  private var surnames: [NamePart: [Int32: Likelihood]] = [:]
  /// More would be memory without use.
  private static let most = 20_000

  mutating func given(_ part: NamePart, _ register: Register) -> [Int32: Likelihood] {
    if let known = givens[part] { return known }
    let found = register.given.similar(to: part.heard())
    if givens.count >= Self.most { givens = [:] }
    givens[part] = found
    return found
  }

  mutating func surname(_ part: NamePart, _ register: Register) -> [Int32: Likelihood] {
    if let known = surnames[part] { return known }
    let found = register.surnames.similar(to: part.heard())
    if surnames.count >= Self.most { surnames = [:] }
    surnames[part] = found
    return found
  }
}
