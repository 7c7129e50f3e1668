import Diagnostics

/// What a receipt tells of a survey's export.
struct SurveyRemarks {
  let survey: SurveyReading
  let source: SurveySource
  let mapping: SurveyMapping?
  let list: SurveyIntake.AnswerList

  func all() -> [Assumption] {
    [readAs(), waves(), mapped(), coded(), words(), incomplete(), identities(), unread()]
      .compactMap { $0 }
  }

  private func note(
    _ code: String, _ fr: String, _ en: String, isWarning: Bool = false, shown: Phrase? = nil
  ) -> Assumption {
    Assumption(
      code: code, message: Phrase(fr: fr, en: en), isWarning: isWarning, shown: shown)
  }

  private func quoted(_ texts: [String]) -> Phrase {
    let more = texts.count > 8 ? "…" : ""
    return Phrase(
      fr: texts.prefix(8).map { "« \($0) »" }.joined(separator: ", ") + more,
      en: texts.prefix(8).map { "“\($0)”" }.joined(separator: ", ") + more)
  }

  private func readAs() -> Assumption? {
    let name = survey.exporter.name
    return note(
      "survey.read-as", "lue comme un export d’enquête (\(name)) : une ligne par réponse",
      "read as an export of a survey (\(name)): a row an answer",
      shown: Phrase(
        fr: "lue comme un export d’enquête (\(name)), questionnaire « \(source.instrument) »",
        en: "read as an export of a survey (\(name)), instrument “\(source.instrument)”"))
  }

  private func waves() -> Assumption? {
    guard source.clusters.count > 1 else { return nil }
    let all = source.clusters.map { "\($0.wave) (\($0.respondents))" }.joined(separator: ", ")
    return note(
      "survey.waves", "plusieurs vagues, d’après les dates (et leurs répondants) : \(all)",
      "several waves, by the dates (and their respondents): \(all)", isWarning: true)
  }

  private func mapped() -> Assumption? {
    guard let mapping else { return nil }
    let rest =
      list.unmapped == 0
      ? Phrase(same: "")
      : Phrase(
        fr: " ; \(list.unmapped) réponse\(list.unmapped > 1 ? "s" : "") qu’elle ne connaît pas",
        en: "; \(list.unmapped) answer\(list.unmapped == 1 ? "" : "s") that it does not know")
    return note(
      "survey.mapping", "correspondance « \(mapping.id) » appliquée" + rest.fr,
      "mapping “\(mapping.id)” applied" + rest.en, isWarning: list.unmapped > 0)
  }

  /// The scales that were recognised, with their codes.
  private func coded() -> Assumption? {
    let items = survey.items.filter { item in
      item.kind == .coded && (mapping?[item.code]?.values.isEmpty ?? true)
    }
    guard !items.isEmpty else { return nil }
    var scales: [String] = []
    for item in items {
      let steps = item.answers.compactMap { answer in
        item.scale?.code(of: answer.text).map { ($0, answer.text) }
      }.sorted { $0.0 < $1.0 }
      let text = steps.map { "\($0.0) = \($0.1)" }.joined(separator: ", ")
      if !scales.contains(text) { scales.append(text) }
    }
    let n = items.count
    let fr = "\(n) question\(n > 1 ? "s" : "") d’une échelle connue : codée\(n > 1 ? "s" : "")"
    let en = "\(n) question\(n == 1 ? "" : "s") of a known scale: coded"
    let shown = scales.prefix(4).joined(separator: " ; ") + (scales.count > 4 ? "…" : "")
    return note(
      "survey.coded", fr, en, shown: Phrase(fr: "\(fr) (\(shown))", en: "\(en) (\(shown))"))
  }

  private func words() -> Assumption? {
    let n = list.wordy.count
    guard n > 0 else { return nil }
    return note(
      "survey.words",
      "\(n) question\(n > 1 ? "s" : "") dont des réponses n’ont pas de valeur : gardées en toutes "
        + "lettres, hors des calculs",
      "\(n) question\(n == 1 ? "" : "s") with answers that have no value: kept in words, out of "
        + "any figure", isWarning: true)
  }

  private func incomplete() -> Assumption? {
    let n = survey.problems.count
    guard n > 0 else { return nil }
    return note(
      "survey.incomplete",
      "\(n) questionnaire\(n > 1 ? "s" : "") non terminé\(n > 1 ? "s" : "") : les réponses données "
        + "sont gardées",
      "\(n) unfinished questionnaire\(n == 1 ? "" : "s"): the answers given are kept",
      isWarning: true)
  }

  private func identities() -> Assumption? {
    let n = survey.identities.count
    guard n > 0 else { return nil }
    let list = quoted(survey.identities)
    let fr = "\(n) colonne\(n > 1 ? "s" : "") de noms ou d’adresses : rien n’en est importé"
    let en = "\(n) column\(n == 1 ? "" : "s") of names or addresses: nothing of it is imported"
    return note(
      "survey.identities", fr, en,
      shown: Phrase(fr: "\(fr) (\(list.fr))", en: "\(en) (\(list.en))"))
  }

  private func unread() -> Assumption? {
    guard !survey.unread.isEmpty else { return nil }
    let list = quoted(survey.unread)
    return note(
      "sheet.not-read", "des feuilles du classeur n’ont pas été lues",
      "sheets of the workbook were not read", isWarning: true,
      shown: Phrase(fr: "feuilles non lues : \(list.fr)", en: "sheets not read: \(list.en)"))
  }
}
