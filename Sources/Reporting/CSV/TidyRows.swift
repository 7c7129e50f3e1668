import Diagnostics
import Disclosure
import Periods

/// The rows of the tidy file: one a value, whatever the tables' cuts.
///
/// The columns are a contract with analysts: names and order do not change.
struct TidyRows {
  /// The cut columns: those of all tables, in the order in which they first appear.
  let cuts: [String]
  /// The columns' names.
  var header: [String] {
    ["indicator", "version", "period", "residence"] + cuts + [
      "value", "unit", "numerator", "denominator", "unknown", "persons", "n_eff", "se", "ci_low",
      "ci_high", "status", "note",
    ]
  }

  private let tables: [ReleasedTable]

  init(_ tables: [ReleasedTable]) {
    self.tables = tables
    var names: [String] = []
    for table in tables {
      for cut in table.cuts where !names.contains(cut) { names.append(cut) }
    }
    cuts = names
  }

  /// Sends each row in turn, cell by cell.
  func write(to sink: inout some TidySink) {
    for table in tables {
      // Where each cut column finds its value in this table's rows; nil: the rows have no such cut.
      let places = cuts.map { cut in table.cuts.firstIndex(of: cut) }
      let heading = table.heading
      // With numbers of the project's own, it is no number.
      let version = Double(heading.version)
      for row in table.rows {
        sink.text(heading.id)
        if let version { sink.number(version) } else { sink.text(heading.version) }
        sink.text(row.period.name)
        sink.text(row.residence)
        for place in places {
          if let place { sink.text(row.cuts[place]) } else { sink.text("_na") }
        }
        sink.value(row.value, row.status)
        sink.text(heading.unit)
        sink.number(row.numerator)
        sink.number(row.denominator)
        sink.number(row.unknown)
        sink.number(row.persons.map(Double.init))
        sink.number(row.effectiveSize)
        sink.number(row.standardError)
        sink.number(row.low)
        sink.number(row.high)
        sink.text(row.status.rawValue)
        sink.text(row.note)
        sink.endRow()
      }
    }
  }
}

/// Where the rows of the tidy file go.
protocol TidySink {
  /// A text from a definition or from data.
  mutating func text(_ text: String)
  /// A number, or nothing when it is not given.
  mutating func number(_ x: Double?)
  /// The value itself, which Excel readers see as `s` when it is withheld.
  mutating func value(_ x: Double?, _ status: CellStatus)
  /// The end of a row.
  mutating func endRow()
}
