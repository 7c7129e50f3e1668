import XCTest

/// The arrows between modules. The compiler's own check lets a module import what its
/// dependencies import; this one does not.
final class ImportTests: XCTestCase {
  /// What each target may import: the arrows of ARCHITECTURE.md.
  private let arrows: [String: Set<String>] = [
    "Diagnostics": [],
    "Periods": ["Diagnostics"],
    "DataFiles": ["Diagnostics"],
    "Model": ["DataFiles", "Diagnostics", "Threads"],
    "Statistics": [],
    "Threads": [],
    "Protection": [],
    "HTML": ["Diagnostics"],
    "People": ["Diagnostics"],
    "Workbooks": ["CExpat", "CZlib", "Diagnostics", "Periods"],
    "Columns": ["Diagnostics", "Periods"],
    "Ingest": [
      "Columns", "DataFiles", "Diagnostics", "Model", "Periods", "Threads", "Workbooks",
    ],
    "Persistence": [
      "CCrypto", "CSQLite", "Columns", "Diagnostics", "Model", "Periods", "Threads",
    ],
    "Indicators": [
      "Columns", "DataFiles", "Diagnostics", "Model", "Periods", "Statistics", "Threads",
    ],
    "Disclosure": ["Diagnostics", "Indicators", "Periods", "Protection", "Threads"],
    // Never Columns, Indicators or Persistence: a page cannot name a raw value.
    "Reporting": ["DataFiles", "Diagnostics", "Disclosure", "HTML", "Periods", "Threads"],
    "Demo": ["Periods", "Statistics"],
    "Project": [
      "Columns", "DataFiles", "Demo", "Diagnostics", "Disclosure", "HTML", "Indicators", "Ingest",
      "Model", "People", "Periods", "Persistence", "Reporting", "Threads", "Workbooks",
    ],
    "lien": ["Diagnostics", "Periods", "Project"],
  ]
  /// What comes with the toolchain. Never `Foundation`: it brings ICU, and with it slow starts.
  private let toolchain: Set<String> = [
    "FoundationEssentials", "Synchronization", "Swift", "Dispatch",
    // The C library, by platform.
    "Glibc", "Musl", "Darwin",
  ]

  func testEveryFileImportsOnlyWhatItsModuleMay() throws {
    let files = try SourceFile.all(in: "Sources")
    XCTAssertGreaterThan(files.count, 20)
    for file in files {
      guard let allowed = arrows[file.target] else {
        XCTFail("\(file.path): a target without arrows here and in ARCHITECTURE.md")
        continue
      }
      for name in file.imports.subtracting(allowed).subtracting(toolchain).sorted() {
        XCTFail("\(file.path) imports \(name)")
      }
    }
  }

  func testThePackageDeclaresNoPackageDependency() throws {
    let manifest = try XCTUnwrap(SourceFile.package())
    XCTAssertFalse(manifest.contains(".package("))
  }

  func testThePackageDeclaresExactlyTheArrows() throws {
    let manifest = try XCTUnwrap(SourceFile.package())
      .replacingOccurrences(of: "\n", with: " ")
      .replacingOccurrences(of: "  +", with: " ", options: .regularExpression)
    for (target, allowed) in arrows where target != "lien" && !allowed.isEmpty {
      let pattern = "module\\(\\s*\"\(target)\",\\s*\\[([^\\]]*)\\]"
      let range = try XCTUnwrap(
        manifest.range(of: pattern, options: .regularExpression), "\(target) is not declared")
      let list = manifest[range].split(separator: "[").last ?? ""
      let declared = Set(
        list.split(separator: "\"").map(String.init).filter { $0.first?.isLetter ?? false })
      XCTAssertEqual(declared, allowed, target)
    }
  }
}
