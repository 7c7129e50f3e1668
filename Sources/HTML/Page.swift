package import Diagnostics

/// A whole HTML page: one file, nothing fetched from anywhere, no script but the filter.
package struct Page: Sendable {
  /// The language of its text.
  package var language: Language
  /// The title of the window.
  package var title: String
  /// One sentence on what the page holds.
  package var summary: String
  /// Rules beyond the common style sheet.
  package var styles: [Style]
  /// What stands before the main part: name, banners, navigation.
  package var header: Markup
  /// The navigation, without its `nav` element.
  package var navigation: Markup
  /// What the navigation is called; nil for the pages of a report.
  package var navigationLabel: String?
  /// The main part.
  package var main: Markup
  /// What stands after it: dates, fingerprint.
  package var footer: Markup
  /// Whether the page has a form that the filter script serves.
  package var isFiltered: Bool

  /// Makes a page.
  package init(
    language: Language, title: String, summary: String, styles: [Style] = [],
    header: Markup, navigation: Markup = Markup(), navigationLabel: String? = nil, main: Markup,
    footer: Markup, isFiltered: Bool = false
  ) {
    self.language = language
    self.title = title
    self.summary = summary
    self.styles = styles
    self.header = header
    self.navigation = navigation
    self.navigationLabel = navigationLabel
    self.main = main
    self.footer = footer
    self.isFiltered = isFiltered
  }

  /// The file's text.
  ///
  /// The security policy lets the page load nothing and run nothing but the filter, which it knows
  /// by its hash: it is the second wall behind `Markup`.
  package var text: String {
    let rules = ([Stylesheet.common] + styles).map(\.source).joined(separator: "\n")
    let skip = Phrase(fr: "Aller au contenu", en: "Skip to the content")[language]
    let allowed: Markup =
      isFiltered ? "script-src 'sha256-\(Script.hash.description)'; " : Markup()
    let navLabel =
      navigationLabel ?? Phrase(fr: "Pages du rapport", en: "Pages of the report")[language]
    let head: Markup = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \(allowed)style-src \
      'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="description" content="\(summary)">
      <title>\(title)</title>
      <style>
      """
    let nav: Markup =
      navigation.isEmpty
      ? "" : "<nav class=\"pages\" aria-label=\"\(navLabel)\">\(navigation)</nav>\n"
    let body: Markup = """
      </style>
      </head>
      <body>
      <a class="skip" href="#contenu">\(skip)</a>
      <header>\(header)</header>
      \(nav)<main id="contenu" tabindex="-1">
      \(main)
      </main>
      <footer>\(footer)</footer>

      """
    let script = isFiltered ? "<script>\(Script.filter)</script>\n" : ""
    // Style rules and scripts are raw text in HTML: they are joined here, outside `Markup`.
    return head.source + "\n" + rules + "\n" + body.source + script + "</body>\n</html>\n"
  }
}
