import Diagnostics
import Disclosure
import FoundationEssentials
import Indicators
import Periods
import Persistence
import Reporting

extension ReportUseCase {
  /// An edition: as it was frozen, when it was; else frozen now.
  func edition(_ order: Order, _ audience: Audience) throws(Failure) -> (Made, [Phrase]) {
    guard let name = order.edition else { preconditionFailure("an edition has a name") }
    if order.rows {
      throw Failure(
        .usage, code: "edition.rows", fr: "une édition ne garde pas de lignes : --rows n’y va pas",
        en: "an edition keeps no rows: --rows does not go with it")
    }
    let known = try workspace.store.editions().first {
      $0.report == order.name && $0.name == name && $0.audience == audience.rawValue
        && $0.language == language.rawValue
    }
    if let known {
      var made = try thaw(known)
      made.facts.edition = known.shown
      if let period = order.period, try Period(period) != made.facts.period {
        throw Failure(
          .usage, code: "edition.period",
          fr: "l’édition « \(name) » porte sur \(made.facts.period.name)",
          en: "edition “\(name)” is of \(made.facts.period.name)",
          remedy: Phrase(
            fr: "ôtez --period, ou donnez un autre nom à l’édition",
            en: "drop --period, or give the edition another name"))
      }
      return (made, try notes(on: known))
    }
    var order = order
    if order.period == nil, (try? Period(name)) != nil { order.period = name }
    let made = try make(order, audience, editorial: order.name)
    return try freeze(made, order, name, audience)
  }

  private func freeze(
    _ made: Made, _ order: Order, _ name: String, _ audience: Audience
  ) throws(Failure) -> (Made, [Phrase]) {
    var made = made
    made.facts.texts = try EditorialTexts(
      workspace.project, named: "\(order.name)-\(name)", order.name
    ).texts(among: made.known)
    let record = EditionRecord(
      report: order.name, name: name, audience: audience.rawValue, language: language.rawValue,
      madeAt: Date.now.formatted(.iso8601), program: Version.current,
      fingerprint: made.facts.fingerprint,
      lastImport: try workspace.store.imports().map(\.id).max() ?? 0)
    let content = EditionContent(
      report: order.name, layout: made.layout, known: made.known, facts: made.facts,
      release: made.release, dictionary: made.dictionary)
    let bytes = try content.bytes()
    try ReleaseLedger(workspace.project).record(made.release.tables, for: audience)
    let store = try Store.open(
      in: workspace.project.path, model: workspace.model, forWriting: true)
    try store.keep(record, content: bytes)
    // What is shown is what was kept, so that it is the same the next time.
    var kept = try thaw(EditionContent(bytes), named: order.name)
    kept.facts.edition = record.shown
    kept.audit = made.audit
    return (
      kept,
      [
        Phrase(
          fr:
            "édition « \(name) » figée ; pour la signer : lien editions sign \(order.name) \(name) --by \"Nom, fonction\"",
          en:
            "edition “\(name)” frozen; to sign it: lien editions sign \(order.name) \(name) --by \"Name, office\""
        )
      ]
    )
  }

  /// An edition as the store keeps it.
  func thaw(_ record: EditionRecord) throws(Failure) -> Made {
    try thaw(EditionContent(workspace.store.content(of: record)), named: record.report)
  }

  private func thaw(_ content: EditionContent, named name: String) throws(Failure) -> Made {
    let layout = try ReportLayout(name: "\(name).json5", text: content.layout)
    return Made(
      plan: ReportPlan(layout, among: content.known), facts: content.facts,
      release: content.release, dictionary: content.dictionary, audit: nil, known: content.known,
      layout: content.layout)
  }

  /// What to know of an edition that is made again.
  private func notes(on record: EditionRecord) throws(Failure) -> [Phrase] {
    var out = [
      Phrase(
        fr: "édition « \(record.name) » telle que figée le \(record.madeAt.prefix(10))",
        en: "edition “\(record.name)” as frozen on \(record.madeAt.prefix(10))")
    ]
    if record.program != Version.current {
      out.append(
        Phrase(
          fr:
            "figée par lien \(record.program), refaite par lien \(Version.current) : chiffres et textes "
            + "sont les mêmes, la mise en page peut différer",
          en:
            "frozen by lien \(record.program), made again by lien \(Version.current): figures and texts "
            + "are the same, the layout may differ"))
    }
    if try workspace.store.fingerprint() != record.fingerprint {
      out.append(
        Phrase(
          fr:
            "les données ont changé depuis ; ce qui bougerait, et pourquoi : lien editions compare "
            + "\(record.report) \(record.name)",
          en: "the data have changed since; what would move, and why: lien editions compare "
            + "\(record.report) \(record.name)"))
    }
    return out
  }
}

extension EditionRecord {
  /// The edition as pages tell it.
  var shown: ReportEdition {
    ReportEdition(
      name: name, frozenOn: Day(iso: madeAt.prefix(10)) ?? Day(number: 0), signedBy: signedBy,
      signedOn: signedAt.flatMap { Day(iso: $0.prefix(10)) })
  }
}
