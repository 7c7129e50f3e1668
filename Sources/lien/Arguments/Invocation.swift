import Diagnostics

/// A command line that was understood.
struct Invocation: Sendable {
  /// The words that led to the command, without the program's name.
  var path: [String] = []
  /// Positional arguments.
  var operands: [String] = []
  /// Options given, by name; an option without a value holds none.
  var options: [String: [String]] = [:]

  /// Whether an option was given.
  func has(_ option: String) -> Bool { options[option] != nil }

  /// The value of an option.
  subscript(option: String) -> String? { options[option]?.last }

  /// All values of an option that takes a list.
  func list(_ option: String) -> [String] { options[option] ?? [] }
}

/// What the parser found.
enum Parsed {
  case help(Command, path: [String])
  case version
  case run(Command, Invocation)
  /// No command was named.
  case nothing(Command, path: [String])
}

/// Reads command lines by the declarations of a program.
struct Parser {
  /// The program: its subcommands, and the options that every command has.
  let program: Command

  /// Reads the arguments that follow the program's name.
  ///
  /// - Throws: `Failure` with status `usage`.
  func parse(_ arguments: [String]) throws(Failure) -> Parsed {
    var command = program
    var found = Invocation()
    if let help = helpAsked(arguments) { return help }
    var rest = arguments[...]
    var onlyOperands = false
    while let word = rest.popFirst() {
      if onlyOperands || word == "-" || !word.hasPrefix("-") {
        if !onlyOperands, found.operands.isEmpty, let next = command[word] {
          command = next
          found.path.append(word)
        } else if !command.operands.isEmpty {
          found.operands.append(word)
        } else if command.subcommands.isEmpty {
          throw Usage.unexpected(word, path: found.path)
        } else {
          throw Usage.unknownCommand(
            word, path: found.path, known: command.subcommands.map(\.name))
        }
      } else if word == "--" {
        onlyOperands = true
      } else {
        try readOption(word, of: command, &rest, into: &found)
      }
    }
    if found.has("version") { return .version }
    if command.action == nil { return .nothing(command, path: found.path) }
    try checkOperands(of: command, found)
    return .run(command, found)
  }

  /// Help wins over everything else on the line, so that it is never hidden behind an error.
  private func helpAsked(_ arguments: [String]) -> Parsed? {
    let words = arguments.prefix { $0 != "--" }
    guard words.contains("--help") || words.contains("-h") else { return nil }
    var command = program
    var path: [String] = []
    for word in words {
      if let next = command[word] {
        command = next
        path.append(word)
      }
    }
    return .help(command, path: path)
  }

  private func readOption(
    _ word: String, of command: Command, _ rest: inout ArraySlice<String>,
    into found: inout Invocation
  ) throws(Failure) {
    let known = command.options + program.options
    let option: Option?
    var inline: String?
    if word.hasPrefix("--") {
      let parts = word.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? ""
      inline = parts.count == 2 ? String(parts[1]) : nil
      option = known.first { $0.name == name }
    } else {
      option = word.count == 2 ? known.first { $0.letter == word.last } : nil
    }
    guard let option else {
      throw Usage.unknownOption(word, path: found.path, known: known.map { "--" + $0.name })
    }
    guard option.value != nil || !option.choices.isEmpty else {
      if inline != nil { throw Usage.valueNotTaken(option, path: found.path) }
      found.options[option.name, default: []] = []
      return
    }
    let value: String
    if let inline {
      value = inline
    } else if let next = rest.first, next == "-" || !next.hasPrefix("-") {
      value = next
      rest.removeFirst()
    } else {
      throw Usage.valueMissing(option, path: found.path)
    }
    if found.has(option.name), !option.isList {
      throw Usage.givenTwice(option, path: found.path)
    }
    let values =
      option.isList ? value.split(separator: ",").map { Self.trimmed($0) } : [value]
    if values.isEmpty || values.contains("") {
      throw Usage.valueMissing(option, path: found.path)
    }
    for value in values where !option.choices.isEmpty && !option.choices.contains(value) {
      throw Usage.notAChoice(value, option, path: found.path)
    }
    found.options[option.name, default: []] += values
  }

  private func checkOperands(of command: Command, _ found: Invocation) throws(Failure) {
    let required = command.operands.filter(\.isRequired).count
    if found.operands.count < required {
      throw Usage.missing(command.operands[found.operands.count], path: found.path)
    }
    let isOpen = command.operands.last?.isRepeated ?? false
    if !isOpen, found.operands.count > command.operands.count {
      throw Usage.unexpected(found.operands[command.operands.count], path: found.path)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
