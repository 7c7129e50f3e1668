/// A place in a user's file. Every part but the file is optional.
public struct SourceLocation: Sendable, Hashable {
  /// The file as the user named it.
  public var file: String
  /// The sheet of a workbook.
  public var sheet: String?
  /// The 1-based line of a text file, or row of a sheet.
  public var line: Int?
  /// The 1-based column: in characters of a text file, or of a sheet.
  public var column: Int?

  /// Makes a location.
  public init(file: String, sheet: String? = nil, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.sheet = sheet
    self.line = line
    self.column = column
  }

  /// The cell of a sheet: `Feuille!B7`; its row alone when that is all there is to say.
  public var cell: String? {
    guard let sheet, let line else { return nil }
    var letters = ""
    var n = column ?? 0
    while n > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (n - 1) % 26))) + letters
      n = (n - 1) / 26
    }
    return sheet + "!" + letters + String(line)
  }

  /// `file:line:column` or `file:Feuille!B7`, with the parts that are known.
  public var text: String {
    if let cell { return file + ":" + cell }
    var parts = [file]
    if let sheet { parts.append(sheet) }
    if let line { parts.append("\(line)") }
    if line != nil, let column { parts.append("\(column)") }
    return parts.joined(separator: ":")
  }
}

/// One thing to tell the user: what is wrong, where, and what to do about it.
///
/// The message never holds a cell's value: values are shown by receipts and rejects only.
public struct Diagnostic: Sendable, Hashable {
  /// How serious a diagnostic is.
  public enum Severity: String, Sendable, Codable {
    case error, warning, note
  }

  /// How serious it is.
  public var severity: Severity
  /// A stable identifier for programs, such as `csv.too-few-cells`.
  public var code: String
  /// What was found and what was expected.
  public var message: Phrase
  /// What to do.
  public var remedy: Phrase?
  /// Where.
  public var location: SourceLocation?

  /// Makes a diagnostic.
  public init(
    _ severity: Severity = .error, code: String, _ message: Phrase, remedy: Phrase? = nil,
    at location: SourceLocation? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.remedy = remedy
    self.location = location
  }

  /// One or two lines for a terminal: place, message, remedy.
  public func text(in language: Language) -> String {
    var out = ""
    if let location { out += location.text + (language == .fr ? "\u{A0}: " : ": ") }
    out += message[language]
    if let remedy { out += "\n  → " + remedy[language] }
    return out
  }
}

/// The exit codes of the program, a public contract.
public enum ExitStatus: Int32, Sendable, Comparable {
  /// Done.
  case done = 0
  /// Failed: a broken definition or store, or an error of the system.
  case failed = 1
  /// Wrong usage, an unknown table, a choice that is needed and not given.
  case usage = 2
  /// Done, but some rows were set aside.
  case rowsSetAside = 3
  /// Release refused by the disclosure gate.
  case releaseRefused = 4
  /// Input missing, unreadable or hostile.
  case input = 5
  /// Interrupted by the user.
  case interrupted = 130

  /// From least to most serious: of several files, the most serious code wins.
  private var rank: Int {
    switch self {
    case .done: 0
    case .rowsSetAside: 1
    case .releaseRefused: 2
    case .usage: 3
    case .input: 4
    case .failed: 5
    case .interrupted: 6
    }
  }

  /// Orders by seriousness, not by number.
  public static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rank < b.rank }
}

/// The error that every module throws: what to tell the user, and the exit code it means.
public struct Failure: Error, Sendable {
  /// What to tell, most important first.
  public var diagnostics: [Diagnostic]
  /// The exit code.
  public var status: ExitStatus

  /// Makes a failure from several diagnostics.
  public init(_ diagnostics: [Diagnostic], status: ExitStatus) {
    self.diagnostics = diagnostics
    self.status = status
  }

  /// Makes a failure with one diagnostic.
  public init(
    _ status: ExitStatus, code: String, fr: String, en: String, remedy: Phrase? = nil,
    at location: SourceLocation? = nil
  ) {
    self.init(
      [Diagnostic(code: code, Phrase(fr: fr, en: en), remedy: remedy, at: location)],
      status: status)
  }
}
