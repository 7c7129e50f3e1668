/// What stands above the tables of a sheet, and in its name and that of its file.
struct SheetTitle {
  private(set) var residence: String?
  private(set) var activity: String?
  private(set) var hint = PeriodHint()
  private(set) var start: Int?
  private(set) var minutes: Int?
  private(set) var rows: [Int] = []
  /// The residence among those that the project knows, by its key.
  private(set) var residenceKey: String?
  private let places: PlaceWords
  /// The activity, by what says it, the surest first.
  private var said: [Source: String] = [:]

  /// What says an activity.
  private enum Source: Int, CaseIterable {
    case label, sheet, title, line, file, tab
  }

  /// Reads the rows above the first table.
  init(
    _ cells: SheetCells, above end: Int, isOneOfSeveral: Bool, places: PlaceWords = PlaceWords()
  ) {
    self.places = places
    var title = PeriodHint()
    for row in 0..<min(end, cells.height) {
      let filled = (0..<cells.width).filter { !cells.isBlank(row, $0) }
      guard !filled.isEmpty else { continue }
      rows.append(row)
      for (i, column) in filled.enumerated() {
        let text = cells.text(row, column)
        guard text.count <= 120, !text.hasPrefix("[") else { continue }
        let next = i + 1 < filled.count ? cells.text(row, filled[i + 1]) : nil
        take(text, next: next, isAlone: filled.count == 1, &title)
        if let date = cells.date(row, column), date.isPlain { title.day = title.day ?? date }
      }
    }
    let sheet = named(cells.grid.sheetName ?? "")
    let file = named(SheetTitle.stem(cells.grid.fileName))
    hint = sheet.hint.or(title).or(file.hint)
    if !sheet.name.isEmpty, !sheet.isGeneric {
      say(sheet.hint != PeriodHint() || isOneOfSeveral ? .sheet : .tab, sheet.name)
    }
    // A corrected sheet may have any other name: only one that says a session's is taken.
    if !file.name.isEmpty, file.isAttendance || file.hint.day != nil { say(.file, file.name) }
    let all = said
    activity = Source.allCases.lazy.compactMap { all[$0] }.first
  }

  /// The activity and the period that a line above one of several tables says.
  static func line(
    _ text: String, places: PlaceWords
  ) -> (activity: String?, hint: PeriodHint) {
    var title = SheetTitle(places: places)
    var hint = PeriodHint()
    title.take(text, next: nil, isAlone: true, &hint)
    hint.rest = []
    return ([.label, .title, .line].lazy.compactMap { title.said[$0] }.first, hint)
  }

  /// The residence that a line above a table names.
  static func residence(ofLine text: String) -> String? {
    var title = SheetTitle(places: PlaceWords())
    var hint = PeriodHint()
    title.take(text, next: nil, isAlone: true, &hint)
    return title.residence
  }

  private init(places: PlaceWords) { self.places = places }

  /// Takes what a line nearer to a table says of its period.
  mutating func narrow(_ hint: PeriodHint) { self.hint = hint.or(self.hint) }

  private mutating func say(_ source: Source, _ activity: String) {
    if said[source] == nil { said[source] = activity }
  }

  // MARK: - Lines of the title

  private mutating func take(
    _ text: String, next: String?, isAlone: Bool, _ title: inout PeriodHint
  ) {
    let parts = text.split(separator: ":", maxSplits: 1).map { SheetCells.tidy(String($0)) }
    let label = Fold.key(parts.first ?? "")
    // `Résidence : Les Lilas` in one cell or two, with or without the colon in between.
    if text.contains(":") || next != nil, let kind = SheetTitle.labels[label] {
      let value = parts.count > 1 && !parts[1].isEmpty ? parts[1] : next ?? ""
      guard !value.isEmpty else { return }
      switch kind {
      case .residence:
        residence = residence ?? value
        residenceKey = residenceKey ?? places.find(in: SheetTitle.words(value))?.key
      case .activity: say(.label, value)
      case .period: title = title.or(PeriodHint(value))
      case .time:
        if let span = TimeText.span(value) { (start, minutes) = (span.start, span.minutes) }
      }
      return
    }
    title = title.or(PeriodHint(text))
    let isLabelled = text.contains(":")
    for segment in SheetTitle.segments(text) {
      let words = withoutResidence(PeriodHint(segment).rest)
      guard isAlone, !words.isEmpty else { continue }
      takeActivity(words, of: segment, isLabelled: isLabelled)
    }
  }

