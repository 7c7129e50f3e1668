package import Columns
package import Diagnostics
package import Model
import Workbooks

/// The rows that were set aside as a workbook: headings stay in view, the reason stands beside the
/// row, the cell at fault is coloured, and what is typed stays as it is typed.
package struct RejectsBook {
  private let rejects: [Reject]
  private let header: [String]
  private let importNumber: Int
  private let model: Model

  private typealias Cell = WorkbookWriter.Cell
  private typealias Look = WorkbookWriter.Look

  /// Makes the book of an import's rejects.
  package init(rejects: [Reject], header: [String], importNumber: Int, model: Model) {
    self.rejects = rejects
    self.header = header
    self.importNumber = importNumber
    self.model = model
  }

  /// The file; the same rows give the same bytes.
  ///
  /// - Throws: `Failure` when a workbook cannot hold them.
  package func bytes() throws(Failure) -> [UInt8] {
    let own = RejectsFile.columns.count
    var sheet = WorkbookWriter.Sheet(name: "À corriger")
    let head = Look(isBold: true, fill: "E8EBF4", hasBorder: true, wraps: true)
    sheet.rows = [(RejectsFile.columns + header).map { Cell($0, look: head) }]
    sheet.rows[0][own - 1].comment =
      "Corrigez les cases en couleur, enregistrez, et donnez le fichier à lien : seules les lignes "
      + "corrigées entreront. Ne changez pas les colonnes « lien_… »."
    let plain = Look(hasBorder: true, wraps: true, isLiteral: true)
    let wrong = Look(fill: "FFD27F", hasBorder: true, wraps: true, isLiteral: true)
    let told = Look(fill: "FFF4DC", hasBorder: true, wraps: true)
    for reject in rejects {
      let cells = RejectsFile.cells(of: reject, importNumber)
      let fault = fault(of: reject).map { own + $0 }
      sheet.rows.append(
        cells.enumerated().map { i, text in
          Cell(text, look: i == fault ? wrong : i < own ? told : plain)
        })
    }
    sheet.frozenRows = 1
    sheet.isLandscape = true
    sheet.hiddenColumns = [0]
    sheet.widths = [1: 9, 2: 16, 3: 52]
    for i in header.indices {
      let longest = rejects.lazy.compactMap { $0.cells.indices.contains(i) ? $0.cells[i].count : 0 }
      sheet.widths[own + i] = Double(
        min(40, max(12, header[i].count + 2, (longest.max() ?? 0) + 2)))
      if let texts = words(under: header[i]),
        let choices = WorkbookWriter.Choices(
          range: CellRange(
            firstRow: 1, firstColumn: own + i, lastRow: max(1, rejects.count),
            lastColumn: own + i), fitting: texts)
      {
        sheet.choices.append(choices)
      }
    }
    return try WorkbookWriter.bytes(of: [sheet])
  }

  /// The place of the cell at fault among the sheet's own; nil when the whole row is.
  private func fault(of reject: Reject) -> Int? {
    if let heading = reject.heading, let place = header.firstIndex(of: heading) { return place }
    // On a sheet laid out by hand the heading names a cell: the kind of fault tells the column.
    return LayoutFault.columns(of: reject.reason.code).lazy.compactMap { table, column in
      model[table]?[column].flatMap { header.firstIndex(of: $0.label.fr) }
    }.first
  }

  /// What may stand under a heading that only one column of the model has.
  private func words(under heading: String) -> [String]? {
    let found = model.tables.compactMap { table in
      table.columns.first { $0.label.fr == heading }
    }
    guard let first = found.first,
      found.allSatisfy({ $0.values.map(\.value) == first.values.map(\.value) }),
      !first.values.isEmpty
    else { return nil }
    return first.values.map(\.label.fr)
  }
}
