package import Diagnostics

/// A number that a formula calls by name: a threshold, a cap, a number of draws.
package struct Parameter: Sendable, Hashable {
  /// The number that the definition gives.
  package let standard: Double
  /// The numbers that it may be.
  package let range: ClosedRange<Double>
  /// Whether only whole numbers make sense.
  package let isWhole: Bool
  /// The number that the formula is computed with: the default unless the project sets another.
  package var value: Double

  /// A parameter at its default.
  package init(_ standard: Double, in range: ClosedRange<Double>, isWhole: Bool = false) {
    self.standard = standard
    self.range = range
    self.isWhole = isWhole
    value = standard
  }

  /// Whether the project computes with a number of its own.
  package var isSet: Bool { value != standard }

  /// Whether a number may stand here.
  func allows(_ number: Double) -> Bool {
    range.contains(number) && (!isWhole || number == number.rounded())
  }

  /// What may stand here, in words.
  var allowed: Phrase {
    let ends = [Language.fr, .en].map { language in
      (
        ParameterText.text(range.lowerBound, language),
        ParameterText.text(range.upperBound, language)
      )
    }
    return Phrase(
      fr: "un nombre\(isWhole ? " entier" : "") de \(ends[0].0) à \(ends[0].1)",
      en: "a \(isWhole ? "whole " : "")number from \(ends[1].0) to \(ends[1].1)")
  }
}

extension IndicatorDefinition {
  /// The parameters with their numbers, by name, and the default of those that the project sets;
  /// empty without any.
  package func parameterList(_ language: Language) -> String {
    parameters.sorted { $0.key < $1.key }.map { name, parameter in
      let text = "\(name) = \(ParameterText.text(parameter.value, language))"
      guard parameter.isSet else { return text }
      let standard = ParameterText.text(parameter.standard, language)
      return text
        + (language == .fr
          ? " (fixé par le projet ; par défaut \(standard))"
          : " (set by the project; default \(standard))")
    }.joined(separator: ", ")
  }

  /// The version with the numbers that the project sets, `1+seuil=6`: with other numbers it is
  /// another definition.
  package var fullVersion: String {
    String(version) + settings
  }

  /// The identifier with those numbers, `densite+seuil=6`: values under other numbers are of
  /// another thing, whatever the version.
  package var fullID: String { id + settings }

  private var settings: String {
    let set = parameters.filter(\.value.isSet).sorted { $0.key < $1.key }.map { name, parameter in
      "\(name)=\(ParameterText.text(parameter.value, .en))"
    }
    return set.isEmpty ? "" : "+" + set.joined(separator: ",")
  }

  /// The formula with the numbers of its parameters, for readers.
  package var filledFormula: String {
    parameters.sorted { $0.key.count > $1.key.count }.reduce(formula) { text, parameter in
      text.split(separator: "$" + parameter.key, omittingEmptySubsequences: false)
        .joined(separator: ParameterText.text(parameter.value.value, .en))
    }
  }
}
