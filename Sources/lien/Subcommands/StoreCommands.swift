import Diagnostics
import Project

extension Command {
  static let export = Command(
    name: "export",
    summary: Phrase(
      fr: "les tables du projet en CSV, sous pseudonymes, jamais avec des noms",
      en: "the project’s tables as CSV, under pseudonyms, never with names"),
    examples: [
      Example(
        "lien export donnees", fr: "donnees/attendance.csv, donnees/resident.csv…",
        en: "donnees/attendance.csv, donnees/resident.csv…")
    ],
    operands: [
      Operand(
        name: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(fr: "où écrire", en: "where to write"))
    ],
    options: [
      .force,
      Option(
        name: "restricted",
        help: Phrase(
          fr: "aussi les données que le modèle réserve à l’usage interne",
          en: "also the data that the model keeps for internal use")),
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Prudence", en: "Care"),
        body: .text(
          Phrase(
            fr: """
              Ces tables restent des données personnelles : une ligne par personne, dont l’âge, le \
              logement et les présences peuvent la désigner. Ne les publiez pas. Ce que le modèle dit \
              « restricted » (changements de situation, alertes, publics prioritaires…) reste ici, \
              sauf avec --restricted : la requête d’un indicateur qui s’en sert en a besoin.
              """,
            en: """
              These tables remain personal data: one row a person, whose age, flat and attendance \
              may tell who it is. Do not publish them. What the model calls “restricted” (changes of \
              situation, alerts, priority groups…) stays here unless --restricted is given: the query \
              of an indicator that reads it needs it.
              """)))
    ],
    action: { invocation, console throws(Failure) in
      let export = try ExportUseCase(project: invocation.project())
      let hasAll = invocation.has("restricted")
      let files = try export.run(
        to: invocation.operands[0], force: invocation.has("force"), restricted: hasAll)
      for file in files { console.print(file) }
      let left = export.restricted.joined(separator: ", ")
      if !hasAll, !left.isEmpty {
        console.note(
          fr: "laissé de côté (usage interne) : \(left) ; --restricted pour l’exporter aussi",
          en: "left out (internal use): \(left); --restricted exports it too")
      }
      return .done
    })

  static let backup = Command(
    name: "backup",
    summary: Phrase(
      fr: "copie la base, noms compris, en un fichier", en: "copies the store, names too, to a file"
    ),
    examples: [
      Example(
        "lien backup sauvegarde-2025-12-31.lien", fr: "une copie entière, lisible de vous seul",
        en: "a whole copy, readable by you alone")
    ],
    operands: [.backupFile], options: [.force],
    action: { invocation, console throws(Failure) in
      let said = try BackupUseCase(project: invocation.project())
        .backup(to: invocation.operands[0], force: invocation.has("force"))
      console.print(said[console.language])
      return .done
    })

  static let restore = Command(
    name: "restore",
    summary: Phrase(
      fr: "remet la base d’une sauvegarde", en: "puts the store of a backup back"),
    examples: [
      Example(
        "lien restore sauvegarde-2025-12-31.lien --force",
        fr: "remplace la base du projet par celle de la sauvegarde",
        en: "replaces the project’s store by the backup’s")
    ],
    operands: [.backupFile], options: [.force],
    exits: [.input],
    action: { invocation, console throws(Failure) in
      let said = try BackupUseCase(project: invocation.project())
        .restore(from: invocation.operands[0], force: invocation.has("force"))
      console.print(said[console.language])
      return .done
    })

  static let verify = Command(
    name: "verify",
    summary: Phrase(
      fr: "l’empreinte des données ; la compare à celle d’un rapport",
      en: "the fingerprint of the data; compares it with a report’s"),
    examples: [
      Example(
        "lien verify", fr: "l’empreinte des données d’aujourd’hui", en: "today’s fingerprint"),
      Example(
        "lien verify 3f8a91c2", fr: "code 0 si les données sont celles du rapport, 1 sinon",
        en: "code 0 if the data are the report’s, 1 if not"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "EMPREINTE", en: "FINGERPRINT"), isRequired: false,
        help: Phrase(
          fr: "une empreinte (ou son début, au moins 8 signes) lue au pied d’un rapport",
          en: "a fingerprint (or its beginning, 8 characters or more) from a report’s foot"))
    ],
    options: [.json],
    action: { invocation, console throws(Failure) in
      let fingerprint = try VerifyUseCase(project: invocation.project())
        .fingerprint(matching: invocation.operands.first)
      console.print(
        invocation.has("json") ? "{\"fingerprint\": \"\(fingerprint)\"}" : fingerprint)
      return .done
    })
}

extension Operand {
  fileprivate static let backupFile = Operand(
    name: Phrase(fr: "FICHIER", en: "FILE"), completion: .file,
    help: Phrase(fr: "le fichier de sauvegarde", en: "the backup file"))
}
