import Periods
import Statistics

/// The columns of the table of answers: a row is the answer of a person to an item in a wave.
struct AnswerColumns: Sendable, Hashable {
  /// The table's name in the model.
  static let table = "response"

  var instrument: ResolvedPath
  var wave: ResolvedPath
  var respondent: ResolvedPath
  var item: ResolvedPath
  var value: ResolvedPath
  var date: ResolvedPath

  /// Every column.
  var all: [ResolvedPath] { [instrument, wave, respondent, item, value, date] }
}

/// A person's score on a scale of a questionnaire, in a wave.
///
/// Of the rows that a person's questionnaire has for the items of the scale, that of the first item
/// stands for them all: aggregates go over one row a questionnaire.
struct Score: Sendable, Hashable {
  var columns: AnswerColumns
  var instrument: String
  var scale: String
  /// The items, in the order of the rule.
  var items: [String]
  var rule: ScoringRule
}

/// The difference between a person's score, or answer to an item, and that of an earlier wave.
struct Change: Sendable, Hashable {
  /// Which earlier wave.
  enum Since: Sendable, Hashable {
    /// The last one before, by date.
    case previous
    /// The first of all.
    case first
    /// That of a name.
    case wave(String)
  }

  var columns: AnswerColumns
  /// Nil for the answer itself.
  var score: Score?
  var since: Since
}

/// What a formula asks of questionnaires filled in.
enum ScoreValue: Sendable, Hashable {
  /// The score; unknown where too few items are answered, or an answer is none that the question
  /// offers.
  case score(Score)
  /// Whether the row stands for its questionnaire.
  case stands(Score)
  /// How far the value has moved since an earlier wave.
  case change(Change)
  /// Whether the person had answered in that earlier wave.
  case isPaired(Change)

  /// As a formula writes it; nil for what no formula writes.
  var name: String? {
    func text(_ score: Score) -> String { "score(\"\(score.instrument)\", \"\(score.scale)\")" }
    switch self {
    case .score(let score): return text(score)
    case .change(let change): return "change(\(change.score.map(text) ?? "response.value"))"
    case .stands, .isPaired: return nil
    }
  }

  /// The columns read.
  var columns: AnswerColumns {
    switch self {
    case .score(let score), .stands(let score): score.columns
    case .change(let change), .isPaired(let change): change.columns
    }
  }

  /// The scale that is read; nil where answers are read one by one.
  var score: Score? {
    switch self {
    case .score(let score), .stands(let score): score
    case .change(let change), .isPaired(let change): change.score
    }
  }

  /// The change that is read.
  var change: Change? {
    switch self {
    case .score, .stands: nil
    case .change(let change), .isPaired(let change): change
    }
  }
}

extension RowExpression {
  /// What is asked of questionnaires, in order of appearance.
  var scoreValues: [ScoreValue] {
    switch self {
    case .score(let value): [value]
    case .path, .number, .text, .day, .periodDay, .daysPresent, .lookup: []
    case .compare(_, let a, let b), .and(let a, let b), .or(let a, let b),
      .arithmetic(_, let a, let b), .days(let a, let b):
      a.scoreValues + b.scoreValues
    case .isIn(let a, let items): a.scoreValues + items.flatMap(\.scoreValues)
    case .known(let a), .not(let a): a.scoreValues
    case .coalesce(let items, _), .calendar(_, let items): items.flatMap(\.scoreValues)
    }
  }

  /// The columns of answers that are read beside those of `score(…)` and `change(…)`.
  var plainColumns: [String] {
    switch self {
    case .score: []
    case .path(let path): path.links.isEmpty ? [path.column] : []
    case .number, .text, .day, .periodDay, .daysPresent, .lookup: []
    case .compare(_, let a, let b), .and(let a, let b), .or(let a, let b),
      .arithmetic(_, let a, let b), .days(let a, let b):
      a.plainColumns + b.plainColumns
    case .isIn(let a, let items): a.plainColumns + items.flatMap(\.plainColumns)
    case .known(let a), .not(let a): a.plainColumns
    case .coalesce(let items, _), .calendar(_, let items): items.flatMap(\.plainColumns)
    }
  }
}

extension Scan {
  /// Whether a row stands for a questionnaire, so that items and answers are no columns of it.
  var isOfQuestionnaires: Bool {
    counted?.scoreValues.contains { if case .stands = $0 { true } else { false } } ?? false
  }
}
