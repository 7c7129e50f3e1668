import Diagnostics
import FoundationEssentials
import HTML
import Ingest
import Model
import Persistence

/// The receipt of a file as a page: what was understood, what changed, what is to be looked at and
/// where, on a picture of the sheet. It names people: for those only who hold the sheet.
struct ReceiptPage {
  let file: String
  let reports: [ImportUseCase.FileReport]
  let model: Model
  let language: Language
  /// How the sheet is written, as far as the user said so.
  var form = SheetForm()
  /// What the page says when the file was not imported again.
  var notice: Phrase?
  /// What the page says beside what each report does.
  var problems: [Diagnostic] = []
  /// Where to correct the rows set aside, in the reader's words.
  var corrections: String?
  /// Where to say whom names mean, in the reader's words.
  var names: String?

  var words: ReceiptWords { ReceiptWords(language: language) }
  private var details: [ReceiptDetails] { reports.compactMap(\.details) }

  func say(_ fr: String, _ en: String) -> String { words.say(fr, en) }

  /// The page's text; `path` is where the sheet can be read, nil when it is not at hand.
  func text(sheetAt path: String?) -> String {
    let path = path == "-" ? nil : path
    let name = SafeWriting.name(of: file)
    let title = say("Récépissé : ", "Receipt: ") + name
    let options = (try? form.options()) ?? IntakeOptions()
    var sheets: [FileCells.Sheet] = []
    if let path, details.contains(where: { $0.receipt.hasFindings }) {
      sheets = (try? FileCells(path: path, options: options))?.sheets ?? []
    }
    let findings = Finding.all(of: details, in: sheets, words).enumerated().map {
      (number: $0.offset + 1, finding: $0.element)
    }
    let pictures = pictures(findings, sheets, name)
    let summary = ReceiptSummary(details: details, model: model, words: words)
    var main: Markup = ""
    for diagnostic in problems + reports.flatMap(\.diagnostics) { main += told(diagnostic) }
    if let names {
      main += """
        <div class="banner"><p>\(say(
          "Des noms attendent : dites de qui il s’agit dans ",
          "Names wait: say whom they mean in "))<strong>\(names)</strong>\(say(
          ", enregistrez, et laissez le fichier là.", ", save, and leave the file there."))</p></div>

        """
    }
    if !details.isEmpty {
      main += section(say("Ce qui a été compris", "What was understood"), summary.markup())
    }
    for one in details { main += sessions(one.sessions) }
    main += tables(findings, marked: pictures.reduce(into: Set()) { $0.formUnion($1.marked) })
    if !pictures.isEmpty {
      main += section(say("Sur la feuille", "On the sheet"), pictures.map { $0.markup() }.joined())
    }
    if let sessions = summary.sessionTable() {
      let link = words.download(sessions.csv, "seances", say("Ces séances", "These sessions"))
      main += section(say("Séances lues", "Sessions read"), sessions.markup + link)
    }
    main += remarks()
    return Page(
      language: language, title: title,
      summary: say("Ce qui a été compris de cette feuille", "What was understood of this sheet"),
      styles: [ReceiptStyle.rules],
      header: """
        <p class="project">lien</p><h1>\(title)</h1>\
        <p class="lead">\(lead(findings.map(\.finding)))</p>\
        <p class="soft">\(say(
          "Cette page montre des noms : gardez-la pour vous, ne la transmettez pas.",
          "This page shows names: keep it to yourself, do not pass it on."))</p>
        """,
      main: main, footer: footer(path)
    ).text
  }

  // MARK: - What became of the sheet

  private func lead(_ findings: [Finding]) -> String {
    if let notice { return words.sentence(words.say(notice)) }
    guard !details.isEmpty || reports.isEmpty else {
      return say(
        "La feuille n’a pas pu entrer ; rien n’a changé. Voici pourquoi, et que faire.",
        "This sheet could not come in; nothing changed. Here is why, and what to do.")
    }
    let waiting = findings.count(where: \.waits)
    let doubtful = findings.count - waiting
    var left: [String] = []
    if waiting > 0 {
      left.append(
        words.count(
          waiting, ("point à corriger", "points à corriger"),
          ("point to correct", "points to correct")))
    }
    if doubtful > 0 {
      left.append(
        words.count(
          doubtful, ("point à vérifier", "points à vérifier"),
          ("point to check", "points to check")))
    }
    let rest =
      left.isEmpty
      ? say("Rien n’est à corriger, merci !", "Nothing is to be corrected, thank you!")
      : say("Il reste ", "There remain ") + left.joined(separator: say(" et ", " and ")) + "."
    let known = details.lazy.compactMap { one -> Int? in
      if case .unchanged(let record) = one.effect { record.id } else { nil }
    }.first
    if let known, details.allSatisfy({ $0.effect.change == nil }) {
      return say(
        "Rien de nouveau : cette feuille est déjà entrée (import \(known)), rien n’a changé. ",
        "Nothing new: this sheet came in already (import \(known)), nothing changed. ")
        + (left.isEmpty ? "" : rest)
    }
    if details.contains(where: { if case .planned = $0.effect { true } else { false } }) {
      return say(
        "Essai à blanc : rien n’a été changé, voici ce qui changerait. ",
        "Dry run: nothing was changed, here is what would change. ") + (left.isEmpty ? "" : rest)
    }
    if details.allSatisfy({ $0.receipt.rowsKept == 0 && $0.receipt.rowsDuplicate == 0 }) {
      return say("Rien n’a encore pu entrer. ", "Nothing could come in yet. ") + rest
    }
    return say("La feuille est entrée. ", "The sheet came in. ") + rest
  }

