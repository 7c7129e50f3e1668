import Diagnostics
import Disclosure
import FoundationEssentials
import Indicators
import Ingest
import Periods
import Persistence
import Reporting

/// Results computed elsewhere, read back: what an engine's queries gave, what `lien compute
/// --format results` gave, or any tidy CSV of these indicators.
struct ResultsFile {
  /// The files' names, without their folders.
  private(set) var names: [String] = []
  /// The number of rows read.
  private(set) var rowCount = 0
  /// SHA-256 of the files, in their order.
  private(set) var fingerprint = ""
  /// The first file that has not all that protects a release, and the columns it lacks.
  private(set) var lacking: (file: String, columns: [String])?
  /// The residences that rows are about, in the order of their keys.
  var residences: [String] { seen.sorted() }

  /// A row as it was read.
  private struct Row {
    var period: String, residence: String
    /// The values of the cuts that it tells apart.
    var cuts: [String: String]
    var numbers: SQLResult.Numbers
  }

  private var rows: [String: [String: Row]] = [:]
  private var versions: [String: Set<String>] = [:]
  private var seen: Set<String> = []

  /// Reads files; only rows of the indicators named are kept.
  ///
  /// - Throws: `Failure` with status `input`: a file is missing, has not the columns, a number
  ///   cannot be read, or two rows say different things of the same group.
  init(_ paths: [String], of ids: Set<String>) throws(Failure) {
    var digests = ""
    for path in paths {
      let bytes = try SourceFile.bytes(path: path)
      digests += sha256Hex(bytes)
      let name = path.split(separator: "/").last.map(String.init) ?? path
      names.append(name)
      try read(try PlainSheet(bytes: bytes, name: path), path, ids)
    }
    fingerprint = paths.count == 1 ? digests : sha256Hex(Array(digests.utf8))
  }

