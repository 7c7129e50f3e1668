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
    let plan = try ResultsPlan(
      catalogue, model: model, project: project, period: period(question.period), by: question.by,
      restricted: restricted, where: \.hasSQL)
    var left: [(indicator: Indicator, reason: Phrase)] = []
    for i in catalogue.indicators {
      if let reason = i.whyWithoutSQL { left.append((i, reason)) }
    }
    for i in plan.restricted {
      left.append(
        (
          i,
          Phrase(
            fr: "il lit des données d’usage interne (--restricted, pour la requête et l’export)",
            en: "it reads data of internal use (--restricted, for the query and the export)")
        ))
    }
    let result = SQLResult(cuts: plan.cuts)
    var files: [(path: String, text: String)] = []
    for wish in plan.wishes {
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

  private static let leftFile = "sans-requete.csv"

  /// What has no query here, and how it is computed: `by_residence` where a residence's own parts
  /// are enough (`--export`, `--residence`).
  private func list(_ left: [(indicator: Indicator, reason: Phrase)]) -> String {
    func cell(_ text: String) -> String {
      "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }
    let rows = left.map { indicator, reason in
      let d = indicator.definition
      let parts = indicator.whyNotByResidence == nil ? "yes" : "no"
      return [d.id, d.catalogue, reason[language], "lien compute \(d.id) --format results", parts]
        .map(cell).joined(separator: ",")
    }
    return (["indicator,catalogue,reason,instead,by_residence"] + rows).joined(separator: "\n")
      + "\n"
  }
}
