import Columns
package import Diagnostics
import Model
package import Periods
import Synchronization
import Threads

extension Evaluator {
  /// An indicator with what is asked of it.
  package struct Order: Sendable {
    /// What is asked.
    package let indicator: Indicator
    /// The cuts to cross.
    package let cuts: [String]
    /// The periods.
    package let periods: [Period]

    /// Asks an indicator for some periods by some cuts.
    package init(_ indicator: Indicator, cuts: [String] = [], periods: [Period]) {
      self.indicator = indicator
      self.cuts = cuts
      self.periods = periods
    }
  }

  /// Computes several indicators, on all cores: the tables of the orders, in their order, each the
  /// same as `compute` gives.
  ///
  /// Orders that share what is dear to make (who met whom; the rows of one table) stay together on
  /// one thread, in their order; every column is read once, before the threads start.
  ///
  /// - Throws: as `compute`, for the first order that cannot be answered.
  package func compute(_ orders: [Order]) throws(Failure) -> [IndicatorTable] {
    var tables: [IndicatorTable] = []
    if Workers.count < 2 || orders.count < 8 {
      for order in orders {
        tables.append(
          try compute(order.indicator, cuts: order.cuts, periods: order.periods))
      }
      return tables
    }
    var families: [String: [Int]] = [:]
    for (i, order) in orders.enumerated() {
      let question = try Question(
        order.indicator, cuts: order.cuts, filter: nil, periods: order.periods, model: model)
      try load(question)
      families[question.family, default: []].append(i)
      if i == 0 { _ = try residenceKeys(question) }
    }
    // The dearest first, so that no thread ends with one.
    let loaded = self.loaded
    let queue = families.map { family, members in
      (family, members, weight: members.count * loaded.weight(of: family))
    }.sorted { ($1.weight, $0.0) < ($0.weight, $1.0) }.map(\.1)
    let next = Mutex(0)
    let (model, residences) = (self.model, self.residences)
    let parts = Workers.map(min(Workers.count, queue.count)) {
      _ -> [(Int, Result<IndicatorTable, Failure>)] in
      let evaluator = Evaluator(model: model, source: loaded)
      evaluator.residences = residences
      var out: [(Int, Result<IndicatorTable, Failure>)] = []
      while true {
        let family = next.withLock { n in
          n += 1
          return n - 1
        }
        guard family < queue.count else { return out }
        for i in queue[family] {
          let order = orders[i]
          do throws(Failure) {
            let table = try evaluator.compute(
              order.indicator, cuts: order.cuts, periods: order.periods)
            out.append((i, .success(table)))
          } catch {
            out.append((i, .failure(error)))
          }
        }
      }
    }
    for (_, result) in parts.joined().sorted(by: { $0.0 < $1.0 }) {
      tables.append(try result.get())
    }
    return tables
  }
}

extension Question {
  /// The mark of families that need to know who met whom.
  static let networks = "networks:"

  /// What the aggregates share with those of other questions: the first table scanned, and
  /// whether people's ties are worked out of it.
  fileprivate var family: String {
    let ofPeople = plan.aggregates.contains {
      switch $0 {
      case .ties, .network: true
      default: false
      }
    }
    let table = plan.aggregates.first?.scan.table ?? ""
    return (ofPeople ? Question.networks : "") + table
  }
}

/// Columns that a computation has read, for others on other threads.
struct LoadedTables: TableSource, Sendable {
  let columns: [String: [String: Column]]
  let counts: [String: Int]

  func table(_ name: String, columns names: [String]) throws -> Table {
    let known = columns[name] ?? [:]
    return Table(
      name: name, rowCount: counts[name] ?? 0,
      columns: known.filter { names.contains($0.key) })
  }

  /// How dear a question of a family is, beside others.
  fileprivate func weight(of family: String) -> Int {
    guard family.hasPrefix(Question.networks) else { return 1 + (counts[family] ?? 0) }
    return 8 * (1 + (counts[String(family.dropFirst(Question.networks.count))] ?? 0))
  }
}
