import Diagnostics
import Project

extension Command {
  static let compare = Command(
    name: "compare",
    summary: Phrase(
      fr: "pourquoi un chiffre a changé, entre deux périodes ou deux états de la base",
      en: "why a number changed, between two periods or two states of the store"),
    examples: [
      Example(
        "lien compare @12 @", fr: "depuis l’import 12 : registre, corrections, nouvelles données",
        en: "since import 12: register, corrections, new data"),
      Example(
        "lien compare 2023 2024 PAR-01 COS-01",
        fr: "d’une année à l’autre : numérateur, dénominateur",
        en: "from a year to the next: numerator, denominator"),
    ],
    operands: [
      Operand(
        name: Phrase(same: "A"),
        help: Phrase(
          fr: "une période, ou un état : @12 après l’import 12, @ maintenant",
          en: "a period, or a state: @12 after import 12, @ now")),
      Operand(
        name: Phrase(same: "B"),
        help: Phrase(fr: "l’autre, plus récent", en: "the other, more recent")),
      Operand(
        name: Phrase(same: "ID"), isRequired: false, isRepeated: true,
        help: Phrase(
          fr: "identifiants ou codes ; sinon, tout ce qui a changé",
          en: "ids or codes; else all that changed")),
    ],
    options: [
      .period,
      Option(
        name: "residence", value: Phrase(fr: "CODE", en: "KEY"), isList: true,
        help: Phrase(
          fr: "ces résidences seulement, plus le total de toutes",
          en: "these residences only, and the total of all")),
      Option(
        name: "format", choices: ["table", "csv", "json", "excel-fr"],
        help: Phrase(
          fr:
            "table (à l’écran), csv (virgules, points), json, excel-fr (points-virgules, virgules)",
          en: "table (on screen), csv (commas, dots), json, excel-fr (semicolons, decimal commas)")),
      Option(name: "json", help: Phrase(fr: "comme --format json", en: "as --format json")),
      .out(
        Phrase(
          fr: "écrit dans un fichier plutôt que sur la sortie standard",
          en: "writes to a file instead of standard output")),
      .force,
    ],
    sections: [.periods],
    action: { invocation, console throws(Failure) in
      let words = invocation.operands
      let useCase = try CompareUseCase(project: invocation.project(), language: console.language)
      let text = try useCase.run(
        CompareUseCase.Question(
          sides: (words[0], words[1]), indicators: Array(words.dropFirst(2)),
          period: invocation["period"], residences: invocation.list("residence")),
        format: invocation["format"] ?? (invocation.has("json") ? "json" : "table"))
      try console.deliver(text, invocation)
      return .done
    })
}
