import DataFiles
package import Diagnostics
import FoundationEssentials

/// `lien demo --example NAME`: an example project of `seeds/`, from its sheets to its reports.
package struct ExampleUseCase {
  private let name: String
  private let folder: String
  private let home: String
  private let language: Language
  private let force: Bool

  /// Prepares an example in a folder.
  package init(name: String, folder: String, home: String, language: Language, force: Bool) {
    self.name = name
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.home = home
    self.language = language
    self.force = force
  }

  /// The file that says what an example is made of.
  private static let description = "exemple.json5"

  /// The examples that a home holds, by name.
  package static func names(home: String) -> [String] {
    let seeds = home + "/seeds"
    return ((try? FileManager.default.contentsOfDirectory(atPath: seeds)) ?? [])
      .filter { SafeWriting.exists("\(seeds)/\($0)/\(description)") }.sorted()
  }

  /// Makes the example; the path of its first page.
  ///
  /// - Throws: `Failure` with status `usage` for an unknown example, or when the folder holds
  ///   something else, or an earlier example and `force` is false.
  package func run(progress: (Phrase) -> Void) throws(Failure) -> String {
    let names = ExampleUseCase.names(home: home)
    guard names.contains(name) else {
      throw Failure(
        .usage, code: "demo.example", fr: "exemple inconnu : « \(name) »",
        en: "unknown example: “\(name)”",
        remedy: Phrase(
          fr: "exemples : \(names.joined(separator: ", "))",
          en: "examples: \(names.joined(separator: ", "))"))
    }
    let example = try Example(path: "\(home)/seeds/\(name)/\(ExampleUseCase.description)")
    try DemoUseCase.check(folder)
    var first = ""
    try SafeWriting.folder(at: folder, mayReplace: force) { place throws(Failure) in
      first = try make(example, in: place, progress: progress)
    }
    return folder + first.dropFirst(first.hasPrefix(folder) ? folder.count : 0)
  }

  /// The path of the first page, without the folder.
  private func make(_ example: Example, in place: String, progress: (Phrase) -> Void)
    throws(Failure) -> String
  {
    let project = try ProjectFolder.create(
      at: place + "/projet", title: example.title[language], notice: example.notice[language],
      expiresByItself: false, home: home)
    var rest = example.sheets[...]
    while let sheet = rest.first {
      let batch = rest.prefix { $0.table == sheet.table }
      rest = rest.dropFirst(batch.count)
      var paths: [String] = []
      for sheet in batch {
        let path = place + "/feuilles/" + sheet.file
        let source = "\(home)/seeds/\(name)/\(sheet.file)"
        guard let data = FileManager.default.contents(atPath: source) else {
          throw Failure(
            .input, code: "demo.sheet", fr: "feuille absente de l’exemple",
            en: "the example lacks a sheet", at: SourceLocation(file: source))
        }
        try SafeWriting.makeFolder(SafeWriting.parent(of: path))
        try SafeWriting.write(data, to: path, force: false)
        paths.append(path)
      }
      try ImportUseCase(
        project: project, language: language, options: ImportUseCase.Options(table: sheet.table)
      ).runWhole(paths, progress: progress)
    }
    progress(Phrase(fr: "rapports…", en: "reports…"))
    var first: String?
    for report in example.reports {
      let audience = report.audience ?? "internal"
      let name = report.report + (audience == "internal" ? "" : "-" + audience)
      let made = try ReportUseCase(project: project, language: language).run(
        ReportUseCase.Order(
          name: report.report, period: report.period ?? example.period, audience: audience,
          folder: "\(place)/\(name)", force: false))
      first = first ?? String(made.index.dropFirst(place.count))
    }
    try SafeWriting.write(
      "lien \(Version.current)\n", to: place + "/" + DemoUseCase.marker, force: false)
    return first ?? "/projet"
  }
}

extension ImportUseCase {
  /// Imports the sheets of a sample, of which not a row may be set aside.
  ///
  /// - Throws: `Failure` with what was found, else with the first sheet.
  func runWhole(_ paths: [String], progress: (Phrase) -> Void) throws(Failure) {
    var problems: [Diagnostic] = []
    let status = run(paths) {
      problems += $0.diagnostics
    } progress: {
      progress($0)
    }
    guard status != .done else { return }
    if problems.isEmpty {
      problems.append(
        Diagnostic(
          code: "demo.import",
          Phrase(
            fr: "des lignes de l’exemple ont été mises de côté",
            en: "rows of the sample were set aside"),
          at: paths.first.map { SourceLocation(file: $0) }))
    }
    throw Failure(problems, status: .failed)
  }
}

/// What an example is made of, as its file says.
private struct Example: Decodable {
  struct Sheet: Decodable {
    var file: String
    var table: String
  }
  struct Order: Decodable {
    var report: String
    var audience: String?
    var period: String?
  }
  var title: Phrase
  var notice: Phrase
  var period: String
  var sheets: [Sheet]
  var reports: [Order]

  init(path: String) throws(Failure) {
    let file = try DataFile(
      path: path,
      shape: .object(
        [
          "title": .phrase, "notice": .phrase, "period": .scalar,
          "sheets": .list(
            .object(["file": .scalar, "table": .scalar], required: ["file", "table"])),
          "reports": .list(
            .object(
              ["report": .scalar, "audience": .scalar, "period": .scalar], required: ["report"])),
        ], required: ["title", "notice", "period", "sheets", "reports"]))
    self = try file.decode(Example.self)
  }
}
