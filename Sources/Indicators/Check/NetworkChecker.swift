import Diagnostics
import Model
import Statistics

extension Checker {
  private static let pairLabels = ["min_meetings", "max_size", "not_same"]

  /// Pairs of people present together.
  func ties(_ call: Call, _ gives: Aggregate.Ties.Gives) throws(FormulaError) -> Aggregate.Ties {
    try call.allow(
      labels: Checker.pairLabels + ["between", "within", "gap", "at_least", "new", "ends"],
      positional: 1)
    try refuseAmong(call)
    var ties = try pairs(call)
    ties.gives = gives
    ties.relation = try relation(
      call, [("between", .between), ("within", .within)], ties.scan.table)
    if call.labelled("new") != nil {
      guard model[ties.scan.table]?.date != nil else { throw undated(ties.scan.table, call) }
      ties.isNew = try call.word("new", among: ["yes", "no"]) == "yes"
    }
    if let syntax = call.labelled("ends") {
      guard gives == .pairs, ties.relation == nil, !ties.isNew else {
        throw FormulaError(
          at: syntax.offset, code: "formula.arguments",
          fr: "« ends: » va avec ties(…), sans « between: », « within: », « gap: » ni « new: »",
          en: "“ends:” goes with ties(…), without “between:”, “within:”, “gap:” and “new:”")
      }
      let ends = try RowChecker(model: model, base: ties.scan.table).category(syntax).0
      guard case .path = ends else {
        throw FormulaError(
          at: syntax.offset, code: "formula.type",
          fr: "« ends: » prend un chemin vers une catégorie",
          en: "“ends:” takes a path to a category")
      }
      ties.ends = ends
    }
    return ties
  }

