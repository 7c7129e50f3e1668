/// A question whose answers stand together in one cell.
struct SeveralAnswers {
  var separator: String
  /// All the answers that are options, in the order of the sheet.
  var options: [String]
  /// Whether some wrote an answer of their own: it is told of nobody by its words.
  var hasOther = false

  func parts(_ text: String) -> [String] {
    text.split(separator: separator).map { SheetCells.tidy(String($0)) }.filter { !$0.isEmpty }
  }

  /// The columns of such questions: answers come again in another company. (A sentence with a
  /// comma does not.)
  static func find(_ cells: SheetCells, _ columns: SurveyColumns) -> [Int: SeveralAnswers] {
    guard columns.exporter == .googleForms else { return [:] }
    var out: [Int: SeveralAnswers] = [:]
    for answer in columns.answers {
      let all = (columns.firstRow..<cells.height).map { cells.text($0, answer.column) }
        .filter { !$0.isEmpty }
      let texts = Set(all)
      for separator in [";", ", "] where out[answer.column] == nil {
        let candidate = SeveralAnswers(separator: separator, options: [])
        let several = texts.filter { candidate.parts($0).count > 1 }
        let isShared = several.contains { a in
          texts.contains { b in
            a != b && !Set(candidate.parts(a)).isDisjoint(with: candidate.parts(b))
          }
        }
        guard isShared else { continue }
        let found = candidate.withOptions(of: all)
        if found.options.count <= 30 { out[answer.column] = found }
      }
    }
    return out
  }

  /// The options that some answers are made of; what one person wrote at length, or as `Autre : …`,
  /// is no option.
  private func withOptions(of texts: [String]) -> SeveralAnswers {
    var out = self
    var counts: [String: Int] = [:]
    var order: [String] = []
    for text in texts {
      for part in parts(text) {
        if counts[part] == nil { order.append(part) }
        counts[part, default: 0] += 1
      }
    }
    for part in order {
      let words = Fold.key(part).split(separator: " ")
      let isOther = words.first == "autre" || words.first == "other" || words.first == "autres"
      if (isOther && part.contains(":")) || (counts[part] == 1 && (isOther || words.count > 5)) {
        out.hasOther = true
      } else {
        out.options.append(part)
      }
    }
    return out
  }
}
