import Demo
package import Diagnostics
import FoundationEssentials
import HTML
import Periods
import Persistence
import Reporting

/// `lien demo`: the sample residences, from their sheets to their dashboards.
///
/// The sheets are written to disk and come in through the import that users have.
package struct DemoUseCase {
  private let folder: String
  private let home: String
  private let language: Language
  private let force: Bool

  /// The file that says that a folder was made by `lien demo`.
  static let marker = ".lien-demo"

  /// Prepares a demo in a folder.
  package init(folder: String, home: String, language: Language, force: Bool) {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.home = home
    self.language = language
    self.force = force
  }

  /// Makes the demo; the path of its first page.
  ///
  /// - Throws: `Failure` with status `usage` when the folder holds something else, or an earlier
  ///   demo and `force` is false.
  package func run(progress: (Phrase) -> Void) throws(Failure) -> String {
    try DemoUseCase.check(folder)
    try SafeWriting.folder(at: folder, mayReplace: force) { place throws(Failure) in
      try make(in: place, progress: progress)
    }
    return folder + "/index.html"
  }

  /// Refuses a folder that holds anything but an earlier demo.
  static func check(_ folder: String) throws(Failure) {
    let isDemo = SafeWriting.exists(folder + "/" + DemoUseCase.marker)
    if SafeWriting.exists(folder), !isDemo,
      (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty != true
    {
      throw Failure(
        .usage, code: "demo.taken", fr: "ce dossier contient autre chose",
        en: "this folder holds something else",
        remedy: Phrase(
          fr: "nommez un dossier nouveau ou vide : lien demo DOSSIER",
          en: "name a new or empty folder: lien demo DIR"), at: SourceLocation(file: folder))
    }
  }

  private func make(in place: String, progress: (Phrase) -> Void) throws(Failure) {
    progress(Phrase(fr: "écriture des feuilles…", en: "writing the sheets…"))
    let data = DemoData()
    let sheets = data.sheets()
    var paths: [String] = []
    for sheet in sheets {
      let path = place + "/feuilles/" + sheet.name
      try SafeWriting.makeFolder(SafeWriting.parent(of: path))
      try SafeWriting.write(sheet.bytes, to: path, force: false)
      paths.append(path)
    }
    let title = Phrase(
      fr: "Résidences d’exemple (fictives)", en: "Sample residences (fictional)")
    let project = try ProjectFolder.create(
      at: place + "/projet", title: title[language], expiresByItself: false, home: home)
    try bringIn(sheets, from: place + "/feuilles/", to: project, progress: progress)
    progress(Phrase(fr: "rapports…", en: "reports…"))
    for (audience, name) in DemoUseCase.reports {
      _ = try ReportUseCase(project: project, language: language).run(
        ReportUseCase.Order(
          name: "dashboard", period: nil, audience: audience, folder: place + "/" + name,
          force: false))
    }
    let workspace = try Workspace(project)
    let state = DataState(
      span: try workspace.store.observedSpan(), fingerprint: try workspace.store.fingerprint())
    try SafeWriting.write(
      frontPage(data, state, title: title), to: place + "/index.html", force: false)
    try SafeWriting.write(
      "lien \(Version.current)\n", to: place + "/" + DemoUseCase.marker, force: false)
  }

  /// Audiences with the folders of their reports.
  private static let reports = [("internal", "interne"), ("public", "public")]

  private func bringIn(
    _ sheets: [DemoSheet], from folder: String, to project: ProjectFolder,
    progress: (Phrase) -> Void
  ) throws(Failure) {
    // One run a residence: the sheets of an office do not say which residence they are of.
    var rest = sheets[...]
    while let first = rest.first {
      let batch = rest.prefix { $0.residence == first.residence }
      rest = rest.dropFirst(batch.count)
      try ImportUseCase(
        project: project, language: language,
        options: ImportUseCase.Options(residence: first.residence)
      ).runWhole(batch.map { folder + $0.name }, progress: progress)
    }
  }

  /// What the pages were made from.
  private struct DataState {
    var span: (first: Day, last: Day)?
    var fingerprint: String
  }

  /// The way into both reports.
  private func frontPage(_ data: DemoData, _ state: DataState, title: Phrase) -> String {
    let fr = language == .fr
    let slugs = Slug.unique(data.residences.map(\.key).sorted())
    let residences = zip(data.residences.sorted { $0.key < $1.key }, slugs)
    let rows = residences.map { residence, slug -> Markup in
      let inside = FileLink("residence-" + slug, extension: "html", folder: "interne")
      let outside = FileLink("residence-" + slug, extension: "html", folder: "public")
      return """
        <tr><th scope="row">\(residence.name)</th><td>\(residence.city)</td>\
        <td><a href="\(inside)" aria-label="\(fr ? "Rapport interne" : "Internal report"), \
        \(residence.name)">\(fr ? "interne" : "internal")</a></td>\
        <td><a href="\(outside)" aria-label="\(fr ? "Rapport public" : "Public report"), \
        \(residence.name)">public</a></td></tr>

        """
    }
    let inside = FileLink("index", extension: "html", folder: "interne")
    let outside = FileLink("index", extension: "html", folder: "public")
    let numbers = NumberText(language)
    let span =
      state.span.map { span -> Markup in
        """
        \(fr ? "Données du" : "Data from") \
        <time datetime="\(span.first.iso)">\(numbers.date(span.first))</time> \
        \(fr ? "au" : "to") <time datetime="\(span.last.iso)">\(numbers.date(span.last))</time>.

        """
      } ?? ""
    let warning =
      fr
      ? "Données fictives\u{A0}: résidences, habitants et chiffres sont inventés."
      : "Fictional data: residences, people and figures are made up."
    let lead =
      fr
      ? "Deux rapports des mêmes données\u{A0}: l’interne montre tout, le public retient les petits "
        + "effectifs."
      : "Two reports of the same data: the internal one shows everything, the public one "
        + "withholds small numbers."
    let head: (Markup, Markup, Markup, Markup) =
      fr
      ? ("Résidence", "Commune", "Interne", "Public") : ("Residence", "City", "Internal", "Public")
    let caption: Markup =
      fr ? "Les huit résidences et leurs pages" : "The eight residences and their pages"
    let page = Page(
      language: language, title: title[language], summary: lead,
      styles: ["th,td{text-align:left}section{margin:1.6rem 0}header{padding-top:1.5rem}"],
      header: """
        <h1>\(title[language])</h1>
        <p class="lead">\(lead)</p>
        <div class="banner"><p>\(warning)</p></div>
        """,
      main: """
        <section><h2>\(fr ? "Tableaux de bord" : "Dashboards")</h2>
        <ul>
        <li><a href="\(inside)">\(fr ? "Tableau de bord interne" : "Internal dashboard")</a></li>
        <li><a href="\(outside)">\(fr ? "Tableau de bord public" : "Public dashboard")</a></li>
        </ul></section>
        <section><h2>\(fr ? "Résidences" : "Residences")</h2>
        <div class="scroll" role="group" aria-label="\(caption)" tabindex="0">\
        <table><caption>\(caption)</caption>
        <thead><tr><th scope="col">\(head.0)</th><th scope="col">\(head.1)</th>\
        <th scope="col">\(head.2)</th><th scope="col">\(head.3)</th></tr></thead>
        <tbody>
        \(rows)</tbody></table></div></section>
        """,
      footer: """
        <p>\(span)\(fr ? "Empreinte des données (SHA-256)\u{A0}:" : "Data fingerprint (SHA-256):") \
        <code>\(state.fingerprint)</code>. \
        <a href="public/data/dashboard.csv" download>\(fr ? "Toutes les valeurs publiques (CSV)" : "All public values (CSV)")</a>.</p>
        <p>\(fr ? "Les feuilles importées sont dans" : "The imported sheets are in") \
        <code>feuilles/</code>, \(fr ? "le projet dans" : "the project in") <code>projet/</code>. \
        lien \(Version.current).</p>
        """)
    return page.text
  }
}
