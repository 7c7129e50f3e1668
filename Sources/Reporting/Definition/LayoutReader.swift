import DataFiles
package import Diagnostics
import Periods

extension ReportLayout {
  /// Reads a layout file.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  package init(path: String) throws(Failure) {
    try self.init(DataFile(path: path, shape: LayoutShape.report))
  }

  /// Reads a layout that is already in memory; `name` is the file as messages name it.
  ///
  /// - Throws: as `init(path:)`.
  package init(name: String, text: String) throws(Failure) {
    try self.init(DataFile(name: name, text: text, shape: LayoutShape.report))
  }

  private init(_ file: DataFile) throws(Failure) {
    let raw = try file.decode(RawReport.self)
    var reader = LayoutReader(file: file)
    let kind = reader.kind(raw)
    let document = reader.document(raw, kind)
    var axes: [Axis] = []
    for (a, axis) in raw.axes.enumerated() {
      reader.check(axis, kind, at: "axes.\(a)")
      var figures: [Figure] = []
      for (f, figure) in axis.figures.enumerated() {
        let key = "axes.\(a).figures.\(f)"
        let pages = reader.pages(figure, kind, document, at: key)
        if let read = reader.figure(figure, on: pages, at: key) { figures.append(read) }
      }
      let groups = (axis.groups ?? []).enumerated().map { g, group in
        Group(
          title: group.title,
          indicators: reader.places(group.indicators, at: "axes.\(a).groups.\(g).indicators"))
      }
      axes.append(
        Axis(
          name: axis.axis, title: axis.title, question: axis.question, figures: figures,
          groups: groups,
          findings: reader.places(axis.findings ?? [], at: "axes.\(a).findings"),
          indicators: reader.places(axis.indicators ?? [], at: "axes.\(a).indicators")))
    }
    let history = raw.history ?? 2
    if !(0...10).contains(history) {
      reader.report(
        "history", fr: "un nombre d’années de 0 à 10 est attendu",
        en: "a number of years from 0 to 10 is expected")
    }
    guard reader.problems.isEmpty else { throw Failure(reader.problems, status: .failed) }
    self.init(
      name: raw.report, kind: kind, title: raw.title, lead: raw.lead, history: history,
      headlines: reader.places(raw.headlines, at: "headlines"),
      comparison: reader.places(raw.comparison ?? [], at: "comparison"), axes: axes,
      document: document)
  }
}

/// Turns the words of a layout file into what they mean, collecting what does not.
struct LayoutReader {
  let file: DataFile
  var problems: [Diagnostic] = []

  func places(_ names: [String], at key: String) -> [ReportLayout.Place] {
    names.enumerated().map { i, name in
      ReportLayout.Place(indicator: name, location: file.location(of: "\(key).\(i)"))
    }
  }

  mutating func figure(
    _ raw: RawReport.Figure, on pages: [ReportLayout.PageKind], at key: String
  ) -> ReportLayout.Figure? {
    guard let chart = ReportLayout.Chart(rawValue: raw.chart) else {
      unknown(
        raw.chart, among: ReportLayout.Chart.allCases.map(\.rawValue), at: key + ".chart")
      return nil
    }
    let across: ReportLayout.Across =
      switch raw.across {
      case "residence": .residence
      case let word where word.hasPrefix(LayoutReader.parameter):
        .parameter(String(word.dropFirst(LayoutReader.parameter.count)))
      case let word: Step(rawValue: word).map { .time($0) } ?? .cut(word)
      }
    var order = ReportLayout.Order.listed
    if let name = raw.order {
      guard let known = ReportLayout.Order(rawValue: name) else {
        unknown(
          name, among: ReportLayout.Order.allCases.map(\.rawValue), at: key + ".order")
        return nil
      }
      order = known
    }
    check(chart, across, raw, pages, at: key)
    checkParameter(chart, across, raw, at: key)
    var figure = ReportLayout.Figure(
      place: ReportLayout.Place(
        indicator: raw.indicator, location: file.location(of: key + ".indicator")),
      chart: chart, across: across, only: raw.only.map { ($0.cut, $0.value) }, title: raw.title,
      pages: pages)
    figure.order = order
    figure.values = raw.values ?? []
    figure.names = raw.names ?? []
    figure.scale = raw.scale
    figure.beside = raw.beside.map {
      ReportLayout.Place(indicator: $0, location: file.location(of: key + ".beside"))
    }
    return figure
  }

  /// What a parameter's name follows, where a figure goes across its numbers.
  private static let parameter = "parameter:"

  /// Refuses curves that have no points, and other charts of points.
  private mutating func checkParameter(
    _ chart: ReportLayout.Chart, _ across: ReportLayout.Across, _ raw: RawReport.Figure,
    at key: String
  ) {
    let isCurve = [.lorenz, .retention, .classes].contains(chart)
    let values = raw.values ?? []
    guard case .parameter(let name) = across else {
      if isCurve {
        report(
          key + ".across",
          fr: "« \(chart.rawValue) » demande un paramètre, comme « parameter:part »",
          en: "“\(chart.rawValue)” needs a parameter, such as “parameter:part”")
      }
      if raw.values != nil || raw.names != nil {
        report(
          key + (raw.values != nil ? ".values" : ".names"),
          fr: "« values » et « names » vont avec « parameter:… »",
          en: "“values” and “names” go with “parameter:…”")
      }
      return
    }
    if !isCurve {
      report(
        key + ".chart",
        fr: "pour un paramètre, choisissez « lorenz », « retention » ou « classes »",
        en: "for a parameter, choose “lorenz”, “retention” or “classes”")
    }
    if name.isEmpty || values.count < 2
      || zip(values, values.dropFirst()).contains(where: { $0 >= $1 })
    {
      report(
        key + (raw.values == nil ? ".across" : ".values"),
        fr: "deux nombres au moins sont attendus dans « values », du plus petit au plus grand",
        en: "“values” needs two numbers or more, from the smallest to the greatest")
    }
    if chart == .lorenz, let outside = values.first(where: { $0 <= 0 || $0 >= 1 }) {
      report(
        key + ".values", fr: "une part entre 0 et 1 est attendue, et non \(outside)",
        en: "a share between 0 and 1 is expected, not \(outside)")
    }
    if let names = raw.names, names.count != values.count {
      report(
        key + ".names", fr: "autant de noms que de nombres sont attendus",
        en: "as many names as numbers are expected")
    }
    if chart == .classes, raw.names == nil {
      report(
        key + ".across", fr: "chaque classe demande un nom dans « names »",
        en: "each class needs a name in “names”")
    }
  }