  /// The activity that a part of a line says.
  private mutating func takeActivity(_ words: [String], of text: String, isLabelled: Bool) {
    let name = SheetTitle.withoutCommon(words)
    let isActivity = SheetTitle.activities.contains { Fold.key(text).hasPrefix($0) }
    if isActivity {
      // `Atelier mémoire du 5 mars`.
      let last = words.lastIndex { !SheetTitle.links.contains(Fold.key($0)) } ?? 0
      let shown = words[...last].joined(separator: " ").trimmingPunctuation()
      say(.title, shown)
      return
    }
    let shown = name.joined(separator: " ").trimmingPunctuation()
    guard shown.contains(where: \.isLetter) else { return }
    if words.count > name.count, SheetTitle.isAttendance(words) {
      say(.title, shown)
    } else if !isLabelled, name.count <= 6, !shown.hasSuffix("."),
      name.allSatisfy({ !SheetTitle.others.contains(Fold.key($0)) })
    {
      say(.line, shown)
    }
  }

  /// The words of a line without those that say the residence, which are kept.
  private mutating func withoutResidence(_ words: [String]) -> [String] {
    var out = words
    if let found = places.find(in: words) {
      residenceKey = residenceKey ?? found.key
      residence = residence ?? found.key
      out.removeSubrange(found.range)
      return out
    }
    guard
      let at = words.firstIndex(where: { ["residence", "residences"].contains(Fold.key($0)) }),
      at + 1 < words.count, at == 0 || SheetTitle.isName(words[at + 1])
    else { return words }
    residence = residence ?? words[(at + 1)...].joined(separator: " ").trimmingPunctuation()
    let last = words[..<at].lastIndex { !SheetTitle.links.contains(Fold.key($0)) }
    return Array(words[..<((last ?? -1) + 1)])
  }

