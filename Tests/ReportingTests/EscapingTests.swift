import Diagnostics
import Foundation
import HTML
import TestSupport
import XCTest

#if canImport(FoundationXML)
  import FoundationXML
#endif

final class EscapingTests: XCTestCase {
  private func hostile() throws -> [String] {
    let data = try Data(
      contentsOf: URL(fileURLWithPath: Places.shared("checks/names.json")))
    return try JSONDecoder().decode([String].self, from: data)
  }

  /// Every attack, and random mixtures of the characters that matter.
  private func inputs() throws -> [String] {
    var random = SeededGenerator(seed: 5)
    let alphabet = Array(
      "<>&\"'\\/=` -!x;:{}()\u{0}\u{7}\u{1B}\u{202E}\u{2028}é\n\t".unicodeScalars)
    let mixed = (0..<500).map { _ -> String in
      var view = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        view.append(alphabet.randomElement(using: &random) ?? "x")
      }
      return String(view)
    }
    return try hostile() + mixed
  }

  func testTextFromOutsideIsOneTextNodeAndOneAttributeWhateverItHolds() throws {
    for text in try inputs() {
      let markup: Markup = "<p title=\"\(text)\">\(text)</p>"
      let reader = Reader()
      XCTAssertTrue(reader.read("<?xml version=\"1.0\"?>" + markup.source), text)
      XCTAssertEqual(reader.elements, ["p"], text)
      XCTAssertEqual(reader.attributes, ["title"], text)
      // What is read back is the text, but for what no page may hold.
      let unfit = text.unicodeScalars.contains {
        ($0.value < 32 && $0 != "\n" && $0 != "\t") || (0x7F...0x9F).contains($0.value)
          || (0x202A...0x202E).contains($0.value) || $0 == "\u{FEFF}"
      }
      if !unfit { XCTAssertEqual(Array(reader.text.utf8), Array(text.utf8)) }
    }
  }

  func testKnownFormsOfEscapedText() {
    let facts = [
      ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
      ("\"x\" 'y'", "&quot;x&quot; &#39;y&#39;"),
      ("&lt;", "&amp;lt;"),
      ("Jean\u{202E}eirraf", "Jean\u{FFFD}eirraf"),
      ("nul\u{0}byte", "nul\u{FFFD}byte"),
      ("\u{1B}[31m", "\u{FFFD}[31m"),
      ("Ł👩‍👩‍👧 سارة", "Ł👩‍👩‍👧 سارة"),
    ]
    for (text, expected) in facts { XCTAssertEqual(Escaping.text(text), expected) }
  }

  func testJSONTextReadsBackAndCannotEndAScript() throws {
    for text in try inputs() {
      let json = Escaping.json(text)
      XCTAssertFalse(json.contains("<"), json)
      XCTAssertFalse(json.contains(">"), json)
      XCTAssertFalse(json.unicodeScalars.contains { $0.value < 32 }, json)
      let back = try JSONDecoder().decode([String].self, from: Data("[\(json)]".utf8))
      XCTAssertEqual(Array(back[0].utf8), Array(text.utf8))
    }
  }

  func testACSSStringHoldsNothingThatEndsIt() throws {
    for text in try inputs() {
      let css: Style = "p::before{content:\(text)}"
      let inside = css.source.dropFirst("p::before{content:\"".count).dropLast(2)
      XCTAssertFalse(inside.contains("\""), css.source)
      XCTAssertFalse(inside.contains("<"), css.source)
      XCTAssertFalse(inside.contains("{"), css.source)
      XCTAssertFalse(inside.unicodeScalars.contains { $0.value < 32 }, css.source)
    }
    XCTAssertEqual(Escaping.cssString("a\"b</style>"), "\"a\\22 b\\3c \\2f style\\3e \"")
  }

  func testNoControlCharacterReachesATerminal() throws {
    for text in try inputs() {
      XCTAssertFalse(
        Escaping.terminal(text).unicodeScalars.contains {
          $0.value < 32 || (0x7F...0x9F).contains($0.value)
        })
    }
  }

  func testSlugsAreSafeFileNames() throws {
    let facts = [
      ("Les Tilleuls", "les-tilleuls"), ("L’Ostal de la Cité", "l-ostal-de-la-cite"),
      ("../../etc/passwd", "etc-passwd"), ("CON", "con-x"), ("", "x"), ("李小龙", "x"),
      ("Œuvre sœur", "oeuvre-soeur"), ("-a--b-", "a-b"),
      ("javascript:alert(1)", "javascript-alert-1"),
      ("index", "index-x"),
    ]
    for (text, expected) in facts { XCTAssertEqual(Slug.make(text), expected) }
    let slugs = Slug.unique(try inputs())
    XCTAssertEqual(Set(slugs).count, slugs.count)
    for slug in slugs {
      XCTAssertTrue(
        slug.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    }
  }

  func testAPageHoldsItsTextsEscapedAndAPolicyThatAllowsNothing() throws {
    for text in try hostile() {
      let page = Page(
        language: .fr, title: text, summary: text, styles: ["p::after{content:\(text)}"],
        header: "<h1>\(text)</h1>", main: "<p>\(text)</p>", footer: "<p>\(text)</p>")
      let html = page.text
      XCTAssertEqual(html.components(separatedBy: "</style>").count, 2, text)
      XCTAssertEqual(html.components(separatedBy: "</title>").count, 2, text)
      XCTAssertFalse(html.contains("<script"), text)
      XCTAssertTrue(html.contains("default-src 'none'"))
    }
  }

  /// Collects what an XML reader finds.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var attributes: [String] = []
    var text = ""

    func read(_ xml: String) -> Bool {
      let parser = XMLParser(data: Data(xml.utf8))
      parser.delegate = self
      return parser.parse()
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes found: [String: String]
    ) {
      elements.append(name)
      attributes += found.keys
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }
}
