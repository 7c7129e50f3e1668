import Diagnostics

/// Help texts, made from the declarations: examples first.
struct Help {
  let program: Command
  let language: Language
  /// Emphasises a title, on a terminal.
  var title: (String) -> String = { $0 }

  /// The help of a command; an empty path means the whole program.
  func text(for command: Command, path: [String]) -> String {
    var lines = [
      path.isEmpty
        ? say("lien \(version) : \(command.summary.fr)", "lien \(version): \(command.summary.en)")
        : (["lien"] + path).joined(separator: " ") + say(" : ", ": ") + command.summary[language]
    ]
    lines = lines.flatMap { TextLayout.wrapped($0) }
    func section(_ name: String, _ body: [String]) {
      if !body.isEmpty { lines += ["", title(name + say(" :", ":"))] + body }
    }
    section(
      say("Exemples", "Examples"),
      command.examples.flatMap { example -> [String] in
        ["  " + example.line] + TextLayout.wrapped(example.meaning[language], indent: 6)
      })
    section(say("Utilisation", "Usage"), usage(of: command, path: path))
    section(
      say("Commandes", "Commands"),
      TextLayout.table(
        command.subcommands.map { sub in
          let operands = sub.operands.map { " " + $0.shown(in: language) }.joined()
          return (sub.name + operands, sub.summary[language])
        }))
    section(
      "Arguments",
      TextLayout.table(command.operands.map { ($0.shown(in: language), $0.help[language]) }))
    section("Options", rows(of: path.isEmpty ? [] : command.options))
    for part in command.sections {
      switch part.body {
      case .text(let text):
        section(part.title[language], TextLayout.wrapped(text[language], indent: 2))
      case .rows(let rows):
        section(part.title[language], TextLayout.table(rows.map { ($0.0, $0.1[language]) }))
      }
    }
    section(say("Options communes", "Options of every command"), rows(of: program.options))
    section(say("Codes de sortie", "Exit codes"), exits(of: command, isProgram: path.isEmpty))
    section("Documentation", documentation)
    return lines.joined(separator: "\n") + "\n"
  }

  /// One or several usage lines.
  func usage(of command: Command, path: [String]) -> [String] {
    let head = (["lien"] + path).joined(separator: " ")
    var lines: [String] = []
    if command.action != nil {
      let operands = command.operands.map { " " + $0.shown(in: language) }.joined()
      lines.append("  \(head)\(operands) [OPTIONS]")
    }
    if path.isEmpty {
      lines.append("  lien \(say("COMMANDE", "COMMAND")) [ARGUMENTS] [OPTIONS]")
      lines.append("  lien \(say("COMMANDE", "COMMAND")) --help")
    } else {
      for sub in command.subcommands {
        let operands = sub.operands.map { " " + $0.shown(in: language) }.joined()
        lines.append("  \(head) \(sub.name)\(operands) [OPTIONS]")
      }
    }
    return lines
  }

  private func rows(of options: [Option]) -> [String] {
    TextLayout.table(
      options.map { option in
        let letter = option.letter.map { "-\($0), " } ?? ""
        return (letter + option.shown(in: language), option.help[language])
      })
  }

  private func exits(of command: Command, isProgram: Bool) -> [String] {
    let shown: [ExitStatus] =
      isProgram
      ? [.done, .failed, .usage, .rowsSetAside, .releaseRefused, .input, .interrupted]
      : [.done, .failed, .usage] + command.exits + [.interrupted]
    return TextLayout.table(shown.map { ("\($0.rawValue)", meaning(of: $0)) })
  }

  private func meaning(of status: ExitStatus) -> String {
    switch status {
    case .done: say("fait", "done")
    case .failed:
      say(
        "échec (définition ou base défectueuses aussi)", "failed (a broken definition or store too)"
      )
    case .usage:
      say(
        "commande mal écrite, table inconnue, ou choix nécessaire et non donné",
        "wrong usage, unknown table, or a choice that is needed and not given")
    case .rowsSetAside:
      say("fait, mais des lignes ont été mises de côté", "done, but some rows were set aside")
    case .releaseRefused:
      say("diffusion refusée par le secret statistique", "release refused by disclosure control")
    case .input:
      say(
        "fichier d’entrée absent, illisible ou hostile",
        "input missing, unreadable or hostile")
    case .interrupted: say("interrompu (Ctrl-C)", "interrupted (Ctrl-C)")
    }
  }

  private var documentation: [String] {
    TextLayout.wrapped(
      say(
        """
        Chaque commande : lien COMMANDE --help. Page de manuel : lien help man. Guides : le dossier \
        docs/ du projet. Une erreur, une question : les « issues » du dépôt du projet.
        """,
        """
        Every command: lien COMMAND --help. Manual page: lien help man. Guides: the project’s docs/ \
        folder. A bug, a question: the issues of the project’s repository.
        """), indent: 2)
  }

  private func say(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }
}
