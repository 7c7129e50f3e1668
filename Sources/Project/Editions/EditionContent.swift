import Diagnostics
import Disclosure
import FoundationEssentials
import Periods
import Persistence
import Reporting

/// What an edition keeps: released tables, definitions and texts; no row, no name.
struct EditionContent: Codable {
  /// The report's name, and the text of its layout as it was.
  var report: String, layout: String
  var known: [ReportPlan.Known]
  var facts: ReportFacts
  var release: FrozenRelease
  var dictionary: String?

  /// The bytes that the store keeps; the same content gives the same bytes.
  func bytes() throws(Failure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else {
      throw Failure(
        .failed, code: "edition.encode", fr: "cette édition ne peut pas être conservée",
        en: "this edition cannot be kept")
    }
    return Array(data)
  }

  /// Reads what the store kept.
  ///
  /// - Throws: `Failure` with status `failed` when an other version of the program wrote it otherwise.
  init(_ bytes: [UInt8]) throws(Failure) {
    guard let content = try? JSONDecoder().decode(EditionContent.self, from: Data(bytes)) else {
      throw Failure(
        .failed, code: "edition.decode",
        fr: "cette édition a été figée par une version de lien qui l’écrivait autrement",
        en: "this edition was frozen by a version of lien that wrote it otherwise",
        remedy: Phrase(
          fr: "refaites-la avec la version que « lien editions » indique",
          en: "make it again with the version that “lien editions” tells"))
    }
    self = content
  }

  init(
    report: String, layout: String, known: [ReportPlan.Known], facts: ReportFacts,
    release: FrozenRelease, dictionary: String?
  ) {
    self.report = report
    self.layout = layout
    self.known = known
    self.facts = facts
    self.release = release
    self.dictionary = dictionary
  }
}

/// Where figures stop continuing those of an earlier edition: the definition changed.
struct SeriesBreaks {
  private let store: Store

  init(_ store: Store) { self.store = store }

  /// The breaks of a report with the latest earlier edition of each indicator, for the same readers:
  /// what others hold is not theirs to read.
  func breaks(
    of tables: [ReleasedTable], known: [ReportPlan.Known], audience: Audience, except name: String?
  ) throws(Failure) -> [ReportBreak] {
    var latest: [String: (name: String, period: Period, table: ReleasedTable)] = [:]
    for record in try store.editions()
    where record.audience == audience.rawValue && record.name != name {
      guard let content = try? EditionContent(store.content(of: record)) else { continue }
      for table in content.release.tables {
        let key = Self.series(table.heading, content.known)
        latest[key] = (record.name, content.facts.period, table)
      }
    }
    var out: [ReportBreak] = []
    var seen: Set<String> = []
    for table in tables {
      let now = table.heading
      let key = Self.series(now, known)
      guard seen.insert(key).inserted, let one = latest[key] else { continue }
      let before = one.table.heading
      guard before.version != now.version || before.formula != now.formula else { continue }
      out.append(
        ReportBreak(
          indicator: now.id, edition: one.name, period: one.period,
          value: one.table.row(period: one.period.name, residence: "_total")?.value,
          before: before.version, now: now.version))
    }
    return out
  }

  /// What tells one series from another, whatever its version: the indicator, with the numbers that
  /// the layout asks for beside the project's own.
  private static func series(_ heading: ReleasedHeading, _ known: [ReportPlan.Known]) -> String {
    let own = known.first { $0.id == heading.id }?.settings
    return own == heading.settings ? heading.id : heading.fullID
  }
}
