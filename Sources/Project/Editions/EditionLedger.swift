package import Diagnostics
import Disclosure
import FoundationEssentials
import Periods
import Persistence
import Reporting

/// `lien editions`: the frozen reports of a project, their signature, and what moved since.
package struct EditionLedger {
  private let project: ProjectFolder
  private let language: Language

  /// Prepares for a project.
  package init(project: ProjectFolder, language: Language) {
    self.project = project
    self.language = language
  }

  private func word(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }

  /// The editions of a name, for one audience or all.
  private func find(
    _ report: String, _ name: String, _ audience: String?, _ store: Store
  ) throws(Failure) -> [EditionRecord] {
    let found = try store.editions().filter {
      $0.report == report && $0.name == name && (audience == nil || $0.audience == audience)
    }
    if !found.isEmpty { return found }
    throw Failure(
      .usage, code: "edition.unknown", fr: "aucune édition « \(name) » du rapport « \(report) »",
      en: "no edition “\(name)” of the report “\(report)”",
      remedy: Phrase(
        fr: "« lien editions » donne la liste", en: "“lien editions” lists them"))
  }

  /// All editions, a line each.
  package func text(format: String) throws(Failure) -> String {
    let workspace = try Workspace(project)
    let now = try workspace.store.fingerprint()
    let all = try workspace.store.editions()
    if format == "json" {
      return JSONText.array(
        all.map { one in
          JSONText.object([
            ("report", JSONText.string(one.report)), ("edition", JSONText.string(one.name)),
            ("audience", JSONText.string(one.audience)),
            ("language", JSONText.string(one.language)),
            ("frozen_at", JSONText.string(one.madeAt)),
            ("program", JSONText.string(one.program)),
            ("fingerprint", JSONText.string(one.fingerprint)),
            ("signed_by", one.signedBy.map(JSONText.string) ?? "null"),
            ("signed_at", one.signedAt.map(JSONText.string) ?? "null"),
            ("data_changed", one.fingerprint == now ? "false" : "true"),
          ])
        })
    }
    if all.isEmpty {
      return word(
        "Aucune édition. « lien report annual --edition 2024 » en fige une.\n",
        "No edition. “lien report annual --edition 2024” freezes one.\n")
    }
    var out = ""
    for one in all {
      out += "\(one.report) \(one.name) (\(one.audience), \(one.language))"
      out += word(", figée le ", ", frozen on ") + one.madeAt.prefix(10)
      out += word(" par lien ", " by lien ") + one.program
      if let name = one.signedBy, let day = one.signedAt {
        out += word(" ; signée par ", "; signed by ") + name + word(" le ", " on ") + day.prefix(10)
      } else {
        out += word(" ; non signée", "; not signed")
      }
      if one.fingerprint != now {
        out += word(" ; les données ont changé depuis", "; the data have changed since")
      }
      out += "\n"
    }
    return Shown.text(out)
  }

  /// Signs an edition; what to say of it. A signed edition stays as it is for good.
  ///
  /// - Throws: `Failure` with status `usage` when there is none, or it is signed already.
  package func sign(
    _ report: String, _ name: String, by signer: String, audience: String?
  ) throws(Failure) -> Phrase {
    let store = try Store.open(in: project.path, model: project.model(), forWriting: true)
    let found = try find(report, name, audience, store)
    let drafts = found.filter { $0.signedBy == nil }
    if drafts.isEmpty {
      throw Failure(
        .usage, code: "edition.signed", fr: "cette édition est déjà signée",
        en: "this edition is signed already")
    }
    let signer = signer.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !signer.isEmpty, signer.count <= 120 else {
      throw Failure(
        .usage, code: "edition.signer", fr: "un nom d’au plus 120 signes est attendu (--by)",
        en: "a name of at most 120 characters is expected (--by)")
    }
    try store.sign(drafts, by: signer, at: Date.now.formatted(.iso8601))
    let readers = drafts.map { "\($0.audience), \($0.language)" }.joined(separator: " ; ")
    return Phrase(
      fr:
        "Édition « \(name) » de « \(report) » signée par \(signer) (\(readers)) ; refaites ses pages : "
        + "lien report \(report) --edition \(name)",
      en:
        "Edition “\(name)” of “\(report)” signed by \(signer) (\(readers)); make its pages again: "
        + "lien report \(report) --edition \(name)")
  }

  /// Removes a draft; what to say of it. What its release gave stays in the ledger of releases.
  ///
  /// - Throws: `Failure` with status `usage` when there is none, or all are signed.
  package func drop(_ report: String, _ name: String, audience: String?) throws(Failure) -> Phrase {
    let store = try Store.open(in: project.path, model: project.model(), forWriting: true)
    let drafts = try find(report, name, audience, store).filter { $0.signedBy == nil }
    if drafts.isEmpty {
      throw Failure(
        .usage, code: "edition.signed", fr: "cette édition est signée : elle reste",
        en: "this edition is signed: it stays",
        remedy: Phrase(
          fr: "figez-en une autre, sous un autre nom", en: "freeze another one, under another name")
      )
    }
    try store.drop(drafts)
    return Phrase(
      fr: "Projet d’édition « \(name) » retiré ; ce qui en a été diffusé reste au registre des "
        + "diffusions.",
      en:
        "Draft edition “\(name)” removed; what was released of it stays in the ledger of releases.")
  }

  /// What would move if an edition were made from today's data and definitions, and why.
  ///
  /// - Throws: `Failure` with status `usage` when there is no such edition.
  package func compare(_ report: String, _ name: String, audience: String?) throws(Failure)
    -> String
  {
    let workspace = try Workspace(project)
    var all = try find(report, name, audience, workspace.store)
    if all.contains(where: { $0.language == language.rawValue }) {
      all.removeAll { $0.language != language.rawValue }
    }
    guard let record = all.first, all.count == 1 else {
      let readers = all.map(\.audience).joined(separator: ", ")
      throw Failure(
        .usage, code: "edition.several", fr: "plusieurs éditions portent ce nom (\(readers))",
        en: "several editions bear this name (\(readers))",
        remedy: Phrase(fr: "choisissez : --audience", en: "choose: --audience"))
    }
    let useCase = try ReportUseCase(project: project, language: language)
    let frozen = try useCase.thaw(record)
    let now = try useCase.make(
      frozen.plan.layout, text: frozen.layout, frozen.facts.period, frozen.facts.audience)
    return try EditionChanges(record: record, frozen: frozen, now: now, language: language)
      .text(project, workspace)
  }
}
