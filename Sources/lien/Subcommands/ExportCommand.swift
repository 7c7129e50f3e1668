import Diagnostics
import Project

extension Command {
  static let export = Command(
    name: "export",
    summary: Phrase(
      fr: "les tables du projet en CSV, sous pseudonymes, jamais avec des noms",
      en: "the project’s tables as CSV, under pseudonyms, never with names"),
    examples: [
      Example(
        "lien export donnees", fr: "donnees/attendance.csv, donnees/resident.csv…",
        en: "donnees/attendance.csv, donnees/resident.csv…"),
      Example(
        "lien export donnees --partitioned",
        fr: "un dossier par table, par résidence et par année, et de quoi les charger",
        en: "a folder a table, by residence and year, and what loads them"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(fr: "où écrire", en: "where to write"))
    ],
    options: [
      .force,
      Option(
        name: "partitioned",
        help: Phrase(
          fr: "par parties (résidence, année), avec de quoi les charger ailleurs",
          en: "in parts (residence, year), with what loads them elsewhere")),
      Option(
        name: "restricted",
        help: Phrase(
          fr: "aussi les données que le modèle réserve à l’usage interne",
          en: "also the data that the model keeps for internal use")),
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Prudence", en: "Care"),
        body: .text(
          Phrase(
            fr: """
              Ces tables restent des données personnelles : une ligne par personne, dont l’âge, le \
              logement et les présences peuvent la désigner. Ne les publiez pas. Ce que le modèle dit \
              « restricted » (changements de situation, alertes, publics prioritaires…) reste ici, \
              sauf avec --restricted : la requête d’un indicateur qui s’en sert en a besoin.
              """,
            en: """
              These tables remain personal data: one row a person, whose age, flat and attendance \
              may tell who it is. Do not publish them. What the model calls “restricted” (changes of \
              situation, alerts, priority groups…) stays here unless --restricted is given: the query \
              of an indicator that reads it needs it.
              """))),
      HelpSection(
        title: Phrase(fr: "Par parties", en: "In parts"),
        body: .text(
          Phrase(
            fr: """
              Avec --partitioned, chaque table est un dossier de fichiers part.csv, par résidence et \
              par année (attendance/lien_residence=tilleuls/lien_year=2024/part.csv) ; une résidence \
              ou une date qui n’est pas connue est « __HIVE_DEFAULT_PARTITION__ ». schema.json dit les \
              colonnes, leurs types et les nombres de lignes. Un fichier par moteur charge toutes les \
              tables, tel quel, depuis le dossier : load-sqlite.sql, load-duckdb.sql, \
              load-postgresql.sql, load-clickhouse.sql, load-spark.py. --force remplace un export par \
              parties précédent, en entier, et rien d’autre.
              """,
            en: """
              With --partitioned each table is a folder of files part.csv, by residence and year \
              (attendance/lien_residence=tilleuls/lien_year=2024/part.csv); a residence or a date that \
              is not known is “__HIVE_DEFAULT_PARTITION__”. schema.json tells columns, their types and \
              numbers of rows. A file an engine loads all tables, as it stands, from inside the \
              folder: load-sqlite.sql, load-duckdb.sql, load-postgresql.sql, load-clickhouse.sql, \
              load-spark.py. --force replaces an earlier export in parts, whole, and nothing else.
              """))),
    ],
    action: { invocation, console throws(Failure) in
      let export = try ExportUseCase(project: invocation.project())
      let hasAll = invocation.has("restricted")
      let (folder, force) = (invocation.operands[0], invocation.has("force"))
      let files =
        invocation.has("partitioned")
        ? try export.runPartitioned(
          to: folder, force: force, restricted: hasAll, language: console.language)
        : try export.run(to: folder, force: force, restricted: hasAll)
      for file in files { console.print(file) }
      let left = export.restricted.joined(separator: ", ")
      if !hasAll, !left.isEmpty {
        console.note(
          fr: "laissé de côté (usage interne) : \(left) ; --restricted pour l’exporter aussi",
          en: "left out (internal use): \(left); --restricted exports it too")
      }
      return .done
    })
}
