import Diagnostics
import Project

extension Command {
  static let template = Command(
    name: "template",
    summary: Phrase(
      fr: "écrit une feuille vide, avec les intitulés que l’import reconnaît",
      en: "writes a blank sheet, with the headings that import knows"),
    examples: [
      Example(
        "lien template attendance --excel-fr --out emargement.csv",
        fr: "une feuille de présences pour Excel", en: "an attendance sheet for Excel"),
      Example(
        "lien template resident", fr: "les intitulés du registre, et ce que chacun attend",
        en: "the headings of the register, and what each expects"),
    ],
    operands: [
      Operand(
        name: Phrase(same: "TABLE"),
        help: Phrase(
          fr:
            "une table du modèle : residence, dwelling, household, resident (le registre), "
            + "activity (les séances), attendance (les présences), response (les réponses)…",
          en:
            "a table of the model: residence, dwelling, household, resident (the register), "
            + "activity (the sessions), attendance, response…"))
    ],
    options: [
      Option(
        name: "excel-fr",
        help: Phrase(
          fr: "pour Excel en français : points-virgules", en: "for Excel in French: semicolons")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    action: { invocation, console throws(Failure) in
      let template = try Template(
        table: invocation.operands[0], project: invocation.projectIfAny(), home: invocation.home)
      let text = template.csv(
        language: console.language, forExcel: invocation.has("excel-fr"))
      try console.deliver(text, invocation)
      let rows = template.guide(language: console.language)
      console.note(TextLayout.table(rows).joined(separator: "\n"))
      return .done
    })
}
