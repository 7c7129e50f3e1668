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
  /// Orders that share what is dear to make (who met whom; the groups of one table's rows) stay
  /// together on one thread, in their order; every column is read once, before the threads start.
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
    var families: [Family: (members: [Int], weight: Int)] = [:]
    for (i, order) in orders.enumerated() {
      let question = try Question(
        order.indicator, cuts: order.cuts, filter: nil, periods: order.periods, model: model)
      try load(question)
      let family = Family(question, order)
      families[family, default: ([], 0)].members.append(i)
      families[family]?.weight += question.weight(rows: frame.rowCount(family.table))
      if i == 0 { _ = try residenceKeys(question) }
    }
    // The dearest first, so that no thread ends with one.
    let queue = families.values.sorted {
      ($1.weight, $0.members[0]) < ($0.weight, $1.members[0])
    }.map(\.members)
    let next = Mutex(0)
    let loaded = self.loaded
    let (model, residences) = (self.model, self.residences)
    // Orders with cuts share little: one thread more, for whoever waits for parts of its work.
    let spare = orders.contains { !$0.cuts.isEmpty } ? 1 : 0
    let parts = Workers.map(min(Workers.count + spare, queue.count)) {
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

/// Orders that share what is dear to make.
private struct Family: Hashable {
  /// The first table scanned.
  let table: String
  /// How people meet, where their ties are worked out.
  let rule: Aggregate.Ties?
  let cuts: [String]
  let periods: [Period]

  init(_ question: Question, _ order: Evaluator.Order) {
    let aggregates = question.plan.aggregates
    table = aggregates.first?.scan.table ?? ""
    rule =
      aggregates.lazy.compactMap {
        switch $0 {
        case .ties(let ties): ties.rule
        case .network(let network): network.ties.rule
        default: nil
        }
      }.first
    (cuts, periods) = (order.cuts, order.periods)
  }
}

extension Question {
  /// How dear a question is, beside others, on a table of so many rows.
  fileprivate func weight(rows: Int) -> Int {
    let dearest =
      plan.aggregates.map {
        switch $0 {
        case .network(let network): network.draws == nil ? 8 : 32
        case .ties: 8
        default: 1
        }
      }.max() ?? 1
    return dearest * (1 << min(cuts.count, 4)) * (1 + rows)
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
}
