import Diagnostics
import Project

extension Command {
  static let preview = Command(
    name: "preview",
    summary: Phrase(
      fr: "ce qui est lu d’une feuille, avant tout sens : encodage, séparateur, lignes",
      en: "what is read from a sheet, before any meaning: encoding, delimiter, rows"),
    examples: [
      Example(
        "lien preview emargement.csv", fr: "montre comment la feuille est lue",
        en: "shows how the sheet is read"),
      Example(
        "lien preview emargement.csv --csv > propre.csv",
        fr: "la même feuille en CSV ordinaire (UTF-8, virgules)",
        en: "the same sheet as plain CSV (UTF-8, commas)"),
      Example(
        "lien preview emargement.xlsx --sheet 2 --grid",
        fr: "les cellules de la deuxième feuille d’un classeur, depuis A1",
        en: "the cells of a workbook’s second sheet, from A1"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "FICHIER", en: "FILE"), completion: .file,
        help: Phrase(
          fr: "une feuille ; « - » : l’entrée standard", en: "a sheet; “-”: standard input"))
    ],
    options: [
      Option(
        name: "csv",
        help: Phrase(fr: "la table seule, en CSV ordinaire", en: "the table alone, as plain CSV")),
      .json,
    ] + Option.grid + Option.sheetForm,
    exits: [.input],
    action: { invocation, console throws(Failure) in
      if invocation.has("csv"), invocation.has("json") {
        throw Usage.notTogether("--csv", "--json", path: invocation.path)
      }
      if try previewWorkbook(invocation, console) { return .done }
      let form: PreviewForm = invocation.has("csv") ? .csv : invocation.has("json") ? .json : .text
      try console.write(
        Previewing.text(
          of: invocation.operands[0], as: form, sheet: invocation.sheetForm(),
          language: console.language))
      return .done
    })
}
