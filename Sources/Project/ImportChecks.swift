import Columns
import Diagnostics
import Ingest
import Model
import Persistence

/// What is known of the store that a sheet is compared with before it lands: links that lead
/// nowhere, stays without a beginning, stays that overlap those of another residence's register.
struct ImportChecks {
  let store: Store
  let model: Model

  /// Above so many keys, a comparison would cost more than it is worth.
  private static let mostKeys = 200_000
  /// The most values that a remark shows.
  private static let mostShown = 5

  /// The rows that a sheet may say by a name instead of their key, by table; without tables that
  /// have no row.
  func names() throws(Failure) -> [String: KnownNames] {
    var out: [String: KnownNames] = [:]
    for table in model.tables where table.namedBy != nil {
      out[table.name] = try names(of: table.name)
    }
    return out
  }

  /// The rows of one table by key and name; nil when it has none.
  func names(of table: String) throws(Failure) -> KnownNames? {
    guard let table = model[table], let key = table.keyColumn else { return nil }
    let columns = Set([key.name, table.namedBy].compactMap(\.self))
    let rows = try store.table(table.name, columns: columns.sorted())
    guard rows.rowCount > 0, rows.rowCount <= ImportChecks.mostKeys else { return nil }
    var out = KnownNames()
    for row in 0..<rows.rowCount {
      guard let code = rows[key.name]?.text(at: row) else { continue }
      out.add(key: code, name: table.namedBy.flatMap { rows[$0]?.text(at: row) })
    }
    return out
  }

  /// The residences that registers and sessions name, for a project without a list of them.
  func usedResidences() throws(Failure) -> KnownNames? {
    var out = KnownNames()
    for table in model.tables where table.isPseudonymous || table.name == "activity" {
      guard let place = table.residence, table[place]?.target == "residence",
        case .text(let codes, let names)? = try store.table(table.name, columns: [place])[place]
      else { continue }
      for key in ImportChecks.used(codes, names) { out.add(key: key, name: nil) }
    }
    return out.keys.isEmpty ? nil : out
  }

  /// The residence of each session, by its key: worked out when it is asked for, which a sheet
  /// with identifiers never does.
  func residencesOfSessions() throws(Failure) -> @Sendable () -> [String: String] {
    guard let table = model["activity"], let key = table.keyColumn, let place = table.residence,
      table[place] != nil
    else { return { [:] } }
    let rows = try store.table(table.name, columns: [key.name, place])
    guard case .text(let sessions, let names)? = rows[key.name],
      case .text(let codes, let residences)? = rows[place]
    else { return { [:] } }
    return {
      var out: [String: String] = [:]
      for (session, residence) in zip(sessions, codes) where session >= 0 && residence >= 0 {
        out[names[Int(session)]] = residences[Int(residence)]
      }
      return out
    }
  }

  // MARK: - Surveys

  /// Refuses answers that would take the place of another wave's, or of another questionnaire's of
  /// the same name: of those in the store not one day, or not one question, is among those that come.
  func refuseOtherWave(_ reading: Reading, file: String) throws(Failure) {
    guard reading.isSurvey, reading.correctsRejectsOf == nil,
      let batch = reading.batches.first(where: { $0.table == "response" })
    else { return }
    let coming = waves(of: batch.columns)
    guard !coming.isEmpty else { return }
    let names = ["instrument", "wave", "date", "item"]
    let stored = try store.table("response", columns: names)
    var columns: [String: Columns.Column] = [:]
    for name in names { columns[name] = stored[name] }
    let known = waves(of: columns)
    for (wave, ours) in coming {
      guard let theirs = known[wave], !theirs.days.isEmpty, !ours.days.isEmpty,
        !theirs.days.isSubset(of: ours.days),
        theirs.days.isDisjoint(with: ours.days) || theirs.items.isDisjoint(with: ours.items)
      else { continue }
      throw Failure(
        .usage, code: "survey.other-wave",
        fr: "ces réponses prendraient la place d’autres, du même questionnaire et de la même vague "
          + "(\(wave.wave))",
        en: "these answers would take the place of others of the same survey and wave "
          + "(\(wave.wave))",
        remedy: Phrase(
          fr:
            "dites la vague par le nom du fichier (« … vague 2 ») ou une colonne « Vague » ; un autre "
            + "questionnaire prend un autre nom de fichier ; pour remplacer les premières, défaites "
            + "leur import (lien imports undo)",
          en:
            "say the wave by the file’s name (“… wave 2”) or a column “Vague”; another survey takes "
            + "another file name; to replace the first ones, undo their import (lien imports undo)"),
        at: SourceLocation(file: file))
    }
  }

