import Diagnostics
import Project

extension HelpSection {
  /// How a period is written.
  static let periods = HelpSection(
    title: Phrase(fr: "Périodes (--period)", en: "Periods (--period)"),
    body: .rows([
      ("2025", Phrase(fr: "l’année civile", en: "the calendar year")),
      ("2025-Q2", Phrase(fr: "le trimestre (2025-T2 aussi)", en: "the quarter")),
      ("2025-03", Phrase(fr: "le mois", en: "the month")),
      ("2024-09..2025-08", Phrase(fr: "l’année scolaire", en: "the school year")),
      (
        "2022-03-01..2023-02-28",
        Phrase(
          fr: "de date à date, jours compris (une année de convention)",
          en: "from a date to a date, both included (a year of a convention)")
      ),
    ]))

  /// The columns and status codes of the tidy CSV.
  static let statuses = HelpSection(
    title: Phrase(fr: "Ce que disent les lignes", en: "What the rows say"),
    body: .rows([
      (
        "value",
        Phrase(
          fr:
            "la valeur ; une part va de 0 à 1. Toujours recalculée depuis les lignes, jamais "
            + "moyenne de moyennes",
          en:
            "the value; a share runs from 0 to 1. Always recomputed from rows, never an average of "
            + "averages")
      ),
      (
        "numerator, denominator",
        Phrase(fr: "les deux côtés d’un rapport", en: "the two sides of a ratio")
      ),
      (
        "unknown",
        Phrase(
          fr: "ce dont la part n’a pu être connue (ni zéro, ni « non »)",
          en: "what could not be known (neither zero nor “no”)")
      ),
      (
        "persons",
        Phrase(fr: "les personnes différentes derrière la valeur", en: "distinct persons behind it")
      ),
      (
        "n_eff, se, ci_low, ci_high",
        Phrase(
          fr: "enquête : effectif efficace, erreur type, intervalle à 95 % ; valeur : fourchette",
          en: "survey: effective size, standard error, 95% interval; value: range")
      ),
      ("status V", Phrase(fr: "valeur donnée", en: "value given")),
      (
        "status S",
        Phrase(fr: "retenue (secret statistique)", en: "withheld (statistical confidentiality)")
      ),
      ("status I", Phrase(fr: "trop de valeurs inconnues", en: "too many unknown values")),
      ("status N", Phrase(fr: "pas de donnée, ou sans objet", en: "no data, or not applicable")),
      (
        "_total, _unknown, _na",
        Phrase(
          fr: "dans une ventilation : toutes ensemble ; inconnu ; sans cette ventilation",
          en: "in a cut: all together; not known; no such cut")
      ),
    ]))

  /// What can follow `--by`.
  static let cuts = HelpSection(
    title: Phrase(fr: "Coupes (--by)", en: "Cuts (--by)"),
    body: .rows([
      (
        "year, quarter, month",
        Phrase(
          fr: "découpe la période en pas de calendrier",
          en: "steps through the period by the calendar")
      ),
      (
        "age_band, sex, theme…",
        Phrase(
          fr:
            "selon l’indicateur : age_band, age_band15, sex, household_type, dwelling_type, "
            + "staircase, home, theme, axis, leadership, role ; « lien indicators explain ID » donne "
            + "les ventilations de chacun",
          en:
            "by indicator: age_band, age_band15, sex, household_type, dwelling_type, staircase, "
            + "home, theme, axis, leadership, role; “lien indicators explain ID” lists each one’s")
      ),
      (
        "residence",
        Phrase(
          fr: "toujours là : chaque résidence, et _total pour l’ensemble",
          en: "always there: each residence, and _total for all")
      ),
    ]))

  /// What can follow `--where`.
  static let conditions = HelpSection(
    title: Phrase(fr: "Conditions (--where)", en: "Conditions (--where)"),
    body: .text(
      Phrase(
        fr: """
          Sur les ventilations de l’indicateur : = != < <= > >= in, and or not, textes entre guillemets. \
          Exemple : --where 'theme = "jardin" and sex = "f"'. Une condition qui ne peut s’appliquer aux deux côtés d’un rapport est une erreur, jamais \
          oubliée. Usage interne seulement.
          """,
        en: """
          On the cuts of the indicator: = != < <= > >= in, and or not, texts in quotes. Example: \
          --where 'theme = "jardin" and sex = "f"'. A condition that cannot apply to both sides of a ratio is an error, never dropped. Internal use only.
          """)))
}