  private mutating func read(_ sheet: PlainSheet, _ path: String, _ ids: Set<String>)
    throws(Failure)
  {
    let columns = Dictionary(
      sheet.header.enumerated().map { ($0.element, $0.offset) }
    ) { first, _ in first }
    let needed = SQLResult.head + ["value", "status"]
    let absent = needed.filter { columns[$0] == nil }
    guard absent.isEmpty else {
      let list = absent.joined(separator: ", ")
      throw Failure(
        .input, code: "results.columns", fr: "colonnes absentes : \(list)",
        en: "columns missing: \(list)",
        remedy: Phrase(
          fr: "donnez le CSV que font « lien sql --all --out » puis run.sh, ou « lien compute "
            + "--format results »",
          en: "give the CSV that “lien sql --all --out” and run.sh make, or “lien compute --format "
            + "results”"),
        at: SourceLocation(file: path, line: 1))
    }
    let protecting = SQLResult.beyond.filter { $0 != "reason" } + ["persons", "unknown"]
    let lost = protecting.filter { columns[$0] == nil }
    if !lost.isEmpty, lacking == nil { lacking = (path, lost) }
    let own = Set(SQLResult.head + SQLResult.numbers + SQLResult.beyond)
    let cuts = sheet.header.enumerated().filter { !own.contains($0.element) }
    func text(_ row: Int, _ name: String) -> String {
      columns[name].flatMap { sheet.text(row, $0) } ?? ""
    }
    rowCount += sheet.rowCount
    for r in 0..<sheet.rowCount {
      let id = text(r, "indicator")
      guard ids.contains(id) else { continue }
      var told: [String: String] = [:]
      for (i, cut) in cuts {
        let value = sheet.text(r, i) ?? ""
        if value != totalMark, value != notApplicableMark, !value.isEmpty { told[cut] = value }
      }
      var unread: String?
      let numbers = SQLResult.Numbers(reason: text(r, "reason")) { name in
        guard let column = columns[name], let text = sheet.text(r, column) else { return nil }
        guard let number = Double(text), number.isFinite else {
          unread = unread ?? name
          return nil
        }
        return number
      }
      if let unread { throw ResultsFile.noNumber(path, sheet.line(r), unread, text(r, unread)) }
      let row = Row(
        period: text(r, "period"), residence: text(r, "residence"), cuts: told, numbers: numbers)
      let group =
        ([row.period, row.residence]
        + told.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        .joined(separator: "\u{1F}")
      let version = text(r, "version")
      let key = id + " " + version
      if let known = rows[key]?[group], !known.numbers.isSame(as: row.numbers) {
        throw ResultsFile.twice(path, sheet.line(r), id, row.period)
      }
      rows[key, default: [:]][group] = row
      versions[id, default: []].insert(version)
      if row.residence != totalMark { seen.insert(row.residence) }
    }
  }

  /// Refuses an audience for which the files do not say enough.
  ///
  /// - Throws: `Failure` with status `releaseRefused`.
  func check(_ audience: Audience) throws(Failure) {
    guard audience != .internal, let lacking else { return }
    let list = lacking.columns.joined(separator: ", ")
    throw Failure(
      .releaseRefused, code: "results.unprotected",
      fr: "ces résultats ne disent pas ce qui protège une diffusion ; colonnes absentes : \(list)",
      en: "these results do not say what protects a release; columns missing: \(list)",
      remedy: Phrase(
        fr:
          "restez en interne (--audience internal), ou prenez le CSV entier que font « lien sql --all "
          + "--out » puis run.sh",
        en:
          "stay internal (--audience internal), or take the whole CSV that “lien sql --all --out” "
          + "and run.sh make"),
      at: SourceLocation(file: lacking.file, line: 1))
  }

  /// The tables of some orders; those that are not there have no value, and are told.
  ///
  /// - Throws: `Failure` when the residences of the project cannot be listed.
  func tables(_ orders: [Evaluator.Order], in workspace: Workspace) throws(Failure) -> (
    tables: [IndicatorTable], largest: [Int: IndicatorTable], notes: [Phrase]
  ) {
    var tables: [IndicatorTable] = []
    var largest: [Int: IndicatorTable] = [:]
    var absent: [String] = []
    var others: [String] = []
    for (i, order) in orders.enumerated() {
      let d = order.indicator.definition
      let own = rows[d.id + " " + d.fullVersion]
      let periods = Set(order.periods.map(\.name))
      let cuts = Set(order.cuts)
      let fitting = (own ?? [:]).values.filter {
        periods.contains($0.period) && cuts.isSuperset(of: $0.cuts.keys)
      }.map { row in
        (
          period: row.period, residence: row.residence,
          cuts: order.cuts.map { row.cuts[$0] ?? totalMark }, numbers: row.numbers
        )
      }
      let made = try SQLAnswer(
        order.indicator, cuts: order.cuts, periods: order.periods, model: workspace.model,
        source: workspace.store
      ).table(results: fitting)
      tables.append(made.table)
      largest[i] = made.largest
      guard !fitting.contains(where: { row in row.cuts.allSatisfy { $0 != totalMark } }) else {
        continue
      }
      // Of a cut, no group: perhaps there is none.
      if !order.cuts.isEmpty, fitting.allSatisfy({ $0.numbers.scanned == 0 }), own != nil {
        continue
      }
      if own == nil, let found = versions[d.id] {
        let list = found.sorted().joined(separator: ", ")
        let line = "\(d.id) (\(list) ≠ \(d.fullVersion))"
        if !others.contains(line) { others.append(line) }
      } else {
        let line = own == nil ? d.id : ([d.id] + order.cuts).joined(separator: " × ")
        if !absent.contains(line) { absent.append(line) }
      }
    }
    return (tables, largest, notes(absent: absent, others: others))
  }

  private func notes(absent: [String], others: [String]) -> [Phrase] {
    var notes: [Phrase] = []
    if !absent.isEmpty {
      let list = absent.joined(separator: ", ")
      notes.append(
        Phrase(
          fr: "absents de ces résultats, donc sans valeur : \(list). Ce que SQL ne sait pas dire : "
            + "lien compute --all --without-sql --format results --out autres.csv",
          en:
            "not in these results, so without a value: \(list). What SQL cannot say: lien compute "
            + "--all --without-sql --format results --out others.csv"))
    }
    if !others.isEmpty {
      let list = others.joined(separator: ", ")
      notes.append(
        Phrase(
          fr:
            "calculés avec une autre version de leur définition, donc laissés sans valeur : \(list)",
          en: "computed with another version of their definition, so left without a value: \(list)")
      )
    }
    return notes
  }

  private static func noNumber(_ path: String, _ line: Int, _ column: String, _ found: String)
    -> Failure
  {
    Failure(
      .input, code: "results.number",
      fr: "colonne \(column) : « \(found) » n’est pas un nombre",
      en: "column \(column): “\(found)” is not a number",
      remedy: Phrase(
        fr: "des chiffres, un point ; une valeur inconnue reste vide : relancez les requêtes",
        en: "digits, a dot; an unknown value stays empty: run the queries again"),
      at: SourceLocation(file: path, line: line))
  }

  private static func twice(_ path: String, _ line: Int, _ id: String, _ period: String) -> Failure
  {
    Failure(
      .input, code: "results.twice",
      fr: "\(id), \(period) : une autre ligne du même groupe dit autre chose",
      en: "\(id), \(period): another row of the same group says something else",
      remedy: Phrase(
        fr: "ces fichiers ne viennent pas des mêmes données : gardez l’un des deux",
        en: "these files do not come from the same data: keep one of the two"),
      at: SourceLocation(file: path, line: line))
  }
}

extension ReportFacts {
  /// What is said of the data where figures were read: the files, and residences that the project
  /// does not list.
  mutating func read(_ file: ResultsFile) {
    let known = Set(residences.map(\.key))
    residences += file.residences.filter { !known.contains($0) }.map {
      Residence(key: $0, name: $0, city: "", isFictional: false)
    }
    (fingerprint, results) = (file.fingerprint, file.names)
    (observed, lastImport, importCount, quality) = (nil, nil, nil, [])
  }
}

extension SQLResult.Numbers {
  /// Whether two rows say the same, but for the rounding of sums.
  fileprivate func isSame(as other: SQLResult.Numbers) -> Bool {
    func near(_ a: Double?, _ b: Double?) -> Bool {
      guard let a, let b else { return a == nil && b == nil }
      return abs(a - b) <= 1e-9 * max(1, abs(a))
    }
    return near(value, other.value) && near(numerator, other.numerator)
      && near(denominator, other.denominator) && near(unknown, other.unknown)
      && persons == other.persons && near(scanned, other.scanned)
  }
}
