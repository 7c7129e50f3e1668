extension WorkbookWriter {
  /// How a sheet prints: on A4, across the page's length, scaled down to so many pages in width.
  package struct Printing: Sendable, Hashable {
    /// The rows and columns that come again on each page.
    package var repeatedRows: ClosedRange<Int>?
    /// The columns that come again on each page.
    package var repeatedColumns: ClosedRange<Int>?
    /// How many pages its columns take.
    package var pagesAcross = 1
    /// What stands at the foot of each page, left; the number of the page stands right.
    package var foot = ""

    /// Makes a way to print without anything repeated.
    package init() {}
  }
}

/// The parts of a sheet, and of its workbook, that say how it prints.
struct PrintPart {
  private let printing: WorkbookWriter.Printing

  init?(_ sheet: WorkbookWriter.Sheet) {
    guard let printing = sheet.printing else { return nil }
    self.printing = printing
  }

  /// Margins, page and foot, in the order that the format wants.
  func xml() -> String {
    var out = "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.45\" bottom=\"0.6\" "
    out += "header=\"0.2\" footer=\"0.25\"/>"
    out += "<pageSetup paperSize=\"9\" orientation=\"landscape\" "
    out += "fitToWidth=\"\(max(1, printing.pagesAcross))\" fitToHeight=\"0\"/>"
    // `&` begins a code in a foot.
    let foot = printing.foot.replacing("&", with: "&&")
    out += "<headerFooter><oddFooter>"
    return out + XLSXWriter.escaped("&L&9" + foot + "&R&9&P / &N") + "</oddFooter></headerFooter>"
  }

  /// The name that holds what comes again on each page; nil when nothing does.
  func titles(sheet: Int, name: String) -> String? {
    let place = "'" + name.replacing("'", with: "''") + "'!"
    var parts: [String] = []
    if let columns = printing.repeatedColumns {
      let (a, b) = (CellName.column(columns.lowerBound), CellName.column(columns.upperBound))
      parts.append("\(place)$\(a):$\(b)")
    }
    if let rows = printing.repeatedRows {
      parts.append("\(place)$\(rows.lowerBound + 1):$\(rows.upperBound + 1)")
    }
    guard !parts.isEmpty else { return nil }
    return "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(sheet)\">"
      + XLSXWriter.escaped(parts.joined(separator: ",")) + "</definedName>"
  }
}
