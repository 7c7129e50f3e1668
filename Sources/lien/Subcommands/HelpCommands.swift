import Diagnostics

extension Command {
  static let completions = Command(
    name: "completions",
    summary: Phrase(
      fr: "écrit les complétions d’un interpréteur de commandes",
      en: "writes the completions of a shell"),
    examples: [
      Example(
        "eval \"$(lien completions bash)\"", fr: "dans ~/.bashrc", en: "in ~/.bashrc"),
      Example(
        "lien completions fish > ~/.config/fish/completions/lien.fish", fr: "pour fish",
        en: "for fish"),
      Example(
        "lien completions zsh > ~/.zfunc/_lien", fr: "pour zsh, dans un dossier de $fpath",
        en: "for zsh, in a folder of $fpath"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "INTERPRÉTEUR", en: "SHELL"), completion: .words(["bash", "zsh", "fish"]),
        help: Phrase(fr: "bash, zsh ou fish", en: "bash, zsh or fish"))
    ],
    action: { invocation, console throws(Failure) in
      let shell = invocation.operands[0]
      let known = ["bash", "zsh", "fish"]
      guard known.contains(shell) else { throw Usage.unknownShell(shell, known: known) }
      console.write(
        ShellCompletions(program: Program.command, language: console.language).script(for: shell))
      return .done
    })

  static let help = Command(
    name: "help",
    summary: Phrase(
      fr: "aide d’une commande, ou toute l’aide en page de manuel",
      en: "help of a command, or all the help as a manual page"),
    examples: [
      Example("lien help compute", fr: "comme lien compute --help", en: "as lien compute --help"),
      Example(
        "lien help man > ~/.local/share/man/man1/lien.1",
        fr: "installe la page de manuel (man lien)", en: "installs the manual page (man lien)"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "COMMANDE", en: "COMMAND"), isRequired: false, isRepeated: true,
        completion: .words(["man", "markdown"]),
        help: Phrase(
          fr: "une commande ; « man » : page de manuel ; « markdown » : la référence entière",
          en: "a command; “man”: manual page; “markdown”: the whole reference"))
    ],
    action: { invocation, console throws(Failure) in
      let program = Program.command
      let reference = Reference(program: program, language: console.language)
      if invocation.operands == ["man"] {
        console.write(reference.manual)
        return .done
      }
      if invocation.operands == ["markdown"] {
        console.write(reference.markdown)
        return .done
      }
      var command = program
      var path: [String] = []
      for word in invocation.operands {
        guard let next = command[word] else {
          throw Usage.unknownCommand(
            word, path: path, known: command.subcommands.map(\.name) + ["man", "markdown"])
        }
        command = next
        path.append(word)
      }
      console.write(
        Help(program: program, language: console.language).text(for: command, path: path))
      return .done
    })
}
