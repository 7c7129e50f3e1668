import Diagnostics
import FoundationEssentials
import Indicators
import Model
import Periods
import Reporting

/// What results that are put together hold: each indicator whole and by each of its cuts, and in a
/// project what its reports ask. Queries elsewhere and the columns here answer the same.
struct ResultsPlan {
  private(set) var wishes: [ResultsWish]
  /// What is left out, as it reads data of internal use.
  private(set) var restricted: [Indicator] = []

  /// Plans the indicators that `isWanted` takes, for a period, cut into steps and crossed by further
  /// cuts with `by`. Without `restricted`, what reads data of internal use is left out: an export
  /// has them not either.
  ///
  /// - Throws: `Failure` with status `usage` for an unknown cut, and at the place of a layout that
  ///   asks for what there is not.
  init(
    _ catalogue: Catalogue, model: Model, project: ProjectFolder?, period: Period, by: [String],
    restricted: Bool, where isWanted: (Indicator) -> Bool
  ) throws(Failure) {
    let (steps, extra) = try ComputeUseCase.stepped(period, by: by)
    var all: [ResultsWish] = []
    var places: [String: Int] = [:]
    func place(_ indicator: Indicator) -> Int {
      let d = indicator.definition
      let key = d.id + " " + d.fullVersion
      if let known = places[key] { return known }
      places[key] = all.count
      // An indicator under another parameter is another file.
      let others = all.count { $0.indicator.definition.id == d.id }
      all.append(
        ResultsWish(indicator: indicator, name: others == 0 ? d.id : "\(d.id)-\(others + 1)"))
      return all.count - 1
    }
    for indicator in catalogue.indicators where isWanted(indicator) {
      let i = place(indicator)
      let sets =
        [[]] + indicator.definition.cuts.map { [$0] } + (extra.isEmpty ? [] : [extra.sorted()])
      for step in steps { all[i].levels[step, default: []].formUnion(sets) }
    }
    if let project {
      for order in try ResultsPlan.orders(project, catalogue, period)
      where isWanted(order.indicator) {
        let i = place(order.indicator)
        for step in order.periods {
          all[i].levels[step, default: []].formUnion([[], order.cuts.sorted()])
        }
      }
    }
    wishes = []
    for wish in all {
      if restricted {
        wishes.append(wish)
      } else if try SQLWriter.readsRestricted(wish.indicator, model: model) {
        self.restricted.append(wish.indicator)
      } else {
        wishes.append(wish.without(wish.indicator.definition.restrictedCuts))
      }
    }
  }

  /// The cuts of all, each a column.
  var cuts: [String] { Set(wishes.flatMap(\.cuts)).sorted() }

  /// What the project's reports ask.
  private static func orders(
    _ project: ProjectFolder, _ catalogue: Catalogue, _ period: Period
  ) throws(Failure) -> [Evaluator.Order] {
    let workspace = try Workspace(project)
    var orders: [Evaluator.Order] = []
    for name in ReportUseCase.names(in: project) {
      let layout = try ReportLayout(path: "\(project.reportsFolder)/\(name).json5")
      let plan = ReportPlan(layout, among: ReportUseCase.known(catalogue))
      orders += try workspace.orders(plan, of: catalogue, reporting: period)
    }
    return orders
  }
}

/// What is asked of one indicator: for each period, the sets of cuts.
struct ResultsWish {
  let indicator: Indicator
  /// A name for its file.
  let name: String
  fileprivate(set) var levels: [Period: Set<[String]>] = [:]

  var cuts: [String] { levels.values.flatMap { $0 }.flatMap { $0 } }

  /// The same without what tells some cuts apart.
  fileprivate func without(_ cuts: Set<String>) -> ResultsWish {
    var out = self
    out.levels = levels.mapValues { $0.filter { cuts.isDisjoint(with: $0) } }
    return out
  }

  /// The periods for which the same is asked: no row is given twice.
  var groups: [(periods: [Period], levels: [[String]])] {
    Dictionary(grouping: levels.keys, by: { levels[$0] ?? [] }).map { sets, periods in
      (
        periods.sorted { ($0.first, $0.last) < ($1.first, $1.last) },
        sets.sorted {
          ($0.count, $0.joined(separator: ",")) < ($1.count, $1.joined(separator: ","))
        }
      )
    }.sorted {
      ($0.periods[0].first, $0.periods[0].last) < ($1.periods[0].first, $1.periods[0].last)
    }
  }
}
