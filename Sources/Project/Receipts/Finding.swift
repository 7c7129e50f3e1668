import Diagnostics
import Ingest

/// One thing to look at on a sheet: where, what stands there, what to do.
struct Finding {
  /// A cell of a sheet as a spreadsheet program counts them, from 0; no column for a whole row.
  struct Place: Hashable {
    var sheet: Int
    var row: Int
    var column: Int?
  }

  /// Whether rows wait for it; else it was read with a doubt.
  var waits: Bool
  var place: Place?
  /// The place in words: `C5`, `Mars!C5`, `ligne 5`.
  var label: String
  /// The heading of the column, when the place is of a list.
  var heading: String?
  var found: String
  var message: Phrase
  var remedy: Phrase?
  /// How many rows it is said of.
  var count = 1

  /// What is to be said of the sheets of a file, in their order; the same thing said of one cell
  /// several times is one finding.
  static func all(
    of details: [ReceiptDetails], in sheets: [FileCells.Sheet], _ words: ReceiptWords
  ) -> [Finding] {
    var out: [Finding] = []
    var places: [[String]: Int] = [:]
    for one in details {
      let finder = Finder(details: one, sheets: sheets, words: words)
      let all =
        one.receipt.problems.map { ($0, true) } + (one.receipt.doubts ?? []).map { ($0, false) }
      for (problem, waits) in all {
        let finding = finder.finding(problem, waits: waits)
        let key = ["\(waits)", finding.label, problem.code, finding.message.fr]
        if let known = places[key] {
          out[known].count += 1
        } else {
          places[key] = out.count
          out.append(finding)
        }
      }
    }
    // Those that wait first, each kind in the order of the sheets.
    return out.enumerated().sorted { a, b in
      func rank(_ one: (offset: Int, element: Finding)) -> (Int, Int, Int, Int) {
        let place = one.element.place
        return (one.element.waits ? 0 : 1, place?.sheet ?? .max, place?.row ?? .max, one.offset)
      }
      return rank(a) < rank(b)
    }.map(\.element)
  }
}

/// A place as receipts write it: `Feuille!B7`, `B7`, or `Feuille!7` for a whole row.
private struct CellPlace {
  var sheet: String?
  var row: Int
  var column: Int?

  /// Nil for any other text.
  init?(named text: String) {
    let parts = text.split(separator: "!", omittingEmptySubsequences: false)
    guard let cell = parts.last else { return nil }
    let letters = cell.prefix { $0.isASCII && $0.isUppercase }
    guard letters.count <= 3, let row = Int(cell.dropFirst(letters.count)), row > 0,
      !letters.isEmpty || parts.count > 1
    else { return nil }
    self.row = row - 1
    if parts.count > 1 { sheet = parts.dropLast().joined(separator: "!") }
    if !letters.isEmpty { column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 } - 1 }
  }
}

/// Finds the cell of what a receipt tells.
private struct Finder {
  let details: ReceiptDetails
  let sheets: [FileCells.Sheet]
  let words: ReceiptWords

  func finding(_ problem: Receipt.SetAside, waits: Bool) -> Finding {
    var out = Finding(
      waits: waits, label: words.say("ligne \(problem.line)", "row \(problem.line)"),
      found: problem.cell ?? "", message: problem.message, remedy: problem.remedy)
    // The lines of corrected rejects are those of the first sheet.
    let isOfOtherFile = details.receipt.correctsRejectsOf != nil
    if let cell = problem.place ?? (problem.position == nil ? problem.heading : nil),
      let place = CellPlace(named: cell)
    {
      out.label = cell
      if !isOfOtherFile { out.place = self.place(of: place) }
      if problem.heading != cell { out.heading = problem.heading }
    } else {
      out.heading = problem.heading
      if !isOfOtherFile, sheets.count == 1, let row = sheets[0].row(ofLine: problem.line) {
        out.place = Finding.Place(sheet: 0, row: row, column: problem.position.map { $0 - 1 })
        if let column = out.place?.column {
          out.label = GridRange.name(row, column)
        }
      }
    }
    if let place = out.place, let column = place.column {
      let there = words.cell(sheets[place.sheet].cell(place.row, column))
      if !there.isEmpty { out.found = there }
    }
    if problem.code == PeopleAnswers.code, let remedy = whoItMayBe(problem) { out.remedy = remedy }
    return out
  }

  /// A place in the file; nil when it has no such sheet.
  private func place(of cell: CellPlace) -> Finding.Place? {
    let sheet = cell.sheet.map { name in sheets.firstIndex { $0.name == name } } ?? 0
    guard let sheet, sheets.indices.contains(sheet) else { return nil }
    return Finding.Place(sheet: sheet, row: cell.row, column: cell.column)
  }

  /// The people whom a name may mean, in place of a command that the reader may not have.
  private func whoItMayBe(_ problem: Receipt.SetAside) -> Phrase? {
    guard let cell = problem.cell,
      let doubt = details.doubts.first(where: { doubt in
        doubt.mention.text == cell
          || doubt.mention.text.split(separator: ", ").contains { $0 == cell }
      }), !doubt.candidates.isEmpty
    else { return nil }
    let names = doubt.candidates.prefix(4).map(\.person)
    return Phrase(
      fr: "dites qui c’est : " + names.map { $0.label(.fr) }.joined(separator: " ; ")
        + " ; ou quelqu’un d’autre",
      en: "say who it is: " + names.map { $0.label(.en) }.joined(separator: "; ")
        + "; or somebody else")
  }
}
