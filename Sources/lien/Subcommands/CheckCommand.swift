import Diagnostics
import Project

extension Command {
  static let check = Command(
    name: "check",
    summary: Phrase(
      fr: "ce qui ne va pas dans les données, et que faire",
      en: "what is wrong in the data, and what to do"),
    examples: [
      Example(
        "lien check", fr: "la liste, le plus grave d’abord", en: "the list, most serious first"),
      Example(
        "lien check --residence tilleuls --period 2025",
        fr: "une résidence, une année", en: "one residence, one year"),
      Example(
        "lien check --rule seance-sans-feuille --all",
        fr: "toutes les séances dont la feuille manque", en: "all sessions without a sheet"),
    ],
    options: [
      Option(
        name: "period", value: Phrase(same: "P"),
        help: Phrase(
          fr: "ce qui tombe dans cette période seulement", en: "only what lies in this period")),
      Option(
        name: "residence", value: Phrase(fr: "CODE", en: "KEY"), isList: true,
        help: Phrase(fr: "ces résidences seulement", en: "these residences only")),
      Option(
        name: "rule", value: Phrase(fr: "RÈGLE", en: "RULE"), isList: true,
        help: Phrase(
          fr: "ces règles seulement, par leur identifiant (« id »)",
          en: "these rules only, by their “id”")),
      Option(
        name: "all",
        help: Phrase(
          fr: "tous les constats, au lieu de dix par règle", en: "all findings, not ten a rule")),
      Option(
        name: "format", choices: ["table", "csv", "json"],
        help: Phrase(
          fr: "table (à l’écran), csv ou json (sans valeur de cellule)",
          en: "table (on screen), csv or json (without cells)")),
      Option(name: "json", help: Phrase(fr: "comme --format json", en: "as --format json")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "D’où viennent les règles", en: "Where the rules come from"),
        body: .text(
          Phrase(
            fr: """
              Des fichiers indicators/rules/*.json5 du projet : on y change un seuil, une phrase, on y \
              ajoute une règle (docs/qualite.md dit comment). S’y ajoutent les lignes mises de côté, \
              les noms à décider et les données sensibles gardées trop longtemps. Code 3 : il y a \
              quelque chose à corriger ; ce qui n’est qu’à vérifier ou à savoir laisse le code à 0.
              """,
            en: """
              From the project’s files indicators/rules/*.json5: change a threshold or a sentence \
              there, add a rule (see docs/qualite.md). Rows set aside, names to decide on and \
              sensitive data kept for too long come on top. Code 3: something is to be corrected; \
              what is only to be looked at or known leaves the code at 0.
              """))),
      .periods,
    ],
    exits: [.rowsSetAside],
    action: { invocation, console throws(Failure) in
      let format = invocation["format"] ?? (invocation.has("json") ? "json" : "table")
      var question = QualityCheck.Question()
      question.residences = invocation.list("residence")
      question.rules = invocation.list("rule")
      question.period = invocation["period"]
      if invocation.has("all") { question.most = nil }
      question.showsCells = !console.isQuiet
      let made = try QualityCheck(project: invocation.project(), language: console.language)
        .run(question, format: format)
      try console.deliver(made.text, invocation)
      return made.hasErrors ? .rowsSetAside : .done
    })
}