  /// Refuses what could not be drawn honestly.
  private mutating func check(
    _ chart: ReportLayout.Chart, _ across: ReportLayout.Across, _ raw: RawReport.Figure,
    _ pages: [ReportLayout.PageKind], at key: String
  ) {
    var isTime = false
    if case .time = across { isTime = true }
    if (chart == .meetings) != (across == .cut(ReportLayout.pairs)) {
      report(
        key + ".chart",
        fr: "« meetings » va avec « ends », la ventilation des paires, et elle seule",
        en: "“meetings” goes with “ends”, the cut of pairs, and with it alone")
    }
    if raw.order != nil && (isTime || !(chart == .bars || chart == .dots)) {
      report(
        key + ".order", fr: "« order » va avec « bars » et « dots »",
        en: "“order” goes with “bars” and “dots”")
    }
    if (chart == .lines || chart == .columns) && !isTime {
      report(
        key + ".chart", fr: "« \(chart.rawValue) » demande un temps (year, quarter ou month)",
        en: "“\(chart.rawValue)” needs a time (year, quarter or month)")
    }
    if (chart == .bars || chart == .dots) && isTime {
      report(
        key + ".chart", fr: "pour un temps, choisissez « columns » ou « lines »",
        en: "for a time, choose “columns” or “lines”")
    }
    if across == .residence && pages.contains(.residence) {
      report(
        key + (raw.pages == nil ? ".across" : ".pages"),
        fr: "une page de résidence ne compare pas les résidences",
        en: "a residence’s page does not compare residences")
    }
    if case .cut = across, raw.only != nil {
      report(
        key + ".only", fr: "« only » ne va pas avec une ventilation",
        en: "“only” does not go with a cut")
    }
  }

  mutating func unknown(_ word: String, among known: [String], at key: String) {
    let near = Suggestion.nearest(to: word, among: known)
    problems.append(
      Diagnostic(
        code: "layout.unknown-word",
        Phrase(fr: "mot inconnu « \(word) »", en: "unknown word “\(word)”"),
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        }
          ?? Phrase(
            fr: "mots possibles : \(known.joined(separator: ", "))",
            en: "possible words: \(known.joined(separator: ", "))"),
        at: file.location(of: key)))
  }

  mutating func report(_ key: String, fr: String, en: String) {
    problems.append(
      Diagnostic(
        code: "layout.chart", Phrase(fr: fr, en: en), at: file.location(of: key)))
  }
}

/// The shape of report files.
enum LayoutShape {
  static let figure = Shape.object(
    [
      "indicator": .scalar, "chart": .scalar, "across": .scalar, "title": .phrase,
      "only": .object(["cut": .scalar, "value": .scalar], required: ["cut", "value"]),
      "pages": .list(.scalar), "order": .scalar, "values": .list(.scalar),
      "names": .list(.phrase), "scale": .phrase, "beside": .scalar,
    ], required: ["indicator", "chart", "across"])
  static let group = Shape.object(
    ["title": .phrase, "indicators": .list(.scalar)], required: ["title", "indicators"])
  static let report = Shape.object(
    [
      "report": .scalar, "kind": .scalar, "per": .scalar, "sheets": .scalar, "empty": .scalar,
      "parts": .list(.scalar), "title": .phrase, "lead": .phrase, "history": .scalar,
      "headlines": .list(.scalar), "comparison": .list(.scalar),
      "axes": .list(
        .object(
          [
            "axis": .scalar, "title": .phrase, "question": .phrase, "figures": .list(figure),
            "groups": .list(group), "findings": .list(.scalar), "indicators": .list(.scalar),
          ],
          required: ["axis", "title", "question", "figures"])),
    ], required: ["report", "title", "lead", "headlines", "axes"])
}

struct RawReport: Decodable {
  struct Only: Decodable {
    var cut: String
    var value: String
  }
  struct Figure: Decodable {
    var indicator: String
    var chart: String
    var across: String
    var only: Only?
    var title: Phrase?
    var pages: [String]?
    var order: String?
    var values: [Double]?
    var names: [Phrase]?
    var scale: Phrase?
    var beside: String?
  }
  struct Axis: Decodable {
    var axis: String
    var title: Phrase
    var question: Phrase
    var figures: [Figure]
    var groups: [Group]?
    var findings: [String]?
    var indicators: [String]?
  }
  struct Group: Decodable {
    var title: Phrase
    var indicators: [String]
  }
  var report: String
  var kind: String?
  var per: String?
  var sheets: Int?
  var empty: String?
  var parts: [String]?
  var title: Phrase
  var lead: Phrase
  var history: Int?
  var headlines: [String]
  var comparison: [String]?
  var axes: [Axis]
}
