/// The questions of a survey and the values of their answers, as a mapping file to complete.
package struct SurveyCodebook: Sendable {
  /// The questionnaire: the file's name without its ending.
  package let name: String
  /// The whole file.
  package let text: String
  /// How many questions have answers in words whose values nobody knows yet.
  package let open: Int

  init(_ survey: SurveyReading, instrument: String, mapping: SurveyMapping?) {
    name = instrument
    var open = 0
    var lines: [String] = []
    for item in survey.items {
      let known = mapping?[item.code]
      var remark: String?
      var values: [String] = []
      switch item.kind {
      case .coded:
        remark = "échelle reconnue"
        values = SurveyCodebook.values(item, known) { item.scale?.code(of: $0) }
      case .words where SurveyCodebook.isClosed(item):
        values = SurveyCodebook.values(item, known) { _ in nil }
        if known?.values.isEmpty ?? true {
          open += 1
          remark = "à compléter : un nombre par réponse ; \"\" la garde en toutes lettres"
        }
      case .words: remark = "texte libre : gardé en toutes lettres, hors des calculs"
      case .number, .scale, .option: break
      }
      if let remark { lines.append("      // " + remark) }
      var members = ["item: " + SurveyCodebook.quoted(known?.name ?? item.code)]
      if !values.isEmpty { members.append("values: {" + values.joined(separator: ", ") + "}") }
      lines.append(
        "      \(SurveyCodebook.quoted(item.code)): {" + members.joined(separator: ", ") + "},")
    }
    self.open = open
    let id = SurveyCodebook.quoted(instrument)
    let fr = SurveyCodebook.quoted("Questionnaire " + instrument)
    let en = SurveyCodebook.quoted("Survey " + instrument)
    text = """
      // Les questions de « \(instrument) » (\(survey.exporter.name)) et la valeur de leurs réponses.
      // « item » est le nom de la question dans les indicateurs : le même d’une vague à l’autre.
      // Complété, posez ce fichier dans indicators/mappings/ : il vaut alors pour tous les exports
      // de ce questionnaire. Importez de nouveau ceux qui étaient déjà entrés.
      {
        id: \(id),
        label: {fr: \(fr), en: \(en)},
        survey: {
          instrument: \(id),
          items: {
      \(lines.joined(separator: "\n"))
          },
        },
      }

      """
  }

  /// Whether a question's answers come again: those of an open one hardly do.
  private static func isClosed(_ item: SurveyItem) -> Bool {
    let given = item.answers.reduce(0) { $0 + $1.count }
    return item.answers.count <= 12 && given >= 2 * item.answers.count
  }

  private static func values(
    _ item: SurveyItem, _ known: SurveyMapping.Item?, code: (String) -> Int?
  ) -> [String] {
    let all = item.answers.map { answer -> (text: String, value: String, order: Int) in
      let own = known?.values[Fold.key(answer.text)].flatMap { $0 }.map { "\($0)" }
      let found = code(answer.text)
      return (answer.text, own ?? found.map(String.init) ?? "", found ?? 0)
    }
    return all.sorted { $0.order < $1.order }.map { quoted($0.text) + ": " + quoted($0.value) }
  }

  private static func quoted(_ text: String) -> String {
    var out = ""
    for c in text.unicodeScalars {
      switch c {
      case "\"", "\\": out += "\\" + String(c)
      case _ where c.value < 0x20: out += " "
      default: out.unicodeScalars.append(c)
      }
    }
    return "\"" + out + "\""
  }
}
