/// How answers to the items of a scale become a score: a value, made from data.
///
/// A score is never imputed: a person with too few answers has none (`tooFew`), and an answer that
/// the question does not offer is refused (`outOfRange`), never scored.
public struct ScoringRule: Sendable, Hashable {
  /// What an item's answers count.
  public struct Item: Sendable, Hashable {
    /// The codes that the question offers, and the points that each gives.
    public let points: [Double: Double]

    /// An item whose codes give other points (a cut between "no" and the rest).
    public init(points: [Double: Double]) { self.points = points }

    /// An item of whole codes, as they are, or reversed: low + high − code.
    public init(codes: ClosedRange<Int>, isReversed: Bool = false) {
      points = Dictionary(
        uniqueKeysWithValues: codes.map { code in
          let given = Double(code)
          return (
            given, isReversed ? Double(codes.lowerBound) + Double(codes.upperBound) - given : given
          )
        })
    }
  }

  /// How points are put together.
  public enum Total: String, Sendable, Hashable {
    /// Their sum, over the items answered: unanswered ones add nothing.
    case sum
    /// Their mean over the items answered.
    case mean
    /// Their mean times the number of items: a sum as if the others had been answered alike.
    case prorated
  }

  /// Items of which a least number must be answered (a domain of the scale, or the whole).
  public struct Requirement: Sendable, Hashable {
    /// The items, by place.
    public let items: [Int]
    /// How many of them at least.
    public let answered: Int

    /// Makes a requirement.
    public init(items: [Int], answered: Int) {
      self.items = items
      self.answered = answered
    }
  }

  /// The items, in the order in which answers are given.
  public let items: [Item]
  /// How points are put together.
  public let total: Total
  /// What must be answered for there to be a score.
  public let requirements: [Requirement]
  /// What the total is multiplied by.
  public let factor: Double
  /// The decimals that the score is rounded to, halves away from zero; nil: as it is.
  public let decimals: Int?
  /// The score of each total, for scales read off a table; empty: the total itself.
  public let table: [Double: Double]

  /// Makes a rule.
  public init(
    items: [Item], total: Total, requirements: [Requirement], factor: Double = 1,
    decimals: Int? = nil, table: [Double: Double] = [:]
  ) {
    self.items = items
    self.total = total
    self.requirements = requirements
    self.factor = factor
    self.decimals = decimals
    self.table = table
  }

  /// The score of one person's answers, one an item (NaN: no answer).
  ///
  /// Undefined: `outOfRange` with the item's place for an answer that is not offered (and with the
  /// number of items for a total that the table lacks); `nothingObserved` for no answer at all;
  /// `tooFew` where a requirement is not met.
  public func score(_ answers: [Double]) throws(Undefined) -> Double {
    precondition(answers.count == items.count, "one answer an item")
    var (sum, count) = (0.0, 0)
    for (i, answer) in answers.enumerated() where !answer.isNaN {
      guard let points = items[i].points[answer] else { throw .outOfRange(i) }
      sum += points
      count += 1
    }
    guard count > 0 else { throw .nothingObserved }
    for requirement in requirements {
      let found = requirement.items.count { !answers[$0].isNaN }
      guard found >= requirement.answered else {
        throw .tooFew(found: found, needed: requirement.answered)
      }
    }
    var score =
      switch total {
      case .sum: sum
      case .mean: sum / Double(count)
      case .prorated: sum / Double(count) * Double(items.count)
      }
    score *= factor
    if !table.isEmpty {
      guard let converted = table[score] else { throw .outOfRange(items.count) }
      score = converted
    }
    return decimals.map { Self.rounded(score, $0) } ?? score
  }

  /// The scores of many people, NaN where there is none, for further estimates; answers are given
  /// a column an item. The first answer that no question offers stops it all (`outOfRange` with
  /// the person's place): such a file is to be refused before it is scored.
  public func scores(_ columns: [[Double]]) throws(Undefined) -> [Double] {
    precondition(columns.count == items.count, "one column an item")
    var out: [Double] = []
    var answers = [Double](repeating: .nan, count: items.count)
    for person in 0..<(columns.first?.count ?? 0) {
      for i in columns.indices { answers[i] = columns[i][person] }
      do throws(Undefined) {
        out.append(try score(answers))
      } catch .outOfRange {
        throw .outOfRange(person)
      } catch {
        out.append(.nan)
      }
    }
    return out
  }

  private static func rounded(_ x: Double, _ decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    // A half that a division has missed by its last digit is still a half.
    return (x * scale * (1 + 1e-14)).rounded(.toNearestOrAwayFromZero) / scale
  }
}
