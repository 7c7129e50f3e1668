package import Diagnostics
import FoundationEssentials
import Model
import Periods
import Persistence

/// `lien people forget` and `lien people expire`: what is held on a person, or for too long, goes
/// for good.
package struct Forgetting {
  private let project: ProjectFolder
  private let model: Model

  /// Reads the project's model.
  package init(project: ProjectFolder) throws(Failure) {
    self.project = project
    model = try project.model()
  }

  /// The pseudonyms of people who were forgotten: an older backup that is restored has their names
  /// again, until this list is gone through.
  private var list: String { project.privateFolder + "/oublis.tsv" }

  /// How many months the cells of rows set aside are kept.
  package static let rejectMonths = 12

  // MARK: - Forgetting

  /// What would go of a person, and what must be said before it does.
  package func preview(_ person: String, language: Language, showsNames: Bool) throws(Failure)
    -> String
  {
    try PeopleLedger(project: project)
      .show(person, language: language, asJSON: false, showsNames: showsNames)
  }

  /// Forgets a person, by pseudonym or identifier; what to say of it.
  ///
  /// - Throws: `Failure` with status `usage` when nobody has this identifier.
  package func forget(_ person: String) throws(Failure) -> Phrase {
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    guard let register = try PeopleRegister(store, model) else {
      throw Failure(
        .usage, code: "people.no-table", fr: "le modèle de ce projet n’a pas de table de personnes",
        en: "this project’s model has no table of people")
    }
    let pseudonym = try register.pseudonym(of: person)
    let file = try PersonFile(pseudonym, store, model, register)
    let now = Date.now.formatted(.iso8601)
    // First who: should the work be cut short, a restored backup still knows it.
    try remember(file.persons, now)
    let erased = try forget(file, register, store, now)
    return Phrase(
      fr: "\(pseudonym) : personne oubliée.\n" + text(erased, .fr) + Self.whatRemains.fr,
      en: "\(pseudonym): forgotten.\n" + text(erased, .en) + Self.whatRemains.en)
  }

  private func forget(
    _ file: PersonFile, _ register: PeopleRegister, _ store: Store, _ now: String
  ) throws(Failure) -> Erasure {
    let erased = try store.forget(
      file.persons, domain: register.table.keyColumn?.domain ?? register.table.name,
      traces: file.names.traces, now: now)
    try settleFiles(erased, file.names)
    return erased
  }

  /// Forgets again those whom a restored backup knows; how many.
  func forgetRestored() throws(Failure) -> Int {
    guard let bytes = FileManager.default.contents(atPath: list) else { return 0 }
    let known = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .map { String($0.prefix { $0 != "\t" }) }
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    var count = 0
    for pseudonym in known {
      guard let register = try PeopleRegister(store, model),
        register.identifiers[pseudonym] != nil
      else { continue }
      let file = try PersonFile(pseudonym, store, model, register)
      _ = try forget(file, register, store, Date.now.formatted(.iso8601))
      count += 1
    }
    return count
  }

  private func remember(_ persons: Set<String>, _ now: String) throws(Failure) {
    var lines =
      FileManager.default.contents(atPath: list)
      .map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) } ?? []
    let known = Set(lines.map { $0.prefix { $0 != "\t" } })
    lines += persons.sorted().filter { !known.contains($0[...]) }.map { $0 + "\t" + now.prefix(10) }
    try SafeWriting.makeFolder(project.privateFolder, isPrivate: true)
    try SafeWriting.write(
      lines.joined(separator: "\n") + "\n", to: list, force: true, isPrivate: true)
  }

  /// Writes the files of rows set aside anew, and removes what shows names and can be made again.
  private func settleFiles(_ erased: Erasure, _ names: PersonNames?) throws(Failure) {
    let files = RejectFiles(project: project)
    for id in erased.rejects.keys.sorted() {
      for path in files.paths(of: id) {
        let left = try ImportLedger(project: project).rejects(of: id, for: path)
        if left.isEmpty {
          files.remove(of: id)
        } else {
          try SafeWriting.write(left, to: path, force: true, isPrivate: true)
        }
      }
    }
    guard let names else { return }
    // Templates hold the register's names, in a container; they are made again when they are asked
    // for.
    let manager = FileManager.default
    let folder = project.privateFolder
    try? manager.removeItem(atPath: folder + "/modeles")
    for name in (try? manager.subpathsOfDirectory(atPath: folder)) ?? [] {
      let path = folder + "/" + name
      guard [".csv", ".html", ".json", ".txt"].contains(where: name.hasSuffix),
        let bytes = manager.contents(atPath: path),
        let text = names.without(String(decoding: bytes, as: UTF8.self))
      else { continue }
      try SafeWriting.write(text, to: path, force: true, isPrivate: true)
    }
  }

  // MARK: - Expiry

  /// Erases what has been kept for as long as its table declares, by a day (`YYYY-MM-DD`, today when
  /// nil); what to say of it. A dry run only counts.
  ///
  /// - Throws: `Failure` with status `usage` when the day is none, or lies after today.
  package func expire(by text: String?, isDryRun: Bool) throws(Failure) -> Phrase {
    let today = try Today.day(text)
    if isDryRun {
      let store = try Workspace(project).store
      var counted = Erasure()
      counted.tables = try store.expired(by: today)
      return Phrase(
        fr: counted.isNothing
          ? "Rien n’est périmé.\n" : "Serait effacé :\n" + self.text(counted, .fr),
        en: counted.isNothing
          ? "Nothing has expired.\n" : "Would be erased:\n" + self.text(counted, .en))
    }
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    let limit = today.shifted(months: -Self.rejectMonths)?.iso ?? ""
    let erased = try store.expire(
      by: today, rejectsReceivedBefore: limit, now: Date.now.formatted(.iso8601))
    try settleFiles(erased, nil)
    if erased.isNothing {
      return Phrase(fr: "Rien n’est périmé.\n", en: "Nothing has expired.\n")
    }
    return Phrase(
      fr: "Données périmées effacées :\n" + self.text(erased, .fr),
      en: "Expired data erased:\n" + self.text(erased, .en))
  }

  /// Erases what has expired in a project that wants it done after each import; what to say of it,
  /// nil when there was nothing to do.
  package static func expireByItself(_ project: ProjectFolder) throws(Failure) -> Phrase? {
    guard project.expiresByItself else { return nil }
    let forgetting = try Forgetting(project: project)
    let store = try Workspace(project).store
    guard try !store.expired(by: Today.day()).isEmpty else { return nil }
    return try forgetting.expire(by: nil, isDryRun: false)
  }

  // MARK: - Words

  private func text(_ erased: Erasure, _ language: Language) -> String {
    let fr = language == .fr
    var out = ""
    func line(_ name: String, _ what: [String]) {
      if !what.isEmpty {
        out += "  " + name + (fr ? "\u{A0}: " : ": ") + what.joined(separator: ", ") + "\n"
      }
    }
    func count(_ n: Int, _ one: String, _ many: String) -> [String] {
      n == 0 ? [] : ["\(n) \(n < 2 ? one : many)"]
    }
    for table in erased.tables {
      line(
        model[table.table]?.label[language] ?? table.table,
        fr
          ? count(table.rows, "ligne effacée", "lignes effacées")
            + count(
              table.cells, "case vidée ou rendue moins précise",
              "cases vidées ou rendues moins précises")
          : count(table.rows, "row erased", "rows erased")
            + count(table.cells, "cell emptied or made coarser", "cells emptied or made coarser"))
    }
    line(
      fr ? "Fichier des identités" : "Identity file",
      fr
        ? count(erased.identifiers, "identifiant", "identifiants")
          + count(erased.names, "case", "cases")
          + count(erased.decisions, "décision sur un nom", "décisions sur un nom")
          + count(erased.texts, "texte expurgé", "textes expurgés")
        : count(erased.identifiers, "identifier", "identifiers")
          + count(erased.names, "cell", "cells")
          + count(erased.decisions, "decision about a name", "decisions about a name")
          + count(erased.texts, "text cleaned", "texts cleaned"))
    for (id, rows) in erased.rejects.sorted(by: { $0.key < $1.key }) {
      line(
        fr ? "Lignes mises de côté de l’import \(id)" : "Rows set aside of import \(id)",
        fr ? count(rows, "effacée", "effacées") : count(rows, "erased", "erased"))
    }
    if !erased.isSettled {
      out +=
        fr
        ? "  Un autre programme lit la base : relancez « lien people expire » quand il aura fini, "
          + "pour que rien n’en reste dans son journal.\n"
        : "  Another program is reading the store: run “lien people expire” when it has done, so that "
          + "nothing is left in its journal.\n"
    }
    return out
  }

  /// What forgetting cannot do, and why what stays may stay.
  private static let whatRemains = Phrase(
    fr: """
      Reste, sous un pseudonyme qui ne mène plus à personne : ce qui ne fait que compter (présences, \
      séjours sans logement). Les chiffres diffusés et les éditions ne changent pas. Rien ne permet de \
      revenir en arrière.
      À faire hors de lien : retirer la personne des feuilles d’origine (une feuille importée de nouveau \
      la ramènerait), des récépissés laissés dans un dossier partagé et des classeurs sortis d’ici ; \
      détruire les sauvegardes faites avant aujourd’hui (une sauvegarde ancienne qu’on restaure est \
      aussitôt purgée de ceux qui ont été oubliés).

      """,
    en: """
      What only counts stays (attendance, stays without a flat), under a pseudonym that leads to nobody. \
      Figures released and editions do not change. There is no way back.
      To do outside lien: take the person out of the sheets (a sheet imported again would bring them \
      back), of receipts left in a shared folder and of workbooks taken from here; destroy backups made \
      before today (an old backup that is restored is at once cleared of those who were forgotten).

      """)
}
