/// Takes an export of a survey apart: one row a respondent becomes one row an answer.
package enum SurveyReader {
  /// Reads a sheet; nil when no program's export is recognised.
  package static func read(_ grid: CellGrid) -> SurveyReading? {
    let cells = SheetCells(grid)
    guard let columns = SurveyColumns(cells) else { return nil }
    var out = SurveyReading(exporter: columns.exporter)
    let multiple = SeveralAnswers.find(cells, columns)
    var items: [String: Int] = [:]
    for row in columns.firstRow..<max(cells.height, columns.firstRow)
    where !cells.isBlank(row: row, 0..<cells.width) {
      let respondent = columns.respondent.map { cells.text(row, $0) } ?? ""
      if let finished = columns.finished, cells.isBlank(row, finished) {
        out.problems.append(
          SheetProblem(
            place: grid.place(row, columns.respondent ?? 0), code: "survey.incomplete",
            verdict: .doubtful, shown: respondent, line: grid.line(row)))
      }
      let base = SurveyAnswer(
        respondent: respondent.isEmpty ? "ligne \(grid.line(row))" : respondent,
        wave: columns.wave.map { cells.text(row, $0) } ?? "",
        date: columns.date.map { cells.text(row, $0) } ?? "",
        residence: columns.residence.map { cells.text(row, $0) } ?? "", item: "", text: "",
        number: nil, line: grid.line(row))
      for (item, kind, text) in answers(row, cells, columns, multiple) {
        var answer = base
        answer.item = item.code
        answer.text = text
        answer.number = number(text, kind)
        out.answers.append(answer)
        note(item, kind, text, &items, &out.items)
      }
    }
    settleKinds(&out)
    return out
  }

  private typealias Found = (item: SurveyColumns.Answer, kind: SurveyItem.Kind, text: String)

  private static func answers(
    _ row: Int, _ cells: SheetCells, _ columns: SurveyColumns,
    _ multiple: [Int: SeveralAnswers]
  ) -> [Found] {
    // A question whose options are all empty was not answered.
    var answered = Set<Int>()
    for answer in columns.answers {
      if let group = answer.group, !cells.isBlank(row, answer.column) { answered.insert(group) }
    }
    return columns.answers.flatMap { answer -> [Found] in
      let text = cells.text(row, answer.column)
      if let several = multiple[answer.column] {
        let given = several.parts(text)
        return several.options.map { option in
          var item = answer
          item.code = "\(answer.code) [\(option)]"
          return (item, .option, given.isEmpty ? "" : given.contains(option) ? "1" : "0")
        }
      }
      if let group = answer.group {
        return [(answer, .option, answered.contains(group) ? ticked(text) : "")]
      }
      return [(answer, .words, isMissing(text) ? "" : text)]
    }
  }

  private static func ticked(_ text: String) -> String {
    let fold = Fold.key(text)
    return ["", "0", "n", "no", "non", "false", "faux"].contains(fold) ? "0" : "1"
  }

  /// The words for no answer.
  private static func isMissing(_ text: String) -> Bool {
    [
      "nsp", "sans reponse", "n a", "na", "nr", "n r", "ne sait pas", "ne se prononce pas",
      "ne souhaite pas repondre", "refus", "no answer", "don t know", "n c", "nc",
    ].contains(Fold.key(text)) || text == "-"
  }

  /// A number by itself: `4`, `3,5`, `5 - Très satisfait`, and yes or no as 1 or 0.
  private static func number(_ text: String, _ kind: SurveyItem.Kind) -> Double? {
    if let known = Double(text.replacing(",", with: ".")), text.utf8.count <= 12 { return known }
    let digits = text.prefix { $0.isNumber }
    let rest = text.dropFirst(digits.count).drop { $0 == " " }
    if (1...2).contains(digits.count), let sign = rest.first, "-–:.)".contains(sign),
      rest.dropFirst().contains(where: \.isLetter)
    {
      return Double(digits)
    }
    switch Fold.key(text) {
    case "oui", "yes", "y": return 1
    case "non", "no", "n": return 0
    default: return nil
    }
  }

  private static func note(
    _ item: SurveyColumns.Answer, _ kind: SurveyItem.Kind, _ text: String,
    _ known: inout [String: Int], _ items: inout [SurveyItem]
  ) {
    let place: Int
    if let found = known[item.code] {
      place = found
    } else {
      place = items.count
      known[item.code] = place
      items.append(
        SurveyItem(code: item.code, question: item.question, kind: kind, answers: []))
    }
    guard !text.isEmpty else { return }
    // The same words whatever their case and apostrophes.
    let fold = Fold.key(text)
    if let i = items[place].answers.firstIndex(where: { Fold.key($0.text) == fold }) {
      items[place].answers[i].count += 1
    } else {
      items[place].answers.append((text, 1))
    }
  }

  private static func settleKinds(_ out: inout SurveyReading) {
    for i in out.items.indices where out.items[i].kind == .words {
      let texts = out.items[i].answers.map(\.text)
      guard !texts.isEmpty else { continue }
      let isPlain = texts.allSatisfy { Double($0.replacing(",", with: ".")) != nil }
      let isNumbered = texts.allSatisfy { number($0, .words) != nil }
      out.items[i].kind = isPlain ? .number : isNumbered ? .scale : .words
    }
    // One way of writing an answer: the first that is not in capitals throughout.
    var forms: [String: [String: String]] = [:]
    for item in out.items {
      for answer in item.answers {
        forms[item.code, default: [:]][Fold.key(answer.text)] = answer.text
      }
    }
    for answer in out.answers where answer.text != answer.text.uppercased() {
      forms[answer.item, default: [:]][Fold.key(answer.text)] = answer.text
    }
    for i in out.answers.indices where !out.answers[i].text.isEmpty {
      let fold = Fold.key(out.answers[i].text)
      out.answers[i].text = forms[out.answers[i].item]?[fold] ?? out.answers[i].text
    }
  }
}

/// A question whose answers stand together in one cell.
struct SeveralAnswers {
  var separator: String
  /// All the answers, in the order of the sheet.
  var options: [String]

  func parts(_ text: String) -> [String] {
    text.split(separator: separator).map { SheetCells.tidy(String($0)) }.filter { !$0.isEmpty }
  }

  /// The columns of such questions: answers come again in another company. (A sentence with a
  /// comma does not.)
  static func find(_ cells: SheetCells, _ columns: SurveyColumns) -> [Int: SeveralAnswers] {
    guard columns.exporter == .googleForms else { return [:] }
    var out: [Int: SeveralAnswers] = [:]
    for answer in columns.answers {
      let texts = Set(
        (columns.firstRow..<cells.height).map { cells.text($0, answer.column) }
          .filter { !$0.isEmpty })
      for separator in [";", ", "] where out[answer.column] == nil {
        var candidate = SeveralAnswers(separator: separator, options: [])
        let several = texts.filter { candidate.parts($0).count > 1 }
        let isShared = several.contains { a in
          texts.contains { b in
            a != b && !Set(candidate.parts(a)).isDisjoint(with: candidate.parts(b))
          }
        }
        guard isShared else { continue }
        for row in columns.firstRow..<cells.height {
          for part in candidate.parts(cells.text(row, answer.column))
          where !candidate.options.contains(part) {
            candidate.options.append(part)
          }
        }
        if candidate.options.count <= 30 { out[answer.column] = candidate }
      }
    }
    return out
  }
}
