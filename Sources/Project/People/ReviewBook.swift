import Diagnostics
import Ingest
import Workbooks

/// The names to decide on as a workbook: a row a name, the answer chosen from a list.
struct ReviewBook {
  private let questions: [PeopleReview.Question]

  private typealias Cell = WorkbookWriter.Cell
  private typealias Look = WorkbookWriter.Look

  /// What may be answered beside the candidates.
  private static let others = [
    "nouveau = quelqu’un d’autre, absent du registre", "personne = ne pas compter cette ligne",
  ]
  private static let headings = [
    "Nom sur la feuille", "Feuille", "Pourquoi", "De qui peut-il s’agir ?", "Décision (choisissez)",
    NamesFile.nameColumn, NamesFile.residenceColumn, NamesFile.peopleColumn,
  ]
  private static let decision = 4

  /// Makes the book of some questions, each once.
  init(_ questions: [PeopleReview.Question]) {
    var seen: Set<String> = []
    self.questions = questions.filter { seen.insert($0.key).inserted }
  }

  /// The file; the same questions give the same bytes.
  ///
  /// - Throws: `Failure` when a workbook cannot hold them.
  func bytes() throws(Failure) -> [UInt8] {
    let head = Look(isBold: true, fill: "E8EBF4", hasBorder: true, wraps: true)
    let plain = Look(hasBorder: true, wraps: true)
    let answer = Look(fill: "FFF4DC", hasBorder: true, wraps: true, isLiteral: true)
    var sheet = WorkbookWriter.Sheet(name: "Personnes à confirmer")
    // The texts of the lists hold commas, and are too long to stand in the list itself.
    var lists = WorkbookWriter.Sheet(name: "Listes")
    lists.isHidden = true
    sheet.rows = [Self.headings.map { Cell($0, look: head) }]
    sheet.rows[0][Self.decision].comment =
      "Choisissez dans la liste, enregistrez, et laissez le fichier là : les lignes qui attendaient "
      + "entreront. Une case laissée vide : plus tard."
    for (i, question) in questions.enumerated() {
      let candidates = PeopleReview.labels(question)
      sheet.rows.append([
        Cell(question.written, look: plain), Cell(question.sheet, look: plain),
        Cell(question.reason.fr, look: plain),
        Cell(candidates.joined(separator: "\n"), look: plain), Cell("", look: answer),
        Cell(question.written, look: plain), Cell(question.residence, look: plain),
        Cell(question.candidates.map(\.person).joined(separator: " "), look: plain),
      ])
      let texts = candidates + Self.others
      lists.rows.append(texts.map { Cell($0) })
      sheet.choices.append(
        WorkbookWriter.Choices(
          range: CellRange(
            firstRow: i + 1, firstColumn: Self.decision, lastRow: i + 1, lastColumn: Self.decision),
          cells: CellRange(
            firstRow: i, firstColumn: 0, lastRow: i, lastColumn: texts.count - 1), sheet: 1))
    }
    sheet.widths = [0: 28, 1: 22, 2: 34, 3: 46, 4: 46]
    sheet.hiddenColumns = [5, 6, 7]
    sheet.frozenRows = 1
    sheet.isLandscape = true
    return try WorkbookWriter.bytes(of: [sheet, lists])
  }
}
