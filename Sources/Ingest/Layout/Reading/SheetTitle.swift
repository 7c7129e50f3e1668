/// What stands above the tables of a sheet, and in its name and that of its file.
struct SheetTitle {
  private(set) var residence: String?
  private(set) var activity: String?
  private(set) var hint = PeriodHint()
  private(set) var start: Int?
  private(set) var minutes: Int?
  private(set) var rows: [Int] = []
  /// Whether the activity stands beside a label.
  private var isLabelled = false

  /// Reads the rows above the first table.
  init(_ cells: SheetCells, above end: Int, isOneOfSeveral: Bool) {
    var title = PeriodHint()
    for row in 0..<min(end, cells.height) {
      let filled = (0..<cells.width).filter { !cells.isBlank(row, $0) }
      guard !filled.isEmpty else { continue }
      rows.append(row)
      for (i, column) in filled.enumerated() {
        let text = cells.text(row, column)
        guard text.count <= 120, !text.hasPrefix("[") else { continue }
        let next = i + 1 < filled.count ? cells.text(row, filled[i + 1]) : nil
        take(text, next: next, &title)
        if let date = cells.date(row, column), date.isPlain { title.day = title.day ?? date }
      }
    }
    let sheet = SheetTitle.named(cells.grid.sheetName ?? "")
    let file = SheetTitle.named(SheetTitle.stem(cells.grid.fileName))
    hint = sheet.hint.or(title).or(file.hint)
    if !sheet.name.isEmpty, sheet.hint != PeriodHint() || isOneOfSeveral, !sheet.isGeneric {
      activity = sheet.name
    }
    if activity == nil, !file.name.isEmpty, file.isAttendance || file.hint.day != nil {
      activity = file.name
    }
  }

  // MARK: - Lines of the title

  private mutating func take(_ text: String, next: String?, _ title: inout PeriodHint) {
    let parts = text.split(separator: ":", maxSplits: 1).map { SheetCells.tidy(String($0)) }
    let label = Fold.key(parts.first ?? "")
    // `Résidence : Les Lilas` in one cell or two, with or without the colon in between.
    if text.contains(":") || next != nil, let kind = SheetTitle.labels[label] {
      let value = parts.count > 1 && !parts[1].isEmpty ? parts[1] : next ?? ""
      guard !value.isEmpty else { return }
      switch kind {
      case .residence: residence = residence ?? value
      case .activity:
        if !isLabelled { activity = value }
        isLabelled = true
      case .period: title = title.or(PeriodHint(value))
      case .time:
        if let span = TimeText.span(value) { (start, minutes) = (span.start, span.minutes) }
      }
      return
    }
    let found = PeriodHint(text)
    title = title.or(found)
    let words = found.rest
    guard let first = words.first.map({ Fold.key($0) }) else { return }
    if first == "residence" || first == "residences", words.count > 1 {
      residence = residence ?? words.dropFirst().joined(separator: " ")
      return
    }
    guard activity == nil, next == nil else { return }
    let name = SheetTitle.withoutCommon(words)
    let isActivity = SheetTitle.activities.contains { Fold.key(text).hasPrefix($0) }
    let isSaid = words.count > name.count && SheetTitle.isAttendance(words)
    if isActivity {
      // `Atelier mémoire du 5 mars`.
      let last = words.lastIndex {
        !["du", "de", "des", "le", "la", "au", "en"].contains(Fold.key($0))
      }
      activity = words[...(last ?? 0)].joined(separator: " ").trimmingPunctuation()
    } else if isSaid, !name.isEmpty {
      activity = name.joined(separator: " ").trimmingPunctuation()
    }
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

  // MARK: - Names of sheets and files

  /// A name without what it says of time, and without the words of all such names.
  private static func named(_ text: String)
    -> (name: String, hint: PeriodHint, isGeneric: Bool, isAttendance: Bool)
  {
    let composed = String(decoding: Composition.composed(Array(text.utf8)), as: UTF8.self)
    let hint = PeriodHint(composed)
    let kept = withoutCommon(hint.rest)
    let name = kept.joined(separator: " ").trimmingPunctuation()
    var bare = hint
    bare.rest = []
    return (
      name.contains(where: \.isLetter) ? name : "", bare, kept.isEmpty, isAttendance(hint.rest)
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
      + "seance seances activites activite ateliers animations animation residence mar")
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
