/// Why a statistic has no value.
///
/// A statistic is a number or one of these reasons: never NaN, never 0 in place of "nobody". NaN
/// stands only in arrays that are given, for an answer that is not known.
public enum Undefined: Error, Sendable, Hashable {
  /// Nothing was observed: nobody, no session, no known answer.
  case nothingObserved
  /// Fewer observations than the statistic needs.
  case tooFew(found: Int, needed: Int)
  /// The total to divide by is zero.
  case zeroTotal
  /// A value is negative where only amounts have a meaning.
  case negative
  /// All values are equal, where the statistic rests on how they differ.
  case noVariation
  /// Nobody is tied to anybody.
  case noTies
  /// All whom the statistic compares are of one group.
  case oneGroup
  /// No pair changed from one measure to the next.
  case nothingChanged
  /// The value looked for lies beyond what was observed (a median that too few have reached).
  case notReached
  /// A stratum has a single cluster, so that its variance is not known.
  case singleCluster(stratum: Int)
  /// Margins that weights are to meet add up to different totals.
  case marginTotalsDiffer(Double, Double)
  /// People are expected in a class of which there is no respondent.
  case nobodyInClass(margin: Int, level: Int)
  /// A respondent is of a class for which the margin has no target, or the target zero.
  case noTargetForClass(margin: Int, level: Int)
  /// No weights meet all margins: the greatest distance left, in people.
  case marginsNotMet(Double)
  /// A weight is larger than it may be: the greatest, the mean weight being 1.
  case weightTooLarge(Double)
  /// A number is outside what it may be (an answer that the question does not offer, a share over
  /// 1): its place, from 0.
  case outOfRange(Int)
}
