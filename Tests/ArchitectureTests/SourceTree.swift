import Foundation
import TestSupport

/// A source file, as the rules of the house see it.
struct SourceFile {
  /// Its path from the repository's root.
  let path: String
  /// The target that it belongs to.
  let target: String
  /// Its lines.
  let lines: [String]

  /// The modules that it imports.
  var imports: Set<String> {
    Set(
      lines.compactMap { line in
        guard line.contains("import ") else { return nil }
        let pattern =
          /^ *(@testable |public |package |internal )?import (struct |func |enum )?(\w+)/
        return line.firstMatch(of: pattern).flatMap { match in
          // SQL has an "import" of its own: a table of the ledger.
          match.3.contains(where: \.isLowercase) ? String(match.3) : nil
        }
      })
  }

  /// The package's manifest.
  static func package() -> String? {
    try? String(contentsOfFile: Places.root + "/Package.swift", encoding: .utf8)
  }

  /// All Swift files under a folder of the repository.
  static func all(in folder: String) throws -> [SourceFile] {
    let root = Places.root + "/" + folder
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    return try paths.filter { $0.hasSuffix(".swift") }.map { path in
      let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
      return SourceFile(
        path: folder + "/" + path, target: String(path.split(separator: "/")[0]),
        lines: text.components(separatedBy: "\n"))
    }
  }
}
