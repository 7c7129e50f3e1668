import Diagnostics
import HTML

extension ReceiptPage {
  /// What an import changes, session by session; nothing when it only adds new ones.
  func sessions(_ changes: SessionChanges?) -> Markup {
    guard let changes, !changes.sessions.isEmpty else { return "" }
    let fr = language == .fr
    let title = fr ? "Séance par séance" : "Session by session"
    let rows = changes.sessions.prefix(SessionChanges.mostShown).map { one -> Markup in
      """
      <tr><th scope="row">\(one.name(language))</th>\
      <td>\(one.told(language).joined(separator: ", "))</td></tr>
      """
    }
    let more = changes.sessions.count - rows.count
    let rest: Markup =
      more > 0 ? "<p class=\"small\">\(fr ? "… et \(more) de plus" : "… and \(more) more")</p>" : ""
    let reason: Markup = changes.reason(language).map { "<p>\($0)</p>" } ?? ""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
      <table class="problems"><caption>\(title)</caption><tbody>\(rows)</tbody></table></div>\
      \(rest)\(reason)

      """
  }
}
