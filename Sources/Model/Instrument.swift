public import Diagnostics

/// A questionnaire whose answers become scores: items, what each answer counts, scoring rules and
/// cut-offs, with source and licence.
public struct Instrument: Sendable {
  /// Its name, in the column `instrument` of answers.
  public let name: String
  /// Its code in the catalogue, such as `SC-04`.
  public let catalogue: String
  /// The version of its file.
  public let version: Int
  /// Its title.
  public let title: Phrase
  /// What it measures, and what to beware of.
  public let description: Phrase
  /// The time that questions are about ("the last two weeks"); nil when they name none.
  public let period: Phrase?
  /// Where items and scoring come from.
  public let source: String
  /// Who may use it, and how.
  public let licence: Phrase
  /// The line that must stand wherever the questionnaire or its results are shown.
  public let copyright: String?
  /// What is known of the French wording.
  public let translation: Translation
  /// The items, in the order in which they are asked.
  public let items: [Item]
  /// The scores.
  public let scales: [Scale]

  /// What is known of the French wording of items. Only an official one is shown as such.
  public enum Translation: String, Sendable, Decodable, CaseIterable {
    /// As its owner publishes it, checked against the publication.
    case official
    /// Not checked against an official publication: to be replaced or confirmed before use.
    case unverified
    /// The instrument is French, or its questions are this project's own.
    case original
    /// None: the wording is to be asked of the owner.
    case none
  }

  /// One question.
  public struct Item: Sendable {
    /// Its name, in the column `item` of answers.
    public let name: String
    /// A short label.
    public let label: Phrase
    /// The question as asked, where it may be printed.
    public let wording: [Language: String]
    /// The answers offered, in order.
    public let answers: [Answer]

    /// The codes offered.
    public var codes: [Double] { answers.map(\.code) }
  }

  /// One answer that a question offers.
  public struct Answer: Sendable, Decodable {
    /// Its code, as stored.
    public let code: Double
    /// Its wording; nil for the steps between two named ends.
    public let label: Phrase?
  }

  /// How points become a score.
  public enum Total: String, Sendable, Decodable, CaseIterable {
    /// Their sum.
    case sum
    /// Their mean over the items answered.
    case mean
    /// Their mean times the number of items.
    case prorated
  }

  /// One score of the instrument.
  public struct Scale: Sendable {
    /// Its name.
    public let name: String
    /// Its title.
    public let title: Phrase
    /// Its items, in the order of the instrument.
    public let items: [ScaledItem]
    /// How points become a score.
    public let total: Total
    /// What must be answered for there to be a score.
    public let requirements: [Requirement]
    /// What the total is multiplied by.
    public let factor: Double
    /// The decimals that the score is rounded to; nil: as it is.
    public let decimals: Int?
    /// The score of each total, ascending, for scales read off a table; empty: the total itself.
    public let table: [(total: Double, score: Double)]
    /// Whether more is better; nil when neither is.
    public let isHigherBetter: Bool?
    /// Named parts of the range; they may overlap.
    public let cutoffs: [Cutoff]

    /// The least and the greatest score of somebody who answers all items.
    public let range: ClosedRange<Double>

    /// The cut-offs that a score meets.
    public func cutoffs(of score: Double) -> [Cutoff] { cutoffs.filter { $0.holds(score) } }
  }

  /// An item as a scale counts it.
  public struct ScaledItem: Sendable {
    /// The item.
    public let name: String
    /// The points of each code that it offers.
    public let points: [Double: Double]
  }

  /// Items of which a least number must be answered.
  public struct Requirement: Sendable {
    /// The items, by place in the scale.
    public let items: [Int]
    /// How many of them at least.
    public let answered: Int
  }

  /// A part of a scale's range that has a name.
  public struct Cutoff: Sendable {
    /// Its name in formulas.
    public let name: String
    /// Its label.
    public let label: Phrase
    /// Its bounds, both included; at least one is there.
    public let atLeast: Double?, atMost: Double?

    /// Whether a score lies in it.
    public func holds(_ score: Double) -> Bool {
      (atLeast.map { score >= $0 } ?? true) && (atMost.map { score <= $0 } ?? true)
    }
  }

  /// An item by name.
  public func item(_ name: String) -> Item? { items.first { $0.name == name } }

  /// A scale by name.
  public func scale(_ name: String) -> Scale? { scales.first { $0.name == name } }
}

/// The questionnaires of a project.
public struct Instruments: Sendable {
  /// By catalogue code, then name.
  public let all: [Instrument]

  /// No questionnaire.
  public static let none = Instruments()

  private init() { all = [] }

  /// An instrument by name.
  public subscript(name: String) -> Instrument? { all.first { $0.name == name } }
}
