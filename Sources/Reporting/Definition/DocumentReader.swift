import Diagnostics

/// What dashboards and documents have each of their own.
extension LayoutReader {
  /// What the layout describes; a dashboard when it does not say.
  mutating func kind(_ raw: RawReport) -> ReportLayout.Kind {
    guard let word = raw.kind else { return .dashboard }
    guard let kind = ReportLayout.Kind(rawValue: word) else {
      unknown(word, among: ReportLayout.Kind.allCases.map(\.rawValue), at: "kind")
      return .dashboard
    }
    return kind
  }

  /// What a document is made of; nil for a dashboard, whose file must then say nothing of it.
  mutating func document(_ raw: RawReport, _ kind: ReportLayout.Kind) -> ReportLayout.Document? {
    guard kind == .document else {
      for (key, isThere) in [
        ("per", raw.per != nil), ("sheets", raw.sheets != nil), ("parts", raw.parts != nil),
        ("empty", raw.empty != nil),
      ] where isThere { misplaced(key, in: "document", at: key) }
      if raw.comparison == nil { missing("comparison", in: "dashboard", at: "report") }
      return nil
    }
    if let per = raw.per, per != "residence" { unknown(per, among: ["residence"], at: "per") }
    if let word = raw.empty, !["shown", "left_out"].contains(word) {
      unknown(word, among: ["shown", "left_out"], at: "empty")
    }
    if let sheets = raw.sheets, !(1...200).contains(sheets) {
      report(
        "sheets", fr: "un nombre de feuilles de 1 à 200 est attendu",
        en: "a number of sheets from 1 to 200 is expected")
    }
    if raw.parts?.isEmpty ?? true { missing("parts", in: "document", at: "report") }
    var parts: [ReportLayout.Part] = []
    for (i, word) in (raw.parts ?? []).enumerated() {
      guard let part = ReportLayout.Part(rawValue: word) else {
        unknown(word, among: ReportLayout.Part.allCases.map(\.rawValue), at: "parts.\(i)")
        continue
      }
      if parts.contains(part) {
        report(
          "parts.\(i)", fr: "« \(word) » est déjà une partie du document",
          en: "“\(word)” is a part of the document already")
      }
      if part == .comparison, raw.per != nil {
        report(
          "parts.\(i)", fr: "le document d’une résidence ne compare pas les résidences",
          en: "a document on one residence does not compare residences")
      } else if part == .comparison, raw.comparison?.isEmpty ?? true {
        missing("comparison", in: "comparison", at: "parts.\(i)")
      }
      parts.append(part)
    }
    return ReportLayout.Document(
      isPerResidence: raw.per != nil, sheets: raw.sheets, parts: parts,
      leavesOutEmpty: raw.empty == "left_out")
  }

  /// The keys of an axis that only the other kind of report has.
  mutating func check(_ axis: RawReport.Axis, _ kind: ReportLayout.Kind, at key: String) {
    switch kind {
    case .dashboard:
      if axis.findings != nil { misplaced("findings", in: "document", at: key + ".findings") }
      if axis.indicators != nil { misplaced("indicators", in: "document", at: key + ".indicators") }
    case .document:
      if axis.groups != nil { misplaced("groups", in: "dashboard", at: key + ".groups") }
    }
  }

  /// The pages on which a figure stands: those it names, or the one page of a document.
  mutating func pages(
    _ raw: RawReport.Figure, _ kind: ReportLayout.Kind, _ document: ReportLayout.Document?,
    at key: String
  ) -> [ReportLayout.PageKind] {
    if kind == .document {
      if raw.pages != nil { misplaced("pages", in: "dashboard", at: key + ".pages") }
      return document?.isPerResidence == true ? [.residence] : [.index]
    }
    guard let names = raw.pages else {
      missing("pages", in: "dashboard", at: key)
      return []
    }
    var pages: [ReportLayout.PageKind] = []
    for (i, name) in names.enumerated() {
      guard let page = ReportLayout.PageKind(rawValue: name) else {
        unknown(
          name, among: ReportLayout.PageKind.allCases.map(\.rawValue), at: key + ".pages.\(i)")
        continue
      }
      pages.append(page)
    }
    return pages
  }

  private mutating func misplaced(_ name: String, in kind: String, at key: String) {
    report(
      key, fr: "« \(name) » ne va que dans un rapport de genre « \(kind) » (kind)",
      en: "“\(name)” goes in a report of kind “\(kind)” only")
  }

  private mutating func missing(_ name: String, in what: String, at key: String) {
    report(
      key, fr: "« \(what) » demande « \(name) »", en: "“\(what)” needs “\(name)”")
  }
}
