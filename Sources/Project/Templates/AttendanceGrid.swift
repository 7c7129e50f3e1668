package import Diagnostics
import FoundationEssentials
import HTML
import Ingest
import Periods
import Persistence
import Workbooks

/// A month's attendance sheet of a residence, ready to print or to fill in: the people of the
/// register by the month's sessions, with what is known already. It names people.
package struct AttendanceGrid {
  private let project: ProjectFolder
  private let key: String
  private let month: Day
  private let name: String
  private let contents: GridContents
  private let workspace: Workspace

  /// What the store knows of a residence and a month (`2024-03`).
  ///
  /// - Throws: `Failure` with status `usage` for an unknown residence or what is no month.
  package init(project: ProjectFolder, residence: String, month: String) throws(Failure) {
    self.project = project
    guard let first = Day(iso: month + "-01") else {
      throw Failure(
        .usage, code: "template.month", fr: "ce n’est pas un mois", en: "this is no month",
        remedy: Phrase(fr: "écrivez --month 2024-03", en: "write --month 2024-03"))
    }
    self.month = first
    workspace = try Workspace(project)
    let checks = ImportChecks(store: workspace.store, model: workspace.model)
    let known = try checks.names(of: "residence")
    guard let key = known?.key(of: residence) else {
      let all = (known?.keys.sorted() ?? []).prefix(10).joined(separator: ", ")
      throw Failure(
        .usage, code: "residence.unknown", fr: "résidence inconnue : « \(residence) »",
        en: "unknown residence: “\(residence)”",
        remedy: Phrase(fr: "résidences connues : \(all)", en: "known residences: \(all)"))
    }
    self.key = key
    let label = try workspace.residences().first { $0.key == key }?.name ?? key
    // A name that two residences share would not come back as this one.
    name = known?.key(of: label) == key ? label : key
    contents = try GridContents(workspace, residence: key, month: first)
  }

  /// The workbook's bytes.
  ///
  /// - Throws: `Failure` when a workbook cannot hold it.
  package func bytes(language: Language) throws(Failure) -> [UInt8] {
    let sheet = GridSheet(
      contents: contents, residence: name, model: workspace.model, language: language)
    return try WorkbookWriter.bytes(of: [sheet.sheet()])
  }

  /// Writes the workbook for its owner alone: to a path, else to the private folder.
  ///
  /// - Throws: `Failure` with status `usage` when it exists and `force` is false.
  package func write(to path: String?, language: Language, force: Bool) throws(Failure) -> String {
    let bytes = try bytes(language: language)
    var target = path
    if target == nil {
      let folder = project.privateFolder + "/modeles"
      try SafeWriting.makeFolder(folder, isPrivate: true)
      target = "\(folder)/presences-\(Slug.make(key))-\(month.iso.prefix(7)).xlsx"
    }
    let place = target ?? ""
    try SafeWriting.write(bytes, to: place, force: force, isPrivate: true)
    return place
  }
}
