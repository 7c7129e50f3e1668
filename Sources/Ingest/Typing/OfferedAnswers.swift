import Diagnostics
package import Model

/// The codes that the questions of known questionnaires offer: an answer that is none of them is
/// never stored, as no score could count it.
package struct OfferedAnswers: Sendable {
  /// By questionnaire, then item.
  private let codes: [String: [String: Set<Double>]]

  /// The answers of some questionnaires.
  package init(_ instruments: Instruments) {
    codes = Dictionary(
      instruments.all.map { instrument in
        (
          instrument.name,
          Dictionary(
            instrument.items.map { ($0.name, Set($0.codes)) }, uniquingKeysWith: { a, _ in a })
        )
      }, uniquingKeysWith: { a, _ in a })
  }

  /// The codes of an item; nil when the questionnaire or the item is not known.
  func codes(_ instrument: String, _ item: String) -> Set<Double>? { codes[instrument]?[item] }
}

extension Fault {
  /// An answer that the question does not offer.
  static func notOffered(_ instrument: String, _ item: String, _ codes: Set<Double>) -> Diagnostic {
    let list = codes.sorted().map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }
      .joined(separator: ", ")
    return Diagnostic(
      code: "cell.answer-not-offered",
      Phrase(
        fr: "réponse que la question « \(item) » (\(instrument)) n’offre pas",
        en: "an answer that the question “\(item)” (\(instrument)) does not offer"),
      remedy: Phrase(
        fr: "réponses possibles : \(list) ; laissez vide s’il n’y en a pas",
        en: "possible answers: \(list); leave it empty if there is none"))
  }
}

extension StagedTable {
  /// The rows whose answer is none that their question offers.
  func notOffered(_ offered: OfferedAnswers) -> [Problem] {
    func column(_ name: String) -> Int? { columns.firstIndex { $0.declaration.name == name } }
    guard table.name == "response", let i = column("instrument"), let j = column("item"),
      let k = column("value"), columns[i].storage == .codes, columns[j].storage == .codes,
      columns[k].storage == .decimals
    else { return [] }
    let (names, items) = (columns[i].interner, columns[j].interner)
    // Few pairs of a questionnaire and an item, many rows.
    var known: [Int64: Set<Double>?] = [:]
    var out: [Problem] = []
    for row in columns[k].decimals.indices {
      let (name, item, answer) = (
        columns[i].codes[row], columns[j].codes[row], columns[k].decimals[row]
      )
      if name < 0 || item < 0 || answer.isNaN { continue }
      let pair = Int64(name) << 32 | Int64(item)
      let codes: Set<Double>?
      if let found = known[pair] {
        codes = found
      } else {
        codes = offered.codes(names.string(name), items.string(item))
        known[pair] = .some(codes)
      }
      guard let codes, !codes.contains(answer) else { continue }
      out.append(
        Problem(
          record: row < records.count ? records[row] : Int32(row), column: fields[k],
          reason: Fault.notOffered(names.string(name), items.string(item), codes)))
    }
    return out
  }
}
