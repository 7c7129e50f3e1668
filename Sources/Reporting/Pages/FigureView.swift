import Disclosure
import HTML

/// A figure ready to be put in a page: a finding, a chart, its table, how to read it.
struct FigureView: Sendable {
  /// Where a link leads to it.
  let anchor: String
  /// What the figure shows, in a sentence, from the data.
  let finding: String
  /// Measure, place, period, kind of source.
  let subtitle: String
  /// The chart; empty when no value can be given.
  let chart: Markup
  /// Whether chart and table stand one above the other: both need the whole width.
  let isWide: Bool
  let table: TableView
  /// A row read aloud, the signs and marks used.
  let notes: [(term: String, text: String)]
  /// Why there is nothing to show, when no cell of the figure is given.
  let absence: String?
  let cells: Cells

  /// The figure; `more` leads to the page of its indicator.
  func markup(number: Int, words: Words, download: Markup, more: FileLink? = nil) -> Markup {
    let notes = self.notes.map { note -> Markup in
      "<p><b>\(note.term)</b>\(words.colon)\(note.text)</p>"
    }
    let body: Markup =
      chart.isEmpty
      ? "<div class=\"data\">\(table.markup())</div>"
      : "<div class=\"drawing\">\(chart)</div><div class=\"data\">\(table.markup())</div>"
    let isShaded = table.rows.contains { $0.cells.contains { $0.shade != nil } }
    let shape: Markup =
      isShaded
      ? "meet"
      : !isWide
        ? (table.kept.count > 4 ? "pair many" : "pair")
        : table.heads.count > 6 ? "wide" : "wide few"
    let link = FileLink(anchor: anchor)
    let further: Markup =
      more.map {
        """
         – <a href="\($0)">\(words.more)<span class="hidden"> \(table.caption)</span></a>
        """
      } ?? Markup()
    return """
      <figure id="\(Slug.make(anchor))" class="\(shape)">
      <figcaption><h3>\(finding)</h3>
      <p class="subtitle"><a href="\(link)">\(words.figure(number))</a> – \(subtitle)\(further)</p>\
      </figcaption>
      <div class="body">\(body)</div>
      <div class="notes">\(notes)\(download)</div>
      </figure>

      """
  }
}

/// A table with a caption and a scope for each heading.
struct TableView: Sendable {
  /// One cell: a number or a sign, with the sign's meaning.
  struct Cell: Sendable {
    var text: String
    var meaning: String?
    /// What stands below it in small letters, a line each.
    var under: [String] = []
    /// How dark its ground is, from 0 to 5, where tables are read as a whole; nil for none.
    var shade: Int?
    /// A drawing that repeats what stands beside it.
    var drawing = Markup()

    init(_ text: String, meaning: String? = nil, under: [String] = []) {
      self.text = text
      self.meaning = meaning
      self.under = under
    }

    fileprivate var isEmpty: Bool { text.isEmpty && drawing.isEmpty }

    fileprivate var markup: Markup {
      var out: Markup =
        meaning.map { "<abbr title=\"\($0)\">\(text)</abbr>" } ?? "\(text)"
      for line in under { out += "<small>\(line)</small>" }
      if let shade { return "<td class=\"shade-\(shade)\">\(out)\(drawing)</td>" }
      return "<td>\(out)\(drawing)</td>"
    }
  }

  /// One row.
  struct Row: Sendable {
    var head: String
    /// What the head stands for, in small letters.
    var under: String?
    var link: FileLink?
    var cells: [Cell]
    var isStrong: Bool
    /// The residence that the row is about, for the filter.
    var residence: String?

    init(_ head: String, link: FileLink? = nil, _ cells: [Cell], isStrong: Bool = false) {
      self.head = head
      self.link = link
      self.cells = cells
      self.isStrong = isStrong
    }
  }

  var caption: String
  /// The first is the heading of the rows' heads.
  var heads: [String]
  var rows: [Row]

  /// Columns in which some row has something; the others are left out.
  var kept: [Int] {
    heads.indices.dropFirst().filter { i in
      rows.contains { i - 1 < $0.cells.count && !$0.cells[i - 1].isEmpty }
    }
  }

  func markup() -> Markup {
    let kept = kept
    let head = ([heads.first ?? ""] + kept.map { heads[$0] }).map { h -> Markup in
      "<th scope=\"col\">\(h)</th>"
    }
    let body = rows.map { row -> Markup in
      let name: Markup = row.link.map { "<a href=\"\($0)\">\(row.head)</a>" } ?? "\(row.head)"
      let under: Markup = row.under.map { "<small>\($0)</small>" } ?? Markup()
      let cells = kept.map { row.cells[$0 - 1].markup }
      let kind: Markup = row.isStrong ? " class=\"strong\"" : Markup()
      let about: Markup = row.residence.map { " data-residence=\"\($0)\"" } ?? Markup()
      return "<tr\(kind)\(about)><th scope=\"row\">\(name)\(under)</th>\(cells)</tr>\n"
    }
    // A wide table scrolls inside its own box, which the keyboard can reach.
    return """
      <div class="scroll" role="group" aria-label="\(caption)" tabindex="0">
      <table><caption>\(caption)</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody></table></div>
      """
  }
}
