/// What is known about a name typed on a sheet.
package struct Answer: Sendable {
  /// The three answers.
  package enum Status: String, Sendable {
    /// The person named is the first candidate.
    case sure
    /// It may be one of the candidates, or somebody else: a person decides.
    case unsure
    /// Nobody of the register.
    case new
  }

  /// Why, in a stable code.
  package enum Reason: String, Sendable {
    // Sure.
    case exact, spelling, slip, initial, relative, clue
    case shortForm = "short-form"
    case partOfName = "part-of-name"
    case titleAndSurname = "title-and-surname"
    // Unsure.
    case homonyms
    case severalPeople = "several-people"
    case nobodyNamed = "nobody-named"
    case givenOnly = "given-name-only"
    case surnameOnly = "surname-only"
    case severalPossible = "several-possible"
    case notCloseEnough = "not-close-enough"
    case sexDiffers = "sex-differs"
    case flatDiffers = "flat-differs"
    case ageDiffers = "age-differs"
    case anotherName = "name-of-its-own"
    case outsiderOfThatName = "outsider-of-that-name"
    // New.
    case noMatch = "no-match"
    case givenDiffers = "given-name-differs"
    case outsider = "not-a-resident"
  }

  /// A person it may be.
  package struct Candidate: Sendable {
    /// The person's place in the register.
    package let person: Int
    /// How likely, from 0 to 1.
    package let score: Double
  }

  /// The answer.
  package var status: Status
  /// Why.
  package var reason: Reason
  /// Who it may be, most likely first; at most eight.
  package var candidates: [Candidate]
  /// Whether somebody not named came along (`+ fille`).
  package var hasCompany = false
  /// How many people the line stands for, when it says (a couple).
  package var peopleNamed = 1

  /// The likelihood of the first candidate.
  package var score: Double { candidates.first?.score ?? 0 }
}
