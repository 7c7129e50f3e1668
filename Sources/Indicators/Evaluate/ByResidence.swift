package import Diagnostics
package import Model

extension Model {
  /// The tables whose rows of one residence another residence's rows may point to (the register:
  /// who comes is not always who lives there). To compute one residence alone they are read whole;
  /// of all others its own rows are enough.
  package var acrossResidences: Set<String> {
    var out = Set(tables.filter { $0.residence == nil }.map(\.name))
    for table in tables {
      for column in table.columns where column.kind == .link {
        guard let target = self[column.domain], let residence = target.residence else { continue }
        if table.residence != column.name + "." + residence { out.insert(target.name) }
      }
    }
    return out
  }
}

extension Indicator {
  /// Why the values of a residence cannot be computed from its own rows, with those of the tables
  /// that all share; nil when they can, and are the same.
  package var whyNotByResidence: Phrase? {
    for aggregate in plan.aggregates {
      switch aggregate {
      case .retention, .survival:
        return Phrase(
          fr: "car il va jusqu’au dernier jour noté dans l’ensemble des résidences",
          en: "as it goes up to the last day written down in any of the residences")
      default: continue
      }
    }
    return nil
  }
}
