import Columns
import Diagnostics
import Model
import Periods

/// Rules about rows: dates that follow, values in bounds, sums, links, spans that overlap.
extension QualityData {
  /// What a rule finds.
  func findings(of rule: QualityRule) throws(Failure) -> [QualityFinding] {
    switch rule.kind {
    case .order: try order(rule)
    case .range: try range(rule)
    case .overlap: try overlap(rule)
    case .link: try link(rule)
    case .without: try without(rule)
    case .gap: try gaps(rule)
    case .break: try breaks(rule)
    case .identity: try identity(rule)
    case .continuity: try continuity(rule)
    case .known: try known(rule)
    case .duplicate: try duplicates(rule)
    }
  }

  /// A label and a value of a row: `« Arrivée » : 2024-03-05`.
  private func shown(_ name: String, _ row: Int, _ rule: QualityRule) throws(Failure) -> Phrase? {
    guard let column = rule.table[name],
      let text = try table(rule.table.name)[name]?.text(at: row)
    else { return nil }
    return Phrase(
      fr: "«\u{A0}\(column.label.fr)\u{A0}» \(text)", en: "“\(column.label.en)” \(text)")
  }

  private func joined(_ parts: [Phrase]) -> Phrase? {
    parts.isEmpty
      ? nil
      : Phrase(
        fr: parts.map(\.fr).joined(separator: ", "), en: parts.map(\.en).joined(separator: ", "))
  }

  private func order(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    let own = try table(rule.table.name)
    var out: [QualityFinding] = []
    for row in try rows(of: rule) {
      for (a, b) in zip(rule.columns, rule.columns.dropFirst()) {
        guard let first = own[a]?.number(at: row), let second = own[b]?.number(at: row),
          first > second
        else { continue }
        var one = try finding(rule, row: row)
        one.found = joined(try [shown(a, row, rule), shown(b, row, rule)].compactMap { $0 })
        let labels = [rule.table[a]?.label, rule.table[b]?.label].compactMap { $0 }
        if labels.count == 2 {
          one.expected = Phrase(
            fr: "«\u{A0}\(labels[0].fr)\u{A0}» avant «\u{A0}\(labels[1].fr)\u{A0}»",
            en: "“\(labels[0].en)” before “\(labels[1].en)”")
        }
        out.append(one)
      }
    }
    return out
  }

  private func range(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    guard let name = rule.columns.first, let column = try table(rule.table.name)[name] else {
      return []
    }
    let least = rule.least?.number(on: today)
    let greatest = rule.greatest?.number(on: today)
    var isDay = false
    if case .day = column { isDay = true }
    func text(_ value: Double) -> String {
      isDay ? Day(number: Int32(value)).iso : Column.plain(value)
    }
    var out: [QualityFinding] = []
    for row in try rows(of: rule) {
      guard let value = column.number(at: row) else { continue }
      if let least, value < least {
        var one = try finding(rule, row: row)
        one.found = try shown(name, row, rule)
        one.expected = Phrase(fr: "\(text(least)) ou après", en: "\(text(least)) or later")
        out.append(one)
      } else if let greatest, value > greatest {
        var one = try finding(rule, row: row)
        one.found = try shown(name, row, rule)
        one.expected = Phrase(
          fr: "\(text(greatest)) au plus tard", en: "\(text(greatest)) at the latest")
        out.append(one)
      }
    }
    return out
  }

  private func identity(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    let own = try table(rule.table.name)
    guard let equals = rule.equals else { return [] }
    var out: [QualityFinding] = []
    for row in try rows(of: rule) {
      // Unknown is not zero: a row that does not say everything says nothing here.
      let plus = rule.plus.map { own[$0]?.number(at: row) }
      let minus = rule.minus.map { own[$0]?.number(at: row) }
      guard let found = own[equals]?.number(at: row), !plus.contains(nil), !minus.contains(nil)
      else { continue }
      let sum =
        plus.reduce(0) { $0 + ($1 ?? 0) } - minus.reduce(0) { $0 + ($1 ?? 0) }
      if abs(sum - found) <= 1e-9 * max(1, abs(found)) { continue }
      var one = try finding(rule, row: row)
      var parts: [Phrase] = []
      for name in rule.plus + rule.minus + [equals] {
        if let part = try shown(name, row, rule) { parts.append(part) }
      }
      one.found = joined(parts)
      if let label = rule.table[equals]?.label {
        one.expected = Phrase(
          fr: "«\u{A0}\(label.fr)\u{A0}» \(Column.plain(sum))",
          en: "“\(label.en)” \(Column.plain(sum))")
      }
      out.append(one)
    }
    return out
  }