  /// Whether a word begins a name.
  private static func isName(_ word: String) -> Bool {
    word.first?.isUppercase == true || ["le", "la", "les", "l"].contains(Fold.key(word))
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The parts of a line that dashes set apart.
  private static func segments(_ text: String) -> [String] {
    var out: [[String]] = [[]]
    for word in words(text) {
      if ["-", "–", "—", "|", "·", "•", "/"].contains(word) {
        out.append([])
      } else {
        out[out.count - 1].append(word)
      }
    }
    return out.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }

  private enum Label { case residence, activity, period, time }

  private static let labels: [String: Label] = {
    var out: [String: Label] = [:]
    let lists: [(Label, String)] = [
      (.residence, "residence,site,nom de la residence"),
      (
        .activity,
        "activite,atelier,animation,seance,action,intitule,nom de l activite,nom de l atelier,"
          + "theme,projet,evenement"
      ),
      (.period, "mois,date,annee,periode,saison,annee scolaire,jour,mois de,date de la seance"),
      (.time, "horaire,horaires,heure,heures,creneau"),
    ]
    for (label, list) in lists {
      for word in list.split(separator: ",") { out[String(word)] = label }
    }
    return out
  }()

  /// How the names of activities begin.
  private static let activities = [
    "atelier ", "cours ", "sortie ", "cafe ", "repas ", "gouter ", "jeux ", "loto", "club ",
  ]

  private static let links: Set<String> = [
    "du", "de", "des", "d", "le", "la", "les", "l", "a", "au", "aux", "en", "et",
  ]

  /// Words of lines that speak of people, places and papers, not of an activity.
  private static let others: Set<String> = [
    "animatrice", "animateur", "animatrices", "animateurs", "referente", "referent", "association",
    "asso", "ccas", "mairie", "ville", "bailleur", "habitat", "service", "tel", "telephone",
    "adresse", "page", "nombre", "effectif", "merci", "imprime", "confidentiel", "responsable",
    "www", "mail", "rue", "avenue",
  ]

  // MARK: - Names of sheets and files

  /// A name without what it says of time, and without the words of all such names.
  private mutating func named(_ text: String)
    -> (name: String, hint: PeriodHint, isGeneric: Bool, isAttendance: Bool)
  {
    let composed = String(decoding: Composition.composed(Array(text.utf8)), as: UTF8.self)
    let hint = PeriodHint(composed)
    var words = hint.rest
    if let found = places.find(in: words) {
      residenceKey = residenceKey ?? found.key
      words.removeSubrange(found.range)
    }
    let kept = SheetTitle.withoutCommon(words)
    let name = kept.joined(separator: " ").trimmingPunctuation()
    var bare = hint
    bare.rest = []
    return (
      name.contains(where: \.isLetter) ? name : "", bare, kept.isEmpty,
      SheetTitle.isAttendance(hint.rest)
    )
  }

  private static func stem(_ file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func isAttendance(_ words: [String]) -> Bool {
    words.contains { word in
      let fold = Fold.key(word)
      return ["presence", "emargement", "attendance", "participa", "pointage"].contains {
        fold.contains($0)
      }
    }
  }

  /// The words between those that every sheet of presences begins and ends with.
  private static func withoutCommon(_ words: [String]) -> [String] {
    func isCommon(_ word: String) -> Bool {
      let fold = Fold.key(word)
      // `d’émargement` is two words.
      let parts = fold.split(separator: " ").map(String.init)
      return parts.allSatisfy { common.contains($0) || $0.utf8.allSatisfy(Cells.isDigit) }
        || isNumbered(fold) || !fold.contains(where: \.isLetter)
    }
    guard let first = words.firstIndex(where: { !isCommon($0) }),
      let last = words.lastIndex(where: { !isCommon($0) })
    else { return [] }
    return Array(words[first...last])
  }

  /// `feuil1`, `sheet2`.
  private static func isNumbered(_ fold: String) -> Bool {
    let letters = fold.prefix { !$0.isNumber }
    return ["feuil", "feuille", "sheet", "v", "tableau", "table", "copie"].contains(letters)
  }

  private static let common = Set(
    ("feuille feuilles feuil sheet liste listes tableau suivi fiche registre presence presences "
      + "emargement emargements d emargement attendance pointage participants participant "
      + "participation inscription inscriptions inscrits residents habitants de des du la le les l "
      + "d et a au aux pour mois annee saison scolaire copie copy final finale version v2 new nouveau "
      + "export donnees data document classeur lundi mardi mercredi jeudi vendredi samedi dimanche "
      + "trimestre semestre 1er 2e 2eme 3e 3eme 4e 4eme t1 t2 t3 t4 "
      + "seance seances activites activite ateliers animations animation residence mar "
      + "frequentation comptage bilan recap recapitulatif synthese planning base printemps ete "
      + "automne hiver corrige corrigee modifie bis def definitif ok scan sans titre fichier "
      + "classeur inscriptions presents presentes semaine semaines")
      .split(separator: " ").map(String.init))
}

extension String {
  /// Without dashes and the like at both ends.
  func trimmingPunctuation() -> String {
    let signs: Set<Character> = ["-", "–", "—", ":", ",", ";", ".", "_", " ", "·", "|", "/"]
    var out = self[...]
    while let first = out.first, signs.contains(first) { out = out.dropFirst() }
    while let last = out.last, signs.contains(last) { out = out.dropLast() }
    return String(out)
  }
}
