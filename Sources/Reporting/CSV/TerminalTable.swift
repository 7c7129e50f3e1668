import Diagnostics
import Disclosure
import HTML
import Periods

/// Tables as aligned text: a title with what is counted, then one line a value.
struct TerminalTable {
  let language: Language
  let labels: [String: String]

  func text(_ tables: [ReleasedTable]) -> String {
    tables.map(block).joined(separator: "\n")
  }

  private func block(_ table: ReleasedTable) -> String {
    let h = table.heading
    let words = TerminalWords(language)
    let values = table.rows.compactMap(\.value)
    let unit = UnitText(unit: h.unit, values: values, language: language, isPrecise: true)
    let numbers = NumberText(language)
    let hasInterval = table.rows.contains { $0.low != nil }
    func count(_ x: Double?) -> String {
      x.map { numbers.number($0, decimals: $0 == $0.rounded() ? 0 : 2) } ?? ""
    }

    // Head, cells, and whether the column holds text (aligned left).
    var columns: [(head: String, isText: Bool, cells: [String])] = [
      (words.period, true, table.rows.map { $0.period.name }),
      (
        words.residence, true,
        table.rows.map {
          $0.residence == "_total" ? words.all : labels[$0.residence] ?? $0.residence
        }
      ),
    ]
    for (i, cut) in table.cuts.enumerated() {
      columns.append((cut, true, table.rows.map { words.cut($0.cuts[i]) }))
    }
    columns.append(
      (
        words.value, false,
        table.rows.map { row in row.value.map(unit.cell) ?? words.sign(row.status) }
      ))
    columns.append((words.numerator, false, table.rows.map { count($0.numerator) }))
    columns.append((words.denominator, false, table.rows.map { count($0.denominator) }))
    columns.append((words.unknown, false, table.rows.map { count($0.unknown) }))
    columns.append((words.persons, false, table.rows.map { count($0.persons.map(Double.init)) }))
    if hasInterval {
      columns.append(
        (
          table.givesRange ? words.range : words.interval, false,
          table.rows.map { row in
            guard let low = row.low, let high = row.high else { return "" }
            return "\(unit.cell(low)) – \(unit.cell(high))"
          }
        ))
    }
    columns = columns.filter { column in
      column.isText || column.head == words.value || column.cells.contains { !$0.isEmpty }
    }

    var out = Escaping.terminal("\(h.title[language]) (\(h.catalogue), v\(h.version))") + "\n"
    if !h.counts[language].isEmpty { out += Escaping.terminal(h.counts[language]) + "\n" }
    out += "\n"
    let clean = columns.map { c in
      (head: Escaping.terminal(c.head), isText: c.isText, cells: c.cells.map(Escaping.terminal))
    }
    let widths = clean.map { c in ([c.head] + c.cells).map(\.count).max() ?? 0 }
    func line(_ cells: [String]) -> String {
      var parts: [String] = []
      for (i, cell) in cells.enumerated() {
        let pad = String(repeating: " ", count: widths[i] - cell.count)
        parts.append(clean[i].isText ? cell + pad : pad + cell)
      }
      var text = parts.joined(separator: "  ")
      while text.hasSuffix(" ") { text.removeLast() }
      return text + "\n"
    }
    out += line(clean.map(\.head))
    out += line(widths.map { String(repeating: "─", count: $0) })
    for r in table.rows.indices { out += line(clean.map { $0.cells[r] }) }
    let met = Set(table.rows.map(\.status))
    for status in [CellStatus.withheld, .notKnownEnough, .noData] where met.contains(status) {
      out += words.legend(status) + "\n"
    }
    return out
  }
}

/// The words of the terminal form.
struct TerminalWords {
  let fr: Bool
  init(_ language: Language) { fr = language == .fr }

  var period: String { fr ? "période" : "period" }
  var residence: String { fr ? "résidence" : "residence" }
  var all: String { fr ? "ensemble" : "all" }
  var value: String { fr ? "valeur" : "value" }
  var numerator: String { fr ? "numérateur" : "numerator" }
  var denominator: String { fr ? "dénominateur" : "denominator" }
  var unknown: String { fr ? "inconnus" : "unknown" }
  var persons: String { fr ? "personnes" : "persons" }
  var interval: String { fr ? "intervalle à 95\u{A0}%" : "95% interval" }
  var range: String { fr ? "fourchette des hypothèses" : "range of assumptions" }

  func cut(_ value: String) -> String {
    switch value {
    case "_total": all
    case "_unknown": fr ? "inconnu" : "unknown"
    default: value
    }
  }

  func sign(_ status: CellStatus) -> String { Sign.text(status, fr ? .fr : .en) }
  func legend(_ status: CellStatus) -> String { Sign.legend(status, fr ? .fr : .en) }
}
