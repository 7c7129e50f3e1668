import Diagnostics
import Project

/// The rights of residents: forgetting, expiry, the register of purposes.
extension Command {
  static let peopleForget = Command(
    name: "forget",
    summary: Phrase(
      fr: "efface une personne partout, pour toujours", en: "erases a person everywhere, for good"),
    examples: [
      Example(
        "lien people forget R-12", fr: "montre ce qui est détenu, sans rien effacer",
        en: "shows what is held, erasing nothing"),
      Example(
        "lien people forget R-12 --force", fr: "efface : aucun retour n’est possible",
        en: "erases: there is no way back"),
    ],
    operands: [person("ID")],
    options: [
      Option(
        name: "force",
        help: Phrase(
          fr: "efface ; sans elle, rien n’est fait", en: "erases; without it, nothing is done"))
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qui est effacé", en: "What is erased"),
        body: .text(
          Phrase(
            fr: """
              Le nom, l’identifiant, le téléphone, les observations et les décisions sur le nom ; les \
              lignes des tables sensibles ; le logement, le ménage et les signalements ; les lignes mises \
              de côté qui nomment la personne, et son nom dans les récépissés. L’année de naissance est \
              rendue moins précise (le milieu de cinq années). Les présences restent, sous un \
              pseudonyme qui ne mène plus à personne : les chiffres d’ensemble restent justes. Les \
              diffusions passées et les éditions ne changent pas. Tout est dit dans docs/droits.md.
              """,
            en: """
              Name, identifier, telephone, notes and decisions about the name; the rows of sensitive \
              tables; flat, household and flags; rows set aside that name the person, and the name in \
              receipts. The year of birth is made coarser (the middle of five years). Attendance \
              stays, under a pseudonym that leads to nobody: overall figures stay right. Past \
              releases and editions do not change. See docs/droits.md.
              """)))
    ],
    action: { invocation, console throws(Failure) in
      let forgetting = try Forgetting(project: invocation.project())
      let person = invocation.operands[0]
      guard invocation.has("force") else {
        try console.write(
          forgetting.preview(
            person, language: console.language, showsNames: !console.isQuiet))
        throw Failure(
          .usage, code: "people.forget-unconfirmed",
          fr: "rien n’a été effacé : oublier une personne ne peut pas être défait",
          en: "nothing was erased: forgetting a person cannot be undone",
          remedy: Phrase(
            fr: "pour effacer : lien people forget \(person) --force",
            en: "to erase: lien people forget \(person) --force"))
      }
      console.write(try forgetting.forget(person)[console.language])
      return .done
    })

  static let peopleExpire = Command(
    name: "expire",
    summary: Phrase(
      fr: "efface les données sensibles dont la durée de conservation est passée",
      en: "erases sensitive data that have been kept for as long as declared"),
    examples: [
      Example(
        "lien people expire --dry-run", fr: "ce qui serait effacé aujourd’hui",
        en: "what would be erased today"),
      Example(
        "lien people expire", fr: "à lancer chaque mois, ou par le planificateur de la machine",
        en: "to be run each month, or by the machine’s scheduler"),
    ],
    options: [
      Option(
        name: "dry-run", help: Phrase(fr: "compte sans effacer", en: "counts, erasing nothing")),
      Option(
        name: "today", value: Phrase(fr: "AAAA-MM-JJ", en: "YYYY-MM-DD"),
        help: Phrase(
          fr: "comme si l’on était ce jour passé", en: "as if it were that past day")),
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qui périme", en: "What expires"),
        body: .text(
          Phrase(
            fr: """
              Les tables et les colonnes dont le modèle déclare « purpose » et « retention » (lien people \
              purposes les donne), et les cases des lignes mises de côté depuis plus de \
              \(Forgetting.rejectMonths) mois. L’effacement ne peut pas être défait.
              """,
            en: """
              Tables and columns of which the model declares “purpose” and “retention” (lien people \
              purposes lists them), and the cells of rows set aside more than \
              \(Forgetting.rejectMonths) months ago. It cannot be undone.
              """)))
    ],
    action: { invocation, console throws(Failure) in
      let said = try Forgetting(project: invocation.project())
        .expire(by: invocation["today"], isDryRun: invocation.has("dry-run"))
      console.write(said[console.language])
      return .done
    })

  static let peoplePurposes = Command(
    name: "purposes",
    summary: Phrase(
      fr: "le registre des finalités et des durées de conservation",
      en: "the register of purposes and retention periods"),
    examples: [
      Example(
        "lien people purposes", fr: "ce qui est détenu, pourquoi, et pour combien de temps",
        en: "what is held, why, and for how long"),
      Example(
        "lien people purposes --format markdown --out registre.md",
        fr: "une page pour le délégué à la protection des données",
        en: "a page for the data-protection officer"),
    ],
    options: [
      Option(
        name: "format", choices: ["table", "markdown", "csv", "json"],
        help: Phrase(
          fr: "table (à l’écran), markdown, csv, json", en: "table (on screen), markdown, csv, json"
        )),
      Option(name: "json", help: Phrase(fr: "comme --format json", en: "as --format json")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    action: { invocation, console throws(Failure) in
      let register = try PurposeRegister(
        project: invocation.project(), language: console.language)
      let format = invocation["format"] ?? (invocation.has("json") ? "json" : "table")
      try console.deliver(register.text(format: format), invocation)
      return .done
    })
}
