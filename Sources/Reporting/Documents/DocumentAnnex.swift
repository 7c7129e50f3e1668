import Diagnostics
import Disclosure
import HTML
import Periods

/// The end of a document: how it was counted, under which codes, from which data.
extension Pages {
  /// How each indicator shown is counted.
  func annex() -> DocumentSection {
    let entries = shown.map { own -> Markup in
      let h = own.heading
      var items: [(String, String)] = [
        (words.counted, Typography.capitalised(Typography.text(h.counts, language))),
        (words.methodHead, Typography.text(h.method, language)),
        (words.parameters, Typography.text(h.parameters, language)),
        (words.unknownHead, Typography.text(h.unknowns, language)),
        (words.uncertainty, words.uncertainty(isSurvey: h.isSurvey, isRange: own.unit.isRange)),
        (words.addition, words.additivity(h.additivity)),
        (words.source, language == .fr ? Typography.french(h.source) : h.source),
      ]
      let level = words.levelOfOne(h.level)
      items.append(
        (words.definition, "\(h.catalogue), version\u{A0}\(h.version), \(level.lowercased())"))
      let list = items.filter { !$0.1.isEmpty }.map { term, text -> Markup in
        "<p><b>\(term)</b>\(words.colon)\(text)</p>"
      }
      let formula: Markup =
        h.formula.isEmpty
        ? Markup() : "<p><b>\(words.formula)</b>\(words.colon)<code>\(h.formula)</code></p>"
      return """
        <li id="\(Slug.make("methode-" + h.id))"><h3>\(Typography.text(h.title, language))</h3>\
        \(list)\(formula)</li>

        """
    }
    return DocumentSection(
      anchor: "methode", title: words.method, body: "<ul>\n\(entries)</ul>\n", kind: "part method")
  }

  /// The indicators shown under the codes of reporting frameworks, as the definitions state them.
  func frameworks() -> DocumentSection {
    let shown = shown
    let names = Set(shown.flatMap { $0.heading.frameworks.keys }).sorted()
    var body: Markup = """
      <p class="soft">\(words.say("Les codes sont ceux que portent les définitions des indicateurs : ils disent à quelle exigence un chiffre peut répondre, non qu’elle est satisfaite. La version de chaque référentiel est à vérifier avant publication.", "The codes are those that the indicators’ definitions carry: they say which requirement a figure may serve, not that it is met. Check the version of each framework before publishing."))</p>

      """
    for name in names {
      let codes = Set(shown.compactMap { $0.heading.frameworks[name] }).sorted()
      let table = TableView(
        caption: words.framework(name), heads: [words.code, words.indicators],
        rows: codes.map { code in
          let titles = shown.filter { $0.heading.frameworks[name] == code }.map {
            lowered(Typography.text($0.heading.title, language))
          }
          return TableView.Row(code, [TableView.Cell(Typography.capitalised(numbers.list(titles)))])
        })
      body += """
        <div class="level"><h3>\(words.framework(name))</h3>
        <div class="codes">\(table.markup())</div></div>

        """
    }
    if !names.contains(where: { $0.hasPrefix("eurho") }) {
      body += """
        <p>\(words.say("EURHO-GR : aucun code n’est inscrit dans les définitions de ce projet.", "EURHO-GR: the definitions of this project carry no code."))</p>

        """
    }
    return DocumentSection(anchor: "referentiels", title: words.frameworksHead, body: body)
  }

  /// Where the figures come from, the signs, and the files of data.
  func source(_ scope: DocumentScope) -> DocumentSection {
    let fr = language == .fr
    var lines: [Markup] = []
    if let observed = facts.observed {
      lines.append(
        fr
          ? "Données observées du \(time(observed.first)) au \(time(observed.last))."
          : "Data observed from \(time(observed.first)) to \(time(observed.last)).")
    }
    if let day = facts.lastImport {
      let count: Markup =
        facts.importCount.map { n -> Markup in
          let n = numbers.number(Double(n))
          return fr ? "\(n) imports, le dernier " : "\(n) imports, the last one "
        } ?? (fr ? "Dernier import " : "Last import ")
      lines.append(fr ? "\(count)le \(time(day))." : "\(count)on \(time(day)).")
    }
    lines.append("\(words.audience(facts.audience, threshold: facts.threshold))")
    let known: Markup = "<code>lien verify \(String(facts.fingerprint.prefix(12)))</code>"
    let full: Markup = "SHA-256\u{A0}: <code>\(facts.fingerprint)</code>"
    let program = "lien \(facts.programVersion)"
    lines.append(
      fr
        ? "Empreinte des données (\(full)), que \(known) reconnaît."
        : "Fingerprint of the data (\(full)), which \(known) knows.")
    lines.append(
      fr
        ? "Produit par \(program). Les mêmes données donnent le même document."
        : "Made by \(program). The same data give the same document.")
    let text = lines.map { line -> Markup in "<p>\(line)</p>" }
    let signs = words.allSigns.map { sign, meaning -> Markup in
      "<p><b>\(sign)</b>\(words.colon)\(meaning)</p>"
    }
    return DocumentSection(
      anchor: "donnees", title: words.dataNote,
      body: """
        <div class="two"><div>\(text)</div>
        <div><h3>\(words.signsHead)</h3><div class="notes">\(signs)</div>
        <h3>\(words.filesHead)</h3>\(files())</div></div>

        """)
  }

  /// The files of figures, by name: a reader of paper must be able to ask for them.
  private func files() -> Markup {
    let entries = [
      (data.whole, words.forMachines), (data.excel, words.forExcel),
    ]
    let items = entries.map { file, what -> Markup in
      "<li><a href=\"\(file.link)\" download>\(file.link.text)</a> (\(what), \(words.size(file.bytes)))</li>"
    }
    return "<ul class=\"files\">\(items)</ul>"
  }
}
