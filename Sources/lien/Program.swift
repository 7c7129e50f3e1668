import Diagnostics
import Glibc
import Project

/// The version that help texts show.
let version = Version.current

/// The program: what every command shares, and the way from arguments to an exit code.
enum Program {
  /// Declares the program and all its commands.
  static let command = Command(
    name: "lien",
    summary: Phrase(
      fr:
        "mesure le lien social dans des résidences participatives et intergénérationnelles : "
        + "des feuilles d’émargement aux indicateurs, et des indicateurs aux rapports",
      en:
        "measures the social bond in participative, intergenerational residences: from sign-in "
        + "sheets to indicators, and from indicators to reports"),
    examples: [
      Example(
        "lien demo essai", fr: "huit résidences fictives, importées et mises en rapports",
        en: "eight fictional residences, imported and reported"),
      Example(
        "lien init projet && cd projet", fr: "un projet vide, pour vos propres données",
        en: "an empty project, for your own data"),
      Example(
        "lien import ../feuilles/*.csv", fr: "fait entrer des feuilles dans la base du projet",
        en: "brings sheets into the project’s store"),
      Example(
        "lien compute PAR-01 --period 2024 --by age_band",
        fr: "un indicateur, par résidence et tranche d’âge",
        en: "an indicator, by residence and age band"),
      Example(
        "lien report dashboard --audience public", fr: "les pages à publier",
        en: "the pages to publish"),
    ],
    options: [
      Option(
        name: "project", value: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr:
            "le projet (sinon la variable LIEN_PROJECT, sinon le plus proche dossier parent qui "
            + "en contient un)",
          en: "the project (else the variable LIEN_PROJECT, else the nearest parent holding one)")),
      Option(
        name: "lang", choices: ["fr", "en"],
        help: Phrase(fr: "langue des textes (fr)", en: "language of the texts (fr)")),
      Option(
        name: "quiet",
        help: Phrase(
          fr: "résultats et erreurs seulement ; n’affiche aucune cellule",
          en: "results and errors only; shows no cells")),
      Option(
        name: "no-input",
        help: Phrase(
          fr: "ne pose jamais de question (toujours vrai hors d’un terminal)",
          en: "never asks a question (always so outside a terminal)")),
      Option(
        name: "help", letter: "h", help: Phrase(fr: "cette aide", en: "this help")),
      Option(name: "version", help: Phrase(fr: "la version", en: "the version")),
    ],
    subcommands: Subcommands.all,
    sections: [
      HelpSection(
        title: Phrase(fr: "Entrées et sorties", en: "Input and output"),
        body: .text(
          Phrase(
            fr: """
              Les résultats vont sur la sortie standard, tout le reste sur la sortie d’erreur. « - » \
              désigne l’entrée ou la sortie standard. Rien n’est écrasé sans --force. NO_COLOR=1 \
              supprime les couleurs. LIEN_HOME nomme le dossier des fichiers du programme.
              """,
            en: """
              Results go to standard output, all else to standard error. “-” stands for standard \
              input or output. Nothing is overwritten without --force. NO_COLOR=1 removes colours. \
              LIEN_HOME names the folder of the program’s own files.
              """)))
    ])

  /// Runs a command line.
  static func run(_ arguments: [String]) -> ExitStatus {
    let console = Console(
      language: language(in: arguments), isQuiet: arguments.contains("--quiet"))
    let status: ExitStatus
    do throws(Failure) {
      status = try run(Parser(program: command).parse(arguments), console)
      Interruption.letItEnd()
    } catch {
      Interruption.letItEnd()
      console.report(error)
      status = error.status
    }
    return console.finish(status)
  }

  private static func run(_ parsed: Parsed, _ console: Console) throws(Failure) -> ExitStatus {
    let help = Help(
      program: command, language: console.language,
      title: console.emphasises ? { "\u{1B}[1m\($0)\u{1B}[0m" } : { $0 })
    switch parsed {
    case .help(let asked, let path):
      console.write(help.text(for: asked, path: path))
      return .done
    case .version:
      console.print("lien \(version)")
      return .done
    case .nothing(let asked, let path):
      console.usage(help.usage(of: asked, path: path), isProgram: path.isEmpty)
      return .usage
    case .run(let asked, let invocation):
      guard let action = asked.action else { return .usage }
      Interruption.watch { console.endProgress() }
      return try action(invocation, console)
    }
  }

  /// The language is needed before the line is understood: to say that it is not.
  private static func language(in arguments: [String]) -> Language {
    for (i, word) in arguments.enumerated() {
      if word == "--lang", i + 1 < arguments.count,
        let language = Language(rawValue: arguments[i + 1])
      {
        return language
      }
      if word.hasPrefix("--lang="), let language = Language(rawValue: String(word.dropFirst(7))) {
        return language
      }
    }
    return .fr
  }
}

extension Console {
  /// How to call a command that was called with nothing.
  fileprivate func usage(_ lines: [String], isProgram: Bool) {
    let title = language == .fr ? "Utilisation\u{A0}:" : "Usage:"
    let more =
      isProgram
      ? (language == .fr ? "Toute l’aide : lien --help" : "All the help: lien --help")
      : (language == .fr ? "Aide : ajoutez --help" : "Help: add --help")
    tell(([title] + lines + ["", more]).joined(separator: "\n"))
  }
}

extension Invocation {
  /// The project that the line names, or the one around the current folder.
  func project() throws(Failure) -> ProjectFolder {
    try ProjectFolder.open(named: self["project"], environment: Environment["LIEN_PROJECT"])
  }

  /// As `project`, for a command that can do without one.
  func projectIfAny() throws(Failure) -> ProjectFolder? {
    try ProjectFolder.find(named: self["project"], environment: Environment["LIEN_PROJECT"])
  }

  /// The program's own files.
  func home() throws(Failure) -> String { try Home.folder(environment: Environment["LIEN_HOME"]) }
}
