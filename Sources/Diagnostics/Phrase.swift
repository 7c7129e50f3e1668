/// The language in which a person reads messages and pages.
public enum Language: String, Sendable, CaseIterable, Codable {
  case fr, en
}

/// A text in both languages of the program.
public struct Phrase: Sendable, Hashable, Codable {
  /// The French text, shown by default.
  public let fr: String
  /// The English text, shown with `--lang en`.
  public let en: String

  /// Makes a phrase from its two texts.
  public init(fr: String, en: String) {
    self.fr = fr
    self.en = en
  }

  /// Makes a phrase that reads the same in both languages (a code, a file name).
  public init(same text: String) {
    self.init(fr: text, en: text)
  }

  /// The text in `language`.
  public subscript(language: Language) -> String {
    switch language {
    case .fr: fr
    case .en: en
    }
  }
}
