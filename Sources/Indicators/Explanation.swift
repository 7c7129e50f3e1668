package import Diagnostics

extension Indicator {
  /// What the indicator is, for a reader at a terminal: title, definition, formula, the columns
  /// it reads, method, source, cuts.
  package func explanation(in language: Language) -> String {
    let d = definition
    let fr = language == .fr
    func line(_ french: String, _ english: String, _ text: String) -> String {
      let label = fr ? french + "\u{A0}:" : english + ":"
      return label + String(repeating: " ", count: max(1, 18 - label.count)) + text
    }
    var out = ["\(d.catalogue)  \(d.title[language])  (\(d.id), version \(d.fullVersion))", ""]
    out.append(line("Compte", "Counts", d.counts[language]))
    out.append(line("Unité", "Unit", d.unit))
    out.append(line("Additivité", "Additivity", d.additivity.rawValue))
    out.append(line("Formule", "Formula", d.formula))
    if !d.parameters.isEmpty {
      out.append(line("Paramètres", "Parameters", d.parameterList(language)))
    }
    if let what = plan.beyondSQL {
      out.append(
        line("SQL", "SQL", fr ? "sans requête : \(what.name.fr)" : "no query: \(what.name.en)"))
    }
    out.append(line("Colonnes lues", "Columns read", columnsRead.joined(separator: ", ")))
    out.append(line("Ventilations", "Cuts", (["residence"] + d.cuts).joined(separator: ", ")))
    let known = "\(Int((d.minimumKnownShare * 100).rounded()))\u{A0}%"
    out.append(
      line(
        "Part connue", "Known share",
        fr ? "au moins \(known), sinon I" : "at least \(known), else I"))
    out.append(line("Valable depuis", "Valid from", d.validFrom))
    out.append(line("Source", "Source", d.source))
    if !d.frameworks.isEmpty {
      let codes = d.frameworks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      out.append(line("Référentiels", "Frameworks", codes.joined(separator: ", ")))
    }
    out += ["", d.note[language]]
    return out.joined(separator: "\n")
  }

  /// The stored columns that the formula reads, as `table.column`, sorted.
  package var columnsRead: [String] {
    var found = Set<String>()
    for aggregate in plan.aggregates {
      for path in aggregate.expressions.flatMap(\.allPaths) {
        var table = path.base
        for link in path.links {
          found.insert("\(table).\(link.column)")
          table = link.target
        }
        found.insert("\(table).\(path.column)")
      }
    }
    return found.sorted()
  }

  /// Whether the formula can be written as SQL.
  package var hasSQL: Bool { plan.beyondSQL == nil }

  /// Why it cannot be; nil when it can.
  package var whyWithoutSQL: Phrase? { plan.beyondSQL?.reason }
}
