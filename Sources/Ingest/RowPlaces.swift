import Columns
import Diagnostics

/// Where the rows of a sheet are, as a message tells it beside another row.
struct RowPlaces {
  /// The line of each record; of stacked sheets, numbered together.
  let lines: [Int32]
  /// The rank of each stacked sheet in its workbook, from 1; none for a file of text.
  var ranks: [Int] = []

  /// The line of a record, and its sheet when that is not the other record's. Sheets are told by
  /// rank: their names may be those of people, and messages are for programs too.
  func text(of record: Int, besides other: Int) -> Phrase {
    let line = Int(lines[record])
    guard !ranks.isEmpty else { return Phrase(fr: "ligne \(line)", en: "line \(line)") }
    let (row, page) = (SheetLine.row(of: line), SheetLine.page(of: line))
    guard page != SheetLine.page(of: Int(lines[other])), ranks.indices.contains(page) else {
      return Phrase(fr: "ligne \(row)", en: "line \(row)")
    }
    return Phrase(
      fr: "ligne \(row) de la feuille n°\u{A0}\(ranks[page])",
      en: "line \(row) of sheet no. \(ranks[page])")
  }
}
