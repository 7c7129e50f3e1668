import Diagnostics
import Project

extension Command {
  static let inbox = Command(
    name: "inbox",
    summary: Phrase(
      fr: "importe ce qui est déposé dans un dossier, et y laisse le récépissé",
      en: "imports what is dropped in a folder, and leaves the receipt there"),
    examples: [
      Example(
        "lien inbox ~/Partage/lien", fr: "relève le dossier une fois", en: "takes the folder once"),
      Example(
        "lien inbox ~/Partage/lien --watch", fr: "le relève toutes les dix secondes",
        en: "takes it every ten seconds"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr: "le dossier partagé ; un sous-dossier au nom d’une résidence la donne",
          en: "the shared folder; a subfolder named after a residence gives it"))
    ],
    options: [
      Option(
        name: "watch",
        help: Phrase(fr: "continue jusqu’à Ctrl-C", en: "goes on until Ctrl-C")),
      Option(
        name: "interval", value: Phrase(same: "S"),
        help: Phrase(
          fr: "secondes entre deux passages (10 ; sans --watch : 2)",
          en: "seconds between two looks (10; without --watch: 2)")),
      .json,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qui se passe", en: "What happens"),
        body: .text(
          Phrase(
            fr: """
              À côté de chaque feuille paraît « … — récépissé.html », et s’il le faut « … — à \
              corriger.xlsx » (des lignes) et « … — personnes à confirmer.xlsx » (des noms) : \
              remplis, enregistrés et laissés là, ils sont repris. Les feuilles entrées vont dans \
              faits/, au jour dit ; celles qui n’ont pas pu entrer restent. Un fichier dont la \
              taille ou l’heure change encore attend le passage suivant.
              """,
            en: """
              Beside each sheet appears its receipt (HTML), and if need be the rows to correct and \
              the names to confirm (XLSX): filled in, saved and left there, they are taken. Sheets \
              that came in move to faits/, by day; those that could not stay. A file whose size or \
              time still changes waits.
              """)))
    ],
    exits: [.rowsSetAside, .input],
    action: { invocation, console throws(Failure) in
      let watches = invocation.has("watch")
      var interval = watches ? 10.0 : 2.0
      if let word = invocation["interval"] {
        guard let number = Double(word), number >= 0.1, number <= 3600 else {
          throw Usage.notANumber(word, path: invocation.path)
        }
        interval = number
      }
      let inbox = try InboxUseCase(
        project: invocation.project(), folder: invocation.operands[0], interval: interval,
        language: console.language)
      let isJSON = invocation.has("json")
      let meter = inbox.meter
      let progress = ProgressLine(console) { meter.line()?[console.language] }
      defer { progress?.end() }
      func tell(_ line: InboxUseCase.Line) {
        if isJSON {
          console.write(line.json + "\n")
        } else {
          console.print(line.file + ": " + line.said[console.language])
        }
        if watches { console.tellNow() }
      }
      guard watches else {
        let status = try inbox.once(each: tell)
        if !isJSON, let sum = inbox.lastSum { console.print(sum[console.language]) }
        return status
      }
      console.note(
        fr: "Relève toutes les \(interval) secondes ; Ctrl-C pour arrêter.",
        en: "Looks every \(interval) seconds; Ctrl-C to stop.")
      while true {
        do throws(Failure) {
          _ = try inbox.look(each: tell)
        } catch {
          // A store that is busy now may be free at the next look.
          console.report(error)
        }
        inbox.pause()
      }
    })
}
