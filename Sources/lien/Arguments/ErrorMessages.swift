import Diagnostics

/// What the program says of a command line that it does not understand.
enum Usage {
  static func unknownCommand(_ word: String, path: [String], known: [String]) -> Failure {
    failure(
      "usage.unknown-command", path, fr: "commande inconnue : « \(word) »",
      en: "unknown command: “\(word)”", suggestion: Suggestion.nearest(to: word, among: known))
  }

  static func unknownOption(_ word: String, path: [String], known: [String]) -> Failure {
    let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
    return failure(
      "usage.unknown-option", path, fr: "option inconnue : \(name)",
      en: "unknown option: \(name)", suggestion: Suggestion.nearest(to: name, among: known))
  }

  static func valueMissing(_ option: Option, path: [String]) -> Failure {
    failure(
      "usage.value-missing", path, fr: "l’option --\(option.name) attend une valeur",
      en: "the option --\(option.name) needs a value")
  }

  static func valueNotTaken(_ option: Option, path: [String]) -> Failure {
    failure(
      "usage.value-not-taken", path, fr: "l’option --\(option.name) ne prend pas de valeur",
      en: "the option --\(option.name) takes no value")
  }

  static func givenTwice(_ option: Option, path: [String]) -> Failure {
    failure(
      "usage.given-twice", path, fr: "l’option --\(option.name) est donnée deux fois",
      en: "the option --\(option.name) is given twice")
  }

  static func notAChoice(_ value: String, _ option: Option, path: [String]) -> Failure {
    let all = option.choices.joined(separator: ", ")
    return failure(
      "usage.not-a-choice", path,
      fr: "« \(value) » n’est pas un choix de --\(option.name) (\(all))",
      en: "“\(value)” is not a choice of --\(option.name) (\(all))",
      suggestion: Suggestion.nearest(to: value, among: option.choices))
  }

  static func unexpected(_ word: String, path: [String]) -> Failure {
    failure(
      "usage.unexpected", path, fr: "argument en trop : « \(word) »",
      en: "unexpected argument: “\(word)”")
  }

  static func missing(_ operand: Operand, path: [String]) -> Failure {
    failure(
      "usage.missing", path, fr: "il manque \(operand.name.fr)",
      en: "\(operand.name.en) is missing")
  }

  static func unknownShell(_ word: String, known: [String]) -> Failure {
    let all = known.joined(separator: ", ")
    return failure(
      "usage.unknown-shell", ["completions"], fr: "interpréteur inconnu : « \(word) » (\(all))",
      en: "unknown shell: “\(word)” (\(all))",
      suggestion: Suggestion.nearest(to: word, among: known))
  }

  static func onlyOneFile(_ option: String, path: [String]) -> Failure {
    failure(
      "usage.only-one-file", path, fr: "\(option) ne va qu’avec une seule feuille",
      en: "\(option) goes with one sheet only")
  }

  static func notANumber(_ word: String, path: [String]) -> Failure {
    failure(
      "usage.not-a-number", path, fr: "« \(word) » n’est pas un numéro d’import",
      en: "“\(word)” is not the number of an import")
  }

  /// Options that cannot go together.
  static func notTogether(_ a: String, _ b: String, path: [String]) -> Failure {
    failure(
      "usage.not-together", path, fr: "\(a) et \(b) ne vont pas ensemble",
      en: "\(a) and \(b) do not go together")
  }

  /// An option that means something only with another.
  static func needs(_ option: String, _ other: String, path: [String]) -> Failure {
    failure(
      "usage.needs", path, fr: "\(option) ne va qu’avec \(other)",
      en: "\(option) goes only with \(other)")
  }

  private static func failure(
    _ code: String, _ path: [String], fr: String, en: String, suggestion: String? = nil
  ) -> Failure {
    let help = (["lien"] + path + ["--help"]).joined(separator: " ")
    let remedy =
      suggestion.map {
        Phrase(
          fr: "vouliez-vous dire « \($0) » ? Sinon : \(help)",
          en: "did you mean “\($0)”? Otherwise: \(help)")
      } ?? Phrase(fr: "voyez : \(help)", en: "see: \(help)")
    return Failure(.usage, code: code, fr: fr, en: en, remedy: remedy)
  }
}
