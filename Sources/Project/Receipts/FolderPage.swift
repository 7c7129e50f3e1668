import Diagnostics
import FoundationEssentials
import HTML
import Reporting

/// The receipt of several files taken at once: what became of each, with links to their own.
struct FolderPage {
  /// What became of one file.
  struct Entry {
    var file: String
    var receipt: FileLink
    var said: Phrase
    var isDone: Bool
  }

  let entries: [Entry]
  /// What all of them did together.
  let sum: String
  let language: Language

  private var words: ReceiptWords { ReceiptWords(language: language) }

  /// The page's text.
  var text: String {
    let title = words.say(
      "Récépissé de \(entries.count) fichiers", "Receipt of \(entries.count) files")
    let heads = [words.say("Fichier", "File"), words.say("Ce qu’il en est", "What became of it")]
    let rows = entries.map { entry -> Markup in
      let mark: Markup = entry.isDone ? "" : "⚠\u{A0}"
      return """
        <tr><th scope="row">\(mark)<a href="\(entry.receipt)">\(words.shown(entry.file))</a></th>\
        <td data-label="\(heads[1])">\(words.say(entry.said))</td></tr>
        """
    }
    let csv = ExcelTable.csv(
      [heads] + entries.map { [$0.file, words.say($0.said)] })
    let headings = heads.map { "<th scope=\"col\">\($0)</th>" as Markup }
    let when = words.moment(Date.now.formatted(.iso8601))
    return Page(
      language: language, title: title, summary: title, styles: [ReceiptStyle.rules],
      header: """
        <p class="project">lien</p><h1>\(title)</h1><p class="lead">\(words.say(sum, sum))</p>\
        <p class="soft">\(words.say(
          "Cette page nomme des fichiers, et les récépissés des personnes : gardez-les pour vous.",
          "This page names files, and the receipts people: keep them to yourself."))</p>
        """,
      main: """
        <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
        <table class="findings files"><caption>\(words.say("Fichier par fichier", "File by file"))\
        </caption><thead><tr>\(headings)</tr></thead><tbody>\(rows)</tbody></table></div>
        \(words.download(csv, "fichiers", words.say("Ce tableau", "This table")))
        """,
      footer: "<p>\(words.say("Relevé le ", "Taken on "))\(when).</p><p>lien \(Version.current)</p>"
    ).text
  }
}
