/// What a data file may hold at one place: the keys it knows, nested.
public indirect enum Shape: Sendable {
  /// A string, a number or a truth value.
  case scalar
  /// Anything at all.
  case any
  /// An object with known keys; `required` ones must be present.
  case object([String: Shape], required: [String])
  /// An object whose keys are the author's own words.
  case map(Shape)
  /// A list of one shape.
  case list(Shape)

  /// A text in French and in English.
  public static let phrase = Shape.object(["fr": .scalar, "en": .scalar], required: ["fr", "en"])
}