  /// People present with somebody of a kind.
  func met(_ call: Call) throws(FormulaError) -> Aggregate.Meeting {
    try call.allow(labels: ["with"], positional: 1)
    try refuseAmong(call)
    let pairs = try pairs(call)
    guard let condition = call.labelled("with") else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "« with: » est attendu",
        en: "“with:” is expected", remedy: usage("met"))
    }
    return Aggregate.Meeting(
      scan: pairs.scan, person: pairs.person, session: pairs.session,
      others: try scan(pairs.scan.table, filter: condition))
  }

  /// A measure of the network of pairs.
  func network(_ call: Call) throws(FormulaError) -> Aggregate.Network {
    try call.allow(
      labels: Checker.pairLabels + [
        "measure", "weight", "by", "gap", "at_least", "group", "chance", "draws", "seed",
      ], positional: 1)
    let ties = try pairs(call)
    let names = NetworkMeasure.allCases.map(\.rawValue)
    guard let at = call.labelled("measure"),
      let measure = NetworkMeasure(rawValue: try call.word("measure", among: names))
    else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "« measure: » est attendu",
        en: "“measure:” is expected",
        remedy: Phrase(
          fr: "mesures : \(names.joined(separator: ", "))",
          en: "measures: \(names.joined(separator: ", "))"))
    }
    var network = Aggregate.Network(ties: ties, measure: measure)
    if let among = call.first.among { network.among = try register(among, ties.person) }
    network.relation = try relation(call, [("by", .between)], ties.scan.table)
    try check(network, call, at: at)
    if call.labelled("weight") != nil {
      network.weight =
        Aggregate.Network.Weight(
          rawValue: try call.word(
            "weight", among: Aggregate.Network.Weight.allCases.map(\.rawValue))) ?? .one
    }
    if let syntax = call.labelled("group") { network.group = try group(syntax, network) }
    network.draws = try draws(call)
    return network
  }

  // MARK: parts

  /// The rule by which people meet.
  private func pairs(_ call: Call) throws(FormulaError) -> Aggregate.Ties {
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    guard let session = call.first.key else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "\(call.name)(…) demande « per » une séance",
        en: "\(call.name)(…) needs “per” a session", remedy: usage(call.name))
    }
    let notSame: RowExpression? =
      if let same = call.labelled("not_same") { try rows.category(same).0 } else { nil }
    return Aggregate.Ties(
      scan: try scan(table, filter: call.first.filter),
      person: try rows.category(call.first.value).0, session: try rows.category(session).0,
      minimumMeetings: call.labelled("min_meetings") == nil ? 1 : try call.whole("min_meetings"),
      maximumSize: call.labelled("max_size") == nil ? nil : try call.whole("max_size"),
      notSame: notSame)
  }

  /// How two people must stand to each other: at most one of the labels, or `gap:` with
  /// `at_least:`.
  private func relation(
    _ call: Call, _ kinds: [(label: String, kind: Aggregate.Relation.Kind)], _ table: String
  ) throws(FormulaError) -> Aggregate.Relation? {
    let rows = RowChecker(model: model, base: table)
    let given = (kinds.map(\.label) + ["gap"]).filter { call.labelled($0) != nil }
    if given.count > 1, let second = call.labelled(given[1]) {
      throw FormulaError(
        at: second.offset, code: "formula.arguments",
        fr: "« \(given[0]): » et « \(given[1]): » ne vont pas ensemble",
        en: "“\(given[0]):” and “\(given[1]):” do not go together")
    }
    if let gap = call.labelled("gap") {
      return Aggregate.Relation(
        kind: .apart(try call.number("at_least", example: 25)), of: try rows.number(gap))
    }
    if let least = call.labelled("at_least") {
      throw FormulaError(
        at: least.offset, code: "formula.arguments", fr: "« at_least: » va avec « gap: »",
        en: "“at_least:” goes with “gap:”")
    }
    for (label, kind) in kinds {
      guard let syntax = call.labelled(label) else { continue }
      let (expression, type) = try rows.check(syntax)
      if type == .truth { return Aggregate.Relation(kind: kind, of: expression) }
      return Aggregate.Relation(kind: kind, of: try rows.category(syntax).0)
    }
    return nil
  }

  /// The people of a dated table who are in a network whether they came or not.
  private func register(_ syntax: Syntax, _ person: RowExpression) throws(FormulaError)
    -> Population
  {
    guard case .path(let parts, let offset) = syntax, parts.count == 1,
      let table = model[parts[0]], table.validity != nil || table.date != nil,
      let entity = table.keyColumn, case .path(let path) = person,
      path.type == .code(domain: entity.domain)
    else {
      throw FormulaError(
        at: syntax.offset, code: "formula.among",
        fr: "« among » prend une table datée des mêmes personnes",
        en: "“among” takes a dated table of the same people")
    }
    return Population(
      entity: .path(
        try PathResolver(model: model).resolve([parts[0], entity.name], offset: offset)),
      mode: .any, scan: try scan(parts[0], condition: nil))
  }

  /// Whether a measure has what it needs, and nothing that it cannot use.
  private func check(_ network: Aggregate.Network, _ call: Call, at measure: Syntax)
    throws(FormulaError)
  {
    let name = network.measure.rawValue
    if network.measure.needsGroups, network.relation == nil {
      throw FormulaError(
        at: measure.offset, code: "formula.arguments",
        fr: "« \(name) » compare des groupes : « by: » est attendu",
        en: "“\(name)” compares groups: “by:” is expected",
        remedy: Phrase(
          fr: "par exemple by: attendance.resident.age_band",
          en: "for example by: attendance.resident.age_band"))
    }
    func refuse(_ label: String, unless fits: Bool) throws(FormulaError) {
      guard !fits, let syntax = call.labelled(label) else { return }
      throw FormulaError(
        at: syntax.offset, code: "formula.arguments",
        fr: "la mesure « \(name) » n’emploie pas « \(label): »",
        en: "the measure “\(name)” has no use for “\(label):”")
    }
    try refuse("by", unless: network.measure.needsGroups)
    if network.measure.needsGroups, let among = call.first.among {
      throw FormulaError(
        at: among.offset, code: "formula.among",
        fr: "« \(name) » compare ceux qui sont venus : « among » ne va pas avec cette mesure",
        en: "“\(name)” compares those who came: “among” does not go with this measure")
    }
    try refuse("gap", unless: network.measure.canBeDrawn)
    try refuse("weight", unless: network.measure.isWeighted)
    try refuse("group", unless: network.measure == .homophily)
    for label in ["chance", "draws", "seed"] {
      try refuse(label, unless: network.measure.canBeDrawn)
    }
    if network.measure == .homophily, call.labelled("group") == nil {
      throw FormulaError(
        at: measure.offset, code: "formula.arguments",
        fr: "l’homophilie est celle d’un groupe : « group: » est attendu",
        en: "homophily is that of one group: “group:” is expected",
        remedy: Phrase(fr: "par exemple group: \"60+\"", en: "for example group: \"60+\""))
    }
  }

  /// The group that homophily is of: a value that the path may have.
  private func group(_ syntax: Syntax, _ network: Aggregate.Network) throws(FormulaError)
    -> String
  {
    guard case .string(let text, let offset) = syntax, let relation = network.relation else {
      throw FormulaError(
        at: syntax.offset, code: "formula.type", fr: "une valeur écrite est attendue",
        en: "a written value is expected")
    }
    guard case .path(let path) = relation.of else {
      throw FormulaError(
        at: offset, code: "formula.arguments",
        fr: "« group: » demande que « by: » soit un chemin vers une catégorie",
        en: "“group:” needs “by:” to be a path to a category")
    }
    try RowChecker(model: model, base: network.ties.scan.table)
      .allow(text, for: path, offset: offset)
    return text
  }

  private func draws(_ call: Call) throws(FormulaError) -> Aggregate.Network.Draws? {
    let names = Aggregate.Network.Chance.allCases.map(\.rawValue)
    guard let at = call.labelled("chance") else {
      for label in ["draws", "seed"] {
        guard let syntax = call.labelled(label) else { continue }
        throw FormulaError(
          at: syntax.offset, code: "formula.arguments", fr: "« \(label): » va avec « chance: »",
          en: "“\(label):” goes with “chance:”")
      }
      return nil
    }
    guard
      let chance = Aggregate.Network.Chance(rawValue: try call.word("chance", among: names))
    else { return nil }
    if chance == .ratio, call.labelled("measure").map(isExternalInternal) == true {
      throw FormulaError(
        at: at.offset, code: "formula.arguments",
        fr: "un rapport d’indices E-I n’a pas de sens : ils peuvent être nuls ou négatifs",
        en: "a ratio of E-I indices has no meaning: they may be zero or negative",
        remedy: Phrase(
          fr: "prenez chance: standardised, ou measure: cross_share",
          en: "take chance: standardised, or measure: cross_share"))
    }
    return Aggregate.Network.Draws(
      chance: chance,
      count: call.labelled("draws") == nil ? Baseline.usualDraws : try call.whole("draws"),
      seed: call.labelled("seed") == nil ? Int(Baseline.usualSeed) : try call.whole("seed"))
  }

  private func isExternalInternal(_ syntax: Syntax) -> Bool {
    if case .path(["ei"], _) = syntax { true } else { false }
  }

  private func undated(_ table: String, _ call: Call) -> FormulaError {
    FormulaError(
      at: call.offset, code: "formula.date", fr: "la table « \(table) » n’a pas de date",
      en: "the table “\(table)” has no date")
  }

  private func refuseAmong(_ call: Call) throws(FormulaError) {
    guard let among = call.first.among else { return }
    throw FormulaError(
      at: among.offset, code: "formula.among",
      fr: "« \(call.name) » compte ceux qui sont venus : « among » n’y change rien",
      en: "“\(call.name)” counts those who came: “among” changes nothing")
  }
}
