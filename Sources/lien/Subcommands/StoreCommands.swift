import Diagnostics
import Project

extension Command {
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
