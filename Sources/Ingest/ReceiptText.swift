package import Diagnostics

extension Receipt {
  /// What was understood and what was not, for the person who holds the sheet: short, with the
  /// cells at fault, and what to do about each.
  package func text(in language: Language, problems limit: Int = 20) -> String {
    var out = ReceiptText(language: language)
    out.summary(self)
    out.understood(self)
    out.people(self)
    out.unread(self)
    out.remarks(self)
    out.setAside(self, limit: limit)
    return out.lines.joined(separator: "\n") + "\n"
  }
}

/// Writes a receipt line by line.
private struct ReceiptText {
  let language: Language
  private(set) var lines: [String] = []

  init(language: Language) { self.language = language }

  private var isFrench: Bool { language == .fr }
  private var colon: String { isFrench ? "\u{A0}: " : ": " }

  private func say(_ fr: String, _ en: String) -> String { isFrench ? fr : en }
  private func quoted(_ text: String) -> String {
    isFrench ? "«\u{A0}\(text)\u{A0}»" : "“\(text)”"
  }
  private func count(_ n: Int, _ fr: (String, String), _ en: (String, String)) -> String {
    let word = isFrench ? (n > 1 ? fr.1 : fr.0) : (n == 1 ? en.0 : en.1)
    return Count.text(n, language) + (isFrench ? "\u{A0}" : " ") + word
  }

  mutating func summary(_ r: Receipt) {
    var parts = [
      count(r.rowsRead, ("ligne lue", "lignes lues"), ("row read", "rows read")),
      count(r.rowsKept, ("gardée", "gardées"), ("kept", "kept")),
    ]
    if r.rowsSetAside > 0 {
      parts.append(
        count(r.rowsSetAside, ("mise de côté", "mises de côté"), ("set aside", "set aside")))
    }
    if r.rowsDuplicate > 0 {
      parts.append(count(r.rowsDuplicate, ("en double", "en double"), ("duplicate", "duplicates")))
    }
    if r.rowsIgnored > 0, r.mapping == nil {
      parts.append(
        count(
          r.rowsIgnored, ("écartée par décision", "écartées par décision"),
          ("left out by decision", "left out by decision")))
    } else if r.rowsIgnored > 0 {
      parts.append(
        count(
          r.rowsIgnored, ("hors de la correspondance", "hors de la correspondance"),
          ("outside the mapping", "outside the mapping")))
    }
    lines.append(r.file + colon + parts.joined(separator: ", "))
    if let number = r.correctsRejectsOf {
      lines.append(
        "  "
          + say(
            "Corrections des rejets de l’import \(number)", "Corrects rejects of import \(number)"))
    }
  }

  mutating func people(_ r: Receipt) {
    guard let people = r.people else { return }
    var parts: [String] = []
    if people.known > 0 {
      parts.append(count(people.known, ("connue", "connues"), ("known", "known")))
    }
    if people.new > 0 {
      parts.append(
        count(people.new, ("absente du registre", "absentes du registre"), ("new", "new")))
    }
    if people.unsure > 0 {
      parts.append(
        count(people.unsure, ("nom à vérifier", "noms à vérifier"), ("unsure", "unsure")))
    }
    guard !parts.isEmpty else { return }
    lines.append(
      "  " + say("Personnes", "People") + colon + parts.joined(separator: ", "))
    if people.unsure > 0 {
      lines.append("    → lien people review")
    }
  }

  mutating func understood(_ r: Receipt) {
    for table in r.tables {
      var line = "  " + table.label[language] + colon
      line += count(table.rows, ("ligne", "lignes"), ("row", "rows"))
      if let first = table.firstDate, let last = table.lastDate {
        line +=
          first == last
          ? say(", le ", ", on ") + date(first)
          : say(", du ", ", from ") + date(first) + say(" au ", " to ") + date(last)
      }
      lines.append(line)
      // Headings that make one identifier together are told together.
      var order: [String] = []
      var headings: [String: [String]] = [:]
      for use in table.columns {
        if headings[use.column] == nil { order.append(use.column) }
        headings[use.column, default: []].append(quoted(use.heading ?? "\(use.position ?? 0)"))
      }
      let columns = order.map { (headings[$0] ?? []).joined(separator: " + ") + " → \($0)" }
      if !columns.isEmpty { lines.append("    " + columns.joined(separator: ", ")) }
    }
    var reading = "  " + say("Lu comme", "Read as") + colon
    if let format = r.format {
      let names = (r.sheets ?? []).map(quoted)
      reading += say("classeur ", "workbook ") + format + ", "
      reading += names.count > 1 ? say("feuilles ", "sheets ") : say("feuille ", "sheet ")
      reading += names.prefix(12).joined(separator: ", ") + (names.count > 12 ? "…" : "")
    } else {
      reading += r.encoding.rawValue + ", "
      reading += say("séparateur ", "delimiter ") + quoted(r.delimiter) + " (\(r.flags))"
    }
    if let id = r.mapping { reading += say(", correspondance ", ", mapping ") + id }
    lines.append(reading)
  }

  private func date(_ iso: String) -> String {
    let parts = iso.split(separator: "-")
    return isFrench && parts.count == 3 ? "\(parts[2])/\(parts[1])/\(parts[0])" : iso
  }

  mutating func unread(_ r: Receipt) {
    guard !r.unreadHeadings.isEmpty else { return }
    let items = r.unreadHeadings.map { one -> String in
      let heading = one.heading ?? "\(one.position ?? 0)"
      switch one.reason {
      case .repeated: return quoted(heading) + say(" (en double)", " (repeated)")
      case .ambiguous: return quoted(heading) + say(" (deux sens)", " (two meanings)")
      case .unknown:
        guard let near = one.suggestion else { return quoted(heading) }
        return quoted(heading)
          + say(
            " (vouliez-vous dire \(quoted(near.fr))\u{202F}?)",
            " (did you mean \(quoted(near.en))?)")
      }
    }
    lines.append(
      "  " + say("Colonnes non lues", "Columns not read") + colon + items.joined(separator: ", "))
  }

  mutating func remarks(_ r: Receipt) {
    for one in r.assumptions {
      let place = one.heading.map { quoted($0) + colon } ?? ""
      lines.append(
        "  " + (one.isWarning ? say("Attention", "Warning") : say("À savoir", "Note")) + colon
          + place + (one.shown ?? one.message)[language])
    }
  }

  mutating func setAside(_ r: Receipt, limit: Int) {
    guard r.rowsSetAside > 0 else { return }
    lines.append(say("Lignes mises de côté\u{A0}:", "Rows set aside:"))
    for one in r.problems.prefix(limit) {
      var line = "  " + (one.place ?? say("ligne", "line") + " \(one.line)")
      if let heading = one.heading, heading != one.place { line += ", " + quoted(heading) }
      line += colon + one.message[language]
      if let cell = one.cell, !cell.isEmpty { line += " (" + quoted(ReceiptText.short(cell)) + ")" }
      lines.append(line)
      if let remedy = one.remedy { lines.append("    → " + remedy[language]) }
    }
    let more = r.rowsSetAside - min(limit, r.problems.count)
    if more > 0 {
      lines.append(say("  … et \(more) autre\(more > 1 ? "s" : "")", "  … and \(more) more"))
    }
  }

  /// A cell on one line, cut when long.
  private static func short(_ cell: String) -> String {
    let line = String(cell.map { $0.isNewline ? "⏎" : $0 })
    return line.count > 60 ? line.prefix(59) + "…" : line
  }
}
