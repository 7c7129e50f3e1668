import Diagnostics
import FoundationEssentials
import HTML

/// The rows to correct that imports leave, in the project's private folder: a file an import, named
/// by its number, gone when there is nothing left to correct in it.
struct RejectFiles {
  /// How a file for a person to fill in is written.
  enum Form: String, CaseIterable {
    case csv, xlsx

    /// The form that a file's name asks for.
    init(path: String) { self = path.lowercased().hasSuffix(".xlsx") ? .xlsx : .csv }
  }

  let project: ProjectFolder

  private var folder: String { project.privateFolder + "/rejets" }

  /// Writes the file of an import; the path. `parent` is the import that the sheet corrects the
  /// rejects of.
  func write(
    _ bytes: [UInt8], of id: Int, sheet: String, parent: Int?, form: Form
  ) throws(Failure) -> String {
    try SafeWriting.makeFolder(folder, isPrivate: true)
    var name = SafeWriting.name(of: sheet)
    // Rejects that come back and are wrong again do not pile up numbers.
    if let parent, name.hasPrefix("\(parent)-") {
      name = String(name.dropFirst("\(parent)-".count))
    }
    for form in Form.allCases where name.lowercased().hasSuffix("." + form.rawValue) {
      name = String(name.dropLast(form.rawValue.count + 1))
    }
    let known = paths(of: id)
    let path =
      known.first { Form(path: $0) == form } ?? "\(folder)/\(id)-\(Slug.make(name)).\(form)"
    // Its name is this import's own: only the same rows can be there.
    try SafeWriting.write(bytes, to: path, force: true, isPrivate: true)
    for old in known where old != path { try? FileManager.default.removeItem(atPath: old) }
    return path
  }

  /// The files of an import.
  func paths(of id: Int) -> [String] { all().filter { owner(of: $0) == id }.map(path) }

  /// Removes the files of an import. The rows stay in the store for as long as the import does.
  func remove(of id: Int) {
    for path in paths(of: id) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The import that left a file as it stands; nil when somebody filled it in.
  func owner(ofFileAt path: String) -> Int? {
    let size = Self.size(of: path)
    var bytes: Data?
    for name in all() where Self.size(of: self.path(name)) == size {
      bytes = bytes ?? FileManager.default.contents(atPath: path)
      if let bytes, FileManager.default.contents(atPath: self.path(name)) == bytes {
        return owner(of: name)
      }
    }
    return nil
  }

  /// The names of all files, in order.
  private func all() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { name in Form.allCases.contains { name.hasSuffix("." + $0.rawValue) } }
      .sorted()
  }

  private func path(_ name: String) -> String { folder + "/" + name }

  private func owner(of name: String) -> Int? { Int(name.prefix { $0 != "-" }) }

  private static func size(of path: String) -> Int? {
    let found = try? FileManager.default.attributesOfItem(atPath: path)[.size]
    return found as? Int ?? (found as? UInt64).map { Int(clamping: $0) }
  }
}
