import Diagnostics
import Project

extension Command {
  static let tables = Command(
    name: "tables",
    summary: Phrase(
      fr: "le dictionnaire des données : les tables, leurs colonnes, ce que chacune attend",
      en: "the data dictionary: the tables, their columns, what each expects"),
    examples: [
      Example("lien tables", fr: "la liste des tables", en: "the list of tables"),
      Example(
        "lien tables contact", fr: "une table : colonnes, clé, durée de conservation",
        en: "one table: columns, key, how long it is kept"),
      Example(
        "lien tables --format csv --out dictionnaire.csv", fr: "tout, une ligne par colonne",
        en: "all of it, a row a column"),
    ],
    operands: [
      Operand(
        name: Phrase(same: "TABLE"), isRequired: false,
        help: Phrase(fr: "une table du modèle", en: "a table of the model"))
    ],
    options: [
      Option(
        name: "format", choices: ["csv", "markdown"],
        help: Phrase(
          fr: "csv : une ligne par colonne ; markdown : une page",
          en: "csv: a row a column; markdown: a page")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    action: { invocation, console throws(Failure) in
      let words = try DataDictionary(
        table: invocation.operands.first, project: invocation.projectIfAny(),
        home: invocation.home, language: console.language)
      switch invocation["format"] {
      case "csv": try console.deliver(words.csv, invocation)
      case "markdown": try console.deliver(words.markdown, invocation)
      default:
        var lines: [String] = []
        if invocation.operands.isEmpty {
          lines = TextLayout.table(words.list)
        } else {
          for (title, facts, columns) in words.details() {
            lines += TextLayout.wrapped(title) + [""] + TextLayout.table(facts)
            lines += [""] + TextLayout.table(columns)
          }
        }
        try console.deliver(lines.joined(separator: "\n") + "\n", invocation)
      }
      return .done
    })
}
