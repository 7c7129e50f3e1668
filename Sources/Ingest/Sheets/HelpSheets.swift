import Workbooks

extension Workbook {
  /// The same workbook without the sheets that only explain the others (`TemplateLabel.help`).
  var withoutHelp: Workbook {
    var out = self
    out.sheets.removeAll { $0.text(row: 0, column: 0) == TemplateLabel.help.rawValue }
    return out
  }
}
