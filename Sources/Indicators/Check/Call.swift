import Diagnostics

/// A call with its arguments, and the checks common to all.
struct Call {
  var name: String
  var first: SyntaxArgument
  var arguments: [SyntaxArgument]
  var offset: Int

  /// The value of a labelled argument.
  func labelled(_ label: String) -> Syntax? { arguments.first { $0.label == label }?.value }

  /// Refuses labels that the function does not know and arguments it does not take.
  func allow(labels: [String], positional: Int) throws(FormulaError) {
    for argument in arguments {
      if let label = argument.label, !labels.contains(label) {
        throw FormulaError(
          at: argument.value.offset, code: "formula.label",
          fr: "« \(name) » n’a pas d’argument « \(label) »",
          en: "“\(name)” has no argument “\(label)”",
          remedy: Suggestion.nearest(to: label, among: labels).map {
            Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
          })
      }
    }
    // What stands after a labelled value would be dropped without a word.
    for argument in arguments where argument.label != nil {
      guard let stray = argument.filter ?? argument.key ?? argument.among else { continue }
      throw FormulaError(
        at: stray.offset, code: "formula.arguments",
        fr: "« where », « per » et « among » vont avec le premier argument",
        en: "“where”, “per” and “among” go with the first argument")
    }
    let unlabelled = arguments.filter { $0.label == nil }
    if unlabelled.count > positional {
      throw FormulaError(
        at: unlabelled[positional].value.offset, code: "formula.arguments",
        fr: "« \(name) » : un argument de trop", en: "“\(name)”: one argument too many")
    }
  }

  /// A whole number given by label.
  func whole(_ label: String) throws(FormulaError) -> Int {
    if case .number(let value, _)? = labelled(label), value >= 1, value == value.rounded(),
      value < 1e6
    {
      return Int(value)
    }
    throw FormulaError(
      at: labelled(label)?.offset ?? offset, code: "formula.arguments",
      fr: "« \(label): » demande un nombre entier positif",
      en: "“\(label):” needs a positive whole number")
  }

  /// A number from 0 on given by label.
  func number(_ label: String, example: some CustomStringConvertible) throws(FormulaError) -> Double
  {
    if case .number(let value, _)? = labelled(label), value >= 0, value < 1e6 { return value }
    throw FormulaError(
      at: labelled(label)?.offset ?? offset, code: "formula.arguments",
      fr: "« \(label): » demande un nombre, comme \(example)",
      en: "“\(label):” needs a number, such as \(example)")
  }

  /// A word given by label, one of some.
  func word(_ label: String, among known: [String]) throws(FormulaError) -> String {
    if case .path(let parts, _)? = labelled(label), parts.count == 1, known.contains(parts[0]) {
      return parts[0]
    }
    var written: String?
    if case .path(let parts, _)? = labelled(label) { written = parts.joined(separator: ".") }
    let list = known.joined(separator: ", ")
    throw FormulaError(
      at: labelled(label)?.offset ?? offset, code: "formula.word",
      fr: "« \(label): » demande un de ces mots : \(list)",
      en: "“\(label):” needs one of these words: \(list)",
      remedy: written.flatMap { Suggestion.nearest(to: $0, among: known) }.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      })
  }

  /// A fraction between 0 and 1 given by position, or what is left of 1 without it.
  func fraction(_ index: Int) throws(FormulaError) -> Double {
    if index < arguments.count {
      switch arguments[index].value {
      case .number(let value, _) where value > 0 && value < 1: return value
      case .binary("-", .number(1, _), .number(let value, _), _) where value > 0 && value < 1:
        return 1 - value
      default: break
      }
    }
    throw FormulaError(
      at: offset, code: "formula.arguments",
      fr: "« \(name) » demande une fraction entre 0 et 1, comme 0.25",
      en: "“\(name)” needs a fraction between 0 and 1, such as 0.25")
  }
}