extension Option {
  /// How a sheet is written, when it is not found out rightly.
  static let sheetForm = [
    Option(
      name: "delimiter", value: Phrase(fr: "SIGNE", en: "CHAR"),
      help: Phrase(
        fr: "le séparateur (« ; », « , », « | » ou tab), s’il est mal deviné",
        en: "the delimiter (“;”, “,”, “|” or tab), if it is guessed wrong")),
    Option(
      name: "quote", value: Phrase(fr: "SIGNE", en: "CHAR"),
      help: Phrase(
        fr: "le guillemet autour des cellules, ou none", en: "the quote around cells, or none")),
    Option(
      name: "escape", value: Phrase(fr: "SIGNE", en: "CHAR"),
      help: Phrase(
        fr: "le signe devant un guillemet dans une cellule, ou none",
        en: "the sign before a quote within a cell, or none")),
    Option(
      name: "header",
      help: Phrase(
        fr: "la première ligne du tableau est celle des en-têtes",
        en: "the first row of the table is one of headings")),
    Option(
      name: "no-header",
      help: Phrase(fr: "le tableau n’a pas d’en-têtes", en: "the table has no headings")),
    Option(
      name: "skip-rows", value: Phrase(same: "N"),
      help: Phrase(
        fr: "passe les N premières lignes du fichier", en: "passes over the file’s first N lines")),
    Option(
      name: "encoding", value: Phrase(fr: "NOM", en: "NAME"),
      help: Phrase(
        fr: "l’encodage, s’il est mal deviné", en: "the encoding, if it is guessed wrong")),
    Option(
      name: "decimal", choices: ["comma", "dot"],
      help: Phrase(fr: "le signe décimal des nombres", en: "the decimal mark of numbers")),
    Option(
      name: "date-order", choices: ["dmy", "mdy"],
      help: Phrase(
        fr: "l’ordre des dates : jour ou mois d’abord", en: "the order of dates: day or month first"
      )),
  ]

  static let period = Option(
    name: "period", value: Phrase(same: "P"),
    help: Phrase(
      fr: "la période (sinon la dernière année civile entière des données)",
      en: "the period (else the last whole calendar year in the data)"))

  static let by = Option(
    name: "by", value: Phrase(fr: "DIM", en: "CUT"), isList: true,
    help: Phrase(fr: "ventile par ces ventilations", en: "breaks down by these cuts"))

  static let condition = Option(
    name: "where", value: Phrase(same: "CONDITION"),
    help: Phrase(
      fr: "ne garde que les lignes qui remplissent la condition",
      en: "keeps only the rows that meet the condition"))

  static let audience = Option(
    name: "audience", choices: ["internal", "partner", "public"],
    help: Phrase(
      fr:
        "pour qui : internal (tout), partner (au moins 5 personnes derrière chaque valeur), public "
        + "(au moins 11)",
      en:
        "for whom: internal (everything), partner (at least 5 persons behind each value), public "
        + "(at least 11)"))
}

extension Invocation {
  /// What the line says of how a sheet is written.
  ///
  /// - Throws: `Failure` with status `usage` for what cannot be.
  func sheetForm() throws(Failure) -> SheetForm {
    if has("header"), has("no-header") {
      throw Usage.notTogether("--header", "--no-header", path: path)
    }
    var skipped = 0
    if let word = self["skip-rows"] {
      guard let number = Int(word), (0...1_000_000).contains(number) else {
        throw Usage.notANumber(word, path: path)
      }
      skipped = number
    }
    return SheetForm(
      delimiter: self["delimiter"], quote: self["quote"], escape: self["escape"],
      encoding: self["encoding"],
      hasHeader: has("header") ? true : has("no-header") ? false : nil, skipRows: skipped,
      decimal: self["decimal"], dates: self["date-order"])
  }
}
