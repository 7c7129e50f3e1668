import Diagnostics
import Model

/// The residence of a sheet that has no column for it: the user's word, else the title's, else the
/// only one there is.
struct SheetResidence {
  /// What its rows are given.
  let key: String
  /// What a receipt tells of it.
  private(set) var remarks: [Assumption] = []
  /// Whether the user or the sheet says it.
  let isSaid: Bool

  /// The residence of a sheet laid out by hand; nil when nothing tells.
  ///
  /// - Throws: `Failure` with status `usage` for two residences, and for one that the project does
  ///   not know.
  init?(
    of reading: SheetReading, _ options: IntakeOptions, file: String
  ) throws(Failure) {
    let named = reading.residenceKeys
    if let given = options.residence {
      self.init(given: given, named: named)
      return
    }
    if named.count > 1 { throw SheetResidence.several(named, file) }
    if let key = named.first {
      self.init(key: key, isSaid: true)
      return
    }
    if let said = reading.residence {
      if let key = options.knownResidences?.key(of: said) {
        self.init(key: key, isSaid: true)
      } else if options.names["residence"]?.keys.isEmpty ?? true {
        self.init(key: said, isSaid: true)
      } else {
        throw SheetResidence.unknown(options, file)
      }
      return
    }
    guard !reading.saysResidence else { return nil }
    self.init(onlyOneOf: options)
  }

  /// The residence of a plain list, from the lines above it, the name of its sheet and that of its
  /// file; nil when nothing tells, or when a column does.
  init?(
    ofList headings: Headings, lines: [String], _ options: IntakeOptions, file: String
  ) {
    guard !headings.sayResidence else { return nil }
    let places = PlaceWords(options.knownResidences)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    var named = SheetResidence.keys(in: lines, places)
    if named.isEmpty { named = SheetResidence.keys(in: [stem.replacing("_", with: " ")], places) }
    if let given = options.residence {
      self.init(given: given, named: named)
      return
    }
    if named.count > 1 { return nil }
    // A project that knows none takes the name that a title gives.
    let isNew = options.knownResidences == nil
    let new = isNew ? lines.lazy.compactMap { SheetTitle.residence(ofLine: $0) }.first : nil
    if let key = named.first ?? new {
      self.init(key: key, isSaid: true)
      remarks = [
        Assumption(
          code: "sheet.title",
          message: Phrase(
            fr: "le titre ou le fichier disent la résidence",
            en: "the title or the file says the residence"),
          isWarning: false,
          shown: Phrase(
            fr: "lu au titre ou au nom : résidence « \(key) »",
            en: "read in the title or the name: residence “\(key)”"))
      ]
      return
    }
    self.init(onlyOneOf: options)
  }

  private init(key: String, isSaid: Bool) {
    self.key = key
    self.isSaid = isSaid
  }

  private init(given: String, named: Set<String>) {
    self.init(key: given, isSaid: true)
    guard named.count == 1, let other = named.first, other != given else { return }
    remarks = [
      Assumption(
        code: "sheet.other-residence",
        message: Phrase(
          fr: "le titre ou le nom disent une autre résidence que celle qui est donnée",
          en: "the title or the name says another residence than the one given"),
        isWarning: true,
        shown: Phrase(
          fr: "le titre ou le nom disent la résidence « \(other) » ; entrée pour « \(given) »",
          en: "the title or the name says the residence “\(other)”; entered for “\(given)”"))
    ]
  }

  private init?(onlyOneOf options: IntakeOptions) {
    guard let known = options.knownResidences, known.keys.count == 1, let key = known.keys.first
    else { return nil }
    self.init(key: key, isSaid: false)
    remarks = [
      Assumption(
        code: "sheet.only-residence",
        message: Phrase(
          fr: "entrée pour la seule résidence du projet",
          en: "entered for the project’s only residence"),
        isWarning: false,
        shown: Phrase(
          fr: "entrée pour la seule résidence du projet : « \(key) »",
          en: "entered for the project’s only residence: “\(key)”"))
    ]
  }

  /// What is told of the residence of a list: whence it is, where its rows have it; and that people
  /// of a register have none, where the project has several.
  static func remarks(
    of place: SheetResidence?, _ emits: [Emit], _ options: IntakeOptions
  ) -> [Assumption] {
    let owners = emits.filter { emit in
      emit.columns.contains { $0.declaration.name == emit.table.residence }
    }
    if let place, !owners.isEmpty { return place.remarks }
    guard let last = emits.last, owners.isEmpty, last.table.isPseudonymous,
      let column = last.table.residence.flatMap({ last.table[$0] }), column.kind == .link,
      (options.knownResidences?.keys.count ?? 0) > 1
    else { return [] }
    return [
      Assumption(
        code: "residence.none",
        message: Phrase(
          fr: "ni le titre, ni une colonne ne disent la résidence\u{A0}: ces personnes ne comptent "
            + "dans aucune ; dites-la avec --residence",
          en: "neither the title nor a column says the residence: these people count in none; say "
            + "it with --residence"),
        isWarning: true)
    ]
  }

  private static func keys(in lines: [String], _ places: PlaceWords) -> Set<String> {
    Set(
      lines.compactMap { line in
        places.find(in: line.split(whereSeparator: \.isWhitespace).map(String.init))?.key
      })
  }

  private static func several(_ keys: Set<String>, _ file: String) -> Failure {
    let all = keys.sorted().joined(separator: ", ")
    return Failure(
      .usage, code: "residence.several",
      fr: "cette feuille nomme plusieurs résidences : \(all)",
      en: "this sheet names several residences: \(all)",
      remedy: Phrase(fr: "dites laquelle avec --residence", en: "say which with --residence"),
      at: SourceLocation(file: file))
  }

  private static func unknown(_ options: IntakeOptions, _ file: String) -> Failure {
    let all = options.names["residence"]?.keys.sorted().prefix(10).joined(separator: ", ") ?? ""
    return Failure(
      .usage, code: "residence.unknown-title",
      fr: "le titre de la feuille nomme une résidence que le projet ne connaît pas",
      en: "the sheet’s title names a residence that the project does not know",
      remedy: Phrase(
        fr: "dites laquelle avec --residence ; résidences connues : \(all)",
        en: "say which with --residence; known residences: \(all)"),
      at: SourceLocation(file: file))
  }
}
