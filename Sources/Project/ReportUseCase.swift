package import Diagnostics
import Disclosure
import FoundationEssentials
import HTML
import Indicators
import Model
import Periods
import Persistence
import Reporting

/// `lien report`: the tables that a layout asks for, computed, released, and written as pages.
package struct ReportUseCase {
  /// What is ordered.
  package struct Order: Sendable {
    /// The report's name: a file of the project's `reports/`.
    package var name: String
    /// The period as written; nil for the usual one.
    package var period: String?
    /// The residences that documents are made for; empty for all.
    package var residences: [String]
    /// `internal`, `partner` or `public`.
    package var audience: String
    /// Where to write; nil for the project's own place.
    package var folder: String?
    /// Leave to write into a folder that holds other files.
    package var force: Bool
    /// Print the pages to PDF with the browser of this environment; nil for no PDF.
    package var browser: [String: String]?
    /// Write the rows behind each indicator too; internally only.
    package var rows = false
    /// The edition to freeze, or to make again as it was frozen; nil for a report of today's data.
    package var edition: String?
    /// The files of results computed elsewhere to make it of; empty for the project's data.
    package var results: [String] = []

    /// Makes an order.
    package init(
      name: String, period: String?, residences: [String] = [], audience: String,
      folder: String?, force: Bool, browser: [String: String]? = nil
    ) {
      self.name = name
      self.period = period
      self.residences = residences
      self.audience = audience
      self.folder = folder
      self.force = force
      self.browser = browser
    }
  }

  let workspace: Workspace
  let language: Language

  /// Opens the project's store.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  /// Makes a report; the path of its first page, and what its producer should know: what was
  /// withheld, and which documents take more sheets than they are made for; and what was written as
  /// JSON, without any value of a cell.
  ///
  /// - Throws: `Failure`: `failed` when a PDF is wanted and no browser can make it; `usage` for an unknown report or a folder that is not lien's,
  ///   `releaseRefused` when the audience may not have such a table, or the results that it would be
  ///   made of do not say what protects it.
  package func run(_ order: Order) throws(Failure) -> (
    index: String, notes: [Phrase], json: String
  ) {
    let audience = Audience(rawValue: order.audience) ?? .internal
    try ReportRows.check(order.rows, audience: audience.rawValue)
    let suffix = order.edition.map { "-" + Slug.make($0) } ?? ""
    let folder =
      order.folder
      ?? "\(workspace.project.reportsFolder)/build/\(order.name)\(suffix)-\(audience.rawValue)"
    let target = ReportFolder(path: folder)
    try target.mayBeWritten(force: order.force)
    var browser: Browser?
    if let environment = order.browser { browser = try Browser(environment: environment) }
    var told: [Phrase] = []
    let made: Made
    if order.edition == nil {
      made = try make(order, audience, editorial: order.name)
      // First what readers will hold: a release that is not in the ledger must not be out.
      try ReleaseLedger(workspace.project).record(made.release.tables, for: audience)
    } else {
      (made, told) = try edition(order, audience)
    }
    told += made.notes
    let (plan, facts, layout) = (made.plan, made.facts, made.plan.layout)
    try check(order.residences, for: layout)
    let files = try Report(
      plan: plan, facts: facts, tables: made.release.tables, residences: order.residences,
      dictionary: made.dictionary
    ).files(language: language)
    var notes: [Phrase] = []
    var beside: [String] = []
    try target.write(files, force: order.force) { folder throws(Failure) in
      var others: [String] = []
      if order.rows {
        others = try ReportRows(workspace: workspace, language: language)
          .write(plan, of: workspace.catalogue(), period: facts.period, in: folder)
      }
      beside = others
      guard let browser else { return others }
      let made = try pdf(of: files.map(\.path).filter(layout.prints), in: folder, by: browser)
      notes = made.compactMap { tooLong($0, in: folder, for: layout) }
      beside = others + made
      return beside
    }
    notes = told + notes
    if let audit = try made.audit.flatMap({ (audit) throws(Failure) in
      try writeAudit(audit, named: order.name)
    }) {
      notes.append(audit)
    }
    let index = folder + "/" + (files.first?.path ?? "index.html")
    let kept =
      made.audit.map { $0.audience == .internal ? "null" : "\($0.keptShare)" } ?? "null"
    let written = (files.map(\.path) + beside).map(JSONText.string).joined(separator: ", ")
    let json = JSONText.object([
      ("report", JSONText.string(order.name)), ("audience", JSONText.string(audience.rawValue)),
      ("period", JSONText.string(facts.period.name)), ("folder", JSONText.string(folder)),
      ("index", JSONText.string(index)), ("fingerprint", JSONText.string(facts.fingerprint)),
      ("edition", order.edition.map(JSONText.string) ?? "null"),
      ("kept_share", kept), ("files", "[" + written + "]"),
    ])
    return (index, notes, json)
  }

  /// A report before it is written: of today's data, or as an edition holds it.
  struct Made {
    var plan: ReportPlan
    var facts: ReportFacts
    var release: FrozenRelease
    /// What the columns of the data mean, as CSV.
    var dictionary: String?
    /// What was withheld; nil for an edition made again.
    var audit: ReleaseAudit?
    /// What the layout chooses from, and its text: what the plan is made of.
    var known: [ReportPlan.Known]
    var layout: String
    /// What its producer should know.
    var notes: [Phrase] = []
  }

  /// Computes and releases what a layout asks for; nothing is recorded or written.
  func make(_ order: Order, _ audience: Audience, editorial: String) throws(Failure) -> Made {
    let (layout, text) = try layout(named: order.name)
    try check(order.residences, for: layout)
    let period = try workspace.period(named: order.period)
    var made = try make(layout, text: text, period, audience, results: order.results)
    made.facts.hasRows = order.rows
    made.facts.texts = try EditorialTexts(workspace.project, named: editorial)
      .texts(among: made.known)
    made.facts.breaks = try SeriesBreaks(workspace.store).breaks(
      of: made.release.tables, known: made.known, audience: audience, except: order.edition)
    return made
  }

  /// The same of a layout that is read already.
  func make(
    _ layout: ReportLayout, text: String, _ period: Period, _ audience: Audience,
    results: [String] = []
  ) throws(Failure) -> Made {
    let catalogue = try workspace.catalogue()
    let known = ReportUseCase.known(catalogue)
    let plan = ReportPlan(layout, among: known)
    try plan.check()
    let orders = try workspace.orders(plan, of: catalogue, reporting: period)
    var facts = try facts(period: period, audience: audience, plan: plan)
    var computed: (tables: [IndicatorTable], largest: [Int: IndicatorTable], notes: [Phrase])
    if results.isEmpty {
      let evaluator = Evaluator(model: workspace.model, source: workspace.store)
      computed = (
        try evaluator.compute(orders),
        audience == .internal ? [:] : try evaluator.largestParts(of: orders), []
      )
    } else {
      let file = try ResultsFile(results, of: Set(orders.map(\.indicator.definition.id)))
      try file.check(audience)
      facts.read(file)
      computed = try file.tables(orders, in: workspace)
    }
    let released = try Release.release(
      computed.tables, policy: ReleasePolicy(audience: audience), language: language,
      earlier: ReleaseLedger(workspace.project).rows(for: audience), largest: computed.largest)
    return Made(
      plan: plan, facts: facts, release: FrozenRelease(released.tables),
      dictionary: DataDictionary(tables: workspace.model.tables, language: language).csv,
      audit: released.audit, known: known, layout: text, notes: computed.notes)
  }

  /// What to say of a document that takes more sheets than its layout means it to.
  private func tooLong(_ pdf: String, in folder: String, for layout: ReportLayout) -> Phrase? {
    guard let meant = layout.document?.sheets, let found = Browser.sheets(of: folder + "/" + pdf),
      found > meant
    else { return nil }
    return Phrase(
      fr: "\(pdf) : \(found) feuilles au lieu de \(meant) ; ôtez un indicateur ou une figure de "
        + "reports/\(layout.name).json5",
      en: "\(pdf): \(found) sheets instead of \(meant); drop an indicator or a figure from "
        + "reports/\(layout.name).json5")
  }

  /// Writes the audit where only the importer reads; what it comes to.
  private func writeAudit(_ audit: ReleaseAudit, named name: String) throws(Failure) -> Phrase? {
    guard audit.audience != .internal else { return nil }
    let file = AuditFile(audit: audit)
    let folder = workspace.project.privateFolder + "/audit"
    try SafeWriting.makeFolder(folder, isPrivate: true)
    try SafeWriting.write(
      file.text, to: "\(folder)/\(name)-\(audit.audience.rawValue).csv", force: true,
      isPrivate: true)
    return file.note
  }

  /// Refuses residences that do not exist, or that the report does not tell apart.
  private func check(_ residences: [String], for layout: ReportLayout) throws(Failure) {
    guard !residences.isEmpty else { return }
    guard layout.isPerResidence else {
      throw Failure(
        .usage, code: "report.not-per-residence",
        fr: "« \(layout.name) » porte sur toutes les résidences : --residence n’y va pas",
        en: "“\(layout.name)” is on all residences: --residence does not go with it",
        remedy: Phrase(
          fr: "ôtez --residence, ou prenez un rapport par résidence (lien report residence)",
          en: "drop --residence, or take a report a residence (lien report residence)"))
    }
    try ComputeUseCase.check(residences, among: workspace.residences().map(\.key))
  }

  /// Prints the pages that stand for themselves on paper.
  private func pdf(of paths: [String], in folder: String, by browser: Browser) throws(Failure)
    -> [String]
  {
    let profile = FileManager.default.temporaryDirectory.path + "/lien-browser-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: profile) }
    var made: [String] = []
    for path in paths {
      let pdf = path.dropLast(5) + ".pdf"
      try browser.print(folder + "/" + path, to: folder + "/" + pdf, profile: profile)
      made.append(String(pdf))
    }
    return made
  }

  /// What the report says of its data.
  func facts(period: Period, audience: Audience, plan: ReportPlan) throws(Failure)
    -> ReportFacts
  {
    let store = workspace.store
    let residences = try workspace.residences()
    let imports = try store.imports().filter { $0.state == .active }
    let last = imports.map(\.receivedAt).max()
    let cuts = Set(plan.requests.flatMap(\.cuts)).sorted()
    let words = CutWords(model: workspace.model)
    var facts = ReportFacts(
      title: workspace.project.title, isFictional: residences.contains(where: \.isFictional),
      residences: residences.map {
        ReportFacts.Residence(
          key: $0.key, name: $0.name, city: $0.city, isFictional: $0.isFictional)
      },
      period: period, previous: period.previousYear, fingerprint: try store.fingerprint(),
      observed: try store.observedSpan(), lastImport: last.flatMap { Day(iso: $0.prefix(10)) },
      programVersion: Version.current, audience: audience,
      threshold: ReleasePolicy(audience: audience).threshold,
      cutTitles: words.titles(of: cuts), cutValues: words.values(of: cuts))
    facts.notice = workspace.project.notice
    facts.importCount = imports.count
    facts.goals = try workspace.goals()
    facts.events = try workspace.events(for: audience)
    // The day of the last import: the same data give the same page, whenever it is made.
    if let today = facts.lastImport, plan.layout.document == nil {
      facts.quality = try QualityCheck(workspace, language: language).counts(on: today)
        .filter { audience == .internal || $0.isPublic }
    }
    return facts
  }

  /// What layouts choose from.
  static func known(_ catalogue: Catalogue) -> [ReportPlan.Known] {
    catalogue.indicators.map {
      ReportPlan.Known(
        id: $0.definition.id, catalogue: $0.definition.catalogue,
        cuts: $0.definition.cuts, unit: $0.definition.unit, isSurvey: $0.definition.isSurvey,
        settings: $0.definition.parameters.mapValues(\.value))
    }
  }

  /// The names of a project's reports.
  static func names(in project: ProjectFolder) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: project.reportsFolder)) ?? []
    return files.filter { $0.hasSuffix(".json5") }.map { String($0.dropLast(6)) }.sorted()
  }

  private func layout(named name: String) throws(Failure) -> (layout: ReportLayout, text: String) {
    let folder = workspace.project.reportsFolder
    let known = ReportUseCase.names(in: workspace.project)
    guard known.contains(name) else {
      let near = Suggestion.nearest(to: name, among: known)
      let all = known.joined(separator: ", ")
      throw Failure(
        .usage, code: "report.unknown", fr: "rapport inconnu : « \(name) »",
        en: "unknown report: “\(name)”",
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        } ?? Phrase(fr: "rapports de ce projet : \(all)", en: "reports of this project: \(all)"))
    }
    let path = "\(folder)/\(name).json5"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      return (try ReportLayout(path: path), "")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return (try ReportLayout(name: path, text: text), text)
  }
}
