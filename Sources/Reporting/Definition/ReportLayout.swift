import DataFiles
package import Diagnostics
package import Periods

/// A report as its file under `reports/` describes it: what is shown, where and how.
package struct ReportLayout: Sendable {
  /// The report's name on the command line.
  package let name: String
  /// Pages that lead to each other, or a document for print.
  package let kind: Kind
  /// Its title, and one sentence on what it shows.
  package let title: Phrase, lead: Phrase
  /// How many earlier years stand beside the period.
  package let history: Int
  /// The indicators of the key figures, and the columns of the comparison of residences.
  let headlines: [Place], comparison: [Place]
  /// The axes, in order.
  let axes: [Axis]
  /// What a document is made of; nil for a dashboard.
  package let document: Document?

  /// An indicator named by the layout, and where.
  struct Place: Sendable, Hashable {
    let indicator: String
    let location: SourceLocation
  }

  /// One of the axes of the report.
  struct Axis: Sendable {
    let name: String
    let title: Phrase, question: Phrase
    let figures: [Figure]
    /// The indicators that have a page of their own, by subject.
    let groups: [Group]
    /// In a document: the indicators told in sentences at the head of the axis, and those of its
    /// tables, which their level sorts into means, actions and effects.
    var findings: [Place] = [], indicators: [Place] = []
  }

  /// Indicators on one subject.
  struct Group: Sendable {
    let title: Phrase
    let indicators: [Place]
  }

  /// How a figure is drawn.
  enum Chart: String, Sendable, CaseIterable {
    /// Lengths from zero, for amounts.
    case bars
    /// Upright bars from zero over time.
    case columns
    /// A line over time, for shares and indices.
    case lines
    /// Points with their interval.
    case dots
    /// The Lorenz curve: what part the least of the units have, beside the line of equality.
    case lorenz
    /// A share that falls from all as time goes on.
    case retention
    /// How many lie in each class, from counts of those who reach each lower end.
    case classes
    /// Who meets whom: a table of ties by the groups of their two people.
    case meetings
  }

  /// The cut of pairs by what both their people are; its values are `18-34|60+`.
  static let pairs = "ends"

  /// What a figure compares.
  enum Across: Sendable, Hashable {
    case residence
    case time(Step)
    case cut(String)
    /// One definition under several numbers of a parameter.
    case parameter(String)
  }

  /// In which order lines that have no order of their own stand.
  enum Order: String, Sendable, CaseIterable {
    /// As the residences, or the values of the cut, are listed.
    case listed
    /// From the greatest value to the least; those without a value come last, as listed.
    case value
  }

  /// A number for a parameter of a definition, in place of the project's.
  package struct Setting: Sendable, Hashable {
    /// The parameter.
    package let name: String
    /// The number.
    package let value: Double

    /// `share=0.2`, to tell definitions apart by.
    var text: String { "\(name)=\(value)" }
  }

  /// A page on which a figure can stand.
  enum PageKind: String, Sendable, CaseIterable {
    case index, residence
  }

  /// One figure.
  struct Figure: Sendable {
    let place: Place
    let chart: Chart
    let across: Across
    /// Only one value of a cut, such as the sessions of one theme.
    let only: (cut: String, value: String)?
    let title: Phrase?
    let pages: [PageKind]
    var order = Order.listed
    /// The numbers of the parameter, ascending, and what a reader calls them.
    var values: [Double] = [], names: [Phrase] = []
    /// What the numbers of the parameter, or the groups of a table, are.
    var scale: Phrase?
    /// An indicator whose value is told in the sentence of the figure.
    var beside: Place?

    /// The settings of the parameter under which the indicator is asked for.
    var settings: [Setting] {
      guard case .parameter(let name) = across else { return [] }
      return values.map { Setting(name: name, value: $0) }
    }

    /// The cuts of the table that the figure is drawn from.
    var cuts: [String] {
      if case .cut(let name) = across { return [name] }
      return only.map { [$0.cut] } ?? []
    }

    /// The step of the periods of that table.
    var step: Step {
      if case .time(let step) = across { return step }
      return .year
    }
  }

  /// A table that must be computed for the report.
  package struct Request: Sendable, Hashable {
    /// The indicator: its id or its code in the catalogue.
    package let indicator: String
    /// The cuts.
    package let cuts: [String]
    /// The periods: `year` asks for the reported period and the earlier years beside it,
    /// `month` and `quarter` for the parts of the reported period.
    package let step: Step
    /// A number for one of its parameters; nil for the project's own numbers.
    package let setting: Setting?
    /// Where the layout names it.
    package let location: SourceLocation

    /// Two requests for the same table are equal, wherever they stand.
    package static func == (a: Request, b: Request) -> Bool {
      a.indicator == b.indicator && a.cuts == b.cuts && a.step == b.step
        && a.setting == b.setting
    }

    /// Agrees with `==`.
    package func hash(into hasher: inout Hasher) {
      hasher.combine(indicator)
      hasher.combine(cuts)
      hasher.combine(step)
      hasher.combine(setting)
    }
  }

  /// The indicators that the layout names, as it names them, each once.
  package var names: [String] {
    let places =
      headlines + comparison + axes.flatMap { $0.figures.map(\.place) }
      + axes.flatMap { $0.figures.compactMap(\.beside) }
      + axes.flatMap { $0.findings + $0.indicators }
      + axes.flatMap(\.groups).flatMap(\.indicators)
    var seen: Set<String> = []
    return places.map(\.indicator).filter { seen.insert($0).inserted }
  }

  /// The tables that the figures are drawn from, each once.
  var requests: [Request] {
    var out: [Request] = []
    var seen: Set<Request> = []
    func add(_ place: Place, _ cuts: [String], _ step: Step, _ setting: Setting? = nil) {
      let request = Request(
        indicator: place.indicator, cuts: cuts, step: step, setting: setting,
        location: place.location)
      if seen.insert(request).inserted { out.append(request) }
    }
    for place in headlines + comparison { add(place, [], .year) }
    for axis in axes {
      for place in axis.findings + axis.indicators { add(place, [], .year) }
      for figure in axis.figures {
        add(figure.place, figure.cuts, figure.step)
        for setting in figure.settings { add(figure.place, figure.cuts, figure.step, setting) }
        if let beside = figure.beside { add(beside, [], .year) }
      }
    }
    return out
  }

  /// The periods that a request's table must hold, oldest first.
  package func periods(of request: Request, reporting period: Period) -> [Period] {
    guard request.step == .year else { return period.steps(request.step) }
    var out = [period]
    for _ in 0..<history {
      guard let before = out.last?.previousYear else { break }
      out.append(before)
    }
    return out.reversed()
  }
}
