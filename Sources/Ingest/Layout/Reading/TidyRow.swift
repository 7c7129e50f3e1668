/// A presence, an absence or a count of people that a sheet says, and the cell that says it.
package struct TidyRow: Sendable, Equatable {
  /// What is said of a person.
  package enum Status: String, Sendable {
    case present, absent, excused, late
  }

  /// Days since 1970.
  package var day: Int32
  /// The activity; empty when no one says it.
  package var title = ""
  /// Minutes after midnight when the session begins.
  package var start: Int?
  /// The length of the session.
  package var minutes: Int?
  /// The time that the person was there.
  package var presentMinutes: Int?
  /// The person's name; nil for unnamed people.
  package var person: String?
  /// Surname and given name, where the sheet keeps them apart.
  package var surname: String?, givenName: String?
  /// The flat on the person's line.
  package var flat: String?
  /// The number of unnamed people.
  package var headcount: Int?
  /// Which people were counted.
  package var group: String?
  /// Whether its cell counts several groups.
  var isOfSeveralGroups = false
  /// What is said.
  package var status = Status.present
  /// A role of the model.
  package var role = "participant"
  /// A sum in euros.
  package var amount: Double?
  /// The cell, as `Feuille!B7`.
  package var source: String
  /// The 1-based row of the sheet, or line of the file.
  package var line: Int32
  /// The identifiers of the session and of the person, where a template printed them.
  package internal(set) var sessionKey: String?, personKey: String?
  /// The cells that say who and when, where they are others.
  var namePlace: String?, datePlace: String?

  /// Makes a row of a day and a cell.
  init(day: Int32, source: String, line: Int32) {
    self.day = day
    self.source = source
    self.line = line
  }
}

/// A cell that a receipt must speak of.
package struct SheetProblem: Sendable {
  /// What became of it.
  package enum Verdict: String, Sendable {
    case accepted, rejected, doubtful
  }

  /// The cell, as `Feuille!B7`.
  package var place: String
  /// A stable code, such as `mark.unknown`.
  package var code: String
  /// What became of it.
  package var verdict: Verdict
  /// What the cell holds; for the screen and the rejects file only.
  package var shown: String
  /// The 1-based row of the sheet, or line of the file.
  package var line: Int32
}

/// What could not be read, as the row that it would have been, for the rejects file.
package struct RefusedRow: Sendable {
  /// The row, as far as it is known; its day may be missing.
  package var row: TidyRow
  /// The heading in place of a day that there is not.
  package var dateText: String?
  /// The mark in place of one that is known.
  package var markText: String?
  /// The number of people in place of one that is known.
  package var countText: String?
  /// Why.
  package var code: String
  /// The cell that says otherwise.
  var other: SheetPlace?

  /// The cell to correct: that of the name or of the date, when the fault is theirs.
  var place: String {
    switch code.prefix(while: { $0 != "." }) {
    case "name": row.namePlace ?? row.source
    case "date": row.datePlace ?? row.source
    default: row.source
    }
  }
}

/// A cell as a message tells it: its sheet by rank, whose name may be a person's.
struct SheetPlace: Sendable {
  /// `B7`.
  var cell: String
  /// The rank of its sheet, where that is not the one at hand.
  var sheet: Int?
}

/// A part of a sheet and what it was taken for.
package struct SheetRegion: Sendable, Hashable {
  /// What a part of a sheet may be.
  package enum Kind: String, Sendable {
    case title, header, body, totals, legend
  }

  /// What it is.
  package var kind: Kind
  /// The sheet's name; nil for a file of text.
  package var sheet: String?
  /// Its cells.
  package var range: GridRange
}

/// What was understood of the sheets of a file.
package struct SheetReading: Sendable {
  /// The rows, in the order of the sheet.
  package internal(set) var rows: [TidyRow] = []
  /// The cells to speak of.
  package internal(set) var problems: [SheetProblem] = []
  /// What was set aside.
  package internal(set) var refused: [RefusedRow] = []
  /// The sessions that did not take place.
  package internal(set) var cancelled: [TidyRow] = []
  /// The parts that were found.
  package internal(set) var regions: [SheetRegion] = []
  /// How the tables are laid out: `grid`, `transposed`, `list`.
  package internal(set) var forms: [String] = []
  /// The residence that a title names.
  package internal(set) var residence: String?
  /// The residences that titles and names say, of those that the project knows.
  package internal(set) var residenceKeys: Set<String> = []
  /// The activities that titles name.
  package internal(set) var activities: [String] = []
  /// Whether people, or counts, of sessions were found at all.
  package var isAttendance: Bool { !rows.isEmpty || !refused.isEmpty || !cancelled.isEmpty }
  /// Whether names stand in columns of their own for surname and given name.
  package internal(set) var splitsNames = false
  /// Headings of a list that mean nothing to sheets of presences, and their cells by line: they
  /// go on as they stand.
  package internal(set) var extraHeadings: [String] = []
  /// The cells under them, by line.
  package internal(set) var extraValues: [Int32: [String]] = [:]
  /// Whether the day of a list stands in its title or a name.
  package internal(set) var hasContextDay = false
  /// Whether a list has a column to sign or to mark.
  package internal(set) var hasMarkColumn = false
  /// Whether dates took their year or month from elsewhere.
  package internal(set) var usesYearOfTitle = false
  /// Whether a sheet is one that `lien template` wrote.
  package internal(set) var isTemplate = false
  /// Whether a cell names several people, each with a row of their own.
  package internal(set) var splitsCells = false
  /// Whether hours, lengths or sums are written as only a whole sheet's reading takes them:
  /// `14h-16h`, `1,5` hours, `gratuit`.
  package internal(set) var hasWrittenQuantities = false
  /// Whether rows or columns were read that the program hides.
  package internal(set) var hasHidden = false
  /// Rows of lists, and lines with a name, that no mark speaks of.
  package internal(set) var silentRows = 0
  /// Totals that were compared with the marks, and agreed.
  package internal(set) var totalsChecked = 0
}
