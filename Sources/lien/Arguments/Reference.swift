import Diagnostics

/// The whole reference in one text: a manual page, or the Markdown of `docs/cli.md`.
struct Reference {
  let program: Command
  let language: Language

  /// A manual page in troff, section 1.
  var manual: String {
    let french = language == .fr
    var out = """
      .\\" lien help man
      .TH LIEN 1 "" "lien \(version)" "\(french ? "Commandes" : "Commands")"
      .SH \(french ? "NOM" : "NAME")
      lien \\- \(Self.escaped(program.summary[language]))

      """
    let help = Help(program: program, language: language)
    for (command, path) in all {
      let name = (["lien"] + path).joined(separator: " ")
      out += ".SH \(Self.escaped(path.isEmpty ? "DESCRIPTION" : name.uppercased()))\n.nf\n"
      for line in help.text(for: command, path: path).split(
        separator: "\n", omittingEmptySubsequences: false)
      {
        out += Self.escaped(String(line)) + "\n"
      }
      out += ".fi\n"
    }
    return out
  }

  /// Markdown: the help of every command, as the program prints it.
  var markdown: String {
    let help = Help(program: program, language: language)
    var out =
      language == .fr
      ? """
      # La ligne de commande

      Cette page est écrite par `lien help markdown` : c’est l’aide du programme, commande par \
      commande.

      """
      : """
      # The command line

      This page is written by `lien help markdown`: the program’s help, command by command.

      """
    for (command, path) in all {
      let name = (["lien"] + path).joined(separator: " ")
      out += "\n\(path.count > 1 ? "###" : "##") \(name)\n\n```text\n"
      out += help.text(for: command, path: path) + "```\n"
    }
    return out
  }

  /// The program and all its commands, depth first.
  private var all: [(Command, [String])] {
    func walk(_ command: Command, _ path: [String]) -> [(Command, [String])] {
      [(command, path)] + command.subcommands.flatMap { walk($0, path + [$0.name]) }
    }
    return walk(program, [])
  }

  /// Text that troff prints as it stands.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for c in text {
      switch c {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      default: out.append(c)
      }
    }
    // A line that begins with a dot or a quote would be a request.
    return out.first == "." || out.first == "'" ? "\\&" + out : out
  }
}
