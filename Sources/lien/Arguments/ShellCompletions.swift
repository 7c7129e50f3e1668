import Diagnostics

/// Completion scripts for shells, made from the declarations.
struct ShellCompletions {
  let program: Command
  let language: Language

  /// The script for a shell: `bash`, `zsh` or `fish`.
  func script(for shell: String) -> String {
    switch shell {
    case "zsh": zsh
    case "fish": fish
    default: bash
    }
  }

  /// Commands with the words that lead to them.
  private var commands: [(path: String, command: Command)] {
    func walk(_ command: Command, _ path: [String]) -> [(String, Command)] {
      [(path.joined(separator: " "), command)]
        + command.subcommands.flatMap { walk($0, path + [$0.name]) }
    }
    return walk(program, []).map { (path: $0.0, command: $0.1) }
  }

  private func options(of command: Command) -> [Option] { command.options + program.options }

  private var bash: String {
    var words = ""
    var values = ""
    for (path, command) in commands {
      let offered =
        command.subcommands.map(\.name) + options(of: command).map { "--" + $0.name }
        + command.operands.flatMap { Self.words(of: $0.completion) }
      words += "    '\(path)') words='\(offered.joined(separator: " "))' ;;\n"
      for option in options(of: command) {
        switch option.offered {
        case .words(let list):
          values += "    '\(path) --\(option.name)') words='\(list.joined(separator: " "))' ;;\n"
        case .file: values += "    '\(path) --\(option.name)') compopt -o default; return ;;\n"
        case .folder:
          values += "    '\(path) --\(option.name)') compopt -o dirnames; return ;;\n"
        case .nothing:
          if option.value != nil { values += "    '\(path) --\(option.name)') return ;;\n" }
        }
      }
    }
    let known = commands.map { "'\($0.path)'" }.filter { $0 != "''" }.joined(separator: "|")
    return """
      # bash completion for lien. In ~/.bashrc: eval "$(lien completions bash)"
      _lien() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local path='' words='' i
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "${path:+$path }${COMP_WORDS[i]}" in
            \(known)) path="${path:+$path }${COMP_WORDS[i]}" ;;
          esac
        done
        case "$path $previous" in
      \(values)  esac
        if [[ -z $words ]]; then
          case "$path" in
      \(words)    esac
          [[ $current == -* ]] || compopt -o default
        fi
        COMPREPLY=($(compgen -W "$words" -- "$current"))
      }
      complete -F _lien lien

      """
  }

  private var zsh: String {
    var cases = ""
    for (path, command) in commands {
      let subs = command.subcommands.map { "'\($0.name):\(Self.quoted($0.summary[language]))'" }
      let options = options(of: command).map { option in
        var spec = "--\(option.name)"
        let help = Self.quoted(option.help[language]).replacing("[", with: "(")
          .replacing("]", with: ")").replacing(":", with: "\\:")
        if option.value != nil || !option.choices.isEmpty { spec += "=" }
        spec += "[\(help)]"
        switch option.offered {
        case .words(let list): spec += ":valeur:(\(list.joined(separator: " ")))"
        case .file: spec += ":fichier:_files"
        case .folder: spec += ":dossier:_files -/"
        case .nothing: if option.value != nil { spec += ":valeur: " }
        }
        return "'\(spec)'"
      }
      let words = command.operands.flatMap { Self.words(of: $0.completion) }
      cases += "    '\(path)')\n"
      cases += "      commands=(\(subs.joined(separator: " ")))\n"
      cases += "      (( $#commands )) && _describe commande commands\n"
      let operand =
        words.isEmpty ? "'*:fichier:_files'" : "'*:valeur:(\(words.joined(separator: " ")))'"
      let rest = command.operands.isEmpty ? "" : " " + operand
      cases += "      _arguments \(options.joined(separator: " "))\(rest) ;;\n"
    }
    let known = commands.map { "'\($0.path)'" }.filter { $0 != "''" }.joined(separator: "|")
    return """
      #compdef lien
      # zsh completion for lien: lien completions zsh > a folder of $fpath, as _lien
      _lien() {
        local taken='' i
        local -a commands
        for ((i = 2; i < CURRENT; i++)); do
          case "${taken:+$taken }$words[i]" in
            \(known)) taken="${taken:+$taken }$words[i]" ;;
          esac
        done
        case "$taken" in
      \(cases)  esac
      }
      if [[ $funcstack[1] == _lien ]]; then _lien "$@"; else compdef _lien lien; fi

      """
  }

  private var fish: String {
    var out = """
      # fish completion for lien: lien completions fish > ~/.config/fish/completions/lien.fish
      complete -c lien -f

      """
    for (path, command) in commands {
      let words = path.split(separator: " ").map(String.init)
      var condition = words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
      if path.isEmpty { condition = "__fish_use_subcommand" }
      for sub in command.subcommands {
        out += "complete -c lien -n '\(condition)' -a \(sub.name)"
        out += " -d '\(Self.quoted(sub.summary[language]))'\n"
      }
      for operand in command.operands {
        switch operand.completion {
        case .words(let list):
          out += "complete -c lien -n '\(condition)' -a '\(list.joined(separator: " "))'\n"
        case .file, .folder: out += "complete -c lien -n '\(condition)' -F\n"
        case .nothing: break
        }
      }
      for option in path.isEmpty ? program.options : command.options {
        let scope = path.isEmpty ? "" : " -n '\(condition)'"
        out += "complete -c lien\(scope) -l \(option.name)"
        if let letter = option.letter { out += " -s \(letter)" }
        switch option.offered {
        case .words(let list): out += " -x -a '\(list.joined(separator: " "))'"
        case .file, .folder: out += " -r -F"
        case .nothing: if option.value != nil { out += " -x" }
        }
        out += " -d '\(Self.quoted(option.help[language]))'\n"
      }
    }
    return out
  }

  private static func words(of completion: Completion) -> [String] {
    if case .words(let list) = completion { list } else { [] }
  }

  /// Text inside single quotes of a shell.
  private static func quoted(_ text: String) -> String { text.replacing("'", with: "’") }
}
