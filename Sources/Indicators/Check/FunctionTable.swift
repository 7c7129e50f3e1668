package import Diagnostics

/// A function of the language, for messages and for the documentation.
package struct LanguageFunction: Sendable {
  /// Its name.
  package let name: String
  /// How it is called.
  package let usage: String
  /// What it gives.
  package let summary: Phrase

  /// Every function, in the order of the documentation.
  package static let all: [LanguageFunction] = [
    .init(
      "count", "count(table [where …])",
      fr: "nombre de lignes (une ligne d’effectif compte pour son nombre)",
      en: "number of rows (a headcount row counts for its number)"),
    .init(
      "distinct", "distinct(path [where …])", fr: "nombre de valeurs différentes",
      en: "number of different values"),
    .init("sum", "sum(x [where …]) · sum(… per path)", fr: "somme", en: "sum"),
    .init("mean", "mean(x [where …]) · mean(… per path)", fr: "moyenne", en: "mean"),
    .init("median", "median(x [where …]) · median(… per path)", fr: "médiane", en: "median"),
    .init(
      "quantile", "quantile(x, 0.25) · quantile(… per path, 0.25)", fr: "quantile (type 7)",
      en: "quantile (type 7)"),
    .init("min", "min(x)", fr: "plus petite valeur", en: "least value"),
    .init("max", "max(x)", fr: "plus grande valeur", en: "greatest value"),
    .init(
      "share", "share(condition [where …]) · share(count(…) >= 6 per path)",
      fr: "part des lignes, ou des personnes, pour lesquelles la condition est vraie",
      en: "share of rows, or of persons, for which the condition holds"),
    .init(
      "population", "population(register.path, average|any|start|end|throughout [where …])",
      fr:
        "population du registre : moyenne (jours-personnes), à un moment quelconque, au début, à la fin, tous les jours",
      en:
        "population of the register: average (person-days), at any time, at the start, at the end, on every day"
    ),
    .init(
      "gini", "gini(count(…) per path [among table])", fr: "indice de Gini",
      en: "Gini coefficient"),
    .init(
      "adjusted_gini", "adjusted_gini(count(…) per path [among table])",
      fr: "Gini ajusté au nombre d’événements", en: "Gini adjusted for the number of events"),
    .init(
      "top_share", "top_share(count(…) per path, 0.1)",
      fr: "part du total tenue par la fraction la plus présente",
      en: "part of the total held by the fraction with the most"),
    .init(
      "least_share", "least_share(count(…) per path, 0.5)",
      fr: "plus petite part des unités qui tient cette part du total",
      en: "least share of the units that holds this part of the total"),
    .init(
      "blau", "blau(category [per path])", fr: "indice de Blau (1 − Σp²)",
      en: "Blau’s index (1 − Σp²)"),
    .init(
      "blau_normalised", "blau_normalised(category [per path], classes: 4)",
      fr: "indice de Blau rapporté à son maximum possible",
      en: "Blau’s index over its greatest possible value"),
    .init(
      "iqv", "iqv(category [, weight: x], classes: 10)",
      fr: "indice de variation qualitative : Blau × k / (k − 1), en lignes ou en quantités",
      en: "index of qualitative variation: Blau × k / (k − 1), of rows or of amounts"),
    .init(
      "dissimilarity", "dissimilarity(category per path, register.category, average)",
      fr: "½ Σ|p − q| entre ceux qui sont comptés et le registre",
      en: "½ Σ|p − q| between those counted and the register"),
    .init(
      "ties",
      "ties(person per session, min_meetings: 2, max_size: 15, not_same: path, between: category, new: yes)",
      fr: "nombre de paires de personnes présentes ensemble",
      en: "number of pairs of people present together"),
    .init(
      "tied", "tied(person per session, …)",
      fr: "nombre de personnes qui ont au moins une de ces paires",
      en: "number of people in at least one of those pairs"),
    .init(
      "tie_weight", "tie_weight(person per session, …)",
      fr: "somme des forces de ces paires (Newman : 1/(d − 1) par séance de d personnes)",
      en: "sum of the weights of those pairs (Newman: 1/(d − 1) a session of d people)"),
    .init(
      "met", "met(person [where …] per session, with: condition)",
      fr: "nombre de personnes présentes avec une autre pour qui la condition est vraie",
      en: "number of people present with another for whom the condition holds"),
    .init(
      "network",
      "network(person per session [among table], measure: density, min_meetings: 2, max_size: 15, not_same: path, by: category)",
      fr: "mesure du réseau de ces paires", en: "measure of the network of those pairs"),
    .init(
      "retention", "retention(person, step: quarter, lag: 1)",
      fr: "part des nouveaux venus revus plus tard", en: "share of newcomers seen again later"),
    .init(
      "survival",
      "survival(person, lapse: 90, at: 365 [, clock: …] [, register: …] [, closed_from: …, closed_to: …])",
      fr: "part des participants encore là après tant de jours (Kaplan-Meier)",
      en: "share of participants still coming after so many days (Kaplan-Meier)"),
    .init(
      "survival_median", "survival_median(person, lapse: 90 [, …])",
      fr: "durée médiane de participation, en jours (Kaplan-Meier)",
      en: "median time of participation, in days (Kaplan-Meier)"),
    .init(
      "survival_quantile", "survival_quantile(person, 0.25, lapse: 90 [, …])",
      fr: "jours au bout desquels cette part des participants a décroché (Kaplan-Meier)",
      en: "days by which this share of participants has dropped out (Kaplan-Meier)"),
    .init(
      "km", "km(x per path, event: condition, at: 365)",
      fr: "part restante après tant de jours, d’essais… (Kaplan-Meier)",
      en: "share left after so many days, attempts… (Kaplan-Meier)"),
    .init(
      "km_median", "km_median(x per path, event: condition)",
      fr: "valeur médiane d’une durée qui peut ne pas être finie (Kaplan-Meier)",
      en: "median of a duration that may not have ended (Kaplan-Meier)"),
    .init(
      "km_quantile", "km_quantile(x per path, 0.25, event: condition)",
      fr: "durée au bout de laquelle cette part est finie (Kaplan-Meier)",
      en: "duration by which this share has ended (Kaplan-Meier)"),
    .init(
      "union_hours", "union_hours(start, end [where …] per path)",
      fr: "heures couvertes par au moins un intervalle de l’unité",
      en: "hours covered by at least one interval of the unit"),
    .init(
      "share_of_weeks", "share_of_weeks(table [where …] [, closed_from: …, closed_to: …])",
      fr: "part des semaines ouvertes où il y a au moins une ligne",
      en: "share of the open weeks in which there is at least one row"),
    .init(
      "weighted_mean", "weighted_mean(x where …, weight: path [, at_least: 30])",
      fr: "moyenne pondérée, avec son intervalle", en: "weighted mean, with its interval"),
    .init(
      "weighted_median", "weighted_median(x where …, weight: path)",
      fr: "médiane pondérée : la moindre valeur qui atteint la moitié des poids",
      en: "weighted median: the least value that reaches half of the weight"),
    .init(
      "weighted_quantile", "weighted_quantile(x where …, 0.25, weight: path)",
      fr: "quantile pondéré, de même", en: "weighted quantile, likewise"),
    .init(
      "weighted_share", "weighted_share(condition where …, weight: path [, at_least: 30])",
      fr: "part pondérée, avec son intervalle", en: "weighted share, with its interval"),
    .init(
      "score", "score(\"questionnaire\", \"scale\")",
      fr: "score d’une personne à une échelle d’un questionnaire, à une vague",
      en: "a person’s score on a scale of an instrument, in a wave"),
    .init(
      "change", "change(score(…) | response.value [, since: previous])",
      fr: "écart avec la vague précédente de la même personne",
      en: "difference from the same person’s earlier wave"),
    .init(
      "paired", "paired(change(…) [where …], measure: dz [, at_least: 30])",
      fr: "taille ou test d’une évolution appariée",
      en: "size or test of a paired change"),
    .init(
      "survey_mean",
      "survey_mean(x where …, weight: path [, stratum: path] [, cluster: path] [, population: population(…)] [, margin: path = path])",
      fr: "moyenne d’enquête : plan de sondage, calage sur marges, intervalle",
      en: "mean from a survey: design, raking to margins, interval"),
    .init(
      "survey_share", "survey_share(condition where …, weight: path [, …])",
      fr: "part d’enquête : plan de sondage, calage sur marges, intervalle",
      en: "share from a survey: design, raking to margins, interval"),
    .init(
      "survey_size", "survey_size(table where …, weight: path, margin: path = path [, …])",
      fr: "taille efficace (Kish) des répondants une fois calés",
      en: "effective size (Kish) of the respondents once raked"),
    .init(
      "survey_greatest_weight", "survey_greatest_weight(table where …, margin: path = path [, …])",
      fr: "plus grand poids après calage, le poids moyen valant 1",
      en: "greatest weight after raking, the mean weight being 1"),
    .init(
      "r_indicator",
      "r_indicator(condition where …, by: path [, by: path] [, adjusted: yes] [, partial: path])",
      fr: "représentativité de ceux qui ont répondu : 1 − 2 écarts types des propensions",
      en: "representativeness of those who answered: 1 − 2 SD of propensities"),
    .init(
      "social_return",
      "social_return(outcome, inputs: sum(…), rate: 0.035 [, rate_low: …, rate_high: …] [, spread: 0.1] [, vary: deadweight])",
      fr: "retour social : valeur actuelle des changements sur les moyens, avec sa fourchette",
      en: "social return: present value of changes over what was put in, with its range"),
    .init(
      "social_value",
      "social_value(outcome where … [, deduct: deadweight] [, spread: 0.1] [, counted: condition, by: path, quantity: \"name\" = distinct(…)])",
      fr: "valeur des changements d’une année, avec sa fourchette",
      en: "value of the changes of one year, with its range"),
    .init(
      "break_even_deadweight", "break_even_deadweight(outcome, inputs: sum(…), rate: 0.035 [, …])",
      fr:
        "part qui serait arrivée sans le projet, au-delà de laquelle il coûte plus qu’il n’apporte",
      en: "deadweight beyond which the project costs more than it brings"),
    .init(
      "evidenced_share", "evidenced_share(outcome, when: condition, rate: 0.035)",
      fr: "part de la valeur qui repose sur les lignes pour lesquelles la condition est vraie",
      en: "part of the value that rests on rows for which the condition holds"),
    .init(
      "months_open", "months_open(register, sessions)",
      fr: "mois où la personne était là et où une séance a eu lieu (dans « per »)",
      en: "months in which the person was there and a session was held (inside “per”)"),
    .init(
      "last_period", "last_period(aggregate)",
      fr: "le même agrégat sur la période précédente, de même longueur",
      en: "the same aggregate over the span just before, as long"),
    .init(
      "before", "before(aggregate)", fr: "le même agrégat sur tout ce qui précède la période",
      en: "the same aggregate over all that comes before the period"),
    .init(
      "so_far", "so_far(aggregate)",
      fr: "le même agrégat sur tout, jusqu’à la fin de la période",
      en: "the same aggregate over everything, to the end of the period"),
    .init(
      "all", "all(aggregate)",
      fr: "le même agrégat, toutes modalités connues des ventilations ensemble",
      en: "the same aggregate, all known values of the cuts together"),
    .init(
      "known", "known(path)", fr: "vrai si la valeur est connue",
      en: "true if the value is known"),
    .init(
      "coalesce", "coalesce(x, y)", fr: "la première valeur connue", en: "the first known value"),
    .init(
      "days", "days(a, b)", fr: "jours de la première date à la seconde",
      en: "days from the first date to the second"),
    .init(
      "days_present", "days_present(register)",
      fr: "jours de la ligne du registre qui tombent dans la période",
      en: "days of the register’s row that lie in the period"),
    .init(
      "months_present", "months_present(register [, since: date] [, at_least: 15 | whole: yes])",
      fr: "mois de la ligne du registre qui tombent dans la période",
      en: "months of the register’s row that lie in the period"),
    .init(
      "month_start", "month_start(date)", fr: "le premier jour du mois de la date",
      en: "the first day of the date’s month"),
    .init(
      "month_end", "month_end(date)", fr: "le dernier jour du mois de la date",
      en: "the last day of the date’s month"),
    .init(
      "pair", "… per pair(path, path)", fr: "une unité par couple de deux valeurs",
      en: "one unit for each two values together"),
    .init(
      "first_date", "first_date(table [where …] per key)",
      fr: "date de la première ligne de même clé, quelle que soit la période",
      en: "date of the first row of the same key, whatever the period"),
    .init(
      "date_before", "date_before(table [where …] per key)",
      fr: "date de la dernière ligne de même clé avant celle-ci",
      en: "date of the last row of the same key before this one"),
    .init(
      "date_after", "date_after(table [where …] per key)",
      fr: "date de la première ligne de même clé après celle-ci",
      en: "date of the first row of the same key after this one"),
  ]

  private init(_ name: String, _ usage: String, fr: String, en: String) {
    self.name = name
    self.usage = usage
    summary = Phrase(fr: fr, en: en)
  }
}
