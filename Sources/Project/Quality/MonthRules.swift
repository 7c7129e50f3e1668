import Columns
import Diagnostics
import Model
import Periods

/// Rules about months: those without anything, those unlike the ones before them.
extension QualityData {
  /// How many people or rows each month of a residence has.
  private struct Series {
    /// The first month, counted from year 0.
    var first = 0
    /// Amounts from there on.
    var amounts: [Double] = []
  }

  /// Months of each residence from its first row to its last, the last one left out when it is not
  /// over.
  private func series(_ rule: QualityRule) throws(Failure) -> [(residence: String, Series)] {
    let table = rule.table
    guard let date = table.date, let residence = table.residence,
      case .day(let days)? = try column(date, of: table.name),
      let places = try column(residence, of: table.name)
    else { return [] }
    let amounts = try table.multiplicity.flatMap { (name) throws(Failure) in
      try column(name, of: table.name)
    }
    var counts = [Bool](repeating: true, count: days.count)
    for (path, values) in table.countsWhen {
      guard let column = try column(path, of: table.name) else { continue }
      for row in counts.indices where counts[row] {
        counts[row] = column.text(at: row).map(values.contains) ?? true
      }
    }
    var months: [String: [Int: Double]] = [:]
    for row in try rows(of: rule)
    where counts[row] && days[row] != Column.missingDay && days[row] <= today.number {
      guard let place = places.text(at: row) else { continue }
      let civil = Day(number: days[row]).civil
      months[place, default: [:]][civil.year * 12 + civil.month - 1, default: 0] +=
        amounts?.number(at: row) ?? 1
    }
    let now = today.civil
    return months.sorted { $0.key < $1.key }.map { place, some in
      let first = some.keys.min() ?? 0
      let last = min(some.keys.max() ?? 0, now.year * 12 + now.month - 2)
      return (
        place,
        Series(first: first, amounts: first > last ? [] : (first...last).map { some[$0] ?? 0 })
      )
    }
  }

  /// The share of a month that a residence was closed, as the table `closure` tells.
  private func closed() throws(Failure) -> (String, Int) -> Double {
    guard workspace.model["closure"] != nil else { return { _, _ in 0 } }
    let spans = try table("closure")
    guard case .day(let first)? = spans["first"], case .day(let last)? = spans["last"] else {
      return { _, _ in 0 }
    }
    let places = (0..<spans.rowCount).map { spans["residence"]?.text(at: $0) }
    return { place, month in
      guard let start = Day(year: month / 12, month: month % 12 + 1, day: 1) else { return 0 }
      let length = Day.length(ofMonth: month % 12 + 1, year: month / 12)
      var days: Set<Int32> = []
      for row in places.indices where places[row] == nil || places[row] == place {
        let from = max(first[row], start.number)
        let to = min(last[row], start.number + Int32(length) - 1)
        if first[row] != Column.missingDay, from <= to { days.formUnion(from...to) }
      }
      return Double(days.count) / Double(length)
    }
  }

  private func finding(_ rule: QualityRule, _ residence: String, _ month: Int) -> QualityFinding {
    var one = QualityFinding(rule)
    one.residence = residence
    one.day = Day(year: month / 12, month: month % 12 + 1, day: 1)
    one.isMonth = true
    one.rows = 0
    return one
  }

  func gaps(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    let closed = try closed()
    var out: [QualityFinding] = []
    for (place, series) in try series(rule) {
      for (i, amount) in series.amounts.enumerated() where amount == 0 {
        if closed(place, series.first + i) > 0.5 { continue }
        var one = finding(rule, place, series.first + i)
        one.expected = Phrase(
          fr: "des lignes, ou une fermeture dans la table «\u{A0}closure\u{A0}»",
          en: "rows, or a closure in the table “closure”")
        out.append(one)
      }
    }
    return out
  }

  /// A month against the median of those before it, closed and empty months left out.
  func breaks(_ rule: QualityRule) throws(Failure) -> [QualityFinding] {
    let closed = try closed()
    var out: [QualityFinding] = []
    for (place, series) in try series(rule) {
      var before: [Double] = []
      for (i, amount) in series.amounts.enumerated() {
        if amount == 0 || closed(place, series.first + i) > 0.25 { continue }
        defer { before = Array((before + [amount]).suffix(rule.months)) }
        guard before.count >= max(3, rule.months / 2) else { continue }
        let sorted = before.sorted()
        let middle = sorted.count / 2
        let usual =
          sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        guard usual >= rule.usual, amount < usual * rule.ratio || amount > usual / rule.ratio
        else { continue }
        var one = finding(rule, place, series.first + i)
        let (some, most) = (Column.plain(amount), Column.plain(usual.rounded()))
        one.found = Phrase(fr: some, en: some)
        one.expected = Phrase(
          fr: "environ \(most), la médiane des \(before.count) mois d’avant",
          en: "about \(most), the median of the \(before.count) months before")
        out.append(one)
      }
    }
    return out
  }
}
