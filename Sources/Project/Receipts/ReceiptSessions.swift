import Diagnostics
import HTML
import Periods

extension ReceiptPage {
  /// What an import changes, session by session; nothing when it only adds new ones.
  func sessions(_ changes: SessionChanges?) -> Markup {
    guard let changes, !changes.sessions.isEmpty else { return "" }
    let title = say("Ce qui change, séance par séance", "What changes, session by session")
    let rows = changes.sessions.prefix(SessionChanges.mostShown).map { one -> Markup in
      """
      <tr><th scope="row">\(name(one))</th>\
      <td>\(one.told(language).joined(separator: ", "))</td></tr>
      """
    }
    let more = changes.sessions.count - rows.count
    let rest: Markup =
      more > 0 ? "<p>\(say("… et \(more) de plus", "… and \(more) more"))</p>" : ""
    let reason: Markup = changes.reason(language).map { "<p>\(say($0, $0))</p>" } ?? ""
    let heads = [say("Séance", "Session"), say("Ce qui change", "What changes")]
      .map { "<th scope=\"col\">\($0)</th>" as Markup }
    return section(
      title,
      """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
      <table class="sessions"><caption>\(say(
        "Séances que cette feuille touche", "Sessions that this sheet touches"))</caption>\
      <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>\(rest)\(reason)

      """)
  }

  private func name(_ one: SessionChanges.Session) -> String {
    let day = one.day.flatMap { Day(iso: $0) }.map(words.date)
    let all = [day, one.title].compactMap { $0 }.filter { !$0.isEmpty }
    return all.isEmpty ? one.name(language) : all.joined(separator: ", ")
  }
}