  private struct Wave: Hashable {
    var instrument: String
    var wave: String
  }

  private func waves(
    of columns: [String: Columns.Column]
  ) -> [Wave: (days: Set<Int32>, items: Set<String>)] {
    guard case .text(let codes, let instruments)? = columns["instrument"],
      case .text(let waves, let names)? = columns["wave"], case .day(let days)? = columns["date"],
      case .text(let items, let questions)? = columns["item"]
    else { return [:] }
    var out: [Wave: (days: Set<Int32>, items: Set<String>)] = [:]
    for (row, code) in codes.enumerated() where code >= 0 && waves[row] >= 0 {
      let wave = Wave(instrument: instruments[Int(code)], wave: names[Int(waves[row])])
      if days[row] != Column.missingDay { out[wave, default: ([], [])].days.insert(days[row]) }
      if items[row] >= 0 {
        out[wave, default: ([], [])].items.insert(questions[Int(items[row])])
      }
    }
    return out
  }

  // MARK: - Links

  /// What is worth knowing of the rows read, for the receipt.
  func remarks(on reading: Reading, names: [String: KnownNames]) throws(Failure) -> [Assumption] {
    var out: [Assumption] = []
    for batch in reading.batches {
      guard let table = model[batch.table] else { continue }
      for column in table.columns where column.kind == .link {
        guard let target = column.target.flatMap({ model[$0] }), target.name != table.name,
          case .text(let codes, let lexicon)? = batch.columns[column.name],
          lexicon.count <= ImportChecks.mostKeys
        else { continue }
        let stated = ImportChecks.used(codes, lexicon)
        guard !stated.isEmpty, let known = try keys(of: target, reading.batches) else { continue }
        let isDecisive =
          column.isRequired || target.name == "residence" || table.person == column.name
        // Who answers an anonymous survey is in no register.
        if table.person == column.name, reading.isSurvey { continue }
        // A project that keeps no list of dwellings is not told that each is unknown.
        if known.isEmpty, !isDecisive { continue }
        let unknown = stated.filter { !known.contains($0) }.sorted()
        if unknown.isEmpty { continue }
        let remark = ImportChecks.unknown(
          unknown, of: target, under: column, in: table,
          near: target.name == "residence" || target.namedBy == target.keyColumn?.name
            ? names[target.name] : nil)
        if !out.contains(remark) { out.append(remark) }
        if table.multiplicity != nil, table.person == column.name, unknown.count == stated.count,
          unknown.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isWholeNumber) })
        {
          out.append(
            Assumption(
              code: "link.numbers",
              message: Phrase(
                fr: "les personnes de cette feuille ne sont que des nombres ; si ce sont des "
                  + "effectifs, intitulez la colonne « Nombre de personnes »",
                en: "the people of this sheet are all numbers; if these are headcounts, head the "
                  + "column “Unnamed headcount”"),
              isWarning: true))
        }
      }
      if let endless = ImportChecks.withoutBeginning(batch, table) { out.append(endless) }
    }
    return out
  }

  /// The texts that a column holds.
  static func used(_ codes: [Int32], _ lexicon: Lexicon) -> Set<String> {
    var isUsed = [Bool](repeating: false, count: lexicon.count)
    for code in codes where code >= 0 { isUsed[Int(code)] = true }
    return Set(isUsed.indices.lazy.filter { isUsed[$0] }.map { lexicon[$0] })
  }

  /// The keys of a table as sheets write them, in the store and in the rows that come; nil when
  /// there are too many to compare.
  private func keys(
    of table: TableDeclaration, _ batches: [TableBatch]
  ) throws(Failure) -> Set<String>? {
    guard let key = table.keyColumn,
      case .text(let codes, let lexicon)? =
        try store.table(table.name, columns: [key.name])[key.name],
      lexicon.count <= ImportChecks.mostKeys
    else { return nil }
    var out = ImportChecks.used(codes, lexicon)
    if table.isPseudonymous {
      let names = out.isEmpty ? [:] : try store.identities(domain: key.domain)
      out = Set(out.compactMap { names[$0] })
    }
    for batch in batches where batch.table == table.name {
      if case .text(let codes, let lexicon)? = batch.columns[key.name] {
        out.formUnion(ImportChecks.used(codes, lexicon))
      }
    }
    return out
  }

  /// The remark on links that lead nowhere; values are for the screen only.
  private static func unknown(
    _ values: [String], of target: TableDeclaration, under column: ColumnDeclaration,
    in table: TableDeclaration, near: KnownNames?
  ) -> Assumption {
    let n = values.count
    let s = n > 1 ? "s" : ""
    var (fr, en): (String, String)
    var (tailFr, tailEn) = ("", "")
    switch target.name {
    case "residence":
      (fr, en) = ("\(n) résidence\(s) inconnue\(s)", "\(n) unknown residence\(s)")
      if near == nil {
        tailFr =
          "\u{A0}: décrivez-\(n > 1 ? "les" : "la") (nom, logements) dans la feuille que donne "
          + "«\u{A0}lien template residence\u{A0}»"
        tailEn = ": describe \(n > 1 ? "them" : "it") on the sheet of “lien template residence”"
      }
    case "activity":
      (fr, en) = ("\(n) séance\(s) inconnue\(s)", "\(n) unknown session\(s)")
      if table.multiplicity == nil { break }
      tailFr =
        "\u{A0}: \(n > 1 ? "leurs" : "ses") présences ne compteront pas tant que la séance n’est pas "
        + "importée"
      tailEn =
        ": \(n > 1 ? "their" : "its") attendance will not count until the session is imported"
    case "resident":
      (fr, en) = (
        "\(n) personne\(s) absente\(s) du registre",
        "\(n) \(n > 1 ? "people" : "person") not in the register"
      )
    default:
      (fr, en) = (
        "\(n) valeur\(s) inconnue\(s) sous «\u{A0}\(column.label.fr)\u{A0}»",
        "\(n) unknown value\(s) under “\(column.label.en)”"
      )
    }
    func list(_ quote: (String) -> String, _ ask: (String) -> String) -> String {
      let shown = values.prefix(mostShown).map { value in
        quote(value) + (near?.nearest(to: value).map(ask) ?? "")
      }
      return shown.joined(separator: ", ") + (n > mostShown ? ", …" : "")
    }
    let listFr = list(
      { "«\u{A0}\($0)\u{A0}»" }, { " — vouliez-vous dire «\u{A0}\($0)\u{A0}»\u{202F}?" })
    let listEn = list({ "“\($0)”" }, { " — did you mean “\($0)”?" })
    return Assumption(
      code: "link.unknown-" + target.name,
      message: Phrase(fr: fr + tailFr, en: en + tailEn), isWarning: false,
      shown: tailFr.isEmpty
        ? Phrase(fr: fr + "\u{A0}: " + listFr, en: en + ": " + listEn)
        : Phrase(fr: "\(fr) (\(listFr))\(tailFr)", en: "\(en) (\(listEn))\(tailEn)"))
  }

  // MARK: - Stays

  /// Rows about people that hold since always, for want of a first day.
  private static func withoutBeginning(
    _ batch: TableBatch, _ table: TableDeclaration
  ) -> Assumption? {
    guard table.person != nil, let from = table.validity.flatMap({ table[$0.from] }) else {
      return nil
    }
    var days: [Int32]?
    if case .day(let values)? = batch.columns[from.name] { days = values }
    let n = (0..<batch.rowCount).count {
      (days?[$0] ?? Column.missingDay) == Column.missingDay && counts($0, batch, table)
    }
    guard n > 0 else { return nil }
    return Assumption(
      code: "stay.no-beginning",
      message: Phrase(
        fr: "«\u{A0}\(from.label.fr)\u{A0}» manque sur \(n) ligne\(n > 1 ? "s" : "")\u{A0}: "
          + (n > 1 ? "elles comptent" : "elle compte") + " depuis toujours",
        en: "“\(from.label.en)” is missing on \(n) row\(n > 1 ? "s" : ""): "
          + (n > 1 ? "they count" : "it counts") + " since always"),
      isWarning: false)
  }

  /// Whether a row is one of those that count.
  private static func counts(_ row: Int, _ batch: TableBatch, _ table: TableDeclaration) -> Bool {
    table.countsWhen.allSatisfy { column, values in
      guard let text = batch.columns[column]?.text(at: row) else { return column.contains(".") }
      return values.contains(text)
    }
  }

  /// The rows of a register that overlap a stay of the same person which the sheet does not
  /// replace: one of another residence or, for corrected rejects, of any.
  func overlaps(
    in batch: TableBatch, isCorrection: Bool
  ) throws(Failure) -> [Int: Diagnostic] {
    guard let table = model[batch.table], table.isPseudonymous, let validity = table.validity,
      let key = table.keyColumn, let place = table.residence, table[place] != nil,
      case .text(let codes, let lexicon)? = batch.columns[key.name], lexicon.count > 0
    else { return [:] }
    let counting = table.countsWhen.map(\.column).filter { table[$0] != nil }
    let stored = try store.table(
      table.name, columns: [key.name, place, validity.from, validity.to] + counting)
    guard stored.rowCount > 0,
      case .text(let people, let pseudonyms)? = stored[key.name]
    else { return [:] }
    var stated: [String: Int32] = [:]
    for code in Set(codes) where code >= 0 { stated[lexicon[Int(code)]] = code }
    var codeOf: [String: Int32] = [:]
    for (pseudonym, external) in try store.identities(domain: key.domain) {
      if let code = stated[external] { codeOf[pseudonym] = code }
    }
    let map = (0..<pseudonyms.count).map { codeOf[pseudonyms[$0]] ?? -1 }
    var replaced: Set<String?> = []
    if !isCorrection {
      replaced.insert(nil)
      if case .text(let codes, let lexicon)? = batch.columns[place] {
        replaced.formUnion(ImportChecks.used(codes, lexicon).map(Optional.some))
      }
    }
    let inStore = TableBatch(
      table: table.name, columns: stored.columns,
      sourceLines: [Int32](repeating: 0, count: stored.rowCount))
    var stays: [Int32: [(from: Int32, to: Int32)]] = [:]
    for row in 0..<stored.rowCount where people[row] >= 0 && map[Int(people[row])] >= 0 {
      guard ImportChecks.counts(row, inStore, table),
        isCorrection || !replaced.contains(stored[place]?.text(at: row))
      else { continue }
      stays[map[Int(people[row])], default: []].append(
        ImportChecks.stay(row, stored.columns, validity))
    }
    var out: [Int: Diagnostic] = [:]
    for row in 0..<batch.rowCount where codes[row] >= 0 {
      guard let known = stays[codes[row]], ImportChecks.counts(row, batch, table) else { continue }
      let own = ImportChecks.stay(row, batch.columns, validity)
      let isHeld = isCorrection && known.contains { $0.from == own.from }
      if !isHeld, known.contains(where: { $0.from < own.to && own.from < $0.to }) {
        out[row] = ImportChecks.overlap
      }
    }
    return out
  }

  private static func stay(
    _ row: Int, _ columns: [String: Column], _ validity: TableDeclaration.Validity
  ) -> (from: Int32, to: Int32) {
    func day(_ name: String) -> Int32 {
      if case .day(let days)? = columns[name] { days[row] } else { Column.missingDay }
    }
    let to = day(validity.to)
    return (day(validity.from), to == Column.missingDay ? .max : to)
  }

  private static let overlap = Diagnostic(
    code: "row.stays-overlap-store",
    Phrase(
      fr: "chevauche un séjour déjà enregistré de la même personne",
      en: "overlaps a stay of the same person that is there already"),
    remedy: Phrase(
      fr: "corrigez les dates, ou importez d’abord le registre corrigé de l’autre résidence",
      en: "correct the dates, or import the corrected register of the other residence first"))

  /// The stays in force, by residence; for tables of stays only.
  func staysInForce(_ batches: [TableBatch]) throws(Failure) -> [String: Int] {
    var out: [String: Int] = [:]
    for batch in batches {
      guard let table = model[batch.table], table.validity != nil, table.isPseudonymous,
        let place = table.residence, table[place] != nil
      else { continue }
      guard case .text(let own, let names)? = batch.columns[place],
        case .text(let codes, let lexicon)? =
          try store.table(table.name, columns: [place])[place]
      else { continue }
      let replaced = ImportChecks.used(own, names)
      let isReplaced = (0..<lexicon.count).map { replaced.contains(lexicon[$0]) }
      out[table.name] = codes.count { $0 >= 0 && isReplaced[Int($0)] }
    }
    return out
  }

  /// The warning on a register that lost more than half of its stays; nil when it did not.
  static func loss(
    _ change: Change, of before: [String: Int], importNumber: Int?
  ) -> Diagnostic? {
    for table in change.tables {
      guard let held = before[table.table], table.removed >= 3, table.removed * 2 > held else {
        continue
      }
      let n = table.removed
      let fr =
        importNumber.map { "\(n) séjours n’y sont plus (imports undo \($0) les rend)" }
        ?? "\(n) séjours n’y seraient plus"
      let en =
        importNumber.map { "\(n) stays are gone (imports undo \($0) brings them back)" }
        ?? "\(n) stays would be gone"
      return Diagnostic(
        .warning, code: "register.loss",
        Phrase(
          fr: "cette feuille remplace le registre de la résidence\u{A0}: " + fr,
          en: "this sheet replaces the residence’s register: " + en))
    }
    return nil
  }
}
