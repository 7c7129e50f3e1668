/// What a cell of a field sheet holds.
public enum FieldKind: String, Sendable {
  case blank, text, number, percent, date, dateTime, time, duration, boolean, error
}

/// A cell as a reader of workbooks would hand it over: dates as ISO 8601, numbers with a dot.
public struct FieldCell: Sendable, Equatable {
  /// Its text; empty for a blank one.
  public var text: String
  /// Its kind.
  public var kind: FieldKind

  /// Makes a cell; an empty text makes a blank one.
  public init(_ text: String = "", _ kind: FieldKind = .text) {
    self.text = text
    self.kind = text.isEmpty ? .blank : kind
  }
}

/// A rectangle of cells, 0-based, both ends included.
public struct FieldRange: Sendable, Equatable {
  /// Its bounds.
  public var top: Int, left: Int, bottom: Int, right: Int
}

/// One sheet of a field sheet.
public struct FieldGrid: Sendable {
  /// The sheet's name.
  public var name: String
  /// Its cells, row by row; rows may differ in length.
  public var rows: [[FieldCell]] = []
  /// Merged cells; the value is in the first one.
  public var merges: [FieldRange] = []
  /// Hidden rows and columns, 0-based.
  public var hiddenRows: Set<Int> = [], hiddenColumns: Set<Int> = []
  /// Comments by place.
  public var comments: [FieldComment] = []
}

/// A comment on a cell.
public struct FieldComment: Sendable {
  /// The cell, 0-based.
  public var row: Int, column: Int
  /// What it says.
  public var text: String
}

/// A row that the sheet says.
public struct FieldRow: Sendable, Hashable {
  /// The day, ISO 8601.
  public var date: String
  /// The activity; empty for none.
  public var title = ""
  /// Minutes after midnight.
  public var start: Int?
  /// Minutes that the session, or the presence, lasted.
  public var minutes: Int?
  /// The person's name; nil for unnamed people.
  public var person: String?
  /// The flat that tells two people of one name apart.
  public var flat: String?
  /// The number of unnamed people.
  public var headcount: Int?
  /// present, absent, excused, late.
  public var status = "present"
  /// participant, volunteer, staff, partner.
  public var role = "participant"
  /// A sum in euros, when the sheet has a column of sums.
  public var amount: Double?
  /// The cell that says it, as `Feuille!B7`.
  public var source: String
}

/// A cell that a receipt must speak of.
public struct FieldProblem: Sendable, Hashable {
  /// What became of it.
  public enum Verdict: String, Sendable {
    case accepted, rejected, doubtful
  }

  /// The cell, as `Feuille!B7`.
  public var cell: String
  /// A stable code, such as `mark.unknown`.
  public var code: String
  /// What became of it.
  public var verdict: Verdict
}

/// An answer that a survey's export says.
public struct FieldAnswer: Sendable, Hashable {
  /// Who answered, as the export identifies them; else the row, as `ligne 3`.
  public var respondent: String
  /// The wave; empty when the export does not say.
  public var wave = ""
  /// The question's heading, or its code.
  public var item: String
  /// The answer as text; empty for none.
  public var value: String
}

/// A sheet from the field and what a good reader makes of it.
public struct FieldSheet: Sendable {
  /// The groups of `groups` that it shows.
  public var groups: [Int]
  /// The variant.
  public var seed: Int
  /// The file's name.
  public var fileName: String
  /// Its sheets.
  public var grids: [FieldGrid] = []
  /// The file itself, for groups about files.
  public var bytes: [UInt8]?
  /// The residence that it names.
  public var residence: String?
  /// What it says.
  public var rows: [FieldRow] = []
  /// The cells to speak of.
  public var problems: [FieldProblem] = []
  /// What a survey's export says.
  public var answers: [FieldAnswer] = []
  /// The exporter of a survey.
  public var exporter: String?
  /// The code of the refusal, for sheets that need a flag or cannot be read.
  public var failure: String?
  /// What to give as `--date-order`, for sheets that are asked about.
  public var dateOrder: String?
}

/// Places as a spreadsheet writes them.
public enum FieldPlace {
  /// `B7` of row 6, column 1.
  public static func a1(_ row: Int, _ column: Int) -> String {
    var letters = ""
    var n = column + 1
    while n > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (n - 1) % 26))) + letters
      n = (n - 1) / 26
    }
    return letters + String(row + 1)
  }
}
