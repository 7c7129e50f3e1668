/// What to generate: the same plan always gives the same data.
package struct DemoPlan: Sendable, Hashable {
  /// The seed of every random stream.
  package var seed: UInt64
  /// How many residences, 1 to 8.
  package var residences: Int
  /// The calendar years, in order.
  package var years: ClosedRange<Int>
  /// The factor on the number of dwellings of each residence.
  package var scale: Double

  /// Makes a plan; the default one is the sample that `lien demo` shows.
  package init(
    seed: UInt64 = 20_240_101, residences: Int = 8, years: ClosedRange<Int> = 2022...2024,
    scale: Double = 1
  ) {
    precondition((1...8).contains(residences), "the sample has one to eight residences")
    precondition(scale > 0 && scale <= 100, "the scale must be above 0 and at most 100")
    precondition(years.lowerBound >= 2020 && years.upperBound <= 2060, "years 2020 to 2060")
    self.seed = seed
    self.residences = residences
    self.years = years
    self.scale = scale
  }
}
