package import Diagnostics
import FoundationEssentials
import Glibc
import Threads

/// Writing that never leaves a half file and never overwrites by surprise.
enum SafeWriting {
  /// Writes a file beside its place, then renames it.
  ///
  /// - Throws: `Failure`: `usage` when the file exists and `force` is false, `failed` when the
  ///   system refuses.
  static func write(
    _ bytes: some Collection<UInt8>, to path: String, force: Bool, isPrivate: Bool = false
  ) throws(Failure) {
    if !force, exists(path) { throw alreadyThere(path) }
    let temporary = temporaryName(for: path)
    UnfinishedFiles.remember(temporary)
    defer { UnfinishedFiles.forget(temporary) }
    let file = unsafe open(
      temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
    guard file >= 0 else { throw refused(path, errno) }
    var problem = send(Array(bytes), to: file)
    // A full disk may show itself at any of these.
    if problem == 0, fsync(file) != 0, errno != EINVAL { problem = errno }
    if close(file) != 0, problem == 0 { problem = errno }
    if problem == 0, unsafe rename(temporary, path) != 0 { problem = errno }
    if problem != 0 {
      unsafe unlink(temporary)
      throw refused(path, problem)
    }
  }

  /// Sends bytes to an open file; the system's error number, 0 when all went.
  private static func send(_ bytes: [UInt8], to file: Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { buffer in
      var at = 0
      while at < buffer.count {
        let n = unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: at), buffer.count - at)
        if n < 0 && errno == EINTR { continue }
        if n < 0 { return errno }
        at += n
      }
      return 0
    }
  }

  /// Writes texts to files of a new folder that is being filled (`folder(at:mayReplace:fill:)`), a
  /// folder below it on a core. None may exist; they are on the disk for good only after `settle`.
  ///
  /// - Throws: `Failure` with status `failed` when the system refuses.
  static func writeParts(_ files: [(path: String, contents: String)]) throws(Failure) {
    let groups = Dictionary(grouping: files) { parent(of: $0.path) }.sorted { $0.key < $1.key }
    for (folder, _) in groups { try makeFolder(folder) }
    let problems = Workers.share(groups.count) { i -> Failure? in
      do throws(Failure) {
        for file in groups[i].value {
          try writePart(file.path, isPrivate: false) { send throws(Failure) in
            try send(Array(file.contents.utf8))
          }
        }
        return nil
      } catch {
        return error
      }
    }
    if let first = problems.lazy.compactMap({ $0 }).first { throw first }
  }

  /// Writes a file of a new folder that is being filled (`folder(at:mayReplace:fill:)`), a piece at
  /// a time. It must not exist, and is on the disk for good only after `settle`.
  ///
  /// - Throws: `Failure` with status `failed` when the system refuses; what `pieces` throws.
  static func writePart(
    _ path: String, isPrivate: Bool = true,
    pieces: ((_ piece: [UInt8]) throws(Failure) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    let file = unsafe open(
      path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
    guard file >= 0 else { throw refused(path, errno) }
    do {
      try pieces { piece throws(Failure) in
        let problem = send(piece, to: file)
        if problem != 0 { throw refused(path, problem) }
      }
    } catch {
      close(file)
      throw error
    }
    if close(file) != 0 { throw refused(path, errno) }
  }

  /// Waits until all that was written is on the disk for good: once for many files, where a wait
  /// for each would take most of the time.
  static func settle() { sync() }

  /// Writes a text file; see `write(_:to:force:isPrivate:)`.
  static func write(_ text: String, to path: String, force: Bool, isPrivate: Bool = false)
    throws(Failure)
  {
    try write(Array(text.utf8), to: path, force: force, isPrivate: isPrivate)
  }

  /// Fills a new folder beside its place, then puts it in the place of an older one.
  ///
  /// What stands there and is not empty goes only when `mayReplace` says so.
  ///
  /// - Throws: `Failure`: `usage` when it may not, `failed` when the system refuses.
  static func folder(
    at path: String, mayReplace: Bool, fill: (String) throws(Failure) -> Void
  ) throws(Failure) {
    let manager = FileManager.default
    let isEmpty = (try? manager.contentsOfDirectory(atPath: path))?.isEmpty ?? false
    if exists(path), !isEmpty, !mayReplace { throw alreadyThere(path) }
    try makeFolder(parent(of: path))
    let temporary = temporaryName(for: path)
    UnfinishedFiles.remember(temporary)
    defer {
      try? manager.removeItem(atPath: temporary)
      UnfinishedFiles.forget(temporary)
    }
    try makeFolder(temporary)
    try fill(temporary)
    if exists(path) {
      // Two renames: the older folder is away for an instant, never half replaced.
      let older = temporaryName(for: path) + "-ancien"
      UnfinishedFiles.remember(older)
      defer { UnfinishedFiles.forget(older) }
      guard unsafe rename(path, older) == 0 else { throw refused(path, errno) }
      guard unsafe rename(temporary, path) == 0 else {
        let problem = errno
        unsafe rename(older, path)
        throw refused(path, problem)
      }
      try? manager.removeItem(atPath: older)
    } else if unsafe rename(temporary, path) != 0 {
      throw refused(path, errno)
    }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String, isPrivate: Bool = false) throws(Failure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw refused(path, errno)
    }
    if isPrivate, unsafe chmod(path, 0o700) != 0 { throw refused(path, errno) }
  }

  /// Whether anything stands at a path.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether a path is a folder.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: Bool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// The folder that holds a path.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func temporaryName(for path: String) -> String {
    let clean = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    return "\(parent(of: clean))/.\(name(of: clean)).\(getpid())-\(UInt32.random(in: 0 ... .max))"
  }

  /// What to say of a file that may not be replaced.
  static func alreadyThere(_ path: String) -> Failure {
    Failure(
      .usage, code: "file.exists", fr: "existe déjà, et n’est pas remplacé",
      en: "exists already, and is not replaced",
      remedy: Phrase(
        fr: "choisissez un autre endroit, ou ajoutez --force",
        en: "choose another place, or add --force"),
      at: SourceLocation(file: path))
  }

  private static func refused(_ path: String, _ code: Int32) -> Failure {
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "\(code)"
    let full = code == ENOSPC || code == EDQUOT
    return Failure(
      .failed, code: "file.write",
      fr: full ? "écriture impossible : le disque est plein" : "écriture impossible (\(reason))",
      en: full ? "cannot write: the disk is full" : "cannot write (\(reason))",
      at: SourceLocation(file: path))
  }
}

/// A result that a command writes to a file of the user's choice.
package enum Output {
  /// Writes a text whole or not at all.
  ///
  /// - Throws: `Failure`: `usage` when the file exists and `force` is false.
  package static func write(
    _ text: String, to path: String, force: Bool, isPrivate: Bool = false
  ) throws(Failure) {
    try write(Array(text.utf8), to: path, force: force, isPrivate: isPrivate)
  }

  /// Writes bytes whole or not at all.
  ///
  /// - Throws: as `write(_:to:force:isPrivate:)`.
  package static func write(
    _ bytes: [UInt8], to path: String, force: Bool, isPrivate: Bool = false
  ) throws(Failure) {
    try SafeWriting.makeFolder(SafeWriting.parent(of: path))
    try SafeWriting.write(bytes, to: path, force: force, isPrivate: isPrivate)
  }
}
