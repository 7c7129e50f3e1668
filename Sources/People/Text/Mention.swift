/// The sex that a title, a register or a given name tells.
package enum Sex: Sendable, Hashable { case woman, man }

/// What a cell of a sheet says about who was there.
struct Mention: Sendable, Hashable {
  /// What kind of thing it names.
  enum Kind: Sendable, Hashable {
    case person
    /// A couple or a family on one line: `people` holds those that are named.
    case several
    /// Somebody who is there for work, or a guest.
    case outsider
    /// Nobody that can be told: `?`, illegible, a relative without a name.
    case nobody
  }

  var kind = Kind.person
  /// The words of the name, in their order.
  var words: [NameWord] = []
  /// How many words stand before a comma.
  var comma: Int?
  /// What follows « née », « épouse ».
  var otherSurname: [NameWord] = []
  /// What follows « dit », or a name in brackets.
  var alias: [NameWord] = []
  /// What a title tells.
  var sex: Sex?
  /// Whether a title is there, which children have not.
  var hasTitle = false
  /// Whether the first word is « M », a title or an initial.
  var mayBeginWithTitle = false
  /// Signs that may be a flat, folded.
  var flats: [String] = []
  /// The last nine digits of a telephone.
  var phone: String?
  /// The age in years.
  var age: Int?
  /// The year of birth.
  var birthYear: Int?
  /// The person that this one is said to be a relative of.
  var relativeOf: [NameWord] = []
  /// Whether others, not named, came along.
  var hasCompany = false
  /// Of a line with several people, each.
  var people: [Mention] = []
}
