import Diagnostics
import FoundationEssentials
import Glibc

/// The browser that prints pages: Chromium or one of its kin, run without a window.
///
/// It is asked to fetch nothing, and the pages' own policy lets it load nothing.
struct Browser {
  let path: String

  /// The variable of the environment that names a browser.
  static let variable = "LIEN_BROWSER"

  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
  ]

  /// Finds a browser: the one that is named, else the first on the search path.
  ///
  /// - Throws: `Failure` when there is none, or the named one cannot be run.
  init(environment: [String: String]) throws(Failure) {
    if let named = environment[Browser.variable], !named.isEmpty {
      guard FileManager.default.isExecutableFile(atPath: named) else {
        throw Failure(
          .failed, code: "report.browser-missing",
          fr: "\(Browser.variable) nomme un programme qui ne se lance pas",
          en: "\(Browser.variable) names a program that cannot be run",
          at: SourceLocation(file: named))
      }
      path = named
      return
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let found = folders.lazy
      .flatMap { folder in Browser.names.map { "\(folder)/\($0)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      throw Failure(
        .failed, code: "report.no-browser", fr: "--pdf demande Chromium, qui n’est pas installé",
        en: "--pdf needs Chromium, which is not installed",
        remedy: Phrase(
          fr: "installez-le (Debian, Ubuntu : apt install chromium), ou nommez un navigateur de sa "
            + "famille par \(Browser.variable) ; sans --pdf, les pages s’impriment depuis tout navigateur",
          en: "install it (Debian, Ubuntu: apt install chromium), or name a browser of its kind by "
            + "\(Browser.variable); without --pdf, the pages print from any browser"))
    }
    path = found
  }

  /// Prints a page to a PDF file.
  ///
  /// - Throws: `Failure` when the browser fails or takes over a minute.
  func print(_ page: String, to pdf: String, profile: String) throws(Failure) {
    var arguments = [
      path, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
      "--disable-sync", "--disable-background-networking", "--disable-component-update",
      "--no-pdf-header-footer", "--generate-pdf-document-outline", "--user-data-dir=" + profile,
      "--print-to-pdf=" + pdf,
    ]
    // Chromium refuses its sandbox to the super-user.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    arguments.append(URL(filePath: page).absoluteString)
    let isDone = Browser.run(arguments, seconds: 60)
    guard isDone, FileManager.default.fileExists(atPath: pdf) else {
      throw Failure(
        .failed, code: "report.not-printed", fr: "le navigateur n’a pas imprimé cette page",
        en: "the browser did not print this page", at: SourceLocation(file: page))
    }
  }

  /// How many sheets a PDF has; nil when it does not say so where Chromium says it.
  static func sheets(of pdf: String) -> Int? {
    guard let data = FileManager.default.contents(atPath: pdf) else { return nil }
    let bytes = [UInt8](data)
    // The root of the tree of pages counts them all; its branches count fewer.
    return bytes.ranges(of: Array("/Type /Pages".utf8)).compactMap { found in
      let rest = bytes[found.upperBound...].prefix(64)
      guard let count = rest.firstRange(of: Array("/Count ".utf8)) else { return nil }
      let digits = rest[count.upperBound...].prefix { (48...57).contains($0) }
      return Int(String(decoding: digits, as: UTF8.self))
    }.max()
  }

  /// Runs a program, its output thrown away; whether it ended well within its time.
  private static func run(_ arguments: [String], seconds: Int) -> Bool {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    // The copies live until the call is over; the list ends with a null pointer.
    let copies = unsafe arguments.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let started = unsafe posix_spawn(
      &child, arguments[0], &actions, nil, copies + [nil], environ)
    guard started == 0 else { return false }
    for _ in 0..<(seconds * 50) {
      var status: Int32 = 0
      let ended = unsafe waitpid(child, &status, WNOHANG)
      if ended == child { return status == 0 }
      if ended < 0 { return false }
      usleep(20_000)
    }
    kill(child, SIGKILL)
    _ = waitpid(child, nil, 0)
    return false
  }
}
