import Diagnostics
import Disclosure
import HTML
import Periods

/// The end of a document: how it was counted, under which codes, from which data.
extension Pages {
  /// How each indicator shown is counted.
  func annex(_ scope: DocumentScope) -> DocumentSection {
    let entries = there(shown, scope).map { own -> Markup in
      let h = own.heading
      let kind = [
        h.catalogue, "version\u{A0}\(h.version)", words.levelOfOne(h.level).lowercased(),
        words.kind(isSurvey: h.isSurvey, isRange: own.unit.isRange),
        words.shortAdditivity(h.additivity),
      ]
      let items: [(String, String)] = [
        (words.counted, Typography.text(h.counts, language)),
        (words.methodHead, Typography.text(h.method, language)),
        (words.parameters, Typography.text(h.parameters, language)),
        (words.unknownHead, Typography.text(h.unknowns, language)),
        (words.source, language == .fr ? Typography.french(h.source) : h.source),
        (words.definition, kind.joined(separator: ", ")),
      ]
      let list = items.filter { !$0.1.isEmpty }.map { term, text -> Markup in
        "<p><b>\(term)</b>\(words.colon)\(text)</p>"
      }
      // On paper the words above say it; the formula itself is in the file of definitions.
      let formula: Markup =
        h.formula.isEmpty
        ? Markup()
        : """
        <details><summary>\(words.formula)<span class="hidden"> \
        \(Typography.text(h.title, language))</span></summary><p><code>\(h.formula)</code></p>\
        </details>
        """
      return """
        <li id="\(Slug.make("methode-" + h.id))"><h3>\(Typography.text(h.title, language))</h3>\
        \(list)\(formula)</li>

        """
    }
    let key = words.annexKey.map { term, text -> Markup in
      "<p><b>\(term)</b>\(words.colon)\(text)</p>"
    }
    return DocumentSection(
      anchor: "methode", title: words.method,
      body: "<div class=\"key\">\(key)</div>\n<ul>\n\(entries)</ul>\n", kind: "part method")
  }

  /// The indicators shown under the codes of reporting frameworks, as the definitions state them.
  func frameworks(_ scope: DocumentScope) -> DocumentSection {
    let shown = there(shown, scope)
    let names = Set(shown.flatMap { $0.heading.frameworks.keys }).sorted()
    var body: Markup = """
      <p class="soft">\(words.say("Les codes sont ceux que portent les définitions des indicateurs : ils disent à quelle exigence un chiffre peut répondre, non qu’elle est satisfaite. La version de chaque référentiel est à vérifier avant publication.", "The codes are those that the indicators’ definitions carry: they say which requirement a figure may serve, not that it is met. Check the version of each framework before publishing."))</p>

      """
    for name in names {
      let codes = Set(shown.compactMap { $0.heading.frameworks[name] }).sorted {
        DocumentCode($0) < DocumentCode($1)
      }
      let table = TableView(
        caption: words.framework(name), heads: [words.code, words.indicators],
        rows: codes.map { code in
          let titles = shown.filter { $0.heading.frameworks[name] == code }.map {
            words.inside(Typography.text($0.heading.title, language))
          }
          return TableView.Row(
            words.code(code, of: name),
            [TableView.Cell(Typography.capitalised(numbers.list(titles)))])
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
    } else {
      body += """
        <p class="soft">\(words.say("EURHO-GR : les dimensions seules (SOC social, ENV environnement, ECO économique, GOV gouvernance, RH ressources humaines) ; la liste de ses codes n’est pas publique.", "EURHO-GR: its dimensions only (SOC social, ENV environment, ECO economic, GOV governance, RH human resources); the list of its codes is not public."))</p>

        """
    }
    return DocumentSection(anchor: "referentiels", title: words.frameworksHead, body: body)
  }

  /// Where the figures come from, the signs, and the files of data.
  func source(_ scope: DocumentScope) -> DocumentSection {
    let fr = language == .fr
    var lines = observedSpan
    if let day = facts.lastImport {
      let count: Markup =
        facts.importCount.map { n -> Markup in
          let n = numbers.number(Double(n))
          return fr ? "\(n) imports, le dernier " : "\(n) imports, the last one "
        } ?? (fr ? "Dernier import " : "Last import ")
      lines.append(fr ? "\(count)le \(time(day))." : "\(count)on \(time(day)).")
    }
    if !scope.isBrief {
      lines.append("\(words.audience(facts.audience, threshold: facts.threshold))")
    }
    let known: Markup = "<code>lien verify \(String(facts.fingerprint.prefix(12)))</code>"
    let full: Markup = "SHA-256\(words.colon)<code>\(facts.fingerprint)</code>"
    let program = "lien \(facts.programVersion)"
    if facts.results == nil {
      lines.append(
        fr
          ? "\(fingerprintOf) (\(full)), que \(known) reconnaît."
          : "\(fingerprintOf) (\(full)), which \(known) knows.")
    } else {
      lines.append("\(fingerprintOf) (\(full)).")
    }
    lines.append(
      fr
        ? "Produit par \(program). Les mêmes données donnent le même document."
        : "Made by \(program). The same data give the same document.")
    let text = lines.map { line -> Markup in "<p>\(line)</p>" }
    let signs = words.allSigns.map { sign, meaning -> Markup in
      "<p><b>\(sign)</b>\(words.colon)\(meaning)</p>"
    }
    // A short document tells its signs below its tables.
    let key: Markup =
      scope.isBrief
      ? Markup() : "<h3>\(words.signsHead)</h3><div class=\"notes\">\(signs)</div>\n"
    return DocumentSection(
      anchor: "donnees", title: words.dataNote,
      body: """
        <div class="two"><div>\(text)</div>
        <div>\(key)<h3>\(words.filesHead)</h3>\(files())</div></div>

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

/// A code of a framework, in the order in which people count: 3, 10.2, 11, 16.7, 16.7.2.
private struct DocumentCode: Comparable {
  let text: String
  private let parts: [(word: String, number: Int)]

  init(_ text: String) {
    self.text = text
    parts = text.split { !$0.isLetter && !$0.isNumber }.map { part in
      (part.filter(\.isLetter), Int(part.filter(\.isNumber)) ?? 0)
    }
  }

  static func == (a: DocumentCode, b: DocumentCode) -> Bool { a.text == b.text }

  static func < (a: DocumentCode, b: DocumentCode) -> Bool {
    for (x, y) in zip(a.parts, b.parts) where x != y { return x < y }
    return (a.parts.count, a.text) < (b.parts.count, b.text)
  }
}
