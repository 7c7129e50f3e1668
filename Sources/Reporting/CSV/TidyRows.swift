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

  /// What stands in one place of the file.
  enum Cell {
    /// A text from a definition or from data.
    case text(String)
    /// A number, or nothing when it is not given.
    case number(Double?)
    /// The value itself, which Excel readers see as `s` when it is withheld.
    case value(Double?, CellStatus)
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

  /// Calls `body` with each row in turn.
  func forEach(_ body: ([Cell]) -> Void) {
    for table in tables {
      // Where each cut column finds its value in this table's rows; nil: the rows have no such cut.
      let places = cuts.map { cut in table.cuts.firstIndex(of: cut) }
      // With numbers of the project's own, it is no number.
      let version: Cell =
        Double(table.heading.version).map { .number($0) } ?? .text(table.heading.version)
      for row in table.rows {
        var out: [Cell] = [
          .text(table.heading.id), version, .text(row.period.name),
          .text(row.residence),
        ]
        for place in places {
          out.append(.text(place.map { row.cuts[$0] } ?? "_na"))
        }
        out += [
          .value(row.value, row.status), .text(table.heading.unit), .number(row.numerator),
          .number(row.denominator), .number(row.unknown), .number(row.persons.map(Double.init)),
          .number(row.effectiveSize), .number(row.standardError), .number(row.low),
          .number(row.high), .text(row.status.rawValue), .text(row.note),
        ]
        body(out)
      }
    }
  }
}
