import HTML
import Reporting

/// The table of what is to be looked at: the cell, what stands there, what is wrong, what to do.
struct FindingTable {
  /// The findings with their numbers from 1.
  let findings: [(number: Int, finding: Finding)]
  /// The numbers of those that a picture of the sheet marks.
  let marked: Set<Int>
  let words: ReceiptWords

  /// The most rows that a page shows.
  private static let most = 300

  func markup(caption: String) -> Markup {
    let heads = titles.map { "<th scope=\"col\">\($0)</th>" as Markup }
    let rows = findings.prefix(FindingTable.most).map(row)
    let left = findings.count - rows.count
    let more: Markup =
      left > 0
      ? "<p>\(words.say("… et \(left) autres, dans le fichier CSV.", "… and \(left) more, in the CSV file."))</p>"
      : ""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">\
      <table class="findings"><caption>\(caption)</caption>\
      <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>\(more)

      """
  }

  private var titles: [String] {
    [
      words.say("Où", "Where"), words.say("Trouvé", "Found"),
      words.say("Ce qui ne va pas", "What is wrong"), words.say("À faire", "To do"),
    ]
  }

  private func row(_ number: Int, _ finding: Finding) -> Markup {
    let sign: Markup = finding.waits ? "⚠" : "?"
    let place: Markup =
      marked.contains(number)
      ? "<a href=\"#c\(number)\">\(finding.label)</a>" : "\(finding.label)"
    let heading: Markup = finding.heading.map { " <small>\(words.shown($0))</small>" } ?? ""
    let times: Markup =
      finding.count > 1
      ? "<small>\(words.count(finding.count, ("fois", "fois"), ("time", "times")))</small>" : ""
    return """
      <tr id="p\(number)"><th scope="row"><span class="sign">\(sign)\u{A0}\(number)</span> \
      \(place)\(heading)</th>\
      <td class="found" data-label="\(titles[1])">\(words.shown(finding.found))</td>\
      <td data-label="\(titles[2])">\(words.say(finding.message))\(times)</td>\
      <td data-label="\(titles[3])">\(finding.remedy.map { words.say($0) } ?? "")</td></tr>
      """
  }

  /// All of it as CSV.
  var csv: String {
    ExcelTable.csv(
      [titles]
        + findings.map { _, finding in
          [
            finding.label, finding.found, words.say(finding.message),
            finding.remedy.map { words.say($0) } ?? "",
          ]
        })
  }
}
