import Diagnostics
import Disclosure
import HTML

/// Charts as files of their own, for a document or a slide: light ground, own style, own fonts.
///
/// A chart in a page takes colours and fonts from the page's style sheet; in a file it brings them.
struct ChartFile {
  /// The file's text; nil when there is no chart.
  let text: String?

  /// `chart` is one drawing of `Chart.image`, or several that are read together, in rows of four.
  init(_ chart: Markup) {
    let parts = ChartFile.drawings(in: chart.source)
    guard let first = parts.first else {
      text = nil
      return
    }
    let (gap, margin) = (24.0, 12.0)
    let columns = min(parts.count, 4)
    let cell = (
      width: parts.map(\.width).max() ?? 0, height: parts.map(\.height).max() ?? 0
    )
    let rows = (parts.count + columns - 1) / columns
    let width = Double(columns) * cell.width + Double(columns - 1) * gap + 2 * margin
    let height = Double(rows) * cell.height + Double(rows - 1) * gap + 2 * margin
    var body = Markup()
    var inner = ""
    for (i, part) in parts.enumerated() {
      let x = margin + Double(i % columns) * (cell.width + gap)
      let y = margin + Double(i / columns) * (cell.height + gap)
      body = "<g transform=\"translate(\(x) \(y))\">"
      inner += body.source + (parts.count == 1 ? "" : part.told) + part.body + "</g>\n"
    }
    let size: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img">
      """
    let ground: Markup = """
      <defs><pattern id="hachures" width="5" height="5" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><rect class="hatch" width="2" height="5"/></pattern></defs>
      <rect class="ground" width="\(width)" height="\(height)"/>
      """
    // The name and description of one drawing are those of the file; of several, each keeps its own.
    let told = parts.count == 1 ? first.told : ""
    text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + size.source + "\n" + told + "<style>"
      + ChartFile.style.source + "</style>\n" + ground.source + "\n" + inner + "</svg>\n"
  }

  private struct Drawing {
    let width: Double, height: Double
    /// Its title and description.
    let told: String
    /// What it shows.
    let body: String
  }

  /// The drawings of `Chart.image` in some markup.
  private static func drawings(in source: String) -> [Drawing] {
    source.split(separator: "<svg class=\"chart\"", omittingEmptySubsequences: true).compactMap {
      piece in
      guard let open = piece.firstIndex(of: ">"), let end = piece.range(ofClose: "</svg>"),
        let width = number("width", in: piece[..<open]),
        let height = number("height", in: piece[..<open]), open < end
      else { return nil }
      let body = piece[piece.index(after: open)..<end]
      guard let told = body.range(ofClose: "</desc>") else { return nil }
      let after = body.index(told, offsetBy: "</desc>".count)
      return Drawing(
        width: width, height: height, told: String(body[..<after]) + "\n",
        body: String(body[after...]))
    }
  }

  private static func number(_ name: String, in head: Substring) -> Double? {
    let parts = head.split(separator: " ")
    let start = name + "=\""
    return parts.first { $0.hasPrefix(start) }
      .flatMap { Double($0.dropFirst(start.count).prefix { $0 != "\"" }) }
  }

  /// The rules of `Chart.style` with the colours of a light ground.
  static let style: Style = """
    text{font-family:"Liberation Sans","DejaVu Sans",Arial,Helvetica,sans-serif;font-size:12px;\
    fill:#15171c}
    .ground{fill:#ffffff}.hatch{fill:#4f5561}
    .tick{fill:#4f5561;font-size:11px}.name{font-weight:600}
    .bar,.dot{fill:#6e90ec}.bar.strong,.dot.strong{fill:#000088}
    .line{fill:none;stroke:#6e90ec;stroke-width:2.5;stroke-linejoin:round}
    .range{stroke:#15171c;stroke-width:2}
    .axis{stroke:#4f5561;stroke-width:1}.grid{stroke:#d5d8df;stroke-width:1}
    .equal{stroke:#15171c;stroke-width:1;stroke-dasharray:4 3}
    .rim{stroke:#ffffff;stroke-width:4}.goal{stroke:#d87b0e;stroke-width:3}
    .event{fill:#ffffff;stroke:#15171c;stroke-width:1}
    .before{stroke:#15171c;stroke-width:2}
    .before-dot{fill:#ffffff;stroke:#15171c;stroke-width:1.5}
    .withheld{stroke:#4f5561;stroke-width:1}
    """
}

extension Substring {
  /// Where the first of a closing mark begins.
  fileprivate func range(ofClose mark: String) -> Index? {
    var from = startIndex
    while let next = self[from...].firstIndex(of: "<") {
      if self[next...].hasPrefix(mark) { return next }
      from = index(after: next)
    }
    return nil
  }
}

/// The charts of a report as files, each beside the page it stands on.
final class Gallery {
  /// Paths and contents, in the order in which they were added.
  private(set) var files: [(path: String, contents: String)] = []
  private var taken: Set<String> = []

  /// Where the charts of a document lie, by its own name.
  var folder = "document"
  private var numbered: [(number: Int, heading: ReleasedHeading, view: FigureView, file: String)] =
    []

  /// Adds a figure of a document under its number, which is that of the layout whatever can be given;
  /// where its chart lies, and its size in bytes. Nil for a figure without one.
  func add(_ view: FigureView, of heading: ReleasedHeading, number: Int) -> (
    link: FileLink, bytes: Int
  )? {
    guard let text = ChartFile(view.chart).text else {
      numbered.append((number, heading, view, ""))
      return nil
    }
    let name = "figure-" + (number < 10 ? "0" : "") + "\(number)"
    let link = FileLink(name, extension: "svg", folder: "charts/" + folder)
    numbered.append((number, heading, view, link.text))
    files.append((link.text, text))
    return (link, text.utf8.count)
  }

  /// The figures of a document by number, for layout software; nil when it has none.
  func list(_ language: Language) -> String? {
    if numbered.isEmpty { return nil }
    let table = PlainTable(
      title: "", header: ["figure", "indicator", "title", "subtitle", "chart"],
      rows: numbered.map { one in
        [
          "\(one.number)", one.heading.fullID, Typography.text(one.heading.title, language),
          one.view.subtitle, one.file,
        ]
      })
    return Tabular.csv.text([table], language: language)
  }

  /// Adds the chart of a figure that stands on a page; where it lies, and its size in bytes. Nil for
  /// a figure without one.
  func add(_ view: FigureView, on page: FileLink) -> (link: FileLink, bytes: Int)? {
    guard let text = ChartFile(view.chart).text else { return nil }
    let name = String(page.text.prefix { $0 != "." && $0 != "#" })
    let folder = "charts/" + (name == "index" ? "ensemble" : name)
    var link = FileLink(view.anchor, extension: "svg", folder: folder)
    var n = 2
    while !taken.insert(link.text).inserted {
      link = FileLink("\(n)-" + view.anchor, extension: "svg", folder: folder)
      n += 1
    }
    files.append((link.text, text))
    return (link, text.utf8.count)
  }
}
