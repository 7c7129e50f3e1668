import Diagnostics

/// What may stand in the place of a value, so that a shell can complete it.
enum Completion: Sendable {
  case nothing, file, folder
  case words([String])
}

/// An option as its command declares it. Parsing, help, completions and the manual page are all
/// made from the declaration.
struct Option: Sendable {
  /// Its long name, without dashes.
  let name: String
  /// Its one-letter name.
  var letter: Character? = nil
  /// What the help calls its value; nil for an option that takes none.
  var value: Phrase? = nil
  /// The values allowed, when they are few and known.
  var choices: [String] = []
  /// Whether it may be given several times; values separated by commas count as several.
  var isList = false
  /// How a shell completes the value.
  var completion = Completion.nothing
  /// What it does.
  let help: Phrase

  /// What a shell offers for the value.
  var offered: Completion { choices.isEmpty ? completion : .words(choices) }

  /// `--period P`, as help and usage show it.
  func shown(in language: Language) -> String {
    let head = "--" + name
    if !choices.isEmpty { return head + " " + choices.joined(separator: "|") }
    guard let value else { return head }
    return head + " " + value[language] + (isList ? ",…" : "")
  }
}

/// A positional argument.
struct Operand: Sendable {
  /// What usage calls it, in capitals.
  let name: Phrase
  /// Whether the command needs it.
  var isRequired = true
  /// Whether several may follow each other; only the last operand may.
  var isRepeated = false
  /// How a shell completes it.
  var completion = Completion.nothing
  /// What it stands for.
  let help: Phrase

  /// `FICHIER…` or `[DOSSIER]`.
  func shown(in language: Language) -> String {
    let word = name[language] + (isRepeated ? "…" : "")
    return isRequired ? word : "[" + word + "]"
  }
}

/// A command line that works, with what it does.
struct Example: Sendable {
  let line: String
  let meaning: Phrase

  init(_ line: String, fr: String, en: String) {
    self.line = line
    meaning = Phrase(fr: fr, en: en)
  }
}

/// A titled part of a help text: paragraphs or a table of two columns.
struct HelpSection: Sendable {
  enum Body: Sendable {
    case text(Phrase)
    case rows([(String, Phrase)])
  }
  let title: Phrase
  let body: Body
}

/// A command, declared as data.
struct Command: Sendable {
  typealias Action = @Sendable (Invocation, Console) throws(Failure) -> ExitStatus

  /// The word that names it.
  let name: String
  /// One line on what it does.
  let summary: Phrase
  /// Command lines to start from.
  var examples: [Example] = []
  /// Positional arguments, in order.
  var operands: [Operand] = []
  /// Options beside those of every command.
  var options: [Option] = []
  /// Commands under this one.
  var subcommands: [Command] = []
  /// What an analyst needs to know to use it.
  var sections: [HelpSection] = []
  /// Exit codes that matter here, beside 0, 1 and 2.
  var exits: [ExitStatus] = []
  /// What it does; nil for a command that only holds others.
  var action: Action? = nil

  /// A command under this one.
  subscript(word: String) -> Command? { subcommands.first { $0.name == word } }
}
