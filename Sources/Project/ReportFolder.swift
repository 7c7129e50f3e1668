import Diagnostics
import FoundationEssentials

/// A folder of finished pages. A list of the files written lies in it, so that the next report
/// can replace its own files and no others.
struct ReportFolder {
  /// The file that lists what lien wrote.
  static let list = ".lien-report"

  let path: String

  /// Says, before any work, whether the folder may be written.
  ///
  /// - Throws: `Failure` with status `usage` when it holds files that lien did not write, and
  ///   `force` is false.
  func mayBeWritten(force: Bool) throws(Failure) {
    guard SafeWriting.exists(path) else { return }
    guard SafeWriting.isFolder(path) else {
      throw Failure(
        .usage, code: "report.not-a-folder", fr: "ce n’est pas un dossier",
        en: "this is not a folder", at: SourceLocation(file: path))
    }
    guard !force, !foreign().isEmpty else { return }
    throw Failure(
      .usage, code: "report.foreign-files",
      fr: "ce dossier contient des fichiers que lien n’a pas écrits",
      en: "this folder holds files that lien did not write",
      remedy: Phrase(
        fr: "choisissez un autre dossier (--out), ou ajoutez --force : ils resteront en place",
        en: "choose another folder (--out), or add --force: they will stay in place"),
      at: SourceLocation(file: path))
  }

  /// Writes a report. A folder that is lien's own is replaced at once; in another one, each file
  /// is, and what lien did not write stays. Nobody waits for the disk: pages can be made again.
  ///
  /// `printed` makes further files from those just written in the folder that it is given; it gives
  /// their paths below it.
  func write(
    _ files: [(path: String, contents: String)], force: Bool,
    printed: (String) throws(Failure) -> [String] = { _ in [] }
  ) throws(Failure) {
    try mayBeWritten(force: force)
    func list(_ others: [String]) -> (path: String, contents: String) {
      let paths = (files.map(\.path) + others).sorted().joined(separator: "\n") + "\n"
      return (ReportFolder.list, paths)
    }
    if foreign().isEmpty {
      try SafeWriting.folder(at: path, mayReplace: true) { folder throws(Failure) in
        func placed(_ file: (path: String, contents: String)) -> (path: String, contents: String) {
          (folder + "/" + file.path, file.contents)
        }
        try SafeWriting.writeParts(files.map(placed))
        try SafeWriting.writeParts([placed(list(try printed(folder)))])
      }
      return
    }
    for file in files {
      try SafeWriting.makeFolder(SafeWriting.parent(of: path + "/" + file.path))
      try SafeWriting.write(file.contents, to: path + "/" + file.path, force: true)
    }
    let last = list(try printed(path))
    try SafeWriting.write(last.contents, to: path + "/" + last.path, force: true)
  }

  /// The files of the folder that lien did not write.
  private func foreign() -> [String] {
    let manager = FileManager.default
    let written =
      manager.contents(atPath: path + "/" + ReportFolder.list)
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
    let known = Set(written.split(separator: "\n").map(String.init) + [ReportFolder.list])
    let there = (try? manager.subpathsOfDirectory(atPath: path)) ?? []
    return there.filter { !known.contains($0) && !SafeWriting.isFolder(path + "/" + $0) }
  }
}
