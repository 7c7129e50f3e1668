import Diagnostics
import HTML
import Periods

/// A layout with the indicators of a project: which tables it needs, and which indicators have a
/// page of their own.
package struct ReportPlan: Sendable {
  /// An indicator of the project, as far as a layout must know it.
  package struct Known: Sendable, Codable {
    /// Its id, and its code in the catalogue.
    package let id: String, catalogue: String
    let cuts: [String]
    let unit: String
    let isSurvey: Bool
    /// The numbers of its parameters, by name.
    package let settings: [String: Double]

    /// Makes one: its id, its code in the catalogue, the cuts that its definition declares, its
    /// unit, whether it rests on a sample, and the numbers of its parameters.
    package init(
      id: String, catalogue: String, cuts: [String], unit: String = "", isSurvey: Bool = false,
      settings: [String: Double] = [:]
    ) {
      self.id = id
      self.catalogue = catalogue
      self.cuts = cuts
      self.unit = unit
      self.isSurvey = isSurvey
      self.settings = settings
    }
  }

  /// An indicator with a page of its own.
  struct Listed: Sendable {
    let place: ReportLayout.Place
    let id: String
    let cuts: [String]
    /// The other indicators of its code in the catalogue, which stand on its page.
    let neighbours: [String]
  }

  /// Listed indicators on one subject.
  struct Group: Sendable {
    let title: Phrase
    let indicators: [Listed]
  }

  /// What is shown, where and how.
  package let layout: ReportLayout
  /// The groups of each axis, in order.
  let groups: [[Group]]
  /// The tables that the report is made from, each once; an indicator that the project does not
  /// have is asked for by the name that the layout gives it.
  package let requests: [ReportLayout.Request]
  private let ids: [String: String]
  private let known: [String: Known]

  /// Plans a report. A code of the catalogue that several indicators share stands for the first
  /// of them, and an indicator is a neighbour of the first one listed of its code.
  package init(_ layout: ReportLayout, among known: [Known]) {
    self.layout = layout
    let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
    self.known = byID
    let byCode = Dictionary(grouping: known, by: \.catalogue)
    func find(_ name: String) -> Known? { byID[name] ?? byCode[name]?.first }

    let places = layout.axes.flatMap(\.groups).flatMap(\.indicators)
    let listed = Set(places.compactMap { find($0.indicator)?.id })
    var met: Set<String> = [], codes: Set<String> = []
    groups = layout.axes.map { axis in
      axis.groups.map { group in
        Group(
          title: group.title,
          indicators: group.indicators.compactMap { place in
            guard let own = find(place.indicator), met.insert(own.id).inserted else { return nil }
            let isFirst = codes.insert(own.catalogue).inserted
            let neighbours =
              isFirst ? (byCode[own.catalogue] ?? []).map(\.id).filter { !listed.contains($0) } : []
            return Listed(place: place, id: own.id, cuts: own.cuts, neighbours: neighbours)
          })
      }
    }

    var requests: [ReportLayout.Request] = []
    var seen: Set<ReportLayout.Request> = []
    var ids: [String: String] = [:]
    func add(
      _ name: String, _ cuts: [String], _ step: Step, _ location: SourceLocation,
      _ setting: ReportLayout.Setting? = nil
    ) {
      let found = find(name)
      if let id = found?.id { ids[name] = id }
      // The number that the project computes with anyway makes no other table.
      let own = setting.flatMap { found?.settings[$0.name] == $0.value ? nil : $0 }
      let request = ReportLayout.Request(
        indicator: found?.id ?? name, cuts: cuts, step: step, setting: own, location: location)
      if seen.insert(request).inserted { requests.append(request) }
    }
    for request in layout.requests {
      add(request.indicator, request.cuts, request.step, request.location, request.setting)
    }
    for place in places { add(place.indicator, [], .year, place.location) }
    for own in groups.flatMap({ $0 }).flatMap(\.indicators) {
      for cut in own.cuts { add(own.id, [cut], .year, own.place.location) }
      for neighbour in own.neighbours { add(neighbour, [], .year, own.place.location) }
    }
    self.requests = requests
    self.ids = ids
  }

  /// What tells the tables of an indicator under a number of a parameter from those under others:
  /// its id, with that number where it is not the project's own.
  func key(_ id: String, _ setting: ReportLayout.Setting?) -> String {
    guard let setting, known[id]?.settings[setting.name] != setting.value else { return id }
    return "\(id)+\(setting.text)"
  }

  /// The same of a table, by the numbers that it was computed with; nil when it was computed with
  /// others than any request asks for.
  func key(_ id: String, settings given: [String: Double]) -> String? {
    let own = known[id]?.settings ?? [:]
    let changed = given.filter { own[$0.key] != $0.value }
    guard let (name, value) = changed.first else { return id }
    guard changed.count == 1 else { return nil }
    return key(id, ReportLayout.Setting(name: name, value: value))
  }

  /// The indicators that have a page of their own, with the file of the rows behind them.
  package var listed: [(id: String, rows: String)] {
    groups.flatMap { $0 }.flatMap(\.indicators).map { ($0.id, ReportPlan.rows(of: $0.id).text) }
  }

  /// The file of the rows behind an indicator.
  static func rows(of id: String) -> FileLink { FileLink(id, extension: "csv", folder: "rows") }

  /// The id of the indicator that a place names.
  func id(of place: ReportLayout.Place) -> String { ids[place.indicator] ?? place.indicator }

  /// The indicator that a place names; nil when the project does not have it.
  func indicator(of place: ReportLayout.Place) -> Known? { known[id(of: place)] }
}
