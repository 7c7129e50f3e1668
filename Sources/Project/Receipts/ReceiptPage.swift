import Diagnostics
import HTML
import Ingest
import Model
import Persistence

/// The receipt of a file as a page: what was understood, what changed, what was set aside and
/// where, with the cells of the sheet. It may name people: for the importer's machine only.
struct ReceiptPage {
  let file: String
  let reports: [ImportUseCase.FileReport]
  let model: Model
  let language: Language
  /// What the page says when the file was not imported again.
  var notice: Phrase?
  /// What the page says beside what each report does.
  var problems: [Diagnostic] = []
  /// Where to correct the rows set aside, in the reader's words.
  var corrections: String?
  /// Where to say whom names mean, in the reader's words.
  var names: String?

  /// The page's text; `path` is where the sheet can be read, nil when it is not at hand.
  func text(sheetAt path: String?) -> String {
    let name = SafeWriting.name(of: file)
    let title = say("Récépissé : \(name)", "Receipt: \(name)")
    let problems = reports.compactMap(\.details).flatMap(\.receipt.problems)
    var main: Markup = ""
    if let notice { main += banner(notice[language]) }
    for problem in self.problems { main += told(problem) }
    if let names {
      main += banner(
        say(
          "Des noms attendent : dites de qui il s’agit dans « \(names) », enregistrez, et laissez le "
            + "fichier là.",
          "Names wait: say whom they mean in “\(names)”, save, and leave the file there."))
    }
    for report in reports {
      for diagnostic in report.diagnostics { main += told(diagnostic) }
      if let details = report.details { main += understood(details, report) }
    }
    if !problems.isEmpty {
      let shown = path.map(ShownSheet.all) ?? []
      main += table(of: problems, in: shown)
      main += sheets(shown, problems)
    }
    return Page(
      language: language, title: title,
      summary: say("Ce qui a été compris de cette feuille", "What was understood of this sheet"),
      styles: [ReceiptPage.rules],
      header: """
        <p class="project">lien</p><h1>\(title)</h1>\
        <p class="soft">\(say(
          "Cette page montre des noms : ne la transmettez pas.",
          "This page shows names: do not pass it on."))</p>
        """,
      main: main,
      footer: "<p>\(say("lien, récépissé d’import", "lien, import receipt"))</p>"
    ).text
  }

  // MARK: - Parts

  private func say(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }

  private func banner(_ text: String) -> Markup {
    "<div class=\"banner\"><p>\(text)</p></div>\n"
  }

  private func told(_ diagnostic: Diagnostic) -> Markup {
    let remedy: Markup =
      diagnostic.remedy.map {
        "<p><strong>\(say("À faire", "To do"))</strong> : \($0[language])</p>"
      }
      ?? ""
    let head =
      diagnostic.severity == .error
      ? say("La feuille n’a pas pu entrer", "The sheet could not come in")
      : say("À vérifier", "To check")
    return """
      <div class="banner"><p><strong>\(head)</strong> : \(diagnostic.message[language])</p>\
      \(remedy)</div>

      """
  }

