package import Diagnostics
import FoundationEssentials
import Indicators
import Model
import Periods
import Reporting

/// A folder of queries that one command runs elsewhere: a file an indicator, a program that runs
/// them and puts their rows in one CSV, and a list of what has no query.
extension SQLUseCase {
  /// The files of a folder with all indicators, by path inside it.
  ///
  /// In a project the queries are those that its reports need for the period, and each indicator
  /// whole and by each of its cuts. Without `restricted`, what reads data of internal use is left
  /// out: an export has them not either.
  ///
  /// - Throws: `Failure` with status `usage` for an unknown cut, period or dialect.
  package func folder(_ question: Question, restricted: Bool) throws(Failure) -> [(
    path: String, text: String
  )] {
    let dialect = try Dialect.named(question.dialect)
    var wanted = try wishes(question)
    var left: [(indicator: Indicator, reason: Phrase)] = []
    for i in catalogue.indicators {
      if let reason = i.whyWithoutSQL { left.append((i, reason)) }
    }
    if !restricted {
      var open: [Wish] = []
      for wish in wanted {
        if try SQLWriter.readsRestricted(wish.indicator, model: model) {
          left.append(
            (
              wish.indicator,
              Phrase(
                fr:
                  "il lit des données d’usage interne (--restricted, pour la requête et l’export)",
                en: "it reads data of internal use (--restricted, for the query and the export)")
            ))
        } else {
          open.append(wish.without(wish.indicator.definition.restrictedCuts))
        }
      }
      wanted = open
    }
    let cuts = Set(wanted.flatMap(\.cuts)).sorted()
    let result = SQLResult(cuts: cuts)
    var files: [(path: String, text: String)] = []
    for wish in wanted {
      var text = title(wish.indicator.definition)
      for (periods, levels) in wish.groups {
        text +=
          try SQLWriter.statement(
            wish.indicator, cuts: Set(levels.flatMap { $0 }).sorted(), periods: periods,
            levels: levels, model: model, dialect: dialect, result: result) + ";\n"
      }
      files.append((SQLDriver.queries + "/" + wish.name + ".sql", text))
    }
    let driver = SQLDriver(dialect: dialect.name, columns: result.columns, language: language)
    files.append((driver.name, driver.text))
    files.append((SQLUseCase.leftFile, list(left)))
    return files
  }

  /// Writes that folder; the paths written. With `force`, in place of an earlier one.
  ///
  /// - Throws: `Failure` with status `usage`, as `folder`, and when a file is there and `force` is
  ///   false.
  package func write(_ question: Question, restricted: Bool, to folder: String, force: Bool)
    throws(Failure) -> [String]
  {
    let files = try self.folder(question, restricted: restricted).map { file in
      (path: folder + "/" + file.path, text: file.text)
    }
    if !force {
      for file in files where SafeWriting.exists(file.path) {
        throw SafeWriting.alreadyThere(file.path)
      }
    }
    // A query of an indicator that is no more would be run with the others.
    let queries = folder + "/" + SQLDriver.queries
    try SafeWriting.makeFolder(queries)
    let now = Set(files.map(\.path))
    for name in (try? FileManager.default.contentsOfDirectory(atPath: queries)) ?? []
    where name.hasSuffix(".sql") && !now.contains(queries + "/" + name) {
      guard force else { throw SafeWriting.alreadyThere(queries + "/" + name) }
      try? FileManager.default.removeItem(atPath: queries + "/" + name)
    }
    for file in files { try SafeWriting.write(file.text, to: file.path, force: force) }
    return files.map(\.path)
  }

  /// What is asked of one indicator: for each period, the sets of cuts.
  private struct Wish {
    let indicator: Indicator
    let name: String
    var levels: [Period: Set<[String]>] = [:]

    var cuts: [String] { levels.values.flatMap { $0 }.flatMap { $0 } }

    /// The same without what tells some cuts apart.
    func without(_ cuts: Set<String>) -> Wish {
      var out = self
      out.levels = levels.mapValues { $0.filter { cuts.isDisjoint(with: $0) } }
      return out
    }

    /// The periods for which the same is asked, one query each: no row is given twice.
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

  private func wishes(_ question: Question) throws(Failure) -> [Wish] {
    let period = try period(question.period)
    let (steps, extra) = try ComputeUseCase.stepped(period, by: question.by)
    var wishes: [Wish] = []
    var places: [String: Int] = [:]
    func place(_ indicator: Indicator) -> Int {
      let d = indicator.definition
      let key = d.id + " " + d.fullVersion
      if let known = places[key] { return known }
      places[key] = wishes.count
      // An indicator under another parameter is another file.
      let others = wishes.count { $0.indicator.definition.id == d.id }
      wishes.append(
        Wish(indicator: indicator, name: others == 0 ? d.id : "\(d.id)-\(others + 1)"))
      return wishes.count - 1
    }
    for indicator in catalogue.indicators where indicator.hasSQL {
      let i = place(indicator)
      let sets =
        [[]] + indicator.definition.cuts.map { [$0] } + (extra.isEmpty ? [] : [extra.sorted()])
      for step in steps { wishes[i].levels[step, default: []].formUnion(sets) }
    }
    for order in try reportOrders(period) where order.indicator.hasSQL {
      let i = place(order.indicator)
      for step in order.periods {
        wishes[i].levels[step, default: []].formUnion([[], order.cuts.sorted()])
      }
    }
    return wishes
  }

  /// What the project's reports ask.
  private func reportOrders(_ period: Period) throws(Failure) -> [Evaluator.Order] {
    guard let project else { return [] }
    let workspace = try Workspace(project)
    var orders: [Evaluator.Order] = []
    for name in ReportUseCase.names(in: project) {
      let layout = try ReportLayout(path: "\(project.reportsFolder)/\(name).json5")
      let plan = ReportPlan(layout, among: ReportUseCase.known(catalogue))
      orders += try workspace.orders(plan, of: catalogue, reporting: period)
    }
    return orders
  }

  private static let leftFile = "sans-requete.csv"

  /// What has no query here, and how it is computed.
  private func list(_ left: [(indicator: Indicator, reason: Phrase)]) -> String {
    func cell(_ text: String) -> String {
      "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }
    let rows = left.map { indicator, reason in
      let d = indicator.definition
      return [d.id, d.catalogue, reason[language], "lien compute \(d.id)"].map(cell)
        .joined(separator: ",")
    }
    return (["indicator,catalogue,reason,instead"] + rows).joined(separator: "\n") + "\n"
  }
}