  private func told(_ diagnostic: Diagnostic) -> Markup {
    let place = diagnostic.location.flatMap { location -> String? in
      location.cell ?? location.line.map { say("ligne \($0)", "line \($0)") }
    }
    let where_: Markup = place.map { " (\($0))" } ?? ""
    let remedy: Markup =
      diagnostic.remedy.map {
        "<p><strong>\(say("À faire", "To do"))</strong>\(say(" : ", ": "))\(words.say($0))</p>"
      } ?? ""
    let head =
      diagnostic.severity == .error ? say("Pourquoi", "Why") : say("À vérifier", "To check")
    return """
      <div class="banner"><p><strong>\(head)</strong>\(say(" : ", ": "))\
      \(words.say(diagnostic.message))\(where_)</p>\(remedy)</div>

      """
  }

  // MARK: - Parts

  func section(_ title: String, _ body: Markup) -> Markup {
    "<section><h2>\(title)</h2>\n\(body)</section>\n"
  }

  private func tables(
    _ findings: [(number: Int, finding: Finding)], marked: Set<Int>
  ) -> Markup {
    var out: Markup = ""
    for waits in [true, false] {
      let own = findings.filter { $0.finding.waits == waits }
      guard !own.isEmpty else { continue }
      let table = FindingTable(findings: own, marked: marked, words: words)
      let title = waits ? say("À corriger", "To correct") : say("À vérifier", "To check")
      var body: Markup = ""
      if waits, let corrections {
        body += """
          <p>\(say("Corrigez ces lignes dans ", "Correct these rows in ")) \
          <strong>\(corrections)</strong>\(say(
            ", puis redonnez ce fichier : seules ces lignes entreront.",
            ", then give that file again: only these rows will come in."))</p>
          """
      } else if !waits {
        body += """
          <p>\(say(
            "Lu ainsi, et entré. Si ce n’est pas juste, corrigez la feuille et redonnez-la.",
            "Read like this, and in. If it is not right, correct the sheet and give it again."))</p>
          """
      }
      body += table.markup(caption: title + say(", cellule par cellule", ", cell by cell"))
      body += words.download(
        table.csv, waits ? "a-corriger" : "a-verifier", say("Ce tableau", "This table"))
      out += section(title, body)
    }
    return out
  }

  private func pictures(
    _ findings: [(number: Int, finding: Finding)], _ sheets: [FileCells.Sheet], _ name: String
  ) -> [SheetPicture] {
    sheets.enumerated().compactMap { number, sheet in
      let own = findings.filter { $0.finding.place?.sheet == number }
      guard !own.isEmpty else { return nil }
      let heads = details.flatMap(\.receipt.heads).filter { $0.sheet == sheet.name }.map(\.rows)
      return SheetPicture(
        shown: ShownSheet(sheet, places: own.compactMap(\.finding.place), heads: heads),
        findings: own, file: name, words: words)
    }
  }

  /// What else was understood, and is not said elsewhere on the page.
  private func remarks() -> Markup {
    let receipts = details.map(\.receipt)
    let told = Set(receipts.flatMap { ($0.doubts ?? []).map(\.code) } + ["people.candidates"])
    var lines: [String] = []
    for one in receipts.flatMap(\.assumptions) where !told.contains(one.code) {
      let heading = one.heading.map { say("« \($0) » : ", "“\($0)”: ") } ?? ""
      lines.append(heading + words.say(one.shown ?? one.message))
    }
    for one in receipts.flatMap(\.unreadHeadings) {
      let heading = one.heading ?? "\(one.position ?? 0)"
      lines.append(say("« \(heading) » : colonne non lue", "“\(heading)”: column not read"))
    }
    var seen: Set<String> = []
    let items = lines.filter { seen.insert($0).inserted }.map {
      "<li>\(words.sentence($0))</li>" as Markup
    }
    if items.isEmpty { return "" }
    return section(say("À savoir", "Notes"), "<ul>\(items)</ul>")
  }

  private func footer(_ path: String?) -> Markup {
    let record = details.lazy.compactMap { $0.effect.record }.first
    var what = say("Récépissé établi le ", "Receipt made on ")
    if let record {
      what = say("Import \(record.id), reçu le ", "Import \(record.id), received on ")
    }
    let when = words.moment(record?.receivedAt ?? Date.now.formatted(.iso8601))
    var out: Markup = "<p>\(what)\(when).</p>"
    var digest = path.flatMap { sha256Hex(path: $0)?.digest }
    // Of several tables of a workbook, none is the file.
    if digest == nil, details.count == 1, case .landed(let own, _)? = details.first?.effect {
      digest = own.fileDigest
    }
    if let digest {
      let fingerprint = say(
        "Empreinte du fichier (SHA-256 : ", "Fingerprint of the file (SHA-256: ")
      out += "<p>\(fingerprint)<code>\(digest)</code>).</p>"
    }
    return out + "<p>lien \(Version.current)</p>"
  }
}

extension Receipt {
  /// Whether there is anything to look at on the sheet.
  fileprivate var hasFindings: Bool { !problems.isEmpty || !(doubts ?? []).isEmpty }
}
