import DataFiles
import Diagnostics

/// Makes items and scales of a questionnaire's file, and collects what is wrong with them.
struct InstrumentCheck {
  let file: DataFile
  private(set) var problems: [Diagnostic] = []
  private var lists: [String: [Instrument.Answer]] = [:]
  private var codes: [String: [Double]] = [:]

  init(file: DataFile) { self.file = file }

  private mutating func report(_ key: String, fr: String, en: String, near: String? = nil) {
    problems.append(
      Diagnostic(
        code: "instrument.value", Phrase(fr: fr, en: en),
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        }, at: file.location(of: key)))
  }

  /// Lists of answers: at least two each, every code once.
  mutating func answers(_ raw: RawInstrument) {
    lists = raw.answers
    for (name, list) in raw.answers.sorted(by: { $0.key < $1.key }) {
      if list.count < 2 {
        report(
          "answers.\(name)", fr: "« \(name) » : au moins deux réponses sont attendues",
          en: "“\(name)”: at least two answers are expected")
      }
      for (i, answer) in list.enumerated()
      where list[..<i].contains(where: { $0.code == answer.code }) {
        report(
          "answers.\(name).\(i)", fr: "« \(name) » : code donné deux fois",
          en: "“\(name)”: a code given twice")
      }
    }
  }

  mutating func items(_ raw: RawInstrument) -> [Instrument.Item] {
    var out: [Instrument.Item] = []
    for (i, item) in raw.items.enumerated() {
      if codes[item.item] != nil {
        report(
          "items.\(i).item", fr: "question « \(item.item) » déclarée deux fois",
          en: "item “\(item.item)” declared twice")
      }
      let list = lists[item.answers] ?? []
      if lists[item.answers] == nil {
        report(
          "items.\(i).answers", fr: "liste de réponses inconnue : « \(item.answers) »",
          en: "unknown list of answers: “\(item.answers)”",
          near: Suggestion.nearest(to: item.answers, among: lists.keys.sorted()))
      }
      if raw.translation == .none, item.wording?["fr"] != nil {
        report(
          "items.\(i).wording.fr", fr: "texte français alors que « translation » vaut « none »",
          en: "French wording though “translation” is “none”")
      }
      codes[item.item] = list.map(\.code)
      var wording: [Language: String] = [:]
      for language in Language.allCases { wording[language] = item.wording?[language.rawValue] }
      out.append(
        Instrument.Item(name: item.item, label: item.label, wording: wording, answers: list))
    }
    if raw.items.isEmpty {
      report("items", fr: "aucune question", en: "no item")
    }
    return out
  }

  mutating func scales(_ raw: RawInstrument) -> [Instrument.Scale] {
    var out: [Instrument.Scale] = []
    for (i, scale) in raw.scales.enumerated() {
      if out.contains(where: { $0.name == scale.scale }) {
        report(
          "scales.\(i).scale", fr: "échelle « \(scale.scale) » déclarée deux fois",
          en: "scale “\(scale.scale)” declared twice")
      }
      let before = problems.count
      let items = items(of: scale, at: "scales.\(i)")
      let requirements = requirements(of: scale, at: "scales.\(i)")
      numbers(of: scale, at: "scales.\(i)")
      if problems.count > before { continue }
      let totals = totals(scale, items)
      let table = (scale.table ?? []).map { (total: $0.total, score: $0.score) }
        .sorted { $0.total < $1.total }
      checkTable(scale, items, totals, at: "scales.\(i)")
      let scores = table.isEmpty ? [totals.lowerBound, totals.upperBound] : table.map(\.score)
      let range = (scores.min() ?? 0)...(scores.max() ?? 0)
      out.append(
        Instrument.Scale(
          name: scale.scale, title: scale.title, items: items, total: scale.total,
          requirements: requirements, factor: scale.factor ?? 1, decimals: scale.decimals,
          table: table,
          isHigherBetter: scale.better == .neither ? nil : scale.better == .higher,
          cutoffs: cutoffs(of: scale, range, at: "scales.\(i)"), range: range))
    }
    if raw.scales.isEmpty { report("scales", fr: "aucune échelle", en: "no scale") }
    return out
  }

  /// The items of a scale with the points of each code.
  private mutating func items(of scale: RawInstrument.Scale, at key: String)
    -> [Instrument.ScaledItem]
  {
    for (j, name) in scale.items.enumerated() {
      if codes[name] == nil {
        report(
          key + ".items.\(j)", fr: "question inconnue : « \(name) »",
          en: "unknown item: “\(name)”",
          near: Suggestion.nearest(to: name, among: codes.keys.sorted()))
      } else if scale.items[..<j].contains(name) {
        report(
          key + ".items.\(j)", fr: "question « \(name) » comptée deux fois",
          en: "item “\(name)” counted twice")
      }
    }
    if scale.items.isEmpty { report(key + ".items", fr: "aucune question", en: "no item") }
    own(scale.reversed ?? [], scale, at: key + ".reversed")
    var points: [String: [Double: Double]] = [:]
    for (j, group) in (scale.points ?? []).enumerated() {
      let here = key + ".points.\(j)"
      own(group.items, scale, at: here + ".items")
      var given: [Double: Double] = [:]
      for (code, value) in group.codes {
        guard let number = Double(code) else {
          report(
            here + ".codes.\(code)", fr: "un code est un nombre : « \(code) »",
            en: "a code is a number: “\(code)”")
          continue
        }
        given[number] = value
      }
      for (k, name) in group.items.enumerated() {
        if points[name] != nil || (scale.reversed ?? []).contains(name) {
          report(
            here + ".items.\(k)", fr: "question « \(name) » recodée deux fois",
            en: "item “\(name)” recoded twice")
        }
        if let offered = codes[name], Set(offered) != Set(given.keys) {
          report(
            here + ".codes", fr: "les codes ne sont pas ceux de « \(name) »",
            en: "codes are not those of “\(name)”")
        }
        points[name] = given
      }
    }
    return scale.items.map { name in
      let offered = codes[name] ?? []
      let ends = (offered.min() ?? 0) + (offered.max() ?? 0)
      let isReversed = (scale.reversed ?? []).contains(name)
      return Instrument.ScaledItem(
        name: name,
        points: points[name]
          ?? Dictionary(offered.map { ($0, isReversed ? ends - $0 : $0) }) { a, _ in a })
    }
  }

  /// Names that must be items of the scale.
  private mutating func own(_ names: [String], _ scale: RawInstrument.Scale, at key: String) {
    for (j, name) in names.enumerated() where !scale.items.contains(name) {
      report(
        key + ".\(j)", fr: "« \(name) » n’est pas une question de l’échelle",
        en: "“\(name)” is no item of the scale",
        near: Suggestion.nearest(to: name, among: scale.items))
    }
  }

  private mutating func requirements(of scale: RawInstrument.Scale, at key: String)
    -> [Instrument.Requirement]
  {
    func place(_ name: String) -> Int? { scale.items.firstIndex(of: name) }
    // All items, unless a least number is said, of all or of each of some.
    var out: [Instrument.Requirement] = []
    if let answered = scale.answered ?? (scale.each == nil ? scale.items.count : nil) {
      if !(1...max(scale.items.count, 1)).contains(answered) {
        report(
          key + ".answered", fr: "un nombre de 1 à \(scale.items.count) est attendu",
          en: "a number from 1 to \(scale.items.count) is expected")
      }
      out.append(Instrument.Requirement(items: Array(scale.items.indices), answered: answered))
    }
    for (j, each) in (scale.each ?? []).enumerated() {
      own(each.items, scale, at: key + ".each.\(j).items")
      if !(1...max(each.items.count, 1)).contains(each.answered) {
        report(
          key + ".each.\(j).answered", fr: "un nombre de 1 à \(each.items.count) est attendu",
          en: "a number from 1 to \(each.items.count) is expected")
      }
      out.append(
        Instrument.Requirement(
          items: each.items.compactMap(place), answered: each.answered))
    }
    return out
  }

  private mutating func numbers(of scale: RawInstrument.Scale, at key: String) {
    if let factor = scale.factor, !(factor > 0) {
      report(
        key + ".factor", fr: "un nombre positif est attendu", en: "a positive number is expected")
    }
    if let decimals = scale.decimals, !(0...6).contains(decimals) {
      report(
        key + ".decimals", fr: "un nombre de 0 à 6 est attendu",
        en: "a number from 0 to 6 is expected")
    }
  }

  /// The least and the greatest total of somebody who answers all.
  private func totals(_ scale: RawInstrument.Scale, _ items: [Instrument.ScaledItem])
    -> ClosedRange<Double>
  {
    let low = items.reduce(0) { $0 + ($1.points.values.min() ?? 0) }
    let high = items.reduce(0) { $0 + ($1.points.values.max() ?? 0) }
    let scale = (scale.factor ?? 1) / (scale.total == .mean ? Double(items.count) : 1)
    return (low * scale)...(high * scale)
  }

  /// A table has each total of whole points once, and no other.
  private mutating func checkTable(
    _ scale: RawInstrument.Scale, _ items: [Instrument.ScaledItem], _ totals: ClosedRange<Double>,
    at key: String
  ) {
    guard let table = scale.table else { return }
    let given = table.map(\.total)
    let expected = stride(from: totals.lowerBound, through: totals.upperBound, by: 1)
    if scale.total != .sum || given.count != Set(given).count || Set(given) != Set(expected) {
      report(
        key + ".table",
        fr: "la table doit donner une fois chaque total, de \(Int(totals.lowerBound)) à "
          + "\(Int(totals.upperBound))",
        en: "the table must give each total once, from \(Int(totals.lowerBound)) to "
          + "\(Int(totals.upperBound))")
    }
  }

  private mutating func cutoffs(
    of scale: RawInstrument.Scale, _ range: ClosedRange<Double>, at key: String
  ) -> [Instrument.Cutoff] {
    var out: [Instrument.Cutoff] = []
    for (j, cutoff) in (scale.cutoffs ?? []).enumerated() {
      let here = key + ".cutoffs.\(j)"
      let bounds = [cutoff.at_least, cutoff.at_most].compactMap { $0 }
      if bounds.isEmpty {
        report(
          here, fr: "« at_least » ou « at_most » est attendu",
          en: "“at_least” or “at_most” is expected")
      }
      if bounds.contains(where: { !range.contains($0) }) || bounds.first ?? 0 > bounds.last ?? 0 {
        report(
          here, fr: "des bornes de \(range.lowerBound) à \(range.upperBound), la basse d’abord",
          en: "bounds from \(range.lowerBound) to \(range.upperBound), the lower first")
      }
      if out.contains(where: { $0.name == cutoff.cutoff }) {
        report(
          here + ".cutoff", fr: "seuil « \(cutoff.cutoff) » déclaré deux fois",
          en: "cut-off “\(cutoff.cutoff)” declared twice")
      }
      out.append(
        Instrument.Cutoff(
          name: cutoff.cutoff, label: cutoff.label, atLeast: cutoff.at_least,
          atMost: cutoff.at_most))
    }
    return out
  }
}
