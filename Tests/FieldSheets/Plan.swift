import Periods
import TestSupport

/// How the cells of a sheet are arranged.
enum Layout: String, CaseIterable {
  case namesByDates, datesByNames, halfDays, sideBySide, stacked, monthSheets, sessionSheets
  case longList, signIn, countList
}

/// How a heading shows its date.
enum DateForm: String, CaseIterable {
  case full, short, dotted, dashed, named, weekdayAndName, twoRows, dayOnly, ordinal, serial
  case dayAndWeekdayRows, jNumber, noYear, weekdayFull
}

/// Where the year is said when the dates do not say it.
enum YearPlace { case dates, title, fileName, schoolYear }

/// A session as planned: what the sheet shows of it, and what it means.
struct PlannedSession {
  /// What becomes of it.
  enum Fate: Equatable {
    case held
    case cancelled(String)
    case refused(code: String)
    case several([Day])
  }

  var day: Day
  /// The heading, when it is not the form's.
  var shown: FieldCell?
  var fate = Fate.held
  var title: String?
  /// `matin` or `après-midi`.
  var part: String?
  var start: Int?
  var minutes: Int?
  /// The text that shows start and duration.
  var timeText: String?
  /// The text of a column of durations.
  var durationText: String?
}

/// Someone on a line of the sheet.
struct PlannedPerson {
  /// The cell.
  var text: String
  /// The name read from it; nil for people without a name.
  var name: String?
  /// How many unnamed people the line stands for.
  var headcount: Int?
  /// How many unnamed people came with the one who is named.
  var companions = 0
  var role = "participant"
  /// A status said in the name's cell, for all marks of presence.
  var status: String?
  var flat: String?
  /// What is told of the name's cell.
  var problem: (code: String, verdict: FieldProblem.Verdict)?

  init(_ text: String, name: String? = nil) {
    self.text = text
    self.name = name ?? text
  }
}

/// A mark as planned.
struct PlannedMark {
  enum Meaning: Equatable {
    case nothing, present, absent, excused, late
    /// Present, with so many unnamed people beside.
    case with(Int)
    /// So many unnamed people, the person not among them.
    case only(Int)
    case refused(code: String)
  }

  var text: String
  var meaning: Meaning
  var minutes: Int?
  /// What is told of the cell though it is read.
  var doubt: String?
  var kind = FieldKind.text

  static let nothing = PlannedMark(text: "", meaning: .nothing)
  static let cross = PlannedMark(text: "x", meaning: .present)
}

/// The words of marks of one animator.
struct MarkStyle {
  var present = [PlannedMark.cross]
  var others: [PlannedMark] = []
  /// The chance of a mark of `others`.
  var share = 0.25
}

/// A row or column of totals.
struct PlannedTotals {
  var word: String
  var inRow = true
  var inColumn = false
  /// Added to the first total of the row, to make it wrong.
  var error = 0
  /// What the cells hold in place of totals.
  var instead: FieldCell?
  /// A row of means below.
  var mean: FieldCell?
}

/// A column beside the marks.
struct PlannedColumn {
  var heading: String
  var values: [String]
  var isAfter = false
}

/// All that is decided about a sheet before it is laid out.
struct Plan {
  var random: SeededGenerator
  var seed: Int
  var residence: String
  var saysResidence = true
  var activity: String?
  var sessions: [PlannedSession] = []
  var people: [PlannedPerson] = []
  var style = MarkStyle()
  /// `[person][session]`; made by `fill()` when empty.
  var marks: [[PlannedMark]] = []
  var layout = Layout.namesByDates
  var dates = DateForm.full
  var year = YearPlace.dates
  var fileName = "presences.xlsx"
  var sheetName = "Feuille1"
  var nameHeading = "NOM Prénom"
  var splitsName = false
  var dateHeading = "Date"
  var markHeading = "Présence"
  var columns: [PlannedColumn] = []
  var totals: [PlannedTotals] = []
  var hasTitle = true
  var mergesTitle = false
  var logo: String?
  /// Lines before the title, and between it and the header.
  var blankTop = 0, blankBetween = 1
  var subheadings: [Int: String] = [:]
  var isNumbered = false
  var blankLines = 0
  var repeatsHeaderAfter: Int?
  var footer: [[String]] = []
  var legend: [String] = []
  var hidesRow: Int?
  var hidesColumn: Int?
  var comment: String?
  var rotatesNames = false
  var hasEmptyHeading = false
  var tidiesHeadings: (String) -> String = { $0 }
  /// Headcounts of sessions without names: text, parts.
  var counts: [(text: String, parts: [Int])] = []
  var amounts: [(text: String, value: Double?)] = []
  var failure: String?
  var dateOrder: String?
  var problems: [FieldProblem] = []

  init(seed: Int, salt: Int) {
    random = SeededGenerator(seed: UInt64(seed) &* 1_000_003 &+ UInt64(salt))
    self.seed = seed
    residence = Words.residences[Int(random.next() % UInt64(Words.residences.count))]
  }

  mutating func below(_ n: Int) -> Int { Int(random.next() % UInt64(max(n, 1))) }
  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
  mutating func chance(_ p: Double) -> Bool { Double(below(1000)) < p * 1000 }
}
