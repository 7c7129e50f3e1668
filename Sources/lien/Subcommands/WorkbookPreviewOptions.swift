import Diagnostics
import Project

extension Option {
  /// Which sheet of a workbook, and its cells alone.
  static let grid = [
    Option(
      name: "sheet", value: Phrase(fr: "FEUILLE", en: "SHEET"),
      help: Phrase(
        fr:
          "d’un classeur, la feuille de ce rang (1 : la première, les masquées comptent) ou de ce nom",
        en: "of a workbook, the sheet of this rank (1: the first, hidden ones count) or name")),
    Option(
      name: "grid",
      help: Phrase(
        fr: "les cellules d’une feuille depuis A1, en CSV", en: "a sheet’s cells from A1, as CSV")),
  ]
}

/// Shows a workbook; false when the file is none and `--grid` and `--sheet` are not given.
func previewWorkbook(_ invocation: Invocation, _ console: Console) throws(Failure) -> Bool {
  let form: WorkbookPreview.Form =
    invocation.has("grid") || invocation.has("csv")
    ? .grid : invocation.has("json") ? .json : .text
  guard
    let preview = try WorkbookPreview(
      path: invocation.operands[0], sheet: invocation["sheet"],
      isRequired: invocation.has("sheet"))
  else { return false }
  for warning in preview.warnings where form != .text { console.report(warning) }
  if form == .grid, let others = preview.others(in: console.language) { console.note(others) }
  preview.write(form, in: console.language) { console.write($0) }
  return true
}
