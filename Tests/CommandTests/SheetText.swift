import Foundation

/// The cells of a sheet as CSV, to be changed as a person would.
struct SheetText {
  var rows: [[String]]

  /// Reads CSV with commas.
  init(_ csv: String) {
    rows = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var characters = Array(csv)[...]
    while let c = characters.popFirst() {
      if isQuoted {
        if c == "\"", characters.first == "\"" {
          cell.append(c)
          characters.removeFirst()
        } else if c == "\"" {
          isQuoted = false
        } else {
          cell.append(c)
        }
      } else if c == "\"" {
        isQuoted = true
      } else if c == "," || c.isNewline {
        row.append(cell)
        cell = ""
        if c.isNewline {
          rows.append(row)
          row = []
        }
      } else {
        cell.append(c)
      }
    }
  }

  /// As CSV with semicolons.
  var csv: String {
    rows.map { row in
      row.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        .joined(separator: ";") + "\n"
    }.joined()
  }

  /// The row that holds a text in some column.
  func row(_ text: String, in column: Int) -> Int? {
    rows.firstIndex { $0.count > column && $0[column] == text }
  }

  /// A cell under a heading's place, on the row of a name as it is seen.
  subscript(name: String, column: Int) -> String {
    get { row(name, in: 2).map { rows[$0][column] } ?? "?" }
    set { if let row = row(name, in: 2) { rows[row][column] = newValue } }
  }
}
