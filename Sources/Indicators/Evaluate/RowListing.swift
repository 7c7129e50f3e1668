import Columns
package import Diagnostics
import Model
package import Periods

/// The rows of one table behind a value: those that the formula takes, and those that it cannot
/// judge.
package struct RowListing: Sendable {
  /// A row of the table.
  package struct Row: Sendable {
    /// Its place among the rows of the table, from 0.
    package var position: Int
    /// The key of its residence; nil when it is not known.
    package var residence: String?
    /// Whether the filter holds; false when that is unknown.
    package var isTaken: Bool
    /// For how many it counts: more than one for a row of an unnamed headcount.
    package var weight: Double
    /// What the formula reads of it, as text; nil where unknown.
    package var cells: [String?]
  }

  /// The table's name in the model.
  package var table: String
  /// The paths that the formula reads, as it writes them.
  package var columns: [String]
  /// In the order of residences, then of the table.
  package var rows: [Row]
}

extension Evaluator {
  /// The rows behind an indicator in a period, a listing for each set of rows that its formula
  /// goes through. A row that the filter refuses is not there; one for which the filter is unknown
  /// is.
  ///
  /// - Throws: as `compute`.
  package func rows(
    _ indicator: Indicator, filter: String? = nil, period: Period
  ) throws(Failure) -> [RowListing] {
    let question = try Question(
      indicator, cuts: [], filter: filter, periods: [period], model: model)
    try load(question)
    let engine = engine([period])
    var out: [RowListing] = []
    var seen: [Scan] = []
    for scan in question.plan.aggregates.flatMap(\.scans) where !seen.contains(scan) {
      seen.append(scan)
      let expressions = question.plan.aggregates.flatMap(\.expressions)
      var paths = expressions.flatMap(\.paths).filter { $0.base == scan.table }
      let values = scan.isOfQuestionnaires ? expressions.flatMap(\.scoreValues) : []
      // One answer of many says nothing of a questionnaire; its score does.
      if scan.isOfQuestionnaires {
        paths.removeAll { $0.links.isEmpty && ["item", "value"].contains($0.column) }
      }
      out.append(engine.listing(scan, paths: paths, values: values))
    }
    return out
  }
}

extension Engine {
  /// The rows of a scan in the first period.
  fileprivate func listing(_ scan: Scan, paths: [ResolvedPath], values: [ScoreValue])
    -> RowListing
  {
    let strip = strip(scan)
    let filter = scan.filter.map { frame.truth($0, scan.table, period: periods.first) }
    var columns: [(name: String, type: RowType, values: Vector)] = []
    // What tells a row from the others comes first.
    let table = model[scan.table]
    let own = [table?.date, table?.keyColumn?.name, table?.person]
      .compactMap { self.path($0, of: scan.table) }
    for path in own + paths {
      let name = path.name(in: model)
      if columns.contains(where: { $0.name == name }) { continue }
      columns.append((name, path.type, frame.vector(path, year: years[0])))
    }
    for value in values {
      guard let name = value.name, !columns.contains(where: { $0.name == name }) else { continue }
      columns.append((name, .number, frame.vector(value, domain: .rows, scan.table)))
    }
    var rows: [RowListing.Row] = []
    for slot in 0..<strip.residences {
      for i in strip.starts[slot]..<strip.starts[slot + 1] {
        let row = Int(strip.rows[i])
        let truth = filter?[row] ?? 1
        if truth == 0 { continue }
        rows.append(
          RowListing.Row(
            position: row, residence: slot > 1 ? residenceLabels.labels[slot] : nil,
            isTaken: truth == 1, weight: strip.weight?[i] ?? 1,
            cells: columns.map { $0.values.text(at: row, $0.type) }))
      }
    }
    return RowListing(table: scan.table, columns: columns.map(\.name), rows: rows)
  }
}

extension ResolvedPath {
  /// As a formula writes it.
  fileprivate func name(in model: Model) -> String {
    let table = model[links.last?.target ?? base]
    let resolver = PathResolver(model: model)
    let derived = table?.derived.first { derived in
      guard let table else { return false }
      return (try? resolver.resolve(derived.name, from: table))?.leaf == leaf
    }
    let tail =
      switch leaf {
      case .column(let name): name
      case .year(let name): name + ".year"
      case .step(let name, let step): name + "." + step.rawValue
      case .week(let name): name + ".week"
      case .age, .bands: derived?.name ?? column
      }
    return ([base] + links.map(\.column) + [tail]).joined(separator: ".")
  }
}

extension Vector {
  /// The value of a row as text; nil where it is missing.
  fileprivate func text(at row: Int, _ type: RowType) -> String? {
    switch self {
    case .number(let values):
      let x = values[row]
      if x.isNaN { return nil }
      return x == x.rounded() && abs(x) < 0x1p53 ? "\(Int(x))" : "\(x)"
    case .code(let codes, let lexicon): return codes[row] < 0 ? nil : lexicon[Int(codes[row])]
    case .ordinal(let values):
      let number = values[row]
      if number == Column.missingDay { return nil }
      if type == .week { return Day(number: Day.first.number + number * 7).iso }
      guard case .step(let step) = type else { return Day(number: number).iso }
      switch step {
      case .month:
        let month = number % 12 + 1
        return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
      case .quarter: return "\(number / 4)-Q\(number % 4 + 1)"
      case .year: return "\(number)"
      }
    case .truth(let values): return values[row] < 0 ? nil : "\(values[row])"
    }
  }
}
