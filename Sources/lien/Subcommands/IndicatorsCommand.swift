import Diagnostics
import Project

extension Command {
  static let indicators = Command(
    name: "indicators",
    summary: Phrase(
      fr: "les indicateurs du projet ; en expliquer un, les vérifier tous",
      en: "the project’s indicators; explain one, check them all"),
    examples: [
      Example("lien indicators", fr: "la liste", en: "the list"),
      Example(
        "lien indicators explain PAR-01", fr: "définition, formule, ventilations, source",
        en: "definition, formula, cuts, source"),
      Example(
        "lien indicators check", fr: "après avoir changé une définition ou le modèle",
        en: "after changing a definition or the model"),
    ],
    options: [.json],
    subcommands: [
      Command(
        name: "explain",
        summary: Phrase(
          fr: "ce qu’un indicateur compte, comment, et ce qui manque au projet",
          en: "what an indicator counts, how, and what the project lacks"),
        examples: [
          Example(
            "lien indicators explain participants", fr: "par identifiant ou par code (PAR-01)",
            en: "by id or by code (PAR-01)")
        ],
        operands: [.indicator],
        action: { invocation, console throws(Failure) in
          let definitions = try Definitions(invocation)
          try console.write(
            definitions.explanation(of: invocation.operands[0], language: console.language))
          if let project = try invocation.projectIfAny() {
            let needs = try DataNeeds(project: project, language: console.language)
            try console.write("\n" + needs.text(of: invocation.operands[0]))
          }
          return .done
        }),
      Command(
        name: "markdown",
        summary: Phrase(
          fr: "le catalogue entier en une page", en: "the whole catalogue as a page"),
        examples: [
          Example(
            "lien indicators markdown > indicateurs.md", fr: "un fichier à publier",
            en: "a file to publish")
        ],
        action: { invocation, console throws(Failure) in
          let definitions = try Definitions(invocation)
          console.write(definitions.markdown(language: console.language))
          return .done
        }),
      Command(
        name: "check",
        summary: Phrase(
          fr: "vérifie le modèle, les définitions et les questionnaires, sans toucher aux données",
          en: "checks the model, the definitions and the instruments, without touching data"),
        examples: [
          Example(
            "lien indicators check", fr: "chaque erreur avec fichier, ligne et colonne",
            en: "each error with file, line and column")
        ],
        action: { invocation, console throws(Failure) in
          let definitions = try Definitions(invocation)
          let (count, instruments) = (definitions.count, try definitions.instrumentCount())
          console.print(
            fr: "\(count) indicateurs, \(instruments) questionnaires, aucune erreur.",
            en: "\(count) indicators, \(instruments) instruments, no error.")
          return .done
        }),
    ],
    action: { invocation, console throws(Failure) in
      let definitions = try Definitions(invocation)
      console.write(
        invocation.has("json")
          ? definitions.json(language: console.language)
          : definitions.list(language: console.language))
      return .done
    })
}

extension Operand {
  /// An indicator that a command is about.
  static let indicator = Operand(
    name: Phrase(same: "ID"),
    help: Phrase(
      fr: "un identifiant, ou un code du catalogue comme PAR-01 (« lien indicators » les donne)",
      en: "an id, or a code of the catalogue such as PAR-01 (“lien indicators” lists them)"))
}

extension Definitions {
  /// The definitions of the project; outside a project, the program's own.
  init(_ invocation: Invocation) throws(Failure) {
    try self.init(project: invocation.projectIfAny(), home: invocation.home)
  }
}
