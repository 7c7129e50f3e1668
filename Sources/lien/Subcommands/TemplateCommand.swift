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
      Example(
        "lien template attendance --residence tilleuls --month 2024-03 --format xlsx",
        fr: "la grille du mois : les noms du registre, les séances, ce qui est déjà su",
        en: "the month’s grid: the register’s names, the sessions, what is known already"),
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
        name: "format", choices: ["csv", "xlsx"],
        help: Phrase(
          fr: "csv, ou xlsx : listes déroulantes et mode d’emploi",
          en: "csv, or xlsx: drop-down lists and explanations")),
      Option(
        name: "residence", value: Phrase(fr: "CODE", en: "KEY"),
        help: Phrase(
          fr: "avec --month : les noms de cette résidence", en: "with --month: its people")),
      Option(
        name: "month", value: Phrase(fr: "AAAA-MM", en: "YYYY-MM"),
        help: Phrase(
          fr: "avec --residence : les séances de ce mois", en: "with --residence: its sessions")),
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
    sections: [
      HelpSection(
        title: Phrase(fr: "La grille du mois", en: "The month’s grid"),
        body: .text(
          Phrase(
            fr: """
              Elle s’imprime (A4, noms et intitulés sur chaque page) ou se remplit à l’écran, puis \
              s’importe telle quelle, sans question. Redonnée sans changement, elle ne change rien ; \
              une marque effacée retire la présence, et l’import le dit. Elle porte des noms : sans \
              --out, elle va dans private/modeles/.
              """,
            en: """
              It is printed (A4, names and headings on each page) or filled in on screen, then \
              imported as it is, without a question. Given back unchanged it changes nothing; a mark \
              that is erased takes the attendance out, and the import says so. It names people: \
              without --out it goes to private/modeles/.
              """)))
    ],
    action: { invocation, console throws(Failure) in
      if invocation.has("residence") || invocation.has("month") {
        guard let residence = invocation["residence"], let month = invocation["month"],
          invocation.operands[0] == "attendance", invocation["format"] != "csv"
        else { throw Usage.gridOnly(path: invocation.path) }
        let grid = try AttendanceGrid(
          project: invocation.project(), residence: residence, month: month)
        try console.print(
          grid.write(
            to: invocation["out"], language: console.language, force: invocation.has("force")))
        return .done
      }
      let template = try Template(
        table: invocation.operands[0], project: invocation.projectIfAny(), home: invocation.home)
      if invocation["format"] == "xlsx" {
        let path = invocation["out"] ?? invocation.operands[0] + ".xlsx"
        try template.writeWorkbook(
          to: path, language: console.language, force: invocation.has("force"))
        console.print(path)
        return .done
      }
      let text = template.csv(
        language: console.language, forExcel: invocation.has("excel-fr"))
      try console.deliver(text, invocation)
      let rows = template.guide(language: console.language)
      console.note(TextLayout.table(rows).joined(separator: "\n"))
      return .done
    })
}

extension Usage {
  /// `--residence` and `--month` go together, and make a grid of attendance only.
  fileprivate static func gridOnly(path: [String]) -> Failure {
    Failure(
      .usage, code: "usage.grid",
      fr: "--residence et --month vont ensemble, pour la table attendance, en xlsx",
      en: "--residence and --month go together, for the table attendance, as xlsx",
      remedy: Phrase(same: "lien template attendance --residence CODE --month 2024-03"))
  }
}
