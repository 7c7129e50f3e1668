import Foundation
import TestSupport
import XCTest

/// Documents that stay true.
final class DocumentTests: XCTestCase {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Places.root + "/" + path, encoding: .utf8)
  }

  private func documents() throws -> [String] {
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    let docs = try FileManager.default.contentsOfDirectory(atPath: Places.root + "/docs").sorted()
    return top + docs.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 } + ["indicators/README.md"]
  }

  func testLinksBetweenDocumentsLeadSomewhere() throws {
    for document in try documents() {
      let folder = (Places.root + "/" + document as NSString).deletingLastPathComponent
      for match in try text(document).matches(of: /\]\(([^)#\s]+)/) {
        let target = String(match.1)
        if target.contains("://") { continue }
        XCTAssertTrue(
          FileManager.default.fileExists(atPath: folder + "/" + target), "\(document): \(target)")
      }
    }
  }

  func testEveryCommandInADocumentExists() throws {
    let reference = try text("docs/cli.md")
    let known = Set(reference.matches(of: /\n## lien (\w+)/).map { String($0.1) })
    XCTAssertGreaterThan(known.count, 10)
    for document in try documents() {
      // Commands in code: after a dollar sign, or between backquotes.
      for match in try text(document).matches(of: /(?:\$ |`)lien ([a-z]+)/) {
        XCTAssertTrue(known.contains(String(match.1)), "\(document): lien \(match.1)")
      }
    }
  }

  func testEveryScriptNamedInTheReadMeExistsAndRuns() throws {
    for match in try text("README.md").matches(of: /scripts\/(\w+)/) {
      let path = Places.root + "/scripts/" + match.1
      XCTAssertTrue(FileManager.default.isExecutableFile(atPath: path), String(match.1))
    }
  }

  func testEveryFolderOfTheRepositoryIsInTheReadMe() throws {
    let readMe = try text("README.md")
    for name in try FileManager.default.contentsOfDirectory(atPath: Places.root) {
      let kind = try FileManager.default.attributesOfItem(atPath: Places.root + "/" + name)[.type]
      if kind as? FileAttributeType == .typeDirectory, !name.hasPrefix("."), name != "demo" {
        XCTAssertTrue(readMe.contains("`\(name)/`"), name)
      }
    }
  }

  func testTheArchitecturePageNamesEveryModule() throws {
    let page = try text("ARCHITECTURE.md")
    for module in try FileManager.default.contentsOfDirectory(atPath: Places.root + "/Sources") {
      XCTAssertTrue(page.contains(module), module)
    }
  }
}
