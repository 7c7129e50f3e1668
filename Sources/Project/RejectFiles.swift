import Diagnostics
import FoundationEssentials
import HTML
import Ingest

/// The files of rows set aside, in the project's private folder: one an import, named by its
/// number, gone when there is nothing left to correct in it.
struct RejectFiles {
  let project: ProjectFolder

  private var folder: String { project.privateFolder + "/rejets" }

  /// Writes the rows that an import set aside; the path. `parent` is the import that the sheet
  /// corrects the rejects of.
  func write(_ text: String, of id: Int, sheet: String, parent: Int?) throws(Failure) -> String {
    try SafeWriting.makeFolder(folder, isPrivate: true)
    var name = SafeWriting.name(of: sheet)
    // Rejects that come back and are wrong again do not pile up numbers.
    if let parent, name.hasPrefix("\(parent)-") {
      name = String(name.dropFirst("\(parent)-".count))
    }
    if name.lowercased().hasSuffix(".csv") { name = String(name.dropLast(4)) }
    let path = paths(of: id).first ?? "\(folder)/\(id)-\(Slug.make(name)).csv"
    // Its name is this import's own: only the same rows can be there.
    try SafeWriting.write(text, to: path, force: true, isPrivate: true)
    return path
  }

  /// The files of an import.
  func paths(of id: Int) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("\(id)-") && $0.hasSuffix(".csv") }.sorted()
      .map { folder + "/" + $0 }
  }

  /// Removes the files of an import. The rows stay in the store for as long as the import does.
  func remove(of id: Int) {
    for path in paths(of: id) { try? FileManager.default.removeItem(atPath: path) }
  }
}
