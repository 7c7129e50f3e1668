import FoundationEssentials

/// The files of a shared folder: which are sheets to import, and which names others go by.
struct InboxFiles {
  let folder: String

  /// A file that was dropped, and the subfolder of a residence it lies in.
  struct Dropped: Hashable {
    /// Its path under the folder: `presences.csv`, `tilleuls/presences.csv`.
    var relative: String
    /// The subfolder; nil at the top.
    var subfolder: String? {
      relative.contains("/") ? String(relative.prefix { $0 != "/" }) : nil
    }
  }

  /// What a file is by its name.
  enum Kind {
    case sheet
    /// Rows to correct, or names to confirm, that were laid here.
    case rejects, names
  }

  /// How a file stands at one moment: a file that still grows stands otherwise the next.
  struct Stamp: Hashable {
    var size: Int
    var modified: Date
  }

  /// Where done files go.
  static let done = "faits"
  /// The receipt of several sheets taken at once.
  static let summary = "lien — récépissé.html"
  private static let receiptEnd = " — récépissé.html"
  private static let rejectsEnd = " — à corriger"
  private static let namesEnd = " — personnes à confirmer"
  private static let fillable = [".xlsx", ".csv", ".ods"]
  private static let unfinished = [".part", ".tmp", ".crdownload", ".partial", ".download"]

  /// Everything dropped, in order, with how it stands.
  func dropped() -> [(file: Dropped, stamp: Stamp)] {
    var out: [(file: Dropped, stamp: Stamp)] = []
    for name in names(in: folder) {
      let path = folder + "/" + name
      if SafeWriting.isFolder(path) {
        guard name != InboxFiles.done else { continue }
        for inner in names(in: path) where !SafeWriting.isFolder(path + "/" + inner) {
          add(name + "/" + inner, &out)
        }
      } else {
        add(name, &out)
      }
    }
    return out
  }

  private func add(_ relative: String, _ out: inout [(file: Dropped, stamp: Stamp)]) {
    guard let stamp = stamp(of: relative) else { return }
    out.append((Dropped(relative: relative), stamp))
  }

  private func names(in folder: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter(InboxFiles.isTaken).sorted()
  }

  /// Whether a name is one of a sheet: not hidden, not unfinished, no receipt.
  static func isTaken(_ name: String) -> Bool {
    let lower = name.lowercased()
    return !name.hasPrefix(".") && !name.hasPrefix("~$") && !name.hasSuffix("~")
      && !unfinished.contains { lower.hasSuffix($0) }
      && !name.hasSuffix("récépissé.html")
  }

  /// How a file stands now; nil when it is gone.
  func stamp(of relative: String) -> Stamp? {
    guard
      let found = try? FileManager.default.attributesOfItem(atPath: folder + "/" + relative),
      let modified = found[.modificationDate] as? Date
    else { return nil }
    let size = found[.size] as? Int ?? (found[.size] as? UInt64).map { Int(clamping: $0) }
    return Stamp(size: size ?? 0, modified: modified)
  }

  // MARK: - Names

  /// What a file is, and the name of the sheet that it belongs to.
  static func kind(of file: Dropped) -> (kind: Kind, sheet: String) {
    let name = file.relative
    guard let end = fillable.first(where: { name.lowercased().hasSuffix($0) }) else {
      return (.sheet, name)
    }
    var stem = name.dropLast(end.count)
    // A second file to fill in beside the first: « … — à corriger (2).xlsx ».
    if stem.hasSuffix(")"), let open = stem.lastIndex(of: "("), stem[..<open].hasSuffix(" "),
      stem[open...].dropFirst().dropLast().allSatisfy(\.isWholeNumber)
    {
      stem = stem[..<open].dropLast()
    }
    for (kind, ending) in [(Kind.rejects, rejectsEnd), (.names, namesEnd)]
    where stem.hasSuffix(ending) {
      return (kind, String(stem.dropLast(ending.count)))
    }
    return (.sheet, name)
  }

  /// The receipt beside a sheet.
  func receipt(of file: Dropped) -> Dropped {
    Dropped(relative: file.relative + InboxFiles.receiptEnd)
  }

  /// The rows to correct of the sheet that a file belongs to.
  func rejects(of file: Dropped) -> Dropped { laid(file, InboxFiles.rejectsEnd) }

  /// The names to confirm of the sheet that a file belongs to.
  func names(of file: Dropped) -> Dropped { laid(file, InboxFiles.namesEnd) }

  private func laid(_ file: Dropped, _ ending: String) -> Dropped {
    Dropped(relative: InboxFiles.kind(of: file).sheet + ending + ".xlsx")
  }

  /// The same name with a number that makes it free.
  func free(_ file: Dropped) -> Dropped {
    Dropped(relative: String(free(path(file)).dropFirst(folder.count + 1)))
  }

  private func free(_ path: String) -> String {
    var out = path
    var n = 2
    while SafeWriting.exists(out) {
      let name = SafeWriting.name(of: path)
      let dot = name.lastIndex(of: ".") ?? name.endIndex
      out = SafeWriting.parent(of: path) + "/\(name[..<dot]) (\(n))\(name[dot...])"
      n += 1
    }
    return out
  }

  /// A file's path.
  func path(_ file: Dropped) -> String { folder + "/" + file.relative }

  // MARK: - Files

  /// The rights of a sheet: whoever may read it may read what is written beside it.
  func mode(of file: Dropped) -> Int { mode(ofPath: path(file)) }

  /// The rights of a path, without leave to execute.
  func mode(ofPath path: String) -> Int {
    let found = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return (found as? Int ?? (found as? UInt).map { Int(clamping: $0) } ?? 0o600) & 0o666
  }

  /// Gives a file rights.
  func share(_ written: String, _ mode: Int) {
    try? FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: written)
  }

  /// Takes a file away.
  func remove(_ file: Dropped) { try? FileManager.default.removeItem(atPath: path(file)) }

  /// Moves a done file to the day's folder, never over another.
  func finish(_ file: Dropped, day: String) throws {
    let target = "\(folder)/\(InboxFiles.done)/\(day)/\(file.relative)"
    try FileManager.default.createDirectory(
      atPath: SafeWriting.parent(of: target), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: path(file), toPath: free(target))
  }
}
