import Diagnostics

/// The reading of a sheet, told to the person who holds it.
struct LayoutRemarks {
  let reading: SheetReading

  /// How the sheet was read, then what was read with a doubt.
  func assumptions() -> [Assumption] {
    [form()] + [context(), hidden(), totals(), silence()].compactMap { $0 } + doubts()
  }

  private func form() -> Assumption {
    let names: [(String, String, String)] = [
      ("grid", "grille noms × dates", "grid of names by dates"),
      ("transposed", "grille dates × noms", "grid of dates by names"),
      ("list", "liste", "list"),
    ]
    let known = names.filter { reading.forms.contains($0.0) }
    let several = reading.forms.count
    let fr = known.map(\.1).joined(separator: " et ")
    let en = known.map(\.2).joined(separator: " and ")
    let kinds: [(SheetRegion.Kind, String, String)] = [
      (.title, "titre", "title"), (.header, "en-têtes", "headings"), (.body, "corps", "body"),
      (.legend, "légende", "legend"),
    ]
    var parts: [(String, String)] = []
    for (kind, fr, en) in kinds {
      let ranges = reading.regions.filter { $0.kind == kind }.map { region in
        (region.sheet.map { $0 + "!" } ?? "") + region.range.name
      }
      guard !ranges.isEmpty else { continue }
      let list = ranges.prefix(4).joined(separator: ", ") + (ranges.count > 4 ? "…" : "")
      parts.append(("\(fr) \(list)", "\(en) \(list)"))
    }
    return Assumption(
      code: "sheet.read-as",
      message: Phrase(
        fr: "lue comme \(several > 1 ? "\(several) tableaux : " : "")\(fr)",
        en: "read as \(several > 1 ? "\(several) tables: " : "")\(en)"),
      isWarning: false,
      shown: Phrase(
        fr: "lue comme \(fr) (" + parts.map(\.0).joined(separator: " ; ") + ")",
        en: "read as \(en) (" + parts.map(\.1).joined(separator: "; ") + ")"))
  }

  /// The activity and the residence that stand beside the table.
  private func context() -> Assumption? {
    var fr: [String] = []
    var en: [String] = []
    if !reading.activities.isEmpty {
      let all = reading.activities
      let more = all.count > 6 ? "…" : ""
      fr.append(
        "activité\(all.count > 1 ? "s" : "") "
          + all.prefix(6).map { "« \($0) »" }.joined(separator: ", ") + more)
      en.append(
        "activit\(all.count > 1 ? "ies" : "y") "
          + all.prefix(6).map { "“\($0)”" }.joined(separator: ", ") + more)
    }
    if let residence = reading.residence {
      fr.append("résidence « \(residence) »")
      en.append("residence “\(residence)”")
    }
    guard !fr.isEmpty else { return nil }
    return Assumption(
      code: "sheet.title",
      message: Phrase(
        fr: "le titre, la feuille ou le fichier disent l’activité ou la résidence",
        en: "the title, the sheet or the file say the activity or the residence"),
      isWarning: false,
      shown: Phrase(
        fr: "lu au titre ou au nom : " + fr.joined(separator: ", "),
        en: "read in the title or the name: " + en.joined(separator: ", ")))
  }

  /// Lines that say nobody was there, so that none is lost without a word.
  private func silence() -> Assumption? {
    let n = reading.silentRows
    guard n > 0 else { return nil }
    return Assumption(
      code: "sheet.silent-lines",
      message: Phrase(
        fr: n == 1
          ? "1 ligne sans aucune marque : rien n’en est importé"
          : "\(n) lignes sans aucune marque : rien n’en est importé",
        en: n == 1
          ? "1 line without a mark: nothing is imported from it"
          : "\(n) lines without a mark: nothing is imported from them"),
      isWarning: false)
  }

  private func hidden() -> Assumption? {
    guard reading.hasHidden else { return nil }
    return Assumption(
      code: "sheet.hidden",
      message: Phrase(
        fr: "des lignes ou des colonnes masquées ont été lues comme les autres",
        en: "hidden rows or columns were read like the others"),
      isWarning: true)
  }

  private func totals() -> Assumption? {
    let n = reading.totalsChecked
    guard n > 0 else { return nil }
    return Assumption(
      code: "total.agrees",
      message: Phrase(
        fr: n == 1
          ? "1 total concorde avec les marques" : "\(n) totaux concordent avec les marques",
        en: n == 1 ? "1 total agrees with the marks" : "\(n) totals agree with the marks"),
      isWarning: false)
  }

  /// Cells read with a doubt, by reason, and sessions that did not take place.
  private func doubts() -> [Assumption] {
    var codes: [String] = []
    var cells: [String: [SheetProblem]] = [:]
    for problem in reading.problems where problem.verdict != .rejected {
      if cells[problem.code] == nil { codes.append(problem.code) }
      cells[problem.code, default: []].append(problem)
    }
    return codes.map { code in
      let all = cells[code] ?? []
      let reason = LayoutFault.diagnostic(code)
      func places(_ text: (String) -> String) -> String {
        all.prefix(12).map { text($0.place) }.joined(separator: ", ") + (all.count > 12 ? "…" : "")
      }
      let isWarning = all.contains { $0.verdict == .doubtful }
      let advice = isWarning ? reason.remedy : nil
      func message(_ places: String) -> Phrase {
        Phrase(
          fr: "\(places) : \(reason.message.fr)" + (advice.map { " → \($0.fr)" } ?? ""),
          en: "\(places): \(reason.message.en)" + (advice.map { " → \($0.en)" } ?? ""))
      }
      // The name of a sheet may be that of a person: it is for the screen only.
      let bare = places { $0.split(separator: "!").last.map(String.init) ?? $0 }
      return Assumption(
        code: code, message: message(bare), isWarning: isWarning, shown: message(places { $0 }))
    }
  }
}
