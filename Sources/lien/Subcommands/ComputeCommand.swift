import Diagnostics
import Project

extension Command {
  static let compute = Command(
    name: "compute",
    summary: Phrase(
      fr: "calcule des indicateurs, avec ce qu’il faut pour les juger",
      en: "computes indicators, with what is needed to judge them"),
    examples: [
      Example(
        "lien compute PAR-01 --period 2024", fr: "un indicateur, par résidence et en tout",
        en: "an indicator, by residence and in all"),
      Example(
        "lien compute PAR-02 REG-01 --period 2022..2024 --by year,age_band --format csv",
        fr: "deux indicateurs, trois années, par tranche d’âge, en CSV",
        en: "two indicators, three years, by age band, as CSV"),
      Example(
        "lien compute PAR-01 --where 'theme = \"jardin\"' --residence tilleuls",
        fr: "les séances au jardin d’une résidence", en: "the garden sessions of one residence"),
      Example(
        "lien compute PAR-01 --period 2024 --residence tilleuls --rows",
        fr: "les lignes derrière le chiffre", en: "the rows behind the figure"),
      Example(
        "lien compute PAR-01 --excel-fr --out participants.csv",
        fr: "un fichier pour Excel en français", en: "a file for Excel in French"),
    ],
    operands: [
      Operand(
        name: Phrase(same: "ID"), isRepeated: true,
        help: Phrase(
          fr: "identifiants ou codes du catalogue (« lien indicators » les donne)",
          en: "ids or codes of the catalogue (“lien indicators” lists them)"))
    ],
    options: [
      .period, .by, .condition,
      Option(
        name: "residence", value: Phrase(fr: "CODE", en: "KEY"), isList: true,
        help: Phrase(
          fr: "ces résidences seulement, plus le total de toutes",
          en: "these residences only, and the total of all")),
      .audience,
      Option(
        name: "rows",
        help: Phrase(
          fr: "les lignes que la formule a prises ou n’a pu juger, sous pseudonymes (interne)",
          en: "the rows that the formula took or could not judge, under pseudonyms (internal)")),
      Option(
        name: "format", choices: ["table", "csv", "json", "excel-fr"],
        help: Phrase(
          fr:
            "table (à l’écran), csv (virgules, points), json, excel-fr (points-virgules, virgules)",
          en: "table (on screen), csv (commas, dots), json, excel-fr (semicolons, decimal commas)")),
      Option(
        name: "json", help: Phrase(fr: "comme --format json", en: "as --format json")),
      Option(
        name: "excel-fr",
        help: Phrase(fr: "comme --format excel-fr", en: "as --format excel-fr")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    sections: [.periods, .cuts, .conditions, .statuses],
    exits: [.releaseRefused],
    action: { invocation, console throws(Failure) in
      let forms = ["json", "excel-fr", "format"].filter(invocation.has)
      if forms.count > 1 {
        throw Usage.notTogether("--" + forms[0], "--" + forms[1], path: invocation.path)
      }
      let format =
        invocation["format"] ?? (forms.first == "format" ? nil : forms.first) ?? "table"
      let question = ComputeUseCase.Question(
        indicators: invocation.operands, by: invocation.list("by"),
        condition: invocation["where"], period: invocation["period"],
        residences: invocation.list("residence"),
        audience: invocation["audience"] ?? "internal")
      if invocation.has("rows"), invocation.has("by") {
        throw Usage.notTogether("--rows", "--by", path: invocation.path)
      }
      let project = try invocation.project()
      let text =
        invocation.has("rows")
        ? try RowsUseCase(project: project, language: console.language).run(
          question, format: format)
        : try ComputeUseCase(project: project, language: console.language).run(
          question, format: format)
      try console.deliver(text, invocation)
      return .done
    })
}
