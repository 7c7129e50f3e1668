import Diagnostics
import Project

extension Command {
  static let sql = Command(
    name: "sql",
    summary: Phrase(
      fr: "la requête SQL qui calcule la même chose ailleurs",
      en: "the SQL query that computes the same elsewhere"),
    examples: [
      Example(
        "lien export donnees && lien sql PAR-01 --dialect duckdb --period 2024",
        fr: "à lancer dans DuckDB sur les tables exportées",
        en: "to run in DuckDB on the exported tables"),
      Example(
        "lien sql --all --dialect postgresql --out sql && sh sql/run.sh base",
        fr: "toutes les requêtes, et le programme qui les lance",
        en: "all queries, and the program that runs them"),
    ],
    operands: [
      Operand(
        name: Phrase(same: "ID"), isRequired: false, isRepeated: true,
        help: Phrase(
          fr: "identifiants ou codes du catalogue", en: "ids or codes of the catalogue"))
    ],
    options: [
      Option(name: "all", help: Phrase(fr: "tous les indicateurs", en: "all indicators")),
      Option(
        name: "dialect", choices: ["sqlite", "duckdb", "postgresql", "clickhouse", "spark"],
        help: Phrase(fr: "le moteur visé (sqlite)", en: "the target engine (sqlite)")),
      .by, .condition, .period,
      Option(
        name: "out", value: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr: "une requête par fichier, dans ce dossier ; avec --all, et de quoi les lancer toutes",
          en: "a query a file, there; with --all, and what runs them all")),
      Option(
        name: "restricted",
        help: Phrase(
          fr: "avec --all et --out : aussi ce qui lit des données d’usage interne",
          en: "with --all and --out: also what reads data of internal use")),
      .force,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Lancer la requête", en: "To run the query"),
        body: .text(
          Phrase(
            fr: """
              Elle interroge les tables du modèle, sous leurs noms. Après « lien export donnees », dans \
              DuckDB, une ligne par table : create table attendance as from \
              'donnees/attendance.csv'; puis la requête. Le résultat a les valeurs de « lien \
              compute », aux arrondis du calcul près. Les mesures d’un réseau entier, les calages, les \
              tests et les valeurs sociales n’ont pas de requête : SQL ne sait pas les dire (« lien \
              indicators --json » les donne par "sql": false).
              """,
            en: """
              It asks the tables of the model, by their names. After “lien export donnees”, in \
              DuckDB, a line a table: create table attendance as from 'donnees/attendance.csv'; then \
              the query. The result has the values of “lien compute”, within rounding. Measures of a \
              whole network, rakings, tests and social values have no query: SQL cannot say them (“lien \
              indicators --json” tells them by "sql": false).
              """))),
      HelpSection(
        title: Phrase(fr: "Toutes les requêtes", en: "All queries"),
        body: .text(
          Phrase(
            fr: """
              --all --out DOSSIER écrit un fichier par indicateur (entier, selon chacune de ses \
              ventilations, et pour les périodes des rapports du projet), run.sh (run.py pour Spark) \
              qui les lance et réunit leurs lignes dans resultats.csv, et sans-requete.csv : ce que \
              SQL ne sait pas dire, pourquoi, et comment l’obtenir. À lancer là où « lien export \
              --partitioned » est chargé.
              """,
            en: """
              --all --out DIR writes a file an indicator (whole, by each of its cuts, and for the \
              periods of the project’s reports), run.sh (run.py for Spark) that runs them and puts \
              their rows in resultats.csv, and sans-requete.csv: what SQL cannot say, why, and how to \
              get it. To run where “lien export --partitioned” is loaded.
              """))),
      .periods, .cuts, .conditions,
    ],
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
      let useCase = try SQLUseCase(
        project: invocation.projectIfAny(), home: invocation.home, language: console.language)
      let question = SQLUseCase.Question(
        indicators: all ? nil : invocation.operands, by: invocation.list("by"),
        condition: invocation["where"], period: invocation["period"],
        dialect: invocation["dialect"] ?? "sqlite")
      if all, let folder = invocation["out"] {
        if question.condition != nil {
          throw Usage.notTogether("--all", "--where", path: invocation.path)
        }
        let files = try useCase.write(
          question, restricted: invocation.has("restricted"), to: folder,
          force: invocation.has("force"))
        for file in files.suffix(2) { console.print(file) }
        return .done
      }
      let queries = try useCase.queries(question)
      if let folder = invocation["out"] {
        for query in queries {
          try Output.write(
            query.text, to: folder + "/" + query.fileName, force: invocation.has("force"))
        }
        console.note(folder)
      } else {
        console.write(queries.map(\.text).joined(separator: "\n"))
      }
      let without = useCase.withoutQuery
      if all, !without.isEmpty {
        let list = without.joined(separator: ", ")
        console.note(
          fr: "Sans requête, car SQL ne sait pas les dire : \(list)",
          en: "Without a query, as SQL cannot say them: \(list)")
      }
      return .done
    })
}
