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
        name: Phrase(same: "ID"), isRequired: false, isRepeated: true,
        help: Phrase(
          fr: "identifiants ou codes du catalogue (« lien indicators » les donne)",
          en: "ids or codes of the catalogue (“lien indicators” lists them)"))
    ],
    options: [
      Option(name: "all", help: Phrase(fr: "tous les indicateurs", en: "all indicators")),
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
        name: "format", choices: ["table", "csv", "json", "excel-fr", "results"],
        help: Phrase(
          fr:
            "table (à l’écran), csv (virgules, points), json, excel-fr (points-virgules, virgules), "
            + "results (pour lien report --from)",
          en:
            "table (on screen), csv (commas, dots), json, excel-fr (semicolons, decimal commas), "
            + "results (for lien report --from)")),
      Option(
        name: "json", help: Phrase(fr: "comme --format json", en: "as --format json")),
      Option(
        name: "excel-fr",
        help: Phrase(fr: "comme --format excel-fr", en: "as --format excel-fr")),
      Option(
        name: "without-sql",
        help: Phrase(
          fr: "avec results : seulement ce que « lien sql » ne sait pas dire",
          en: "with results: only what “lien sql” cannot say")),
      Option(
        name: "export", value: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr:
            "avec results : calcule sur un export par parties ; avec --residence, sur ses seules parts",
          en: "with results: computes on an export in parts; with --residence, on its parts alone")),
      Option(
        name: "restricted",
        help: Phrase(
          fr: "avec results : aussi ce qui lit des données d’usage interne",
          en: "with results: also what reads data of internal use")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    sections: [
      .periods, .cuts, .conditions, .statuses,
      HelpSection(
        title: Phrase(fr: "Des résultats à réunir", en: "Results to put together"),
        body: .text(
          Phrase(
            fr: """
              --format results donne chaque indicateur entier et selon chacune de ses ventilations, et               ce que demandent les rapports du projet, dans les colonnes des requêtes de « lien sql --all               --out » : « lien report NOM --from FICHIER » en fait les pages. Rien n’y est protégé : ce               fichier reste en interne. Avec --export et --residence, une machine calcule les               mesures de quelques résidences sur leurs seules parts ; beaucoup peuvent le faire               ensemble, et leurs fichiers se nomment tous après --from.
              """,
            en: """
              --format results gives each indicator whole and by each of its cuts, and what the               project’s reports ask, in the columns of the queries of “lien sql --all --out”: “lien               report NAME --from FILE” makes the pages. Nothing in it is protected: the file stays               internal. With --export and --residence a machine computes the measures of some               residences on their parts alone; many can do so at once, and their files are all named               after --from.
              """))),
    ],
    exits: [.releaseRefused],
    action: { invocation, console throws(Failure) in
      let all = invocation.has("all")
      if all != invocation.operands.isEmpty {
        throw all
          ? Usage.notTogether("ID", "--all", path: invocation.path)
          : Usage.missing(
            Operand(
              name: Phrase(fr: "ID (ou --all)", en: "ID (or --all)"),
              help: Phrase(same: "")), path: invocation.path)
      }
      if invocation["format"] == "results" { return try results(invocation, console) }
      for option in ["without-sql", "export", "restricted"] where invocation.has(option) {
        throw Usage.needs("--" + option, "--format results", path: invocation.path)
      }
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
      if invocation.has("rows"), all {
        throw Usage.notTogether("--rows", "--all", path: invocation.path)
      }
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

  /// `--format results`.
  private static func results(_ invocation: Invocation, _ console: Console) throws(Failure)
    -> ExitStatus
  {
    for option in ["where", "rows", "json", "excel-fr"] where invocation.has(option) {
      throw Usage.notTogether("--" + option, "--format results", path: invocation.path)
    }
    if let audience = invocation["audience"], audience != "internal" {
      throw Usage.notTogether("--audience " + audience, "--format results", path: invocation.path)
    }
    let (text, notes) = try ResultsUseCase(
      project: invocation.project(), language: console.language
    ).run(
      ResultsUseCase.Question(
        indicators: invocation.operands, by: invocation.list("by"), period: invocation["period"],
        residences: invocation.list("residence"), withoutSQL: invocation.has("without-sql"),
        restricted: invocation.has("restricted"), export: invocation["export"]))
    for note in notes { console.note(fr: note.fr, en: note.en) }
    try console.deliver(text, invocation)
    return .done
  }
}
