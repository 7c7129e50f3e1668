/// The programs whose exports are known by their headings.
package enum SurveyExporter: String, Sendable {
  case googleForms = "google-forms"
  case limeSurvey = "limesurvey"
  case kobo
  case webform
  /// Typed into a spreadsheet program, one column a question or an option.
  case typed
}

/// A question, or one option of a question with several answers.
package struct SurveyItem: Sendable {
  /// How its answers look.
  package enum Kind: String, Sendable {
    case number, scale, words, option
  }

  /// What identifies it: its heading, its code, or heading and option.
  package var code: String
  /// The heading.
  package var question: String
  /// How its answers look.
  package var kind: Kind
  /// The different answers, in the order of the sheet, with how often each was given.
  package var answers: [(text: String, count: Int)]
}

/// One answer of one respondent to one item.
package struct SurveyAnswer: Sendable {
  /// The export's own number of the respondent; else the row, as `ligne 3`.
  package var respondent: String
  /// The wave, when a column says it.
  package var wave: String
  /// When it was given, as the export writes it.
  package var date: String
  /// The residence, when a column says it.
  package var residence: String
  /// The item's code.
  package var item: String
  /// The answer; empty for none.
  package var text: String
  /// The answer as a number, when it is one by itself.
  package var number: Double?
  /// The 1-based row of the sheet, or line of the file.
  package var line: Int32
}

/// An export of a survey taken apart: a row an answer, and the list of its items.
package struct SurveyReading: Sendable {
  /// The program that wrote it.
  package internal(set) var exporter: SurveyExporter
  /// The items in the order of the sheet.
  package internal(set) var items: [SurveyItem] = []
  /// The answers, respondent after respondent; unanswered items included, without text.
  package internal(set) var answers: [SurveyAnswer] = []
  /// Cells to speak of: questionnaires that were not finished.
  package internal(set) var problems: [SheetProblem] = []
}
