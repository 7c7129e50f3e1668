package import Diagnostics
import FoundationEssentials
import Ingest
import People

/// `lien people match`: names as typed on sheets against a register, without a project.
package struct PeopleMatching {
  /// A name and its answer.
  struct Row {
    var id: String
    var text: String
    var answer: Answer
  }

  private let rows: [Row]
  private let register: Register

  /// Reads both sheets and matches every name.
  ///
  /// - Throws: `Failure`: `input` when a file is no sheet, `usage` when a heading is missing.
  package init(names: String, roster: String) throws(Failure) {
    register = try PeopleSheet(path: roster).register()
    let sheet = try PeopleSheet(path: names)
    guard sheet.has(.mention) || sheet.has(.wholeName) || sheet.has(.surname) else {
      throw PeopleSheet.missing(
        "people.names", names, fr: "une colonne de noms (« nom_saisi »)",
        en: "a column of names (“nom_saisi”)")
    }
    let thisYear = Int(Date.now.formatted(.iso8601).prefix(4))
    var matcher = Matcher(register: register, year: thisYear)
    var rows: [Row] = []
    rows.reserveCapacity(sheet.preview.rowCount)
    for i in 0..<sheet.preview.rowCount {
      let row = sheet.preview.row(i)
      let parts = sheet.cells(.surname, row).prefix(1) + sheet.cells(.given, row).prefix(1)
      let text =
        sheet.cell(.mention, row) ?? sheet.cell(.wholeName, row) ?? parts.joined(separator: ", ")
      matcher.year = sheet.cell(.sheet, row).flatMap(PeopleSheet.year) ?? thisYear
      rows.append(
        Row(
          id: sheet.cell(.id, row) ?? "\(sheet.preview.line(i))", text: text,
          answer: matcher.answer(to: text, clues: sheet.clues(row))))
    }
    self.rows = rows
  }

  // MARK: - Forms

  /// A row a name: `mid,id,status,score,candidates,reason`.
  package func csv() -> String {
    var out = "mid,id,status,score,candidates,reason\n"
    for row in rows {
      let cells = [
        row.id, id(row.answer), row.answer.status.rawValue, Self.score(row.answer.score),
        candidates(row.answer).joined(separator: ";"), row.answer.reason.rawValue,
      ]
      out += cells.map(Self.cell).joined(separator: ",") + "\n"
    }
    return out
  }

  /// An array of objects, without names.
  package func json() -> String {
    JSONText.array(
      rows.map { row in
        JSONText.object([
          ("mid", JSONText.string(row.id)),
          ("id", row.answer.status == .sure ? JSONText.string(id(row.answer)) : "null"),
          ("status", JSONText.string(row.answer.status.rawValue)),
          ("score", Self.score(row.answer.score)),
          (
            "candidates",
            "[" + candidates(row.answer).map(JSONText.string).joined(separator: ", ") + "]"
          ),
          ("reason", JSONText.string(row.answer.reason.rawValue)),
        ])
      })
  }

  /// How many of each, and the names that a person has to look at.
  package func text(language: Language, showsCells: Bool) -> String {
    let isFrench = language == .fr
    func count(_ status: Answer.Status) -> Int { rows.count { $0.answer.status == status } }
    let (sure, unsure, new) = (count(.sure), count(.unsure), count(.new))
    var out =
      isFrench
      ? "\(rows.count) noms, \(register.people.count) personnes au registre\u{A0}: "
        + "\(sure) sûr\(sure > 1 ? "s" : ""), \(unsure) à vérifier, "
        + "\(new) nouveau\(new > 1 ? "x" : "")\n"
      : "\(rows.count) names, \(register.people.count) people in the register: "
        + "\(sure) sure, \(unsure) unsure, \(new) new\n"
    guard showsCells else { return out }
    for (status, fr, en) in [
      (Answer.Status.unsure, "À vérifier", "Unsure"), (.new, "Nouveaux", "New"),
    ] {
      let found = rows.filter { $0.answer.status == status }
      if found.isEmpty { continue }
      out += "\n" + (isFrench ? fr + "\u{A0}:" : en + ":") + "\n"
      for row in found {
        out += "  \(row.id)  \(row.text)  (\(row.answer.reason.phrase[language]))\n"
        for one in row.answer.candidates.prefix(4) where status == .unsure {
          let percent = Int((one.score * 100).rounded())
          out += "      \(percent)\(isFrench ? "\u{A0}" : "")%  " + shown(one.person) + "\n"
        }
      }
    }
    return Shown.text(out)
  }

  // MARK: - Parts

  private func id(_ answer: Answer) -> String {
    guard answer.status == .sure, let first = answer.candidates.first else { return "" }
    return register.people[first.person].id
  }

  private func candidates(_ answer: Answer) -> [String] {
    answer.candidates.map { register.people[$0.person].id }
  }

  private func shown(_ person: Int) -> String {
    let one = register.people[person]
    let name =
      one.fullName.isEmpty
      ? ([one.given] + one.surnames.prefix(1)).joined(separator: " ") : one.fullName
    return ([one.id, name] + [one.dwelling].compactMap { $0 }).joined(separator: "  ")
  }

  /// Three decimals, never rounded up to one.
  private static func score(_ value: Double) -> String {
    let n = min(Int(value * 1000), 999)
    return "0." + String(repeating: "0", count: n < 10 ? 2 : n < 100 ? 1 : 0) + "\(n)"
  }

  private static func cell(_ text: String) -> String {
    text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline })
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
