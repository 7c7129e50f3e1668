/// Takes an export of a survey apart: one row a respondent becomes one row an answer.
package enum SurveyReader {
  /// Reads a sheet; nil when no program's export is recognised.
  package static func read(_ grid: CellGrid) -> SurveyReading? { read([grid]) }

  /// Reads the sheets of a file: the first that is an export, and those whose rows are parts of its
  /// respondents' answers. Nil when no program's export is recognised.
  package static func read(_ grids: [CellGrid]) -> SurveyReading? {
    for (i, grid) in grids.enumerated() {
      let cells = SheetCells(grid)
      guard let columns = SurveyColumns(cells) else { continue }
      var out = read(cells, columns)
      var others = grids
      others.remove(at: i)
      RepeatedGroups(cells: cells, columns: columns).read(others, into: &out)
      settleKinds(&out, columns)
      return out
    }
    return nil
  }

  private static func read(_ cells: SheetCells, _ columns: SurveyColumns) -> SurveyReading {
    let grid = cells.grid
    var out = SurveyReading(exporter: columns.exporter, sheet: grid.sheetName)
    out.identities = columns.identities.map { cells.text(columns.top, $0) }
    let multiple = SeveralAnswers.find(cells, columns)
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
      for found in answers(row, cells, columns, multiple) {
        var answer = base
        answer.item = found.item.code
        answer.text = found.text
        answer.words = found.words
        answer.number = AnswerNumber.read(found.text)
        out.answers.append(answer)
        out.note(found.item, found.kind, found.text)
      }
    }
    return out
  }

  private struct Found {
    var item: SurveyColumns.Answer
    var kind: SurveyItem.Kind
    var text: String
    /// What was written beside a ticked `Autre`.
    var words = ""
  }

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
        var out = several.options.map { option in
          var item = answer
          item.code = "\(answer.code) [\(option)]"
          return Found(
            item: item, kind: .option,
            text: given.isEmpty ? "" : given.contains(option) ? "1" : "0")
        }
        if several.hasOther {
          let others = given.filter { !several.options.contains($0) }
          var item = answer
          item.code = "\(answer.code) [Autre]"
          out.append(
            Found(
              item: item, kind: .option,
              text: given.isEmpty ? "" : others.isEmpty ? "0" : "1",
              words: others.joined(separator: ", ")))
        }
        return out
      }
      if let group = answer.group {
        return [
          Found(item: answer, kind: .option, text: answered.contains(group) ? ticked(text) : "")
        ]
      }
      return [Found(item: answer, kind: .words, text: isMissing(text) ? "" : text)]
    }
  }

  private static func ticked(_ text: String) -> String {
    let fold = Fold.key(text)
    return ["", "0", "n", "no", "non", "false", "faux"].contains(fold) ? "0" : "1"
  }

  /// The words for no answer.
  static func isMissing(_ text: String) -> Bool {
    [
      "nsp", "sans reponse", "n a", "na", "nr", "n r", "ne sait pas", "je ne sait pas",
      "je ne sais pas", "ne se prononce pas", "ne souhaite pas repondre", "sans opinion",
      "je ne souhaite pas repondre", "je prefere ne pas repondre", "prefer not to say",
      "don t know", "i don t know", "refus", "no answer", "not applicable", "non applicable",
      "n c", "nc",
    ].contains(Fold.key(text)) || text == "-"
  }

  private static func settleKinds(_ out: inout SurveyReading, _ columns: SurveyColumns) {
    for i in out.items.indices where out.items[i].kind == .words {
      let texts = out.items[i].answers.map(\.text)
      guard !texts.isEmpty else { continue }
      let isPlain = texts.allSatisfy { Double($0.replacing(",", with: ".")) != nil }
      let isNumbered = AnswerNumber.areNumbered(texts)
      let hasNumbers = texts.allSatisfy { AnswerNumber.read($0) != nil }
      out.items[i].kind = !hasNumbers ? .words : isPlain ? .number : isNumbered ? .scale : .words
    }
    codeScales(&out, columns)
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

  /// Gives their codes to answers in words of a known scale: the rows of a grid share one.
  private static func codeScales(_ out: inout SurveyReading, _ columns: SurveyColumns) {
    var stems: [String: String] = [:]
    for answer in columns.answers { stems[answer.code] = answer.stem ?? answer.code }
    var groups: [String: [Int]] = [:]
    for i in out.items.indices where out.items[i].kind == .words {
      groups[stems[out.items[i].code] ?? out.items[i].code, default: []].append(i)
    }
    var scales: [String: AnswerScale] = [:]
    for items in groups.values {
      guard let scale = AnswerScale.of(items.flatMap { out.items[$0].answers }) else { continue }
      for i in items where !out.items[i].answers.isEmpty {
        out.items[i].kind = .coded
        out.items[i].scale = scale
        scales[out.items[i].code] = scale
      }
    }
    for i in out.answers.indices {
      guard let scale = scales[out.answers[i].item] else { continue }
      out.answers[i].number = scale.code(of: out.answers[i].text).map(Double.init)
    }
  }
}

/// Answers that are numbers by themselves.
enum AnswerNumber {
  /// `4`, `3,5`, `5 - Très satisfait`, and yes or no as 1 or 0. What begins with a zero, or is
  /// longer than any count, is a telephone or a code, and no number.
  static func read(_ text: String) -> Double? {
    if let known = Double(text.replacing(",", with: ".")), text.utf8.count <= 12 {
      let digits = text.prefix { $0.isNumber }
      return digits.count > 7 || (digits.count > 1 && digits.first == "0") ? nil : known
    }
    if let (number, _) = numbered(text) { return Double(number) }
    switch Fold.key(text) {
    case "oui", "yes", "y": return 1
    case "non", "no", "n": return 0
    default: return nil
    }
  }

  /// Whether numbers stand before words as one number for one wording: an age `10-15 ans` is none.
  static func areNumbered(_ texts: [String]) -> Bool {
    var words: [Int: Set<String>] = [:]
    for text in texts {
      guard let (number, word) = numbered(text) else { continue }
      words[number, default: []].insert(Fold.key(word))
    }
    return words.values.allSatisfy { $0.count == 1 }
  }

  /// `5 - Très satisfait`.
  private static func numbered(_ text: String) -> (Int, String)? {
    let digits = text.prefix { $0.isNumber }
    let rest = text.dropFirst(digits.count).drop { $0 == " " }
    guard (1...2).contains(digits.count), let number = Int(digits), let sign = rest.first,
      "-–—:.)=".contains(sign)
    else { return nil }
    let word = rest.dropFirst().drop { $0 == " " }
    guard word.first?.isLetter == true else { return nil }
    return (number, String(word))
  }
}
