/// The programs whose exports are known by their headings.
package enum SurveyExporter: String, Sendable {
  case googleForms = "google-forms"
  case limeSurvey = "limesurvey"
  case kobo
  case webform
  /// Typed into a spreadsheet program, one column a question or an option.
  case typed

  /// How it is called.
  var name: String {
    switch self {
    case .googleForms: "Google Forms"
    case .limeSurvey: "LimeSurvey"
    case .kobo: "KoboToolbox"
    case .webform: "Framaforms (Webform)"
    case .typed: "saisie"
    }
  }
}

/// A question, or one option of a question with several answers.
package struct SurveyItem: Sendable {
  /// How its answers look.
  package enum Kind: String, Sendable {
    case number, scale, words, option
    /// Words of a known scale, with their codes.
    case coded
  }

  /// What identifies it: its heading, its code, or heading and option.
  package var code: String
  /// The heading.
  package var question: String
  /// How its answers look.
  package var kind: Kind
  /// The different answers, in the order of the sheet, with how often each was given.
  package var answers: [(text: String, count: Int)]
  /// The scale that its words are of.
  var scale: AnswerScale?
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
  /// What was written beside an option ticked as `Autre`.
  package var words = ""
  /// The answer as a number, when it is one by itself or by a known scale.
  package var number: Double?
  /// The 1-based row of the sheet, or line of the file.
  package var line: Int32
}

/// An export of a survey taken apart: a row an answer, and the list of its items.
package struct SurveyReading: Sendable {
  /// The program that wrote it.
  package internal(set) var exporter: SurveyExporter
  /// The sheet it is on, in a workbook.
  package internal(set) var sheet: String?
  /// The items in the order of the sheet.
  package internal(set) var items: [SurveyItem] = []
  /// The answers, respondent after respondent; unanswered items included, without text.
  package internal(set) var answers: [SurveyAnswer] = []
  /// Headings of names and addresses, of which nothing is kept.
  package internal(set) var identities: [String] = []
  /// Sheets of the file that are no part of it.
  package internal(set) var unread: [String] = []
  /// Cells to speak of: questionnaires that were not finished.
  package internal(set) var problems: [SheetProblem] = []
  private var places: [String: Int] = [:]

  init(exporter: SurveyExporter, sheet: String?) {
    self.exporter = exporter
    self.sheet = sheet
  }

  /// Counts an answer to an item.
  mutating func note(_ item: SurveyColumns.Answer, _ kind: SurveyItem.Kind, _ text: String) {
    let place: Int
    if let found = places[item.code] {
      place = found
    } else {
      place = items.count
      places[item.code] = place
      items.append(SurveyItem(code: item.code, question: item.question, kind: kind, answers: []))
    }
    guard !text.isEmpty else { return }
    // The same words whatever their case and apostrophes.
    let fold = Fold.key(text)
    if let i = items[place].answers.firstIndex(where: { Fold.key($0.text) == fold }) {
      items[place].answers[i].count += 1
    } else {
      items[place].answers.append((text, 1))
    }
  }
}
