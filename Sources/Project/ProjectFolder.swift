import DataFiles
package import Diagnostics
import FoundationEssentials
import Indicators
import Model
import Persistence

/// A project: a folder with a marker file, the indicators and reports that its people edit, one
/// store, and a private folder for whatever shows names or cells.
package struct ProjectFolder: Sendable {
  /// The file that makes a folder a project.
  package static let marker = "lien.json5"
  /// The newest form of a project folder that this program knows.
  private static let format = 1

  /// The folder, as messages name it.
  package let path: String
  /// The title of its reports.
  package let title: String
  /// What every page of its reports says at its head, such as that some of it is an example.
  package let notice: String?
  /// The numbers that the project gives to parameters of its definitions.
  let parameters: ParameterSettings

  /// Whether sensitive data that have expired are erased after each import, without being asked.
  let expiresByItself: Bool

  /// Where the model files lie.
  package var modelFolder: String { path + "/indicators/model" }
  /// Where the definition files lie.
  package var definitionsFolder: String { path + "/indicators/definitions" }
  /// Where the questionnaires lie.
  package var instrumentsFolder: String { path + "/indicators/instruments" }
  /// Where the mapping files lie.
  package var mappingsFolder: String { path + "/indicators/mappings" }
  /// Where the rules that data must keep lie.
  package var rulesFolder: String { path + "/indicators/rules" }
  /// Where the report layouts lie.
  package var reportsFolder: String { path + "/reports" }
  /// What each audience holds from earlier releases.
  package var releasesFolder: String { path + "/diffusions" }
  /// What only the importer may read: rejects, receipts with cells.
  package var privateFolder: String { path + "/private" }

  /// The project that a command works on: the folder named, else the one that the environment
  /// names, else the nearest parent of the current folder that holds one; nil when none does.
  ///
  /// - Throws: `Failure`: `usage` when a folder that is named holds none, `failed` when the marker
  ///   is broken or newer than this program.
  package static func find(named: String?, environment: String?) throws(Failure) -> ProjectFolder? {
    if let folder = named ?? environment.flatMap({ $0.isEmpty ? nil : $0 }) {
      let source = named == nil ? "LIEN_PROJECT" : "--project"
      guard SafeWriting.exists(folder + "/" + marker) else {
        throw Failure(
          .usage, code: "project.none",
          fr: "\(source) : ce dossier n’est pas un projet (pas de \(marker))",
          en: "\(source): this folder is not a project (no \(marker))",
          remedy: Phrase(same: "lien init \(folder)"), at: SourceLocation(file: folder))
      }
      return try ProjectFolder(at: folder)
    }
    let here = FileManager.default.currentDirectoryPath
    var folder = here
    while !SafeWriting.exists(folder + "/" + marker) {
      if folder == "/" || folder == "." { return nil }
      folder = SafeWriting.parent(of: folder)
    }
    return try ProjectFolder(at: folder == here ? "." : folder)
  }

  /// As `find`, for a command that cannot do without a project.
  ///
  /// - Throws: as `find`, and `Failure` with status `usage` when there is none.
  package static func open(named: String?, environment: String?) throws(Failure) -> ProjectFolder {
    if let project = try find(named: named, environment: environment) { return project }
    throw Failure(
      .usage, code: "project.none", fr: "aucun projet ici ni dans un dossier parent",
      en: "no project here nor in a parent folder",
      remedy: Phrase(
        fr: "créez-en un (lien init DOSSIER) ou nommez-le (--project DOSSIER)",
        en: "make one (lien init DIR) or name it (--project DIR)"))
  }

  /// Opens the project at a folder that holds one.
  package init(at folder: String) throws(Failure) {
    let file = try DataFile(
      path: folder + "/" + ProjectFolder.marker,
      shape: .object(
        [
          "format": .scalar, "title": .scalar, "notice": .scalar, "expiry": .scalar,
          "parameters": .map(.map(.scalar)),
        ],
        required: ["format", "title"]))
    let marker = try file.decode(Marker.self)
    guard marker.format <= ProjectFolder.format else {
      throw Failure(
        .failed, code: "project.newer",
        fr: "ce projet a été fait par une version plus récente de lien",
        en: "this project was made by a newer version of lien",
        remedy: Phrase(
          fr: "mettez lien à jour (ici : \(Version.current))",
          en: "update lien (here: \(Version.current))"),
        at: file.location(of: "format"))
    }
    guard ["automatic", "manual"].contains(marker.expiry ?? "manual") else {
      throw Failure(
        .failed, code: "project.expiry", fr: "« expiry » : « automatic » ou « manual »",
        en: "“expiry”: “automatic” or “manual”", at: file.location(of: "expiry"))
    }
    expiresByItself = marker.expiry == "automatic"
    path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    title = marker.title
    notice = marker.notice
    parameters = marker.settings(in: file)
  }

  /// Makes a project: copies the program's indicators and reports, and an empty private folder.
  /// What is sensitive goes when its time is over, unless `expiresByItself` is false: samples are
  /// of years past.
  ///
  /// - Throws: `Failure` with status `usage` when something of a project already stands there.
  package static func create(
    at folder: String, title: String?, notice: String? = nil, expiresByItself: Bool = true,
    home: String
  ) throws(Failure) -> ProjectFolder {
    let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    if SafeWriting.exists(folder), !SafeWriting.isFolder(folder) {
      throw taken(folder, fr: "ce n’est pas un dossier", en: "this is not a folder")
    }
    for name in [marker, "indicators", "reports", "private", "lien.sqlite"]
    where SafeWriting.exists(folder + "/" + name) {
      throw taken(
        folder, fr: "il y a déjà « \(name) » dans ce dossier",
        en: "this folder already holds “\(name)”")
    }
    try SafeWriting.makeFolder(folder)
    for part in ["indicators", "reports"] where SafeWriting.exists(home + "/" + part) {
      try copy(home + "/" + part, to: folder + "/" + part)
    }
    try SafeWriting.makeFolder(folder + "/private", isPrivate: true)
    if !SafeWriting.exists(folder + "/.gitignore") {
      try SafeWriting.write(
        "# Les données et ce qui montre des noms ne se partagent pas.\nprivate/\n*.sqlite*\n"
          + "reports/build/\n",
        to: folder + "/.gitignore", force: false)
    }
    _ = try Store.create(in: folder, model: Model(folder: folder + "/indicators/model"))
    func quoted(_ text: String) -> String {
      "\""
        + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: " ") + "\""
    }
    let said =
      notice.map { "  notice: \(quoted($0))," }
      ?? "  // notice: \"Une phrase en tête de chaque page.\","
    // The marker comes last: a folder that has one is a whole project.
    try SafeWriting.write(
      """
      // Un projet lien. Le titre paraît en tête des rapports.
      {
        format: \(format),
        title: \(quoted(title ?? SafeWriting.name(of: folder))),
      \(said)
        // Seuils propres au projet, par indicateur ou par code du catalogue :
        // parameters: {"NET-02": {meetings: 3}, "part-du-noyau": {part: 0.2}},
        // Les données sensibles dont la durée est passée s’effacent après chaque import
        // ("automatic"), ou par « lien people expire » seulement ("manual").
        expiry: "\(expiresByItself ? "automatic" : "manual")",
      }

      """, to: folder + "/" + marker, force: false)
    return try ProjectFolder(at: folder)
  }

  /// Reads the model of the project.
  func model() throws(Failure) -> Model { try Model(folder: modelFolder) }

  private static func copy(_ from: String, to: String) throws(Failure) {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: from)) ?? []
    try SafeWriting.makeFolder(to)
    for name in names.sorted() where !name.hasPrefix("build/") && name != "build" {
      let source = from + "/" + name
      if SafeWriting.isFolder(source) {
        try SafeWriting.makeFolder(to + "/" + name)
      } else if let data = FileManager.default.contents(atPath: source) {
        try SafeWriting.makeFolder(SafeWriting.parent(of: to + "/" + name))
        try SafeWriting.write(data, to: to + "/" + name, force: false)
      }
    }
  }

  private static func taken(_ folder: String, fr: String, en: String) -> Failure {
    Failure(
      .usage, code: "project.exists", fr: fr, en: en,
      remedy: Phrase(fr: "choisissez un autre dossier", en: "choose another folder"),
      at: SourceLocation(file: folder))
  }

  private struct Marker: Decodable {
    var format: Int
    var title: String
    var notice: String?
    var parameters: [String: [String: MaybeNumber]]?
    var expiry: String?

    func settings(in file: DataFile) -> ParameterSettings {
      ParameterSettings(
        groups: (parameters ?? [:]).sorted { $0.key < $1.key }.map { key, settings in
          let path = "parameters." + key
          return ParameterSettings.Group(
            key: key, location: file.location(of: path),
            settings: settings.sorted { $0.key < $1.key }.map { name, given in
              ParameterSettings.Setting(
                name: name, number: given.number, location: file.location(of: path + "." + name))
            })
        })
    }
  }

  /// A number, or something else in its place.
  private struct MaybeNumber: Decodable {
    let number: Double?

    init(from decoder: any Decoder) throws {
      number = try? decoder.singleValueContainer().decode(Double.self)
    }
  }
}
