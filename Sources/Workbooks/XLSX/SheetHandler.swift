/// Reads the part of a worksheet.
final class SheetHandler: XMLHandler, ItemHandler {
  private var cells: SheetCells
  private var value: [UInt8] = []
  private var inCell = false
  private var inPhonetic = false

  init(_ cells: SheetCells) { self.cells = cells }

  /// The cells gathered; call once, at the end.
  func takeBuilder() -> SheetBuilder { cells.builder }

  static let itemTag: [UInt8] = Array("<row".utf8)
  static let parents: [XMLName] = [.worksheet, .sheetData]

  func readItems(
    _ piece: Span<UInt8>
  ) throws(Refusal) -> (next: Int, ItemScanner.Outcome) {
    try ItemScanner.readRows(piece, into: &cells)
  }

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    guard space == .spreadsheet || space == .none else { return }
    switch name {
    case .c: try startCell(attributes)
    case .v:
      guard inCell else { return }
      value.removeAll(keepingCapacity: true)
      wantsText = true
    case .f: cells.hasFormula = inCell
    case .t: wantsText = inCell && !inPhonetic
    case .is: value.removeAll(keepingCapacity: true)
    case .rPh: inPhonetic = true
    case .row: try startRow(attributes)
    case .mergeCell:
      if let range = attributes.string(.ref).flatMap(CellReference.range) {
        cells.edit { if $0.merges.count < 1_000_000 { $0.merges.append(range) } }
      }
    case .col: startColumns(attributes)
    default: break
    }
  }

  private func startRow(_ attributes: XMLAttributes) throws(Refusal) {
    var row: Int?
    var isHidden = false
    for i in 0..<attributes.count {
      switch attributes.name(i) {
      case .r:
        guard let number = attributes.integer(i), number > 0, number <= Bound.rows else {
          throw SheetBuilder.outside
        }
        row = number - 1
      case .hidden: isHidden = attributes.isTrue(i)
      default: break
      }
    }
    cells.startRow(row, isHidden: isHidden)
  }

  private func startColumns(_ attributes: XMLAttributes) {
    var first = 0
    var last = 0
    var hidden = false
    for i in 0..<attributes.count {
      switch attributes.name(i) {
      case .min: first = attributes.integer(i) ?? 0
      case .max: last = attributes.integer(i) ?? 0
      case .hidden: hidden = attributes.isTrue(i)
      default: break
      }
    }
    guard hidden, first > 0, first <= last, last <= Bound.columns else { return }
    cells.edit {
      if $0.hiddenColumns.count < 100_000 { $0.hiddenColumns.append(first - 1..<last) }
    }
  }

  private func startCell(_ attributes: XMLAttributes) throws(Refusal) {
    inCell = true
    cells.startCell()
    value.removeAll(keepingCapacity: true)
    for i in 0..<attributes.count {
      switch attributes.name(i) {
      case .r:
        guard let place = attributes.withBytes(i, CellReference.place) else {
          throw SheetBuilder.outside
        }
        cells.move(to: place)
      case .s: cells.style = attributes.integer(i) ?? 0
      case .t: cells.kind = attributes.withBytes(i) { SheetCells.Kind($0) }
      default: break
      }
    }
  }

  override func text(_ bytes: Span<UInt8>) throws(Refusal) {
    guard value.count + bytes.count <= Bound.textBytes else { throw SheetBuilder.full }
    value.append(bytes)
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) throws(Refusal) {
    guard space == .spreadsheet || space == .none else { return }
    switch name {
    case .v, .t: wantsText = false
    case .rPh: inPhonetic = false
    case .c:
      inCell = false
      let whole = value
      if whole.isEmpty { cells.noteEmpty() } else { cells.endCell(whole.span) }
      if let refusal = cells.refusal { throw refusal }
    default: break
    }
  }
}