  /// The first column of a row against the last of the row before it, in each series that the other
  /// columns of the key make.
  private func continuity(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    guard let date = rule.table.date, let start = rule.columns.first, let end = rule.columns.last,
      let days = try column(date, of: rule.table.name)
    else { return [] }
    let own = try table(rule.table.name)
    let series = rule.table.key.filter { $0 != date }.compactMap { own[$0] }
    let all = try rows(of: rule).filter { days.number(at: $0) != nil }
    var out: [QualityFinding] = []
    let groups = Dictionary(grouping: all) { row in
      series.map { $0.text(at: row) ?? "" }.joined(separator: "\u{0}")
    }
    for (_, some) in groups.sorted(by: { $0.key < $1.key }) {
      let sorted = some.sorted { (days.number(at: $0) ?? 0, $0) < (days.number(at: $1) ?? 0, $1) }
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        guard let before = own[end]?.number(at: a), let now = own[start]?.number(at: b),
          before != now
        else { continue }
        var one = try finding(rule, row: b)
        one.found = try shown(start, b, rule)
        if let label = rule.table[end]?.label {
          one.expected = Phrase(
            fr: "\(Column.plain(before)), «\u{A0}\(label.fr)\u{A0}» de la ligne précédente",
            en: "\(Column.plain(before)), “\(label.en)” of the row before")
        }
        out.append(one)
      }
    }
    return out
  }

  private func overlap(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    guard let validity = rule.table.validity, let person = rule.table.person,
      case .text(let codes, _)? = try column(person, of: rule.table.name),
      case .day(let from)? = try column(validity.from, of: rule.table.name),
      case .day(let to)? = try column(validity.to, of: rule.table.name)
    else { return [] }
    let place = try rule.columns.first.flatMap { (name) throws(Failure) in
      try column(name, of: rule.table.name)
    }
    var out: [QualityFinding] = []
    let rows = try rows(of: rule).filter { codes[$0] >= 0 && from[$0] != Column.missingDay }
    for (_, stays) in Dictionary(grouping: rows, by: { codes[$0] }).sorted(by: { $0.key < $1.key })
    where stays.count > 1 {
      let sorted = stays.sorted { (from[$0], $0) < (from[$1], $1) }
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        let end = to[a] == Column.missingDay ? Int32.max : to[a]
        guard from[b] < end else { continue }
        if let place, place.text(at: a) == place.text(at: b) { continue }
        var one = try finding(rule, row: b)
        one.rows = 2
        let until = to[a] == Column.missingDay ? "…" : Day(number: to[a]).iso
        one.found = Phrase(
          fr:
            "du \(Day(number: from[a]).iso) au \(until), et de nouveau dès le \(Day(number: from[b]).iso)",
          en:
            "from \(Day(number: from[a]).iso) to \(until), and again from \(Day(number: from[b]).iso)"
        )
        one.expected = Phrase(
          fr: "un départ avant la nouvelle arrivée", en: "a departure before the new arrival")
        out.append(one)
      }
    }
    return out
  }

  /// Links that lead nowhere, one finding a missing row.
  private func link(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    guard let name = rule.columns.first, let declaration = rule.table[name],
      let target = declaration.target, let key = workspace.model[target]?.keyColumn,
      case .text(let codes, let lexicon)? = try table(rule.table.name)[name],
      case .text(let keys, _)? = try table(target)[key.name]
    else { return [] }
    let known = Set(keys)
    var first: [Int32: (row: Int, count: Int)] = [:]
    for row in try rows(of: rule) where codes[row] >= 0 && !known.contains(codes[row]) {
      first[codes[row], default: (row, 0)].count += 1
    }
    var out: [QualityFinding] = []
    for (code, place) in first.sorted(by: { $0.value.row < $1.value.row }) {
      var one = try finding(rule, row: place.row)
      one.row = try identifier(lexicon[Int(code)], declaration.domain)
      one.rows = place.count
      one.found = Phrase(
        fr: "\(place.count) ligne\(place.count > 1 ? "s" : "")",
        en: "\(place.count) row\(place.count == 1 ? "" : "s")")
      out.append(one)
    }
    return out
  }

  /// Rows that nothing leads to.
  private func without(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    guard let by = rule.by, let key = rule.table.keyColumn,
      case .text(let keys, _)? = try table(rule.table.name)[key.name],
      case .text(let codes, _)? = try table(by.table)[by.column]
    else { return [] }
    let reached = Set(codes)
    // A table of which nothing was ever imported is not missing row by row.
    if codes.isEmpty { return [] }
    var out: [QualityFinding] = []
    for row in try rows(of: rule) where keys[row] >= 0 && !reached.contains(keys[row]) {
      let one = try finding(rule, row: row)
      if let day = one.day, day > today { continue }
      out.append(one)
    }
    return out
  }

  /// Rows with the key of another one, kept twice.
  private func duplicates(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    let own = try table(rule.table.name)
    let columns = rule.table.key.compactMap { own[$0] }
    var seen: [[String?]: Int] = [:]
    var out: [QualityFinding] = []
    for row in try rows(of: rule) {
      let key = columns.map { $0.text(at: row) }
      if key.allSatisfy({ $0 == nil }) { continue }
      if let first = seen[key] {
        var one = try finding(rule, row: row)
        one.rows = 2
        if let other = try importID(first, of: rule.table.name) {
          one.found = Phrase(
            fr: "la même clé est dans l’import \(other)", en: "the same key is in import \(other)")
        }
        out.append(one)
      } else {
        seen[key] = row
      }
    }
    return out
  }

  /// Columns that too few rows know, residence by residence.
  private func known(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    guard let name = rule.columns.first, let column = rule.table[name],
      let values = try table(rule.table.name)[name]
    else { return [] }
    let places = try rule.table.residence.flatMap { (path) throws(Failure) in
      try self.column(path, of: rule.table.name)
    }
    var out: [QualityFinding] = []
    let groups = Dictionary(grouping: try rows(of: rule)) { places?.text(at: $0) ?? "" }
    for (place, some) in groups.sorted(by: { $0.key < $1.key }) {
      let there = some.count { values.text(at: $0) != nil }
      guard Double(there) < rule.share * Double(some.count) else { continue }
      var one = QualityFinding(rule)
      one.residence = place.isEmpty ? nil : place
      one.rows = some.count - there
      one.found = Phrase(
        fr:
          "«\u{A0}\(column.label.fr)\u{A0}»\u{A0}: \(there) ligne\(there > 1 ? "s" : "") sur \(some.count)",
        en: "“\(column.label.en)”: \(there) of \(some.count) rows")
      one.expected = Phrase(
        fr: "au moins \(Column.plain((rule.share * 100).rounded()))\u{A0}%",
        en: "\(Column.plain((rule.share * 100).rounded()))% or more")
      out.append(one)
    }
    return out
  }
}