  private func understood(_ details: ReceiptDetails, _ report: ImportUseCase.FileReport) -> Markup {
    let receipt = details.receipt
    var out: Markup = "<section><h2>\(say("Ce qui a été compris", "What was understood"))</h2>\n"
    let lines = (report.summary?[language] ?? "").split(separator: "\n")
    if let first = lines.first { out += "<p class=\"lead\">\(String(first))</p>\n" }
    let counts: [(String, Int)] = [
      (say("Lignes lues", "Rows read"), receipt.rowsRead),
      (say("Gardées", "Kept"), receipt.rowsKept),
      (say("Mises de côté", "Set aside"), receipt.rowsSetAside),
      (say("En double", "Repeated"), receipt.rowsDuplicate),
    ]
    out += "<dl class=\"counts\">"
    out += counts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup }.joined()
    out += "</dl>\n"
    out += tables(details)
    out += sessions(details.sessions)
    let remarks = receipt.assumptions.map { one -> Markup in
      let heading = one.heading.map { say("« \($0) » : ", "“\($0)”: ") } ?? ""
      let text = (one.shown ?? one.message)[language]
      return "<li>\(heading)\(text)</li>"
    }
    let unread = receipt.unreadHeadings.map { one -> Markup in
      let text = say("colonne non lue", "column not read")
      return "<li>\(one.heading ?? ""): \(text)</li>"
    }
    if !remarks.isEmpty || !unread.isEmpty {
      out += "<h3>\(say("Remarques", "Remarks"))</h3><ul>\(remarks)\(unread)</ul>\n"
    }
    return out + "</section>\n"
  }

  private func tables(_ details: ReceiptDetails) -> Markup {
    let changes = details.effect.change?.tables ?? []
    let rows = details.receipt.tables.map { use -> Markup in
      let change = changes.first { $0.table == use.table }
      let dates = [use.firstDate, use.lastDate].compactMap { $0 }
      let span = dates.first == dates.last ? dates.first ?? "" : dates.joined(separator: " – ")
      return """
        <tr><th scope="row">\(use.label[language])</th><td>\(use.rows)</td><td>\(span)</td>\
        <td>\(change?.added ?? 0)</td><td>\(change?.changed ?? 0)</td>\
        <td>\(change?.removed ?? 0)</td></tr>
        """
    }
    guard !rows.isEmpty else { return "" }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(say("Tables", "Tables"))"><table>\
      <caption>\(say("Lignes par table", "Rows by table"))</caption><thead><tr>\
      <th scope="col">\(say("Table", "Table"))</th><th scope="col">\(say("Lues", "Read"))</th>\
      <th scope="col">\(say("Dates", "Dates"))</th>\
      <th scope="col">\(say("Ajoutées", "Added"))</th>\
      <th scope="col">\(say("Modifiées", "Changed"))</th>\
      <th scope="col">\(say("Retirées", "Removed"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>

      """
  }

  private func table(of problems: [Receipt.SetAside], in sheets: [ShownSheet]) -> Markup {
    let rows = problems.enumerated().map { i, problem -> Markup in
      let place = placeText(problem)
      return """
        <tr id="\(FileLink(anchor: "p\(i + 1)").anchorName)"><th scope="row">\
        <a href="\(FileLink(anchor: "c\(i + 1)"))">\(place)</a></th>\
        <td>\(problem.cell ?? ShownSheet.found(problem, in: sheets))</td><td>\(problem.message[language])</td>\
        <td>\(problem.remedy?[language] ?? "")</td></tr>
        """
    }
    let how =
      corrections.map {
        say("Corrigez ces lignes dans « \($0) », puis ", "Correct these rows in “\($0)”, then ")
          + say("déposez-le de nouveau.", "drop it again.")
      } ?? ""
    return """
      <section><h2>\(say("À corriger", "To correct"))</h2><p>\(how)</p>\
      <div class="scroll" tabindex="0" role="region" \
      aria-label="\(say("Problèmes", "Problems"))"><table class="problems">\
      <caption>\(say("Problèmes par cellule", "Problems by cell"))</caption><thead><tr>\
      <th scope="col">\(say("Où", "Where"))</th><th scope="col">\(say("Trouvé", "Found"))</th>\
      <th scope="col">\(say("Problème", "Problem"))</th>\
      <th scope="col">\(say("À faire", "To do"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div></section>

      """
  }

  private func placeText(_ problem: Receipt.SetAside) -> String {
    guard let heading = problem.heading, !heading.isEmpty else {
      return say("ligne \(problem.line)", "row \(problem.line)")
    }
    return problem.position == nil
      ? heading : say("ligne \(problem.line), ", "row \(problem.line), ") + heading
  }

  private func sheets(_ sheets: [ShownSheet], _ problems: [Receipt.SetAside]) -> Markup {
    let places = problems.map(ShownSheet.place)
    var anchored: Set<Int> = []
    var out: Markup =
      sheets.isEmpty
      ? "<section>" : "<section><h2>\(say("La feuille", "The sheet"))</h2>\n"
    for (number, sheet) in sheets.enumerated() {
      let mine = places.indices.filter { i in
        places[i].sheet.map { $0 == sheet.name } ?? (number == 0)
      }
      guard !mine.isEmpty else { continue }
      var rows: Markup = ""
      for row in sheet.near(Set(mine.map { places[$0].line })) {
        let here = mine.filter { places[$0].line == row.number }
        let cells = row.cells.prefix(ShownSheet.mostColumns).enumerated().map { c, text in
          cell(text, here.filter { places[$0].column == c }, &anchored, problems)
        }
        let whole = here.filter { places[$0].column == nil }
        let head = mark(whole, &anchored, problems)
        rows += "<tr><th scope=\"row\">\(row.number)\(head)</th>\(cells)</tr>"
      }
      let label = sheet.name ?? SafeWriting.name(of: file)
      out += """
        <div class="scroll" tabindex="0" role="region" aria-label="\(label)">\
        <table class="sheet"><caption>\(label)</caption><tbody>\(rows)</tbody></table></div>

        """
    }
    // What is no cell of the rows shown keeps a place to jump to.
    let rest = places.indices.filter { !anchored.contains($0) }
    out += "<p class=\"small\">\(mark(rest, &anchored, problems))</p>"
    return out + "</section>\n"
  }

  private func cell(
    _ text: String, _ here: [Int], _ anchored: inout Set<Int>, _ problems: [Receipt.SetAside]
  ) -> Markup {
    here.isEmpty
      ? "<td>\(text)</td>"
      : "<td class=\"wrong\"><mark>\(text)</mark>\(mark(here, &anchored, problems))</td>"
  }

  /// Links from cells to the problems they have, by number.
  private func mark(
    _ here: [Int], _ anchored: inout Set<Int>, _ problems: [Receipt.SetAside]
  ) -> Markup {
    for i in here { anchored.insert(i) }
    return here.map { i -> Markup in
      """
       <a class="flag" id="\(FileLink(anchor: "c\(i + 1)").anchorName)" \
      href="\(FileLink(anchor: "p\(i + 1)"))" \
      aria-label="\(say("Problème", "Problem")) \(i + 1)">⚠ \(i + 1)</a>
      """
    }.joined()
  }

  static let rules: Style = """
    .project{margin:1.4rem 0 .2rem;color:var(--soft);font-weight:600;font-size:.9rem}
    section{margin-top:1.8rem}
    .lead{font-size:1.05rem}
    .counts{display:flex;flex-wrap:wrap;gap:.6rem 2rem;margin:.6rem 0 1rem}
    .counts dt{color:var(--soft);font-size:.8125rem}
    .counts dd{margin:0;font-size:1.5rem;font-weight:700}
    .problems td,.problems th,.sheet td,.sheet th{text-align:left;white-space:normal;\
    padding:.28rem .5rem}
    .problems td{min-width:7rem}
    .sheet td{border:1px solid var(--line);min-width:2.2rem}
    .sheet th{color:var(--soft);white-space:nowrap}
    .wrong{outline:3px solid var(--alert-line);outline-offset:-3px;background:var(--alert)}
    mark{background:none;color:inherit;font-weight:700}
    .flag{white-space:nowrap;display:inline-block;min-width:1.5rem;min-height:1.5rem}
    tr:target>*,.flag:target{outline:3px solid var(--link);outline-offset:-1px}
    footer{margin-top:2.5rem;padding-bottom:2rem;color:var(--soft);font-size:.8125rem}
    """
}

extension FileLink {
  /// The identifier that a link within the page points to.
  fileprivate var anchorName: String { String(text.dropFirst()) }
}
