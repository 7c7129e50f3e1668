/// Gathers what OpenDocument styles say of how cells show their values (ODF 1.3 Part 3, 16.29).
struct ODFStyles {
  private var dataFormats: [String: NumberFormat] = [:]
  private var cells: [String: (data: String?, parent: String?)] = [:]
  private var hiddenTables: Set<String> = []
  private var resolved: [String: NumberFormat] = [:]

  private var dataName: String?
  private var shape: Draft?
  private var tableStyle: String?

  /// A data style being read.
  private struct Draft {
    var kind: XMLName
    var hasDate = false
    var hasTime = false
    var seconds: Int?
    var isElapsed = false
    var least = 0
    var most = 0

    var format: NumberFormat {
      let shape: NumberFormat.Shape
      switch kind {
      case .percentageStyle: shape = .percent(least: min(least, 15), most: min(most, 15))
      case .booleanStyle: shape = .boolean
      case .dateStyle, .timeStyle:
        if isElapsed, !hasDate {
          shape = .duration(seconds: seconds)
        } else if hasDate || hasTime {
          shape = .calendar(hasDate: hasDate, hasTime: hasTime, seconds: seconds)
        } else {
          shape = .number
        }
      default: shape = .number
      }
      return NumberFormat(sections: [NumberFormat.Section(shape: shape)])
    }
  }

  /// The format of a cell style, its parents' where it has none.
  mutating func format(of style: String) -> NumberFormat {
    if let known = resolved[style] { return known }
    var name: String? = style
    var found = NumberFormat.general
    for _ in 0..<16 {
      guard let current = name, let cell = cells[current] else { break }
      if let data = cell.data {
        found = dataFormats[data] ?? .general
        break
      }
      name = cell.parent
    }
    resolved[style] = found
    return found
  }

  /// Whether tables of a style are hidden.
  func hides(_ tableStyle: String?) -> Bool { tableStyle.map(hiddenTables.contains) ?? false }

  mutating func start(_ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes) {
    switch (space, name) {
    case (.style, .style):
      guard let itself = attributes.string(.name), cells.count < 1_000_000 else { return }
      tableStyle = nil
      switch attributes.string(.family) {
      case "table-cell":
        cells[itself] = (
          attributes.string(.dataStyleName), attributes.string(.parentStyleName)
        )
      case "table": tableStyle = itself
      default: break
      }
    case (.style, .tableProperties):
      if let tableStyle, attributes.string(.display) == "false" {
        hiddenTables.insert(tableStyle)
      }
    case (.number, .numberStyle), (.number, .percentageStyle), (.number, .dateStyle),
      (.number, .timeStyle), (.number, .booleanStyle), (.number, .currencyStyle),
      (.number, .textStyle):
      dataName = attributes.string(.name)
      shape = Draft(kind: name)
      shape?.isElapsed = attributes.string(.truncateOnOverflow) == "false"
    case (.number, .number):
      let most = attributes.string(.decimalPlaces).flatMap(Int.init) ?? 0
      shape?.most = most
      shape?.least = attributes.string(.minDecimalPlaces).flatMap(Int.init) ?? most
    case (.number, .year), (.number, .month), (.number, .day), (.number, .dayOfWeek),
      (.number, .quarter), (.number, .weekOfYear), (.number, .era):
      shape?.hasDate = true
    case (.number, .hours), (.number, .minutes): shape?.hasTime = true
    case (.number, .seconds):
      shape?.hasTime = true
      shape?.seconds = min(6, attributes.string(.decimalPlaces).flatMap(Int.init) ?? 0)
    default: break
    }
  }

  mutating func end(_ name: XMLName, _ space: XMLNamespace) {
    guard space == .number, let draft = shape, draft.kind == name else { return }
    if let dataName, dataFormats.count < 100_000 { dataFormats[dataName] = draft.format }
    shape = nil
  }
}
