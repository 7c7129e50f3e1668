import Diagnostics
import Project

extension Command {
  private static let report1 = Operand(
    name: Phrase(fr: "RAPPORT", en: "REPORT"),
    completion: .words(["annual", "residence", "dashboard"]),
    help: Phrase(fr: "le rapport, comme pour lien report", en: "the report, as for lien report"))
  private static let name1 = Operand(
    name: Phrase(fr: "ÉDITION", en: "EDITION"),
    help: Phrase(fr: "le nom donné par --edition", en: "the name given by --edition"))
  private static let readers = Option(
    name: "audience", choices: ["internal", "partner", "public"],
    help: Phrase(fr: "de ce public seulement", en: "for these readers only"))

  static let editions = Command(
    name: "editions",
    summary: Phrase(
      fr: "les rapports figés : liste, signature, ce qui a bougé depuis",
      en: "frozen reports: list, signature, what moved since"),
    examples: [
      Example(
        "lien report annual --edition 2024 --audience public",
        fr: "fige l’édition 2024, ou la refait",
        en: "freezes edition 2024, or makes it again"),
      Example("lien editions", fr: "la liste", en: "the list"),
      Example(
        "lien editions sign annual 2024 --by \"A. Diop, directrice\"",
        fr: "la signe : elle ne peut plus être retirée", en: "signs it: it can no longer be removed"
      ),
      Example(
        "lien editions compare annual 2024", fr: "ce qui bougerait aujourd’hui, et pourquoi",
        en: "what would move today, and why"),
    ],
    options: [.json],
    subcommands: [
      Command(
        name: "sign",
        summary: Phrase(fr: "signe une édition", en: "signs an edition"),
        examples: [
          Example(
            "lien editions sign annual 2024 --by \"A. Diop, directrice\"",
            fr: "le nom et le jour paraissent en tête des pages",
            en: "name and day stand at the head of the pages")
        ],
        operands: [report1, name1],
        options: [
          Option(
            name: "by", value: Phrase(fr: "NOM", en: "NAME"),
            help: Phrase(fr: "qui signe : nom, fonction", en: "who signs: name, office")),
          readers,
        ],
        action: { invocation, console throws(Failure) in
          guard let name = invocation["by"] else {
            throw Usage.missing(
              Operand(name: Phrase(fr: "--by NOM", en: "--by NAME"), help: Phrase(same: "")),
              path: invocation.path)
          }
          let said = try EditionLedger(project: invocation.project(), language: console.language)
            .sign(
              invocation.operands[0], invocation.operands[1], by: name,
              audience: invocation["audience"])
          console.print(said[console.language])
          return .done
        }),
      Command(
        name: "compare",
        summary: Phrase(
          fr: "ce qui a bougé depuis une édition, et pourquoi",
          en: "what moved since an edition, and why"),
        examples: [
          Example(
            "lien editions compare annual 2024 --audience public",
            fr: "définitions, imports, effacements ; en interne, la part de chaque cause",
            en: "definitions, imports, erasures; internally, what each cause brings")
        ],
        operands: [report1, name1], options: [readers],
        action: { invocation, console throws(Failure) in
          let text = try EditionLedger(project: invocation.project(), language: console.language)
            .compare(
              invocation.operands[0], invocation.operands[1], audience: invocation["audience"])
          console.write(text)
          return .done
        }),
      Command(
        name: "drop",
        summary: Phrase(
          fr: "retire un projet d’édition non signé", en: "removes an unsigned draft"),
        examples: [
          Example(
            "lien editions drop annual 2024", fr: "pour la figer de nouveau",
            en: "so as to freeze it again")
        ],
        operands: [report1, name1], options: [readers],
        action: { invocation, console throws(Failure) in
          let said = try EditionLedger(project: invocation.project(), language: console.language)
            .drop(
              invocation.operands[0], invocation.operands[1], audience: invocation["audience"])
          console.print(said[console.language])
          return .done
        }),
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qu’une édition garde", en: "What an edition keeps"),
        body: .text(
          Phrase(
            fr: """
              L’empreinte des données, les définitions, la mise en page, les textes de l’équipe \
              (reports/textes/RAPPORT-ÉDITION.json5) et les tableaux diffusés ; ni lignes ni noms. \
              Refaite par la même version de lien, elle donne les mêmes octets, même après \
              l’effacement d’une personne. Elle est dans la base, donc dans les sauvegardes.
              """,
            en: """
              The fingerprint of the data, definitions, layout, the team’s texts \
              (reports/textes/REPORT-EDITION.json5) and the released tables; neither rows nor names. \
              Made again by the same version of lien it gives the same bytes, even after a person \
              was erased. It lies in the store, hence in backups.
              """)))
    ],
    action: { invocation, console throws(Failure) in
      try console.write(
        EditionLedger(project: invocation.project(), language: console.language)
          .text(format: invocation.has("json") ? "json" : "table"))
      return .done
    })
}
