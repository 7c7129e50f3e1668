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
    if definition.functions.isDisjoint(with: Indicator.lookingAround) { return nil }
    return Phrase(
      fr: "car il lit ce qui est noté dans les autres : dernier jour, autre venue, réponse d’avant",
      en:
        "as it reads what is written down in others: the last day, another visit, an earlier answer"
    )
  }

  /// Functions of the language that look beyond the rows of the residence: up to the last day that
  /// any residence has noted, or at another row of the same person wherever that was.
  private static let lookingAround: Set<String> = [
    "retention", "survival", "survival_median", "survival_quantile", "share_of_weeks", "change",
    "first_date", "date_before", "date_after",
  ]
}
