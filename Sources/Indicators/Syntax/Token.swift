/// A word of a formula and where it begins.
struct Token: Equatable {
  /// What kind of word it is.
  enum Kind: Equatable {
    /// A name or a dotted path: `attendance.session.theme`.
    case name([String])
    case number(Double)
    case string(String)
    /// A number that the definition names: `$seuil`.
    case parameter(String)
    /// An operator or a bracket.
    case symbol(String)
    case end
  }

  var kind: Kind
  /// The 0-based offset in characters.
  var offset: Int
  /// As written, for messages.
  var text: String
}
