import Diagnostics
import Model
import Reporting

/// The words of cuts, taken from the model: what a page calls them and their values.
struct CutWords {
  let model: Model

  /// The titles of cuts, by name.
  func titles(of cuts: some Sequence<String>) -> [String: Phrase] {
    var out: [String: Phrase] = [:]
    for cut in cuts { out[cut] = ending(of: cut)?.label }
    return out
  }

  /// The values of cuts that the model lists, in its order, by name of the cut.
  func values(of cuts: some Sequence<String>) -> [String: [ReportFacts.CutValue]] {
    var out: [String: [ReportFacts.CutValue]] = [:]
    for cut in cuts { out[cut] = ending(of: cut)?.values }
    return out
  }

  private typealias Ending = (label: Phrase, values: [ReportFacts.CutValue])

  /// Where the path of a cut ends: the same column whatever the table it starts from.
  private func ending(of cut: String) -> Ending? {
    for table in model.tables {
      if let path = table.dimensions[cut], let found = walk(path, from: table) { return found }
    }
    return nil
  }

  private func walk(_ path: String, from start: TableDeclaration) -> Ending? {
    var table = start
    let parts = path.split(separator: ".").map(String.init)
    for (i, part) in parts.enumerated() {
      if let derived = table.derived.first(where: { $0.name == part }) {
        let values = (derived.bands ?? []).map {
          ReportFacts.CutValue(value: $0.value, label: $0.label)
        }
        return (derived.label, values)
      }
      guard let column = table[part] else { return nil }
      if i == parts.count - 1 {
        let values = column.values.map { ReportFacts.CutValue(value: $0.value, label: $0.label) }
        return (column.label, values)
      }
      guard let next = column.target.flatMap({ model[$0] }) else { return nil }
      table = next
    }
    return nil
  }
}
