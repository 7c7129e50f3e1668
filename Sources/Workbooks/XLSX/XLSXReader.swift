import Diagnostics

/// Reads Office Open XML workbooks (ECMA-376 Part 1, 18; also its Strict form).
struct XLSXReader {
  private let package: Package
  private let workbookPart: String

  /// Finds the workbook in an archive; nil when it holds none.
  init?(_ archive: ZipArchive) throws(Refusal) {
    package = Package(archive: archive)
    var part = "xl/workbook.xml"
    let main = try package.relations(of: "").values.filter { $0.type == "officeDocument" }
    if main.count == 1, let relation = main.first {
      part = try package.target(of: relation, from: "")
    }
    if part.lowercased().hasSuffix(".bin") || archive["xl/workbook.bin"] != nil {
      throw Refusal(
        "workbook.xlsb", fr: "classeur Excel binaire (.xlsb), qui n’est pas lu",
        en: "binary Excel workbook (.xlsb), which is not read")
    }
    guard archive[part] != nil else { return nil }
    workbookPart = part
  }

  /// Reads all sheets; nil when the document is no workbook (a letter, a presentation).
  func read() throws(Refusal) -> Workbook? {
    guard let entry = package.archive[workbookPart] else { return nil }
    let outline = OutlineHandler()
    try package.parse(entry, outline)
    guard outline.isWorkbook else { return nil }
    let relations = try package.relations(of: workbookPart)
    let styles = StylesHandler()
    if let part = try part("styles", relations) { try package.parse(part, styles) }
    let strings = SharedStringsHandler()
    if let part = try part("sharedStrings", relations) {
      try package.parseItems(part, strings)
    }

    var workbook = Workbook(format: .xlsx, sheets: [], usesDate1904: outline.isDate1904)
    var cells = 0
    for listed in outline.sheets {
      var builder = SheetBuilder(name: listed.name)
      builder.edit { $0.isHidden = listed.isHidden }
      let relation = listed.relation.flatMap { relations[$0] }
      var entry: ZipEntry?
      var part = ""
      if let relation {
        part = try package.target(of: relation, from: workbookPart)
        entry = package.archive[part]
      }
      if let entry, relation?.type != "chartsheet" {
        let handler = SheetHandler(
          SheetCells(
            builder, strings: strings.table, formats: styles.formats,
            isDate1904: outline.isDate1904))
        try package.parseItems(entry, handler)
        builder = handler.takeBuilder()
        try addComments(of: part, to: &builder)
      } else if entry == nil {
        workbook.warnings.append(Self.missing(listed.name))
      }
      let sheet = builder.finish()
      cells += sheet.cellCount
      guard cells <= Bound.cells else { throw SheetBuilder.full }
      workbook.sheets.append(sheet)
    }
    return workbook
  }

  private func part(
    _ type: String, _ relations: [String: Package.Relation]
  ) throws(Refusal) -> ZipEntry? {
    guard let relation = relations.values.first(where: { $0.type == type }) else { return nil }
    return package.archive[try package.target(of: relation, from: workbookPart)]
  }

  private func addComments(of part: String, to builder: inout SheetBuilder) throws(Refusal) {
    let relations = try package.relations(of: part).values
    var notes = CommentsHandler()
    // Threads stand in for the notes that older programs show in their place.
    for type in ["threadedComment", "comments"] {
      for relation in relations where relation.type == type && !relation.isExternal {
        guard let entry = package.archive[try package.target(of: relation, from: part)] else {
          continue
        }
        try package.parse(entry, notes)
      }
      if !notes.comments.isEmpty { break }
      notes = CommentsHandler()
    }
    builder.edit { $0.comments = notes.comments }
  }

  private static func missing(_ sheet: String) -> Diagnostic {
    Diagnostic(
      .warning, code: "workbook.sheet-missing",
      Phrase(
        fr: "feuille « \(sheet) » annoncée mais absente du fichier : lue comme vide",
        en: "sheet “\(sheet)” is listed but not in the file: read as empty"))
  }
}

/// Reads the workbook's own part: its sheets and its epoch.
private final class OutlineHandler: XMLHandler {
  struct Listed {
    var name: String
    var isHidden: Bool
    var relation: String?
  }

  var sheets: [Listed] = []
  var isDate1904 = false
  var isWorkbook = false
  private var depth = 0

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    depth += 1
    if depth == 1 { isWorkbook = space == .spreadsheet || space == .none }
    guard space == .spreadsheet || space == .none else { return }
    switch name {
    case .workbookPr:
      for i in 0..<attributes.count where attributes.name(i) == .date1904 {
        isDate1904 = attributes.isTrue(i)
      }
    case .sheet:
      guard sheets.count < Bound.sheets else {
        throw .hostile(
          fr: "plus de \(Bound.sheets) feuilles", en: "over \(Bound.sheets) sheets")
      }
      let state = attributes.string(.state) ?? "visible"
      let id =
        attributes.string(.id, in: .officeRelationships) ?? attributes.string(.id, in: .other)
      sheets.append(
        Listed(
          name: attributes.string(.name) ?? "", isHidden: state.lowercased() != "visible",
          relation: id))
    default: break
    }
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) { depth -= 1 }
}

/// Reads the number formats of cells.
private final class StylesHandler: XMLHandler {
  /// The format of each style that a cell can name.
  var formats: [NumberFormat] = []
  private var defined: [Int: NumberFormat] = [:]
  private var inFormats = false
  private var inCells = false

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    switch name {
    case .numFmts: inFormats = true
    case .cellXfs: inCells = true
    case .numFmt where inFormats:
      if let id = attributes.string(.numFmtId).flatMap(Int.init),
        let code = attributes.string(.formatCode), defined.count < 100_000
      {
        defined[id] = NumberFormat(code: code)
      }
    case .xf where inCells && formats.count < 1_000_000:
      let id = attributes.string(.numFmtId).flatMap(Int.init) ?? 0
      formats.append(defined[id] ?? .builtIn(id))
    default: break
    }
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) {
    if name == .numFmts { inFormats = false }
    if name == .cellXfs { inCells = false }
  }
}

/// Reads notes, and threads of comments: those on one cell follow one another.
private final class CommentsHandler: XMLHandler {
  var comments: [CellComment] = []
  private var place: (row: Int, column: Int)?
  private var value: [UInt8] = []
  private var inPhonetic = false

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    switch name {
    case .comment, .threadedComment:
      place = attributes.string(.ref).flatMap { CellReference.range($0) }.map {
        ($0.firstRow, $0.firstColumn)
      }
      value = []
    case .rPh: inPhonetic = true
    case .t: wantsText = !inPhonetic
    case .text where space == .threaded: wantsText = true
    default: break
    }
  }

  override func text(_ bytes: Span<UInt8>) throws(Refusal) {
    guard value.count + bytes.count <= Bound.textBytes else { throw SheetBuilder.full }
    value.append(bytes)
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) {
    wantsText = false
    switch name {
    case .rPh: inPhonetic = false
    case .comment, .threadedComment:
      guard let place, comments.count < 1_000_000 else { return }
      EscapedText.decode(&value)
      let text = String(decoding: value, as: UTF8.self)
      if let last = comments.last, last.row == place.row, last.column == place.column {
        comments[comments.count - 1].text += "\n" + text
      } else {
        comments.append(CellComment(row: place.row, column: place.column, text: text))
      }
    default: break
    }
  }
}
